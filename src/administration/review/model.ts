/**
 * The review list: booked visits that the law or the office of now would not let be booked as they stand.
 *
 * Each waits for somebody's decision. No visit is cancelled by a change of the rules.
 */
import type { Basis } from '../../platform/decision.js'
import type { Role } from '../../staff/index.js'
import type { Visit } from '../../visit/index.js'

/** Who decides: the Secretary and the administrator for all, heads for their own unit. */
export const reviewers: readonly Role[] = ['secretary', 'head', 'administrator']

/** Who rings people about what was decided: whoever decides, and clerks about the visits they see. */
export const ringers: readonly Role[] = [...reviewers, 'service-office', 'desk']

/** Why a visit is kept although it does not fit: from a list, never free text. */
export const keepReasons = ['clerk-stays', 'other-desk', 'agreed', 'urgent-matter'] as const
export type KeepReason = (typeof keepReasons)[number]

export const callResults = ['told', 'no-answer', 'call-later', 'wrong-number', 'given-up'] as const
export type CallResult = (typeof callResults)[number]

export type ReviewOutcome = 'kept' | 'moved' | 'cancelled' | 'over' | 'fits-again'

/** How the person learns of what was decided: a message that should reach them, or a call still to be made. */
export type Told = 'message' | 'call' | 'done' | 'given-up'

export interface ReviewItem {
  readonly id: number
  readonly visit: Visit
  readonly openedAt: Temporal.Instant
  /** When the visit was to begin when it was found. */
  readonly startsAt: Temporal.Instant
  /** A TouchCode of the dry run. */
  readonly code: string
  readonly basis: readonly Basis[]
  readonly dueAt: Temporal.Instant
  readonly responsible: { readonly id: number; readonly name: string } | null
  readonly outcome: ReviewOutcome | null
  readonly reason: string | null
  readonly settledAt: Temporal.Instant | null
  /** Name of whoever decided; null when it settled itself. */
  readonly settledBy: string | null
  readonly told: Told | null
}

export interface CallAttempt {
  readonly itemId: number
  readonly at: Temporal.Instant
  readonly name: string
  readonly result: CallResult
}

/** Open items, the open ones past their time, and when the next has to be decided. */
export interface ReviewCount {
  readonly open: number
  readonly late: number
  readonly next: Temporal.Instant | null
  readonly toCall: number
}
