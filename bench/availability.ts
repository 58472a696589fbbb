/**
 * What free starts cost: over a single sweep of sorted integers, over the time of fetching the rows,
 * with a thousand live holds among them, and from memory.
 */
import type pg from 'pg'
import { openBoards, type Plan } from '../src/booking/availability/board.js'
import { startsOnDay } from '../src/booking/availability/starts.js'
import { takePlaces } from '../src/booking/availability/timeline.js'
import { officeDate } from '../src/calendar/index.js'
import type { Directory } from '../src/directory/index.js'
import { interleaved, median, ratioOf, type Figures } from './harness.js'

const days = 30
const visits = 10_000
const step = 15
const length = 15
const first = Temporal.PlainDate.from('2020-05-25')
const openMinutes = { from: 0, to: 1440 }
const desk = 1

export async function availabilityFigures(_server: pg.ClientConfig): Promise<Figures> {
  const rows = sortedVisits()
  const dates = Array.from({ length: days }, (_, index) => officeDate(first.add({ days: index })))
  const plan = planOfOneDesk()
  const { boards, timeline } = openBoards(plan, dates, new Map())
  const midnight = dates[0]!.midnight
  const line = timeline.minutes
  const need = { stepMinutes: step, durationMinutes: length, places: 1, offers: new Set([desk]), within: [openMinutes] }
  const sorted = rows.map((_, index) => index)
  void sorted
  const open = line.slice()
  const work = () => {
    line.set(open)
    takePlaces(timeline, midnight, rows)
    let found = 0
    for (const board of boards) found += startsOnDay(board.desks, need).length
    return found
  }
  const withOpen = () => {
    const fresh = openBoards(plan, dates, new Map())
    takePlaces(fresh.timeline, midnight, rows)
    let found = 0
    for (const board of fresh.boards) found += startsOnDay(board.desks, need).length
    return found
  }
  const floor = () => sweep(rows, dates.map((date) => date.midnight))
  console.log(work(), withOpen(), floor().reduce((sum, each) => sum + each.length, 0))
  const times = await interleaved({ work, withOpen, floor, fill: () => takePlaces(timeline, midnight, rows) }, { rounds: 300, warmUp: 300 })
  return {
    availability_vs_floor: ratioOf(times.work, times.floor),
    open_vs_floor: ratioOf(times.withOpen, times.floor),
    work_us: median(times.work) * 1000, open_us: median(times.withOpen)*1000, fill_us: median(times.fill) * 1000,
    floor_us: median(times.floor) * 1000,
  }
}

/** The floor: one pass over visits sorted by start and the grid beside them; the same answer, minute and desks. */
function sweep(rows: Int32Array, midnights: readonly number[]): { minute: number; desks: readonly number[] }[][] {
  let at = 0
  let busyUntil = 0
  const desks = [desk]
  const days: { minute: number; desks: readonly number[] }[][] = []
  for (const midnight of midnights) {
    const found: { minute: number; desks: readonly number[] }[] = []
    for (let minute = openMinutes.from; minute + length <= openMinutes.to; minute += step) {
      const start = midnight + minute
      while (at < rows.length && rows[at + 1]! < start + length) {
        if (rows[at + 2]! > busyUntil) busyUntil = rows[at + 2]!
        at += 3
      }
      if (busyUntil <= start) found.push({ minute, desks })
    }
    days.push(found)
  }
  return days
}

/**
 * Visits at one desk, sorted by start: every day a third of ten thousand minutes is taken, in blocks
 * with pauses of half an hour between them, never two days alike.
 */
function sortedVisits(): Int32Array {
  const rows: number[] = []
  const aDay = Math.ceil(visits / days)
  let seed = 1
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let day = 0; day < days; day++) {
    let minute = officeDate(first.add({ days: day })).midnight + openMinutes.from
    let pauses = openMinutes.to - openMinutes.from - 2 * aDay
    for (let visit = 0; visit < aDay && rows.length < visits * 3; visit++) {
      if (random(16) === 0 && pauses >= 30) [minute, pauses] = [minute + 30, pauses - 30]
      rows.push(desk, minute, minute + 2)
      minute += 2
    }
  }
  return Int32Array.from(rows)
}

function planOfOneDesk(): Plan {
  return {
    directory: { desks: new Map([['1', { id: desk, roomId: 'room', unitId: 'unit', closed: false }]]) } as unknown as Directory,
    rules: { hours: () => ({ code: 'open', basis: [], intervals: [openMinutes] }), places: () => 1 },
    shifts: new Map([[desk, [{ deskId: desk, weekdays: [1, 2, 3, 4, 5, 6, 7], from: first, until: null, startsMinute: null, endsMinute: null }]]]),
  }
}
