/**
 * Listening to a mailbox: connected over IMAP, told by the server of each new mail (IDLE). What came
 * is fetched, taken in with the position in one transaction, and only then marked as seen: whoever
 * dies on the way fetches again, and the same mail twice is one. Marks that were lost are set again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import type { Context } from '../platform/context.js'
import { isLockFailure, isOutage } from '../platform/database.js'
import type { Mailbox } from './mailboxes.js'
import type { ParsedMail } from './parse/model.js'
import { headBytesMax, mailBytesMax, parseMail } from './parse/parse.js'
import { readPosition, type Position } from './store.js'
import { takeMail, type OnBounce } from './take.js'

export interface Listening {
  readonly onBounce?: OnBounce
  /** Called at the named points of each mail; the tests end the process there. */
  readonly at?: (point: string) => void
  /** Waits between tries to connect, of the first and at most; the tests wait less. */
  readonly waitMs?: { readonly first: number; readonly most: number }
  /** Looked at again after so long without a word from the server, which may have died silently. */
  readonly lookEveryMs?: number
}

const usualWait = { first: 1_000, most: 120_000 }
const usualLookMs = 4 * 60_000
/** Mails older than this are not asked for when the server has numbered anew. */
const againDays = 14
const fetchedAtOnce = 20

/** Listens until stopped; connects again for ever, later and later, never at the same moment as others. */
export async function listen(context: Context, mailbox: Mailbox, stop: AbortSignal, listening: Listening = {}): Promise<void> {
  const wait = listening.waitMs ?? usualWait
  for (let failed = 0; !stop.aborted; failed += 1) {
    try {
      await listenOnce(context, mailbox, stop, listening, () => {
        failed = 0
      })
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string }
      context.log.warn({ mailbox: mailbox.id, fault: name, code, failed }, 'a mailbox could not be read')
    }
    if (stop.aborted) return
    const most = Math.min(wait.most, wait.first * 2 ** Math.min(failed, 16))
    await sleep(most * (0.5 + context.random() / 2), undefined, { signal: stop }).catch(() => undefined)
  }
}

async function listenOnce(
  context: Context,
  mailbox: Mailbox,
  stop: AbortSignal,
  listening: Listening,
  connected: () => void,
): Promise<void> {
  const client = clientOf(mailbox)
  const closed = new Promise<never>((_, reject) => {
    client.on('error', (error: Error) => reject(error))
    client.on('close', () => reject(new Error('the mail server closed the connection')))
  })
  // Heard below, and where nobody waits for it any more, by nobody.
  closed.catch(() => undefined)
  const quit = (): void => client.close()
  let ring: (() => void) | undefined
  client.on('exists', () => ring?.())
  stop.addEventListener('abort', quit, { once: true })
  try {
    await Promise.race([client.connect(), closed])
    await Promise.race([client.mailboxOpen(mailbox.imap.folder), closed])
    for (let first = true; !stop.aborted; first = false) {
      // Listened for before it is looked, so that nothing that comes meanwhile is missed.
      const word = new Promise<void>((resolve) => {
        ring = resolve
      })
      await Promise.race([takeNew(context, client, mailbox, listening, first), closed])
      // Not before mails were read: one that can never be taken in is not asked for every second.
      connected()
      void client.idle().catch(() => undefined)
      const over = new AbortController()
      const look = sleep(listening.lookEveryMs ?? usualLookMs, undefined, { signal: over.signal })
      await Promise.race([word, look, closed]).finally(() => {
        look.catch(() => undefined)
        over.abort()
      })
    }
  } finally {
    stop.removeEventListener('abort', quit)
    client.close()
  }
}

function clientOf({ imap }: Mailbox): ImapFlow {
  return new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.secure,
    ...(imap.plain ? { doSTARTTLS: false } : imap.secure ? {} : { doSTARTTLS: true }),
    auth: { user: imap.user, pass: imap.password },
    ...(imap.authority === null ? {} : { tls: { ca: imap.authority } }),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 20_000,
    greetingTimeout: 15_000,
    socketTimeout: 5 * 60_000,
  })
}

