/**
 * Proof of work: a browser finds a number before it may keep a time, so that keeping many costs a
 * program what it costs a person nothing to notice. Challenges are signed and stateless; the wire
 * format is ALTCHA's first (SHA-256 of salt and number), so that its libraries solve it too.
 *
 * Pure but for the key: time and randomness are arguments.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { keyOf } from '../../platform/idempotency.js'
import type { Secrets } from '../../platform/references.js'

export interface Challenge {
  readonly algorithm: 'SHA-256'
  /** Hexadecimal SHA-256 of the salt with the number sought, 0 to `maxnumber`, in decimal digits. */
  readonly challenge: string
  readonly maxnumber: number
  readonly salt: string
  readonly signature: string
}

/** How long a challenge can be answered, in seconds: as long as somebody may look at the times. */
export const challengeSeconds = 1_800

/** Load steps: from so many attempts a minute, or so many waiting, on average so many hashes. */
const steps = [
  { perMinute: 0, waiting: 0, hashes: 1_000 },
  { perMinute: 240, waiting: 40, hashes: 4_000 },
  { perMinute: 1_000, waiting: 120, hashes: 16_000 },
  { perMinute: 4_000, waiting: 400, hashes: 64_000 },
] as const

export interface Load {
  /** Attempts to keep a time in the last minute. */
  readonly perMinute: number
  /** Attempts that wait for the database. */
  readonly waiting: number
}

/** True while few people choose times: then there is room for those who cannot prove work. */
export function isCalm(load: Load): boolean {
  return stepOf(load) === steps[0]
}

/** Hashes a browser works for one time on average: more the more is asked, never more than `most`. */
export function hashesFor(load: Load, most: number): number {
  return Math.min(stepOf(load).hashes, most)
}

/** The highest step that either figure reaches. */
function stepOf({ perMinute, waiting }: Load): (typeof steps)[number] {
  return steps.findLast((step) => perMinute >= step.perMinute || waiting >= step.waiting) ?? steps[0]
}

/** A challenge that takes `hashes` on average. `random`: from 0 to below 1, two of them; `now`: seconds since the epoch. */
export function challengeOf(secrets: Secrets, hashes: number, now: number, random: { salt: string; part: number }): Challenge {
  const maxnumber = hashes * 2
  const salt = `${random.salt}?expires=${now + challengeSeconds}&`
  const challenge = hashOf(salt, Math.floor(random.part * (maxnumber + 1)))
  return { algorithm: 'SHA-256', challenge, maxnumber, salt, signature: sign(secrets, challenge).toString('hex') }
}

/**
 * The name of a solved challenge, a UUID under which it is used once; null for anything else. `sent`
 * is base64 of JSON with algorithm, challenge, number, salt and signature.
 */
export function readProof(secrets: Secrets, sent: string, now: number): string | null {
  const solution = parsed(sent)
  if (solution === null) return null
  const { challenge, number, salt, signature } = solution
  const expires = /\?expires=(\d{1,12})&$/.exec(salt)?.[1]
  if (expires === undefined || Number(expires) < now || hashOf(salt, number) !== challenge) return null
  const [given, own] = [Buffer.from(signature, 'hex'), sign(secrets, challenge)]
  return given.length === own.length && timingSafeEqual(given, own) ? keyOf(own) : null
}

function parsed(sent: string): { challenge: string; number: number; salt: string; signature: string } | null {
  if (sent.length === 0 || sent.length > 1_000) return null
  try {
    const { algorithm, challenge, number, salt, signature } = JSON.parse(Buffer.from(sent, 'base64').toString()) as Record<string, unknown>
    const isRight =
      algorithm === 'SHA-256' &&
      typeof challenge === 'string' &&
      typeof salt === 'string' &&
      typeof signature === 'string' &&
      Number.isSafeInteger(number) &&
      (number as number) >= 0
    return isRight ? { challenge, number: number as number, salt, signature } : null
  } catch {
    return null
  }
}

const keys = new WeakMap<Secrets, string>()

/** The key of the signatures, as ALTCHA's verifiers take it: text. */
export function proofKey(secrets: Secrets): string {
  let key = keys.get(secrets)
  if (key === undefined) keys.set(secrets, (key = secrets.signatureOf('proof', 'key').toString('hex')))
  return key
}

function sign(secrets: Secrets, challenge: string): Buffer {
  return createHmac('sha256', proofKey(secrets)).update(challenge).digest()
}

function hashOf(salt: string, number: number): string {
  return hash('sha256', `${salt}${number}`)
}
