/**
 * Who is offered a freed time, and until when; what of a place is freed; when it returns to all.
 *
 * Pure: the minute and the dice are arguments. The order of the line is: fewest offers left without
 * an answer, then who joined first, then the lower number. Whoever does not fit is passed over and
 * keeps the place in line.
 */
import { instantOf, officeDay, officeMinute } from '../../platform/clock.js'
import type { Fit, FreedTime, Waiter } from './model.js'

/** Nobody is offered a time that begins sooner: one has to come, and to be reached. */
export const noticeMinutes = 60
/** Minutes of the office's day in which a person is asked to answer; those of the night do not count. */
export const answering = { from: 7 * 60, to: 21 * 60 } as const
const noon = 12 * 60
const minuteMs = 60_000

/** The line, first come first; the argument's order does not matter. */
export function fairOrder(waiters: readonly Waiter[]): readonly Waiter[] {
  return waiters.toSorted((a, b) => a.passed - b.passed || Temporal.Instant.compare(a.joinedAt, b.joinedAt) || a.id - b.id)
}

/** What the fitting needs to know of what a visit is for, at the start of the freed time. */
export interface MatterFacts {
  /** Desks at which such a visit may start then, taken or not. */
  readonly offering: readonly number[]
  readonly minutes: number
  /** Places it takes. */
  readonly counted: number
}

/** By the key of what the visit is for. */
export type MattersAt = ReadonlyMap<string, MatterFacts>

/** What the entry would be given of the freed time; null when it does not suit or does not fit. */
export function fitOf(waiter: Waiter, time: FreedTime, matters: MattersAt, now: Temporal.Instant): Fit | null {
  const matter = matters.get(waiter.matter)
  if (matter === undefined || !suits(waiter, time.start)) return null
  if (Temporal.Instant.compare(time.start, now.add({ minutes: noticeMinutes })) < 0) return null
  const { minutes, counted } = waiter.visit ?? matter
  const end = time.start.add({ minutes })
  if (Temporal.Instant.compare(end, time.end) > 0 || counted > time.desks.length) return null
  const main = time.desks.find((desk) => matter.offering.includes(desk))
  if (main === undefined) return null
  const beside = time.desks.filter((desk) => desk !== main).slice(0, Math.max(counted, 1) - 1)
  return { waiter, start: time.start, end, desks: [main, ...beside].toSorted((a, b) => a - b) }
}

/** Everyone who fits, the first in line first. */
export function fitting(waiters: readonly Waiter[], time: FreedTime, matters: MattersAt, now: Temporal.Instant): readonly Fit[] {
  return fairOrder(waiters).flatMap((waiter) => fitOf(waiter, time, matters, now) ?? [])
}

function suits({ from, to, part, visit }: Waiter, start: Temporal.Instant): boolean {
  const day = officeDay(start)
  if (Temporal.PlainDate.compare(day, from) < 0 || (to !== null && Temporal.PlainDate.compare(day, to) > 0)) return false
  if (visit !== null && Temporal.Instant.compare(start, visit.start) >= 0) return false
  return part === 'any' || part === partOf(start)
}

/** The part of the day a start lies in. */
export function partOf(start: Temporal.Instant): 'morning' | 'afternoon' {
  return officeMinute(start) < noon ? 'morning' : 'afternoon'
}

/** Until when an offer is open: so many minutes of the day, at night none passes; never past the start. */
export function offerUntil(now: Temporal.Instant, minutes: number, start: Temporal.Instant): Temporal.Instant {
  let at = now
  let left = minutes
  for (;;) {
    const day = officeDay(at)
    const [opens, closes] = [instantOf(day, answering.from), instantOf(day, answering.to)]
    if (Temporal.Instant.compare(at, opens) < 0) at = opens
    const today = (closes.epochMilliseconds - at.epochMilliseconds) / minuteMs
    if (today >= left) {
      at = at.add({ milliseconds: left * minuteMs })
      break
    }
    left -= Math.max(today, 0)
    at = instantOf(day.add({ days: 1 }), answering.from)
  }
  return Temporal.Instant.compare(at, start) < 0 ? at : start
}

/** The minute at which a freed time returns to all: whole minutes from `now`, between the office's two settings. */
export function releaseAt(
  now: Temporal.Instant,
  settings: { readonly 'freed-minutes-min': number; readonly 'freed-minutes-max': number },
  random: number,
): Temporal.Instant {
  const [min, max] = [settings['freed-minutes-min'], Math.max(settings['freed-minutes-min'], settings['freed-minutes-max'])]
  return now.add({ minutes: min + Math.floor(random * (max - min + 1)) })
}

/** What is still to be had of a time is kept, unless it is today's or past: that returns to all at once. */
export function isKept(time: FreedTime, now: Temporal.Instant): boolean {
  return Temporal.PlainDate.compare(officeDay(time.start), officeDay(now)) > 0
}

/** What a visit gives back that went from one time to another: the old one, less what the new one takes of the same desks. */
export function freedTimes(old: FreedTime, taken: FreedTime | null): readonly FreedTime[] {
  if (taken === null) return [old]
  const shared = old.desks.filter((desk) => taken.desks.includes(desk))
  const own = old.desks.filter((desk) => !taken.desks.includes(desk))
  const before = { start: old.start, end: earlier(old.end, taken.start), desks: shared }
  const after = { start: later(old.start, taken.end), end: old.end, desks: shared }
  const apart = Temporal.Instant.compare(old.end, taken.start) <= 0 || Temporal.Instant.compare(taken.end, old.start) <= 0
  const pieces = apart ? [old] : [{ ...old, desks: own }, before, after]
  return pieces.filter(({ start, end, desks }) => desks.length > 0 && Temporal.Instant.compare(start, end) < 0)
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) > 0 ? a : b
}
