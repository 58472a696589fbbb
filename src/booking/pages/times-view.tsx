/**
 * What stands round the list of times: what the visit is for, an earlier time elsewhere, the choice
 * of day and part of day, the days as a calendar, and honest words where nothing is free.
 */
import type { JSX } from 'preact'
import { longDay, monthName, shortWeekday } from '../../platform/words.js'
import type { Translate } from '../../platform/words.js'
import { nameIn, type Building } from '../../directory/index.js'
import { holidayName } from '../../regulation/index.js'
import { BasisLine, useWords } from '../../ui/index.js'
import type { FreeDay } from '../availability/board.js'
import { wholeView, type TimesView } from '../wish-form.js'
import type { Wish } from '../wish.js'
import { FromOffice, whenText } from './parts.js'

/** A building where the first free time is earlier. */
export interface Elsewhere {
  readonly building: Building
  readonly start: Temporal.Instant
  readonly href: string
}

/** How long the visit takes and for what, where it is more than one matter of one person; and where that is changed. */
export function WishLine({ wish, href }: { wish: Wish; href: string | null }): JSX.Element | null {
  const t = useWords()
  if (wish.plain && href === null) return null
  return (
    <div class="govuk-body">
      {!wish.plain && (
        <>
          {wish.more.length > 0 && (
            <p>
              {t('booking-pages.wish.also')} {wish.more.map((service) => nameIn(t, service)).join('; ')}
            </p>
          )}
          <p>{t('booking-pages.wish.takes', { persons: wish.persons, minutes: wish.durationMinutes })}</p>
        </>
      )}
      {href !== null && (
        <p>
          <a class="govuk-link" href={href}>
            {t(wish.plain ? 'booking-pages.wish.link' : 'booking-pages.wish.change')}
          </a>
        </p>
      )}
    </div>
  )
}

export function EarlierElsewhere({ elsewhere }: { elsewhere: readonly Elsewhere[] }): JSX.Element | null {
  const t = useWords()
  if (elsewhere.length === 0) return null
  return (
    <div class="govuk-inset-text">
      {elsewhere.map(({ building, start, href }) => (
        <p>
          {t('booking-pages.times.elsewhere', { when: whenText(t.language, start) })} <FromOffice>{building.address}</FromOffice>.{' '}
          <a class="govuk-link" href={href}>
            {t('booking-pages.times.elsewhere-link')}
            <span class="govuk-visually-hidden">
              {' '}
              <FromOffice>{building.name}</FromOffice>
            </span>
          </a>
        </p>
      ))}
    </div>
  )
}

