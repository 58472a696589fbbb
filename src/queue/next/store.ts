/** SQL of who is to be told that they are next. */
import type { Queryable } from '../../platform/database.js'

/** Visits that wait in a building since before a moment, with a contact, and were not told yet. */
export async function waitingToBeTold(
  database: Queryable,
  buildingId: string,
  day: Temporal.PlainDate,
  arrivedBefore: Temporal.Instant,
): Promise<readonly number[]> {
  const { rows } = await database.query<{ id: number }>(
    `select v.id from visit v
     where v.building_id = $1 and v.day = $2 and v.state = 'arrived' and v.arrived_at <= $3
       and (v.person_email is not null or v.person_phone is not null)
       and not exists (select from reminder r where r.visit_id = v.id and r.kind = 'next' and r.starts_at = v.arrived_at)
     order by v.id`,
    [buildingId, day, arrivedBefore],
  )
  return rows.map(({ id }) => id)
}
