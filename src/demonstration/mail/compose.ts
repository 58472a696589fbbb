/** A mail as a person's program would send it: bytes with their heads, and what is answered quoted below. */
import MailComposer from 'nodemailer/lib/mail-composer'
import { officeDay } from '../../platform/clock.js'
import { wallTime, words, type Language } from '../../platform/words.js'
import type { MailboxFacts } from '../../inbox/index.js'

export interface Written {
  /** With its angle brackets; the same mail twice has the same. */
  readonly messageId: string
  readonly from: { readonly name: string | null; readonly address: string }
  readonly to: MailboxFacts
  readonly subject: string
  readonly text: string
  readonly at: Temporal.Instant
  /** What it answers; null: it begins a thread. */
  readonly answers: Answered | null
  /** A scan hangs on it. */
  readonly scan: boolean
  /** Written by a program while its owner is away (RFC 3834). */
  readonly automatic?: boolean
}

export interface Answered {
  readonly messageId: string
  /** Message-IDs of the thread before it, the oldest first. */
  readonly references: readonly string[]
  /** Who wrote it, when and in which language; the whole text. */
  readonly who: string
  readonly at: Temporal.Instant
  readonly language: Language
  readonly text: string
}

/** A page with nothing on it: only that something hangs on the mail is looked at. */
const scan = { filename: 'skan.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n'), contentType: 'application/pdf' }

export function composeMail({ from, to, answers, ...mail }: Written): Promise<Buffer> {
  return new MailComposer({
    messageId: mail.messageId,
    date: new Date(mail.at.epochMilliseconds),
    from: { name: from.name ?? '', address: from.address },
    to: { name: to.name, address: to.address },
    subject: mail.subject,
    text: answers === null ? mail.text : `${mail.text}\n\n${quoted(answers)}\n`,
    textEncoding: 'quoted-printable',
    ...(answers === null ? {} : { inReplyTo: answers.messageId, references: [...answers.references, answers.messageId] }),
    ...(mail.scan ? { attachments: [scan] } : {}),
    ...(mail.automatic === true ? { headers: { 'Auto-Submitted': 'auto-replied' } } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

/** "W dniu pon., 25 maj 2020 o 07:31 Urząd <…> napisał(a):" and each line behind a mark. */
function quoted({ who, at, language, text }: Answered): string {
  const day = officeDay(at).toLocaleString(language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const begins = words(language)('demonstration.write.quoted', { day, time: wallTime(at), who })
  return [
    begins,
    '',
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => `> ${line}`.trimEnd()),
  ].join('\n')
}
