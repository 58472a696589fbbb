/**
 * Nobody is sent away empty-handed: what the guard can give at once to somebody who is not let in.
 * Pure. Whether a time may be booked is the booking's to say.
 */
import { officeDay } from '../../platform/clock.js'
import type { Directory } from '../../directory/index.js'
import { wayTo, type RemoteChannelName, type RuleBook, type Way } from '../../regulation/index.js'
import { isOpen, mayDo, type Visit, type VisitSettings } from '../../visit/index.js'
import type { DoorAnswer } from '../model.js'

/** A time the guard can give: the first today, the first of a later day, the first in another building. */
export interface DoorTime {
  readonly start: Temporal.Instant
  readonly buildingId: string
}

/** Answers after which nothing more is needed: the person waits a little, or the door was asked wrongly. */
const noHelp: ReadonlySet<string> = new Set(['too-early', 'unknown-building', 'key-reused', 'try-again'])

/** Does the answer send somebody away who came to settle something? */
export function needsHelp({ decision, entry, purpose, visit }: DoorAnswer): boolean {
  if (entry !== null || purpose !== 'visit') return false
  // Who may come without a booking still needs a number for a matter.
  return decision.allowed ? decision.code === 'walk-in' && visit === null : !noHelp.has(decision.code)
}

/**
 * How a new time is given: a visit that is still planned moves, with all it was booked for and
 * nothing asked; for whoever has none, or one that is over, a visit is booked.
 */
export function wayToTime(visit: Visit | null, now: Temporal.Instant, settings: VisitSettings): 'move' | 'book' {
  return visit !== null && isOpen(visit.state) && mayDo('move', visit, now, settings, 'staff').allowed ? 'move' : 'book'
}

/** From the free starts of one building, in their order: the first today and the first of a later day. */
export function firstTimes(starts: readonly DoorTime[], today: Temporal.PlainDate): readonly DoorTime[] {
  const isToday = ({ start }: DoorTime): boolean => officeDay(start).equals(today)
  return [starts.find(isToday), starts.find((each) => !isToday(each))].filter((each) => each !== undefined)
}

/** A time as the form sends it: `2020-05-26T07:00:00Z@walowa-5`. */
export function timeValue({ start, buildingId }: DoorTime): string {
  return `${start.toString()}@${buildingId}`
}

export function readTimeValue(typed: string): { readonly start: string; readonly buildingId: string } | null {
  const at = typed.indexOf('@')
  return at < 1 || at === typed.length - 1 ? null : { start: typed.slice(0, at), buildingId: typed.slice(at + 1) }
}

/** Ways to settle a matter from afar, the best first: what leaves a proof of sending before what is a walk. */
export const remoteChannels: readonly RemoteChannelName[] = ['e-delivery', 'epuap', 'email', 'post', 'drop-off']

/** The ways open to anybody who has what each needs; advised by the acts of that minute. */
export function remoteWays(book: RuleBook, office: Directory, serviceId: string, now: Temporal.Instant): readonly Way[] {
  return remoteChannels.flatMap((channel) => wayTo(book, office, serviceId, channel, now)?.way ?? [])
}
