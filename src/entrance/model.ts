/**
 * The door: what is asked, what is answered, and what was let in.
 *
 * An answer is a decision of regulation with the facts of the visit beside it. Letting in writes an
 * entry; an answer alone writes nothing. A guard may let in against an answer, with a reason from a
 * list: the entry keeps both the code of the answer and the reason.
 */
import type { Decision } from '../platform/decision.js'
import type { Visit, VisitState } from '../visit/index.js'

/** Purposes of people who are not clients: let in outside § 1 ust. 5, counted only in who is inside. */
export const otherPurposes = ['staff', 'delivery', 'emergency', 'official', 'companion', 'interpreter'] as const
export type OtherPurpose = (typeof otherPurposes)[number]
export const purposes = ['visit', 'drop-off', ...otherPurposes] as const
export type Purpose = (typeof purposes)[number]

/** Why a guard lets in against the answer. */
export const overrideReasons = ['desk-ready', 'clerk-confirmed', 'needs-assistance', 'weather', 'office-error', 'instruction'] as const
export type OverrideReason = (typeof overrideReasons)[number]

/** Why a guard puts the count of those inside right. */
export const correctionReasons = ['counted', 'went-out-unseen', 'came-in-unseen', 'entered-twice'] as const
export type CorrectionReason = (typeof correctionReasons)[number]

/** The same pass within this time is the same scan: a double scan, a second guard, a repeated request. */
export const sameScanSeconds = 10
/** How far the list of expected visits looks ahead. */
export const expectedMinutes = 30
export const searchResultsMax = 12
/** Entries shown without being asked for, besides those of everybody still inside. */
export const recentEntriesMax = 15
/** Entries of a day that are shown at most. */
export const entriesMax = 1_000

export interface Entry {
  readonly id: number
  readonly at: Temporal.Instant
  readonly buildingId: string
  readonly visitId: number | null
  readonly purpose: Purpose
  readonly code: string
  readonly overrideReason: OverrideReason | null
  readonly leftAt: Temporal.Instant | null
  readonly undoneAt: Temporal.Instant | null
  /** Persons who came in by it. */
  readonly persons: number
  /** False where no limit counts them. */
  readonly counted: boolean
  /** The entry of the client a companion came with. */
  readonly withEntryId: number | null
  /** A counted companion who goes to the desk too. */
  readonly atDesk: boolean
}

/** What the door says about one person, and what it did. */
export interface DoorAnswer {
  readonly decision: Decision
  readonly at: Temporal.Instant
  readonly buildingId: string
  readonly purpose: Purpose
  readonly visit: Visit | null
  /** What was written; null while nobody was let in. */
  readonly entry: Entry | null
  /** True when the same scan came again and got the first answer. */
  readonly repeated: boolean
  /** When the same pass was let in a moment before: perhaps by somebody else. */
  readonly passUsedAt?: Temporal.Instant | null
}

/** Somebody expected or found, as little of them as the guard needs. */
export interface Expected {
  readonly reference: string
  readonly startsAt: Temporal.Instant
  readonly serviceId: string
  readonly moreServiceIds: readonly string[]
  readonly roomId: string | null
  readonly buildingId: string
  readonly initials: string | null
  readonly name: string | null
  readonly state: VisitState
}

export function isPurpose(value: unknown): value is Purpose {
  return purposes.includes(value as Purpose)
}

export function isOtherPurpose(value: unknown): value is OtherPurpose {
  return otherPurposes.includes(value as OtherPurpose)
}

export function isCorrectionReason(value: unknown): value is CorrectionReason {
  return correctionReasons.includes(value as CorrectionReason)
}

export function isOverrideReason(value: unknown): value is OverrideReason {
  return overrideReasons.includes(value as OverrideReason)
}
