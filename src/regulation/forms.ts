/**
 * What the addresses of this slice carry: days, instants and means, read or refused by field.
 */
import { instantOf, officeDay } from '../platform/clock.js'
import type { FieldError } from '../platform/decision.js'
import { readInstantOfAddress, readWrittenDay } from '../platform/typed-time.js'
import { allMeans, type Means } from './model.js'

/** An instant, or noon of a day where only the day is given. */
export function readMoment(text: string): Temporal.Instant | null {
  const day = readWrittenDay(text)
  return day === null ? readInstantOfAddress(text) : instantOf(day, 12 * 60)
}

/** The last instant of a day, or the instant itself: what was known by then. */
export function readKnown(text: string): Temporal.Instant | null {
  const day = readWrittenDay(text)
  return day === null ? readInstantOfAddress(text) : instantOf(day.add({ days: 1 }), 0).subtract({ seconds: 1 })
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
