/**
 * What the guard sees without asking: who is expected in the next half hour, who was let in last,
 * how many are inside; and the search by surname for those without a code.
 */
import type { Context } from '../platform/context.js'
import { instantOf, officeDay } from '../platform/clock.js'
import { directory } from '../directory/index.js'
import { expectedMinutes, type Expected } from './model.js'
import * as store from './store.js'

export interface DoorView {
  readonly expected: readonly Expected[]
  readonly recent: Awaited<ReturnType<typeof store.recentEntries>>
  readonly inside: readonly store.Inside[]
}

/** The door of a building at a minute: latecomers who may still be served stand in the list too. */
export async function doorView(context: Context, buildingId: string, now: Temporal.Instant): Promise<DoorView> {
  const { pool } = context.database
  const { office } = await directory(context)
  const day = officeDay(now)
  const since = instantOf(day, 0)
  const window = { day, from: now.subtract({ minutes: office.settings['late-minutes'] }), until: now.add({ minutes: expectedMinutes }) }
  const [expected, recent, inside] = await Promise.all([
    store.expectedVisits(pool, buildingId, window),
    store.recentEntries(pool, buildingId, since),
    store.countInside(pool, buildingId, since),
  ])
  return { expected, recent, inside }
}

/** Today's visits of people whose surname begins so. Who searched and how many were shown is logged, never the name. */
export async function searchBySurname(
  context: Context,
  search: { readonly surname: string; readonly buildingId: string; readonly accountId: number; readonly now: Temporal.Instant },
): Promise<Expected[]> {
  const found = await store.visitsBySurname(context.database.pool, officeDay(search.now), search.surname)
  context.log.info({ account: search.accountId, building: search.buildingId, found: found.length }, 'searched by surname at the door')
  return found
}
