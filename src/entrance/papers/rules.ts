/** For which unit papers are left, and how long the receipt is kept. Pure. */
import { instantOf, officeDay, officeMinute } from '../../platform/clock.js'
import type { Directory, Service, Unit } from '../../directory/index.js'
import type { Visit } from '../../visit/index.js'

/** The last day of so many full years, counted from the year after the papers were left, as file plans count. */
export function keptUntil(day: Temporal.PlainDate, years: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year: day.year + years, month: 12, day: 31 })
}

/** The unit that was named; else the service office itself, which then sorts the envelope. */
export function unitFor(office: Directory, service: Service, typed: string | null): string {
  const named = typed === null ? undefined : office.units.get(typed)
  return named?.id ?? service.unitId
}

/** Left with the guard: nobody came in, so no desk calls anybody. Papers brought in by somebody have a ticket. */
export function isEnvelope({ kind, ticket }: Pick<Visit, 'kind' | 'ticket'>): boolean {
  return kind === 'drop-off' && ticket === null
}

/** Today's minute at which an envelope was left, as the guard typed it; null when it is none, or still to come. */
export function leftAtMinute(typed: string, now: Temporal.Instant): Temporal.Instant | null {
  const [, hour = '', minute = ''] = /^(\d{1,2})[:.](\d{2})$/.exec(typed.trim()) ?? []
  const minutes = Number(hour) * 60 + Number(minute)
  if (hour === '' || Number(minute) > 59 || minutes > officeMinute(now)) return null
  return instantOf(officeDay(now), minutes)
}

/** Units an envelope may be for, in the order of the office file. */
export function unitsToChoose(office: Directory): readonly Unit[] {
  return [...office.units.values()]
}
