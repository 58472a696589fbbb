/** What the citizen's page reads besides the visit itself. */
import type { Queryable } from '../platform/database.js'

/**
 * How often a visit changed in a way a calendar must learn of: confirmed, moved, called off. Read
 * from its history, so that it only grows and is the same whoever asks.
 */
export async function calendarSequence(database: Queryable, visitId: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from event
     where visit_id = $1 and kind in ('confirmed', 'moved', 'cancelled', 'expired', 'redirected')`,
    [visitId],
  )
  return rows[0]?.count ?? 0
}
