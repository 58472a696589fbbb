/**
 * The openings of a desk on a day: when its unit is open, within its shifts, without its absences.
 *
 * Pure, on integers. What acts and shifts say in minutes on the wall is first turned into minutes
 * passed since midnight. A desk without a shift on the day is not staffed and has no opening.
 */
import { withoutInterval } from '../regulation/index.js'
import type { Absence, Interval, Opening, Shift } from './model.js'
import { minuteOf, minuteUntil, passedAt, type OfficeDate } from './office-date.js'

/**
 * @param hours when the unit is open, in minutes on the wall
 * @param shifts of this desk only
 * @param absences of this desk only
 */
export function deskOpenings(
  date: OfficeDate,
  hours: readonly Interval[],
  shifts: readonly Shift[],
  absences: readonly Absence[],
): Opening[] {
  const staffed = passedIntervals(date, shifts.filter((shift) => isOn(shift, date.day)).flatMap(staffedMinutes))
  if (staffed.length === 0) return []
  const open = passedIntervals(date, hours).flatMap((unit) => staffed.map((desk) => shared(unit, desk)))
  return absences.reduce((left, absence) => withoutAbsence(date, left, absence), open.filter(isSome))
}

/** Minutes on the wall at which somebody sits at the desk, if its unit is open. */
export function staffedMinutes({ startsMinute, endsMinute, breaks = [] }: Shift): readonly Interval[] {
  return breaks.reduce<readonly Interval[]>(withoutInterval, [{ from: startsMinute ?? 0, to: endsMinute ?? 1440 }])
}

/** Does the shift staff its desk on that day? */
export function isOn(shift: Shift, day: Temporal.PlainDate): boolean {
  return (
    shift.weekdays.includes(day.dayOfWeek) &&
    Temporal.PlainDate.compare(shift.from, day) <= 0 &&
    (shift.until === null || Temporal.PlainDate.compare(day, shift.until) <= 0)
  )
}

/** Minutes on the wall as minutes passed since midnight, in order; parts that touch become one. */
export function passedIntervals(date: OfficeDate, onWall: readonly Interval[]): Interval[] {
  const result: { from: number; to: number }[] = []
  for (const { from, to } of onWall
    .map((each) => ({ from: passedAt(date, each.from), to: passedAt(date, each.to) }))
    .toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (from >= to) continue
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else result.push({ from, to })
  }
  return result
}

function shared(unit: Interval, desk: Interval): Opening {
  return { from: Math.max(unit.from, desk.from), to: Math.min(unit.to, desk.to), gridFrom: unit.from }
}

function isSome({ from, to }: Interval): boolean {
  return from < to
}

function withoutAbsence(date: OfficeDate, openings: readonly Opening[], absence: Absence): Opening[] {
  const from = minuteOf(date, absence.from)
  const to = minuteUntil(date, absence.until)
  return openings.flatMap((opening) => {
    if (from >= to || to <= opening.from || from >= opening.to) return [opening]
    const before = { ...opening, to: Math.min(opening.to, from) }
    const after = { ...opening, from: Math.max(opening.from, to) }
    return [before, after].filter(isSome)
  })
}
