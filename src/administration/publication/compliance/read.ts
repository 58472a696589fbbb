/** Reads everything the compliance page shows of a period, at once. */
import type { Context } from '../../../platform/context.js'
import { sparedVisits } from '../../../booking/index.js'
import type { Directory } from '../../../directory/index.js'
import type { BuildingPeak, Count, Counted, DeskPeak, Period, Rooms } from './model.js'
import { withoutContacts } from './rules.js'
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

/** A figure over all it counts apart. */
export function sumOf(counts: readonly Count[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}
