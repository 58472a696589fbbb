/** The queries of the demonstration. */
import { transaction, type Database, type Queryable } from '../platform/database.js'
import { lockVisit, recordEvent } from '../visit/index.js'

/** Start of the next visit still to come, or null. */
export async function nextVisitAt(database: Queryable, now: Temporal.Instant): Promise<Temporal.Instant | null> {
  const { rows } = await database.query<{ at: Temporal.Instant | null }>(
    "select min(starts_at) as at from visit where state in ('pending', 'booked') and starts_at > $1",
    [now],
  )
  return rows[0]?.at ?? null
}

/** Numbers of the example's accounts, by login or by the desk they sit at. */
export async function accountNumbers(database: Queryable, by: 'login' | 'desk' = 'login'): Promise<Map<string, number>> {
  const { rows } = await database.query<{ id: number; login: string; desk_id: number | null }>(
    'select id, login, desk_id from account order by id',
  )
  return new Map(
    rows.filter((row) => by === 'login' || row.desk_id !== null).map((row) => [by === 'login' ? row.login : String(row.desk_id), row.id]),
  )
}

/** Name of the row of `duty` that says the whole day was seeded. */
const seeded = 'demonstration-seeded'

export async function isSeeded(database: Queryable): Promise<boolean> {
  const { rows } = await database.query('select from duty where name = $1', [seeded])
  return rows.length > 0
}

export async function markSeeded(database: Queryable, at: Temporal.Instant): Promise<void> {
  await database.query('insert into duty (name, ran_at) values ($1, $2)', [seeded, at])
}

/** Takes away every visit and what hangs on it. */
export async function clearDay(database: Queryable): Promise<void> {
  await database.query(
    `truncate visit, request, entry, event, place, live_place, visit_limit, ticket_counter, desk_session, outbox, idempotency_key, message,
       confirmation, mail_acknowledged cascade`,
  )
}

/** Someone who came in waits apart, as when a paper is missing. */
export async function writePark(database: Database, reference: string, at: Temporal.Instant): Promise<void> {
  await transaction(database, async (client) => {
    const visit = await lockVisit(client, reference)
    if (visit?.state !== 'arrived') return
    await client.query("update visit set state = 'parked', version = version + 1 where id = $1", [visit.id])
    await recordEvent(client, {
      at,
      visitId: visit.id,
      kind: 'parked',
      actor: 'system',
      channel: 'desk',
      reason: 'papers-missing',
      buildingId: visit.buildingId,
    })
  })
}

/** Nothing is sent any more of what happened before an instant. */
export async function forgetOutbox(database: Queryable, before: Temporal.Instant): Promise<void> {
  await database.query('delete from outbox where at < $1', [before])
}
