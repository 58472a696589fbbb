/**
 * What may be done with a visit now, or why not. Buttons and handlers both ask here.
 *
 * Pure: the minute and the office's settings are arguments. Each answer rests on the state of the
 * visit, which is a fact and cites nothing, or on a setting, which it names.
 */
import { allow, refuse, setting, type Decision } from '../platform/decision.js'
import type { Visit, VisitState } from './model.js'

export const visitActions = [
  'renew',
  'confirm',
  'release',
  'confirm-pending',
  'cancel',
  'move',
  'admit',
  'call',
  'recall',
  'start',
  'finish',
  'miss',
  'undo-miss',
  'leave',
  'redirect',
  'park',
  'return',
  'transfer',
  'prioritise',
  'next-matter',
] as const
export type VisitAction = (typeof visitActions)[number]

/** Settings a rule here may rest on; the office's settings have them all. */
export interface VisitSettings {
  readonly 'hold-minutes-max': number
  readonly 'call-again-after-seconds': number
  readonly 'calls-max': number
  readonly 'missed-undo-seconds': number
}

export type VisitRefusal =
  | 'hold-expired'
  | 'hold-released'
  | 'not-confirmed'
  | 'confirm-expired'
  | 'already-booked'
  | 'already-inside'
  | 'not-inside'
  | 'not-called'
  | 'already-called'
  | 'being-served'
  | 'already-cancelled'
  | 'already-missed'
  | 'already-served'
  | 'already-ended'
  | 'already-started'
  | 'call-again-later'
  | 'called-enough'
  | 'undo-too-late'

type Answer = Decision<'may', VisitRefusal>

/**
 * May this be done with the visit at this minute? Staff may also move a booked visit whose time has
 * begun or passed: who comes late is given a new time instead of being sent away.
 */
export function mayDo(
  action: VisitAction,
  visit: Visit,
  now: Temporal.Instant,
  settings: VisitSettings,
  by: 'citizen' | 'staff' = 'citizen',
): Answer {
  // A freed time is nobody's: it goes by an offer, or back to all.
  if (visit.kind === 'kept') return refuse('hold-released')
  switch (action) {
    case 'renew':
    case 'confirm':
      return holdOpen(visit, now, settings)
    case 'release':
      return visit.state === 'held' ? allow('may') : refuse(stateRefusal(visit.state))
    case 'confirm-pending':
      return mayConfirm(visit, now, by)
    case 'cancel':
      return stillAhead(visit, now)
    case 'move':
      return by === 'staff' && isPlanned(visit) ? allow('may') : stillAhead(visit, now)
    case 'admit':
      return visit.state === 'booked' ? allow('may') : refuse(isInside(visit.state) ? 'already-inside' : stateRefusal(visit.state))
    case 'call':
      return inside(visit, ['arrived', 'parked'])
    case 'recall':
      return mayRecall(visit, now, settings)
    case 'start':
      return inside(visit, ['called'])
    case 'finish':
      return inside(visit, ['serving'])
    case 'miss':
      return inside(visit, ['called'])
    case 'undo-miss':
      return mayUndoMiss(visit, now, settings)
    case 'leave':
      return inside(visit, ['arrived', 'called', 'parked'])
    case 'park':
      return inside(visit, ['called', 'serving'])
    case 'return':
      return inside(visit, ['parked'])
    case 'transfer':
      return inside(visit, ['arrived', 'called', 'serving', 'parked'])
    case 'prioritise':
      return inside(visit, ['arrived', 'parked'])
    case 'next-matter':
      return inside(visit, ['serving'])
    case 'redirect':
      return visit.state === 'booked' || visit.state === 'pending'
        ? allow('may')
        : inside(visit, ['arrived', 'called', 'serving', 'parked'])
  }
}

/** True while the visit may still be cancelled, moved, entered, called or served. */
export function isOpen(state: VisitState): boolean {
  switch (state) {
    case 'held':
    case 'pending':
    case 'booked':
    case 'arrived':
    case 'called':
    case 'serving':
    case 'parked':
      return true
    case 'served':
    case 'expired':
    case 'cancelled':
    case 'missed':
    case 'left':
    case 'redirected':
      return false
  }
}

/** Between the door and the end of the visit. */
function isInside(state: VisitState): boolean {
  return state === 'arrived' || state === 'called' || state === 'serving' || state === 'parked'
}

/** A hold is renewed by every page up to this minute and no further. */
export function heldAtMost(visit: Visit, settings: Pick<VisitSettings, 'hold-minutes-max'>): Temporal.Instant {
  return (visit.heldFirstAt ?? visit.createdAt).add({ minutes: settings['hold-minutes-max'] })
}

