/** Reads everything the compliance page shows of a period, at once. */
import type { Context } from '../../../platform/context.js'
import { sparedVisits } from '../../../booking/index.js'
import type { Directory } from '../../../directory/index.js'
import { daysKey, type BuildingPeak, type Count, type Counted, type DeskPeak, type Period, type Rooms } from './model.js'
import { countsOf, withoutContacts, type ActWithRules } from './rules.js'
import { buildingPeaks, countEvents, deskPeak, roomPeaks } from './store.js'

export interface Observations {
  readonly counts: Readonly<Record<Counted, readonly Count[]>>
  readonly desk: DeskPeak | null
  readonly rooms: Rooms
  readonly inside: readonly BuildingPeak[]
  readonly contacts: ReturnType<typeof withoutContacts>
  /** Matters settled without a visit, as those who did said. */
  readonly spared: number
}

/** What was observed from the first day of the period to its last. Reads only. */
export async function observe(context: Context, office: Directory, period: Period): Promise<Observations> {
  const { pool } = context.database
  const count = (figure: Counted): Promise<readonly Count[]> => countEvents(pool, figure, period)
  const [bookings, urgent, withoutBooking, refusals, dropOffs, priorities, desk, rooms, inside, spared] = await Promise.all([
    count('bookings'),
    count('urgent'),
    count('without-booking'),
    count('refusals'),
    count('drop-offs'),
    count('priorities'),
    deskPeak(pool, period),
    roomPeaks(pool, period),
    buildingPeaks(pool, period),
    sparedVisits(context, period),
  ])
  return {
    counts: { bookings, urgent, 'without-booking': withoutBooking, refusals, 'drop-offs': dropOffs, priorities },
    desk,
    rooms,
    inside,
    contacts: withoutContacts(office),
    spared: spared.reduce((sum, each) => sum + each.count, 0),
  }
}

/** What was observed in the days of each rule, by `daysKey`; the period is among them. One after another: each asks ten questions at once. */
export async function observeEach(
  context: Context,
  office: Directory,
  period: Period,
  acts: readonly ActWithRules[],
): Promise<ReadonlyMap<string, Observations>> {
  const rules = acts.flatMap((act) => act.rules).filter(({ provision }) => countsOf(provision))
  const seen = new Map<string, Observations>()
  for (const days of [period, ...rules.map((rule) => rule.days)])
    if (!seen.has(daysKey(days))) seen.set(daysKey(days), await observe(context, office, days))
  return seen
}

/** A figure over all it counts apart. */
export function sumOf(counts: readonly Count[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}
