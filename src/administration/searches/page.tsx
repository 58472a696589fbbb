/** Who of the staff looked people up: when, where, by what, and how many were found; nothing of whom. */
import type { JSX } from 'preact'
import { plainDay, wallTime } from '../../platform/words.js'
import { officeDay } from '../../platform/clock.js'
import type { Directory } from '../../directory/index.js'
import { StaffPage, Table, type Shell, type StaffLink } from '../../ui/index.js'
import type { PeopleSearch } from './store.js'

export interface SearchesView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly searches: readonly PeopleSearch[]
  readonly more: boolean
}

export function SearchesPage({ shell, view }: { shell: Shell; view: SearchesView }): JSX.Element {
  const { t, language } = shell
  const { office, searches } = view
  const word = (name: string): string => t(`administration-searches-staff.${name}`)
  const title = word('title')
  const last = searches.at(-1)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca">
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{word('about')}</p>
      {searches.length === 0 ? (
        <p class="govuk-body">{word('none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            stack
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['when', 'who', 'where', 'by', 'found'].map((each) => word(`head.${each}`))}
            rows={searches.map(({ at, name, channel, buildingId, by, found }) => [
              `${plainDay(language, officeDay(at))}, ${wallTime(at)}`,
              name,
              channel === 'door'
                ? t('administration-searches-staff.where.door', { building: office.buildings.get(buildingId ?? '')?.name ?? '–' })
                : word('where.console'),
              word(`by.${by}`),
              String(found),
            ])}
          />
        </div>
      )}
      {view.more && last !== undefined && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/praca/wyszukiwania?przed=${last.id}`} rel="next">
            {word('older')}
          </a>
        </p>
      )}
    </StaffPage>
  )
}
