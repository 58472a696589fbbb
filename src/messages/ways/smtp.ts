/**
 * E-mail by SMTP (RFC 5321): connections kept open, TLS, a DKIM signature. The Message-ID is the
 * same however often one is handed over, so that a program that reads mail knows it again.
 *
 * Nothing that came from outside stands in a header unless it was looked at: an address with a
 * second one in it, or a line of a header in a subject, is refused or made harmless here.
 */
import nodemailer, { type SendMailOptions } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailSettings } from '../../platform/config-messages.js'
import type { Office } from '../../directory/index.js'
import { mailOf } from '../content/mail.js'
import type { Delivery, Handed, MailThread, Outgoing } from '../model.js'
import { isUntrusted } from './meanings.js'

const connectMs = 10_000
/** Longest the server may be silent; whoever hands over waits longer than that, so that this is what ends it. */
const silentMs = 20_000
/** An address alone: no name, no list, no spaces, nothing that ends a header. */
const plainAddress = /^[^\s<>()[\]\\,;:"\p{Cc}]+@[^\s<>()[\]\\,;:"@\p{Cc}]+$/u
const plainId = /^<[^<>\s\p{Cc}]{1,250}>$/u

export function smtp(settings: MailSettings): Delivery {
  const { host, port, tls, ca, user, password, dkim, connections } = settings
  const pool = nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    ...(ca === null ? {} : { tls: { ca } }),
    ...(user === null || password === null ? {} : { auth: { user, pass: password } }),
    ...(dkim === null ? {} : { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }),
    maxConnections: connections,
    // What did not go is ours to try again, and to note before.
    maxRequeues: 0,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silentMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    way: 'email',
    name: 'smtp',
    parallel: connections,
    repeatable: true,
    async deliver(letter, office) {
      const { email } = letter.to
      if (email === null || !plainAddress.test(email)) return { how: 'refused', reason: 'refused-by-recipient', fault: 'EADDRESS' }
      try {
        const mail = mailFor(letter, email, office, settings.from)
        // Made whole first: as a stream it would go to the socket in dozens of small pieces, which costs as much as all the rest.
        const raw = await new MailComposer(mail).compile().build()
        await pool.sendMail({ envelope: { from: mail.from.address, to: [email] }, raw })
        return { how: 'accepted', providerId: null }
      } catch (error) {
        return outcomeOf(error, letter.thread !== undefined)
      }
    },
    close: () => pool.close(),
  }
}

function mailFor(letter: Outgoing, email: string, office: Office, from: string): SendMailOptions & { from: { address: string } } {
  const { subject, text, html, calendar } = mailOf(letter, office)
  const { thread } = letter
  const sender = thread !== undefined && plainAddress.test(thread.mailbox) ? thread.mailbox : from
  const answers = thread === undefined && plainAddress.test(office.email) ? office.email : sender
  return {
    messageId: letter.messageId,
    from: { name: oneLine(office.name), address: sender },
    replyTo: answers,
    to: { name: '', address: email },
    subject: oneLine(subject),
    text,
    html,
    textEncoding: 'quoted-printable',
    // A clerk's answer is the only one a person wrote (RFC 3834).
    headers:
      thread === undefined || thread.automatic === true
        ? { 'Auto-Submitted': thread === undefined ? 'auto-generated' : 'auto-replied' }
        : {},
    ...(thread === undefined ? {} : threadHeaders(thread)),
    ...(calendar === null ? {} : { icalEvent: { method: calendar.method, content: calendar.content, filename: false } }),
  }
}

function threadHeaders({ inReplyTo, references }: MailThread): Pick<SendMailOptions, 'inReplyTo' | 'references'> {
  const known = references.filter((each) => plainId.test(each))
  return { ...(plainId.test(inReplyTo) ? { inReplyTo } : {}), ...(known.length === 0 ? {} : { references: known }) }
}

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()

interface SmtpError {
  readonly code?: string
  /** The system's own, where nodemailer put a word of its own in its place. */
  readonly originalCode?: string
  readonly syscall?: string
  readonly command?: string
  readonly responseCode?: number
  readonly timeoutType?: string
}

/** The conversation had not come to a message yet: no connection, nobody vouches for the server, a wrong password. */
function hadNotBegun({ code = '', originalCode = '', syscall, timeoutType = '' }: SmtpError): boolean {
  if (['EDNS', 'EAUTH', 'ETLS'].includes(code) || syscall === 'connect' || isUntrusted(originalCode)) return true
  return /^(CONNECT|GREETING|UPGRADE|DNS)/.test(timeoutType)
}

/**
 * What an error says of the message. 5xx to its recipient or content: never. 4xx to them: not now. What was said
 * before or of anything else, 421: nobody's now. The connection lost on the way: it may have been accepted.
 */
function outcomeOf(error: unknown, ownSender: boolean): Handed {
  const { code = 'EUNKNOWN', command = '', responseCode, ...rest } = error as SmtpError
  const fault = responseCode === undefined ? (rest.originalCode ?? code) : `${code} ${responseCode}`
  if (code === 'EMESSAGE' && responseCode === undefined) return { how: 'refused', reason: 'not-accepted', fault }
  if (responseCode !== undefined && responseCode !== 421) {
    if (command.startsWith('RCPT TO') || command.startsWith('DATA')) {
      if (responseCode < 500) return { how: 'later', fault }
      return { how: 'refused', reason: command.startsWith('RCPT') ? 'refused-by-recipient' : 'not-accepted', fault }
    }
    // Of a sender of its own: other messages have another.
    if (command.startsWith('MAIL FROM') && ownSender) return { how: 'later', fault }
  }
  return responseCode !== undefined || hadNotBegun({ code, ...rest }) ? { how: 'away', fault } : { how: 'unknown', fault }
}
