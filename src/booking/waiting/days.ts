/** What is typed about when an earlier time would suit, read and judged: for the citizen's forms and the clerk's. */
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { readDay } from '../../platform/typed-time.js'
import type { Directory, Service } from '../../directory/index.js'
import { bookableDays, hours, type RuleBook } from '../../regulation/index.js'
import { dayParts, type DayPart } from '../model.js'
import { firstDay } from './join.js'

/** Working days of the matter's unit from tomorrow to the horizon, or to a day before it. */
export function daysAsked(
  book: RuleBook,
  office: Directory,
  service: Service,
  now: Temporal.Instant,
  last?: Temporal.PlainDate,
): readonly Temporal.PlainDate[] {
  const { to } = bookableDays(office, now, false)
  const until = last !== undefined && Temporal.PlainDate.compare(last, to) < 0 ? last : to
  const days: Temporal.PlainDate[] = []
  for (let day = firstDay(now); Temporal.PlainDate.compare(day, until) <= 0; day = day.add({ days: 1 }))
    if (hours(book, office, service.unitId, day).code === 'open') days.push(day)
  return days
}

export interface TypedDays {
  readonly from: string
  readonly to: string
  readonly part: string
}

export function typedDays(body: unknown): TypedDays {
  return { from: formText(body, 'od', 10), to: formText(body, 'do', 10), part: formText(body, 'pora', 20) }
}

/** Reads the days, each one of those asked about; `to` is the last of them when the form does not ask it. */
export function readDays(
  { from: typedFrom, to: typedTo, part: typedPart }: TypedDays,
  days: readonly Temporal.PlainDate[],
  asksTo: boolean,
):
  | { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate; readonly part: DayPart }
  | { readonly errors: readonly FieldError[] } {
  const known = (typed: string): Temporal.PlainDate | null => {
    const day = readDay(typed)
    return day !== null && days.some((each) => each.equals(day)) ? day : null
  }
  const from = known(typedFrom)
  const to = asksTo ? known(typedTo) : (days.at(-1) ?? null)
  const part = dayParts.find((each) => each === typedPart) ?? 'any'
  const errors: FieldError[] = []
  if (from === null) errors.push({ field: 'od', message: 'waiting.error.from' })
  if (to === null) errors.push({ field: 'do', message: 'waiting.error.to' })
  else if (from !== null && Temporal.PlainDate.compare(to, from) < 0) errors.push({ field: 'do', message: 'waiting.error.order' })
  return from === null || to === null || errors.length > 0 ? { errors } : { from, to, part }
}
