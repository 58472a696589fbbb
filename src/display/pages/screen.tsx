/** What one screen is set to, as a form: of a paired screen, and of the address of any other. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import type { Device } from '../../device/index.js'
import type { Desk, Directory } from '../../directory/index.js'
import { Button, Checkboxes, errorAt, Radios, Select, StaffPage, TextInput, type Shell, type StaffLink } from '../../ui/index.js'
import { layouts } from '../model.js'
import { layoutNames } from '../settings.js'

export interface ScreenView {
  readonly device: Device
  readonly office: Directory
  readonly links: readonly StaffLink[]
  readonly typed: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
}

export function ScreenPage({ shell, view }: { shell: Shell; view: ScreenView }): JSX.Element {
  const { t } = shell
  const { device, office, typed, errors } = view
  const title = t('display-staff.screen', { name: device.name })
  const desks = [...office.desks.values()].filter((desk) => !desk.closed && desk.buildingId === device.buildingId)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/urzadzenia" errors={errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('display-staff.screen.what')}</p>
      <form method="post" action={`/praca/urzadzenia/${device.id}/ekran`} novalidate>
        <ScreenFields shell={shell} desks={desks} typed={typed} errors={errors} />
        <Button>{t('display-staff.screen.save')}</Button>
      </form>
    </StaffPage>
  )
}

export interface ScreenFieldsOptions {
  readonly shell: Shell
  readonly desks: readonly Desk[]
  readonly typed: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
}

export function ScreenFields({ shell, desks, typed, errors }: ScreenFieldsOptions): JSX.Element {
  const { t } = shell
  const say = (key: string): string => t(`display-staff.screens.${key}`)
  const wrong = (field: string): string | undefined => errorAt(t, errors, field)
  return (
    <>
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
        items={['pl,en', 'pl', 'pl,en,uk', 'brak'].map((voice) => ({
          value: voice,
          text: say(`voice.${voice}`),
          selected: voice === typed['glos'],
        }))}
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
    </>
  )
}
