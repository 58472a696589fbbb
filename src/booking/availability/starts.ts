/**
 * At which minutes of a day a visit may start, and at which desks.
 *
 * A start lies on the grid of its service's step, counted from the opening of the desk's unit; the
 * desk offers the service and is staffed and free for the whole visit. Every further person the
 * acts count needs a staffed desk of the same room, free for as long (§ 1 ust. 4 of K/219/2020):
 * any desk of the room, whatever it offers. Pure and on integers; the database judges again.
 */
import type { Interval, Opening } from '../../calendar/index.js'
import { areFree, freeBefore, freeFrom, noMinutes, setFree, type Minutes } from './minutes.js'

/** A desk on a day. `free` changes as visits come and go; the rest does not. */
export interface DeskOnDay {
  readonly deskId: number
  readonly roomId: string
  readonly openings: readonly Opening[]
  /** Its free minutes, which may be those of several days. */
  readonly free: Minutes
  /** Where in `free` this day begins. */
  readonly midnight: number
}

/** What a visit needs. */
export interface Need {
  readonly stepMinutes: number
  readonly durationMinutes: number
  /** Places in the room: the persons counted, at least one. */
  readonly places: number
  /** Desks that offer the service. */
  readonly offers: ReadonlySet<number>
  /** When the unit that handles the service is open; the desk may be another unit's. */
  readonly within: readonly Interval[]
}

export interface StartOnDay {
  /** Minutes passed since midnight. */
  readonly minute: number
  /** Desks at which the visit may start, in the order of the day's desks. */
  readonly desks: readonly number[]
}

/** A desk on a day with its openings free; in `among` from `midnight` on, or in minutes of its own. */
export function deskOnDay(
  deskId: number,
  roomId: string,
  openings: readonly Opening[],
  among?: { readonly free: Minutes; readonly midnight: number },
): DeskOnDay {
  const { free, midnight } = among ?? { free: noMinutes(openings.at(-1)?.to ?? 0), midnight: 0 }
  for (const { from, to } of openings) setFree(free, midnight + from, midnight + to)
  return { deskId, roomId, openings, free, midnight }
}

/** Is the desk staffed and free from `from` to before `to`? */
export function isFree({ free, midnight }: DeskOnDay, from: number, to: number): boolean {
  return areFree(free, midnight + from, midnight + to)
}

/** Every start of the day, in order. */
export function startsOnDay(desks: readonly DeskOnDay[], need: Need): StartOnDay[] {
  const starts: StartOnDay[] = []
  const grids = windowsByGrid(desks, need)
  for (const windows of grids.values()) addStarts(starts, desks, windows, need)
  // Two grids never meet in a minute.
  return grids.size > 1 ? starts.toSorted((a, b) => a.minute - b.minute) : starts
}

/** First and last minute on the grid at which a visit may start at a desk, as far as its openings go. */
interface Window {
  readonly desk: DeskOnDay
  readonly first: number
  readonly last: number
}

/** Windows of the desks that offer the service, by where their grid lies: desks whose units open on one grid share it. */
function windowsByGrid(
  desks: readonly DeskOnDay[],
  { stepMinutes, durationMinutes, within, offers }: Need,
): ReadonlyMap<number, readonly Window[]> {
  const grids = new Map<number, Window[]>()
  for (const desk of desks) {
    if (!offers.has(desk.deskId)) continue
    for (const { from, to, gridFrom } of desk.openings) {
      for (const open of within) {
        const begin = Math.max(from, open.from)
        const first = begin + ((stepMinutes - ((begin - gridFrom) % stepMinutes)) % stepMinutes)
        const last = Math.min(to, open.to) - durationMinutes
        const grid = grids.get(gridFrom % stepMinutes)
        if (first > last) continue
        if (grid === undefined) grids.set(gridFrom % stepMinutes, [{ desk, first, last }])
        else grid.push({ desk, first, last })
      }
    }
  }
  return grids
}

/** The starts of one grid. The loops below run for every quarter of every day of a month: plain, and making little. */
function addStarts(starts: StartOnDay[], desks: readonly DeskOnDay[], windows: readonly Window[], need: Need): void {
  const { durationMinutes, places } = need
  const [only] = windows
  if (windows.length === 1 && places <= 1) return addStartsOfOne(starts, only!, need)
  let [first, last] = [windows[0]!.first, windows[0]!.last]
  for (const window of windows) {
    if (window.first < first) first = window.first
    if (window.last > last) last = window.last
  }
  const free = windows.map(({ desk }) => desk.deskId)
  let before: readonly number[] = free.slice()
  for (let minute = first; minute <= last; minute += need.stepMinutes) {
    let count = 0
    for (let index = 0; index < windows.length; index++) {
      const window = windows[index]!
      if (minute < window.first || minute > window.last || !isFree(window.desk, minute, minute + durationMinutes)) continue
      if (places <= 1 || hasRoom(desks, window.desk, need, minute)) free[count++] = window.desk.deskId
    }
    if (count === 0) continue
    // Most starts have the desks of the one before them: the list is shared.
    if (!isSame(before, free, count)) before = free.slice(0, count)
    starts.push({ minute, desks: before })
  }
}

