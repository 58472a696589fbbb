/** The SQL of what is reported of messages, and what the visit's page shows of them. */
import type { Queryable } from '../platform/database.js'
import type { MessageReason, MessageState, MessageWay, ReportMeaning } from './model.js'

/**
 * Delivered is the end of it, whatever was said before; that it will not arrive is not said over
 * that; that it is under way shows that it was accepted where nobody knew.
 */
const noted = (
  what: ReportMeaning,
  failed: MessageReason,
): { readonly state: MessageState; readonly reason: MessageReason | null; readonly from: string[] } => {
  if (what === 'delivered') return { state: 'delivered', reason: null, from: ['queued', 'sending', 'sent', 'uncertain', 'failed'] }
  if (what === 'not-delivered') return { state: 'failed', reason: failed, from: ['sending', 'sent', 'uncertain'] }
  return { state: 'sent', reason: null, from: ['uncertain'] }
}

export interface SmsReport {
  /** The message of the reference, as it was sent then; null when the provider did not say it back. */
  readonly known: { readonly id: number; readonly resent: number } | null
  readonly providerId: string
  readonly what: ReportMeaning
  readonly now: Temporal.Instant
}

export async function noteReport(database: Queryable, { known, providerId, what, now }: SmsReport): Promise<void> {
  const { state, reason, from } = noted(what, 'not-delivered')
  const set = `update message set state = $1, reason = $2, sending_until = null, handed_at = coalesce(handed_at, $3) where way = 'sms' and state = any ($4)`
  if (known !== null) await database.query(`${set} and id = $5 and resent = $6`, [state, reason, now, from, known.id, known.resent])
  else if (providerId !== '') await database.query(`${set} and provider_id = $5`, [state, reason, now, from, providerId])
}

export async function noteBounced(
  client: Queryable,
  { messageId, what, now }: { readonly messageId: string; readonly what: ReportMeaning; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await client.query<{ id: number }>(`select id from message where way = 'email' and provider_id = $1`, [messageId])
  const { state, reason, from } = noted(what, 'bounced')
  // The server of an address says that it delivered, and the one it hands on to that it could not: the later word counts.
  const over = what === 'not-delivered' ? [...from, 'delivered'] : from
  for (const { id } of rows)
    await client.query(
      `update message set state = $2, reason = $3, sending_until = null, handed_at = coalesce(handed_at, $4) where id = $1 and state = any ($5)`,
      [id, state, reason, now, over],
    )
  return rows.length > 0
}

/** A message by one way and what became of it, as pages tell of it. */
export interface ToldMessage {
  readonly id: number
  /** Null: there was nothing to say, or no way to say it. */
  readonly way: MessageWay | null
  /** Of the outbox row it was made of, as visit-booked. */
  readonly kind: string
  readonly state: MessageState
  readonly reason: MessageReason | null
  /** When what it tells of was so. */
  readonly at: Temporal.Instant
  /** When it was sent, given up or dropped; null while it waits. */
  readonly handedAt: Temporal.Instant | null
}

/** A message of a visit. */
export interface VisitMessage extends ToldMessage {
  readonly visitId: number
}

const told = 'id, way, kind, state, reason, at, handed_at as "handedAt"'

/** What was said to the persons of these visits, the oldest first. */
export async function messagesOfVisits(database: Queryable, visitIds: readonly number[]): Promise<readonly VisitMessage[]> {
  if (visitIds.length === 0) return []
  const { rows } = await database.query<VisitMessage & Record<string, unknown>>(
    `select visit_id as "visitId", ${told} from message where visit_id = any ($1) order by id`,
    [visitIds],
  )
  return rows
}

/** What was made of these rows of the outbox, by row; of two made of one the later, which was sent in its stead. */
export async function messagesOfOutbox(database: Queryable, outboxIds: readonly number[]): Promise<ReadonlyMap<number, ToldMessage>> {
  if (outboxIds.length === 0) return new Map()
  const { rows } = await database.query<ToldMessage & { outboxId: number } & Record<string, unknown>>(
    `select outbox_id as "outboxId", ${told} from message where outbox_id = any ($1) order by id`,
    [outboxIds],
  )
  return new Map(rows.map(({ outboxId, ...message }) => [outboxId, message]))
}
