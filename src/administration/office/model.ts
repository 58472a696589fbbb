/**
 * The office as its people change it: every edit is an edit of the office file. One thing of it is
 * added, changed or taken away, the whole is judged as a loaded file is, and only what differs is
 * written and kept in the history.
 */
import type { FieldError } from '../../platform/decision.js'
import type { OfficeFile, Thing } from '../../directory/index.js'
import type { Role } from '../../staff/index.js'

/** Who may change something of the office; of what, say the rules. */
export const keepers: readonly Role[] = ['secretary', 'head', 'administrator']

/** What somebody wants of one thing. */
export interface Edit {
  readonly part: string
  /** Null: a new thing. */
  readonly subject: string | null
  /** Null: it is taken away. */
  readonly thing: Thing
  /** Of a matter: the desks that are to offer it, and those whose answer this is; others stay as they are. */
  readonly desks?: { readonly chosen: readonly string[]; readonly asked: readonly string[] }
}

/** What is wrong with an office as it would be. */
export interface Faults {
  /** At the fields of the thing that is edited. */
  readonly errors: readonly FieldError[]
  /** Elsewhere: at other things, or at the thing as a whole. */
  readonly conflicts: readonly Conflict[]
}

export interface Conflict {
  /** Whose conflict it is; null for the file as a whole. */
  readonly thing: { readonly part: string; readonly subject: string } | null
  readonly message: string
  readonly values: Readonly<Record<string, string | number>>
}

export type Outcome =
  | { readonly kind: 'saved'; readonly subject: string }
  /** Nothing is otherwise than it was. */
  | { readonly kind: 'same'; readonly subject: string }
  /** The thing is not there any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'wrong'; readonly faults: Faults; readonly file: OfficeFile }
  /** Somebody else changed it meanwhile: as it is now. */
  | { readonly kind: 'meanwhile'; readonly now: Thing; readonly seen: string; readonly file: OfficeFile }
