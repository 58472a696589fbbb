/** For which unit papers are left, and how long the receipt is kept. Pure. */
import type { Directory, Service, Unit } from '../../directory/index.js'

/** The last day of so many full years, counted from the year after the papers were left, as file plans count. */
export function keptUntil(day: Temporal.PlainDate, years: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year: day.year + years, month: 12, day: 31 })
}

/** The unit that was named; else the service office itself, which then sorts the envelope. */
export function unitFor(office: Directory, service: Service, typed: string | null): string {
  const named = typed === null ? undefined : office.units.get(typed)
  return named?.id ?? service.unitId
}

/** Units an envelope may be for, in the order of the office file. */
export function unitsToChoose(office: Directory): readonly Unit[] {
  return [...office.units.values()]
}
