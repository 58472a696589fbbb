/** The administrator's page: the address of a screen, made from what it is to show. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import type { Building, Directory } from '../../directory/index.js'
import { Button, Checkboxes, errorAt, InsetText, Radios, Select, StaffPage, TextInput, type Shell, type StaffLink } from '../../ui/index.js'
import { layouts } from '../model.js'
import { layoutNames } from '../settings.js'

export interface ScreensAdminView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly buildings: readonly Building[]
  /** Fields as they were sent; empty at first. */
  readonly typed: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
  /** The whole address, once it could be made. */
  readonly address: string | null
}

export function ScreensAdminPage({ shell, view }: { shell: Shell; view: ScreensAdminView }): JSX.Element {
  const { t } = shell
  const { typed, errors, office, buildings, address } = view
  const say = (key: string): string => t(`display-staff.screens.${key}`)
  const wrong = (field: string): string | undefined => errorAt(t, errors, field)
  const building = buildings.find(({ id }) => id === typed['budynek']) ?? buildings[0]
  const desks = [...office.desks.values()].filter((desk) => !desk.closed)
  return (
    <StaffPage shell={shell} title={t('display-staff.screens')} links={view.links} errors={errors}>
      <h1 class="govuk-heading-l">{t('display-staff.screens')}</h1>
      <p class="govuk-body">{say('lead')}</p>
      {address !== null && (
        <InsetText>
          <h2 class="govuk-heading-m">{say('made')}</h2>
          <p class="govuk-body">
            <a class="govuk-link okienko-breakable" href={address}>
              {address}
            </a>
          </p>
          <p class="govuk-body">{say('autoplay')}</p>
        </InsetText>
      )}
      <form method="get" action="/praca/ekrany" novalidate>
        <Select
          name="budynek"
          label={{ text: say('building') }}
          items={buildings.map(({ id, name }) => ({ value: id, text: name, selected: id === building?.id }))}
          error={wrong('budynek')}
        />
        <Radios
          name="uklad"
          fieldset={{ legend: { text: say('layout') } }}
          items={layouts.map((layout) => ({
            value: layoutNames[layout],
            text: say(`layout.${layout}`),
            checked: (typed['uklad'] || layoutNames.hall) === layoutNames[layout],
          }))}
          error={wrong('uklad')}
        />
        <Select
          name="stanowisko"
          label={{ text: say('desk') }}
          items={[
            { value: '', text: say('desk.none') },
            ...desks.map(({ slug }) => ({ value: slug, text: slug, selected: slug === typed['stanowisko'] })),
          ]}
          error={wrong('stanowisko')}
        />
        <TextInput name="metry" label={{ text: say('metres') }} value={typed['metry'] ?? '10'} error={wrong('metry')} />
        <TextInput
          name="wysokosc"
          label={{ text: say('panel') }}
          hint={say('panel.hint')}
          value={typed['wysokosc'] ?? '685'}
          inputmode="numeric"
          error={wrong('wysokosc')}
        />
        <TextInput
          name="litery"
          label={{ text: say('letters') }}
          hint={say('letters.hint')}
          value={typed['litery'] ?? ''}
          error={wrong('litery')}
        />
        <Select
          name="pokoje"
          label={{ text: say('rooms') }}
          items={[
            { value: '', text: say('rooms.all') },
            ...[...new Set(desks.map(({ roomId }) => roomId))].map((id) => ({ value: id, text: id, selected: id === typed['pokoje'] })),
          ]}
          error={wrong('pokoje')}
        />
        <Select
          name="glos"
          label={{ text: say('voice') }}
          items={['pl,en', 'pl', 'pl,en,uk', 'brak'].map((voice) => ({ value: voice, text: say(`voice.${voice}`), selected: voice === typed['glos'] }))}
          error={wrong('glos')}
        />
        <TextInput
          name="glosnosc"
          label={{ text: say('volume') }}
          hint={say('volume.hint')}
          value={typed['glosnosc'] ?? '80'}
          error={wrong('glosnosc')}
        />
        <Checkboxes
          name="powtorz"
          fieldset={{ legend: { text: say('again') } }}
          items={[{ value: 'tak', text: say('again.yes'), checked: typed['powtorz'] === 'tak' }]}
        />
        <Button>{say('make')}</Button>
      </form>
      <h2 class="govuk-heading-m">{say('all')}</h2>
      <ul class="govuk-list">
        {buildings.map(({ id, name }) => (
          <li>
            <a class="govuk-link" href={`/ekran/${encodeURIComponent(id)}`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </StaffPage>
  )
}
