/** The SQL of mailboxes, threads and mails. */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import type { MailboxFacts } from './mailboxes.js'
import type { Mail, SentKind, Thread } from './model.js'
import type { MailKind, ParsedMail } from './parse/model.js'

/** Up to where a mailbox was read, in the numbering of its server. */
export interface Position {
  readonly uidValidity: number
  readonly uid: number
}

export async function writeMailboxes(database: Queryable, mailboxes: readonly MailboxFacts[]): Promise<void> {
  for (const { id, name, unit, otherwise, address } of mailboxes)
    await database.query(
      `insert into mail_box (id, name, unit_id, otherwise_id, address) values ($1, $2, $3, $4, $5)
       on conflict on constraint mail_box_pkey do update set name = $2, unit_id = $3, otherwise_id = $4, address = $5`,
      [id, name, unit, otherwise, address],
    )
}

/** The mailboxes of the office, shared ones first. */
export async function mailboxesKept(database: Queryable): Promise<readonly MailboxFacts[]> {
  const { rows } = await database.query<MailboxFacts & Record<string, unknown>>(
    'select id, name, unit_id as unit, otherwise_id as otherwise, address from mail_box order by unit_id is not null, id',
  )
  return rows
}

/** Where a mailbox was read up to, and when; null before its first mail. */
export async function readPosition(
  database: Queryable,
  mailbox: string,
): Promise<(Position & { readonly takenAt: Temporal.Instant }) | null> {
  const { rows } = await database.query<{ uidvalidity: number | null; uid: number; taken_at: Temporal.Instant | null }>(
    'select uidvalidity, uid, taken_at from mail_box where id = $1',
    [mailbox],
  )
  const row = rows[0]
  return row === undefined || row.uidvalidity === null || row.taken_at === null
    ? null
    : { uidValidity: row.uidvalidity, uid: row.uid, takenAt: row.taken_at }
}

/** Moves the position on; never back within one numbering. */
export async function writePosition(
  client: Queryable,
  mailbox: string,
  { uidValidity, uid }: Position,
  at: Temporal.Instant,
): Promise<void> {
  await client.query(
    `update mail_box set uid = case when uidvalidity = $2 then greatest(uid, $3) else $3 end, uidvalidity = $2, taken_at = $4 where id = $1`,
    [mailbox, uidValidity, uid, at],
  )
}

export interface NewReceived {
  readonly mailbox: string
  readonly identity: Buffer
  readonly mail: ParsedMail
  readonly kind: MailKind
  readonly threadId: number | null
  readonly at: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/** Writes a mail that came in; null when the office has it already. */
export async function insertReceived(client: Queryable, { mail, ...given }: NewReceived): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>(
    `insert into mail (mailbox, identity, message_id, thread_id, direction, kind, at, sent_at, person_name, person_email, subject, body, language, files, head_only, erase_on)
     values ($1, $2, $3, $4, 'in', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict on constraint mail_once do nothing returning id`,
    [
      given.mailbox,
      given.identity,
      mail.messageId,
      given.threadId,
      given.kind,
      given.at,
      mail.sentAt,
      mail.from?.name ?? null,
      mail.from?.address ?? null,
      mail.subject,
      mail.text,
      mail.language,
      JSON.stringify(mail.files),
      mail.headOnly,
      given.eraseOn,
    ],
  )
  return rows[0]?.id ?? null
}

