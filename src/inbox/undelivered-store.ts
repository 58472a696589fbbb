/**
 * The SQL of answers that did not arrive. An answer did not when every message made of its row of the
 * outbox ended without being accepted. Messages are looked at while they can still come back or be sent
 * again, which is until they are erased: the index ends there, however long the history is.
 */
import type { Queryable } from '../platform/database.js'
import type { SentKind } from './model.js'

const arrived = `exists (select from message a where a.outbox_id = m.outbox_id and a.state in ('sent', 'delivered'))`
const lost = `exists (select from message o where o.outbox_id = m.outbox_id)
  and not exists (select from message o where o.outbox_id = m.outbox_id and o.state not in ('failed', 'uncertain', 'dropped'))`

export interface FoundAnswer {
  readonly mailId: number
  readonly request: string
}

const found = 'm.id as "mailId", r.reference as request'
const ofRequest = 'join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id'

/** Answers of clerks that did not arrive and were not noted, of messages erased no sooner than a day. */
export async function lostAnswers(database: Queryable, erased: Temporal.PlainDate, most: number): Promise<readonly FoundAnswer[]> {
  const { rows } = await database.query<FoundAnswer & Record<string, unknown>>(
    // Found before they are put in order: a plan that expects many walks all mails there are in that order.
    `with m as materialized (
       select m.id, m.thread_id from message e join mail m on m.outbox_id = e.outbox_id
       where e.kind = 'mail-out' and e.state in ('failed', 'uncertain', 'dropped') and e.erase_on >= $1
         and m.kind = 'answer' and m.undelivered_at is null and ${lost})
     select ${found} from m ${ofRequest} order by m.id limit $2`,
    [erased, most],
  )
  return rows
}

/** Answers noted as undelivered since then that arrived after all: somebody had them sent again. */
export async function answersArrived(database: Queryable, since: Temporal.Instant, most: number): Promise<readonly FoundAnswer[]> {
  const { rows } = await database.query<FoundAnswer & Record<string, unknown>>(
    `select ${found} from mail m ${ofRequest} where m.undelivered_at >= $1 and ${arrived} order by m.id limit $2`,
    [since, most],
  )
  return rows
}

/** An answer that was just noted, and how its thread stands. */
export interface NotedAnswer {
  readonly threadId: number
  readonly answer: SentKind
  readonly at: Temporal.Instant
  /** Nothing came in or was answered since. */
  readonly isLast: boolean
  /** When the oldest mail came that no answer has reached; the answer's own time where there is none. */
  readonly owedSince: Temporal.Instant
}

const noted = `m.thread_id as "threadId", m.answer, m.at,
  not exists (select from mail l where l.thread_id = m.thread_id and l.id > m.id) as "isLast",
  coalesce((select min(i.at) from mail i where i.thread_id = m.thread_id and i.direction = 'in' and i.id < m.id and i.id > coalesce(
    (select max(b.id) from mail b where b.thread_id = m.thread_id and b.kind = 'answer' and b.id < m.id and b.undelivered_at is null), 0)), m.at) as "owedSince"`

/** Notes it; null when it was noted already, or is on its way again. */
export async function writeUndelivered(client: Queryable, mailId: number, at: Temporal.Instant): Promise<NotedAnswer | null> {
  const { rows } = await client.query<NotedAnswer & Record<string, unknown>>(
    `update mail m set undelivered_at = $2 where id = $1 and undelivered_at is null and ${lost} returning ${noted}`,
    [mailId, at],
  )
  return rows[0] ?? null
}

/** Takes the note back; null when somebody did, or it came back again. */
export async function writeArrived(client: Queryable, mailId: number): Promise<NotedAnswer | null> {
  const { rows } = await client.query<NotedAnswer & Record<string, unknown>>(
    `update mail m set undelivered_at = null where id = $1 and undelivered_at is not null and ${arrived} returning ${noted}`,
    [mailId],
  )
  return rows[0] ?? null
}

/** Those of these requests whose last answer did not arrive. */
export async function lastUndelivered(database: Queryable, requestIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (requestIds.length === 0) return new Set()
  const { rows } = await database.query<{ request_id: number }>(
    `select t.request_id from mail_thread t where t.request_id = any ($1) and ${lastAnswerUndelivered}`,
    [requestIds],
  )
  return new Set(rows.map(({ request_id: id }) => id))
}

/** Of a thread `t`. */
export const lastAnswerUndelivered = `coalesce((select m.undelivered_at is not null from mail m
  where m.thread_id = t.id and m.kind = 'answer' order by m.id desc limit 1), false)`
