/**
 * The shape of every answer the program gives about what may be done.
 *
 * A decision is allowed or refused, with a stable code, what it honestly rests on, and what the
 * person can do next. Pages, buttons, the API, the kiosk and the door show the same decision.
 */

/** What an answer rests on. A paragraph is named only for what it says; else the office's own setting. */
export type Basis =
  | { readonly kind: 'provision'; readonly act: string; readonly reference: string; readonly provision: string }
  | { readonly kind: 'setting'; readonly setting: string }

/**
 * What the person can do next; a page turns it into a link, a number to tap or a sentence.
 * `kind` is one of the words/…/decision.json keys `next.KIND`; the other fields fill it.
 */
export interface NextStep {
  readonly kind: string
  /** Address inside the program, where the step is a page. */
  readonly href?: string
  /** Phone in international form, where the step is a call. */
  readonly phone?: string
  readonly email?: string
  /** Values for the sentence: times as ISO text, names as they are. */
  readonly values?: Readonly<Record<string, string | number>>
}

export interface Allowed<Code extends string = string> {
  readonly allowed: true
  readonly code: Code
  readonly basis: readonly Basis[]
  readonly next: readonly NextStep[]
}

export interface Refused<Code extends string = string> {
  readonly allowed: false
  readonly code: Code
  readonly basis: readonly Basis[]
  readonly next: readonly NextStep[]
  /** Values for the sentence of the code, such as `from` for "too early". */
  readonly values?: Readonly<Record<string, string | number>>
}

export type Decision<Yes extends string = string, No extends string = string> = Allowed<Yes> | Refused<No>

export function allow<Code extends string>(code: Code, basis: readonly Basis[] = [], next: readonly NextStep[] = []): Allowed<Code> {
  return { allowed: true, code, basis, next }
}

export function refuse<Code extends string>(
  code: Code,
  basis: readonly Basis[] = [],
  next: readonly NextStep[] = [],
  values?: Readonly<Record<string, string | number>>,
): Refused<Code> {
  return values ? { allowed: false, code, basis, next, values } : { allowed: false, code, basis, next }
}

export function setting(name: string): Basis {
  return { kind: 'setting', setting: name }
}

/** One thing wrong with what was typed: the field and the key of the sentence that says it. */
export interface FieldError {
  readonly field: string
  /** Key of a message; its values, if any. */
  readonly message: string
  readonly values?: Readonly<Record<string, string | number>>
}
