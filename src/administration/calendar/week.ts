/** What a week is like at a desk, as it is and as it would be. Boards are read; the rest is pure. */
import { boardsUnder, freeDay, wishOf, type Arrangement, type Board } from '../../booking/index.js'
import { wallAt, type Interval } from '../../calendar/index.js'
import type { Desk } from '../../directory/index.js'
import type { Context } from '../../platform/context.js'
import { hours, type DayHours } from '../../regulation/index.js'

/** One desk on one day. */
export interface DeskDay {
  readonly day: Temporal.PlainDate
  /** Those of the desk's unit, with the name of a day off or the reason of a special day. */
  readonly hours: DayHours
  /** When somebody sits there and the unit is open, in minutes on the wall. */
  readonly open: readonly Interval[]
  /** Starts that are free now: minutes at which some visit can begin here. */
  readonly starts: number
}

/** The seven days of a week, the office arranged in this way. */
export async function weekBoards(
  context: Context,
  arrangement: Arrangement,
  monday: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<readonly Board[]> {
  return boardsUnder(context, arrangement, monday, monday.add({ days: 6 }), now)
}

export function deskDays({ book, directory }: Pick<Arrangement, 'book' | 'directory'>, boards: readonly Board[], desk: Desk): DeskDay[] {
  return boards.map((board) => ({
    day: board.date.day,
    hours: hours(book, directory, desk.unitId, board.date.day),
    open: (board.desksById.get(desk.id)?.openings ?? []).map(({ from, to }) => ({
      from: wallAt(board.date, from),
      to: wallAt(board.date, to),
    })),
    starts: startsAt(board, desk),
  }))
}

/** Minutes at which a visit in some matter of the desk can begin there. */
function startsAt(board: Board, desk: Desk): number {
  const minutes = new Set<number>()
  for (const serviceId of desk.serviceIds) {
    const wish = wishOf(board.plan.directory, { serviceId })
    if (wish === null || wish.service.closed) continue
    for (const { minute, desks } of freeDay(board, wish).starts) if (desks.includes(desk.id)) minutes.add(minute)
  }
  return minutes.size
}
