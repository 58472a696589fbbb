/** A test office that reads one mailbox, and mails to it. */
import { parseMail } from '../../../src/inbox/parse/parse.js'
import type { Mailbox } from '../../../src/inbox/mailboxes.js'
import { takeMail, type OnBounce, type Taken } from '../../../src/inbox/take.js'
import type { Context } from '../../../src/platform/context.js'

export const mailbox: Mailbox = {
  id: 'urzad',
  name: 'Skrzynka urzędu',
  unit: null,
  otherwise: 'biuro-obslugi',
  address: 'um@leszno.example',
  imap: { host: '127.0.0.1', port: 143, secure: false, user: 'ala', password: 'kot', folder: 'INBOX', plain: true, authority: null },
}

/** Another of the office's, which a mail may be addressed to as well. */
export const otherMailbox: Mailbox = { ...mailbox, id: 'komunikacja', name: 'Wydział Komunikacji', address: 'wk@leszno.example' }

export interface Written {
  readonly id?: string
  readonly from?: string
  readonly subject?: string
  readonly text?: string
  /** Further heads. */
  readonly heads?: readonly string[]
  /** Message-ID it answers. */
  readonly answers?: string
  readonly file?: string
}

let written = 0

/** A mail as bytes. */
export function mailOf({
  id = `<m${(written += 1)}@poczta.example>`,
  from = 'Anna Kowalska <anna@poczta.example>',
  subject = 'Rejestracja samochodu',
  text = 'Dzień dobry, chcę zarejestrować samochód.',
  heads = [],
  answers,
  file,
}: Written = {}): Buffer {
  const head = [
    `Message-ID: ${id}`,
    `From: ${from}`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    ...(answers === undefined ? [] : [`In-Reply-To: ${answers}`, `References: ${answers}`]),
    ...heads,
  ]
  const plain = `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`
  const body =
    file === undefined
      ? plain
      : `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${plain}--b\r\nContent-Type: application/pdf; name="${file}"\r\nContent-Disposition: attachment; filename="${file}"\r\n\r\n%PDF\r\n--b--\r\n`
  return Buffer.from(`${head.join('\r\n')}\r\n${body}`)
}

/** A report on a message of ours (RFC 3464), as the mail server of its recipient sends it. */
export function reportOf(messageId: string, action: 'failed' | 'delayed', status: string): Buffer {
  const parts = [
    'Content-Type: text/plain\r\n\r\nThis is the mail system.',
    `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; b.example\r\n\r\nFinal-Recipient: rfc822; x@b.example\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 no such user`,
    `Content-Type: message/rfc822\r\n\r\nMessage-ID: ${messageId}\r\nSubject: Wizyta\r\n\r\ntekst`,
  ]
  const heads = ['From: MAILER-DAEMON@b.example', 'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '']
  return Buffer.from([...heads, ...parts.map((part) => `--r\r\n${part}`), '--r--'].join('\r\n'))
}

/** Takes a mail in, as if it came from no server. */
export async function taken(context: Context, mail: Written | Buffer = {}, onBounce?: OnBounce, to: Mailbox = mailbox): Promise<Taken> {
  const parsed = await parseMail(Buffer.isBuffer(mail) ? mail : mailOf(mail))
  return takeMail(context, { mailbox: to, mail: parsed, position: null, ...(onBounce === undefined ? {} : { onBounce }) })
}
