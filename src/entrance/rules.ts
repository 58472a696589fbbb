/**
 * What was scanned or typed, and when two scans are one. Pure. Who may come in is regulation's to say.
 */
import { parseReference, type Secrets } from '../platform/references.js'
import type { VisitState } from '../visit/index.js'
import { sameScanSeconds, type Entry } from './model.js'

export type Scan =
  | { readonly kind: 'pass'; readonly visitId: number }
  | {
      readonly kind: 'reference'
      readonly reference: string
      /** The same text as a surname, where it could be one. */ readonly surname: string | null
    }
  | { readonly kind: 'surname'; readonly surname: string }
  | { readonly kind: 'unreadable' }

/** Text that names no visit: asked about when what was scanned is not kept. */
export const noCode = '-'

/** Longest text a scanner or a guard may send. */
export const scanLengthMax = 300

/** A pass (its address or its bare token), a reference, or a surname of at least two letters. */
export function parseScan(typed: string, secrets: Pick<Secrets, 'visitOfPass'>): Scan {
  const text = typed.trim()
  if (text === '' || text.length > scanLengthMax) return { kind: 'unreadable' }
  const token = /\/q\/([A-Za-z0-9_-]{22})(?:[?#].*)?$/.exec(text)?.[1] ?? (/^[A-Za-z0-9_-]{22}$/.test(text) ? text : null)
  if (token !== null) {
    const visitId = secrets.visitOfPass(token)
    return visitId === null ? { kind: 'unreadable' } : { kind: 'pass', visitId }
  }
  const surname = /^[\p{L}][\p{L}\s'’-]{1,59}$/u.test(text) ? text : null
  const reference = parseReference(text)
  if (reference !== null) return { kind: 'reference', reference, surname }
  return surname === null ? { kind: 'unreadable' } : { kind: 'surname', surname }
}

/** Let in, and the visit is open. */
export function isInside(state: VisitState): boolean {
  return state === 'arrived' || state === 'called' || state === 'serving' || state === 'parked'
}

/** True when the entry is the same scan again: a double scan, a second guard, a request sent twice. */
export function isSameScan(entry: Entry, at: Temporal.Instant): boolean {
  return secondsSince(entry, at) <= sameScanSeconds
}

function secondsSince(entry: Entry, at: Temporal.Instant): number {
  return at.since(entry.at).total('seconds')
}
