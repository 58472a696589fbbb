/**
 * Whoever waits and left a contact is told once that it is nearly their turn. A duty of its own: the
 * clerk who calls waits for nothing, and an estimate is made only where somebody is to be told.
 */
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { writeNext } from '../../booking/index.js'
import { directory } from '../../directory/index.js'
import { estimates } from '../estimate/estimates.js'
import { waitingToBeTold } from './store.js'

/** Whoever came in just now sees the screens and knows. */
const waitedMinutes = 3

export async function tellNext(context: Context, now: Temporal.Instant): Promise<void> {
  const { buildings, office } = await directory(context)
  const minutes = office.settings['next-minutes']
  if (minutes === 0) return
  const { pool } = context.database
  for (const id of buildings.keys()) {
    const waiting = await waitingToBeTold(pool, id, officeDay(now), now.subtract({ minutes: waitedMinutes }))
    if (waiting.length === 0) continue
    const { visits } = await estimates(context, id, now)
    const soon = now.add({ minutes })
    const next = waiting.filter((visitId) => {
      const about = visits.get(visitId)?.aboutAt
      return about !== undefined && Temporal.Instant.compare(about, soon) <= 0
    })
    if (next.length > 0) await writeNext(pool, next, now)
  }
}
