/**
 * Which way a message goes, when, and how often it is tried. Pure: the time, the settings and the
 * luck of a wait are arguments.
 */
import { instantOf, officeDay, officeMinute } from '../platform/clock.js'
import { isLandline } from '../platform/words.js'
import type { OfficeSettings } from '../directory/index.js'
import { messageWays, type MessageWay, type Recipient } from './model.js'

/** The ways this installation sends by. */
export type Sends = Readonly<Record<MessageWay, boolean>>

/** The ways that reach a person here, the one that is used first where one is enough: `first`, and the other where that one is not open. No SMS reaches a landline. */
export function waysOf({ email, phone }: Recipient, sends: Sends, first: MessageWay = 'email'): readonly MessageWay[] {
  const left = { email, sms: phone === null || isLandline(phone) ? null : phone }
  const ordered = messageWays.toSorted((a, b) => Number(b === first) - Number(a === first))
  return ordered.filter((way) => left[way] !== null && sends[way])
}

/** Whole hours of the office's wall, 0–23; the same hour twice: there are none. */
export interface QuietHours {
  readonly from: number
  readonly until: number
}

/** When SMS that can wait wait, as the office has it. */
export function quietHours(settings: Pick<OfficeSettings, 'sms-quiet-from-hour' | 'sms-quiet-until-hour'>): QuietHours {
  return { from: settings['sms-quiet-from-hour'], until: settings['sms-quiet-until-hour'] }
}

export interface Timing {
  readonly way: MessageWay
  readonly atOnce: boolean
  readonly usefulUntil: Temporal.Instant | null
}

/** When a message may leave that could leave at `at`: an SMS that can wait waits out the quiet hours. */
export function leavesAt({ way, atOnce }: Timing, at: Temporal.Instant, { from, until }: QuietHours): Temporal.Instant {
  if (way === 'email' || atOnce || from === until) return at
  const minute = officeMinute(at)
  const overMidnight = from > until
  const evening = minute >= from * 60
  const night = minute < until * 60
  if (overMidnight ? !evening && !night : !evening || !night) return at
  const day = officeDay(at).add({ days: overMidnight && evening ? 1 : 0 })
  const morning = instantOf(day, until * 60)
  // Where the clock shows an hour twice, the first of the two may lie before `at`.
  return Temporal.Instant.compare(morning, at) > 0 ? morning : at
}

/** Would it arrive when it helps nobody any more? */
export function isTooLate({ usefulUntil }: Pick<Timing, 'usefulUntil'>, at: Temporal.Instant): boolean {
  return usefulUntil !== null && Temporal.Instant.compare(usefulUntil, at) <= 0
}

/** Times a message is handed over before it is given up; with these waits for most of a day. */
export const triesMax = 10
const firstWaitSeconds = 60
const longestWaitSeconds = 4 * 3_600

/**
 * The wait before a message is tried again that was tried in vain `tries` times: a minute, doubled each time up to
 * four hours, less up to half of it by luck (0 to below 1), so that those put off together do not come back together.
 */
export function waitAfter(tries: number, luck: number): Temporal.Duration {
  return wait(firstWaitSeconds, longestWaitSeconds, tries, luck)
}

/**
 * Times composing a row of the outbox is begun before it is given up and shown, whether it ended in a fault or ended
 * the process: within a quarter of an hour.
 */
export const composingsMost = 4

/** Longest one composing lasts: begun longer ago, and still there, it ended its process. */
export const composingMost = Temporal.Duration.from({ seconds: 30 })

/** Times in a row the other side may be away before nothing is handed over any more. */
export const failuresToOpen = 5
const firstOpenSeconds = 30
const longestOpenSeconds = 15 * 60

/** How long nobody asks a way whose other side was away so many times in a row; then one message tries it. None while it may be luck. */
export function openFor(failures: number, luck: number): Temporal.Duration {
  if (failures < failuresToOpen) return new Temporal.Duration()
  return wait(firstOpenSeconds, longestOpenSeconds, failures - failuresToOpen + 1, luck)
}

function wait(first: number, longest: number, times: number, luck: number): Temporal.Duration {
  const whole = Math.min(longest, first * 2 ** Math.min(times - 1, 20))
  return Temporal.Duration.from({ milliseconds: Math.round(whole * 1_000 * (1 - luck / 2)) })
}
