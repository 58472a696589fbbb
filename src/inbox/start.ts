/**
 * Of all processes on one database one listens, the one that holds the lock; it goes with its
 * connection, however the process ends, and another takes over. Two at once would do no harm either:
 * the same mail is taken in once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../platform/context.js'
import { directory } from '../directory/index.js'
import { noteBounce } from '../messages/index.js'
import { listen, type Listening } from './listen.js'
import { unitsMissing, type Mailbox } from './mailboxes.js'
import { writeMailboxes } from './store.js'
import type { OnBounce } from './take.js'

/** The number of the advisory lock: the letters "mail". */
const listenerKey = 0x6d61696c
const tryAgainMs = 5_000

/** Listens to the mailboxes while no other process does; returns how to stop, which waits for the mail that is being taken in. */
export function startInbox(context: Context, mailboxes: readonly Mailbox[], listening: Listening = {}): () => Promise<void> {
  if (mailboxes.length === 0) return () => Promise.resolve()
  const stop = new AbortController()
  const running = lead(context, mailboxes, stop.signal, { onBounce: toMessages, ...listening })
  return async () => {
    stop.abort()
    await running
  }
}

/** A report of a failed delivery is noted on the message it is about: given up is given up, with a status of 4 too, as after days of greylisting. */
export const toMessages: OnBounce = async (client, { messageId, status, now }) => {
  await noteBounce(client, { messageId, status: status?.startsWith('5.') === true ? status : '5.0.0', now })
}

async function lead(context: Context, mailboxes: readonly Mailbox[], stop: AbortSignal, listening: Listening): Promise<void> {
  while (!stop.aborted) {
    try {
      await leadOnce(context, mailboxes, stop, listening)
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string }
      context.log.warn({ fault: name, code }, 'mailboxes could not be listened to')
    }
    await sleep(listening.waitMs?.first ?? tryAgainMs, undefined, { signal: stop }).catch(() => undefined)
  }
}

async function leadOnce(context: Context, mailboxes: readonly Mailbox[], stop: AbortSignal, listening: Listening): Promise<void> {
  const client = await context.database.pool.connect()
  const over = new AbortController()
  // Without its connection the lock is another's.
  const lost = (): void => over.abort()
  client.on('error', lost)
  client.on('end', lost)
  try {
    const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [listenerKey])
    if (rows[0]?.leads !== true) return
    const known = await knownMailboxes(context, mailboxes)
    await writeMailboxes(context.database.pool, known)
    const signal = AbortSignal.any([stop, over.signal])
    await Promise.all(known.map((mailbox) => listen(context, mailbox, signal, listening)))
  } finally {
    client.removeListener('error', lost)
    client.removeListener('end', lost)
    // The lock is the connection's: it is closed, not given back.
    client.release(true)
  }
}

/** Those whose units the office has; the others are said in the log and not read, so that no mail has nowhere to go. */
async function knownMailboxes(context: Context, mailboxes: readonly Mailbox[]): Promise<readonly Mailbox[]> {
  const missing = unitsMissing(mailboxes, await directory(context))
  if (missing.length > 0) context.log.error({ mailboxes: missing }, 'mailboxes belong to units the office does not have')
  return mailboxes.filter(({ id }) => !missing.includes(id))
}
