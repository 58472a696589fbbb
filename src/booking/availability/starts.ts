/**
 * At which minutes of a day a visit may start, and at which desks.
 *
 * A start lies on the grid of its service's step, counted from the opening of the desk's unit; the
 * desk offers the service and is staffed and free for the whole visit. Every further person the
 * acts count needs a staffed desk of the same room, free for as long (§ 1 ust. 4 of K/219/2020):
 * any desk of the room, whatever it offers. Pure and on integers; the database judges again.
 */
import type { Opening } from '../../calendar/index.js'
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
  readonly offers: ReadonlySet<number>
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
      if (areFree(desk.free, minute, minute + need.durationMinutes)) found(minute)
    }
  }
}

function freeInRoom(desks: readonly DeskOnDay[], roomId: string, minute: number, durationMinutes: number): DeskOnDay[] {
  return desks.filter((desk) => desk.roomId === roomId && areFree(desk.free, minute, minute + durationMinutes))
}

/**
 * The desks for one visit: first the one that serves, then one for each further counted person; null
 * when there are not enough. Of the desks that fit, the one is taken on which the visit leaves the
 * least unusable time beside it; `random` decides between equals, so that the same number picks the
 * same desk.
 */
export function pickDesks(desks: readonly DeskOnDay[], need: Need, minute: number, random: number): readonly number[] | null {
  const onGrid = (desk: DeskOnDay): boolean =>
    desk.openings.some(
      ({ from, to, gridFrom }) => from <= minute && minute + need.durationMinutes <= to && (minute - gridFrom) % need.stepMinutes === 0,
    )
  const main = leastFragmented(
    desks.filter((desk) => need.offers.has(desk.deskId) && onGrid(desk) && areFree(desk.free, minute, minute + need.durationMinutes)),
    need,
    minute,
    random,
    desks,
  )
  if (main === null || need.places <= 1) return main === null ? null : [main.deskId]
  // Desks that do not offer the service first: they lose the least by sitting beside.
  const others = freeInRoom(desks, main.roomId, minute, need.durationMinutes)
    .filter((desk) => desk !== main)
    .toSorted((a, b) => Number(need.offers.has(a.deskId)) - Number(need.offers.has(b.deskId)))
  return [main.deskId, ...others.slice(0, need.places - 1).map((desk) => desk.deskId)]
}

function leastFragmented(fitting: readonly DeskOnDay[], need: Need, minute: number, random: number, all: readonly DeskOnDay[]): DeskOnDay | null {
  const enough = need.places <= 1 ? fitting : fitting.filter((desk) => freeInRoom(all, desk.roomId, minute, need.durationMinutes).length >= need.places)
  const gap = (desk: DeskOnDay): number => {
    // What is left on a side is lost when no further visit of this length fits there.
    const lost = (free: number): number => free % need.durationMinutes
    return lost(freeBefore(desk.free, minute)) + lost(freeFrom(desk.free, minute + need.durationMinutes))
  }
  const gaps = enough.map(gap)
  const least = Math.min(...gaps)
  const best = enough.filter((_, index) => gaps[index] === least)
  return best[Math.floor(random * best.length)] ?? null
}
