/**
 * What free starts cost: over a single sweep of sorted integers, with a thousand live holds, over
 * the time of fetching the rows, and from memory.
 */
import type pg from 'pg'
import { openBoards, type Plan } from '../src/booking/availability/board.js'
import { startsOnDay } from '../src/booking/availability/starts.js'
import { takePlaces } from '../src/booking/availability/timeline.js'
import { freeStarts } from '../src/booking/index.js'
import { calendarTopic, officeDate } from '../src/calendar/index.js'
import type { Directory } from '../src/directory/index.js'
import type { Context } from '../src/platform/context.js'
import { instantOf } from '../src/platform/clock.js'
import { benchNow, benchOffice } from './booking-office.js'
import { interleaved, median, ratioOf, type Figures } from './harness.js'

const visits = 10_000
const holds = 1_000
const first = Temporal.PlainDate.from('2020-05-25')

export async function availabilityFigures(server: pg.ClientConfig): Promise<Figures> {
  return { ...(await fromRows()), ...(await fromDatabase(server)) }
}

const desk = 1
const [days, step, length] = [30, 15, 15]
const open = { from: 0, to: 1440 }

/** 30 days, 15-minute grid, one desk: from rows and openings in memory to the starts of every day. */
async function fromRows(): Promise<Figures> {
  const rows = sortedVisits(visits)
  const withHolds = Int32Array.from([...rows, ...heldRows()])
  const dates = Array.from({ length: days }, (_, index) => officeDate(first.add({ days: index })))
  const midnights = dates.map((date) => date.midnight)
  const { boards, timeline } = openBoards(planOfOneDesk(), dates, new Map())
  const untaken = timeline.minutes.slice()
  const need = { stepMinutes: step, durationMinutes: length, places: 1, offers: new Set([desk]), within: [open] }
  const starts = (taken: Int32Array): unknown => {
    timeline.minutes.set(untaken)
    takePlaces(timeline, midnights[0] as number, taken)
    return boards.map((board) => startsOnDay(board.desks, need))
  }
  const floor = (): unknown => sweep(rows, midnights)
  if (JSON.stringify(starts(rows)) !== JSON.stringify(floor())) throw new Error('the sweep finds other starts than the program')
  const times = await interleaved({ starts: () => starts(rows), floor, holds: () => starts(withHolds) }, { rounds: 400, warmUp: 600 })
  return {
    availability_vs_floor: ratioOf(times.starts, times.floor),
    availability_holds_ratio: ratioOf(times.holds, times.starts),
    availability_ms: median(times.starts),
    availability_floor_ms: median(times.floor),
  }
}

/** The floor: one pass over visits sorted by start and the grid beside them; the same answer. */
function sweep(rows: Int32Array, midnights: readonly number[]): { minute: number; desks: readonly number[] }[][] {
  const desks = [desk]
  const answer: { minute: number; desks: readonly number[] }[][] = []
  let at = 0
  let busyUntil = 0
  for (const midnight of midnights) {
    const found: { minute: number; desks: readonly number[] }[] = []
    for (let minute = open.from; minute + length <= open.to; minute += step) {
      const start = midnight + minute
      while (at < rows.length && rows[at + 1]! < start + length) {
        if (rows[at + 2]! > busyUntil) busyUntil = rows[at + 2]!
        at += 3
      }
      if (busyUntil <= start) found.push({ minute, desks })
    }
    answer.push(found)
  }
  return answer
}

/** Visits of two minutes around the clock, sorted by start, with pauses of half an hour, never two days alike. */
function sortedVisits(count: number): Int32Array {
  const rows: number[] = []
  const aDay = Math.ceil(count / days)
  let seed = 1
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let day = 0; day < days; day++) {
    let minute = officeDate(first.add({ days: day })).midnight
    let pauses = open.to - 2 * aDay
    for (let visit = 0; visit < aDay && rows.length < count * 3; visit++) {
      if (random(16) === 0 && pauses >= 30) [minute, pauses] = [minute + 30, pauses - 30]
      rows.push(desk, minute, minute + 2)
      minute += 2
    }
  }
  return Int32Array.from(rows)
}

