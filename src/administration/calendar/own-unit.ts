/**
 * The week of a unit as its head looks at it: desks with their hours and load, visits, the first free
 * day of each matter, and where nobody sits. Who sits at a desk is not kept, and not asked. Pure.
 */
import { freeDay, wishOf, type Board } from '../../booking/index.js'
import { minuteOf, minuteUntil, wallAt, type Interval } from '../../calendar/index.js'
import type { Desk, Directory, Service } from '../../directory/index.js'
import { hours, type DayHours, type RuleBook } from '../../regulation/index.js'

/** A desk planned for a visit, for some time; nobody's name. */
export interface PlannedPlace {
  readonly deskId: number
  readonly visitId: number
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** A desk on a day. */
export interface DeskLoad {
  /** In minutes on the wall. */
  readonly open: readonly Interval[]
  readonly openMinutes: number
  /** Minutes of it for which a visit is booked. */
  readonly bookedMinutes: number
}

export interface UnitWeek {
  readonly days: readonly {
    readonly day: Temporal.PlainDate
    readonly hours: DayHours
    readonly visits: number
    /** Of all desks together. */
    readonly openMinutes: number
    readonly bookedMinutes: number
  }[]
  readonly desks: readonly { readonly desk: Desk; readonly days: readonly DeskLoad[] }[]
  readonly gaps: readonly Gap[]
}

export type Gap =
  /** Nobody sits at the desk although its unit is open. */
  | { readonly kind: 'unstaffed'; readonly day: Temporal.PlainDate; readonly desk: Desk }
  /** Nobody sits at any desk. */
  | { readonly kind: 'idle'; readonly day: Temporal.PlainDate }

export function unitWeek(
  office: Directory,
  book: RuleBook,
  { unitId, desks, boards, places }: { unitId: string; desks: readonly Desk[]; boards: readonly Board[]; places: readonly PlannedPlace[] },
): UnitWeek {
  const loads = desks.map((desk) => ({ desk, days: boards.map((board) => loadOf(board, desk.id, places)) }))
  const days = boards.map((board, index) => {
    const onDay = places.filter(({ from }) => isWithin(board, from))
    return {
      day: board.date.day,
      hours: hours(book, office, unitId, board.date.day),
      visits: new Set(onDay.map(({ visitId }) => visitId)).size,
      openMinutes: sum(loads.map((each) => each.days[index]?.openMinutes ?? 0)),
      bookedMinutes: sum(loads.map((each) => each.days[index]?.bookedMinutes ?? 0)),
    }
  })
  return { days, desks: loads, gaps: days.flatMap(({ day, openMinutes }, index) => gapsOn(office, book, day, openMinutes, loads, index)) }
}

function gapsOn(
  office: Directory,
  book: RuleBook,
  day: Temporal.PlainDate,
  openMinutes: number,
  loads: UnitWeek['desks'],
  index: number,
): Gap[] {
  const due = loads.filter(({ desk }) => hours(book, office, desk.unitId, day).intervals.length > 0)
  if (due.length === 0) return []
  if (openMinutes === 0) return [{ kind: 'idle', day }]
  return due.filter(({ days }) => days[index]?.openMinutes === 0).map(({ desk }) => ({ kind: 'unstaffed', day, desk }))
}

function loadOf(board: Board, deskId: number, places: readonly PlannedPlace[]): DeskLoad {
  const open = board.desksById.get(deskId)?.openings ?? []
  const booked = places
    .filter((each) => each.deskId === deskId)
    .map(({ from, until }) => ({ from: minuteOf(board.date, from), to: minuteUntil(board.date, until) }))
  return {
    open: open.map(({ from, to }) => ({ from: wallAt(board.date, from), to: wallAt(board.date, to) })),
    openMinutes: sum(open.map(({ from, to }) => to - from)),
    // Places of a desk never overlap: they are summed as they are.
    bookedMinutes: sum(open.flatMap((one) => booked.map((two) => Math.max(0, Math.min(one.to, two.to) - Math.max(one.from, two.from))))),
  }
}

function isWithin({ date }: Board, at: Temporal.Instant): boolean {
  const minute = minuteOf(date, at)
  return 0 <= minute && minute < date.length
}

/** The first of the days on which a visit in the matter can still begin; null when there is none. */
export function firstFreeDay(
  office: Directory,
  boards: readonly Board[],
  service: Service,
  now: Temporal.Instant,
): Temporal.PlainDate | null {
  const wish = wishOf(office, { serviceId: service.id })
  if (wish === null) return null
  const found = boards.find((board) => freeDay(board, wish).starts.some(({ start }) => Temporal.Instant.compare(start, now) > 0))
  return found?.date.day ?? null
}

/** In hundredths, whole; 0 where nobody is there. */
export function percentOf({ openMinutes, bookedMinutes }: Pick<DeskLoad, 'openMinutes' | 'bookedMinutes'>): number {
  return openMinutes === 0 ? 0 : Math.round((100 * bookedMinutes) / openMinutes)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
