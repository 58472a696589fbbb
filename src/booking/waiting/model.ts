/**
 * Freed times and who waits for them.
 *
 * A kept time is a freed time on its way back: nobody's visit, but its place is taken. An entry of
 * the list wants an earlier time for a visit, or any time where none was free. An offer is a kept
 * time shown to one entry for some minutes.
 */
import type { Refused } from '../../platform/decision.js'
import type { Language } from '../../platform/words.js'
import type { Actor, Person } from '../../visit/index.js'
import type { DayPart } from '../model.js'
import type { Wished } from '../wish.js'

export type WaitingState = 'waiting' | 'offered' | 'accepted' | 'withdrawn' | 'ended'
export type OfferState = 'open' | 'accepted' | 'declined' | 'passed' | 'gone'

/** A place that a visit gave back: its time and its desks, ascending, of one room. */
export interface FreedTime {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly desks: readonly number[]
}

/** One in line, as far as the order and the fitting need it. */
export interface Waiter {
  readonly id: number
  /** Key of what the visit is for: the same key, the same desks and minutes. */
  readonly matter: string
  readonly joinedAt: Temporal.Instant
  /** Offers nobody answered. */
  readonly passed: number
  readonly from: Temporal.PlainDate
  /** Null for an entry of a visit: up to its own time. */
  readonly to: Temporal.PlainDate | null
  readonly part: DayPart
  /** The visit that would move; null where there is none yet. */
  readonly visit: { readonly start: Temporal.Instant; readonly minutes: number; readonly counted: number } | null
}

/** What an entry would be given of a freed time. */
export interface Fit extends FreedTime {
  readonly waiter: Waiter
}

export interface Entry {
  readonly id: number
  readonly reference: string
  readonly serviceId: string
  /** What it waits for where there is no visit that says so. */
  readonly wished: Wished
  readonly visitId: number | null
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate | null
  readonly part: DayPart
  readonly joinedAt: Temporal.Instant
  readonly state: WaitingState
  readonly passed: number
  readonly person: Person
  readonly language: Language
  /** The link of a message was opened, by a person or a program at the mailbox: there is somebody. */
  readonly proved: boolean
}

export interface Offer extends FreedTime {
  readonly id: number
  readonly waitingId: number
  readonly keptId: number
  readonly roomId: string
  readonly until: Temporal.Instant
  readonly state: OfferState
}

export type WaitingRefusal =
  | 'unknown-entry'
  | 'entry-ended'
  | 'entry-doubled'
  | 'contact-needed'
  | 'cannot-tell'
  | 'offer-passed'
  | 'offer-gone'
  | 'unknown-service'
  | 'key-reused'

/** When an earlier time would suit. */
export interface WaitingWish {
  readonly from: Temporal.PlainDate
  readonly part: DayPart
}

export interface JoinForVisitCommand extends WaitingWish {
  /** Reference of the visit. */
  readonly reference: string
  readonly actor: Actor
}

export interface JoinCommand extends WaitingWish, Wished {
  readonly to: Temporal.PlainDate
  readonly person: Person
  readonly language: Language
  readonly actor: Actor
  readonly key: string
}

/** An entry as it now stands; `repeated` when it stood so before. */
export interface WaitingDone {
  readonly allowed: true
  readonly code: 'done'
  readonly reference: string
  /** Opens the entry to its owner; derived, never stored. */
  readonly secret: string
  readonly state: WaitingState
  /** The visit that moved or was booked, once an offer was accepted. */
  readonly visit: string | null
  readonly repeated: boolean
}

export type WaitingOutcome = WaitingDone | Refused
