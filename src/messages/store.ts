/**
 * The SQL of messages. A row of the outbox is claimed, made into a message and taken away in one
 * transaction: whoever dies in it leaves the row for the next, and `message_outbox_once` keeps one
 * row from becoming two messages by one way.
 */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import type { Content, MessageReason, MessageWay, Payload, Recipient } from './model.js'

export interface OutboxRow extends Record<string, unknown> {
  readonly id: number
  readonly at: Temporal.Instant
  readonly kind: string
  readonly payload: Payload
  /** How often composing it was begun, this time included. */
  readonly tries: number
}

/** Is there a row of these kinds to compose now? */
export async function isOutboxWaiting(database: Queryable, kinds: readonly string[], now: Temporal.Instant): Promise<boolean> {
  const { rows } = await database.query<{ waiting: boolean }>(
    'select exists (select from outbox where kind = any($1) and (try_at is null or try_at <= $2)) as waiting',
    [kinds, now],
  )
  return rows[0]?.waiting ?? false
}

/**
 * Begins composing the oldest rows of these kinds, which are the caller's until `until`. It is counted and
 * committed before anything is composed, so that a row that ends the process is known by it. Of rows begun
 * together nobody knows which did: one that was begun before is taken alone, after those that were not.
 */
export async function beginComposing(
  database: Queryable,
  { kinds, most, now, until }: { readonly kinds: readonly string[]; most: number; now: Temporal.Instant; until: Temporal.Instant },
): Promise<readonly OutboxRow[]> {
  const { rows } = await database.query<OutboxRow>(
    `with fresh as materialized (
       select id from outbox where kind = any($1) and tries = 0 order by id limit $2 for update skip locked
     ), again as materialized (
       select id from outbox where kind = any($1) and tries > 0 and try_at <= $3 and not exists (select from fresh)
       order by tries, id limit 1 for update skip locked
     )
     update outbox set tries = tries + 1, try_at = $4 from (select id as begun_id from fresh union all select id from again) as begun
     where id = begun_id returning id, at, kind, payload, tries`,
    [kinds, most, now, until],
  )
  return rows.toSorted((a, b) => a.id - b.id)
}

/**
 * Those of them that are still there, locked until the transaction ends. It waits for whoever has one: another reader that was
 * about to begin them looks at each under its lock, for a moment, and one passed over then would be nobody's until its time is over.
 */
export async function lockOutbox(client: Queryable, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await client.query<{ id: number }>('select id from outbox where id = any($1) order by id for update', [ids])
  return new Set(rows.map(({ id }) => id))
}

/** Composing was stopped by no fault of the rows: it counts as not begun. What somebody else has begun since stays counted. */
export async function uncountComposing(
  database: Queryable,
  begun: readonly Pick<OutboxRow, 'id' | 'tries'>[],
  now: Temporal.Instant,
): Promise<void> {
  await database.query(
    `update outbox set tries = tries - 1, try_at = case when tries > 1 then $3::timestamptz end
     from unnest($1::bigint[], $2::int[]) as begun (begun_id, begun_tries) where id = begun_id and tries = begun_tries`,
    [begun.map(({ id }) => id), begun.map(({ tries }) => tries), now],
  )
}

export async function takeFromOutbox(client: Queryable, ids: readonly number[]): Promise<void> {
  await client.query('delete from outbox where id = any($1)', [ids])
}

/** Leaves a row where it is until `tryAt`: it could not be composed. */
export async function composeLater(client: Queryable, id: number, tryAt: Temporal.Instant): Promise<void> {
  await client.query('update outbox set try_at = $2 where id = $1', [id, tryAt])
}

/** Messages of a day to one contact that nobody has shown to be theirs; the schema holds it (`message_count_most`). */
const toAnybodyMost = 20

/** Readers count one after the other until they commit: each counts contacts in the order of its rows. */
const countingLock = 7_301_900

