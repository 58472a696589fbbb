/**
 * The nearest times at which visits of the review list still fit, for many at once: what is proposed to one is
 * not proposed to the next. Only a proposal; whoever confirms it first has it. Pure but for the boards it fills.
 */
import { freeDay, occupy, wishedOf, wishOf, type Board, type FreeStart, type Wish } from '../../booking/index.js'
import { instantOf, officeDay, officeMinute } from '../../platform/clock.js'
import type { Directory } from '../../directory/index.js'
import type { Visit } from '../../visit/index.js'

/** Times shown for one visit: the nearest, and two more to choose from. */
const shown = 3

/** @param boards of the days that can be proposed, the caller's own: they are filled */
export function proposals(
  office: Directory,
  boards: readonly Board[],
  visits: readonly Visit[],
  earliest: Temporal.Instant,
): ReadonlyMap<number, readonly Temporal.Instant[]> {
  return new Map(
    visits.map((visit) => {
      const wish = wishOf(office, wishedOf(office, visit))
      const near = wish === null ? [] : nearest(boards, wish, visit, earliest)
      const [first] = near
      if (wish !== null && first !== undefined) take(office, first, wish, visit)
      return [visit.id, near.map(({ start }) => start.start)]
    }),
  )
}

interface Found {
  readonly board: Board
  readonly start: FreeStart
}

/** By days away, then by how far the hour is from the one booked. */
function nearest(boards: readonly Board[], wish: Wish, visit: Visit, earliest: Temporal.Instant): Found[] {
  const minute = officeMinute(visit.startsAt)
  const away = (board: Board): number => Math.abs(visit.day.until(board.date.day).days)
  const found: Found[] = []
  for (const board of boards.toSorted((a, b) => away(a) - away(b) || Temporal.PlainDate.compare(b.date.day, a.date.day))) {
    const starts = freeDay(board, wish).starts.filter(({ start }) => Temporal.Instant.compare(start, earliest) >= 0)
    found.push(
      ...starts
        .toSorted((a, b) => Math.abs(a.minute - minute) - Math.abs(b.minute - minute) || a.minute - b.minute)
        .slice(0, shown - found.length)
        .map((start) => ({ board, start })),
    )
    if (found.length >= shown) break
  }
  return found
}

/** As many desks of one room as persons are counted. */
function take(office: Directory, { board, start }: Found, wish: Wish, { counted }: Visit): void {
  const places = Math.max(1, counted)
  const rooms = [...Map.groupBy(start.desks, (id) => office.desksById.get(id)?.roomId).values()]
  const desks = (rooms.find((each) => each.length >= places) ?? start.desks).slice(0, places)
  occupy(board, desks, start.minute, start.minute + wish.durationMinutes)
}

/** From the next day on, so that people learn of it in time; a visit of today may move within today. */
export function earliestOf(visits: readonly Visit[], now: Temporal.Instant): Temporal.Instant {
  const today = officeDay(now)
  const soon = now.add({ minutes: 60 })
  const tomorrow = instantOf(today.add({ days: 1 }), 0)
  return visits.some(({ day }) => day.equals(today)) || Temporal.Instant.compare(soon, tomorrow) > 0 ? soon : tomorrow
}
