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
  readonly free: Minutes
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

export function deskOnDay(deskId: number, roomId: string, openings: readonly Opening[]): DeskOnDay {
  const free = noMinutes()
  for (const { from, to } of openings) setFree(free, from, to)
  return { deskId, roomId, openings, free }
}

/** Every start of the day, in order. */
export function startsOnDay(desks: readonly DeskOnDay[], need: Need): StartOnDay[] {
  const atMinute: (number[] | undefined)[] = []
  for (const desk of desks) {
    if (!need.offers.has(desk.deskId)) continue
    eachFreeStart(desk, need, (minute) => {
      if (need.places > 1 && freeInRoom(desks, desk.roomId, minute, need.durationMinutes).length < need.places) return
      const others = atMinute[minute]
      if (others === undefined) atMinute[minute] = [desk.deskId]
      else others.push(desk.deskId)
    })
  }
  const starts: StartOnDay[] = []
  // forEach visits only the minutes that were set, in order.
  atMinute.forEach((deskIds, minute) => starts.push({ minute, desks: deskIds as number[] }))
  return starts
}

function eachFreeStart(desk: DeskOnDay, need: Need, found: (minute: number) => void): void {
  for (const { from, to, gridFrom } of desk.openings) {
    const first = gridFrom + Math.ceil((from - gridFrom) / need.stepMinutes) * need.stepMinutes
    for (let minute = first; minute + need.durationMinutes <= to; minute += need.stepMinutes) {
      const end = minute + need.durationMinutes
      if (areFree(desk.free, minute, end) && isWithin(need.within, minute, end)) found(minute)
    }
  }
}

function freeInRoom(desks: readonly DeskOnDay[], roomId: string, minute: number, durationMinutes: number): DeskOnDay[] {
  return desks.filter((desk) => desk.roomId === roomId && areFree(desk.free, minute, minute + durationMinutes))
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
  const free = desks.filter((desk) => areFree(desk.free, minute, end))
  const ranked = free
    .filter((desk) => need.offers.has(desk.deskId) && isStart(desk, need, minute))
    .map((desk) => ({ desk, lost: lostBeside(desk, need, minute) }))
  const turn = Math.floor(random * ranked.length)
  const ordered = [...ranked.slice(turn), ...ranked.slice(0, turn)].sort((a, b) => a.lost - b.lost).map(({ desk }) => desk)
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

function isStart(desk: DeskOnDay, need: Need, minute: number): boolean {
  const inOpening = ({ from, to, gridFrom }: Opening): boolean =>
    from <= minute && minute + need.durationMinutes <= to && (minute - gridFrom) % need.stepMinutes === 0
  return isWithin(need.within, minute, minute + need.durationMinutes) && desk.openings.some(inOpening)
}

/** Minutes beside the visit in which no further one of its length fits. */
function lostBeside({ free }: DeskOnDay, { durationMinutes }: Need, minute: number): number {
  return (freeBefore(free, minute) % durationMinutes) + (freeFrom(free, minute + durationMinutes) % durationMinutes)
}

function isWithin(intervals: readonly Interval[], from: number, to: number): boolean {
  return intervals.some((interval) => interval.from <= from && to <= interval.to)
}
