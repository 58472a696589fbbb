/** The SQL of confirming: which code is valid, how often one was tried, and bookings nobody confirmed. */
import type { Queryable } from '../platform/database.js'
import { visitOf, type Visit, type VisitRow } from '../visit/index.js'

export interface Confirmation {
  /** Which of the codes sent is valid, from 1. */
  readonly round: number
  /** Codes typed since it was sent. */
  readonly tries: number
}

export async function readConfirmation(database: Queryable, visitId: number): Promise<Confirmation> {
  const { rows } = await database.query<{ round: number; tries: number }>('select round, tries from confirmation where visit_id = $1', [
    visitId,
  ])
  return rows[0] ?? { round: 1, tries: 0 }
}

/** Counts a try before it is judged; null, with nothing counted, when the code was tried often enough. */
export async function countTry(client: Queryable, visitId: number, triesMax: number): Promise<Confirmation | null> {
  const { rows } = await client.query<{ round: number; tries: number }>(
    `insert into confirmation (visit_id, round, tries) values ($1, 1, 1)
     on conflict on constraint confirmation_pkey do update set tries = confirmation.tries + 1 where confirmation.tries < $2
     returning round, tries`,
    [visitId, triesMax],
  )
  return rows[0] ?? null
}

/** Makes the next code valid, with no try used. */
export async function nextRound(client: Queryable, visitId: number): Promise<void> {
  await client.query(
    `insert into confirmation (visit_id, round, tries) values ($1, 2, 0)
     on conflict on constraint confirmation_pkey do update set round = confirmation.round + 1, tries = 0`,
    [visitId],
  )
}

/** Makes a pending visit booked; false when it is pending no more. */
export async function writeConfirmed(client: Queryable, visitId: number): Promise<boolean> {
  const { rowCount } = await client.query(`update visit set state = 'booked', version = version + 1 where id = $1 and state = 'pending'`, [
    visitId,
  ])
  return rowCount === 1
}

/** Pending visits whose time to be confirmed is over, locked; what another command has locked is left for the next run. */
export async function lockLapsed(client: Queryable, now: Temporal.Instant, most: number): Promise<readonly Visit[]> {
  const { rows } = await client.query<VisitRow>(
    `select * from visit where state = 'pending' and confirm_until <= $1 order by id limit $2 for update skip locked`,
    [now, most],
  )
  return rows.map(visitOf)
}

/** The number of the time a lapsed booking gave back, while it is kept. */
export async function findKeptAfter(database: Queryable, visit: Visit, now: Temporal.Instant): Promise<number | null> {
  const { rows } = await database.query<{ id: number }>(
    `select v.id from visit v join event e on e.visit_id = v.id and e.kind = 'kept' and (e.details->>'after')::bigint = $1
     where v.kind = 'kept' and v.state = 'held' and v.held_until > $2 and v.starts_at = $3 order by v.id limit 1`,
    [visit.id, now, visit.startsAt],
  )
  return rows[0]?.id ?? null
}

/** The kept time, locked until the transaction ends; null when it is kept no more. */
export async function lockKeptAfter(client: Queryable, id: number, now: Temporal.Instant): Promise<Visit | null> {
  const { rows } = await client.query<VisitRow>(
    `select * from visit where id = $1 and kind = 'kept' and state = 'held' and held_until > $2 for update`,
    [id, now],
  )
  return rows[0] === undefined ? null : visitOf(rows[0])
}

/** Is the kept time offered to somebody in line? Asked anew once it is locked: who offers locks it too. */
export async function isOfferedToSomebody(database: Queryable, keptId: number): Promise<boolean> {
  const { rows } = await database.query(`select from waiting_offer where kept_id = $1 and state = 'open'`, [keptId])
  return rows.length > 0
}

/** Was the booking made of a kept time its owner had let lapse before? */
export async function wasHeldAgain(database: Queryable, visitId: number): Promise<boolean> {
  const { rows } = await database.query(`select from event where visit_id = $1 and kind = 'renewed' and details ? 'after' limit 1`, [
    visitId,
  ])
  return rows.length > 0
}
