/**
 * The reader of the outbox: what was committed with a change becomes a message, and messages are
 * handed over. Any number of processes may read at once; each row is one's at a time, and whoever
 * is killed leaves it for the next.
 */
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { isLockFailure, isOutage, transaction, type Queryable } from '../platform/database.js'
import { sameContact } from '../platform/same-contact.js'
import { directory } from '../directory/index.js'
import { inLanguage } from '../ui/index.js'
import { deliveriesOf, tell } from './deliveries.js'
import type { ComposerFacts, Composers, Delivery, Letter, Message, Recipient } from './model.js'
import { render, reveal } from './render.js'
import {
  claimDue,
  claimOutbox,
  countToAnybody,
  insertMessage,
  markHanded,
  putOff,
  takeFromOutbox,
  waiting,
  type MessageRow,
  type OutboxRow,
} from './store.js'

/** Rows taken in one transaction: few, so that another process has its share. */
const claimedAtOnce = 20
/** Times a message is handed over before it is given up. */
const triesMax = 5
const lookEveryMs = 500

/**
 * Reads what is there until nothing is left, and hands over what is due; returns how many rows it
 * read. Where no message can be delivered nothing is read: rows are erased after two days.
 */
export async function readOutbox(
  context: Context,
  composers: Composers,
  deliveries: readonly Delivery[] = deliveriesOf(context),
): Promise<number> {
  if (deliveries.length === 0) return 0
  const kinds = Object.keys(composers)
  const { pool } = context.database
  let read = 0
  if ((await waiting(pool, kinds, context.clock.now())).composing)
    for (let some = await composeSome(context, composers); some > 0; some = await composeSome(context, composers)) read += some
  if ((await waiting(pool, kinds, context.clock.now())).due) while (await handOverOne(context, deliveries));
  return read
}

/** Claims, composes and takes away, in one transaction. Returns how many rows. */
async function composeSome(context: Context, composers: Composers): Promise<number> {
  const now = context.clock.now()
  // Asked before the transaction, which has its one connection for itself.
  const office = await directory(context)
  const eraseOn = officeDay(now).add({ days: office.office.settings['erase-after-days'] })
  const facts = { now, office }
  return transaction(context.database, async (client) => {
    const rows = await claimOutbox(client, Object.keys(composers), claimedAtOnce)
    for (const row of rows) await composeOne(context, client, composers, row, facts, eraseOn)
    if (rows.length > 0)
      await takeFromOutbox(
        client,
        rows.map((row) => row.id),
      )
    return rows.length
  })
}

async function composeOne(
  context: Context,
  client: Queryable,
  composers: Composers,
  row: OutboxRow,
  facts: ComposerFacts,
  eraseOn: Temporal.PlainDate,
): Promise<void> {
  const nothing = { row, visitId: null, language: 'pl', to: { email: null, phone: null }, content: null, now: facts.now, eraseOn } as const
  await client.query('savepoint composing')
  try {
    const message = (await composers[row.kind]?.(client, row.payload, facts)) ?? null
    const to = message === null ? nothing.to : await whomOf(context, client, message, facts.now)
    if (message === null || (to.email === null && to.phone === null)) {
      await insertMessage(client, { ...nothing, visitId: message?.visitId ?? null, state: 'dropped' })
    } else {
      const { language, visitId } = message
      await insertMessage(client, {
        ...nothing,
        visitId,
        language,
        to,
        content: render(message),
        state: 'queued',
        eraseOn: message.eraseOn ?? eraseOn,
      })
    }
    await client.query('release savepoint composing')
  } catch (error) {
    // The server is away, or another reader counts for long: the row stays where it is.
    if (isOutage(error) || isLockFailure(error)) throw error
    // A fault of a composer holds up nobody else's messages.
    await client.query('rollback to savepoint composing')
    const { name, code } = error as { name?: string; code?: string }
    context.log.error({ outbox: row.id, kind: row.kind, fault: name, code }, 'a message could not be composed')
    await insertMessage(client, { ...nothing, state: 'failed' })
  }
}

/** Whom a message goes to: of contacts that are not shown to be anybody's own, those that have not had enough today. */
async function whomOf(context: Context, client: Queryable, { to, anybody }: Message, now: Temporal.Instant): Promise<Recipient> {
  if (anybody !== true) return to
  const allowed = async (contact: string | null): Promise<string | null> =>
    contact !== null && (await countToAnybody(client, context.secrets.contactHash(sameContact(contact)), officeDay(now))) ? contact : null
  return { email: await allowed(to.email), phone: await allowed(to.phone) }
}

/** Hands over one message that is due; false when there is none. */
async function handOverOne(context: Context, deliveries: readonly Delivery[]): Promise<boolean> {
  const now = context.clock.now()
  return transaction(context.database, async (client) => {
    const row = await claimDue(client, now)
    if (row === null) return false
    const letter = letterOf(context, row)
    const delivery = deliveries.find((each) => each.reaches({ email: row.email, phone: row.phone }))
    if (letter === null || delivery === undefined) {
      await markHanded(client, row.id, 'failed', now)
      return true
    }
    try {
      await delivery.deliver(letter)
      await markHanded(client, row.id, 'sent', now)
    } catch (error) {
      if (isOutage(error)) throw error
      const { name, code } = error as { name?: string; code?: string }
      context.log.warn({ message: row.id, delivery: delivery.name, fault: name, code }, 'a message was handed over in vain')
      if (row.tries + 1 >= triesMax) await markHanded(client, row.id, 'failed', now)
      else await putOff(client, row.id, now.add({ minutes: 2 ** row.tries }))
    }
    return true
  })
}

/** The message as it is read; null once it is erased. */
export function letterOf(context: Context, { content, email, phone, ...row }: MessageRow): Letter | null {
  if (content === null) return null
  return {
    id: row.id,
    at: row.at,
    language: row.language,
    to: { email, phone },
    ...reveal(
      content,
      (secret) => tell(context, secret, row.language),
      (path) => context.publicUrl + inLanguage(path, row.language),
    ),
  }
}

/** Looks twice a second; returns how to stop, which waits for the look that runs. */
export function startReader(context: Context, composers: Composers): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  const look = (): void => {
    if (busy) return
    busy = true
    running = readOutbox(context, composers)
      .catch((error: unknown) => {
        const { name, code } = error as { name?: string; code?: string }
        if (!isOutage(error) && !isLockFailure(error)) context.log.error({ fault: name, code }, 'the outbox could not be read')
      })
      .finally(() => {
        busy = false
      })
  }
  const timer = setInterval(look, lookEveryMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