/** Links to the other views; the present one is said, not linked. */
export function ViewLinks({ view, hrefOf }: { view: TimesView; hrefOf: (view: TimesView) => string }): JSX.Element {
  const t = useWords()
  const parts = ([null, 'morning', 'afternoon'] as const).map((part) => ({ view: { ...view, part }, key: `part.${part ?? 'all'}` }))
  const days = [
    { view: { ...view, day: null, month: false }, key: 'view.list' },
    { view: { ...view, day: null, month: true }, key: 'view.month' },
  ]
  const isSame = (other: TimesView): boolean =>
    other.part === view.part && other.month === view.month && other.day?.toString() === view.day?.toString()
  return (
    <nav aria-label={t('booking-pages.times.views')} class="okienko-views">
      {[parts, days].map((group) => (
        <ul class="govuk-list">
          {group.map(({ view: other, key }) => (
            <li>
              <a class="govuk-link" href={hrefOf(other)} aria-current={isSame(other) ? 'true' : undefined}>
                {t(`booking-pages.times.${key}`)}
              </a>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  )
}

/** The days asked about as weeks, a table for each month; a day with times leads to them. */
export function MonthTable({
  days,
  view,
  hrefOf,
}: {
  days: readonly FreeDay[]
  view: TimesView
  hrefOf: (view: TimesView) => string
}): JSX.Element {
  const t = useWords()
  const months = [...Map.groupBy(days, ({ day }) => day.toPlainYearMonth().toString()).values()]
  const weekdays = [1, 2, 3, 4, 5, 6, 7]
  return (
    <>
      <p class="govuk-body">{t('booking-pages.times.month.hint')}</p>
      {months.map((month) => {
        const first = (month[0] as FreeDay).day
        const byDay = new Map(month.map((each) => [each.day.day, each]))
        return (
          <div class="okienko-month-frame">
            <table class="govuk-table okienko-month">
              <caption class="govuk-table__caption govuk-table__caption--m">{monthName(t.language, first)}</caption>
              <thead>
                <tr>
                  {weekdays.map((weekday) => (
                    <th scope="col">{shortWeekday(t.language, weekday)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {weeksOf(first.toPlainYearMonth(), month).map((week) => (
                  <tr>
                    {week.map((number) => {
                      const day = number === null ? undefined : byDay.get(number)
                      return <td>{number !== null && <MonthDay number={number} day={day} view={view} hrefOf={hrefOf} />}</td>
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      })}
    </>
  )
}

function MonthDay({
  number,
  day,
  view,
  hrefOf,
}: {
  number: number
  day: FreeDay | undefined
  view: TimesView
  hrefOf: (view: TimesView) => string
}): JSX.Element {
  const t = useWords()
  if (day === undefined || day.starts.length === 0) {
    return (
      <span class="okienko-quiet">
        {number}
        {day !== undefined && <span class="govuk-visually-hidden">: {noneText(t, day)}</span>}
      </span>
    )
  }
  return (
    <a class="govuk-link" href={hrefOf({ ...view, day: day.day, month: false })}>
      <span class="govuk-visually-hidden">{longDay(t.language, day.day)}: </span>
      <span aria-hidden="true">{number}</span>
      <span class="govuk-visually-hidden">{t('booking-pages.times.count', { count: day.starts.length })}</span>
      <span class="okienko-count" aria-hidden="true">
        {day.starts.length}
      </span>
    </a>
  )
}

/** Weeks from Monday of the days asked about, null where the week has a day of another month. */
function weeksOf(month: Temporal.PlainYearMonth, days: readonly FreeDay[]): (number | null)[][] {
  const [first, last] = [(days[0] as FreeDay).day, (days.at(-1) as FreeDay).day]
  const from = first.subtract({ days: first.dayOfWeek - 1 })
  const weeks: (number | null)[][] = []
  for (let monday = from; Temporal.PlainDate.compare(monday, last) <= 0; monday = monday.add({ days: 7 })) {
    weeks.push(
      [0, 1, 2, 3, 4, 5, 6].map((later) => {
        const day = monday.add({ days: later })
        return day.toPlainYearMonth().equals(month) ? day.day : null
      }),
    )
  }
  return weeks
}

/** Nothing is free: in this view only, or at all; and then why, as far as one reason holds for every day. */
export function NothingFree({
  days,
  hrefOf,
}: {
  days: readonly FreeDay[]
  hrefOf: ((view: TimesView) => string) | undefined
}): JSX.Element {
  const t = useWords()
  if (hrefOf !== undefined && days.some((day) => day.starts.length > 0)) {
    return (
      <p class="govuk-body">
        {t('booking-pages.times.none-in-view')}{' '}
        <a class="govuk-link" href={hrefOf(wholeView)}>
          {t('booking-pages.times.show-all')}
        </a>
      </p>
    )
  }
  const last = days.at(-1)?.day
  const workdays = days.filter((day) => day.code !== 'closed' && day.code !== 'day-off')
  const taken = workdays.length > 0 && workdays.every((day) => day.code === 'all-taken')
  const [only] = new Set(days.map((day) => day.code)).size === 1 ? days : []
  const until = last === undefined ? '' : longDay(t.language, last)
  if (taken) return <p class="govuk-body">{t('booking-pages.times.all-taken', { until })}</p>
  return (
    <>
      <p class="govuk-body">{t('booking-pages.times.none-until', { until })}</p>
      {only !== undefined && (
        <p class="govuk-body">
          {sentence(noneText(t, only))}
          <BasisLine basis={only.basis} />
        </p>
      )}
    </>
  )
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** Why a day has no start, as a part of a sentence. */
export function noneText(t: Translate, day: FreeDay): string {
  // A day the office closes otherwise than every week says why.
  const key = `booking-pages.day.${day.code === 'closed' && day.name !== undefined ? 'closed-because' : day.code}`
  return t.has(key) ? t(key, { name: holidayName(t, provisionIn(day.basis), day.name ?? '') }) : t('booking-pages.day.none')
}

/** The provision by which a day is off. */
function provisionIn(basis: FreeDay['basis']): string {
  return basis.find((each) => each.kind === 'provision')?.provision ?? ''
}
