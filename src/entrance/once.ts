/**
 * A command at the door that came with a key happens once: the key is taken in the transaction of
 * the entry, so that of two at once the second waits and gives the first one's answer. Refusals are
 * not kept.
 */
import type { Context } from '../platform/context.js'
import { transaction, type Queryable } from '../platform/database.js'
import { refuse } from '../platform/decision.js'
import { keptAnswer } from '../platform/idempotency.js'
import { findVisitById } from '../visit/index.js'
import { replay, world } from './facts.js'
import type { DoorAnswer, Entry } from './model.js'
import * as store from './store.js'

export interface Keyed {
  readonly key: string | null
  readonly hash: Buffer
  /** The answer while nobody was let in: what the facts say without an entry. */
  readonly nobody: DoorAnswer
}

export async function once(
  context: Context,
  { key, hash, nobody }: Keyed,
  work: (client: Queryable) => Promise<DoorAnswer>,
): Promise<DoorAnswer> {
  const made = await transaction(context.database, async (client) => {
    if (key !== null && !(await store.claimKey(client, key, hash, nobody.at))) return 'kept' as const
    const result = await work(client)
    if (key !== null) await (result.entry === null ? store.releaseKey(client, key) : store.keepEntry(client, key, result.entry.id))
    return result
  })
  if (made !== 'kept' || key === null) return made === 'kept' ? nobody : made
  const kept = await keptAnswer(context.database.pool, key, hash)
  if (kept === 'reused') return { ...nobody, decision: refuse('key-reused') }
  const entry = kept === null ? null : await store.findEntry(context.database.pool, Number(kept.answer['entry']))
  return entry === null ? { ...nobody, decision: refuse('try-again') } : answerOfEntry(context, entry)
}

/** What was answered when the entry was written, given again. */
export async function answerOfEntry(context: Context, entry: Entry): Promise<DoorAnswer> {
  const visit = entry.visitId === null ? null : await findVisitById(context.database.pool, entry.visitId)
  const decision = replay(await world(context), entry, visit)
  const passUsedAt = entry.code === 'same-pass-again' ? await store.enteredBefore(context.database.pool, entry) : null
  return { decision, at: entry.at, buildingId: entry.buildingId, purpose: entry.purpose, visit, entry, repeated: true, passUsedAt }
}

/** What was answered when the visit was first let in, for whoever is inside; null for one that never was. */
export async function answerWhenLetIn(context: Context, visitId: number): Promise<DoorAnswer | null> {
  const first = (await store.entriesOf(context.database.pool, visitId)).at(-1)
  return first === undefined ? null : answerOfEntry(context, first)
}
