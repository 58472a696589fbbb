/** Until when proposed times are kept, when an answer that did not arrive has its request wait again, and until when a thread is kept. Pure: the minute and the settings are arguments. */
import { instantOf, officeDay } from '../platform/clock.js'
import type { RequestRow } from '../booking/index.js'
import type { OfficeSettings } from '../directory/index.js'
import type { SentKind } from './model.js'

/** Times in one answer, where the office keeps so many for one person at all. */
export const proposedMax = 3

/** How many times one answer may propose. */
export function timesMost(settings: Pick<OfficeSettings, 'proposed-per-contact'>): number {
  return Math.min(proposedMax, settings['proposed-per-contact'])
}

/** Kept at least so long, or it is no offer. */
const hoursMin = 1
/** The hour of the day it is kept until: after work, when private mail is read. */
const keptUntilMinute = 20 * 60
const daysOffered = [0, 1, 2, 3, 7] as const

/** Hours a clerk chooses among, the usual one second: this evening, tomorrow, and so on. */
export function keepUntilChoices(now: Temporal.Instant): readonly Temporal.Instant[] {
  return daysOffered
    .map((days) => instantOf(officeDay(now).add({ days }), keptUntilMinute))
    .filter((until) => Temporal.Instant.compare(until, now.add({ hours: hoursMin })) >= 0)
}

/**
 * Until when a time is kept: as chosen, but given back so many minutes before it begins, so that somebody
 * else may still take it; null when that is too soon to be answered.
 */
export function keptUntil(
  start: Temporal.Instant,
  chosen: Temporal.Instant,
  { now, backMinutes }: { now: Temporal.Instant; backMinutes: number },
): Temporal.Instant | null {
  const before = start.subtract({ minutes: backMinutes })
  const until = Temporal.Instant.compare(chosen, before) < 0 ? chosen : before
  return Temporal.Instant.compare(until, now.add({ hours: hoursMin })) < 0 ? null : until
}

/** Can a time still be proposed, so that there is time to answer? */
export function mayPropose(start: Temporal.Instant, at: { now: Temporal.Instant; backMinutes: number }): boolean {
  return keptUntil(start, start, at) !== null
}

/** Why a thread is closed by a mail: the person is reached by it, so that it is for none of the reasons of a call. */
export const mailCloseReasons = ['withdrawn', 'doubled', 'not-our-matter'] as const
export type MailCloseReason = (typeof mailCloseReasons)[number]

/** The mails in sight, the newest first: the last a person wrote on either side, and what was written before it and not answered since. */
export function inSight<M extends { readonly direction: 'in' | 'out'; readonly kind: string }>(mails: readonly M[]): readonly M[] {
  const byHand = mails.filter(({ kind }) => kind !== 'automatic').toReversed()
  const answered = byHand.findIndex(({ direction }) => direction === 'out')
  return byHand.slice(0, answered === -1 ? undefined : Math.max(answered, 1))
}

/**
 * Does a request wait for the office again, whose answer did not arrive? Not where something was said
 * or came in since, a time is booked, or its person is erased. Why it did not does not matter: times
 * that ran out before the mail left have reached nobody, and those answered anew are not the last answer.
 * One that a clerk ended for another reason stays ended, as it did not hang on the mail.
 */
export function waitsAgain(
  { state, reason, ended_at: endedAt, person_email: email }: Pick<RequestRow, 'state' | 'reason' | 'ended_at' | 'person_email'>,
  { answer, at, isLast }: { readonly answer: SentKind; readonly at: Temporal.Instant; readonly isLast: boolean },
): boolean {
  if (!isLast || email === null) return false
  switch (state) {
    case 'open':
      return true
    case 'booked':
      return false
    case 'settled':
    case 'closed':
      // By the silence of whoever never got it, or by this very answer.
      return reason === 'silent' || ((answer === 'advice' || answer === 'closed') && endedAt !== null && endedAt.equals(at))
  }
}

/** The day on which what is personal in a thread is erased, until its request has one. */
export function eraseDay(
  settings: Pick<OfficeSettings, 'booking-horizon-days' | 'erase-after-days'>,
  now: Temporal.Instant,
): Temporal.PlainDate {
  return officeDay(now).add({ days: settings['booking-horizon-days'] + settings['erase-after-days'] })
}
