/**
 * What was scanned or typed, and when two scans are one. Pure. Who may come in is regulation's to say.
 */
import { officeDay } from '../platform/clock.js'
import { parseReference, type Secrets } from '../platform/references.js'
import { hasRole, type Staff } from '../staff/index.js'
import { passTokenOf, type Visit, type VisitState } from '../visit/index.js'
import { sameScanSeconds, type Entry, type Purpose } from './model.js'

export type Scan =
  | { readonly kind: 'pass'; readonly visitId: number }
  | {
      readonly kind: 'reference'
      readonly reference: string
      /** The same text as a surname, where it could be one. */ readonly surname: string | null
    }
  | { readonly kind: 'surname'; readonly surname: string }
  /** One letter: too little to look for. */
  | { readonly kind: 'too-short' }
  | { readonly kind: 'unreadable' }

/** Text that names no visit: asked about when what was scanned is not kept. */
export const noCode = '-'

/** Longest text a scanner or a guard may send. */
export const scanLengthMax = 300

/** A pass (its address, signed or not, or its bare token), a reference, or a surname of at least two letters. */
export function parseScan(typed: string, secrets: Pick<Secrets, 'visitOfPass'>): Scan {
  const text = typed.normalize('NFC').trim()
  if (text === '' || text.length > scanLengthMax) return { kind: 'unreadable' }
  const token = passTokenOf(text)
  if (token !== null) {
    const visitId = secrets.visitOfPass(token)
    return visitId === null ? { kind: 'unreadable' } : { kind: 'pass', visitId }
  }
  if (/^\p{L}$/u.test(text)) return { kind: 'too-short' }
  const surname = /^[\p{L}][\p{L}\s'’-]{1,59}$/u.test(text) ? text : null
  const reference = parseReference(text)
  if (reference !== null) return { kind: 'reference', reference, surname }
  return surname === null ? { kind: 'unreadable' } : { kind: 'surname', surname }
}

/** Letters with marks, and what they are looked for as: the guard's keyboard may have none. */
export const foldedLetters = ['ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', 'acelnoszzACELNOSZZ'] as const

/** The typed words of a name, each as the beginning of a word, without marks and in small letters. */
export function nameWords(typed: string): string[] {
  const folded = [...typed.normalize('NFC')].map((letter) => {
    const at = foldedLetters[0].indexOf(letter)
    return at < 0 ? letter : foldedLetters[1].charAt(at)
  })
  return folded
    .join('')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
}

/** A guard with a building works its door only; whoever else may work a door works every one. */
export function mayWorkDoor(staff: Staff, buildingId: string): boolean {
  return hasRole(staff, ['service-office', 'administrator']) || staff.buildingId === null || staff.buildingId === buildingId
}

/** Do the limits of a building count whoever comes for this? Clients and who comes with them; no staff, no courier. */
export function isCounted(purpose: Purpose): boolean {
  return purpose === 'visit' || purpose === 'drop-off' || purpose === 'companion' || purpose === 'interpreter'
}

/** Let in, and the visit is open. */
export function isInside(state: VisitState): boolean {
  return state === 'arrived' || state === 'called' || state === 'serving' || state === 'parked'
}

/** True when the entry brought the visit in: expected here and that day, and not ended before. */
export function gaveTicket(entry: Entry, visit: Visit): boolean {
  const ended = entry.code === 'cancelled' || entry.code === 'visit-over'
  return !ended && visit.buildingId === entry.buildingId && visit.day.equals(officeDay(entry.at))
}

/** True when the entry is the same scan again: a double scan, a second guard, a request sent twice. */
export function isSameScan(entry: Entry, at: Temporal.Instant): boolean {
  return secondsSince(entry, at) <= sameScanSeconds
}

function secondsSince(entry: Entry, at: Temporal.Instant): number {
  return at.since(entry.at).total('seconds')
}
