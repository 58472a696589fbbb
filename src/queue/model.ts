/**
 * What the queue speaks of: people who wait, the desk that calls, and the answers it gets.
 *
 * A desk never sees more of a person than the number, the matter and the times.
 */
import type { Allowed, Decision, Refused } from '../platform/decision.js'
import type { CallRefusal } from '../regulation/index.js'
import type { Actor, DueWhy, VisitKind, VisitRefusal, VisitState } from '../visit/index.js'

/** One visit that waits in a building: state `arrived`, today. */
export interface Waiting {
  readonly id: number
  readonly reference: string
  readonly ticket: string
  readonly kind: VisitKind
  readonly serviceId: string
  /** Further matters of the visit: the desk that calls handles them all. */
  readonly moreServiceIds: readonly string[]
  /** Persons the acts in force count; each takes a desk of the room. */
  readonly counted: number
  /** Of these, companions whom the matter does not need. */
  readonly accompanied: number
  readonly startsAt: Temporal.Instant
  readonly arrivedAt: Temporal.Instant
  /** The minute from which the person is due: who is due earliest is called first. */
  readonly dueAt: Temporal.Instant
  /** What makes it that minute. */
  readonly dueWhy: DueWhy
  /** The desk the person was sent to; null: any that handles every matter of the visit. */
  readonly forDeskId: number | null
  readonly persons: number
}

/** A group that is not the desk's, of which it takes whoever has waited long enough. */
export interface DeskOverflow {
  readonly letter: string
  readonly afterMinutes: number
  /** Minutes of the office's day between which it does. */
  readonly from: number
  readonly until: number
}

/** Whom a desk may call: those sent to it, and whose matters it all handles. */
export interface CallScope {
  readonly deskId: number
  readonly serviceIds: readonly string[]
  /** Matters of others that it takes once a person has waited since before a moment. */
  readonly overflow: readonly { readonly serviceIds: readonly string[]; readonly cameBefore: Temporal.Instant }[]
}

/** The desk that calls and what is free around it. */
export interface CallingDesk extends CallScope {
  /** Staffed desks of its room, on a break or not. */
  readonly staffedDesks: number
  /** Those at which nobody is, not on a break, this one included. */
  readonly freeDesks: number
}

export type DeskAction =
  | 'recall'
  | 'start'
  | 'finish'
  | 'miss'
  | 'undo-miss'
  | 'park'
  | 'return'
  | 'transfer'
  | 'prioritise'
  | 'pick'
  | 'leave'
  | 'next-matter'

/** What came of a matter. */
export const outcomes = ['settled', 'accepted', 'documents-missing', 'not-handled-here', 'gave-up'] as const
export type Outcome = (typeof outcomes)[number]

/** Why a person waits apart for a while. */
export const parkReasons = ['form', 'payment', 'copies', 'interpreter', 'clerk-asks'] as const
export type ParkReason = (typeof parkReasons)[number]

/** Why a person is called out of turn. */
export const pickReasons = ['continues-here', 'agreed', 'hard-to-wait', 'office-error'] as const
export type PickReason = (typeof pickReasons)[number]

/** A desk as its own buttons see it. */
export interface DeskNow {
  readonly id: number
  readonly open: boolean
  readonly paused: boolean
  /** Someone is called to it or served at it, or sits at it as the second person of another desk's visit. */
  readonly occupied: boolean
}

/** What the acts in force say of calling anyone to a desk, by whether somebody is at it. */
export type LawOfCalling = Readonly<Record<'free' | 'occupied', Decision<'may-call', CallRefusal>>>

/** Why a desk is told no; a visit's own reasons besides. */
export const queueRefusals = [
  'unknown-desk',
  'unknown-visit',
  'desk-not-open',
  'desk-paused',
  'desk-over-limit',
  'desk-of-another',
  'not-your-desk',
  'client-at-desk',
  'needs-more-desks',
  'at-another-desk',
  'not-started',
  'call-again-first',
  'no-right-to-pick',
  'no-further-matter',
  'nobody-there',
  'no-such-clerk',
  'unknown-number',
  'miss-later',
  'state-changed',
  'key-reused',
  'try-again',
] as const
export type QueueRefusal = (typeof queueRefusals)[number] | VisitRefusal

/** What a command says about itself. */
export interface DeskCommand {
  /** Slug of the desk. */
  readonly desk: string
  readonly actor: Actor
  readonly now: Temporal.Instant
  /** The same key gives the first answer again. */
  readonly key?: string | undefined
  /** The account that must have the desk: whoever acts in person does so at the desk opened by themselves. */
  readonly holder?: number | undefined
}

export interface VisitCommand extends DeskCommand {
  readonly reference: string
  /** The version of the visit the person saw; another one is refused instead of acted upon. */
  readonly version?: number | undefined
}

/** The visit an answer speaks of; nothing personal. */
export interface AnsweredVisit {
  readonly reference: string
  readonly ticket: string
  readonly state: VisitState
}

/** It was done, now or by the first press. */
export interface Acted {
  readonly allowed: true
  /** `called`, `nobody-waiting`, `recalled`, `started` … */
  readonly code: string
  readonly visit: AnsweredVisit | null
  /** True when an earlier press had done it. */
  readonly repeated: boolean
}

export type QueueAnswer = Acted | Refused<QueueRefusal>
export type DeskDecision = Allowed<'yes' | 'repeated'> | Refused<QueueRefusal>
