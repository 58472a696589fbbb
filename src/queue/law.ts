/**
 * The paragraph that lets a desk have one client at a time, while it is in force.
 *
 * That a desk never has two holds in any case, by a constraint; the paragraph is named only on days
 * on which an act says so.
 */
import type { Context } from '../platform/context.js'
import type { Basis } from '../platform/decision.js'
import { officeDay } from '../platform/clock.js'
import { directory, type Desk } from '../directory/index.js'
import { clientsPerDesk, ruleBook } from '../regulation/index.js'

/** What a refusal to call rests on, for this desk at this minute; empty when no act speaks of it. */
export async function onePerDesk(context: Context, desk: Desk, now: Temporal.Instant): Promise<readonly Basis[]> {
  const [office, book] = [await directory(context), await ruleBook(context)]
  const unitIds = office.unitAndParents(desk.unitId).map((unit) => unit.id)
  return clientsPerDesk(book, { buildingId: desk.buildingId, roomId: desk.roomId, unitIds, day: officeDay(now) }).basis
}
