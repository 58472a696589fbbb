/**
 * One day of the whole office: every staffed desk with its free minutes, and for each service the
 * starts that follow, computed when first asked. A day without a start says why.
 *
 * Pure but for `free`, which its owner, the cache, updates in place.
 */
import type { Desk, Directory, Service } from '../../directory/index.js'
import type { Wish } from '../wish.js'
import { deskOpenings, instantAt, passedIntervals, type Absence, type Interval, type OfficeDate, type Shift } from '../../calendar/index.js'
import type { Basis } from '../../platform/decision.js'
import type { DayHours, Release } from '../../regulation/index.js'
import { deskOnDay, startsOnDay, type DeskOnDay, type Need } from './starts.js'
import { setTaken } from './minutes.js'
import { timelineOf, type Timeline } from './timeline.js'

/** What the acts say about a day; regulation answers, tests may answer otherwise. */
export interface DayRules {
  /** Those of the unit, or of one matter it handles. */
  hours(unitId: string, day: Temporal.PlainDate, service?: Service): DayHours
  /** Places a visit for the service takes on that day: its persons counted, at least one. */
  places(service: Service, day: Temporal.PlainDate): number
  /** False when a limit of the room leaves no client to the desk; missing where nothing limits rooms. */
  inUse?(desk: Desk, day: Temporal.PlainDate): boolean
}

/** Everything but the visits. */
export interface Plan {
  readonly directory: Directory
  readonly rules: DayRules
  readonly shifts: ReadonlyMap<number, readonly Shift[]>
}

export interface Board {
  readonly date: OfficeDate
  readonly plan: Plan
  readonly desks: readonly DeskOnDay[]
  readonly desksById: ReadonlyMap<number, DeskOnDay>
  /** Asked before, by service; emptied whenever a minute is taken. */
  readonly answers: Map<string, FreeDay>
}

export interface FreeStart {
  /** Minutes passed since midnight; what the wall shows but on the days of a clock change. */
  readonly minute: number
  readonly start: Temporal.Instant
  /** Desks free for the whole visit that offer the service, by number. */
  readonly desks: readonly number[]
}

/** `free`, or why the day has no start: a code of regulation's hours, or one of these. */
export type FreeDayCode =
  | 'free'
  | 'past'
  | 'not-bookable'
  | 'no-desk'
  | 'no-common-desk'
  | 'not-staffed'
  | 'too-short'
  | 'all-taken'
  | (string & {})

export interface FreeDay {
  readonly day: Temporal.PlainDate
  readonly starts: readonly FreeStart[]
  readonly code: FreeDayCode
  readonly basis: readonly Basis[]
  /** Name of the day off, where the code is about one. */
  readonly name?: string
  /** Of a day whose times cannot be taken yet: when they can, and how. */
  readonly release?: Release
}

/** Consecutive days with their openings, before any visit is known, and the minutes they share. */
export function openBoards(
  plan: Plan,
  dates: readonly OfficeDate[],
  absences: ReadonlyMap<number, readonly Absence[]>,
): { readonly boards: Board[]; readonly timeline: Timeline } {
  const [first, last] = [dates[0], dates.at(-1)]
  const midnight = first?.midnight ?? 0
  const timeline = timelineOf([...plan.shifts.keys()], last === undefined ? 0 : last.midnight + last.length - midnight)
  return { boards: dates.map((date) => openBoard(plan, date, absences, timeline, date.midnight - midnight)), timeline }
}

function openBoard(
  plan: Plan,
  date: OfficeDate,
  absences: ReadonlyMap<number, readonly Absence[]>,
  timeline: Timeline,
  minute: number,
): Board {
  const hours = new Map<string, DayHours>()
  const desks: DeskOnDay[] = []
  for (const desk of plan.directory.desks.values()) {
    const shifts = desk.closed ? undefined : plan.shifts.get(desk.id)
    if (shifts === undefined || plan.rules.inUse?.(desk, date.day) === false) continue
    let open = hours.get(desk.unitId)
    if (open === undefined) hours.set(desk.unitId, (open = plan.rules.hours(desk.unitId, date.day)))
    const openings = deskOpenings(date, open.intervals, shifts, absences.get(desk.id) ?? [])
    if (openings.length > 0)
      desks.push(deskOnDay(desk.id, desk.roomId, openings, { free: timeline.minutes, midnight: timeline.rows[desk.id]! + minute }))
  }
  return { date, plan, desks, desksById: new Map(desks.map((desk) => [desk.deskId, desk])), answers: new Map() }
}

/** The starts of a wish on the day; of a matter alone, as nearly everybody asks, computed once. */
export function freeDay(board: Board, wish: Wish): FreeDay {
  const known = board.answers.get(wish.key)
  if (known !== undefined) return known
  const found = startsOnDay(board.desks, needOf(board, wish))
  const starts = found.map(({ minute, desks }): FreeStart => ({ minute, start: instantAt(board.date, minute), desks }))
  const answer: FreeDay =
    starts.length > 0 ? { day: board.date.day, starts, code: 'free', basis: [] } : { day: board.date.day, starts, ...whyNone(board, wish) }
  if (wish.plain) board.answers.set(wish.key, answer)
  return answer
}

/** Takes minutes of desks on a board, in minutes passed since its midnight: what is asked afterwards knows it. */
export function occupy(board: Board, deskIds: readonly number[], from: number, to: number): void {
  for (const id of deskIds) {
    const onDay = board.desksById.get(id)
    if (onDay !== undefined) setTaken(onDay.free, onDay.midnight + from, onDay.midnight + to)
  }
  board.answers.clear()
}

export function needOf({ date, plan }: Board, wish: Wish): Need {
  const services = [wish.service, ...wish.more]
  const intervals = services.map((service) => plan.rules.hours(service.unitId, date.day, service).intervals).reduce(overlap)
  return {
    stepMinutes: wish.service.stepMinutes,
    durationMinutes: wish.durationMinutes,
    places: Math.max(...services.map((service) => plan.rules.places(service, date.day))),
    offers: new Set(wish.desks.map((desk) => desk.id)),
    within: passedIntervals(date, intervals),
  }
}

/** When both are open: a visit of several matters lies in the hours of each unit that handles one. */
function overlap(some: readonly Interval[], others: readonly Interval[]): readonly Interval[] {
  return some.flatMap((one) =>
    others.flatMap((other): Interval[] => {
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)]
      return from < to ? [{ from, to }] : []
    }),
  )
}

/** Why a day has no start: the first thing that would have to be otherwise. */
function whyNone(board: Board, wish: Wish): { code: FreeDayCode; basis: readonly Basis[]; name?: string } {
  if (wish.service.dropOff) return { code: 'not-bookable', basis: [] }
  for (const service of [wish.service, ...wish.more]) {
    const hours = board.plan.rules.hours(service.unitId, board.date.day, service)
    if (hours.intervals.length === 0) {
      return { code: hours.code, basis: hours.basis, ...(hours.name === undefined ? {} : { name: hours.name }) }
    }
  }
  if (wish.desks.length === 0) return { code: wish.more.length > 0 ? 'no-common-desk' : 'no-desk', basis: [] }
  const staffed = wish.desks.flatMap((desk) => board.desksById.get(desk.id) ?? [])
  if (staffed.length === 0) return { code: 'not-staffed', basis: [] }
  const empty = { ...board, desks: board.desks.map((desk) => deskOnDay(desk.deskId, desk.roomId, desk.openings)) }
  return { code: startsOnDay(empty.desks, needOf(board, wish)).length === 0 ? 'too-short' : 'all-taken', basis: [] }
}
