/** The queries of the demonstration. */
import type { Queryable } from '../platform/database.js'

/** Start of the next visit still to come, or null. */
export async function nextVisitAt(database: Queryable, now: Temporal.Instant): Promise<Temporal.Instant | null> {
  const { rows } = await database.query<{ at: Temporal.Instant | null }>(
    "select min(starts_at) as at from visit where state in ('pending', 'booked') and starts_at > $1",
    [now],
  )
  return rows[0]?.at ?? null
}
