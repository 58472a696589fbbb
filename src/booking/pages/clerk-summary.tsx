/** What a head sees of the last weeks: how long answers take, and what came on which day. */
import type { JSX } from 'preact'
import { longDay, plainDay, type Translate } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import { StaffPage, Table, type Shell, type StaffLink } from '../../ui/index.js'
import { callOutcomes } from '../clerk-call.js'
import { requestChannels } from '../model.js'
import type { Summary } from '../request-summary.js'
import { durationText, waitedText } from './clerk-request-list.js'

export interface SummaryView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly summary: Summary
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly now: Temporal.Instant
}

export function ClerkSummaryPage({ shell, view }: { shell: Shell; view: SummaryView }): JSX.Element {
  const { t } = shell
  const { summary, office } = view
  const unitName = (id: string | null): string =>
    id === null ? t('booking-requests-staff.summary.unit.none') : (office.units.get(id)?.name ?? id)
  const day = (date: Temporal.PlainDate): string => plainDay(t.language, date)
  return (
    <StaffPage shell={shell} title={t('booking-requests-staff.summary')} back="/praca/prosby" links={view.links}>
      <h1 class="govuk-heading-l">{t('booking-requests-staff.summary')}</h1>
      <p class="govuk-body">
        {t('booking-requests-staff.summary.period', { from: day(view.from), to: day(view.to) })}
        {summary.callSeconds !== null &&
          ` ${t('booking-requests-staff.summary.talk')}: ${durationText(t, Math.max(1, Math.round(summary.callSeconds / 60)))}.`}
      </p>
      {summary.days.length === 0 && summary.waits.length === 0 && <p class="govuk-body">{t('booking-requests-staff.summary.none')}</p>}
      {summary.waits.length > 0 && (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('booking-requests-staff.summary.waited')}>
          <Table
            caption={t('booking-requests-staff.summary.waited')}
            head={[
              t('booking-requests-staff.summary.unit'),
              t('booking-requests-staff.summary.answered'),
              t('booking-requests-staff.summary.median'),
              t('booking-requests-staff.summary.longest'),
              t('booking-requests-staff.summary.open'),
              t('booking-requests-staff.summary.oldest'),
            ]}
            rows={summary.waits.map((wait) => [
              unitName(wait.unitId),
              String(wait.answered),
              minutesText(t, wait.medianMinutes),
              minutesText(t, wait.longestMinutes),
              String(wait.open),
              wait.oldest === null ? '–' : waitedText(t, wait.oldest, view.now),
            ])}
          />
        </div>
      )}
      {summary.days.length > 0 && (
        <>
          <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('booking-requests-staff.summary.by-day')}>
            <Table
              caption={t('booking-requests-staff.summary.by-day')}
              head={[
                t('booking-requests-staff.summary.day'),
                t('booking-requests-staff.summary.unit'),
                t('booking-requests-staff.summary.calls'),
                ...callOutcomes.map((outcome) => t(`booking-requests-staff.summary.outcome.${outcome}`)),
                ...requestChannels.map((channel) => t(`booking-requests-staff.summary.${channel}`)),
              ]}
              rows={summary.days.map((each) => [
                longDay(t.language, Temporal.PlainDate.from(each.day)),
                unitName(each.unitId),
                String(callOutcomes.reduce((sum, outcome) => sum + each.calls[outcome], 0)),
                ...callOutcomes.map((outcome) => String(each.calls[outcome])),
                ...requestChannels.map((channel) => String(each.requests[channel])),
              ])}
            />
          </div>
          <p class="govuk-body">
            <a class="govuk-link" href="/praca/prosby/zestawienie.csv">
              {t('booking-requests-staff.summary.csv')}
            </a>
          </p>
        </>
      )}
    </StaffPage>
  )
}

function minutesText(t: Translate, minutes: number | null): string {
  return minutes === null ? '–' : durationText(t, minutes)
}
