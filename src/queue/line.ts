/**
 * A person's place in line: how many are called before, as the order stands now. Pure, but for the
 * reading at the end.
 *
 * Only those count whom a desk that offers the person's matter would call first. It is no promise:
 * whoever comes in later with an earlier booked hour goes before, and `why` says by what one waits.
 */
import type { Context } from '../platform/context.js'
import { directory, type Directory } from '../directory/index.js'
import type { DueWhy, Visit } from '../visit/index.js'
import type { Waiting } from './model.js'
import { inOrder } from './rules.js'
import { readWaiting } from './store.js'

export interface PlaceInLine {
  /** Persons who wait and are called before. */
  readonly before: number
  /** What gives the person the place: the booked hour, or the time of coming in. */
  readonly why: DueWhy
}

/** The place of a visit among those who wait; null when it is not among them. */
export function placeInLine(waiting: readonly Waiting[], visitId: number, office: Pick<Directory, 'desksOf'>): PlaceInLine | null {
  const me = waiting.find(({ id }) => id === visitId)
  if (me === undefined) return null
  const shared = new Set(office.desksOf(me.serviceId).flatMap((desk) => desk.serviceIds))
  const line = inOrder(waiting.filter((each) => shared.has(each.serviceId)))
  const ahead = line.slice(
    0,
    line.findIndex(({ id }) => id === visitId),
  )
  return { before: ahead.reduce((sum, each) => sum + Math.max(1, each.persons), 0), why: me.dueWhy }
}

/** The same for a visit as it stands; null unless it waits to be called. */
export async function lineOf(context: Context, visit: Visit): Promise<PlaceInLine | null> {
  if (visit.state !== 'arrived') return null
  const [office, waiting] = await Promise.all([directory(context), readWaiting(context.database.pool, visit.buildingId, visit.day)])
  return placeInLine(waiting, visit.id, office)
}
