/** What may be planned, and what a change makes of the shifts there are. Pure. */
import { staffedMinutes, type Interval, type KeptShift, type Shift } from '../../calendar/index.js'
import { withoutInterval } from '../../regulation/index.js'

const compareDays = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Temporal.PlainDate.compare(a, b)

/** A row that is written, changed (`id`) or taken away (`after` null). */
export interface ShiftStep {
  readonly id: number | null
  readonly before: Shift | null
  readonly after: Shift | null
}

/** The steps of a change from a day on: the old shift ends the day before, or is replaced where it has not begun. */
export function changeSteps(old: KeptShift | null, wanted: Shift): readonly ShiftStep[] {
  if (old === null) return [{ id: null, before: null, after: wanted }]
  if (compareDays(wanted.from, old.from) <= 0) return [{ id: old.id, before: old, after: wanted }]
  return [...endSteps(old, wanted.from.subtract({ days: 1 })), { id: null, before: null, after: wanted }]
}

/** The steps that end a shift after a day; one that has not begun by then is taken away. */
export function endSteps(old: KeptShift, lastDay: Temporal.PlainDate): readonly ShiftStep[] {
  if (old.until !== null && compareDays(old.until, lastDay) <= 0) return []
  return [{ id: old.id, before: old, after: compareDays(lastDay, old.from) < 0 ? null : { ...old, until: lastDay } }]
}

/** The shifts as they are after the steps. */
export function afterSteps(shifts: readonly KeptShift[], steps: readonly ShiftStep[]): readonly Shift[] {
  const touched = new Set(steps.map(({ id }) => id))
  return [...shifts.filter(({ id }) => !touched.has(id)), ...steps.flatMap(({ after }) => after ?? [])]
}

/** The first other shift of the desk that would stand at the same time. */
export function meeting<Other extends Shift>(wanted: Shift, others: readonly Other[]): Other | null {
  return (
    others.find(
      (other) =>
        other.deskId === wanted.deskId &&
        sharedWeekdays(wanted, other).length > 0 &&
        staffedMinutes(wanted).some((one) => staffedMinutes(other).some((two) => one.from < two.to && two.from < one.to)),
    ) ?? null
  )
}

/** Weekdays that both have, on days on which both hold. */
function sharedWeekdays(one: Shift, other: Shift): number[] {
  const from = compareDays(one.from, other.from) < 0 ? other.from : one.from
  const ends = [one.until, other.until].flatMap((day) => day ?? []).toSorted(compareDays)
  const days = Array.from({ length: 7 }, (_, index) => from.add({ days: index })).filter(
    (day) => ends[0] === undefined || compareDays(day, ends[0]) <= 0,
  )
  return days.map(({ dayOfWeek }) => dayOfWeek).filter((weekday) => one.weekdays.includes(weekday) && other.weekdays.includes(weekday))
}

/** Minutes of a shift that has hours of its own in which its unit is closed. */
export function outsideHours(shift: Shift, hours: readonly Interval[]): readonly Interval[] {
  if (shift.startsMinute === null && shift.endsMinute === null) return []
  return hours.reduce<readonly Interval[]>(withoutInterval, [
    { from: shift.startsMinute ?? hours[0]?.from ?? 0, to: shift.endsMinute ?? hours.at(-1)?.to ?? 1440 },
  ])
}

/** Monday of the first week in which a change from that day is seen: a weekend is the week after. */
export function weekFrom(day: Temporal.PlainDate): Temporal.PlainDate {
  return mondayOf(day.dayOfWeek > 5 ? day.add({ days: 2 }) : day)
}

/** Monday of the week of a day. */
export function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 })
}
