/**
 * The reader of the outbox: what was committed with a change becomes a message for each way it goes.
 * Any number of processes may read at once; each row is one's at a time, and whoever is killed leaves
 * it for the next, unless it is the row that kills: begun so often and never ended, it is given up. How messages leave is `sender.ts`.
 */
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { isLockFailure, isOutage, transaction, type Queryable } from '../platform/database.js'
import { sameContact } from '../platform/same-contact.js'
import { directory, type Directory } from '../directory/index.js'
import { deliveriesOf, sendsBy } from './deliveries.js'
import type { Composers, Delivery, Message, MessageWay, uncomposed } from './model.js'
import { messageIdOf } from './names.js'
import { render } from './render.js'
import { composingMost, composingsMost, isTooLate, leavesAt, quietHours, waitAfter, waysOf, type Sends } from './rules.js'
import { sendDue, type Sending } from './sender.js'
import { inTheOfficesWords, wordings } from './templates/wording.js'
import type { Wordings } from './templates/store.js'
import {
  beginComposing,
  composeLater,
  countToAnybody,
  insertMessage,
  isOutboxWaiting,
  lockOutbox,
  takeFromOutbox,
  uncountComposing,
  type NewMessage,
  type OutboxRow,
} from './store.js'

/** Rows taken in one transaction: few, so that another process has its share. */
const claimedAtOnce = 20
const lookEveryMs = 500

/**
 * Reads what is there until nothing is left, and hands over what is due; returns how many rows it
 * read. Where no message can be delivered nothing is read: rows are erased after two days.
 */
export async function readOutbox(
  context: Context,
  composers: Composers,
  given?: readonly Delivery[],
  sending: Sending = {},
): Promise<number> {
  const deliveries = given ?? deliveriesOf(context)
  if (deliveries.length === 0) return 0
  try {
    const read = await composeAll(context, composers)
    await Promise.all(deliveries.map((delivery) => sendDue(context, delivery, sending)))
    return read
  } finally {
    if (given === undefined) for (const delivery of deliveries) delivery.close?.()
  }
}

/** Makes messages of all rows there are; returns how many rows. */
export async function composeAll(context: Context, composers: Composers, stopping: () => boolean = () => false): Promise<number> {
  if (!(await isOutboxWaiting(context.database.pool, Object.keys(composers), context.clock.now()))) return 0
  let read = 0
  for (let some = 1; some > 0 && !stopping(); read += some) some = await composeSome(context, composers)
  return read
}

/** What composing a row hangs on besides the row. */
interface Composing {
  readonly context: Context
  readonly composers: Composers
  readonly sends: Sends
  readonly now: Temporal.Instant
  readonly office: Directory
  readonly own: Wordings
  readonly eraseOn: Temporal.PlainDate
}

/** Begins, composes and takes away some rows; returns how many. */
async function composeSome(context: Context, composers: Composers): Promise<number> {
  const now = context.clock.now()
  const { pool } = context.database
  // Asked before the transaction, which has its one connection for itself.
  const [office, own] = await Promise.all([directory(context), wordings(context)])
  const eraseOn = officeDay(now).add({ days: office.office.settings['erase-after-days'] })
  const composing: Composing = { context, composers, sends: sendsBy(context), now, office, own, eraseOn }
  const begun = { kinds: Object.keys(composers), most: claimedAtOnce, now, until: now.add(composingMost) }
  const rows = await beginComposing(pool, begun)
  try {
    if (rows.length > 0) await composeRows(composing, rows)
  } catch (error) {
    // The server is away, or another reader counts for long: the rows stay where they are. Where not even this is
    // written, they are composed one by one once their time is over.
    if (isOutage(error) || isLockFailure(error)) await uncountComposing(pool, rows, now).catch(() => undefined)
    throw error
  }
  return rows.length
}

/**
 * Composes and takes away, in one transaction. Where one of the rows cannot be composed it is done again
 * `carefully`, each by itself: a fault of one holds up nobody else's.
 */
async function composeRows(composing: Composing, rows: readonly OutboxRow[], carefully = false): Promise<void> {
  try {
    await transaction(composing.context.database, async (client) => {
      const mine = await lockOutbox(
        client,
        rows.map(({ id }) => id),
      )
      const done: number[] = []
      for (const row of rows.filter(({ id }) => mine.has(id))) {
        if (row.tries > composingsMost) await giveUp(composing, client, row, 'crashed')
        else if (!(await (carefully ? composeCarefully : composeOne)(composing, client, row))) continue
        done.push(row.id)
      }
      if (done.length > 0) await takeFromOutbox(client, done)
    })
  } catch (error) {
    if (carefully || isOutage(error) || isLockFailure(error)) throw error
    await composeRows(composing, rows, true)
  }
}

async function composeOne(composing: Composing, client: Queryable, row: OutboxRow): Promise<true> {
  const { composers, now, office, own } = composing
  const message = (await composers[row.kind]?.(client, row.payload, { now, office })) ?? null
  const made =
    message === null
      ? [nothing(composing, row, 'nothing-to-say')]
      : await messagesOf(composing, client, row, inTheOfficesWords(message, own))
  for (const each of made) await insertMessage(client, each)
  return true
}