/** Is the mail there already, whatever mailbox it came to? Those from before identities were kept are known by their Message-ID. */
export async function isKnown(client: Queryable, identity: Buffer, messageId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from mail where identity = $1 or (identity is null and direction = 'in' and message_id = $2)`,
    [identity, messageId],
  )
  return (rowCount ?? 0) > 0
}

/** Two listeners do not take in the same mail at once, until the transaction ends. */
export async function lockMail(client: Queryable, identity: Buffer): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [identity.readBigInt64BE(0)])
}

/** A mail that goes out and its row of the outbox name each other, so that their numbers are known before either is written. */
export interface SentNumbers {
  readonly mailId: number
  readonly outboxId: number
}

export async function sentNumbers(client: Queryable): Promise<SentNumbers> {
  const { rows } = await client.query<SentNumbers & Record<string, unknown>>(
    `select nextval('mail_id_seq') as "mailId", nextval('outbox_id_seq') as "outboxId"`,
  )
  return rows[0] as SentNumbers
}

export interface NewSent extends SentNumbers {
  readonly thread: Thread
  readonly messageId: string
  readonly kind: 'answer' | 'automatic'
  readonly answer: SentKind
  readonly at: Temporal.Instant
  readonly email: string
  readonly subject: string
  readonly body: string
  readonly language: Language
  readonly accountId: number | null
  readonly eraseOn: Temporal.PlainDate
}

/** Writes a mail that goes out, and the row of the outbox it leaves by. It is kept no longer than its thread. */
export async function insertSent(client: Queryable, { thread, ...sent }: NewSent): Promise<void> {
  await client.query(
    `with leaving as (
       insert into outbox (id, at, kind, payload) overriding system value values ($14, $6, 'mail-out', jsonb_build_object('mail', $13::bigint)))
     insert into mail (id, outbox_id, mailbox, message_id, thread_id, direction, kind, answer, at, person_email, subject, body, language, account_id, erase_on)
     overriding system value
     values ($13, $14, $1, $2, $3, 'out', $4, $5, $6, $7, $8, $9, $10, $11, least($12, (select erase_on from mail_thread where id = $3)))`,
    [
      thread.mailbox,
      sent.messageId,
      thread.id,
      sent.kind,
      sent.answer,
      sent.at,
      sent.email,
      sent.subject,
      sent.body,
      sent.language,
      sent.accountId,
      sent.eraseOn,
      sent.mailId,
      sent.outboxId,
    ],
  )
}

interface ThreadRow extends Record<string, unknown> {
  id: number
  request_id: number
  mailbox: string
  subject: string | null
  guessed_service_id: string | null
  guess_words: string[] | null
  waits_since: Temporal.Instant | null
  papers_told: boolean
}

export const threadColumns = 't.id, t.request_id, t.mailbox, t.subject, t.guessed_service_id, t.guess_words, t.waits_since, t.papers_told'

export function threadOf(row: ThreadRow): Thread {
  return {
    id: row.id,
    requestId: row.request_id,
    mailbox: row.mailbox,
    subject: row.subject,
    guessedServiceId: row.guessed_service_id,
    guessWords: row.guess_words ?? [],
    waitsSince: row.waits_since,
    papersTold: row.papers_told,
  }
}

/** The thread of the newest of these mails, with the reference of its request. Names of ours come first: whoever writes chooses theirs, and may choose one twice. */
export async function threadOfMails(
  database: Queryable,
  messageIds: readonly string[],
): Promise<{ readonly thread: Thread; readonly reference: string } | null> {
  if (messageIds.length === 0) return null
  const { rows } = await database.query<ThreadRow & { reference: string }>(
    `select ${threadColumns}, r.reference from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id
     where m.message_id = any($1) order by (m.direction = 'out') desc, m.id desc limit 1`,
    [messageIds],
  )
  const row = rows[0]
  return row === undefined ? null : { thread: threadOf(row), reference: row.reference }
}

export async function threadOfRequest(database: Queryable, reference: string): Promise<Thread | null> {
  const { rows } = await database.query<ThreadRow>(
    `select ${threadColumns} from mail_thread t join request r on r.id = t.request_id where r.reference = $1`,
    [reference],
  )
  return rows[0] === undefined ? null : threadOf(rows[0])
}

export async function insertThread(
  client: Queryable,
  thread: {
    requestId: number
    mailbox: string
    subject: string
    guessedServiceId: string | null
    guessWords: readonly string[]
    othersId: number | null
    waitsSince: Temporal.Instant
    eraseOn: Temporal.PlainDate
  },
): Promise<Thread> {
  const { rows } = await client.query<ThreadRow>(
    `insert into mail_thread as t (request_id, mailbox, subject, guessed_service_id, guess_words, waits_since, erase_on, others_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${threadColumns}`,
    [
      thread.requestId,
      thread.mailbox,
      thread.subject,
      thread.guessedServiceId,
      thread.guessWords,
      thread.waitsSince,
      thread.eraseOn,
      thread.othersId,
    ],
  )
  return threadOf(rows[0] as ThreadRow)
}

/** Somebody waits from now, unless since earlier. */
export async function writeWaiting(client: Queryable, threadId: number, since: Temporal.Instant): Promise<void> {
  await client.query(
    `with waiting as (update mail_thread set waits_since = coalesce(waits_since, $2) where id = $1 returning request_id)
     update request set owed_from = case when answered_at is null then owed_from else $2 end, answered_at = null from waiting where id = request_id`,
    [threadId, since],
  )
}

/** Nobody in the office is waited for any more, until the person writes. */
export async function writeAnswered(client: Queryable, threadId: number, at: Temporal.Instant): Promise<void> {
  await client.query(
    `with answered as (update mail_thread set waits_since = null where id = $1 returning request_id)
     update request set answered_at = $2 from answered where id = request_id`,
    [threadId, at],
  )
}

/** Closes open requests whose persons have been silent since an answer before then, which left; some at a time. */
export async function closeSilent(
  client: Queryable,
  before: Temporal.Instant,
  at: Temporal.Instant,
  most: number,
): Promise<readonly number[]> {
  const { rows } = await client.query<{ id: number }>(
    `with silent as materialized (
       select id as silent_id from request r where state = 'open' and answered_at <= $1
         and not exists (select from mail_thread t join mail m on m.thread_id = t.id join mail_time mt on mt.mail_id = m.id
           join visit v on v.id = mt.visit_id where t.request_id = r.id and v.state = 'held')
         and not exists (select from mail_thread t cross join lateral (select outbox_id from mail m where m.thread_id = t.id order by m.id desc limit 1) last
           where t.request_id = r.id and last.outbox_id is not null
             and not exists (select from message o where o.outbox_id = last.outbox_id and o.state in ('sent', 'delivered')))
       order by answered_at limit $3 for update skip locked)
     update request set state = 'closed', ended_at = $2, reason = 'silent' from silent where id = silent_id returning id`,
    [before, at, most],
  )
  return rows.map(({ id }) => id)
}

export async function writePapersTold(client: Queryable, threadId: number): Promise<void> {
  await client.query('update mail_thread set papers_told = true where id = $1', [threadId])
}

/** Opens a request again that was over; whose it is does not change. What is kept longer for it is the whole thread. */
export async function reopenRequest(
  client: Queryable,
  requestId: number,
  { eraseOn, at }: { eraseOn: Temporal.PlainDate; at: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await client.query<{ was: string }>(
    `with before as (select id, state as was from request where id = $1)
     update request r set state = 'open', ended_at = null, ended_by = null, reason = null,
       owed_from = case when r.state = 'open' then owed_from else $3 end, erase_on = greatest(erase_on, $2)
     from before where r.id = before.id returning before.was`,
    [requestId, eraseOn, at],
  )
  await client.query(
    `with kept as (update mail_thread set erase_on = greatest(erase_on, $2) where request_id = $1 returning id, erase_on)
     update mail m set erase_on = kept.erase_on from kept where m.thread_id = kept.id and m.erase_on <> kept.erase_on`,
    [requestId, eraseOn],
  )
  return rows[0]?.was !== 'open'
}

/** True the first time that day for a sender. */
export async function markAcknowledged(client: Queryable, contact: Buffer, day: Temporal.PlainDate): Promise<boolean> {
  const { rowCount } = await client.query('insert into mail_acknowledged (contact, day) values ($1, $2) on conflict do nothing', [
    contact,
    day,
  ])
  return rowCount === 1
}

interface MailRow extends Record<string, unknown> {
  id: number
  mailbox: string
  message_id: string | null
  direction: Mail['direction']
  kind: Mail['kind']
  answer: Mail['answer']
  at: Temporal.Instant
  person_name: string | null
  person_email: string | null
  subject: string | null
  body: string | null
  language: Language
  files: Mail['files'] | null
  head_only: boolean
  account_id: number | null
  outbox_id: number | null
  undelivered_at: Temporal.Instant | null
}

const mailColumns =
  'id, mailbox, message_id, direction, kind, answer, at, person_name, person_email, subject, body, language, files, head_only, account_id, outbox_id, undelivered_at'

function mailOf(row: MailRow): Mail {
  const { message_id: messageId, person_name: name, person_email: email, head_only: headOnly, account_id: accountId, ...rest } = row
  const { outbox_id: outboxId, undelivered_at: undeliveredAt, ...same } = rest
  return { ...same, files: row.files ?? [], messageId, name, email, headOnly, accountId, outboxId, undeliveredAt }
}

/** Reference of another's thread that the first mail of this one answers; null when it answers none. */
export async function othersOf(database: Queryable, threadId: number): Promise<string | null> {
  const { rows } = await database.query<{ reference: string }>(
    `select r.reference from mail_thread t join mail_thread o on o.id = t.others_id join request r on r.id = o.request_id where t.id = $1`,
    [threadId],
  )
  return rows[0]?.reference ?? null
}

/** Mails of a thread, the oldest first. */
export async function mailsOf(database: Queryable, threadId: number): Promise<readonly Mail[]> {
  const { rows } = await database.query<MailRow>(`select ${mailColumns} from mail where thread_id = $1 order by id`, [threadId])
  return rows.map(mailOf)
}

/** Number of the newest mail of a thread, whichever way it went. */
export async function lastMailOf(database: Queryable, threadId: number): Promise<number> {
  const { rows } = await database.query<{ last: number | null }>('select max(id) as last from mail where thread_id = $1', [threadId])
  return rows[0]?.last ?? 0
}

export async function findMail(database: Queryable, id: number): Promise<(Mail & { readonly threadId: number | null }) | null> {
  const { rows } = await database.query<MailRow & { thread_id: number | null }>(
    `select ${mailColumns}, thread_id from mail where id = $1`,
    [id],
  )
  if (rows[0] === undefined) return null
  const { thread_id: threadId, ...row } = rows[0]
  return { ...mailOf(row), threadId }
}

/** Longest list shown; the newest first. */
const setAsideMax = 200

/** Mails set apart in mailboxes of these units, of a shared one in those of the unit that has what nobody could guess; of all when none is named. */
export async function setAside(
  database: Queryable,
  unitIds: readonly string[] | null,
): Promise<readonly (Mail & { readonly box: string })[]> {
  const { rows } = await database.query<MailRow & { box: string }>(
    `select ${mailColumns
      .split(', ')
      .map((column) => `m.${column}`)
      .join(', ')}, b.name as box
     from mail m join mail_box b on b.id = m.mailbox
     where m.thread_id is null and ($1::text[] is null or coalesce(b.unit_id, b.otherwise_id) = any($1)) order by m.at desc, m.id desc limit ${setAsideMax}`,
    [unitIds],
  )
  return rows.map(({ box, ...row }) => ({ ...mailOf(row), box }))
}

/** A mail set apart, locked until the transaction ends; null when it is not there any more. */
export async function lockSetAside(client: Queryable, id: number): Promise<Mail | null> {
  const { rows } = await client.query<MailRow>(`select ${mailColumns} from mail where id = $1 and thread_id is null for update`, [id])
  return rows[0] === undefined ? null : mailOf(rows[0])
}

export async function bringIn(client: Queryable, id: number, threadId: number, eraseOn: Temporal.PlainDate): Promise<void> {
  await client.query(`update mail set thread_id = $2, kind = 'person', erase_on = greatest(erase_on, $3) where id = $1`, [
    id,
    threadId,
    eraseOn,
  ])
}
