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
  assumed: boolean
}

interface AbsenceRow {
  id: number
  desk_id: number
  from_at: Temporal.Instant
  until_at: Temporal.Instant
  reason: AbsenceReason
}

/** Every shift of every desk, or those of one. */
export async function loadShifts(context: Context): Promise<KeptShift[]> {
  return readShifts(context.database.pool, null)
}

/** The same in a transaction. */
export async function readShifts(client: Queryable, deskId: number | null): Promise<KeptShift[]> {
  const { rows } = await client.query<ShiftRow>(`select ${shiftColumns} from shift where $1::integer is null or desk_id = $1 order by id`, [
    deskId,
  ])
  return rows.map(shiftOf)
}

const shiftColumns = 'id, desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, breaks, overflow, assumed'

/** One shift in a transaction; null when there is none. */
export async function readShift(client: Queryable, id: number): Promise<KeptShift | null> {
  const { rows } = await client.query<ShiftRow>(`select ${shiftColumns} from shift where id = $1`, [id])
  return rows[0] === undefined ? null : shiftOf(rows[0])
}

/** Writes a shift under its number, or a new one; gives the number. */
export async function writeShift(client: Queryable, shift: Shift, id: number | null = null): Promise<number> {
  const values = [
    shift.deskId,
    shift.weekdays,
    shift.from,
    shift.until,
    shift.startsMinute,
    shift.endsMinute,
    JSON.stringify(shift.breaks ?? []),
    JSON.stringify(shift.overflow),
    shift.assumed ?? false,
  ]
  const columns = 'desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, breaks, overflow, assumed'
  const { rows } = await client.query<{ id: number }>(
    id === null
      ? `insert into shift (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`
      : `insert into shift (id, ${columns}) overriding system value values ($10, $1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update set (${columns}) =
           row (excluded.desk_id, excluded.weekdays, excluded.from_day, excluded.until_day, excluded.starts_minute, excluded.ends_minute,
             excluded.breaks, excluded.overflow, excluded.assumed) returning id`,
    [...values, ...(id === null ? [] : [id])] as unknown[],
  )
  return (rows[0] as { id: number }).id
}

export async function deleteShift(client: Queryable, id: number): Promise<void> {
  await client.query('delete from shift where id = $1', [id])
}

/** Whoever plans a desk waits here for whoever plans it now; bookings do not wait. False when there is no such desk. */
export async function lockDesk(client: Queryable, deskId: number): Promise<boolean> {
  return ((await client.query('select from desk where id = $1 for no key update', [deskId])).rowCount ?? 0) > 0
}

function shiftOf(row: ShiftRow): KeptShift {
  return {
    id: row.id,
    deskId: row.desk_id,
    weekdays: row.weekdays,
    from: row.from_day,
    until: row.until_day,
    startsMinute: row.starts_minute,
    endsMinute: row.ends_minute,
    breaks: row.breaks,
    overflow: row.overflow,
    assumed: row.assumed,
  }
}

const absenceColumns = 'id, desk_id, lower(during) as from_at, upper(during) as until_at, reason'

/** Absences that touch the time from `from` to `until`; without an end all from then on. */
export async function loadAbsences(context: Context, from: Temporal.Instant, until: Temporal.Instant | null): Promise<KeptAbsence[]> {
  return readAbsences(context.database.pool, from, until)
}

/** The same in a transaction. */
export async function readAbsences(client: Queryable, from: Temporal.Instant, until: Temporal.Instant | null): Promise<KeptAbsence[]> {
  const { rows } = await client.query<AbsenceRow>(`select ${absenceColumns} from absence where during && tstzrange($1, $2) order by id`, [
    from,
    until,
  ] as unknown[])
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
