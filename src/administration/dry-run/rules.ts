/**
 * Which days and which booked visits would be others under another law or office.
 *
 * The same decisions are asked as when people book: a visit is touched when it could be booked as it
 * stands before, and could not after. Pure.
 */
import { freeDay, wishOf, type Board } from '../../booking/index.js'
import { minuteOf } from '../../calendar/index.js'
import type { Directory, Service } from '../../directory/index.js'
import type { Basis } from '../../platform/decision.js'
import { hours, mayBook, personsCounted } from '../../regulation/index.js'
import type { BookedVisit, ChangedDay, TouchCode, Touched, UnitDay, World } from './model.js'

/** Units whose day would have other hours or another number of free starts, by day and in the order of the office file. */
export function changedDays(before: World, after: World): ChangedDay[] {
  const units = new Set([...openUnits(before.directory), ...openUnits(after.directory)])
  return before.boards.flatMap((board, index) => {
    const then = after.boards[index]
    if (then === undefined) return []
    const [starts, startsThen] = [startsByUnit(before.directory, board), startsByUnit(after.directory, then)]
    return [...units].flatMap((unitId): ChangedDay[] => {
      const { day } = board.date
      const one = unitDay(before, unitId, day, starts.get(unitId) ?? 0)
      const other = unitDay(after, unitId, day, startsThen.get(unitId) ?? 0)
      return one.starts === other.starts && sameHours(one, other) ? [] : [{ unitId, day, before: one, after: other }]
    })
  })
}

function openUnits({ units }: Directory): string[] {
  return [...units.values()].filter(({ closed }) => !closed).map(({ id }) => id)
}

function unitDay({ book, directory }: World, unitId: string, day: Temporal.PlainDate, starts: number): UnitDay {
  if (!directory.units.has(unitId)) return { code: 'unknown', intervals: [], basis: [], starts: 0 }
  const { code, intervals, basis } = hours(book, directory, unitId, day)
  return { code, intervals, basis, starts }
}

function sameHours(one: UnitDay, other: UnitDay): boolean {
  return intervalsText(one) === intervalsText(other) && (one.code === other.code || one.intervals.length > 0)
}

function intervalsText({ intervals }: UnitDay): string {
  return intervals.map(({ from, to }) => `${from}-${to}`).join(' ')
}

/** Each minute at each desk at which some visit of the unit can begin, counted once. */
function startsByUnit(directory: Directory, board: Board): Map<string, number> {
  const byUnit = Map.groupBy(
    [...directory.services.values()].filter((service) => !service.closed && !service.dropOff),
    ({ unitId }) => unitId,
  )
  return new Map([...byUnit].map(([unitId, services]) => [unitId, startsOf(directory, board, services)]))
}

function startsOf(directory: Directory, board: Board, services: readonly Service[]): number {
  // Minute and desk as one number: millions of texts would be the dearest part.
  const starts = new Set<number>()
  for (const { id } of services) {
    const wish = wishOf(directory, { serviceId: id })
    if (wish === null) continue
    for (const { minute, desks } of freeDay(board, wish).starts) for (const desk of desks) starts.add(desk * 2_000 + minute)
  }
  return starts.size
}

/** Booked visits that could not be booked as they stand any more, by their start. */
export function touchedVisits(before: World, after: World, visits: readonly BookedVisit[]): Touched[] {
  const [then, now] = [judge(after), judge(before)]
  return visits
    .flatMap((visit): Touched[] => {
      const refused = then(visit)
      return refused === null || now(visit) !== null ? [] : [{ visit, ...refused }]
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.visit.startsAt, b.visit.startsAt) || a.visit.id - b.visit.id)
}

/** Why a visit could not be booked as it stands. */
export interface No {
  readonly code: TouchCode
  readonly basis: readonly Basis[]
  readonly values?: Readonly<Record<string, string | number>>
}

/** What is the same for all visits in a matter at a time. */
interface AtTime {
  readonly law: No | null
  /** Desks needed, and by what. */
  readonly needs: { readonly desks: number; readonly basis: readonly Basis[] }
  /** Minutes passed since midnight. */
  readonly from: number
  readonly to: number
  readonly board: Board | undefined
}

/** The judgement of one world: why a visit could not be booked as it stands, null where it could; many visits begin at the same minute in the same matter. */
export function judge(world: World): (visit: BookedVisit) => No | null {
  const known = new Map<string, AtTime>()
  const boards = new Map(world.boards.map((board) => [board.date.day.toString(), board]))
  return (visit) => {
    const key = `${visit.serviceId} ${visit.moreServiceIds.join(' ')} ${visit.startsAt.epochMilliseconds} ${visit.endsAt.epochMilliseconds}`
    let atTime = known.get(key)
    if (atTime === undefined) known.set(key, (atTime = timeOf(world, visit, boards.get(visit.day.toString()))))
    return atTime.law ?? byDesks(world, atTime, visit)
  }
}

function timeOf(world: World, visit: BookedVisit, board: Board | undefined): AtTime {
  const { book, directory } = world
  const service = directory.services.get(visit.serviceId)
  const { counted, basis } = service === undefined ? { counted: 1, basis: [] } : personsCounted(book, directory, service, visit.startsAt)
  const from = board === undefined ? 0 : minuteOf(board.date, visit.startsAt)
  const to = from + visit.startsAt.until(visit.endsAt).total('minutes')
  return { law: byLaw(world, visit), needs: { desks: Math.max(1, counted), basis }, from, to, board }
}

function byLaw({ book, directory }: World, visit: BookedVisit): No | null {
  const now = visit.startsAt.subtract({ minutes: 1 })
  const durationMinutes = visit.startsAt.until(visit.endsAt).total('minutes')
  for (const serviceId of [visit.serviceId, ...visit.moreServiceIds]) {
    if (directory.services.get(serviceId)?.closed !== false) return { code: 'matter-gone', basis: [] }
    // What holds at the start of the visit; ways, limits and the horizon were judged when it was booked.
    const may = mayBook(book, directory, {
      serviceId,
      channel: 'counter',
      clerk: true,
      limitExcepted: true,
      start: visit.startsAt,
      now,
      durationMinutes,
    })
    if (!may.allowed) return { code: may.code, basis: may.basis, ...(may.values === undefined ? {} : { values: may.values }) }
  }
  return null
}

function byDesks({ directory }: World, { needs, from, to, board }: AtTime, { deskIds }: BookedVisit): No | null {
  const desks = deskIds.length
  // Gone for good is another reason than out for a day: who keeps a visit for the one has not decided on the other.
  if (deskIds.some((id) => directory.desksById.get(id)?.closed !== false)) return { code: 'desk-closed', basis: [] }
  if (needs.desks > desks) return { code: 'needs-more-desks', basis: needs.basis, values: { persons: needs.desks, desks } }
  if (board === undefined) return null
  const isOpen = (deskId: number): boolean =>
    board.desksById.get(deskId)?.openings.some((opening) => opening.from <= from && to <= opening.to) === true
  return deskIds.every(isOpen) ? null : { code: 'desk-not-open', basis: [] }
}
