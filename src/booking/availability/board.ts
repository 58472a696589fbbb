/**
 * One day of the whole office: every staffed desk with its free minutes, and for each service the
 * starts that follow, computed when first asked. A day without a start says why.
 *
 * Pure but for `free`, which its owner, the cache, updates in place.
 */
import type { Directory, Service } from '../../directory/index.js'
import { deskOpenings, instantAt, passedIntervals, type Absence, type OfficeDate, type Shift } from '../../calendar/index.js'
import type { Basis } from '../../platform/decision.js'
import type { DayHours } from '../../regulation/index.js'
import { setTaken } from './minutes.js'
import { deskOnDay, startsOnDay, type DeskOnDay, type Need } from './starts.js'
import type { TakenPlaces } from './store.js'

/** What the acts say about a day; regulation answers, tests may answer otherwise. */
export interface DayRules {
  hours(unitId: string, day: Temporal.PlainDate): DayHours
  /** Places a visit for the service takes on that day: its persons counted, at least one. */
  places(service: Service, day: Temporal.PlainDate): number
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
export type FreeDayCode = 'free' | 'past' | 'not-bookable' | 'no-desk' | 'not-staffed' | 'too-short' | 'all-taken' | (string & {})

export interface FreeDay {
  readonly day: Temporal.PlainDate
  readonly starts: readonly FreeStart[]
  readonly code: FreeDayCode
  readonly basis: readonly Basis[]
  /** Name of the day off, where the code is about one. */
  readonly name?: string
}

/** A day with its openings, before any visit is known. */
export function openBoard(plan: Plan, date: OfficeDate, absences: ReadonlyMap<number, readonly Absence[]>): Board {
  const hours = new Map<string, DayHours>()
  const desks: DeskOnDay[] = []
  for (const desk of plan.directory.desks.values()) {
    const shifts = desk.closed ? undefined : plan.shifts.get(desk.id)
    if (shifts === undefined) continue
    const open = hours.get(desk.unitId) ?? plan.rules.hours(desk.unitId, date.day)
    hours.set(desk.unitId, open)
    const openings = deskOpenings(date, open.intervals, shifts, absences.get(desk.id) ?? [])
    if (openings.length > 0) desks.push(deskOnDay(desk.id, desk.roomId, openings))
  }
  return { date, plan, desks, desksById: new Map(desks.map((desk) => [desk.deskId, desk])), answers: new Map() }
}

/** Takes the minutes of places on boards of consecutive days; a place may span midnight. */
export function fillBoards(boards: readonly Board[], taken: TakenPlaces): void {
  const first = boards[0]
  if (first === undefined) return
  for (let at = 0; at < taken.length; at += 3) {
    const [desk, start, end] = [taken[at]!, taken[at + 1]!, taken[at + 2]!]
    // A day has about 1440 minutes: the guess is right or one too far on.
    let index = Math.max(Math.floor((start - first.date.midnight) / 1440) - 1, 0)
    for (let board = boards[index]; board !== undefined && board.date.midnight < end; board = boards[++index]) {
      const onDay = board.desksById.get(desk)
      if (onDay !== undefined) setTaken(onDay.free, start - board.date.midnight, end - board.date.midnight)
    }
  }
}

/** The starts of a service on the day, computed once. */
export function freeDay(board: Board, service: Service): FreeDay {
  const known = board.answers.get(service.id)
  if (known !== undefined) return known
  const found = service.dropOff || service.closed ? [] : startsOnDay(board.desks, needOf(board, service))
  const starts = found.map(({ minute, desks }): FreeStart => ({ minute, start: instantAt(board.date, minute), desks }))
  const answer: FreeDay = starts.length > 0 ? { day: board.date.day, starts, code: 'free', basis: [] } : { day: board.date.day, starts, ...whyNone(board, service) }
  board.answers.set(service.id, answer)
  return answer
}

export function needOf({ date, plan }: Board, service: Service): Need {
  const { intervals } = plan.rules.hours(service.unitId, date.day)
  return {
    stepMinutes: service.stepMinutes,
    durationMinutes: service.durationMinutes,
    places: plan.rules.places(service, date.day),
    offers: new Set(plan.directory.desksOf(service.id).map((desk) => desk.id)),
    within: passedIntervals(date, intervals),
  }
}

/** Why a day has no start: the first thing that would have to be otherwise. */
function whyNone(board: Board, service: Service): { code: FreeDayCode; basis: readonly Basis[]; name?: string } {
  const { directory, rules } = board.plan
  if (service.dropOff || service.closed) return { code: 'not-bookable', basis: [] }
  const hours = rules.hours(service.unitId, board.date.day)
  if (hours.intervals.length === 0) {
    return { code: hours.code, basis: hours.basis, ...(hours.name === undefined ? {} : { name: hours.name }) }
  }
  const offering = directory.desksOf(service.id)
  if (offering.length === 0) return { code: 'no-desk', basis: [] }
  const staffed = offering.flatMap((desk) => board.desksById.get(desk.id) ?? [])
  if (staffed.length === 0) return { code: 'not-staffed', basis: [] }
  const empty = { ...board, desks: board.desks.map((desk) => deskOnDay(desk.deskId, desk.roomId, desk.openings)) }
  return { code: startsOnDay(empty.desks, needOf(board, service)).length === 0 ? 'too-short' : 'all-taken', basis: [] }
}
