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
import { estimates, type Estimate } from './estimate/estimates.js'
import { readWaiting } from './store.js'

export interface PlaceInLine {
  /** Persons who wait and are called before. */
  readonly before: number
  /** What gives the person the place: the booked hour, or the time of coming in. */
  readonly why: DueWhy
  /** Minutes until the call, likely not less and not more; null while nobody at work calls the person. */
  readonly wait: { readonly from: number; readonly to: number } | null
}

/** The place of a visit among those who wait; null when it is not among them. */
export function placeInLine(
  waiting: readonly Waiting[],
  visitId: number,
  office: Pick<Directory, 'desksOf'>,
): Omit<PlaceInLine, 'wait'> | null {
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
  const now = context.clock.now()
  const [office, waiting, said] = await Promise.all([
    directory(context),
    readWaiting(context.database.pool, visit.buildingId, visit.day),
    estimates(context, visit.buildingId, now),
  ])
  const place = placeInLine(waiting, visit.id, office)
  return place === null ? null : { ...place, wait: waitOf(said.visits.get(visit.id), now) }
}

/** A range of waiting as it is said: whole minutes, from twenty on in fives, and never narrower than it is. */
export function waitOf(estimate: Estimate | undefined, now: Temporal.Instant): PlaceInLine['wait'] {
  if (estimate === undefined) return null
  const minutes = (at: Temporal.Instant): number => Math.max(0, at.since(now).total('minutes'))
  const [low, high] = [minutes(estimate.lowAt), minutes(estimate.highAt)]
  const step = high >= 20 ? 5 : 1
  return { from: Math.floor(low / step) * step, to: Math.max(1, Math.ceil(high / step) * step) }
}
