/**
 * One mail, taken in: a thread with its request, or the next mail of one, or set apart, in the one
 * transaction that also notes how far the mailbox was read. The same mail twice is one, whatever
 * mailboxes it came to; the same Message-ID on another mail is not.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { transaction, type Queryable } from '../platform/database.js'
import { newReference, parseReference } from '../platform/references.js'
import { sameContact } from '../platform/same-contact.js'
import { directory } from '../directory/index.js'
import { findRequest, insertRequest, lockRequest, type RequestRow } from '../booking/index.js'
import { wordings } from '../messages/index.js'
import { ruleBook } from '../regulation/index.js'
import { recordEvent } from '../visit/index.js'
import { guessService } from './guess.js'
import type { MailboxFacts } from './mailboxes.js'
import type { Thread } from './model.js'
import type { ParsedMail } from './parse/model.js'
import { eraseDay } from './rules.js'
import { sendAutomatic } from './send.js'
import type { Law } from './text.js'
import {
  bringIn,
  insertReceived,
  insertThread,
  isKnown,
  lockMail,
  lockSetAside,
  markAcknowledged,
  reopenRequest,
  threadOfMails,
  threadOfRequest,
  writePapersTold,
  writePosition,
  writeWaiting,
  type Position,
} from './store.js'

/** Told of a mail that reports a failed delivery, in the transaction that takes it in. */
export type OnBounce = (
  client: Queryable,
  bounce: { readonly messageId: string; readonly status: string | null; readonly now: Temporal.Instant },
) => Promise<void>

export interface Taking {
  readonly mailbox: MailboxFacts
  readonly mail: ParsedMail
  /** Null: it did not come from the mail server just now. */
  readonly position: Position | null
  readonly onBounce?: OnBounce
  /** Called at the named points; the tests end the process there. */
  readonly at?: (point: string) => void
}

export type Taken = 'known' | 'thread' | 'joined' | 'set-aside'

/** Takes a mail in, at most once. */
export async function takeMail(context: Context, { mailbox, mail, position, onBounce, at }: Taking): Promise<Taken> {
  const now = context.clock.now()
  // Asked before the transaction, which has its one connection for itself.
  const [office, book, own] = await Promise.all([directory(context), ruleBook(context), wordings(context)])
  return transaction(context.database, async (client) => {
    const taken = await takeIn(context, client, { mailbox, mail, now, office, book, own, onBounce })
    at?.('after-insert')
    if (position !== null) await writePosition(client, mailbox.id, position, now)
    at?.('before-commit')
    return taken
  })
}

interface Inside extends Law {
  readonly mailbox: Pick<MailboxFacts, 'id' | 'unit' | 'otherwise' | 'address'>
  readonly mail: ParsedMail
  readonly now: Temporal.Instant
  readonly onBounce?: OnBounce | undefined
}

async function takeIn(context: Context, client: Queryable, inside: Inside): Promise<Taken> {
  const { mailbox, mail, now, office } = inside
  const identity = context.secrets.signatureOf('mail', `${mail.messageId} ${mail.digest}`)
  await lockMail(client, identity)
  if (await isKnown(client, identity, mail.messageId)) return 'known'
  const eraseOn = eraseDay(office.office.settings, now)
  if (mail.kind !== 'person' || mail.from === null) {
    // A person without an address cannot be answered: a clerk sees it among what was set apart.
    await insertReceived(client, {
      mailbox: mailbox.id,
      identity,
      mail,
      kind: mail.kind === 'person' ? 'list' : mail.kind,
      threadId: null,
      at: now,
      eraseOn,
    })
    if (mail.bounce !== null && mail.bounce.messageId !== null)
      await inside.onBounce?.(client, { messageId: mail.bounce.messageId, status: mail.bounce.status, now })
    return 'set-aside'
  }
  const { own: known, others } = await threadFor(client, inside)
  const thread = known ?? (await openThread(client, inside, mail, others))
  const id = await insertReceived(client, { mailbox: mailbox.id, identity, mail, kind: 'person', threadId: thread.id, at: now, eraseOn })
  if (id === null) throw new Error('a mail that is locked and unknown could not be written')
  if (known !== null) await join(client, inside, thread, id)
  await answerAutomatically(context, client, inside, { thread, isNew: known === null })
  return known === null ? 'thread' : 'joined'
}

/** The thread a mail answers: by the mails it names or the number in its subject, and only where the sender is the same; of another's it is said which. */
async function threadFor(client: Queryable, { mail }: Inside): Promise<{ own: Thread | null; others: Thread | null }> {
  const named = await threadOfMails(client, mail.references)
  const reference = named?.reference ?? parseReference(/\[([A-Z2-9]{4} ?[A-Z2-9]{4})\]/.exec(mail.subject)?.[1] ?? '')
  const request = reference === null ? null : await findRequest(client, reference)
  const same =
    request?.person_email !== null && request !== null && sameContact(request.person_email) === sameContact(mail.from?.address ?? '')
  if (reference === null || !same) return { own: null, others: named?.thread ?? null }
  return { own: named?.thread ?? (await threadOfRequest(client, reference)), others: null }
}

