/**
 * An act on its way to become law: a draft that one person writes, a second one checks, and whose
 * signing and publication are recorded here. It becomes part of the rule book with its publication,
 * and from then on answers follow it; in force, repealed and ended follow from its days.
 */
import type { ActDocument, ActsDocument, ProvisionDocument } from '../../regulation/index.js'
import type { Role } from '../../staff/index.js'

/** Who may write, change and check drafts. */
export const writers: readonly Role[] = ['secretary', 'head', 'administrator']
/** Who may record that an act was signed or published. */
export const recorders: readonly Role[] = ['secretary', 'administrator']

export type DraftState = 'draft' | 'checked' | 'signed' | 'published' | 'withdrawn'

/** What an act says of itself. Number and day of signing are plans here: what counts is recorded with the signature. */
export type ActFacts = Omit<ActDocument, 'id' | 'number' | 'text' | 'provisions'> & { readonly number?: string }

/** What is written: the facts, and the provisions in their order; shaped as in the acts file. */
export interface Content {
  readonly act: ActFacts
  /** Conditions that came with another office's act and that ours has not. */
  readonly conditions?: NonNullable<ActsDocument['conditions']>
  readonly provisions: readonly ProvisionDocument[]
}

export interface Person {
  readonly id: number
  readonly name: string
}

export interface Draft {
  readonly id: number
  /** Id of the act it corrects; null for a new one. */
  readonly corrects: string | null
  readonly state: DraftState
  readonly content: Content
  /** The act's own words. */
  readonly text: string
  readonly revision: number
  /** Part → the revision that changed it last. */
  readonly changed: Readonly<Record<string, number>>
  readonly madeAt: Temporal.Instant
  readonly author: Person
  readonly editedBy: Person
  readonly checkedBy: Person | null
  readonly checkedAt: Temporal.Instant | null
  readonly signed: Signed | null
  readonly published: Published | null
}

export interface Signed {
  /** Number in the register of acts; a correction has one of its own. */
  readonly number: string
  readonly on: Temporal.PlainDate
  /** Function and name. */
  readonly by: string
  /** Id in the rule book. */
  readonly actId: string
}

export interface Published {
  readonly at: Temporal.Instant
  readonly places: readonly string[]
  /** Who is responsible for the content. */
  readonly responsible: string
  readonly enteredBy: Person
  /** From when answers follow it. */
  readonly enteredAt: Temporal.Instant
}

export type EventKind = 'made' | 'imported' | 'edited' | 'checked' | 'returned' | 'signed' | 'published' | 'withdrawn'

export interface ActEvent {
  readonly at: Temporal.Instant
  readonly who: string
  readonly kind: EventKind
  readonly part: string | null
}

/** What can be changed apart: two people who change different parts do not meet. */
export type Part = 'facts' | 'text' | `provision:${string}`

/** Most provisions of one act. */
export const provisionsMax = 200
