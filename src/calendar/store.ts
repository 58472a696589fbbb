/**
 * Shifts and absences in the database. Shifts are few and read whole; absences by the days asked.
 */
import type { Context } from '../platform/context.js'
import type { Absence, AbsenceReason, Shift } from './model.js'

interface ShiftRow {
  desk_id: number
  weekdays: number[]
  from_day: Temporal.PlainDate
  until_day: Temporal.PlainDate | null
  starts_minute: number | null
  ends_minute: number | null
  overflow: Shift['overflow']
}

interface AbsenceRow {
  desk_id: number
  from_at: Temporal.Instant
  until_at: Temporal.Instant
  reason: AbsenceReason
}

/** Every shift of every desk. */
export async function loadShifts(context: Context): Promise<Shift[]> {
  const { rows } = await context.database.pool.query<ShiftRow>(
    'select desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, overflow from shift order by id',
  )
  return rows.map((row) => ({
    deskId: row.desk_id,
    weekdays: row.weekdays,
    from: row.from_day,
    until: row.until_day,
    startsMinute: row.starts_minute,
    endsMinute: row.ends_minute,
    overflow: row.overflow,
  }))
}

/** Absences that touch the time from `from` to `until`. */
export async function loadAbsences(context: Context, from: Temporal.Instant, until: Temporal.Instant): Promise<Absence[]> {
  const { rows } = await context.database.pool.query<AbsenceRow>(
    'select desk_id, lower(during) as from_at, upper(during) as until_at, reason from absence where during && tstzrange($1, $2) order by id',
    [from, until] as unknown[],
  )
  return rows.map((row) => ({ deskId: row.desk_id, from: row.from_at, until: row.until_at, reason: row.reason }))
}
