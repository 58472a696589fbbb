/**
 * Planning desks: who staffs which desk when. Every process then computes its openings anew.
 */
import type { Context } from '../platform/context.js'
import { calendarTopic } from './changes.js'
import type { Absence, Shift } from './model.js'

/** Staffs a desk. */
export async function addShift(context: Context, shift: Shift): Promise<void> {
  await context.database.pool.query(
    'insert into shift (desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, overflow) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      shift.deskId,
      shift.weekdays,
      shift.from,
      shift.until,
      shift.startsMinute,
      shift.endsMinute,
      JSON.stringify(shift.overflow),
    ] as unknown[],
  )
  context.changes.publish(calendarTopic)
}

/** Takes a desk out for a time. Visits planned there keep their places; a clerk must look at them. */
export async function addAbsence(context: Context, absence: Absence): Promise<void> {
  await context.database.pool.query("insert into absence (desk_id, during, reason) values ($1, tstzrange($2, $3, '[)'), $4)", [
    absence.deskId,
    absence.from,
    absence.until,
    absence.reason,
  ] as unknown[])
  context.changes.publish(calendarTopic)
}
