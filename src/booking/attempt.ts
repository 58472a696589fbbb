/**
 * One attempt at booking: everything it writes, and what can become of it.
 */
import type { Language } from '../platform/words.js'
import type { Actor, Person, VisitChannel, VisitNeed } from '../visit/index.js'

/** Everything one attempt writes; times are facts by now, not wishes. */
export interface Attempt {
  readonly key: string | null
  readonly hash: Buffer | null
  /** Kept under the key: references and times only. */
  readonly answer: Readonly<Record<string, string>>
  readonly reference: string
  readonly state: 'held' | 'pending' | 'booked'
  readonly serviceId: string
  readonly moreServiceIds: readonly string[]
  readonly buildingId: string
  readonly roomId: string | null
  readonly channel: VisitChannel
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly day: Temporal.PlainDate
  /** One desk for each counted person, of one room, in ascending order. */
  readonly desks: readonly number[]
  readonly persons: number
  readonly person: Person
  readonly language: Language
  readonly urgent: boolean
  readonly needs: readonly VisitNeed[]
  readonly onBehalf: boolean
  readonly heldUntil: Temporal.Instant | null
  /** Until when a pending booking waits to be confirmed. */
  readonly confirmUntil: Temporal.Instant | null
  /** Keyed hashes, ascending; none for a hold. */
  readonly contacts: readonly Buffer[]
  readonly limitOpen: number
  /** A clerk's reason to pass the limits. */
  readonly exception: string | null
  readonly now: Temporal.Instant
  readonly bookedBy: number | null
  readonly eraseOn: Temporal.PlainDate
  readonly actor: Actor
  readonly job: string | null
}

export type Attempted =
  | { readonly kind: 'made'; readonly id: number }
  | { readonly kind: 'used'; readonly hash: Buffer; readonly answer: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly code: 'limit-open' | 'limit-service-day' }
  /** A place was not to be had. */
  | { readonly kind: 'taken' }
  /** Another command won a race for the same key, limit or reference: look again. */
  | { readonly kind: 'raced'; readonly refusal: 'try-again' | 'limit-open' | 'limit-service-day' }
  | { readonly kind: 'locked' }
