/**
 * Absences and special days of the office file and of the database: what stands in rows with days of
 * their own. A file that does not speak of them leaves them as they are.
 */
import type { Queryable } from '../platform/database.js'
import type { AbsenceEntry, OfficeFile, SpecialDayEntry } from './file.js'
import type { ShiftDifference } from './shifts.js'
import { loadSpecialDays, writeSpecialDay } from './special-days.js'
import { sameThing } from './things.js'

export interface KeptDated {
  readonly absences: readonly { readonly id: number; readonly entry: AbsenceEntry }[]
  /** Those that hold. */
  readonly specialDays: readonly SpecialDayEntry[]
}

export async function readDated(database: Queryable): Promise<KeptDated> {
  const { rows } = await database.query<{
    id: number
    desk: string
    from_at: Temporal.Instant
    until_at: Temporal.Instant
    reason: string
  }>(
    `select a.id, d.slug as desk, lower(a.during) as from_at, upper(a.during) as until_at, a.reason
     from absence a join desk d on d.id = a.desk_id order by a.id`,
  )
  const days = (await loadSpecialDays(database)).filter(({ removedAt }) => removedAt === null)
  return {
    absences: rows.map(({ id, desk, from_at: from, until_at: until, reason }) => ({
      id,
      entry: { desk, from: from.toString(), until: until.toString(), reason },
    })),
    specialDays: days.map(({ id, kind, from, until, buildings, units, intervals, reason, restsOn }) => ({
      id,
      kind,
      from: from.toString(),
      until: until.toString(),
      buildings,
      units,
      intervals: intervals.map((each) => ({ from: each.from, to: each.to })),
      reason,
      restsOn,
    })),
  }
}

type Places = Pick<OfficeFile, 'desks' | 'buildings' | 'units'>

/** Those that name only what a file has: what is said of a closed desk, unit or building stays as it is, and in no file. */
function within({ absences, specialDays }: KeptDated, file: Places): KeptDated {
  const [desks, places] = [new Set(file.desks.map(({ slug }) => slug)), new Set([...file.buildings, ...file.units].map(({ id }) => id))]
  return {
    absences: absences.filter(({ entry }) => desks.has(entry.desk)),
    specialDays: specialDays.filter(({ buildings, units }) => [...buildings, ...units].every((id) => places.has(id))),
  }
}

/** As they stand in a file: the same for the same absences and days, however they were made; an office without any says nothing. */
export function datedInFile(kept: KeptDated, file: Places): Pick<OfficeFile, 'absences' | 'specialDays'> {
  const { absences, specialDays } = within(kept, file)
  return {
    ...(absences.length === 0 ? {} : { absences: absences.map(({ entry }) => entry).toSorted((a, b) => compare(orderOf(a), orderOf(b))) }),
    ...(specialDays.length === 0 ? {} : { specialDays: specialDays.toSorted((a, b) => compare(`${a.from} ${a.id}`, `${b.from} ${b.id}`)) }),
  }
}

function orderOf({ from, desk, until }: AbsenceEntry): string {
  return `${from} ${desk} ${until}`
}

/** What a file says otherwise of absences and special days. */
export function datedDifferences(all: KeptDated, file: OfficeFile): readonly ShiftDifference[] {
  const kept = within(all, file)
  return [...absenceDifferences(kept, file), ...specialDayDifferences(kept, file)]
}

function absenceDifferences({ absences }: KeptDated, file: OfficeFile): ShiftDifference[] {
  if (file.absences === undefined) return []
  const left = [...absences]
  const added = file.absences.map(plain).filter((entry) => {
    const index = left.findIndex((each) => sameThing({ ...each.entry }, { ...entry }))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return [
    ...left.map(({ id, entry }) => ({ part: 'absence', desk: entry.desk, subject: String(id), id, before: { ...entry }, after: null })),
    ...added.map((entry) => ({ part: 'absence', desk: entry.desk, subject: entry.desk, id: null, before: null, after: { ...entry } })),
  ]
}

/** Instants in one way of writing, whatever offset the file has. */
function plain(entry: AbsenceEntry): AbsenceEntry {
  return { ...entry, from: Temporal.Instant.from(entry.from).toString(), until: Temporal.Instant.from(entry.until).toString() }
}

function specialDayDifferences({ specialDays }: KeptDated, file: OfficeFile): ShiftDifference[] {
  if (file.specialDays === undefined) return []
  const [held, wanted] = [specialDays, file.specialDays].map((days) => new Map(days.map((day) => [day.id, { ...day }])))
  return [...new Set([...(held?.keys() ?? []), ...(wanted?.keys() ?? [])])].flatMap((id): ShiftDifference[] => {
    const [before, after] = [held?.get(id) ?? null, wanted?.get(id) ?? null]
    return sameThing(before, after) ? [] : [{ part: 'special-day', subject: id, desk: id, id: null, before, after }]
  })
}

/** Writes one difference of an absence or a special day; gives its id. */
export async function writeDated(client: Queryable, { part, id, subject, after }: ShiftDifference, at: Temporal.Instant): Promise<string> {
  if (part === 'special-day') {
    const day = after as unknown as SpecialDayEntry | null
    const facts = day && { ...day, from: Temporal.PlainDate.from(day.from), until: Temporal.PlainDate.from(day.until) }
    await writeSpecialDay(client, subject, facts, at)
    return subject
  }
  if (after === null) {
    await client.query('delete from absence where id = $1', [id])
    return subject
  }
  const { desk, from, until, reason } = after as unknown as AbsenceEntry
  const { rows } = await client.query<{ id: number }>(
    `insert into absence (desk_id, during, reason) select id, tstzrange($2, $3, '[)'), $4 from desk where slug = $1 returning id`,
    [desk, from, until, reason],
  )
  return String(rows[0]?.id ?? '')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
