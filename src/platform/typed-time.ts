/**
 * Days and instants as programs and fields of forms send them → Temporal values, or null. One
 * reading for every slice, so that what one address takes another does not choke on.
 */

/** Years an office can speak of; outside them a date is a slip, and some are no date to PostgreSQL. */
const years = { from: 1900, to: 2199 }

/** A day, as 2020-05-26, or null; 30 February is none. */
export function readDay(text: string): Temporal.PlainDate | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return parts === null ? null : dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** A day as a person writes it, 2020-05-26 or 26.05.2020, or null. */
export function readWrittenDay(text: string): Temporal.PlainDate | null {
  const parts = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim())
  return parts === null ? readDay(text.trim()) : dayOf(Number(parts[3]), Number(parts[2]), Number(parts[1]))
}

/** A minute of the day as a person writes it, 7:30, 7.30 or 07:30, or null. */
export function readMinute(text: string): number | null {
  const parts = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim())
  return parts === null || Number(parts[1]) > 23 || Number(parts[2]) > 59 ? null : Number(parts[1]) * 60 + Number(parts[2])
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (year < years.from || year > years.to || month < 1 || month > 12 || day < 1) return null
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  return day > first.daysInMonth ? null : first.with({ day })
}

const instant = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** An instant with its offset, as 2020-05-26T09:20:00+02:00, or null. */
export function readInstant(text: string): Temporal.Instant | null {
  const parts = instant.exec(text)
  return parts !== null && readDay(parts[1] as string) !== null ? Temporal.Instant.from(text) : null
}

/** The same from an address, where the plus of an offset has become a space. */
export function readInstantOfAddress(text: string): Temporal.Instant | null {
  return readInstant(text.trim().replace(/ (\d{2}:\d{2})$/, '+$1'))
}
