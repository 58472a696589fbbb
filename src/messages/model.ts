/**
 * A message to a person: said in words of words/, to an e-mail or a phone, made of a row of the
 * outbox by whoever wrote that row.
 *
 * Codes and links that open something are named (`Secret`), never written down: they are derived
 * when the message is handed over or shown, so that a stolen table opens no visit.
 */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import type { Directory, Office } from '../directory/index.js'

/** A code or a link derived with the server's keys. */
export type Secret =
  /** The six digits with which a visit is confirmed; `round`: which of those sent. */
  | { readonly secret: 'code'; readonly reference: string; readonly round: number }
  /** The page with the button that confirms. */
  | { readonly secret: 'confirm-link'; readonly reference: string; readonly round: number }
  /** The page of a visit for its owner, from any device. */
  | { readonly secret: 'visit-link'; readonly reference: string }
  /** The page on which it is cancelled in one step. */
  | { readonly secret: 'cancel-link'; readonly reference: string }
  /** The page of an entry in the line for earlier times, with what is offered to it. */
  | { readonly secret: 'line-link'; readonly reference: string }
  /** The page that asks how a visit was; the reference is the invitation's, and opens nothing else. */
  | { readonly secret: 'feedback-link'; readonly reference: string }
  /** The page with the button that takes a time proposed in a mail. */
  | { readonly secret: 'time-link'; readonly reference: string }
  /** The page with the button that confirms an entry of a draw. */
  | { readonly secret: 'lot-link'; readonly reference: string; readonly round: number }

/** A sentence: a key of words/ and its values. */
export interface Said {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number | Secret>>
  /** The office's own wording of it, an ICU message with the same places. */
  readonly wording?: string
}

/** `href` is a path of the office's pages, without a language, or a secret that becomes an address. */
export interface MessageLink {
  readonly href: string | Secret
  readonly label: Said
}

/** An e-mail address, a phone as +48655298100, or both: a delivery takes what it reaches. */
export interface Recipient {
  readonly email: string | null
  readonly phone: string | null
}

/** The ways a message goes: by e-mail, as an SMS. */
export const messageWays = ['email', 'sms'] as const
export type MessageWay = (typeof messageWays)[number]

/** A visit as a calendar of the person's shows it; the same `uid` adds, changes and takes away one entry. */
export interface CalendarEntry {
  readonly method: 'request' | 'cancel'
  readonly uid: string
  /** Grows with each change of the visit. */
  readonly sequence: number
  /** Instants as ISO 8601. */
  readonly startsAt: string
  readonly endsAt: string
  readonly title: Said
  readonly place: Said
}

/** The thread of mails an answer belongs to. */
export interface MailThread {
  /** Which of the office's mailboxes it leaves from. */
  readonly mailbox: string
  /** Message-IDs with their angle brackets; `references` oldest first, `inReplyTo` included. */
  readonly inReplyTo: string
  readonly references: readonly string[]
  /** No person wrote it: the head says `Auto-Submitted: auto-replied`, so that no program answers. */
  readonly automatic?: boolean
}

/** The unit that signs, as the office calls it, and its phone as +48655298100; without one the office's is given. */
export interface SigningUnit {
  readonly name: string
  readonly phone: string | null
}

export interface Message {
  readonly to: Recipient
  readonly language: Language
  readonly subject: Said
  readonly lines: readonly Said[]
  /** What the person is asked to open first. */
  readonly link: MessageLink | null
  /** Further links, after the lines. */
  readonly more?: readonly MessageLink[]
  readonly visitId: number | null
  /** Nobody has shown that the contact is theirs: anybody can cause such messages, so that there are few of them a day. */
  readonly anybody?: boolean
  /** The day what is personal in it is erased; without it, as many days after today as the office keeps data. */
  readonly eraseOn?: Temporal.PlainDate
  /** What is said as an SMS, which is short; without it the subject and the first link. */
  readonly short?: readonly Said[]
  /** Both ways where the person left both; usually by e-mail, and as an SMS only where there is no e-mail. */
  readonly both?: boolean
  /** The way it goes where it may go by each; without it by e-mail. */
  readonly first?: MessageWay
  /** Asked for at this very moment, or of use now alone: quiet hours do not hold it up. */
  readonly atOnce?: boolean
  /** After it the message helps nobody: it is dropped, and the visit says so. */
  readonly usefulUntil?: Temporal.Instant
  readonly calendar?: CalendarEntry
  readonly thread?: MailThread
  /** Whose matter it is: signs with the office. */
  readonly unit?: SigningUnit
}

