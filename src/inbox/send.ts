/**
 * What leaves a thread: a row of the outbox and the mail as the thread shows it, in the transaction
 * of whatever caused it. The transport makes one e-mail of the row, under the name kept here, so that
 * an answer to it finds its thread.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { officeDay } from '../platform/clock.js'
import type { Translate } from '../platform/words.js'
import { messageIdOf, officeWords, replySubject } from '../messages/index.js'
import type { SentKind, Thread } from './model.js'
import type { ParsedMail } from './parse/model.js'
import { insertSent, sentNumbers } from './store.js'
import { papersText, receivedText, type Law } from './text.js'

export interface Sending {
  readonly thread: Thread
  readonly reference: string
  readonly answer: SentKind
  readonly to: string
  /** The words it is said in, in its language. */
  readonly t: Translate
  /** All it says but the links. */
  readonly body: string
  readonly accountId: number | null
  readonly now: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/** Leaves the row of the outbox and the mail; returns the mail's number. */
export async function send(context: Context, client: Queryable, sending: Sending): Promise<number> {
  const numbers = await sentNumbers(client)
  await insertSent(client, {
    ...numbers,
    thread: sending.thread,
    messageId: messageIdOf(context, numbers.outboxId),
    kind: sending.accountId === null ? 'automatic' : 'answer',
    answer: sending.answer,
    at: sending.now,
    email: sending.to,
    subject: subjectOf(sending),
    body: sending.body,
    language: sending.t.language,
    accountId: sending.accountId,
    eraseOn: sending.eraseOn,
  })
  return numbers.mailId
}

/** The subject that is answered, without what earlier answers put around it. */
export function subjectOf({ thread, reference, t }: Pick<Sending, 'thread' | 'reference' | 't'>): string {
  const plain = (thread.subject ?? '').replace(/^((re|odp|aw|fwd?|pd)\s*:\s*)+/i, '').replace(/\s*\[[A-Z2-9]{4} ?[A-Z2-9]{4}\]\s*/g, ' ')
  const subject = plain.trim() === '' ? t('inbox-messages.untitled.subject') : plain.trim()
  return replySubject(subject.slice(0, 150), reference)
}

/** What the program says by itself: that the mail came in, or how papers are handed in. */
export async function sendAutomatic(
  context: Context,
  client: Queryable,
  {
    thread,
    answer,
    papers,
    mail,
    now,
    law,
  }: {
    thread: Thread
    answer: 'received' | 'papers'
    papers: boolean
    mail: Pick<ParsedMail, 'from' | 'language'>
    now: Temporal.Instant
    law: Law
  },
): Promise<void> {
  const { rows } = await client.query<{ reference: string }>('select reference from request where id = $1', [thread.requestId])
  const reference = rows[0]?.reference ?? ''
  const { settings } = law.office.office
  const t = officeWords(law.own, mail.language)
  await send(context, client, {
    thread,
    reference,
    answer,
    to: mail.from?.address ?? '',
    t,
    body: [
      ...(answer === 'received' ? receivedText(t, { reference, days: settings['mail-answer-days'] }) : [t('inbox-messages.hello')]),
      ...(papers ? papersText(t, law, thread.guessedServiceId, now) : []),
    ].join('\n\n'),
    accountId: null,
    now,
    eraseOn: officeDay(now).add({ days: settings['erase-after-days'] }),
  })
}
