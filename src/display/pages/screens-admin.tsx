/** The administrator's page: the address of a screen, made from what it is to show. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import type { Building, Directory } from '../../directory/index.js'
import { Button, errorAt, InsetText, Select, StaffPage, type Shell, type StaffLink } from '../../ui/index.js'
import { ScreenFields } from './screen.js'

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
        <ScreenFields shell={shell} desks={desks} typed={typed} errors={errors} />
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
