/** How the lines of a building stand, for whoever is on the way: letters, numbers and counts, and how old they are. */
import type { JSX } from 'preact'
import { wallTime } from '../../platform/words.js'
import { CitizenPage, InsetText, type Shell } from '../../ui/index.js'
import type { Building } from '../../directory/index.js'
import { spacedTicket } from '../../queue/index.js'
import type { Queues } from '../queues.js'

/** Without script the page sends itself again. */
const againSeconds = 60

export function QueuesListPage({ shell, buildings }: { shell: Shell; buildings: readonly Building[] }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('display.queues')}>
      <h1 class="govuk-heading-l">{t('display.queues')}</h1>
      <ul class="govuk-list govuk-list--spaced">
        {buildings.map((building) => (
          <li>
            <a class="govuk-link" href={`/kolejki/${encodeURIComponent(building.id)}`}>
              {t.polish(building.name)}
            </a>
          </li>
        ))}
      </ul>
    </CitizenPage>
  )
}

export function QueuesPage({ shell, queues, id }: { shell: Shell; queues: Queues; id: string }): JSX.Element {
  const { t } = shell
  const { building, groups, at } = queues
  const said = (what: string, value: string): JSX.Element => (
    <div>
      {t(`display.queues.${what}`)}: <strong>{value}</strong>
    </div>
  )
  return (
    <CitizenPage shell={shell} title={t('display.queues.of', { building: building.name })} back="/kolejki" refreshSeconds={againSeconds}>
      <h1 class="govuk-heading-l">{t('display.queues.of', { building: t.polish(building.name) })}</h1>
      <p class="govuk-body">
        <strong>{t('display.queues.at', { time: wallTime(at) })}</strong> {t('display.queues.moves')}
      </p>
      {groups.length === 0 ? (
        <InsetText>{t('display.queues.none')}</InsetText>
      ) : (
        <ul class="govuk-list govuk-list--spaced">
          {groups.map((group) => (
            <li>
              <h2 class="govuk-heading-s govuk-!-margin-bottom-1">
                {group.letter} – {t.polish(group.name)}
              </h2>
              {said('current', group.current === null ? t('display.queues.nobody') : spacedTicket(group.current))}
              {said('waiting', String(group.waiting))}
              {group.wait !== null && said('wait', t('display.queues.minutes', group.wait))}
              {said('desks', group.desks === 0 ? t('display.queues.closed') : String(group.desks))}
            </li>
          ))}
        </ul>
      )}
      <p class="govuk-body-s">
        {t('display.queues.programs')}{' '}
        <a class="govuk-link" href={`/open-data/kolejki?id=${id}`}>
          {t('display.queues.open-data')}
        </a>
      </p>
    </CitizenPage>
  )
}
