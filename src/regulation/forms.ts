/**
 * What the addresses of this slice carry: days, instants and means, read or refused by field.
 */
import { instantOf, officeDay } from '../platform/clock.js'
import type { FieldError } from '../platform/decision.js'
import { allMeans, type Means } from './model.js'

/** Years an act can speak of; outside them a date is a slip. */
const years = { from: 1900, to: 2199 }

/** A day as `2020-05-25` or `25.05.2020`; null when it is neither. */
export function readDay(text: string): Temporal.PlainDate | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())
  const polish = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim())
  const parts = iso ? iso.slice(1) : polish ? polish.slice(1).toReversed() : null
  if (parts === null) return null
  const [year, month, day] = parts.map(Number) as [number, number, number]
  if (year < years.from || year > years.to || month < 1 || month > 12 || day < 1) return null
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  return day > first.daysInMonth ? null : first.with({ day })
}

const instantText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** An instant, or noon of a day where only the day is given; `+` of an offset may have become a space. */
export function readMoment(text: string): Temporal.Instant | null {
  const day = readDay(text)
  if (day !== null) return instantOf(day, 12 * 60)
  const whole = text.trim().replace(/ (\d{2}:\d{2})$/, '+$1')
  if (!instantText.test(whole) || readDay(whole.slice(0, 10)) === null) return null
  const [hour, minute, second = '0'] = whole.slice(11).split(/[:Z+.-]/) as [string, string, string?]
  const offset = /[+-](\d{2}):(\d{2})$/.exec(whole)
  if (
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    Number(second) > 59 ||
    (offset !== null && (Number(offset[1]) > 18 || Number(offset[2]) > 59))
  )
    return null
  return Temporal.Instant.from(whole)
}

/** The last instant of a day, or the instant itself: what was known by then. */
export function readKnown(text: string): Temporal.Instant | null {
  const day = readDay(text)
  return day === null ? readMoment(text) : instantOf(day.add({ days: 1 }), 0).subtract({ seconds: 1 })
}

/** Means as `a,b`, none when empty; the first unknown one as an error. */
export function readMeans(text: string): { readonly means: ReadonlySet<Means> } | { readonly errors: readonly FieldError[] } {
  const given = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const unknown = given.find((each) => !allMeans.includes(each as Means))
  if (unknown !== undefined)
    return { errors: [{ field: 'means', message: 'regulation.query.means', values: { value: unknown.slice(0, 40) } }] }
  return { means: new Set(given as Means[]) }
}

export function dayError(field: string): FieldError {
  return { field, message: 'regulation.query.day' }
}

/** The office's day of an instant, as ISO text. */
export function dayText(at: Temporal.Instant): string {
  return officeDay(at).toString()
}
