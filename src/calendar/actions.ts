/**
 * Planning desks: who staffs which desk when. Every process then computes its openings anew.
 */
import type { Context } from '../platform/context.js'
import { calendarTopic } from './changes.js'
import type { Absence, Shift } from './model.js'
import { writeAbsence, writeShift } from './store.js'

/** Staffs a desk. */
export async function addShift(context: Context, shift: Shift): Promise<void> {
  await writeShift(context.database.pool, shift)
  context.changes.publish(calendarTopic)
}

/** Takes a desk out for a time, and gives the number of the absence. Visits planned there keep their places; a clerk must look at them. */
export async function addAbsence(context: Context, absence: Absence): Promise<number> {
  const id = await writeAbsence(context.database.pool, absence)
  context.changes.publish(calendarTopic)
  return id
}
