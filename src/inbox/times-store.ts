/** The SQL of proposed times. Whether one is still kept is said by its visit, never twice. */
import type { Queryable } from '../platform/database.js'
import { sameContact } from '../platform/same-contact.js'
import type { VisitState } from '../visit/index.js'

export interface TimeRow {
  readonly id: number
  readonly mailId: number
  readonly visitId: number
  /** Of the visit that keeps it. */
  readonly reference: string
  readonly state: VisitState
  readonly start: Temporal.Instant
  readonly serviceId: string
  readonly until: Temporal.Instant
  readonly acceptedAt: Temporal.Instant | null
}

const columns =
  'mt.id, mt.mail_id as "mailId", mt.visit_id as "visitId", v.reference, v.state, v.starts_at as start, v.service_id as "serviceId", mt.until, mt.accepted_at as "acceptedAt"'

export async function insertTime(
  client: Queryable,
  time: { mailId: number; ordinal: number; reference: string; until: Temporal.Instant },
): Promise<void> {
  await client.query('insert into mail_time (mail_id, ordinal, visit_id, until) select $1, $2, id, $4 from visit where reference = $3', [
    time.mailId,
    time.ordinal,
    time.reference,
    time.until,
  ])
}

/** The times of an answer, in their order. */
export async function timesOfMail(database: Queryable, mailId: number): Promise<readonly TimeRow[]> {
  const { rows } = await database.query<TimeRow & Record<string, unknown>>(
    `select ${columns} from mail_time mt join visit v on v.id = mt.visit_id where mt.mail_id = $1 order by mt.ordinal`,
    [mailId],
  )
  return rows
}

/** All times proposed in a thread, the oldest first. */
export async function timesOfThread(database: Queryable, threadId: number): Promise<readonly TimeRow[]> {
  const { rows } = await database.query<TimeRow & Record<string, unknown>>(
    `select ${columns} from mail_time mt join visit v on v.id = mt.visit_id join mail m on m.id = mt.mail_id where m.thread_id = $1 order by mt.id`,
    [threadId],
  )
  return rows
}

/** The proposed time a visit keeps, and the request it was proposed in; null when it was not proposed. */
export async function timeOfVisit(
  database: Queryable,
  reference: string,
): Promise<{ readonly time: TimeRow; readonly request: string; readonly threadId: number } | null> {
  const { rows } = await database.query<TimeRow & { request: string; threadId: number } & Record<string, unknown>>(
    `select ${columns}, r.reference as request, t.id as "threadId" from mail_time mt join visit v on v.id = mt.visit_id
     join mail m on m.id = mt.mail_id join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id
     where v.reference = $1`,
    [reference],
  )
  const row = rows[0]
  return row === undefined ? null : { time: row, request: row.request, threadId: row.threadId }
}

/** Times that are kept now for requests of this mailbox, however it is spelled, in other threads than one. */
export async function keptFor(
  database: Queryable,
  { email, otherThan, now }: { email: string; otherThan: number; now: Temporal.Instant },
): Promise<number> {
  // All that is held at one time is little (`visit_held`).
  const { rows } = await database.query<{ email: string }>(
    `select r.person_email as email from visit v join mail_time mt on mt.visit_id = v.id join mail m on m.id = mt.mail_id
     join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id
     where v.state = 'held' and r.person_email is not null and t.id <> $1 and mt.until > $2`,
    [otherThan, now],
  )
  const same = sameContact(email)
  return rows.filter((row) => sameContact(row.email) === same).length
}

export async function markAccepted(client: Queryable, id: number, at: Temporal.Instant): Promise<void> {
  await client.query('update mail_time set accepted_at = $2 where id = $1', [id, at])
}
