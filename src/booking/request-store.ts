/**
 * All SQL of requests. Times of day that suit are kept as codes; the person is erased with the rest.
 */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import type { Actor, Person } from '../visit/index.js'
import { accountOf, type RequestChannel, type RequestedTime, type RequestState } from './model.js'

export interface RequestRow {
  id: number
  reference: string
  /** Null until somebody has understood what a call or a mail is about. */
  service_id: string | null
  unit_id: string
  state: RequestState
  channel: RequestChannel
  days: readonly RequestedTime[]
  person_name: string | null
  person_email: string | null
  person_phone: string | null
  language: Language
  urgent: boolean
  created_at: Temporal.Instant
  ended_at: Temporal.Instant | null
  reason: string | null
  claimed_by: number | null
  claimed_until: Temporal.Instant | null
  /** Name of the account that keeps it. */
  claimed_name: string | null
}

export const requestColumns =
  'id, reference, service_id, unit_id, state, days, person_name, person_email, person_phone, language, urgent, created_at, ended_at, reason, channel, claimed_by, claimed_until, (select name from account where account.id = claimed_by) as claimed_name'
/** Longest list a clerk is shown; the oldest come first, so nothing is hidden for good. */
export const openRequestsMax = 200

export async function insertRequest(
  client: Queryable,
  request: {
    reference: string
    serviceId: string | null
    channel: RequestChannel
    unitId: string
    times: readonly RequestedTime[]
    person: Person
    language: Language
    urgent: boolean
    at: Temporal.Instant
    eraseOn: Temporal.PlainDate
  },
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into request (reference, service_id, unit_id, state, days, person_name, person_email, person_phone, language, urgent, created_at, erase_on, channel)
     values ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
      request.reference,
      request.serviceId,
      request.unitId,
      JSON.stringify(request.times),
      request.person.name,
      request.person.email,
      request.person.phone,
      request.language,
      request.urgent,
      request.at,
      request.eraseOn,
      request.channel,
    ],
  )
  return (rows[0] as { id: number }).id
}

/** Requests of a contact are looked at and made by one command at a time, until its transaction ends. */
export async function lockContacts(client: Queryable, contacts: readonly Buffer[]): Promise<void> {
  for (const contact of contacts) await client.query('select pg_advisory_xact_lock($1)', [contact.readBigInt64BE(0)])
}

/** Open requests that leave the same phone or e-mail, the oldest first; no mails, which anybody sends in anybody's name. */
export async function openRequestsOf(client: Queryable, { phone, email }: Person): Promise<readonly RequestRow[]> {
  const { rows } = await client.query<RequestRow>(
    `select ${requestColumns} from request where state = 'open' and channel <> 'email' and (person_phone = $1 or person_email = $2) order by id`,
    [phone, email],
  )
  return rows
}

/** The request, locked until the transaction ends. */
export async function lockRequest(client: Queryable, reference: string): Promise<RequestRow | null> {
  const { rows } = await client.query<RequestRow>(`select ${requestColumns} from request where reference = $1 for update`, [reference])
  return rows[0] ?? null
}

export async function findRequest(database: Queryable, reference: string): Promise<RequestRow | null> {
  const { rows } = await database.query<RequestRow>(`select ${requestColumns} from request where reference = $1`, [reference])
  return rows[0] ?? null
}

/** Writes the end of a locked request; a booked one keeps what is personal as long as its visit does. */
export async function endRequest(
  client: Queryable,
  id: number,
  end: {
    state: RequestState
    at: Temporal.Instant
    actor: Actor
    reason: string | null
    visitId: number | null
    eraseOn: Temporal.PlainDate | null
  },
): Promise<void> {
  await client.query(
    `update request set state = $2, ended_at = $3, ended_by = $4, reason = $5, visit_id = $6, erase_on = coalesce($7, erase_on) where id = $1`,
    [id, end.state, end.at, accountOf(end.actor), end.reason, end.visitId, end.eraseOn],
  )
}

/** References of the visits that keep times proposed for a request in mails, by number. */
export async function proposedFor(client: Queryable, requestId: number): Promise<readonly string[]> {
  const { rows } = await client.query<{ reference: string }>(
    `select v.reference from mail_thread t join mail m on m.thread_id = t.id join mail_time mt on mt.mail_id = m.id
     join visit v on v.id = mt.visit_id where t.request_id = $1 and v.state = 'held' order by v.id`,
    [requestId],
  )
  return rows.map(({ reference }) => reference)
}
