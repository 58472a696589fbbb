/**
 * What becomes of a time that a visit gives back: it is kept, in the transaction that frees it, and
 * returns to all at a minute nobody can foresee. Without this whoever cancels could hand the time to
 * somebody who presses the button in the same second.
 */
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { Queryable } from '../../platform/database.js'
import { newReference } from '../../platform/references.js'
import type { OfficeSettings } from '../../directory/index.js'
import type { Actor, Visit } from '../../visit/index.js'
import type { FreedTime } from './model.js'
import { isKept, releaseAt } from './rules.js'
import { insertKept } from './store.js'

/**
 * Keeps the times a visit has just given back, its places freed by this transaction: whoever wants
 * them waits for it and then finds them taken. Returns the numbers of the kept times; today's are
 * not kept, nor those given back by the program itself but for bookings nobody confirmed.
 */
export async function keepFreed(
  { random }: Pick<Context, 'random'>,
  client: Queryable,
  freed: {
    /** The visit as it was. */
    readonly visit: Visit
    readonly times: readonly FreedTime[]
    readonly now: Temporal.Instant
    readonly actor: Actor
    readonly settings: OfficeSettings
    /** Nobody confirmed the booking. */
    readonly lapsed?: boolean
  },
): Promise<readonly number[]> {
  const { visit, now, actor, settings } = freed
  if (actor === 'system' && freed.lapsed !== true) return []
  const kept: number[] = []
  for (const time of freed.times.filter((each) => isKept(each, now))) {
    const until = releaseAt(now, settings, random())
    const facts = { reference: newReference(), after: visit, day: officeDay(time.start), until, now, actor }
    kept.push(await insertKept(client, { ...time, ...facts }))
  }
  return kept
}