/** Counts a message to a contact nobody has shown to be theirs; false, with nothing counted, when it has had enough that day. */
export async function countToAnybody(client: Queryable, contact: Buffer, day: Temporal.PlainDate): Promise<boolean> {
  await client.query('select pg_advisory_xact_lock($1)', [countingLock])
  const { rowCount } = await client.query(
    `insert into message_count (contact, day, sent) values ($1, $2, 1)
     on conflict on constraint message_count_pkey do update set sent = message_count.sent + 1 where message_count.sent < $3`,
    [contact, day, toAnybodyMost],
  )
  return rowCount === 1
}

/** What is kept of a row that could not be composed: it can be put back. */
export interface Uncomposed {
  readonly payload: Payload
}

export interface NewMessage {
  readonly row: OutboxRow
  readonly way: MessageWay | null
  readonly visitId: number | null
  readonly language: Language
  readonly to: Recipient
  readonly content: Content | Uncomposed | null
  readonly state: 'queued' | 'dropped' | 'failed'
  readonly reason: MessageReason | null
  readonly dueAt: Temporal.Instant
  readonly usefulUntil: Temporal.Instant | null
  readonly atOnce: boolean
  /** By what the other side knows an e-mail. */
  readonly messageId: string | null
  readonly now: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/** Writes the message of an outbox row by one way; one that has its message already keeps it. */
export async function insertMessage(client: Queryable, { row, to, content, ...message }: NewMessage): Promise<void> {
  await client.query(
    `insert into message (outbox_id, at, kind, visit_id, language, way, email, phone, content, state, reason, due_at, useful_until, at_once,
       provider_id, handed_at, erase_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     on conflict on constraint message_outbox_once do nothing`,
    [
      row.id,
      row.at,
      row.kind,
      message.visitId,
      message.language,
      message.way,
      to.email,
      to.phone,
      content === null ? null : JSON.stringify(content),
      message.state,
      message.reason,
      message.dueAt,
      message.usefulUntil,
      message.atOnce,
      message.messageId,
      message.state === 'queued' ? null : message.now,
      message.eraseOn,
    ],
  )
}

export interface MessageRow extends Record<string, unknown> {
  readonly id: number
  readonly outbox_id: number
  readonly way: MessageWay
  readonly at: Temporal.Instant
  readonly language: Language
  readonly email: string | null
  readonly phone: string | null
  /** Null once it is erased. */
  readonly content: Content | null
  readonly tries: number
  readonly due_at: Temporal.Instant
  readonly useful_until: Temporal.Instant | null
  readonly at_once: boolean
  readonly resent: number
  readonly provider_id: string | null
}

export const columns = 'id, outbox_id, way, at, language, email, phone, content, tries, due_at, useful_until, at_once, resent, provider_id'

/** What went to the mailbox, by these ways: the newest first, below a number where one is given; to one recipient or to all. */
export async function sentMessages(
  database: Queryable,
  ways: readonly MessageWay[],
  asked: { readonly before: number | null; readonly to: string | null; readonly most: number },
): Promise<readonly MessageRow[]> {
  const { rows } = await database.query<MessageRow>(
    `select ${columns} from message
     where state = 'sent' and way = any($4) and content is not null and ($1::bigint is null or id < $1)
       and ($2::text is null or email = $2 or phone = $2)
     order by id desc limit $3`,
    [asked.before, asked.to, asked.most, ways],
  )
  return rows
}

/** One message that went to the mailbox by these ways. */
export async function sentMessage(database: Queryable, ways: readonly MessageWay[], id: number): Promise<MessageRow | null> {
  const { rows } = await database.query<MessageRow>(
    `select ${columns} from message where id = $1 and state = 'sent' and way = any($2) and content is not null`,
    [id, ways],
  )
  return rows[0] ?? null
}

/** Everybody a message was sent to by these ways that is still kept, the last one first. */
export async function recipients(database: Queryable, ways: readonly MessageWay[], most: number): Promise<readonly string[]> {
  const { rows } = await database.query<{ contact: string }>(
    `select coalesce(email, phone) as contact from message
     where state = 'sent' and way = any($2) and coalesce(email, phone) is not null
     group by coalesce(email, phone) order by max(id) desc limit $1`,
    [most, ways],
  )
  return rows.map((row) => row.contact)
}