/** Is it done with? One that cannot be composed is left for a while; given up, it says of which visit it was. */
async function composeCarefully(composing: Composing, client: Queryable, row: OutboxRow): Promise<boolean> {
  await client.query('savepoint composing')
  try {
    await composeOne(composing, client, row)
    await client.query('release savepoint composing')
    return true
  } catch (error) {
    if (isOutage(error) || isLockFailure(error)) throw error
    await client.query('rollback to savepoint composing')
    const { name, code } = error as { name?: string; code?: string }
    composing.context.log.error({ outbox: row.id, kind: row.kind, fault: name, code }, 'a message could not be composed')
    if (row.tries < composingsMost) {
      await composeLater(client, row.id, composing.now.add(waitAfter(row.tries, composing.context.random())))
      return false
    }
    await giveUp(composing, client, row, 'not-composed')
    return true
  }
}

/** It is shown among what did not arrive, with its visit, and can be made again from what is kept of it. */
async function giveUp(composing: Composing, client: Queryable, row: OutboxRow, reason: (typeof uncomposed)[number]): Promise<void> {
  composing.context.log.error({ outbox: row.id, kind: row.kind, reason }, 'a message is given up')
  const visit = row.payload['visit']
  await insertMessage(client, {
    ...nothing(composing, row, reason),
    state: 'failed',
    visitId: typeof visit === 'number' ? visit : null,
    content: { payload: row.payload },
  })
}

/** What is kept where nothing is sent: that it was so, and why. */
function nothing({ now, eraseOn }: Composing, row: OutboxRow, reason: NonNullable<NewMessage['reason']>): NewMessage {
  return {
    row,
    way: null,
    visitId: null,
    language: 'pl',
    to: { email: null, phone: null },
    content: null,
    state: 'dropped',
    reason,
    dueAt: now,
    usefulUntil: null,
    atOnce: false,
    messageId: null,
    now,
    eraseOn,
  }
}

/** A message for each way it goes: the first that is open to it, or with `both` each of them. */
async function messagesOf(composing: Composing, client: Queryable, row: OutboxRow, message: Message): Promise<readonly NewMessage[]> {
  const { context, sends, now, office, eraseOn } = composing
  const { visitId, language } = message
  const ways = waysOf(message.to, sends, message.first)
  if (ways.length === 0) return [{ ...nothing(composing, row, 'no-way'), visitId, language }]
  const made: NewMessage[] = []
  for (const way of ways) {
    const dropped = (reason: NonNullable<NewMessage['reason']>): NewMessage => ({
      ...nothing(composing, row, reason),
      way,
      visitId,
      language,
    })
    if (!(await mayHave(context, client, message, way, now))) {
      made.push(dropped('too-many'))
      continue
    }
    const timing = { way, atOnce: message.atOnce ?? false, usefulUntil: message.usefulUntil ?? null }
    const dueAt = leavesAt(timing, now, quietHours(office.office.settings))
    if (isTooLate(timing, dueAt)) made.push(dropped('too-late'))
    else
      made.push({
        ...dropped('no-way'),
        state: 'queued',
        reason: null,
        to: { email: way === 'email' ? message.to.email : null, phone: way === 'sms' ? message.to.phone : null },
        content: render(message),
        dueAt,
        usefulUntil: timing.usefulUntil,
        atOnce: timing.atOnce,
        messageId: way === 'email' ? messageIdOf(context, row.id) : null,
        eraseOn: message.eraseOn ?? eraseOn,
      })
    if (message.both !== true) break
  }
  return made
}

/** Of contacts that are not shown to be anybody's own, those that have not had enough today. */
async function mayHave(
  context: Context,
  client: Queryable,
  { to, anybody }: Message,
  way: MessageWay,
  now: Temporal.Instant,
): Promise<boolean> {
  const contact = way === 'email' ? to.email : to.phone
  if (anybody !== true || contact === null) return contact !== null
  return countToAnybody(client, context.secrets.contactHash(sameContact(contact)), officeDay(now))
}

/**
 * Looks twice a second, at the outbox and at each way by itself, so that a slow one holds up no other;
 * returns how to stop, which waits for what is being said at that moment and begins nothing more.
 */
export function startReader(context: Context, composers: Composers): () => Promise<void> {
  const deliveries = deliveriesOf(context)
  if (deliveries.length === 0) return () => Promise.resolve()
  let stopped = false
  const stopping = (): boolean => stopped
  const stops = [
    looking(context, () => composeAll(context, composers, stopping)),
    ...deliveries.map((delivery) => looking(context, () => sendDue(context, delivery, { stopping }))),
  ]
  return async () => {
    stopped = true
    await Promise.all(stops.map((stop) => stop()))
    for (const delivery of deliveries) delivery.close?.()
  }
}

function looking(context: Context, work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  const look = (): void => {
    if (busy) return
    busy = true
    running = work()
      .catch((error: unknown) => {
        const { name, code } = error as { name?: string; code?: string }
        if (!isOutage(error) && !isLockFailure(error)) context.log.error({ fault: name, code }, 'messages could not be read or sent')
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
