/** Shifts, absences and special days as the office file has them, for the history, and back. */
import { createHash } from 'node:crypto'
import type { Absence, AbsenceReason, Shift } from '../../calendar/index.js'
import type { ShiftEntry, SpecialDay, SpecialDayFacts, SpecialDayKind, Thing } from '../../directory/index.js'
import type { Interval } from '../../regulation/index.js'

/** @param desk slug of its desk */
export function shiftThing(desk: string, shift: Shift): ShiftEntry {
  const { weekdays, from, until, startsMinute, endsMinute, breaks = [], overflow, assumed = false } = shift
  return {
    desks: [desk],
    weekdays,
    from: from.toString(),
    until: until?.toString() ?? null,
    ...(startsMinute === null ? {} : { startsMinute }),
    ...(endsMinute === null ? {} : { endsMinute }),
    ...(breaks.length === 0 ? {} : { breaks: breaks.map(minutesThing) }),
    ...(overflow.length === 0 ? {} : { overflow: overflow.map(({ letter, afterMinutes }) => ({ letter, afterMinutes })) }),
    assumed,
  }
}

export function shiftOfThing(deskId: number, thing: Thing): Shift {
  const entry = thing as unknown as ShiftEntry
  return {
    deskId,
    weekdays: entry.weekdays,
    from: Temporal.PlainDate.from(entry.from),
    until: entry.until === null ? null : Temporal.PlainDate.from(entry.until),
    startsMinute: entry.startsMinute ?? null,
    endsMinute: entry.endsMinute ?? null,
    breaks: entry.breaks ?? [],
    overflow: entry.overflow ?? [],
    assumed: entry.assumed,
  }
}

/** An absence as a file gives it. */
interface AbsenceThing {
  readonly desk: string
  readonly from: string
  readonly until: string
  readonly reason: AbsenceReason
}

/** @param desk slug of its desk */
export function absenceThing(desk: string, { from, until, reason }: Absence): NonNullable<Thing> {
  return { desk, from: from.toString(), until: until.toString(), reason }
}

export function absenceOfThing(deskId: number, thing: Thing): Absence {
  const { from, until, reason } = thing as unknown as AbsenceThing
  return { deskId, from: Temporal.Instant.from(from), until: Temporal.Instant.from(until), reason }
}

export function specialDayThing(day: SpecialDayFacts): NonNullable<Thing> {
  const { id, kind, from, until, buildings, units, intervals, reason, restsOn } = day
  return {
    id,
    kind,
    from: from.toString(),
    until: until.toString(),
    buildings,
    units,
    intervals: intervals.map(minutesThing),
    reason,
    restsOn,
  }
}

export function specialDayOfThing(thing: Thing): SpecialDayFacts {
  const entry = thing as unknown as Omit<SpecialDay, 'from' | 'until' | 'kind'> & { kind: SpecialDayKind; from: string; until: string }
  const { id, kind, buildings, units, intervals, reason, restsOn } = entry
  return {
    id,
    kind,
    from: Temporal.PlainDate.from(entry.from),
    until: Temporal.PlainDate.from(entry.until),
    buildings,
    units,
    intervals,
    reason,
    restsOn,
  }
}

function minutesThing({ from, to }: Interval): Interval {
  return { from, to }
}

/** What a thing, or some, looked like when a form was shown; empty for one that is new. */
export function seenText(things: object | null): string {
  return things === null ? '' : createHash('sha256').update(JSON.stringify(things)).digest('hex').slice(0, 16)
}
