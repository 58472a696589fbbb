/**
 * What must not stand beside each other in the plan of an office file: two shifts or two absences of a
 * desk at one time, two special days of one place on one day. Nobody could say which one is meant, and
 * the pages of the plan refuse the same. Pure.
 */
import type { Finding } from '../platform/documents.js'
import type { AbsenceEntry, OfficeFile, ShiftEntry, SpecialDayEntry } from './file.js'

interface Interval {
  readonly from: number
  readonly to: number
}

export function planFindings({ shifts, absences = [], specialDays = [] }: OfficeFile): Finding[] {
  return [
    ...pairs(shifts).flatMap(([one, other, index]) => {
      const desk = one.desks.find((slug) => other.desks.includes(slug))
      return desk !== undefined && shiftsMeet(one, other) ? [finding(`/shifts/${index}`, 'shifts-meet', { desk, from: other.from })] : []
    }),
    ...pairs(absences).flatMap(([one, other, index]) =>
      one.desk === other.desk && absencesMeet(one, other)
        ? [finding(`/absences/${index}`, 'absences-meet', { desk: other.desk, from: other.from })]
        : [],
    ),
    ...pairs(specialDays).flatMap(([one, other, index]) =>
      daysMeet(one, other) ? [finding(`/specialDays/${index}`, 'days-meet', { id: other.id, other: one.id })] : [],
    ),
  ]
}

const finding = (pointer: string, code: string, values: Finding['values']): Finding => ({
  pointer,
  message: `directory-staff.import.${code}`,
  values,
})

/** Each two entries once, the later one with its place. */
function pairs<Entry>(entries: readonly Entry[]): [Entry, Entry, number][] {
  return entries.flatMap((other, index) => entries.slice(0, index).map((one): [Entry, Entry, number] => [one, other, index]))
}

function shiftsMeet(one: ShiftEntry, other: ShiftEntry): boolean {
  return commonWeekdays(one, other).length > 0 && staffed(one).some((a) => staffed(other).some((b) => a.from < b.to && b.from < a.to))
}

/** Weekdays that both have, on days on which both hold. */
function commonWeekdays(one: ShiftEntry, other: ShiftEntry): number[] {
  const from = Temporal.PlainDate.from(one.from < other.from ? other.from : one.from)
  const last = [one.until, other.until].flatMap((day) => day ?? []).toSorted()[0]
  return Array.from({ length: 7 }, (_, index) => from.add({ days: index }))
    .filter((day) => last === undefined || day.toString() <= last)
    .map(({ dayOfWeek }) => dayOfWeek)
    .filter((weekday) => one.weekdays.includes(weekday) && other.weekdays.includes(weekday))
}

/** Minutes of the day without the breaks, which stand in order. */
function staffed({ startsMinute = 0, endsMinute = 1440, breaks = [] }: ShiftEntry): readonly Interval[] {
  const starts = [startsMinute, ...breaks.map(({ to }) => to)]
  const ends = [...breaks.map(({ from }) => from), endsMinute]
  return starts.map((from, index) => ({ from, to: ends[index] ?? endsMinute })).filter(({ from, to }) => from < to)
}

function absencesMeet(one: AbsenceEntry, other: AbsenceEntry): boolean {
  return Temporal.Instant.compare(one.from, other.until) < 0 && Temporal.Instant.compare(other.from, one.until) < 0
}

/** A closure may fall on other entries: it is the stronger one. */
function daysMeet(one: SpecialDayEntry, other: SpecialDayEntry): boolean {
  return (
    one.kind !== 'closure' && other.kind !== 'closure' && one.from <= other.until && other.from <= one.until && place(one) === place(other)
  )
}

function place({ buildings, units }: SpecialDayEntry): string {
  return JSON.stringify([buildings.toSorted(), units.toSorted()])
}
