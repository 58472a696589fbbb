/** The mails of threads as messages: what was written when it was answered, with the links that are still good. */
import type { Queryable } from '../platform/database.js'
import type { Composer, Composers, MailThread, Message, MessageLink, Said } from '../messages/index.js'
import { whenText } from '../booking/index.js'
import type { Language } from '../platform/words.js'
import type { Mail } from './model.js'
import { findMail, mailsOf } from './store.js'
import { timesOfMail, type TimeRow } from './times-store.js'

/** Message-IDs an answer names at most: the first, and the last ones. */
const referencesMax = 20

/** Text somebody wrote, or that was said in words before. */
const said = (text: string): Said => ({ key: 'inbox-messages.text', values: { text } })

const mailOut: Composer = async (database, payload, { now }) => {
  const mail = await findMail(database, Number(payload['mail']))
  if (mail === null || mail.email === null || mail.body === null || mail.threadId === null) return null
  const times = mail.answer === 'times' ? await timesOfMail(database, mail.id) : []
  const open = times.filter(({ state, until }) => state === 'held' && Temporal.Instant.compare(now, until) < 0)
  // All were accepted or ran out before the mail was made: it would offer what is gone.
  if (times.length > 0 && open.length === 0) return null
  const thread = await threadOf(database, mail, mail.threadId)
  if (thread === null) return null
  const { email, language, subject, body } = mail
  return {
    ...messageOf({ email, language, subject: subject ?? '', body }, open),
    // Whoever writes need not be whom the sender's address reaches.
    anybody: mail.kind === 'automatic',
    thread,
    ...(open.length === 0
      ? {}
      : { usefulUntil: open.map(({ until }) => until).reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b)) }),
  }
}

/** What a person reads of a mail that goes out: as it is composed, and as its preview shows it. */
export function messageOf(
  { email, language, subject, body }: { email: string; language: Language; subject: string; body: string },
  offered: readonly Pick<TimeRow, 'reference' | 'start'>[],
): Message {
  const [link = null, ...more] = offered.map(({ reference, start }): MessageLink => ({
    href: { secret: 'time-link', reference },
    label: takeLabel(language, start),
  }))
  return {
    to: { email, phone: null },
    language,
    subject: said(subject),
    lines: body.split(/\n+/).map(said),
    link,
    more,
    visitId: null,
  }
}

function takeLabel(language: Language, start: Temporal.Instant): Said {
  return { key: 'inbox-messages.times.take', values: { when: whenText(language, start) } }
}

async function threadOf(database: Queryable, mail: Mail, threadId: number): Promise<MailThread | null> {
  const before = (await mailsOf(database, threadId)).filter(({ id }) => id < mail.id)
  const inReplyTo = before.findLast(({ direction }) => direction === 'in')?.messageId
  const { rows } = await database.query<{ address: string }>('select address from mail_box where id = $1', [mail.mailbox])
  if (inReplyTo == null || rows[0] === undefined) return null
  const ids = before.flatMap(({ messageId }) => messageId ?? [])
  const references = ids.length <= referencesMax ? ids : [ids[0] as string, ...ids.slice(1 - referencesMax)]
  return { mailbox: rows[0].address, inReplyTo, references, ...(mail.kind === 'automatic' ? { automatic: true } : {}) }
}

export const inboxComposers: Composers = { 'mail-out': mailOut }
