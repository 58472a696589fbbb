/**
 * What a draft would change, seen before it is law.
 *
 * A world is the law, the office and its desks' days as they are or would be. Two worlds are compared;
 * nothing is written, and no visit is touched.
 */
import type { Board } from '../../booking/index.js'
import type { Interval } from '../../calendar/index.js'
import type { Directory } from '../../directory/index.js'
import type { OtherAnswer } from '../../entrance/index.js'
import type { Basis } from '../../platform/decision.js'
import type { BookRefusal, DayHoursCode, RuleBook } from '../../regulation/index.js'

export interface World {
  readonly book: RuleBook
  readonly directory: Directory
  /** The days compared, in order; the same days in both worlds. */
  readonly boards: readonly Board[]
}

/** A visit that is booked or to be confirmed, as the comparison needs it: no name, no contact. */
export interface BookedVisit {
  readonly id: number
  readonly reference: string
  readonly serviceId: string
  readonly moreServiceIds: readonly string[]
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly day: Temporal.PlainDate
  /** Desks planned, one for each person counted. */
  readonly deskIds: readonly number[]
}

/** Why a visit could no longer be booked as it stands. */
export type TouchCode = BookRefusal | 'needs-more-desks' | 'desk-not-open' | 'desk-closed' | 'matter-gone'

export interface Touched {
  readonly visit: BookedVisit
  readonly code: TouchCode
  /** The provisions of the new law it rests on. */
  readonly basis: readonly Basis[]
  readonly values?: Readonly<Record<string, string | number>>
}

/** A unit's day that would be another one. */
export interface ChangedDay {
  readonly unitId: string
  readonly day: Temporal.PlainDate
  readonly before: UnitDay
  readonly after: UnitDay
}

export interface UnitDay {
  readonly code: DayHoursCode
  /** Minutes on the office's wall. */
  readonly intervals: readonly Interval[]
  readonly basis: readonly Basis[]
  /** Free starts: each minute at each desk at which a visit of the unit can begin. */
  readonly starts: number
}

export type FindingCode =
  /** The matter needs more persons at desks than a room that handles it has. */
  | 'room-too-small'
  /** No way to book the matter and none to settle it without coming. */
  | 'no-way-left'
  | 'unit-without-phone'
  | 'unit-without-email'
  /** A provision that never rules anything in these days: others always win. */
  | 'shadowed'
  /** A provision that names no place or no day of these. */
  | 'never-applies'
  /** A way the act recommends that a statute has taken away. */
  | 'statute-conflict'
  /** The condition the act hangs on has ended, or ends while it is to hold. */
  | 'condition-ended'

export interface Finding {
  readonly code: FindingCode
  /** What it is about: ids of the directory, of provisions or of conditions. */
  readonly serviceId?: string
  readonly unitId?: string
  readonly provision?: string
  /** For words: persons, desks, the channel. */
  readonly values?: Readonly<Record<string, string | number>>
  readonly basis: readonly Basis[]
}

export interface DryRun {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly days: readonly ChangedDay[]
  readonly touched: readonly Touched[]
  readonly findings: readonly Finding[]
  /** What was answered between the first day of the draft and now; null of a draft that is not late. */
  readonly meanwhile: Meanwhile | null
}

/** A draft of an act whose first day has passed: what people were told since, and would not have been. */
export interface Meanwhile {
  readonly from: Temporal.PlainDate
  readonly answers: readonly OtherAnswer[]
  /** Visits begun since that could not have been booked as they were, by why. */
  readonly visits: readonly { readonly code: TouchCode; readonly count: number }[]
}
