/**
 * Tokens of cookies, links and programs: 256 random bits for whoever holds them, and their SHA-256
 * for the table, so that a stolen table opens nothing. A random token needs no slow hash.
 */
import { createHash, randomBytes } from 'node:crypto'

/** Begins the bearer tokens of programs, so that the secret of a visit is never looked up as one. */
export const programTokenPrefix = 'okt_'

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
