/**
 * A day of the office as integers: zones are converted here, once per day, and nowhere else.
 *
 * A minute of the day is a minute that really passed since midnight, so that lengths are exact on
 * the day of 23 hours and on the day of 25. On all other days it is what the wall shows.
 */
import { officeZone } from '../platform/clock.js'

export interface OfficeDate {
  readonly day: Temporal.PlainDate
  /** Minutes from the epoch to midnight. */
  readonly midnight: number
  /** Minutes that pass until the next midnight: 1440, 1380 or 1500. */
  readonly length: number
  /** Minutes passed when the clock changes, and by how much the wall jumps; null on other days. */
  readonly change: { readonly at: number; readonly jump: number } | null
}

const minuteMs = 60_000

export function officeDate(day: Temporal.PlainDate): OfficeDate {
  const start = day.toZonedDateTime(officeZone)
  const end = day.add({ days: 1 }).toZonedDateTime(officeZone)
  const midnight = toMinutes(start)
  const length = toMinutes(end) - midnight
  const jump = (end.offsetNanoseconds - start.offsetNanoseconds) / 60e9
  if (jump === 0) return { day, midnight, length, change: null }
  const transition = start.getTimeZoneTransition('next')
  if (transition === null) throw new Error(`the offset changes on ${day} but the zone names no transition`)
  return { day, midnight, length, change: { at: toMinutes(transition) - midnight, jump } }
}

/** Minutes since the epoch, as a machine integer (to the year 6053): a quotient left as it is would make the loops on it half as fast. */
function toMinutes(at: Temporal.ZonedDateTime): number {
  return (at.epochMilliseconds / minuteMs) | 0
}

/**
 * Minutes passed when the wall first shows that minute or a later one. A minute skipped in spring
 * is the one after the jump; a minute shown twice in autumn is its first showing.
 */
export function passedAt(date: OfficeDate, wallMinute: number): number {
  if (date.change === null || wallMinute < date.change.at) return wallMinute
  return Math.max(date.change.at, wallMinute - date.change.jump)
}

/** What the wall shows, in minutes since 0:00, after that many minutes of the day. */
export function wallAt(date: OfficeDate, minute: number): number {
  return date.change !== null && minute >= date.change.at ? minute + date.change.jump : minute
}

/** The instant of a minute of the day. */
export function instantAt(date: OfficeDate, minute: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds((date.midnight + minute) * minuteMs)
}

/** Minutes of the day passed at an instant; may lie outside the day. Seconds are dropped. */
export function minuteOf(date: OfficeDate, at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / minuteMs) - date.midnight
}

/** The same, a begun minute counting as passed: for the end of a time. */
export function minuteUntil(date: OfficeDate, at: Temporal.Instant): number {
  return Math.ceil(at.epochMilliseconds / minuteMs) - date.midnight
}
