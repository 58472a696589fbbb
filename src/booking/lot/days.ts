/**
 * Days of the day-and-time page under a release: those not shown yet say when they will be, those of
 * a draw that they are drawn.
 */
import type { Context } from '../../platform/context.js'
import type { Directory } from '../../directory/index.js'
import { releaseStage, webDays, type ComingDay, type RuleBook } from '../../regulation/index.js'
import type { FreeDay } from '../availability/board.js'
import { freeStarts } from '../free-starts.js'
import type { Wished } from '../wish.js'
import { isDrawn } from './drawn.js'

/** Days on which what is wished may be had on the web, with their free starts, and days to come with their release. */
export async function timesUnderRelease(
  context: Context,
  { book, directory }: { readonly book: RuleBook; readonly directory: Directory },
  wished: Wished,
  now: Temporal.Instant,
): Promise<readonly FreeDay[] | null> {
  const each = [wished.serviceId, ...(wished.moreServiceIds ?? [])].map((id) => webDays(book, directory, id, now))
  const { from } = each[0] as (typeof each)[0]
  // All the matters have to be open on the day.
  const to = each.map((days) => days.to).reduce(earlier)
  const coming = each.flatMap((days) => days.coming)
  const byLot = each.flatMap((days) => days.byLot)
  const last = coming.map(({ day }) => day).reduce(later, to)
  const days = await freeStarts(context, { ...wished, from, to: last, now })
  if (days === null || (coming.length === 0 && byLot.length === 0)) return days
  const closed = await notYet(context, byLot, coming, now)
  return days
    .filter(({ day, starts }) => starts.length > 0 || Temporal.PlainDate.compare(day, to) <= 0)
    .map((day) => (day.starts.length === 0 ? day : (closed.get(day.day.toString()) ?? day)))
}

/** Days whose times cannot be taken yet, by ISO date. */
async function notYet(
  context: Context,
  byLot: readonly ComingDay[],
  coming: readonly ComingDay[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, FreeDay>> {
  const closed = new Map<string, FreeDay>()
  const close = ({ day, release }: ComingDay, code: string): void =>
    void closed.set(day.toString(), { day, starts: [], code, basis: release.basis, release })
  for (const each of byLot) {
    const stage = releaseStage(each.release, now, await isDrawn(context, each.release, now))
    if (stage !== 'open') close(each, stage)
  }
  for (const each of coming) close(each, 'not-yet-released')
  return closed
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? a : b
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a
}
