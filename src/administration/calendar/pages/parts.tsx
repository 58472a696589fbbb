/** What several pages of the plan show: a shift as a line, a week as a table, what a change does before it is saved. */
import type { ComponentChildren, JSX } from 'preact'
import { longDay, minuteTime, plainDay, wallTime, type Translate } from '../../../platform/words.js'
import { officeDay, officeMinute } from '../../../platform/clock.js'
import type { Absence, Interval, Shift } from '../../../calendar/index.js'
import type { Directory } from '../../../directory/index.js'
import { hoursText, weekdaysText } from '../../../regulation/index.js'
import { Button, InsetText, LinkButton, StaffPage, Table, type Shell, type StaffLink } from '../../../ui/index.js'
import type { DryRun } from '../../dry-run/model.js'
import { Days, Visits } from '../../dry-run/page.js'
import type { Typed } from '../model.js'
import { mondayOf } from '../rules.js'
import type { DeskDay } from '../week.js'

export function intervalsText(intervals: readonly Interval[]): string {
  return intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ')
}

/** "od poniedziałku do piątku, gdy czynny jest wydział, od 1 stycznia 2020" */
export function shiftText(t: Translate, shift: Shift): string {
  const { startsMinute, endsMinute, breaks = [], from, until } = shift
  const key = 'administration-calendar-staff.shift'
  const hours =
    startsMinute === null && endsMinute === null
      ? t(`${key}.as-unit`)
      : intervalsText([{ from: startsMinute ?? 0, to: endsMinute ?? 1440 }])
  return [
    weekdaysText(t, shift.weekdays),
    hours,
    ...(breaks.length === 0 ? [] : [t(`${key}.break`, { hours: intervalsText(breaks) })]),
    t(`${key}.from`, { day: plainDay(t.language, from) }),
    ...(until === null ? [] : [t(`${key}.until`, { day: plainDay(t.language, until) })]),
  ].join(', ')
}

/** "8 czerwca 2020, cały dzień" or "8 czerwca 2020, 9:00–12:00" or from one to the other. */
export function absenceText(t: Translate, { from, until, reason }: Absence): string {
  const [first, last] = [officeDay(from), officeDay(until.subtract({ minutes: 1 }))]
  const whole = officeMinute(from) === 0 && officeMinute(until) === 0
  const oneDay = Temporal.PlainDate.compare(first, last) === 0
  const day = (each: Temporal.PlainDate): string => plainDay(t.language, each)
  const end = officeMinute(until) === 0 ? '24:00' : wallTime(until)
  const when = whole
    ? oneDay
      ? t('administration-calendar-staff.absence.day', { day: day(first) })
      : t('administration-calendar-staff.absence.days', { from: day(first), until: day(last) })
    : oneDay
      ? `${day(first)}, ${wallTime(from)}–${end}`
      : t('administration-calendar-staff.absence.times', { from: day(first), at: wallTime(from), until: day(last), end })
  return `${when}: ${t(`administration-calendar-staff.reason.${reason}`)}`
}

/** The days of a week at a desk; with `after` as they are and as they would be. */
export function WeekTable({
  shell: { t, language },
  days,
  after,
}: {
  shell: Shell
  days: readonly DeskDay[]
  after?: readonly DeskDay[] | undefined
}): JSX.Element {
  const key = 'administration-calendar-staff.week'
  const title = t(`${key}.caption`, { day: plainDay(language, days[0]?.day ?? mondayOf(Temporal.PlainDate.from('2020-05-25'))) })
  const said = ({ open, starts }: DeskDay): string =>
    open.length === 0 ? t(`${key}.none`) : t(`${key}.starts`, { hours: intervalsText(open), count: starts })
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
      <Table
        caption={title}
        captionClasses="govuk-table__caption--m"
        firstCellIsHeader
        head={[`${key}.day`, `${key}.unit`, ...(after === undefined ? [`${key}.desk`] : [`${key}.now`, `${key}.then`])].map((each) =>
          t(each),
        )}
        rows={days.map((day, index) => {
          const then = after?.[index]
          return [
            longDay(language, day.day),
            hoursText(t, then?.hours ?? day.hours),
            said(day),
            ...(then === undefined ? [] : [said(then) === said(day) ? t(`${key}.same`) : <strong>{said(then)}</strong>]),
          ]
        })}
      />
    </div>
  )
}

/** "Przy tej zmianie w tygodniu od 8 czerwca będzie 230 terminów, a jest 200." */
export function WeekSum({ t, days, after }: { t: Translate; days: readonly DeskDay[]; after: readonly DeskDay[] }): JSX.Element {
  return (
    <p class="govuk-body govuk-!-font-weight-bold">
      {t('administration-calendar-staff.week.sum', { before: startsOf(days), after: startsOf(after) })}
    </p>
  )
}

function startsOf(days: readonly DeskDay[]): number {
  return days.reduce((sum, { starts }) => sum + starts, 0)
}

/** Fields carried on to the page that asks before it saves. */
export function Carried({ typed, seen }: { typed: Typed; seen: string }): JSX.Element {
  return (
    <>
      {Object.entries(typed).flatMap(([name, value]) =>
        (name === 'dni' ? value.split(',') : [value]).map((each) => <input type="hidden" name={name} value={each} />),
      )}
      <input type="hidden" name="widziane" value={seen} />
      <input type="hidden" name="potwierdzam" value="tak" />
    </>
  )
}

export interface EffectsOptions {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  /** What is changed, in a line. */
  readonly what: string
  readonly office: Directory
  readonly run: DryRun
  readonly typed: Typed
  readonly seen: string
  /** Where the form is, and where it is sent. */
  readonly action: string
  /** The button that was pressed: saving, or taking away. */
  readonly press: string
}

/** What a change would do, before it is saved: the visits it touches, the hours and free starts. */
export function EffectsOfPlanPage({ shell, links, what, office, run, typed, seen, action, press }: EffectsOptions): JSX.Element {
  const { t } = shell
  const key = 'administration-calendar-staff.effects'
  return (
    <StaffPage shell={shell} title={t(`${key}.title`)} links={links} back={action}>
      <h1 class="govuk-heading-l">{t(`${key}.title`)}</h1>
      <p class="govuk-body">{what}</p>
      <p class="govuk-body govuk-!-font-weight-bold">{t(`${key}.sum`, { visits: run.touched.length })}</p>
      <Visits shell={shell} office={office} touched={run.touched} later={t(`${key}.later`)} />
      <Days shell={shell} office={office} days={run.days} />
      <form method="post" action={action}>
        <Carried typed={typed} seen={seen} />
        <Button name="zrob" value={press}>
          {t(`${key}.save`)}
        </Button>{' '}
        <LinkButton kind="secondary" href={action}>
          {t(`${key}.back`)}
        </LinkButton>
      </form>
    </StaffPage>
  )
}

/** Somebody saved the same thing meanwhile: what stands now, and that it can be saved all the same. */
export function ChangedMeanwhile({ t, children }: { t: Translate; children: ComponentChildren }): JSX.Element {
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t('administration-calendar-staff.conflict.title')}</h2>
      <p class="govuk-body">{t('administration-calendar-staff.conflict.what')}</p>
      {children}
      <p class="govuk-body">{t('administration-calendar-staff.conflict.choose')}</p>
    </InsetText>
  )
}
