/**
 * A time proposed in a mail, and the one button that takes it. Opening the page changes nothing:
 * programs that look at links before a person does take no time and give none away.
 */
import type { JSX } from 'preact'
import type { Decision } from '../../platform/decision.js'
import { visitRows, whenText, whereText } from '../../booking/index.js'
import type { Directory, Service } from '../../directory/index.js'
import { Button, CitizenPage, SummaryList, type Shell } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'

export interface TimePageOptions {
  readonly shell: Shell
  readonly office: Directory
  readonly service: Service
  readonly visit: Visit
  readonly until: Temporal.Instant
  /** Further times of the same mail that are kept. */
  readonly others: number
}

export function TimePage({ shell, office, service, visit, until, others }: TimePageOptions): JSX.Element {
  const { t, language } = shell
  const title = t('inbox.time')
  return (
    <CitizenPage shell={shell} title={title}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <SummaryList
        rows={[
          ...visitRows(t, office, visit),
          { key: t('inbox.time.when'), value: <strong>{whenText(language, visit.startsAt)}</strong> },
          {
            key: t('booking-pages.check.where'),
            value: whereText(t, office, service, visit.roomId, visit.buildingId),
          },
          { key: t('inbox.time.until'), value: whenText(language, until) },
        ]}
      />
      <p class="govuk-body">{t(others > 0 ? 'inbox.time.what-others' : 'inbox.time.what')}</p>
      <form method="post" action={`/propozycja/${visit.reference}`} novalidate>
        <Button>{t('inbox.time.button')}</Button>
      </form>
    </CitizenPage>
  )
}

/** Words of this slice where it has them, of booking or regulation else. */
export function sliceOfAnswer({ t }: Shell, { code }: Decision): string {
  return ['inbox', 'booking'].find((slice) => t.has(`${slice}.refused.${code}`)) ?? 'regulation'
}