export type Payload = Readonly<Record<string, number | string>>

export interface ComposerFacts {
  /** The office's time of composing. */
  readonly now: Temporal.Instant
  readonly office: Directory
}

/** Makes the message of a row of the outbox, from what is true now; null when there is nothing to say any more. */
export type Composer = (database: Queryable, payload: Payload, facts: ComposerFacts) => Promise<Message | null>

/** Composers by the kind of outbox row. Rows of other kinds are nobody's, and are erased after two days. */
export type Composers = Readonly<Record<string, Composer>>

/** A message as it is kept: said in its language, with the places of its secrets. */
export interface Content {
  readonly subject: string
  readonly lines: readonly string[]
  readonly links: readonly { readonly href: string; readonly label: string }[]
  /** What stands at the places ⟦0⟧, ⟦1⟧ … */
  readonly secrets: readonly Secret[]
  readonly short?: readonly string[]
  readonly calendar?: Omit<CalendarEntry, 'title' | 'place'> & { readonly title: string; readonly place: string }
  readonly thread?: MailThread
  readonly unit?: SigningUnit
}

/** A message as the person reads it. */
export interface Letter {
  readonly id: number
  readonly at: Temporal.Instant
  readonly language: Language
  readonly to: Recipient
  readonly subject: string
  readonly lines: readonly string[]
  readonly links: readonly { readonly href: string; readonly label: string }[]
  readonly short?: readonly string[]
  readonly calendar?: Content['calendar']
  readonly thread?: MailThread
  readonly unit?: SigningUnit
}

/** What became of a message by one way. `sent`: the other side accepted it; `delivered`: it reported so. */
export const messageStates = ['queued', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'dropped'] as const
export type MessageState = (typeof messageStates)[number]

/** Why a message was dropped, failed or is uncertain; the schema holds which goes with which. */
export const messageReasons = [
  'nothing-to-say',
  'too-late',
  'too-many',
  'no-way',
  'not-composed',
  'crashed',
  'refused-by-recipient',
  'not-accepted',
  'bounced',
  'not-delivered',
  'gave-up',
  'erased',
  'uncertain',
] as const
export type MessageReason = (typeof messageReasons)[number]

/** Why there was no message to send: it goes back to the outbox to be made again. */
export const uncomposed = ['not-composed', 'crashed'] as const satisfies readonly MessageReason[]

/** What a report of the other side says of a message it accepted. */
export type ReportMeaning = 'delivered' | 'not-delivered' | 'under-way'

/** How the handing over of one message ended. */
export type Handed =
  /** The other side has it, and knows it by this name. */
  | { readonly how: 'accepted'; readonly providerId: string | null }
  /** It will never be taken: the address is wrong, or what is said. */
  | { readonly how: 'refused'; readonly reason: 'refused-by-recipient' | 'not-accepted'; readonly fault: string }
  /** Not this message, not now: it is put off. */
  | { readonly how: 'later'; readonly fault: string }
  /** No message now: the other side is away, or does not know us. */
  | { readonly how: 'away'; readonly fault: string }
  /** It was handed over, but no answer came: it may have been accepted. */
  | { readonly how: 'unknown'; readonly fault: string }

/** A way by which messages leave. */
export interface Delivery {
  readonly way: MessageWay
  /** What stands in the log: mailbox, smtp, smsapi … */
  readonly name: string
  /** Handed over side by side. */
  readonly parallel: number
  /** One handed over again is known as the same by whoever gets it: so it is done when nobody knows how it ended. */
  readonly repeatable: boolean
  /** Hands a letter over and says how that ended; whoever does it waits for the answer no longer than `deliverMost`. */
  deliver(letter: Outgoing, office: Office): Promise<Handed>
  close?(): void
}

/** A letter on its way: what it is known by on the other side. */
export interface Outgoing extends Letter {
  /** Of an e-mail, with its angle brackets. */
  readonly messageId: string
  /** Of an SMS: letters and digits, the same when it is handed over again. */
  readonly reference: string
}
