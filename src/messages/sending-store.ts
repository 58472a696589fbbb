/**
 * The SQL of sending. A message is claimed in one statement that says until when whoever sends it has
 * it (`sending_until`, by the machine's clock); nothing is locked while a server is talked to. What
 * became of it is noted only by whoever still has it; that the other side accepted it, by anybody.
 */
import type { Queryable } from '../platform/database.js'
import type { MessageReason, MessageWay } from './model.js'
import { columns, type MessageRow } from './store.js'

export interface WayState {
  /** A message is due, is of no use any more, or is in the hands of somebody taken for dead. */
  readonly due: boolean
  readonly late: boolean
  readonly abandoned: boolean
  /** Times in a row the other side was away; 0: it works. */
  readonly failures: number
  readonly try_at: Temporal.Instant | null
}

/** What there is to do by a way, in one look. */
export async function stateOfWay(
  database: Queryable,
  way: MessageWay,
  now: Temporal.Instant,
  machine: Temporal.Instant,
): Promise<WayState> {
  const { rows } = await database.query<WayState & Record<string, unknown>>(
    `select exists (select from message where state = 'queued' and way = $1 and due_at <= $2) as due,
       exists (select from message where state = 'queued' and useful_until <= $2) as late,
       exists (select from message where state = 'sending' and sending_until < $3) as abandoned,
       coalesce(c.failures, 0) as failures, c.try_at
     from (select) as one left join message_circuit c on c.way = $1`,
    [way, now, machine],
  )
  return rows[0] as WayState
}

/** A message that helps nobody any more is not sent, and says so. */
export async function dropLate(database: Queryable, now: Temporal.Instant): Promise<void> {
  await database.query(
    `update message set state = 'dropped', reason = 'too-late', handed_at = $1 where state = 'queued' and useful_until <= $1`,
    [now],
  )
}

/**
 * Takes messages from those taken for dead: what is known again when it comes twice waits to be sent
 * again; of anything else nobody knows whether it was accepted.
 */
export async function takeAbandoned(
  database: Queryable,
  way: MessageWay,
  repeatable: boolean,
  now: Temporal.Instant,
  machine: Temporal.Instant,
): Promise<void> {
  await database.query(
    `update message set sending_until = null, tries = tries + 1, due_at = $3::timestamptz, state = case when $2::boolean then 'queued' else 'uncertain' end,
       reason = case when $2 then null else 'uncertain' end, handed_at = case when $2 then null else $3::timestamptz end
     where state = 'sending' and sending_until < $4 and way = $1`,
    [way, repeatable, now, machine],
  )
}

/** What these say of a visit makes untrue whatever was said of it before. */
export const overtaking = ['visit-moved', 'visit-cancelled', 'visit-lapsed'] as const

export interface ClaimedRow extends MessageRow {
  /** The visit was moved, cancelled or lapsed since, which a younger message says. */
  readonly overtaken: boolean
}

/** The oldest due messages of a way that nobody else takes; the caller has them until `until`. */
export async function claimDue(
  database: Queryable,
  way: MessageWay,
  most: number,
  now: Temporal.Instant,
  until: Temporal.Instant,
): Promise<readonly ClaimedRow[]> {
  const { rows } = await database.query<ClaimedRow>(
    `with due as materialized (
       select id as due_id from message where state = 'queued' and way = $1 and due_at <= $2 order by due_at, id limit $3 for update skip locked)
     update message set state = 'sending', sending_until = $4 from due where id = due_id returning ${columns},
       exists (select from message o where o.visit_id = message.visit_id and o.outbox_id > message.outbox_id and o.kind = any($5)) as overtaken`,
    [way, now, most, until, overtaking],
  )
  return rows.toSorted((a, b) => a.id - b.id)
}

export interface Accepted {
  readonly id: number
  readonly providerId: string | null
}

/** The other side has them. What it reported meanwhile stays. */
export async function noteAccepted(database: Queryable, accepted: readonly Accepted[], now: Temporal.Instant): Promise<void> {
  await database.query(
    `update message set state = case when state in ('sending', 'queued', 'uncertain') then 'sent' else state end,
       reason = case when state in ('sending', 'queued', 'uncertain') then null else reason end,
       sending_until = null, provider_id = coalesce(given_id, provider_id), handed_at = $3
     from unnest($1::bigint[], $2::text[]) as given (accepted_id, given_id) where id = accepted_id`,
    [accepted.map(({ id }) => id), accepted.map(({ providerId }) => providerId), now],
  )
}

/** A message whoever is told of still has: claimed until then. */
export interface Held {
  readonly id: number
  readonly until: Temporal.Instant
}

/** It ended without being accepted, or nobody knows. */
export async function noteEnded(
  database: Queryable,
  { id, until }: Held,
  state: 'failed' | 'uncertain' | 'dropped',
  reason: MessageReason,
  now: Temporal.Instant,
): Promise<void> {
  await database.query(
    `update message set state = $3, reason = $4, sending_until = null, tries = tries + 1, handed_at = $5
     where id = $1 and state = 'sending' and sending_until = $2`,
    [id, until, state, reason, now],
  )
}

/** Back in the queue until `dueAt`; `inVain`: it was tried. */
export async function putOff(database: Queryable, { id, until }: Held, dueAt: Temporal.Instant, inVain: boolean): Promise<void> {
  await database.query(
    `update message set state = 'queued', sending_until = null, due_at = $3, tries = tries + $4
     where id = $1 and state = 'sending' and sending_until = $2`,
    [id, until, dueAt, inVain ? 1 : 0],
  )
}

/** Counts one more time in a row that the other side was away; returns how many. */
export async function noteAway(database: Queryable, way: MessageWay, fault: string, now: Temporal.Instant): Promise<number> {
  const { rows } = await database.query<{ failures: number }>(
    `insert into message_circuit (way, failures, since, try_at, fault) values ($1, 1, $2, $2, $3)
     on conflict (way) do update set failures = message_circuit.failures + 1, fault = excluded.fault returning failures`,
    [way, now, fault],
  )
  return rows[0]?.failures ?? 0
}

/** Nobody asks the other side before then. */
export async function closeUntil(database: Queryable, way: MessageWay, tryAt: Temporal.Instant): Promise<void> {
  await database.query('update message_circuit set try_at = greatest(try_at, $2) where way = $1', [way, tryAt])
}

/** May the caller try a way that was closed? One of all may; the others wait until `tryAt`. */
export async function takeTrial(database: Queryable, way: MessageWay, now: Temporal.Instant, tryAt: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await database.query('update message_circuit set try_at = $3 where way = $1 and try_at <= $2', [way, now, tryAt])
  return rowCount === 1
}

/** The other side answers. */
export async function noteBack(database: Queryable, way: MessageWay): Promise<void> {
  await database.query('delete from message_circuit where way = $1', [way])
}
