/** SQL of messages about visits to come that did not arrive. */
import type { Queryable } from '../../platform/database.js'

export interface Undelivered {
  readonly messageId: number
  readonly kind: string
  readonly state: string
  readonly at: Temporal.Instant
  readonly visitId: number
  readonly reference: string
  readonly serviceId: string
  readonly startsAt: Temporal.Instant
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** Failed or uncertain, of a visit still to come, told no other way either, and nobody has looked after it. */
const waitingText = `from message m join visit v on v.id = m.visit_id
  where m.state in ('failed', 'uncertain') and m.content is not null and v.state in ('booked', 'pending') and v.starts_at > $1
    and v.service_id = any($2)
    and not exists (select from message_followed f where f.message_id = m.id)
    and not exists (select from message o where o.visit_id = m.visit_id and o.outbox_id = m.outbox_id and o.state in ('sent', 'delivered'))`

interface Row extends Record<string, unknown> {
  readonly id: number
  readonly kind: string
  readonly state: string
  readonly at: Temporal.Instant
  readonly visit_id: number
  readonly reference: string
  readonly service_id: string
  readonly starts_at: Temporal.Instant
  readonly person_name: string | null
  readonly person_phone: string | null
  readonly person_email: string | null
}

/** Those of these matters, the nearest visit first. */
export async function undelivered(
  database: Queryable,
  now: Temporal.Instant,
  serviceIds: readonly string[],
): Promise<readonly Undelivered[]> {
  const { rows } = await database.query<Row>(
    `select m.id, m.kind, m.state, m.at, m.visit_id, v.reference, v.service_id, v.starts_at, v.person_name, v.person_phone, v.person_email
     ${waitingText} order by v.starts_at, m.id limit 200`,
    [now, serviceIds],
  )
  return rows.map((row) => ({
    messageId: row.id,
    kind: row.kind,
    state: row.state,
    at: row.at,
    visitId: row.visit_id,
    reference: row.reference,
    serviceId: row.service_id,
    startsAt: row.starts_at,
    name: row.person_name,
    phone: row.person_phone,
    email: row.person_email,
  }))
}

export async function countUndelivered(database: Queryable, now: Temporal.Instant, serviceIds: readonly string[]): Promise<number> {
  const { rows } = await database.query<{ count: number }>(`select count(*)::int as count ${waitingText}`, [now, serviceIds])
  return rows[0]?.count ?? 0
}

/** Somebody looked after it; whoever comes second changes nothing. */
export async function noteFollowed(
  database: Queryable,
  messageIds: readonly number[],
  at: Temporal.Instant,
  accountId: number,
): Promise<void> {
  await database.query(
    `insert into message_followed (message_id, at, account_id) select id, $2, $3 from unnest($1::bigint[]) as id
     on conflict on constraint message_followed_once do nothing`,
    [messageIds, at, accountId],
  )
}

/** Puts the contact of a locked visit right. Its limits stay with the contact it was booked for. */
export async function writeContact(database: Queryable, visitId: number, email: string | null, phone: string | null): Promise<void> {
  await database.query('update visit set person_email = $2, person_phone = $3, version = version + 1 where id = $1', [
    visitId,
    email,
    phone,
  ])
}
