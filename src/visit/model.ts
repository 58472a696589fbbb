/**
 * A visit: one row from the hold to the end, whatever channel it came by.
 *
 * `booked`, `arrived`, `called` and `serving` are never merged. Every change is an event.
 */
import type { Language } from '../platform/words.js'

export const visitStates = [
  'held',
  'pending',
  'booked',
  'arrived',
  'called',
  'serving',
  'parked',
  'served',
  'expired',
  'cancelled',
  'missed',
  'left',
  'redirected',
] as const
export type VisitState = (typeof visitStates)[number]

/** `kept` is a freed time on its way back: its places are taken, but it is nobody's visit. */
export type VisitKind = 'booked' | 'walk-in' | 'drop-off' | 'kept'
export type VisitChannel = 'web' | 'phone' | 'email' | 'request' | 'counter' | 'door' | 'kiosk'

export interface Person {
  readonly name: string | null
  readonly email: string | null
  /** Digits with country code, as +48655298100. */
  readonly phone: string | null
}

/** What the office prepares for a person; kept with the contact and erased with it. */
export const visitNeeds = ['interpreter', 'wheelchair', 'more-time', 'other-language'] as const
export type VisitNeed = (typeof visitNeeds)[number]

/** By the booked hour; by coming in, too late for the hour or without one; or earlier by a priority. */
export const dueReasons = ['booked-due', 'came-late', 'by-arrival', 'priority'] as const
export type DueWhy = (typeof dueReasons)[number]

/** Why somebody is called earlier. None says what ails a person: whoever finds waiting hard need not say why. */
export const visitPriorities = ['hard-to-wait', 'small-child', 'interpreter-here', 'office-error', 'sent-back'] as const
export type VisitPriority = (typeof visitPriorities)[number]

export interface Visit {
  readonly id: number
  readonly reference: string
  readonly state: VisitState
  readonly kind: VisitKind
  readonly serviceId: string
  /** Further matters of the same visit, in the order they are settled. */
  readonly moreServiceIds: readonly string[]
  /** Matters settled already, before the present one. */
  readonly doneServiceIds: readonly string[]
  readonly buildingId: string
  readonly roomId: string | null
  readonly channel: VisitChannel
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly day: Temporal.PlainDate
  readonly persons: number
  readonly counted: number
  /** Counted companions who go to the desk too, among those counted. */
  readonly accompanied: number
  /** Companions who were asked to wait outside the room. */
  readonly companionsOutside: number
  readonly person: Person
  readonly language: Language
  readonly urgent: boolean
  /** Empty also once erased. */
  readonly needs: readonly VisitNeed[]
  /** Who comes settles it for somebody else. */
  readonly onBehalf: boolean
  readonly heldUntil: Temporal.Instant | null
  readonly heldFirstAt: Temporal.Instant | null
  readonly confirmUntil: Temporal.Instant | null
  readonly bookedBy: number | null
  readonly createdAt: Temporal.Instant
  readonly arrivedAt: Temporal.Instant | null
  readonly calledAt: Temporal.Instant | null
  readonly calledCount: number
  readonly servingAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
  /** The desk that calls or serves; planned desks are places. */
  readonly deskId: number | null
  readonly ticket: string | null
  readonly receipt: string | null
  /** The minute from which the person is due at a desk; null before coming in. */
  readonly dueAt: Temporal.Instant | null
  /** What makes it that minute; null before coming in. */
  readonly dueWhy: DueWhy | null
  /** Why the person is due earlier than by hour or arrival. */
  readonly priority: VisitPriority | null
  /** The desk the person was sent to; null: any that handles the matter. */
  readonly forDeskId: number | null
  /** It does not fit the law or the office any more: somebody has still to decide, or it is kept as an exception. */
  readonly review: 'open' | 'kept' | null
  readonly version: number
}

/** Who did it: a citizen, the program, or an account by number. Never a name. */
export type Actor = 'citizen' | 'system' | `account:${number}`

export type EventKind =
  | 'held'
  | 'renewed'
  | 'expired'
  | 'booked'
  | 'pending'
  | 'code-sent'
  | 'confirmed'
  | 'moved'
  | 'cancelled'
  | 'limit-excepted'
  | 'entered'
  | 'refused-entry'
  | 'entry-undone'
  | 'left'
  | 'admitted'
  | 'went-out'
  | 'ticket-taken'
  | 'called'
  | 'recalled'
  | 'started'
  | 'finished'
  | 'missed'
  | 'missed-undone'
  | 'parked'
  | 'returned'
  | 'matter-done'
  | 'prioritised'
  | 'transferred'
  | 'redirected'
  | 'receipt-given'
  | 'count-corrected'
  | 'desk-opened'
  | 'desk-closed'
  | 'desk-paused'
  | 'desk-resumed'
  | 'desk-overflow'
  | 'erased'
  | 'request-made'
  | 'request-booked'
  | 'request-settled'
  | 'request-closed'
  | 'request-reopened'
  | 'request-answered'
  | 'request-passed'
  | 'advice-sufficed'
  | 'contact-corrected'
  | 'people-searched'
  | 'kept'
  | 'waiting-joined'
  | 'waiting-withdrawn'
  | 'waiting-ended'
  | 'offer-made'
  | 'offer-accepted'
  | 'offer-declined'
  | 'offer-passed'
  | 'offer-gone'
  | 'print-failed'
  | 'review-opened'
  | 'review-kept'
  | 'review-gone'

export interface NewEvent {
  readonly at: Temporal.Instant
  readonly visitId?: number | null
  readonly kind: EventKind
  readonly actor: Actor
  readonly channel?: string | null
  /** A code from a list, never free text. */
  readonly reason?: string | null
  readonly buildingId?: string | null
  readonly deskId?: number | null
  /** Ids, codes and times only. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>> | null
}