function holdOpen(visit: Visit, now: Temporal.Instant, settings: VisitSettings): Answer {
  if (visit.state !== 'held' && visit.state !== 'expired') {
    return refuse(isOpen(visit.state) ? 'already-booked' : stateRefusal(visit.state))
  }
  const { heldUntil, endedAt } = visit
  if (visit.state === 'held' && heldUntil !== null && Temporal.Instant.compare(now, heldUntil) < 0) return allow('may')
  // Ended before its time: its owner gave it back, for another time or for none.
  const released = visit.state === 'expired' && heldUntil !== null && endedAt !== null && Temporal.Instant.compare(endedAt, heldUntil) < 0
  if (released) return refuse('hold-released')
  const atMost = heldUntil !== null && Temporal.Instant.compare(heldUntil, heldAtMost(visit, settings)) >= 0
  return refuse('hold-expired', [setting(atMost ? 'hold-minutes-max' : 'hold-minutes')])
}

/**
 * A pending booking is confirmed until its time for that is over. A clerk who speaks with the person
 * may confirm as long as the place is kept.
 */
function mayConfirm(visit: Visit, now: Temporal.Instant, by: 'citizen' | 'staff'): Answer {
  const { state, confirmUntil } = visit
  if (state === 'booked') return refuse('already-booked')
  if (isLapsed(visit)) return refuse('confirm-expired', [setting('confirm-minutes')])
  if (state !== 'pending') return refuse(isInside(state) ? 'already-inside' : stateRefusal(state))
  const inTime = by === 'staff' || confirmUntil === null || Temporal.Instant.compare(now, confirmUntil) < 0
  return inTime ? allow('may') : refuse('confirm-expired', [setting('confirm-minutes')])
}

/** A booking that nobody confirmed in time; a hold that ran out never waited for that. */
export function isLapsed({ state, confirmUntil }: Pick<Visit, 'state' | 'confirmUntil'>): boolean {
  return state === 'expired' && confirmUntil !== null
}

/** Where a booked visit stands against its time: still to come, late but let in, or past coming in. */
export type VisitTime = 'ahead' | 'late' | 'past'

export function visitTime(visit: Visit, now: Temporal.Instant, lateMinutes: number): VisitTime {
  if (Temporal.Instant.compare(now, visit.startsAt) <= 0) return 'ahead'
  return Temporal.Instant.compare(now, lastEntry(visit, lateMinutes)) <= 0 ? 'late' : 'past'
}

/** The last minute at which a booked visit is let in. */
export function lastEntry(visit: Visit, lateMinutes: number): Temporal.Instant {
  return visit.startsAt.add({ minutes: lateMinutes })
}

function isPlanned(visit: Visit): boolean {
  return visit.state === 'booked' || visit.state === 'pending'
}

function stillAhead(visit: Visit, now: Temporal.Instant): Answer {
  if (!isPlanned(visit)) {
    return refuse(isInside(visit.state) ? 'already-inside' : stateRefusal(visit.state))
  }
  return Temporal.Instant.compare(now, visit.startsAt) < 0 ? allow('may') : refuse('already-started')
}

function mayRecall(visit: Visit, now: Temporal.Instant, settings: VisitSettings): Answer {
  if (visit.state !== 'called' || visit.calledAt === null) return inside(visit, ['called'])
  const from = visit.calledAt.add({ seconds: settings['call-again-after-seconds'] })
  if (visit.calledCount >= settings['calls-max']) return refuse('called-enough', [setting('calls-max')])
  return Temporal.Instant.compare(now, from) >= 0
    ? allow('may')
    : refuse('call-again-later', [setting('call-again-after-seconds')], [], { at: from.toString() })
}

function mayUndoMiss(visit: Visit, now: Temporal.Instant, settings: VisitSettings): Answer {
  if (visit.state !== 'missed' || visit.endedAt === null || visit.ticket === null) return refuse(stateRefusal(visit.state))
  const until = visit.endedAt.add({ seconds: settings['missed-undo-seconds'] })
  return Temporal.Instant.compare(now, until) <= 0 ? allow('may') : refuse('undo-too-late', [setting('missed-undo-seconds')])
}

function inside(visit: Visit, states: readonly VisitState[]): Answer {
  return states.includes(visit.state) ? allow('may') : refuse(stateRefusal(visit.state))
}

/** What the state of the visit says to whoever wanted something else of it. */
function stateRefusal(state: VisitState): VisitRefusal {
  switch (state) {
    case 'held':
    case 'pending':
      return 'not-confirmed'
    case 'booked':
      return 'not-inside'
    case 'arrived':
    case 'parked':
      return 'not-called'
    case 'called':
      return 'already-called'
    case 'serving':
      return 'being-served'
    case 'served':
      return 'already-served'
    case 'expired':
      return 'hold-expired'
    case 'cancelled':
      return 'already-cancelled'
    case 'missed':
      return 'already-missed'
    case 'left':
    case 'redirected':
      return 'already-ended'
  }
}
