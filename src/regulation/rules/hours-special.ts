/**
 * What the office says of single days, on top of what acts and settings say: docs/decisions/0025.
 *
 * A closure is a fact: when the heating fails, no paragraph keeps the doors open. It takes minutes
 * away from whatever would be, and gives none. All else gives or moves hours, and yields to an act
 * that names that very day, to a matter's own hours and to what binds from above. Of several the
 * narrowest place wins, then the one entered last.
 */
import { setting, type Basis } from '../../platform/decision.js'
import type { SpecialDay } from '../../directory/index.js'
import type { Interval } from '../model.js'
import type { Subject } from './combine.js'
import type { DayHours, LawOfDay } from './hours.js'

/** The setting every answer of a special day rests on. */
export const specialDayBasis = setting('special-day')

/**
 * The answer for a day with what the office says of it.
 *
 * @param usual hours of the last weekday before that has some, for a working day without its own
 */
export function onSpecialDay(
  days: readonly SpecialDay[],
  subject: Subject,
  known: Temporal.Instant | undefined,
  { kept, ...law }: LawOfDay,
  usual: () => { readonly intervals: readonly Interval[]; readonly basis: Basis } | null,
): DayHours {
  const own = days.length === 0 ? [] : specialDaysOf(days, subject, known)
  if (own.length === 0) return law
  const said = own.find(({ kind }) => kind !== 'closure')
  const given = said === undefined || kept ? law : replaced(law, said, usual)
  return own.filter(({ kind }) => kind === 'closure').reduce(closed, given)
}

/** Those that hold for the subject on its day, as known then, the one that rules first. */
export function specialDaysOf(days: readonly SpecialDay[], subject: Subject, known?: Temporal.Instant): readonly SpecialDay[] {
  const { day } = subject
  return days
    .filter(
      (each) =>
        isKnown(each, known) &&
        Temporal.PlainDate.compare(each.from, day) <= 0 &&
        Temporal.PlainDate.compare(day, each.until) <= 0 &&
        distance(each, subject) < Infinity,
    )
    .toSorted(
      (a, b) => distance(a, subject) - distance(b, subject) || Temporal.Instant.compare(b.enteredAt, a.enteredAt) || (a.id < b.id ? 1 : -1),
    )
}

/** Entered by then and not yet taken back; without an instant what holds now. */
function isKnown({ enteredAt, removedAt }: SpecialDay, known: Temporal.Instant | undefined): boolean {
  if (known === undefined) return removedAt === null
  return Temporal.Instant.compare(enteredAt, known) <= 0 && (removedAt === null || Temporal.Instant.compare(known, removedAt) < 0)
}

/** How far what is named lies from the subject: its unit 0, a parent more, its building, the whole office; Infinity is another place. */
function distance({ buildings, units }: SpecialDay, { unitIds = [], buildingId }: Subject): number {
  if (buildings.length === 0 && units.length === 0) return 10_000
  const unit = unitIds.findIndex((id) => units.includes(id))
  if (unit >= 0) return unit
  return buildingId !== undefined && buildings.includes(buildingId) ? 1_000 : Infinity
}

function replaced(
  law: DayHours,
  special: SpecialDay,
  usual: () => { readonly intervals: readonly Interval[]; readonly basis: Basis } | null,
): DayHours {
  const { kind, intervals, reason } = special
  switch (kind) {
    case 'day-off':
      return law.code === 'day-off' ? law : { intervals: [], code: 'day-off', name: reason, basis: [specialDayBasis] }
    case 'hours':
      // Other hours are those of a day that is worked: over a range they open no Sunday.
      return law.code === 'open' || law.code === 'unknown' ? opened(intervals, reason) : law
    case 'working-day': {
      // It takes a deliberate opening to work on a holiday.
      if (law.code === 'day-off' || law.code === 'open') return law
      const hours = intervals.length > 0 ? null : usual()
      return hours === null ? opened(intervals, reason) : opened(hours.intervals, reason, [hours.basis])
    }
    case 'opening':
      return opened(intervals, reason)
    case 'closure':
      return law
  }
}

function opened(intervals: readonly Interval[], name: string, more: readonly Basis[] = []): DayHours {
  // A working day of which no hours are known stays closed, and says so.
  return { intervals, code: intervals.length > 0 ? 'open' : 'closed', name, basis: [specialDayBasis, ...more] }
}

function closed(day: DayHours, { intervals, reason }: SpecialDay): DayHours {
  if (day.code === 'day-off' || day.code === 'closed') return day
  const left = intervals.length === 0 ? [] : intervals.reduce<readonly Interval[]>(withoutInterval, day.intervals)
  if (day.code === 'open' && minutes(left) === minutes(day.intervals)) return day
  if (left.length === 0)
    return intervals.length > 0 && day.code === 'unknown' ? day : { intervals: [], code: 'closed', name: reason, basis: [specialDayBasis] }
  const basis = day.basis.includes(specialDayBasis) ? day.basis : [...day.basis, specialDayBasis]
  return { ...day, intervals: left, name: day.name === undefined || day.name === reason ? reason : `${day.name}; ${reason}`, basis }
}

/** The intervals without one. */
export function withoutInterval(intervals: readonly Interval[], taken: Interval): Interval[] {
  return intervals.flatMap((each) =>
    [
      { from: each.from, to: Math.min(each.to, taken.from) },
      { from: Math.max(each.from, taken.to), to: each.to },
    ].filter(({ from, to }) => from < to),
  )
}

function minutes(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { from, to }) => sum + to - from, 0)
}
