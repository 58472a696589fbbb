/** The SQL of what did not arrive: counted by an index of its own, however many messages did. */
import type { Queryable } from '../../platform/database.js'
import { uncomposed, type MessageReason, type MessageWay } from '../model.js'

export interface UnreachedKind {
  /** Null: it could not be composed, so that it had no way yet. */
  readonly way: MessageWay | null
  readonly reason: MessageReason
  readonly count: number
  /** When what the oldest of them tells of was so. */
  readonly oldest: Temporal.Instant
}

/** What failed or is uncertain and is still kept, by way and reason. */
export async function unreachedKinds(database: Queryable): Promise<readonly UnreachedKind[]> {
  const { rows } = await database.query<UnreachedKind & Record<string, unknown>>(
    `select way, reason, count(*)::int as count, min(at) as oldest from message
     where state in ('failed', 'uncertain') and content is not null group by way, reason order by way, reason`,
  )
  return rows
}

export interface WayNow {
  readonly way: MessageWay
  readonly waiting: number
  readonly oldest: Temporal.Instant | null
  /** Since when its other side is away, when it is tried again, and the code of the fault; null while it works. */
  readonly away: {
    readonly since: Temporal.Instant
    readonly tryAt: Temporal.Instant
    readonly fault: string
    readonly failures: number
  } | null
}

/** How each of these ways is now. */
export async function waysNow(database: Queryable, ways: readonly MessageWay[]): Promise<readonly WayNow[]> {
  const { rows } = await database.query<{
    way: MessageWay
    waiting: number
    oldest: Temporal.Instant | null
    since: Temporal.Instant | null
    try_at: Temporal.Instant
    fault: string
    failures: number
  }>(
    `select w.way, q.waiting, q.oldest, c.since, c.try_at, c.fault, c.failures
     from unnest($1::text[]) with ordinality as w (way, place) left join message_circuit c on c.way = w.way
     cross join lateral (select count(*)::int as waiting, min(at) as oldest from message m where m.state = 'queued' and m.way = w.way) as q
     order by w.place`,
    [ways],
  )
  return rows.map(({ way, waiting, oldest, since, try_at: tryAt, fault, failures }) => ({
    way,
    waiting,
    oldest,
    away: since === null ? null : { since, tryAt, fault, failures },
  }))
}

export interface UnreachedMessage {
  readonly id: number
  readonly way: MessageWay | null
  readonly reason: MessageReason
  readonly at: Temporal.Instant
  readonly email: string | null
  readonly phone: string | null
  /** Who last had it sent again, and when; null: nobody. */
  readonly resentBy: string | null
  readonly resentAt: Temporal.Instant | null
}

/** The newest of them. */
export async function unreachedMessages(database: Queryable, most: number): Promise<readonly UnreachedMessage[]> {
  const { rows } = await database.query<UnreachedMessage & Record<string, unknown>>(
    `select m.id, m.way, m.reason, m.at, m.email, m.phone, r.name as "resentBy", r.at as "resentAt"
     from (select id, way, reason, at, email, phone from message
           where state in ('failed', 'uncertain') and content is not null order by at desc, id desc limit $1) m
     left join lateral (select a.name, s.at from message_resend s join account a on a.id = s.account_id
                        where s.message_id = m.id order by s.id desc limit 1) r on true
     order by m.at desc, m.id desc`,
    [most],
  )
  return rows
}

/** One message, or all of a way and reason. */
export type Chosen = { readonly id: number } | { readonly way: string | null; readonly reason: string }

/**
 * Queues what was chosen again and says who had it done; returns how many. One of which nobody knows
 * whether it was accepted keeps its name at the provider, which then knows it again; any other has a new one.
 * What could not be composed goes back to the outbox as the row it was, to become another message: it keeps what it
 * will be known by, and what is younger still overtakes it. What is left of the first message takes a number nobody has.
 */
export async function resend(
  database: Queryable,
  chosen: Chosen,
  { accountId, now, most }: { readonly accountId: number; readonly now: Temporal.Instant; readonly most: number },
): Promise<number> {
  const { rowCount } = await database.query(
    `with chosen as materialized (
       select id as chosen_id, outbox_id as was_row, reason as was, kind as was_kind, content -> 'payload' as payload from message
       where state in ('failed', 'uncertain') and content is not null and (id = $1 or way is not distinct from $2 and reason = $3)
       order by at, id limit $4 for update skip locked),
     told as (insert into message_resend (message_id, at, account_id, was) select chosen_id, $5, $6, was from chosen),
     back as (insert into outbox (id, at, kind, payload) overriding system value
         select was_row, $5, was_kind, payload from chosen where was = any($7))
     update message set outbox_id = case when was = any($7) then nextval('outbox_id_seq') else outbox_id end,
       state = case when was = any($7) then 'dropped' else 'queued' end,
       reason = case when was = any($7) then 'nothing-to-say' end, content = case when was = any($7) then null else content end,
       tries = 0, due_at = $5, handed_at = case when was = any($7) then $5 end,
       resent = resent + case when state = 'failed' and resent < 9999 then 1 else 0 end,
       provider_id = case when way = 'email' then provider_id end
     from chosen where id = chosen_id`,
    [
      'id' in chosen ? chosen.id : null,
      'id' in chosen ? null : chosen.way,
      'id' in chosen ? null : chosen.reason,
      most,
      now,
      accountId,
      uncomposed,
    ],
  )
  return rowCount ?? 0
}

/** How many of these there are, for whoever looks after them. */
export async function countUnreached(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from message where state in ('failed', 'uncertain') and content is not null`,
  )
  return rows[0]?.count ?? 0
}
