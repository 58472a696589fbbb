/**
 * What a booking is decided on: the matter, the office's settings, the acts; and for a visit that
 * moves, the desks it could go to, its own time not in its way.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import type { Decision } from '../platform/decision.js'
import { minuteOf } from '../calendar/index.js'
import { directory as readDirectory, type Directory, type OfficeSettings, type Service } from '../directory/index.js'
import { mayBook, ruleBook, type BookFacts, type BookRefusal, type BookYes, type RuleBook } from '../regulation/index.js'
import type { Visit } from '../visit/index.js'
import { needOf } from './availability/board.js'
import { boardsOf } from './availability/cache.js'
import { deskOnDay, isFree, startsOnDay } from './availability/starts.js'
import { desksFree } from './store.js'
import { wishOf, type Wish, type Wished } from './wish.js'

/** A wish, its main matter, and what its visits are booked under. */
export interface Bookable {
  readonly wish: Wish
  readonly service: Service
  readonly settings: OfficeSettings
  readonly directory: Directory
  readonly book: RuleBook
}

/** The wish, or null when the office has no such matter, or takes its papers without a booking. */
export async function bookable(context: Context, wished: Wished): Promise<Bookable | null> {
  const [directory, book] = await Promise.all([readDirectory(context), ruleBook(context)])
  const wish = wishOf(directory, wished)
  return wish === null ? null : { wish, service: wish.service, settings: directory.office.settings, directory, book }
}

/** May all that is wished be booked then? Each matter is asked, with the minutes of the whole visit. */
export function mayBookWish(
  { wish, book, directory }: Pick<Bookable, 'wish' | 'book' | 'directory'>,
  facts: Omit<BookFacts, 'serviceId' | 'durationMinutes'>,
): Decision<BookYes, BookRefusal> {
  const ask = ({ id }: Service): Decision<BookYes, BookRefusal> =>
    mayBook(book, directory, { ...facts, serviceId: id, durationMinutes: wish.durationMinutes })
  return wish.more.map(ask).find((may) => !may.allowed) ?? ask(wish.service)
}

/** Does any desk offer what is wished at this start, taken or not? A time off the grid is none. */
export async function isStart(context: Context, wish: Wish, start: Temporal.Instant, now: Temporal.Instant): Promise<boolean> {
  return ((await dayWithoutVisits(context, wish, start, now))?.offering.length ?? 0) > 0
}

/** The board without any visit: which desks work then, and from which minutes their starts are counted. */
async function dayWithoutVisits(context: Context, wish: Wish, start: Temporal.Instant, now: Temporal.Instant) {
  const day = officeDay(start)
  const board = (await boardsOf(context, day, day, now))[0]
  if (board === undefined || start.epochMilliseconds % 60_000 !== 0) return null
  const minute = minuteOf(board.date, start)
  const empty = board.desks.map((desk) => deskOnDay(desk.deskId, desk.roomId, desk.openings))
  const need = needOf(board, wish)
  const offering = startsOnDay(empty, need).find((each) => each.minute === minute)?.desks ?? []
  return { empty, offering, minute, places: need.places }
}

export interface DeskGroup {
  readonly roomId: string
  /** One for each counted person, ascending. */
  readonly desks: readonly number[]
}

/** Groups of desks a visit could move to: on the grid, staffed, and free but for the visit itself and stale holds. */
export async function groupsForMove(
  context: Context,
  visit: Visit,
  { wish }: Bookable,
  start: Temporal.Instant,
  now: Temporal.Instant,
): Promise<readonly DeskGroup[]> {
  const day = await dayWithoutVisits(context, wish, start, now)
  if (day === null) return []
  const { empty, offering, minute } = day
  const until = minute + wish.durationMinutes
  const working = empty.filter((desk) => isFree(desk, minute, until))
  const end = start.add({ minutes: wish.durationMinutes })
  const free = new Set(
    await desksFree(context.database.pool, { desks: working.map((desk) => desk.deskId), start, end, now, own: visit.id }),
  )
  const room = new Map(working.filter((desk) => free.has(desk.deskId)).map((desk) => [desk.deskId, desk.roomId]))
  return offering.flatMap((main): DeskGroup[] => {
    const roomId = room.get(main)
    if (roomId === undefined) return []
    const beside = [...room].filter(([desk, at]) => at === roomId && desk !== main).map(([desk]) => desk)
    if (beside.length + 1 < visit.counted) return []
    return [{ roomId, desks: [main, ...beside.slice(0, visit.counted - 1)].toSorted((a, b) => a - b) }]
  })
}

/** Desks at which a visit of the wish may start at this time, taken or not, and the places it takes. */
export async function startFacts(
  context: Context,
  wish: Wish,
  start: Temporal.Instant,
  now: Temporal.Instant,
): Promise<{ readonly offering: readonly number[]; readonly counted: number }> {
  const day = await dayWithoutVisits(context, wish, start, now)
  return { offering: day?.offering ?? [], counted: day?.places ?? wish.service.persons }
}
