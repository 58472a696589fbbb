/**
 * Finds the visits that do not fit any more, whatever changed: an act, the office, a shift, an absence, a
 * condition that ended. Every booked visit ahead is judged by the law and the office of now; so no change has
 * to tell which visits it touches, and none is lost between a change and a booking made at the same moment.
 */
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { transaction } from '../../platform/database.js'
import { boardsUnder, daysAheadMax } from '../../booking/index.js'
import { loadShifts } from '../../calendar/index.js'
import { directory } from '../../directory/index.js'
import { ruleBook } from '../../regulation/index.js'
import { bookedVisits } from '../dry-run/read.js'
import { judge } from '../dry-run/rules.js'
import { dueBy } from './rules.js'
import { insertItems, oneAtATime, settleByThemselves, type FoundVisit } from './store.js'

/** Puts visits that do not fit any more on the review list, and takes off it those that fit again or are over. */
export async function reviewVisits(
  context: Context,
  now: Temporal.Instant,
): Promise<{ readonly opened: number; readonly settled: number }> {
  const found = await unfit(context, now)
  return transaction(context.database, async (client) => {
    await oneAtATime(client)
    const ids = found.map(({ visitId }) => visitId)
    return { settled: await settleByThemselves(client, ids, now), opened: await insertItems(client, found, now) }
  })
}

async function unfit(context: Context, now: Temporal.Instant): Promise<FoundVisit[]> {
  const today = officeDay(now)
  const visits = (await bookedVisits(context, today, today.add({ days: daysAheadMax }))).filter(
    ({ startsAt }) => Temporal.Instant.compare(startsAt, now) > 0,
  )
  const last = visits.map(({ day }) => day).toSorted((a, b) => Temporal.PlainDate.compare(b, a))[0]
  if (last === undefined) return []
  const [office, book, shifts] = await Promise.all([directory(context), ruleBook(context), loadShifts(context)])
  const boards = await boardsUnder(context, { book, directory: office, shifts }, today, last, now)
  const judged = judge({ book, directory: office, boards })
  return visits.flatMap((visit): FoundVisit[] => {
    const no = judged(visit)
    return no === null ? [] : [{ visitId: visit.id, startsAt: visit.startsAt, ...no, dueAt: dueBy(now, visit.startsAt) }]
  })
}