/** Takes in everything behind the position, in order; the first time marks again what was taken in and not marked. */
async function takeNew(context: Context, client: ImapFlow, mailbox: Mailbox, listening: Listening, first: boolean): Promise<void> {
  if (client.mailbox === false) throw new Error('the folder is not open')
  const uidValidity = Number(client.mailbox.uidValidity)
  const position = await readPosition(context.database.pool, mailbox.id)
  const same = position !== null && position.uidValidity === uidValidity
  const wanted = await uidsToTake(client, same ? position.uid : null, position?.takenAt ?? null)
  if (same && first) await markAgain(client, position.uid)
  for (let from = 0; from < wanted.length; from += fetchedAtOnce) {
    const taken: number[] = []
    for (const fetched of await fetchMails(client, wanted.slice(from, from + fetchedAtOnce))) {
      listening.at?.('after-fetch')
      await takeOne(context, mailbox, listening, { uidValidity, uid: fetched.uid }, fetched)
      taken.push(fetched.uid)
      listening.at?.('after-commit')
    }
    if (taken.length > 0) await client.messageFlagsAdd(taken.join(','), ['\\Seen'], { uid: true })
    listening.at?.('after-mark')
  }
}

interface Fetched {
  readonly uid: number
  readonly raw: Buffer
  readonly headOnly: boolean
}

/** The bytes of mails in their order, of one too large its head; those taken away meanwhile are left out. */
async function fetchMails(client: ImapFlow, uids: readonly number[]): Promise<readonly Fetched[]> {
  const sizes = await client.fetchAll(uids.join(','), { uid: true, size: true }, { uid: true })
  const large = sizes.filter(({ size = 0 }) => size > mailBytesMax).map(({ uid }) => uid)
  const small = sizes.filter(({ uid }) => !large.includes(uid)).map(({ uid }) => uid)
  const read = async (of: readonly number[], headOnly: boolean): Promise<Fetched[]> => {
    if (of.length === 0) return []
    const source = headOnly ? { start: 0, maxLength: headBytesMax } : true
    const found = await client.fetchAll(of.join(','), { uid: true, source }, { uid: true })
    return found.flatMap(({ uid, source: raw }) => (raw === undefined ? [] : [{ uid, raw, headOnly }]))
  }
  const fetched: Fetched[] = await read(large, true)
  // Mails of ordinary size are asked for together, large ones by themselves: memory holds a few megabytes.
  const sizeOf = new Map(sizes.map(({ uid, size = 0 }) => [uid, size]))
  for (let some: number[] = [], bytes = 0, nth = 0; nth <= small.length; nth += 1) {
    const uid = small[nth]
    const size = uid === undefined ? 0 : (sizeOf.get(uid) ?? 0)
    if (uid === undefined || bytes + size > mailBytesMax) {
      fetched.push(...(await read(some, false)))
      some = []
      bytes = 0
    }
    if (uid !== undefined) some.push(uid)
    bytes += size
  }
  return fetched.toSorted((a, b) => a.uid - b.uid)
}

/**
 * Numbers of the mails behind the position. Before the first mail those nobody has seen; where the
 * server has numbered anew, all of the last days: those taken in already are known by their names.
 */
async function uidsToTake(client: ImapFlow, after: number | null, takenAt: Temporal.Instant | null): Promise<number[]> {
  const query =
    after !== null
      ? { uid: `${after + 1}:*` }
      : takenAt === null
        ? { seen: false }
        : { since: new Date(takenAt.subtract({ hours: againDays * 24 }).epochMilliseconds) }
  const found = (await client.search(query, { uid: true })) || []
  // "n:*" also names the last mail when it stands before n.
  return found.filter((uid) => after === null || uid > after).toSorted((a, b) => a - b)
}

/** A process that died between taking in and marking left these unmarked. */
async function markAgain(client: ImapFlow, upTo: number): Promise<void> {
  if (upTo === 0) return
  const unmarked = (await client.search({ uid: `1:${upTo}`, seen: false }, { uid: true })) || []
  if (unmarked.length > 0) await client.messageFlagsAdd(unmarked.join(','), ['\\Seen'], { uid: true })
}

async function takeOne(
  context: Context,
  mailbox: Mailbox,
  { onBounce, at }: Listening,
  position: Position,
  { raw, headOnly }: Fetched,
): Promise<void> {
  const mail = await parseMail(raw, { headOnly })
  const taking = { mailbox, mail, position, ...(onBounce === undefined ? {} : { onBounce }), ...(at === undefined ? {} : { at }) }
  try {
    await takeMail(context, taking)
  } catch (error) {
    if (isOutage(error) || isLockFailure(error)) throw error
    // One mail that cannot be kept holds up none behind it: that it came is kept, and a clerk looks into the mailbox.
    const { name, code } = error as { name?: string; code?: string }
    context.log.error({ mailbox: mailbox.id, uid: position.uid, fault: name, code }, 'a mail could not be taken in whole')
    await takeMail(context, { ...taking, mail: bare(mail) })
  }
}

/** That a mail came, and nothing of what it says. */
function bare(mail: ParsedMail): ParsedMail {
  return { ...mail, references: [], sentAt: null, from: null, subject: '', text: '', files: [], bounce: null, headOnly: true }
}
