/**
 * Whether contacts are still right: somebody of the unit says so from time to time, and everybody sees when.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import type { Directory, Unit } from './model.js'

/** Contacts nobody confirmed for longer than this are shown to the staff as old. */
export const confirmedForDays = 180

/** The day on which each unit's contacts were last confirmed; units without one are missing. */
export async function confirmedOn(context: Context): Promise<ReadonlyMap<string, Temporal.PlainDate>> {
  const { rows } = await context.database.pool.query<{ unit_id: string; at: Temporal.Instant }>(
    'select unit_id, max(at) as at from unit_confirmation group by unit_id',
  )
  return new Map(rows.map(({ unit_id: id, at }) => [id, officeDay(at)]))
}

/** Says that the contacts of these units are right. */
export async function confirmContacts(context: Context, unitIds: readonly string[], accountId: number): Promise<void> {
  await context.database.pool.query(
    'insert into unit_confirmation (unit_id, at, account_id) select id, $2, $3 from unnest($1::text[]) as each (id)',
    [unitIds, context.clock.now(), accountId],
  )
  context.changes.publish('directory')
}

/** Is it time to look again? What was never confirmed always is. */
export function isStale(day: Temporal.PlainDate | undefined, today: Temporal.PlainDate): boolean {
  return day === undefined || Temporal.PlainDate.compare(day.add({ days: confirmedForDays }), today) < 0
}

/** Open units of these whose contacts are old. */
export function staleUnits(
  { units }: Directory,
  unitIds: readonly string[] | null,
  confirmed: ReadonlyMap<string, Temporal.PlainDate>,
  today: Temporal.PlainDate,
): Unit[] {
  return [...units.values()].filter(
    ({ id, closed }) => !closed && (unitIds === null || unitIds.includes(id)) && isStale(confirmed.get(id), today),
  )
}
