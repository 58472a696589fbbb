/**
 * A message to a person: said in words of words/, to an e-mail or a phone, made of a row of the
 * outbox by whoever wrote that row.
 *
 * Codes and links that open something are named (`Secret`), never written down: they are derived
 * when the message is handed over or shown, so that a stolen table opens no visit.
 */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import type { Directory } from '../directory/index.js'

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
  /** The page with the button that confirms an entry of a draw. */
  | { readonly secret: 'lot-link'; readonly reference: string; readonly round: number }

/** A sentence: a key of words/ and its values. */
export interface Said {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number | Secret>>
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
}

/** A way by which messages reach people. */
export interface Delivery {
  readonly name: string
  /** Can this recipient be reached at all? */
  reaches(to: Recipient): boolean
  /** Hands a letter over; throws when that did not work this time. */
  deliver(letter: Letter): Promise<void>
}
