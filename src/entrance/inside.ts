/**
 * What the guard sees without asking: who is expected in the next half hour, who was let in last,
 * how many are inside; and the search by surname for those without a code.
 */
import type { Context } from '../platform/context.js'
import { instantOf, officeDay } from '../platform/clock.js'
import { directory } from '../directory/index.js'
import { recordEvent } from '../visit/index.js'
import { actorOf } from './actions.js'
import { world } from './facts.js'
import { expectedMinutes, type Expected } from './model.js'
import { countConflicts } from './offline/store.js'
import { occupancy, type Occupancy } from './occupancy/room.js'
import { nameWords } from './rules.js'
import * as store from './store.js'

export interface DoorView extends Occupancy {
  readonly expected: readonly Expected[]
  /** Acts without the network that do not fit, and nobody has looked at. */
  readonly conflicts: number
}

/** The door of a building at a minute: latecomers who may still be served stand in the list too. */
export async function doorView(context: Context, buildingId: string, now: Temporal.Instant): Promise<DoorView> {
  const { pool } = context.database
  const { office } = await directory(context)
  const day = officeDay(now)
  const window = { day, from: now.subtract({ minutes: office.settings['late-minutes'] }), until: now.add({ minutes: expectedMinutes }) }
  const [expected, room, conflicts] = await Promise.all([
    store.expectedVisits(pool, buildingId, window),
    occupancy(pool, await world(context), buildingId, now),
    countConflicts(pool, buildingId),
  ])
  return { expected, ...room, conflicts }
}

/** Today's entries at a door: the last and those of everybody inside, or all. */
export async function doorEntries(
  context: Context,
  buildingId: string,
  { now, which }: { readonly now: Temporal.Instant; readonly which: 'recent' | 'all' },
): Promise<Awaited<ReturnType<typeof store.listEntries>>> {
  return store.listEntries(context.database.pool, buildingId, { since: instantOf(officeDay(now), 0), which })
}

/** Today's visits of people whose name has words that begin so. That somebody searched, and how many were shown, stands in the history; never the name. */
export async function searchBySurname(
  context: Context,
  search: { readonly surname: string; readonly buildingId: string; readonly accountId: number; readonly now: Temporal.Instant },
): Promise<Expected[]> {
  const { pool } = context.database
  const { surname, buildingId, accountId, now } = search
  const found = await store.visitsByName(pool, officeDay(now), nameWords(surname))
  const event = { at: now, kind: 'people-searched', actor: actorOf(accountId), channel: 'door', buildingId } as const
  await recordEvent(pool, { ...event, details: { by: 'name', found: found.length } })
  return found
}