async function openThread(
  client: Queryable,
  { mailbox, now, office }: Pick<Inside, 'mailbox' | 'now' | 'office'>,
  mail: Pick<ParsedMail, 'from' | 'subject' | 'text' | 'language'>,
  others: Thread | null = null,
): Promise<Thread> {
  const guess = guessService(office, mail.subject, mail.text)
  const eraseOn = eraseDay(office.office.settings, now)
  const unitId = mailbox.unit ?? guess?.unitId ?? mailbox.otherwise
  const requestId = await insertRequest(client, {
    reference: newReference(),
    serviceId: null,
    channel: 'email',
    unitId,
    times: [],
    person: { name: mail.from?.name ?? null, email: mail.from?.address ?? null, phone: null },
    language: mail.language,
    urgent: false,
    at: now,
    eraseOn,
  })
  await recordEvent(client, {
    at: now,
    kind: 'request-made',
    actor: 'citizen',
    channel: 'email',
    details: { request: requestId, unit: unitId },
  })
  return insertThread(client, {
    requestId,
    mailbox: mailbox.id,
    subject: mail.subject,
    guessedServiceId: guess?.serviceId ?? null,
    guessWords: guess?.words ?? [],
    othersId: others?.id ?? null,
    waitsSince: now,
    eraseOn,
  })
}

/** The next mail of a thread: it waits again, and opens a request that was over. */
async function join(client: Queryable, { now, office }: Inside, thread: Thread, mailId: number): Promise<void> {
  const { rows } = await client.query<{ reference: string }>('select reference from request where id = $1', [thread.requestId])
  const request = await lockRequest(client, rows[0]?.reference ?? '')
  if (request === null) throw new Error('a thread is always a request')
  const eraseOn = eraseDay(office.office.settings, now)
  const opened = await reopenRequest(client, request.id, { eraseOn, at: now })
  if (opened)
    await recordEvent(client, {
      at: now,
      kind: 'request-reopened',
      actor: 'citizen',
      channel: 'email',
      details: { request: request.id, mail: mailId },
    })
  await writeWaiting(client, thread.id, now)
}

/** That a mail came in, and once a thread how papers are handed in: each once a day to one sender, never to a program. */
async function answerAutomatically(
  context: Context,
  client: Queryable,
  { mail, now, office, book, own }: Inside,
  { thread, isNew }: { thread: Thread; isNew: boolean },
): Promise<void> {
  if (mail.quiet || mail.from === null) return
  const day = officeDay(now)
  const same = sameContact(mail.from.address)
  const contact = context.secrets.contactHash(same)
  const untold = mail.files.length > 0 && !thread.papersTold
  // A contact of its own: whoever was told that a mail came in has not heard of papers. No address has a space.
  const papers = untold && (await markAcknowledged(client, context.secrets.contactHash(`papers ${same}`), day))
  const first = isNew && (await markAcknowledged(client, contact, day))
  if (first) await sendAutomatic(context, client, { thread, answer: 'received', papers, mail, now, law: { office, book, own } })
  else if (papers) await sendAutomatic(context, client, { thread, answer: 'papers', papers, mail, now, law: { office, book, own } })
  if (papers) await writePapersTold(client, thread.id)
}

/** Brings a mail that was set apart into the list, as if a person had sent it; nobody is told. */
export async function bringBack(context: Context, mailId: number, accountId: number): Promise<RequestRow | null> {
  const now = context.clock.now()
  const office = await directory(context)
  return transaction(context.database, async (client) => {
    const mail = await lockSetAside(client, mailId)
    if (mail === null || mail.email === null) return null
    const { rows } = await client.query<{ id: string; unit_id: string | null; otherwise_id: string; address: string }>(
      'select id, unit_id, otherwise_id, address from mail_box where id = $1',
      [mail.mailbox],
    )
    const box = rows[0]
    if (box === undefined) return null
    const mailbox = { id: box.id, unit: box.unit_id, otherwise: box.otherwise_id, address: box.address }
    const from = { name: mail.name, address: mail.email }
    const said = { from, subject: mail.subject ?? '', text: mail.body ?? '', language: mail.language }
    const thread = await openThread(client, { mailbox, now, office }, said)
    await bringIn(client, mail.id, thread.id, eraseDay(office.office.settings, now))
    const found = await client.query<{ reference: string }>('select reference from request where id = $1', [thread.requestId])
    const request = await findRequest(client, found.rows[0]?.reference ?? '')
    await recordEvent(client, {
      at: now,
      kind: 'request-reopened',
      actor: `account:${accountId}`,
      channel: 'email',
      reason: 'brought-back',
      details: { request: thread.requestId, mail: mail.id },
    })
    return request
  })
}
