/** The events behind a figure: when, what and where; nothing of a person. */
import type { JSX } from 'preact'
import type { Directory } from '../../../directory/index.js'
import { plainDay, type Translate } from '../../../platform/words.js'
import { StaffPage, Table, type Shell, type StaffLink } from '../../../ui/index.js'
import type { Figure, HistoryEvent, Period } from './model.js'
import { deskText, eventsHref, momentText, named, whatText } from './say.js'

export interface EventsView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly figure: Figure
  readonly what: string | null
  readonly period: Period
  readonly page: number
  readonly events: readonly HistoryEvent[]
  readonly more: boolean
}

export function EventsPage({ shell, view }: { shell: Shell; view: EventsView }): JSX.Element {
  const { t, language } = shell
  const { office, figure, what, period, page, events } = view
  const title = t(`administration-publication-staff.figure.${figure}`)
  const back = `/praca/zgodnosc?${new URLSearchParams({ od: period.from.toString(), do: period.to.toString() })}`
  const to = (number: number): string => `${eventsHref(figure, period, what)}&strona=${number}`
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={back}>
      <h1 class="govuk-heading-l">{title}</h1>
      {what !== null && <p class="govuk-body-l">{whatText(t, office, figure, what)}</p>}
      <p class="govuk-body">
        {t('administration-publication-staff.events.period', {
          from: plainDay(language, period.from),
          until: plainDay(language, period.to),
        })}
      </p>
      {events.length === 0 ? (
        <p class="govuk-body">{t('administration-publication-staff.events.none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['number', 'when', 'what', 'where', 'reason'].map((each) => t(`administration-publication-staff.event.${each}`))}
            rows={events.map((event) => [
              event.id,
              momentText(t, event.at),
              named(t, `administration-publication-staff.kind.${event.kind}`, event.kind),
              deskText(t, office, event.deskId) || (office.buildings.get(event.buildingId ?? '')?.name ?? '–'),
              event.reason === null ? '–' : reasonText(t, office, figure, event.reason),
            ])}
          />
        </div>
      )}
      {(page > 1 || view.more) && (
        <nav aria-label={t('administration-publication-staff.events.pages')} class="govuk-body">
          {page > 1 && (
            <a class="govuk-link" href={to(page - 1)} rel="prev">
              {t('administration-publication-staff.events.newer')}
            </a>
          )}
          {page > 1 && view.more && ' · '}
          {view.more && (
            <a class="govuk-link" href={to(page + 1)} rel="next">
              {t('administration-publication-staff.events.older')}
            </a>
          )}
        </nav>
      )}
    </StaffPage>
  )
}

/** The code of an event in words: that of the answer at the door, of an override, or of who came in. */
function reasonText(t: Translate, office: Directory, figure: Figure, reason: string): string {
  if (figure === 'refusals' || figure === 'priorities') return whatText(t, office, figure, reason)
  const override = `entrance-staff.override.${reason}`
  return t.has(override) ? t(override) : named(t, `administration-publication-staff.without-booking.${reason}`, reason)
}
