/** What is booked at desks, for whoever plans them: times and desks, nobody's name. */
import type { Context } from '../../platform/context.js'
import type { Queryable } from '../../platform/database.js'
import { lockDesk } from '../../calendar/index.js'
import type { PlannedPlace } from './own-unit.js'

/** Whoever changes the office waits until the plan is written, and who plans waits for whoever changes the office. Always the first lock. */
export async function lockPlan(client: Queryable): Promise<void> {
  await client.query('select from office for share')
}

/** Locks a desk to be planned. False where it is not there any more as it was shown: closed meanwhile, or of another unit. */
export async function lockPlannedDesk(client: Queryable, deskId: number, unitId: string | undefined): Promise<boolean> {
  await lockPlan(client)
  if (!(await lockDesk(client, deskId))) return false
  const { rowCount } = await client.query('select from desk where id = $1 and unit_id = $2 and not closed', [deskId, unitId ?? ''])
  return (rowCount ?? 0) > 0
}

/** Places of booked visits at these desks that begin in the time. */
export async function plannedPlaces(
  context: Context,
  deskIds: readonly number[],
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<PlannedPlace[]> {
  // Visits that are over gave their places back and were booked all the same; one that was moved left its old place behind.
  const { rows } = await context.database.pool.query<{
    desk_id: number
    visit_id: number
    from_at: Temporal.Instant
    until_at: Temporal.Instant
  }>(
    `select p.desk_id, p.visit_id, lower(p.during) as from_at, upper(p.during) as until_at
     from place p join visit v on v.id = p.visit_id
     where p.desk_id = any($1) and p.during && tstzrange($2, $3) and lower(p.during) = v.starts_at and v.kind = 'booked'
       and (p.active and v.state not in ('held', 'pending') or v.state in ('served', 'missed', 'left'))
     order by p.visit_id, p.desk_id`,
    [deskIds, from, until] as unknown[],
  )
  return rows.map((row) => ({ deskId: row.desk_id, visitId: row.visit_id, from: row.from_at, until: row.until_at }))
}
