/**
 * The first answer to a command, kept under the key its caller chose.
 *
 * The same key and command give the same answer again, the same key with another command is refused.
 * Refusals are not kept: nothing changed, so asking again may be answered anew. What is kept holds
 * references and times, never a secret or a name.
 */
import { createHash } from 'node:crypto'
import type { Queryable } from './database.js'

export interface KeptAnswer {
  readonly status: number
  readonly answer: Readonly<Record<string, unknown>>
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True for text in the form of a UUID, of any version. */
export function isKey(text: unknown): text is string {
  return typeof text === 'string' && uuid.test(text)
}

/** The first 16 bytes, in the form of a key: for commands whose key follows from what they are about. */
export function keyOf(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** SHA-256 of a command and what it was given, whatever the order of the fields. */
export function commandHash(command: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${command}\n${canonical(body)}`)
    .digest()
}

/** The answer kept under the key: `reused` when it belongs to another command, null when there is none. */
export async function keptAnswer(database: Queryable, key: string, hash: Buffer): Promise<KeptAnswer | 'reused' | null> {
  const { rows } = await database.query<KeptAnswer & { body_hash: Buffer }>(
    'select status, answer, body_hash from idempotency_key where key = $1',
    [key],
  )
  const row = rows[0]
  if (row === undefined) return null
  return row.body_hash.equals(hash) ? { status: row.status, answer: row.answer } : 'reused'
}

/** Keeps an answer, in the transaction of the change it answers; a second writer breaks `idempotency_key_pkey`. */
export async function keepAnswer(database: Queryable, key: string, hash: Buffer, kept: KeptAnswer, at: Temporal.Instant): Promise<void> {
  await database.query('insert into idempotency_key (key, body_hash, status, answer, at) values ($1, $2, $3, $4, $5)', [
    key,
    hash,
    kept.status,
    JSON.stringify(kept.answer),
    at,
  ])
}

function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return JSON.stringify(value.toString())
  return `{${Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join(',')}}`
}
