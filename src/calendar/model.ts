/**
 * When desks are staffed: shifts, absences, and the openings that follow.
 *
 * Two ways of counting minutes meet here. Acts and shifts speak of minutes on the office's wall
 * (450 is 7:30). Visits run in minutes since midnight as they really pass; the two differ only on
 * the two days a year on which the clock changes. Openings are already of the second kind.
 */

/** Half-open: `from` belongs to it, `to` does not. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** A desk is staffed on these weekdays between these days. */
export interface Shift {
  readonly deskId: number
  /** ISO: 1 is Monday. */
  readonly weekdays: readonly number[]
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate | null
  /** Minutes on the wall; null: as long as the unit is open. */
  readonly startsMinute: number | null
  readonly endsMinute: number | null
  /** Minutes on the wall within the shift when nobody sits there. */
  readonly breaks?: readonly Interval[]
  /** Groups that are not the desk's own, of which it takes whoever has waited so many minutes. */
  readonly overflow: readonly { readonly letter: string; readonly afterMinutes: number }[]
  /** No source gives it: assumed so that the program can run. */
  readonly assumed?: boolean
}

/** A shift as it is kept, by its number. */
export interface KeptShift extends Shift {
  readonly id: number
}

export const absenceReasons = ['leave', 'training', 'break', 'closed'] as const
export type AbsenceReason = (typeof absenceReasons)[number]

export interface Absence {
  readonly deskId: number
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly reason: AbsenceReason
}

/** An absence as it is kept, by its number. */
export interface KeptAbsence extends Absence {
  readonly id: number
}

/** A time at which a desk can serve, in minutes passed since midnight. */
export interface Opening extends Interval {
  /** Where its unit opened: starts are offered on a grid from here. */
  readonly gridFrom: number
}
