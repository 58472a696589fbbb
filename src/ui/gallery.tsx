/**
 * Every component on one page, for those who build and those who check: only in a demonstration.
 * Its words are samples in Polish and are no part of the product.
 */
import type { FastifyInstance } from 'fastify'
import type { JSX } from 'preact'
import { Checkboxes, Radios } from './components/choices.js'
import { Select, Textarea, TextInput } from './components/field.js'
import {
  Button,
  Details,
  InsetText,
  LinkButton,
  NotificationBanner,
  Panel,
  PhoneLink,
  SummaryList,
  Table,
  Tag,
  WarningText,
} from './components/text.js'
import { readMessages } from '../platform/words.js'
import { DecisionNotice } from './decision-notice.js'
import { CitizenPage } from './pages.js'
import { sendPage } from './send.js'
import type { Shell } from './shell.js'

export function galleryRoutes(app: FastifyInstance): void {
  app.get('/galeria', async (request, reply) => sendPage(reply, <Gallery shell={request.shell} />))
}

/** Every answer that is no, by its key `SLICE.refused.CODE`: none can be given without one (scripts/checks/refusals.test.ts). */
export function refusalKeys(): readonly string[] {
  return [...readMessages('pl').keys()].filter((key) => key.includes('.refused.')).toSorted()
}

export function Gallery({ shell }: { shell: Shell }): JSX.Element {
  return (
    <CitizenPage shell={shell} title="Galeria" back="/" errors={[{ field: 'imie', message: 'ui.warning' }]}>
      <div lang="pl">
        <h1 class="govuk-heading-xl">Galeria</h1>
        <NotificationBanner text="Zmieniono godzinę wizyty." />
        <Panel title="Wizyta zarezerwowana" headingLevel={2}>
          Numer rezerwacji
          <br />
          <strong>K7MP QX2D</strong>
        </Panel>
        <InsetText>Termin czeka do 9:40.</InsetText>
        <WarningText>Proszę wziąć ze sobą dowód osobisty.</WarningText>
        <Details summary="Co z moimi danymi?">Dane są usuwane po 14 dniach.</Details>
        <DecisionNotice
          slice="ui"
          withoutSentence
          decision={{
            allowed: false,
            code: 'gallery',
            basis: [
              { kind: 'provision', act: 'K/219/2020', reference: '§ 1 ust. 5', provision: 'K-219-2020/1.5' },
              { kind: 'setting', setting: 'entry-early-minutes' },
            ],
            next: [
              { kind: 'other-time', href: '/sprawy' },
              { kind: 'call', phone: '+48655298100' },
            ],
          }}
        />
        <SummaryList
          rows={[
            { key: 'Sprawa', value: 'Rejestracja pojazdu', actions: [{ href: '/sprawy', text: 'Zmień', hidden: 'sprawę' }] },
            { key: 'Kiedy', value: 'wtorek 26 maja 2020, 9:20' },
          ]}
        />
        <Table
          caption="Godziny"
          head={['Dzień', { text: 'Od', format: 'numeric' }]}
          firstCellIsHeader
          rows={[['Poniedziałek', { text: '7:30', format: 'numeric' }]]}
        />
        <p class="govuk-body">
          <Tag colour="green">otwarte</Tag> <PhoneLink phone="+48655298100" />
        </p>
        <form method="get" noValidate>
          <TextInput name="imie" label="Imię i nazwisko" hint="Tak jak w dowodzie" error="Wpisz imię i nazwisko" autocomplete="name" />
          <Select
            name="pora"
            label="Pora dnia"
            items={[
              { value: 'rano', text: 'rano' },
              { value: 'po', text: 'po południu' },
            ]}
          />
          <Textarea name="uwagi" label="Uwagi (opcjonalnie)" />
          <Radios
            name="czas"
            fieldset={{ legend: 'Kiedy?' }}
            items={[{ value: '9:20', text: '9:20' }, { divider: 'lub' }, { value: 'inny', text: 'Inny termin', hint: 'Zadzwonimy' }]}
          />
          <Checkboxes
            name="mam"
            fieldset={{ legend: 'Co Pan/Pani ma?' }}
            items={[
              { value: 'pz', text: 'Profil zaufany' },
              { value: 'kw', text: 'Podpis kwalifikowany' },
            ]}
          />
          <Button>Dalej</Button> <Button kind="secondary">Wróć</Button> <Button kind="warning">Odwołaj wizytę</Button>
        </form>
        <LinkButton href="/sprawy" start>
          Zaczynamy
        </LinkButton>
        <Button type="button" shortcut="F2">
          Wezwij następną osobę
        </Button>
      </div>
    </CitizenPage>
  )
}
