/** Putting the count right: who counted heads says how many clients are inside, and why the count was wrong. */
import type { Context } from '../../platform/context.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { transaction, type Queryable } from '../../platform/database.js'
import { recordEvent } from '../../visit/index.js'
import { actorOf, hint } from '../actions.js'
import type { CorrectionReason } from '../model.js'
import { countedOf, lockOccupancy, readCorrection, readInside, writeCorrection } from './store.js'

/** More than any building holds. */
export const insideMax = 10_000

export interface CorrectCommand {
  readonly buildingId: string
  /** Counted persons who are inside, as somebody counted them. */
  readonly inside: number
  readonly reason: CorrectionReason
  readonly accountId: number
  readonly now: Temporal.Instant
  /** Told with the event: what a device without the network kept of it. */
  readonly kept?: Readonly<Record<string, string>>
}

/** Returns what the count was before. The same number again changes nothing and is not written. */
export async function correctCount(context: Context, command: CorrectCommand): Promise<number> {
  const before = await transaction(context.database, (client) => correctIn(client, command))
  hint(context, command.buildingId)
  return before
}

/** The same in the transaction of somebody else, who tells the pages. */
export async function correctIn(client: Queryable, command: CorrectCommand): Promise<number> {
  const { buildingId, now } = command
  const day = officeDay(now)
  await lockOccupancy(client, buildingId, day)
  const correction = await readCorrection(client, buildingId, day)
  const entries = await readInside(client, buildingId, instantOf(day, 0))
  const was = countedOf(entries, correction).inside
  if (was === command.inside) return was
  await writeCorrection(client, buildingId, command.inside - entries.reduce((all, each) => all + each.counted, 0))
  await recordEvent(client, {
    at: now,
    kind: 'count-corrected',
    actor: actorOf(command.accountId),
    channel: 'door',
    reason: command.reason,
    buildingId,
    details: { from: was, to: command.inside, ...command.kept },
  })
  return was
}
