/**
 * The shifts of the office file and of the database: in a file one entry may name many desks that are
 * staffed alike, in the database each desk has its own row, and in the history each row is a thing.
 */
import type { Queryable } from '../platform/database.js'
import type { OfficeFile, ShiftEntry } from './file.js'
import type { Difference } from './things.js'

/** The shift of one desk. */
export interface KeptShift {
  readonly id: number
  readonly desk: string
  readonly entry: ShiftEntry
}

/** Shifts of desks that are open, in the order they were made. */
export async function readShifts(database: Queryable): Promise<KeptShift[]> {
  const { rows } = await database.query<{
    id: number
    slug: string
    weekdays: number[]
    from_day: Temporal.PlainDate
    until_day: Temporal.PlainDate | null
    starts_minute: number | null
    ends_minute: number | null
    breaks: NonNullable<ShiftEntry['breaks']>
    overflow: NonNullable<ShiftEntry['overflow']>
    assumed: boolean
  }>(
    `select s.id, d.slug, s.weekdays, s.from_day, s.until_day, s.starts_minute, s.ends_minute, s.breaks, s.overflow, s.assumed
     from shift s join desk d on d.id = s.desk_id where not d.closed order by s.id`,
  )
  return rows.map((row) => ({
    id: row.id,
    desk: row.slug,
    entry: {
      desks: [row.slug],
      weekdays: row.weekdays,
      from: row.from_day.toString(),
      until: row.until_day?.toString() ?? null,
      ...(row.starts_minute === null ? {} : { startsMinute: row.starts_minute }),
      ...(row.ends_minute === null ? {} : { endsMinute: row.ends_minute }),
      ...(row.breaks.length === 0 ? {} : { breaks: row.breaks.map(({ from, to }) => ({ from, to })) }),
      ...(row.overflow.length === 0 ? {} : { overflow: row.overflow.map(({ letter, afterMinutes }) => ({ letter, afterMinutes })) }),
      assumed: row.assumed,
    },
  }))
}

/** One entry for all desks staffed alike, in the order of their desks: the same for the same shifts, however they were made. */
export function groupedShifts(desks: readonly string[], shifts: readonly Pick<KeptShift, 'desk' | 'entry'>[]): readonly ShiftEntry[] {
  const known = shifts
    .filter(({ desk }) => desks.includes(desk))
    .toSorted((a, b) => desks.indexOf(a.desk) - desks.indexOf(b.desk) || compare(saying(a.entry), saying(b.entry)))
  // The same shift twice at one desk stands in two entries: an entry names a desk once.
  const nth = new Map<string, number>()
  const grouped = Map.groupBy(known, ({ desk, entry }) => {
    const same = `${desk} ${saying(entry)}`
    nth.set(same, (nth.get(same) ?? 0) + 1)
    return `${nth.get(same)} ${saying(entry)}`
  })
  return [...grouped.values()].flatMap((some) => (some[0] === undefined ? [] : [{ ...some[0].entry, desks: some.map(({ desk }) => desk) }]))
}

/** A difference of shifts, with the row it is about. */
export interface ShiftDifference extends Difference {
  /** Null: a row that is to be made. */
  readonly id: number | null
  readonly desk: string
}

/** What a file says otherwise of the shifts. One that ended and one that began at the same desk are one that changed. */
export function shiftDifferences(kept: readonly KeptShift[], file: OfficeFile): readonly ShiftDifference[] {
  const wanted = Map.groupBy(
    file.shifts.flatMap((entry) => entry.desks.map((desk) => ({ desk, entry: { ...entry, desks: [desk] } }))),
    ({ desk }) => desk,
  )
  const held = Map.groupBy(kept, ({ desk }) => desk)
  return [...new Set([...wanted.keys(), ...held.keys()])].flatMap((desk) => {
    const old = [...(held.get(desk) ?? [])]
    const added = (wanted.get(desk) ?? []).filter(({ entry }) => {
      const index = old.findIndex((each) => saying(each.entry) === saying(entry))
      if (index >= 0) old.splice(index, 1)
      return index < 0
    })
    return Array.from({ length: Math.max(old.length, added.length) }, (_, index): ShiftDifference => {
      const [before, after] = [old[index], added[index]]
      return {
        part: 'shift',
        subject: before === undefined ? desk : String(before.id),
        desk,
        id: before?.id ?? null,
        before: before === undefined ? null : { ...before.entry },
        after: after === undefined ? null : { ...after.entry },
      }
    })
  })
}

/** Writes one difference; gives the number of its row. */
export async function writeShift(client: Queryable, { id, desk, after }: Pick<ShiftDifference, 'id' | 'desk' | 'after'>): Promise<number> {
  if (after === null) {
    await client.query('delete from shift where id = $1', [id])
    return id ?? 0
  }
  const entry = after as unknown as ShiftEntry
  const values = [
    desk,
    entry.weekdays,
    entry.from,
    entry.until,
    entry.startsMinute ?? null,
    entry.endsMinute ?? null,
    JSON.stringify(entry.breaks ?? []),
    JSON.stringify(entry.overflow ?? []),
    entry.assumed,
  ]
  const columns = 'desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, breaks, overflow, assumed'
  const given =
    '(select desk.id from desk where slug = $1), $2::smallint[], $3::date, $4::date, $5::smallint, $6::smallint, $7::jsonb, $8::jsonb, $9::boolean'
  const { rows } = await client.query<{ id: number }>(
    id === null
      ? `insert into shift (${columns}) values (${given}) returning id`
      : `update shift set (${columns}) = (${given}) where shift.id = $10 returning id`,
    id === null ? values : [...values, id],
  )
  return rows[0]?.id ?? 0
}

/** All an entry says but of which desks: what must be alike for two to be one. */
function saying({ weekdays, from, until, startsMinute, endsMinute, breaks = [], overflow = [], assumed }: ShiftEntry): string {
  return JSON.stringify([
    from,
    until,
    weekdays,
    startsMinute ?? null,
    endsMinute ?? null,
    breaks.map((each) => [each.from, each.to]),
    overflow.map(({ letter, afterMinutes }) => [letter, afterMinutes]),
    assumed,
  ])
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
