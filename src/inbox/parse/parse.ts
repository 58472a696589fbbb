/**
 * From the bytes of a mail to what the office reads of it. Bounded in size, depth and parts, and
 * never in vain: what cannot be read whole is read by its head, so that no mail is lost and none
 * holds up the next. Attachments are counted, never opened.
 */
import { createHash } from 'node:crypto'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { textOfHtml } from './html.js'
import { isQuiet, kindOf, type Heads } from './kind.js'
import { languageOf } from './language.js'
import type { Bounce, NotedFile, ParsedMail } from './model.js'
import { ownText } from './quotes.js'

/** Larger mails are fetched and read by their head alone. */
export const mailBytesMax = 8 * 1024 * 1024
export const headBytesMax = 128 * 1024
const nestingMax = 30
/** Lines that could begin a part: no honest mail has more. */
const partsMax = 400
/** Each line costs the reader; as many hold the largest mail in lines of the usual length. */
const linesMax = 120_000
const filesMax = 50
const referencesMax = 40
/** Furthest a date may be from 1970, in milliseconds: a thousand years. */
const datesMax = 1_000 * 365 * 24 * 3_600_000
const idPattern = /<[^<>\s\p{Cc}]{1,400}>/gu
const options = { maxNestingDepth: nestingMax, maxHeadersSize: headBytesMax, maxRfc822NestingDepth: 2 }
const nothing: Email = { headers: [], headerLines: [], attachments: [] }

/** Reads a mail; `headOnly` where the rest was not even fetched. Never throws. */
export async function parseMail(raw: Buffer, { headOnly = false } = {}): Promise<ParsedMail> {
  const whole =
    headOnly || raw.length > mailBytesMax || countOf(raw, '\n--', partsMax) > partsMax || countOf(raw, '\n', linesMax) > linesMax
      ? null
      : await read(raw)
  const email = whole ?? (await read(headOf(raw))) ?? nothing
  const heads: Heads = new Map(email.headers.toReversed().map(({ key, value }) => [key, value]))
  const sender = senderOf(email)
  const bounce = bounceOf(email)
  const subject = oneLine(email.subject ?? '', 300)
  const body = whole === null ? '' : bodyOf(email)
  const text = ownText(clean(body))
  const sentAt = instantOf(email.date)
  const lines = body
    .trim()
    .split('\n', linesMax)
    .map((line) => line.trimEnd())
  const digest = digestOf(JSON.stringify([sender?.address.toLowerCase(), sentAt, subject, lines, bounce]))
  return {
    // Without a date, what says the same need not be the same: its bytes tell.
    messageId: idsIn(email.messageId)[0] ?? `<${(sentAt === null ? digestOf(raw) : digest).slice(0, 40)}@okienko.invalid>`,
    digest,
    references: [...new Set([...idsIn(email.references), ...idsIn(email.inReplyTo)])].slice(-referencesMax),
    from: sender,
    subject,
    sentAt,
    text,
    language: languageOf(`${subject.replace(/^((re|fwd?|odp|pd|aw)\s*:\s*)+/i, '')}\n${text}`),
    kind: kindOf(heads, { from: email.from?.address ?? null, subject, failed: bounce !== null }),
    quiet: isQuiet(heads, email.from?.address ?? null),
    files: email.attachments.filter(isFile).slice(0, filesMax).map(noted),
    headOnly: whole === null,
    bounce,
  }
}

function digestOf(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

async function read(raw: Buffer): Promise<Email | null> {
  try {
    return await PostalMime.parse(raw, options)
  } catch {
    return null
  }
}

function headOf(raw: Buffer): Buffer {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((at) => at >= 0)
  return raw.subarray(0, Math.min(headBytesMax - 1, ...ends, raw.length))
}

/** How often it stands there, counted up to one more than `most`. */
function countOf(raw: Buffer, sign: string, most: number): number {
  let count = 0
  for (let at = raw.indexOf(sign); at >= 0 && count <= most; at = raw.indexOf(sign, at + sign.length)) count += 1
  return count
}

/** Plain text where there is some; a mail of HTML alone is made plain. */
function bodyOf({ text = '', html = '' }: Email): string {
  if (text.trim() !== '' || html === '') return text
  try {
    return textOfHtml(html)
  } catch {
    return ''
  }
}

function senderOf({ from, replyTo }: Email): ParsedMail['from'] {
  const asked = replyTo?.length === 1 ? replyTo[0] : undefined
  const sender = asked?.address !== undefined && isAddress(asked.address) ? asked : from?.address === undefined ? from?.group?.[0] : from
  const address = sender?.address?.trim() ?? ''
  if (!isAddress(address)) return null
  const name = oneLine(sender?.name ?? '', 100)
  return { name: name === '' || name.includes('@') ? null : name, address }
}

/** One plain address: nothing that could carry a second one or a line into a head. */
function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/u.test(text.trim())
}

function idsIn(text: string | undefined): string[] {
  return text?.slice(0, 20_000).match(idPattern) ?? []
}

function instantOf(date: string | undefined): Temporal.Instant | null {
  const milliseconds = date === undefined ? Number.NaN : Date.parse(date)
  // Of a year the database cannot keep it says nothing: such a head would hold up every mail behind it.
  return Number.isNaN(milliseconds) || Math.abs(milliseconds) > datesMax ? null : Temporal.Instant.fromEpochMilliseconds(milliseconds)
}

/** Without what no text may hold: control characters, lone halves of letters, marks that turn the direction. */
function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
}

function oneLine(text: string, most: number): string {
  return clean(text).replaceAll(/\s+/g, ' ').trim().slice(0, most).toWellFormed()
}

/** Pictures of a signature and parts of a report are no papers. */
function isFile({ related, disposition, mimeType }: Attachment): boolean {
  return (
    related !== true &&
    !(disposition === 'inline' && mimeType.startsWith('image/')) &&
    !/^(message\/(delivery-status|rfc822|global)|text\/rfc822-headers|application\/pgp-signature)/.test(mimeType)
  )
}

function noted({ filename, content, mimeType }: Attachment): NotedFile {
  const extension =
    /\.([\p{L}\p{N}]{1,8})$/u.exec(filename?.trim() ?? '')?.[1] ??
    mimeType
      .split('/')[1]
      ?.replaceAll(/[^\p{L}\p{N}]/gu, '')
      .slice(0, 8) ??
    ''
  return { extension: extension.toLowerCase(), bytes: typeof content === 'string' ? content.length : content.byteLength }
}

const textOf = ({ content }: Attachment): string =>
  (typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8')).slice(0, 64 * 1024)

/** A report that a message was not delivered; one that it is only late is none. */
function bounceOf({ attachments }: Email): Bounce | null {
  const report = attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/.test(mimeType))
  if (report === undefined) return null
  const said = textOf(report)
  if (!/^action:\s*failed/im.test(said)) return null
  const original = attachments.filter(({ mimeType }) => /^(message\/(rfc822|global)|text\/rfc822-headers)/.test(mimeType)).map(textOf)
  return {
    messageId: original.map((head) => idsIn(/^message-id:\s*(<[^>]{1,400}>)/im.exec(head)?.[1])[0]).find((id) => id !== undefined) ?? null,
    status: /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(said)?.[1] ?? null,
  }
}
