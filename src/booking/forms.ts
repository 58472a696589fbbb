/**
 * What people type about themselves → a person, or what is wrong field by field.
 *
 * Spaces, dashes and brackets in a phone are forgiven, never scolded. The same reading for pages and
 * API, so that one contact has one form and the limits per contact hold.
 */
import type { FieldError } from '../platform/decision.js'
import type { Person } from '../visit/index.js'

export const nameCharactersMax = 100
export const emailCharactersMax = 254

export interface TypedPerson {
  readonly name?: string | null | undefined
  readonly email?: string | null | undefined
  readonly phone?: string | null | undefined
}

/** Who must be reachable: a person on the web leaves a phone or an e-mail, a caller need not. */
export type ContactRule = 'contact-needed' | 'contact-optional'

/** Reads a person. Fields are called `name`, `phone` and `email`; errors stand in their order on the page. */
export function readPerson(
  typed: TypedPerson,
  rule: ContactRule,
): { readonly person: Person } | { readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const add = (field: string, code: string): null => {
    errors.push({ field, message: `booking.error.${code}` })
    return null
  }
  const name = readName(typed.name ?? '') ?? add('name', nameProblem(typed.name ?? ''))
  const typedEmail = (typed.email ?? '').trim()
  const typedPhone = (typed.phone ?? '').trim()
  const phone = typedPhone === '' ? null : (readPhone(typedPhone) ?? add('phone', 'phone-wrong'))
  const email = typedEmail === '' ? null : (readEmail(typedEmail) ?? add('email', 'email-wrong'))
  if (rule === 'contact-needed' && typedEmail === '' && typedPhone === '') add('phone', 'contact-missing')
  return errors.length > 0 ? { errors } : { person: { name, email, phone } }
}

/** What of a person is right as typed, so that it need not be typed again. */
export function readRight(typed: TypedPerson): Person {
  return { name: readName(typed.name ?? ''), email: readEmail(typed.email ?? ''), phone: readPhone(typed.phone ?? '') }
}

/** A name as people write it, or null. */
export function readName(typed: string): string | null {
  const name = typed.normalize('NFC').trim().replaceAll(/\s+/g, ' ')
  return nameProblemOf(name) === null ? name : null
}

function nameProblem(typed: string): string {
  return nameProblemOf(typed.normalize('NFC').trim().replaceAll(/\s+/g, ' ')) ?? 'name-wrong'
}

/** Letters that nobody sees, and marks piled so high that they would cover the lines around a name. */
const drawnOddly = /\p{Default_Ignorable_Code_Point}|\p{M}{5}/u

function nameProblemOf(name: string): string | null {
  if (name === '') return 'name-missing'
  if (name.length > nameCharactersMax) return 'name-long'
  // Letters of any script, marks, digits for "Jan III", and what stands between them; no tags, no control characters.
  const written = /^[\p{L}\p{M}\p{N} .,'’`\-–()/]+$/u.test(name) && /\p{L}/u.test(name)
  return written && !drawnOddly.test(name) ? null : 'name-wrong'
}

/** An e-mail address in small letters, or null. Nothing invisible: neither PostgreSQL nor a mailbox takes it. */
export function readEmail(typed: string): string | null {
  const email = typed.trim().toLowerCase()
  // No dot stands first, last or beside another, and no hyphen at the edge of a part of the domain: such mail goes nowhere.
  if (email.length > emailCharactersMax || /^\.|\.\.|\.@|@(.*\.)?-|-\.[^@]*$|-$/.test(email)) return null
  return /^[^\s\p{C}\ufffd@<>()"',;:\\[\]]+@[a-z0-9\p{L}-]+(\.[a-z0-9\p{L}-]+)+$/u.test(email) ? email : null
}

/** A phone with its country code, as +48655298100, or null. Nine digits are Polish. */
export function readPhone(typed: string): string | null {
  const plain = typed.replaceAll(/[\s\-–().\u00a0/]/g, '').replace(/^00/, '+')
  if (/^[1-9]\d{8}$/.test(plain)) return `+48${plain}`
  if (/^0[1-9]\d{8}$/.test(plain)) return `+48${plain.slice(1)}`
  if (/^48[1-9]\d{8}$/.test(plain)) return `+${plain}`
  if (plain.startsWith('+48')) return /^\+48[1-9]\d{8}$/.test(plain) ? plain : null
  return /^\+[1-9]\d{6,14}$/.test(plain) ? plain : null
}
