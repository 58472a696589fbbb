/**
 * The same key gives the first answer.
 *
 * Two presses may run side by side: the second finds no answer yet, loses the desk or the person to
 * the first, and is refused. So a refused command looks again before it says no.
 */
import type { Queryable } from '../platform/database.js'
import { refuse } from '../platform/decision.js'
import { commandHash, keepAnswer, keptAnswer } from '../platform/idempotency.js'
import type { Acted, QueueAnswer } from './model.js'

interface Keyed {
  readonly name: string
  readonly desk: string
  readonly reference?: string
  /** What else the command says: the same key with something else is refused. */
  readonly said?: unknown
  readonly key?: string | undefined
  readonly now: Temporal.Instant
}

/** Does the work unless the key was answered before. */
export async function once(client: Queryable, command: Keyed, work: () => Promise<QueueAnswer>): Promise<QueueAnswer> {
  const { key } = command
  if (key === undefined) return work()
  const hash = hashOf(command)
  const earlier = await firstAnswer(client, key, hash)
  if (earlier !== null) return earlier
  const answer = await work()
  if (!answer.allowed) return (await firstAnswer(client, key, hash)) ?? answer
  await keepAnswer(client, key, hash, { status: 200, answer: { code: answer.code, visit: answer.visit } }, command.now)
  return answer
}

/** The key and what it stands for; null without a key. */
export function keepOf(command: Keyed): { readonly key: string; readonly hash: Buffer } | null {
  return command.key === undefined ? null : { key: command.key, hash: hashOf(command) }
}

function hashOf({ name, desk, reference, said }: Keyed): Buffer {
  return commandHash(`desk/${name}`, { desk, reference: reference ?? null, ...(said === undefined ? {} : { said }) })
}

async function firstAnswer(client: Queryable, key: string, hash: Buffer): Promise<QueueAnswer | null> {
  const kept = await keptAnswer(client, key, hash)
  if (kept === null) return null
  if (kept === 'reused') return refuse('key-reused')
  const { code, visit } = kept.answer as Pick<Acted, 'code' | 'visit'>
  return { allowed: true, code, visit, repeated: true }
}