/** Holds of a quarter of an hour, in no order. */
function heldRows(): number[] {
  const from = officeDate(first).midnight
  return Array.from({ length: holds }, (_, index) => from + ((index * 7_919) % (days * 1440 - length))).flatMap((start) => [
    desk,
    start,
    start + length,
  ])
}

function planOfOneDesk(): Plan {
  return {
    directory: { desks: new Map([['1', { id: desk, roomId: 'room', unitId: 'unit', closed: false }]]) } as unknown as Directory,
    rules: { hours: () => ({ code: 'open', basis: [], intervals: [open] }), places: () => 1 },
    shifts: new Map([
      [
        desk,
        [{ deskId: desk, weekdays: [1, 2, 3, 4, 5, 6, 7], from: first, until: null, startsMinute: null, endsMinute: null, overflow: [] }],
      ],
    ]),
  }
}

/** 60 days, 20 desks, 10,000 visits in a database: all the rows fetched and computed anew, and asked again from memory. */
async function fromDatabase(server: pg.ClientConfig): Promise<Figures> {
  const office = await benchOffice(server, 'bench_availability', 20)
  try {
    const { context } = office
    const last = first.add({ days: 59 })
    await writeVisits(context, visits, 'booked')
    const month = (): Promise<unknown> => freeStarts(context, { serviceId: 'short', from: first, to: last, now: benchNow })
    const cold = (): Promise<unknown> => {
      // Everything goes but the office and the acts.
      context.changes.publish(calendarTopic)
      return month()
    }
    const range = [instantOf(first, 0), instantOf(last.add({ days: 1 }), 0)]
    const fetch = (): Promise<unknown> => context.database.pool.query({ text: plainFetch, values: range, rowMode: 'array' })
    const times = await interleaved({ cold, fetch }, { rounds: 40, warmUp: 15 })
    const warm = await interleaved({ month }, { rounds: 200 })
    await writeVisits(context, holds, 'held')
    const held = await interleaved({ cold, fetch }, { rounds: 20, warmUp: 5 })
    return {
      month_cold_vs_fetch: ratioOf(times.cold, times.fetch),
      month_warm_ms: median(warm.month),
      month_cold_ms: median(times.cold),
      month_fetch_ms: median(times.fetch),
      month_cold_with_holds_vs_fetch: ratioOf(held.cold, held.fetch),
    }
  } finally {
    await office.close()
  }
}

/** The reference: those rows as integers and nothing else. */
const plainFetch = `select desk_id, floor(date_part('epoch', lower(during)) / 60)::int, ceil(date_part('epoch', upper(during)) / 60)::int
  from place where active and lower(during) >= $1::timestamptz - interval '1 day' and lower(during) < $2 and upper(during) > $1`

/** Visits of fifteen minutes on the grid, ten of twenty desks in turn; holds go to the other desks. */
export async function writeVisits({ database }: Context, count: number, state: 'booked' | 'held'): Promise<void> {
  const half = state === 'booked' ? 0 : 10
  await database.pool.query(
    `with ids as (select array_agg(id order by id) as desks from desk), slots as (
       select i, desks[1 + ${half} + i % 10] as desk,
         timestamptz '2020-05-25 05:30+00' + (i / 10 / 32 % 60) * interval '1 day' + (i / 10 % 32) * interval '15 minutes' as at
       from ids, generate_series(0, ${count} - 1) as i), made as (
       insert into visit (reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day, persons, counted, held_until, held_first_at, created_at, erase_on)
       select '${state}' || i, '${state}', 'booked', 'short', 'hall', 'hall/1', 'web', at, at + interval '15 minutes', (at at time zone 'Europe/Warsaw')::date, 1, 1,
         ${state === 'held' ? "$1::timestamptz + interval '10 minutes', $1" : 'null, null'}, $1, '2020-12-31' from slots returning id, reference)
     insert into place (visit_id, desk_id, during)
     select made.id, slots.desk, tstzrange(at, at + interval '15 minutes') from slots join made on made.reference = '${state}' || slots.i`,
    [benchNow] as unknown[],
  )
  await database.pool.query('analyze')
}
