/**
 * Shifts and absences in the database. Shifts are few and read whole; absences by the days asked.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import type { Absence, AbsenceReason, Interval, KeptAbsence, KeptShift, Shift } from './model.js'

interface ShiftRow {
  id: number
  desk_id: number
  weekdays: number[]
  from_day: Temporal.PlainDate
  until_day: Temporal.PlainDate | null
  starts_minute: number | null
  ends_minute: number | null
  breaks: readonly Interval[]
  overflow: Shift['overflow']
}

interface AbsenceRow {
  id: number
  desk_id: number
  from_at: Temporal.Instant
  until_at: Temporal.Instant
  reason: AbsenceReason
}

/** Every shift of every desk, or those of one. */
export async function loadShifts({ database }: Pick<Context, 'database'>): Promise<KeptShift[]> {
  return readShifts(database.pool, null)
}

/** The same in a transaction. */
export async function readShifts(client: Queryable, deskId: number | null): Promise<KeptShift[]> {
  const { rows } = await client.query<ShiftRow>(
    `select id, desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, breaks, overflow from shift
     where $1::integer is null or desk_id = $1 order by id`,
    [deskId],
  )
  return rows.map((row) => ({
    id: row.id,
    deskId: row.desk_id,
    weekdays: row.weekdays,
    from: row.from_day,
    until: row.until_day,
    startsMinute: row.starts_minute,
    endsMinute: row.ends_minute,
    breaks: row.breaks,
    overflow: row.overflow,
  }))
}

/** Writes the shifts of a desk over those it has; what is the same keeps its number. */
export async function writeShifts(client: Queryable, deskId: number, shifts: readonly Shift[]): Promise<void> {
  const held = await readShifts(client, deskId)
  const wanted = shifts.map((shift) => ({ shift, text: shiftText(shift) }))
  const gone = held.filter((each) => !wanted.some(({ text }) => text === shiftText(each)))
  const fresh = wanted.filter(({ text }) => !held.some((each) => shiftText(each) === text))
  await client.query('delete from shift where id = any($1)', [gone.map(({ id }) => id)])
  for (const { shift } of fresh) await insertShift(client, { ...shift, deskId })
}

function shiftText({ weekdays, from, until, startsMinute, endsMinute, breaks = [], overflow }: Shift): string {
  const groups = overflow.map(({ letter, afterMinutes }) => [letter, afterMinutes])
  return JSON.stringify([weekdays, from, until, startsMinute, endsMinute, breaks.map((each) => [each.from, each.to]), groups])
}

export async function insertShift(client: Queryable, shift: Shift): Promise<void> {
  await client.query(
    `insert into shift (desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, breaks, overflow)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      shift.deskId,
      shift.weekdays,
      shift.from,
      shift.until,
      shift.startsMinute,
      shift.endsMinute,
      JSON.stringify(shift.breaks ?? []),
      JSON.stringify(shift.overflow),
    ] as unknown[],
  )
}

const absenceColumns = 'id, desk_id, lower(during) as from_at, upper(during) as until_at, reason'

/** Absences that touch the time from `from` to `until`; without an end all from then on. */
export async function loadAbsences(
  { database }: Pick<Context, 'database'>,
  from: Temporal.Instant,
  until: Temporal.Instant | null,
): Promise<KeptAbsence[]> {
  const { rows } = await database.pool.query<AbsenceRow>(
    `select ${absenceColumns} from absence where during && tstzrange($1, $2) order by id`,
    [from, until] as unknown[],
  )
  return rows.map(absenceOf)
}

/** One absence in a transaction; null when there is none. */
export async function readAbsence(client: Queryable, id: number): Promise<KeptAbsence | null> {
  const { rows } = await client.query<AbsenceRow>(`select ${absenceColumns} from absence where id = $1`, [id])
  return rows[0] === undefined ? null : absenceOf(rows[0])
}

/** Writes an absence under its number, or a new one; gives the number. */
export async function writeAbsence(client: Queryable, absence: Absence, id: number | null = null): Promise<number> {
  const { deskId, from, until, reason } = absence
  const { rows } = await client.query<{ id: number }>(
    id === null
      ? "insert into absence (desk_id, during, reason) values ($1, tstzrange($2, $3, '[)'), $4) returning id"
      : `insert into absence (id, desk_id, during, reason) overriding system value values ($5, $1, tstzrange($2, $3, '[)'), $4)
         on conflict (id) do update set desk_id = excluded.desk_id, during = excluded.during, reason = excluded.reason returning id`,
    [deskId, from, until, reason, ...(id === null ? [] : [id])] as unknown[],
  )
  return (rows[0] as { id: number }).id
}

export async function deleteAbsence(client: Queryable, id: number): Promise<void> {
  await client.query('delete from absence where id = $1', [id])
}

function absenceOf(row: AbsenceRow): KeptAbsence {
  return { id: row.id, deskId: row.desk_id, from: row.from_at, until: row.until_at, reason: row.reason }
}
