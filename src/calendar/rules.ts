/**
 * The openings of a desk on a day: when its unit is open, within its shifts, without its absences.
 *
 * Pure, on integers. A desk without a shift on the day is not staffed and has no opening.
 */
import type { Absence, Interval, Opening, Shift } from './model.js'
import { minuteOf, minuteUntil, passedAt, type OfficeDate } from './office-date.js'

/**
 * @param hours when the unit is open, in minutes on the wall
 * @param shifts of this desk only
 * @param absences of this desk only
 */
export function deskOpenings(date: OfficeDate, hours: readonly Interval[], shifts: readonly Shift[], absences: readonly Absence[]): Opening[] {
  const open: Opening[] = []
  for (const { from, to } of merged(hours)) {
    const gridFrom = passedAt(date, from)
    for (const staffed of staffedWithin(date, { from, to }, shifts)) open.push({ ...staffed, gridFrom })
  }
  return absences.reduce((left, absence) => withoutAbsence(date, left, absence), open)
}

/** When the shifts of a desk staff it between two minutes on the wall; the answer in minutes passed. */
function staffedWithin(date: OfficeDate, hours: Interval, shifts: readonly Shift[]): Interval[] {
  const staffed = shifts
    .filter((shift) => isOn(shift, date.day))
    .map((shift) => ({ from: Math.max(hours.from, shift.startsMinute ?? 0), to: Math.min(hours.to, shift.endsMinute ?? 1440) }))
  return merged(staffed)
    .map(({ from, to }) => ({ from: passedAt(date, from), to: passedAt(date, to) }))
    .filter(({ from, to }) => from < to)
}

/** Does the shift staff its desk on that day? */
export function isOn(shift: Shift, day: Temporal.PlainDate): boolean {
  return (
    shift.weekdays.includes(day.dayOfWeek) &&
    Temporal.PlainDate.compare(shift.from, day) <= 0 &&
    (shift.until === null || Temporal.PlainDate.compare(day, shift.until) <= 0)
  )
}

function withoutAbsence(date: OfficeDate, openings: readonly Opening[], absence: Absence): Opening[] {
  const from = minuteOf(date, absence.from)
  const to = minuteUntil(date, absence.until)
  return openings.flatMap((opening) => {
    const before = { ...opening, to: Math.min(opening.to, from) }
    const after = { ...opening, from: Math.max(opening.from, to) }
    if (from >= to || to <= opening.from || from >= opening.to) return [opening]
    return [before, after].filter((part) => part.from < part.to)
  })
}

/** The same minutes as intervals in order that neither touch nor overlap. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: { from: number; to: number }[] = []
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (from >= to) continue
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else result.push({ from, to })
  }
  return result
}
