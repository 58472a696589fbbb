/**
 * Reads boards from the database: the plan (office, acts, shifts) once, then absences, places and
 * the ends of holds of any number of consecutive days in three statements sent together.
 */
import { loadAbsences, loadShifts, officeDate, type Absence, type Shift } from '../../calendar/index.js'
import { directory, type Directory } from '../../directory/index.js'
import { instantOf } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { ruleBook, type RuleBook } from '../../regulation/index.js'
import { openBoards, type Board, type Plan } from './board.js'
import { rulesOf } from './rules.js'
import { firstExpiries, takenPlaces } from './store.js'
import { takePlaces } from './timeline.js'

/** A board as read, and the office time from which it is out of date because a hold has run out. */
export interface ReadBoard {
  readonly board: Board
  readonly until: Temporal.Instant | null
}

export async function readPlan(context: Context): Promise<Plan> {
  const [office, book, shifts] = await Promise.all([directory(context), ruleBook(context), loadShifts(context)])
  return { directory: office, rules: rulesOf(book, office), shifts: Map.groupBy(shifts, (shift) => shift.deskId) }
}

/** The law, the office and who staffs it; absences where they are not those of the database. */
export interface Arrangement {
  readonly book: RuleBook
  readonly directory: Directory
  readonly shifts: readonly Shift[]
  readonly absences?: readonly Absence[]
}

/** The days as they would be under another law, office, shifts or absences, with the places that are taken now; for comparing, never kept. */
export async function boardsUnder(
  context: Context,
  { book, directory: office, shifts, absences }: Arrangement,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<readonly Board[]> {
  const plan = { directory: office, rules: rulesOf(book, office), shifts: Map.groupBy(shifts, (shift) => shift.deskId) }
  return (await readBoards(context, plan, from, to, now, absences)).map(({ board }) => board)
}

/** The boards of the days from `from` to `to`, both included; absences are read where none are given. */
export async function readBoards(
  context: Context,
  plan: Plan,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  now: Temporal.Instant,
  given?: readonly Absence[],
): Promise<ReadBoard[]> {
  const dates = daysBetween(from, to).map(officeDate)
  const start = instantOf(from, 0)
  const end = instantOf(to.add({ days: 1 }), 0)
  const [absences, taken, expiries] = await Promise.all([
    given ?? loadAbsences(context, start, end),
    takenPlaces(context, start, end, now),
    firstExpiries(context, now),
  ])
  const ofDesk = Map.groupBy(absences, (absence) => absence.deskId)
  const { boards, timeline } = openBoards(plan, dates, ofDesk)
  takePlaces(timeline, dates[0]?.midnight ?? 0, taken)
  return boards.map((board) => ({ board, until: firstExpiry(expiries, board.date.day) }))
}

/** Every day from `from` to `to`, both included. */
export function daysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = []
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) days.push(day)
  return days
}

/** A hold belongs to the day its visit begins on, and may reach into the next. */
function firstExpiry(expiries: ReadonlyMap<string, Temporal.Instant>, day: Temporal.PlainDate): Temporal.Instant | null {
  const own = expiries.get(day.toString()) ?? null
  const before = expiries.get(day.subtract({ days: 1 }).toString()) ?? null
  if (own === null || before === null) return own ?? before
  return Temporal.Instant.compare(own, before) < 0 ? own : before
}
