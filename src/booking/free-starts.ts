/**
 * The free starts of a service, and the desks for one of them.
 *
 * Computed, never stored; what comes from memory is an offer, and the database judges. Whether the
 * person may book at that time by that channel is a question for regulation, not for this file.
 */
import { minuteOf } from '../calendar/index.js'
import { directory } from '../directory/index.js'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { setting } from '../platform/decision.js'
import { freeDay, needOf, type FreeDay } from './availability/board.js'
import { announceTaken, boardsOf, forgetDay, markTaken } from './availability/cache.js'
import { daysBetween } from './availability/read.js'
import { pickDesks, type DeskGroup } from './availability/starts.js'
import { wishOf, type Wish, type Wished } from './wish.js'

/** Days ahead for which starts are computed at all: a limit of the program, beyond every horizon of an office. */
export const daysAheadMax = 400

export interface FreeQuestion extends Wished {
  /** First and last day, both included. */
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly now: Temporal.Instant
}

/** Each day asked about with its free starts after `now`, or why it has none; null for a matter nobody can book. */
export async function freeStarts(context: Context, { from, to, now, ...wished }: FreeQuestion): Promise<readonly FreeDay[] | null> {
  const wish = wishOf(await directory(context), wished)
  if (wish === null) return null
  const today = officeDay(now)
  const first = later(from, today)
  const last = earlier(to, today.add({ days: daysAheadMax }))
  const boards = Temporal.PlainDate.compare(first, last) <= 0 ? await boardsOf(context, first, last, now) : []
  const past = daysBetween(from, earlier(to, today.subtract({ days: 1 })))
  const far = daysBetween(later(from, last.add({ days: 1 })), to)
  return [
    ...past.map((day): FreeDay => ({ day, starts: [], code: 'past', basis: [] })),
    ...boards.map((board) => afterNow(freeDay(board, wish), now)),
    ...far.map((day): FreeDay => ({ day, starts: [], code: 'not-yet-released', basis: [setting('booking-horizon-days')] })),
  ]
}

/** A start that has passed is no start. */
function afterNow(day: FreeDay, now: Temporal.Instant): FreeDay {
  const first = day.starts[0]
  if (first === undefined || Temporal.Instant.compare(now, first.start) < 0) return day
  const starts = day.starts.filter(({ start }) => Temporal.Instant.compare(now, start) < 0)
  return starts.length > 0 ? { ...day, starts } : { day: day.day, starts, code: 'past', basis: [] }
}

/** Desks chosen for one visit, marked as taken in this process for a second. */
export interface Pick extends DeskGroup {
  /** After the transaction: the places are taken, or held until then; other processes hear of it. */
  taken(heldUntil: Temporal.Instant | null): void
  /** The visit came to nothing, and not because the desks were taken: they are free again. */
  givenBack(): void
}

/**
 * Picks desks for a start from memory: the database judges the pick. When it says taken, pick
 * again; the desks stay marked, so that each call answers with others, and null once there are none.
 */
export async function pickFor(context: Context, wish: Wish, start: Temporal.Instant, now: Temporal.Instant): Promise<Pick | null> {
  const day = officeDay(start)
  if (Temporal.Instant.compare(start, now) <= 0) return null
  if (Temporal.PlainDate.compare(day, officeDay(now).add({ days: daysAheadMax })) > 0) return null
  const board = (await boardsOf(context, day, day, now))[0]
  if (board === undefined) return null
  const minute = minuteOf(board.date, start)
  // A time between two minutes is on no grid.
  if (start.epochMilliseconds % 60_000 !== 0) return null
  const group = pickDesks(board.desks, needOf(board, wish), minute, context.random())
  if (group === null) return null
  markTaken(context, board, group.desks, minute, minute + wish.durationMinutes)
  return {
    ...group,
    taken: (heldUntil) => announceTaken(context, wish.service.id, day, heldUntil),
    givenBack: () => forgetDay(context, day),
  }
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? a : b
}
