/** A mail as the office reads it: plain words, nothing of its attachments but that they were there. */
import type { Language } from '../../platform/words.js'

/** `person` asks something; the others are set apart, and nobody is told of them. */
export const mailKinds = ['person', 'auto-reply', 'bounce', 'list', 'spam'] as const
export type MailKind = (typeof mailKinds)[number]

/** An attachment is noted, never kept: its ending as `pdf`, and how large it was. */
export interface NotedFile {
  readonly extension: string
  readonly bytes: number
}

/** What another server says of a message it could not hand on (RFC 3464). */
export interface Bounce {
  /** Message-ID of ours, with its brackets; null when the report does not say. */
  readonly messageId: string | null
  /** Enhanced status code, as 5.1.1; null when the report has none. */
  readonly status: string | null
}

export interface ParsedMail {
  /** With its brackets; where the mail has none made of what it says, so that the same mail has the same. */
  readonly messageId: string
  /** Of its sender, date, subject and text: the same by whatever way it came, another where a mail bears another's Message-ID. */
  readonly digest: string
  /** Message-IDs the mail answers, oldest first, at most as many as a thread has. */
  readonly references: readonly string[]
  /** Whom an answer goes to; null when the mail names nobody. */
  readonly from: { readonly name: string | null; readonly address: string } | null
  readonly subject: string
  readonly sentAt: Temporal.Instant | null
  /** Without quotes of earlier mails and without signatures. */
  readonly text: string
  readonly language: Language
  readonly kind: MailKind
  /** The sender says that no program is to answer. */
  readonly quiet: boolean
  readonly files: readonly NotedFile[]
  /** Too large or too twisted: only its head was read. */
  readonly headOnly: boolean
  readonly bounce: Bounce | null
}