/** The same where one desk handles the matter, as is usual in a small unit: no list to put together and compare. */
function addStartsOfOne(starts: StartOnDay[], { desk, first, last }: Window, { stepMinutes, durationMinutes }: Need): void {
  const desks = [desk.deskId]
  for (let minute = first; minute <= last; minute += stepMinutes) {
    if (isFree(desk, minute, minute + durationMinutes)) starts.push({ minute, desks })
  }
}

/** Are there as many desks free in the room as the visit takes places? */
function hasRoom(desks: readonly DeskOnDay[], { roomId }: DeskOnDay, { durationMinutes, places }: Need, minute: number): boolean {
  let free = 0
  for (const desk of desks) if (desk.roomId === roomId && isFree(desk, minute, minute + durationMinutes)) free++
  return free >= places
}

function isSame(list: readonly number[], other: readonly number[], count: number): boolean {
  if (list.length !== count) return false
  for (let index = 0; index < count; index++) if (list[index] !== other[index]) return false
  return true
}

/** Desks for one visit, all of one room: first the one that serves, then one for each further person counted. */
export interface DeskGroup {
  readonly roomId: string
  readonly desks: readonly number[]
}

/** The desks for one visit, or null when there are not enough: the first of the groups below. */
export function pickDesks(desks: readonly DeskOnDay[], need: Need, minute: number, random: number): DeskGroup | null {
  return deskGroups(desks, need, minute, random)[0] ?? null
}

/**
 * Groups of desks for a visit at that minute, no desk in two of them, in the order to try them: first
 * where the visit leaves the least unusable time beside it. `random` decides where to begin among
 * equals, so that people who come at once spread out and the same number gives the same order.
 */
export function deskGroups(desks: readonly DeskOnDay[], need: Need, minute: number, random: number): DeskGroup[] {
  const end = minute + need.durationMinutes
  if (!isWithin(need.within, minute, end)) return []
  const free = desks.filter((desk) => isFree(desk, minute, end))
  const ranked = free
    .filter((desk) => need.offers.has(desk.deskId) && isStart(desk, need, minute))
    .map((desk) => ({ desk, lost: lostBeside(desk, need, minute) }))
  const turn = Math.floor(random * ranked.length)
  const ordered = [...ranked.slice(turn), ...ranked.slice(0, turn)].toSorted((a, b) => a.lost - b.lost).map(({ desk }) => desk)
  if (need.places <= 1) return ordered.map((desk) => ({ roomId: desk.roomId, desks: [desk.deskId] }))
  return groupsOfRooms(ordered, free, need)
}

/** Each desk that serves with others of its room beside it: first those that do not offer the service. */
function groupsOfRooms(ordered: readonly DeskOnDay[], free: readonly DeskOnDay[], need: Need): DeskGroup[] {
  const left = new Set(free)
  const groups: DeskGroup[] = []
  for (const desk of ordered) {
    if (!left.has(desk)) continue
    const others = [...left].filter((other) => other !== desk && other.roomId === desk.roomId)
    if (others.length < need.places - 1) continue
    others.sort((a, b) => Number(need.offers.has(a.deskId)) - Number(need.offers.has(b.deskId)))
    const group = [desk, ...others.slice(0, need.places - 1)]
    for (const each of group) left.delete(each)
    groups.push({ roomId: desk.roomId, desks: group.map((each) => each.deskId) })
  }
  return groups
}

/** Does the visit lie in an opening of the desk, and begin on the grid of it? */
function isStart({ openings }: DeskOnDay, { stepMinutes, durationMinutes }: Need, minute: number): boolean {
  for (const { from, to, gridFrom } of openings) {
    if (from <= minute && minute + durationMinutes <= to) return (minute - gridFrom) % stepMinutes === 0
  }
  return false
}

/** Minutes beside the visit in which no further one of its length fits. */
function lostBeside({ free, midnight }: DeskOnDay, { durationMinutes }: Need, minute: number): number {
  const start = midnight + minute
  return (freeBefore(free, start) % durationMinutes) + (freeFrom(free, start + durationMinutes) % durationMinutes)
}

function isWithin(intervals: readonly Interval[], from: number, to: number): boolean {
  for (const interval of intervals) if (interval.from <= from && to <= interval.to) return true
  return false
}
