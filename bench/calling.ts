/**
 * Calling the next person costs the same with a long history as with a short one.
 *
 * Two databases of one server, one with 1,000 past visits and one with 1,000,000, and today's
 * waiting room in both. Rounds alternate between them, so that what else the machine does falls on
 * both alike; the figure is the ratio of the medians of the whole action.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { officeDay } from '../src/platform/clock.js'
import type { Context } from '../src/platform/context.js'
import type { Database } from '../src/platform/database.js'
import { newReference } from '../src/platform/references.js'
import { callNext, finish, issueTicket, openDesk, start } from '../src/queue/index.js'
import { lesznoFile } from '../tests/support/office.js'
import { lesznoActs } from '../tests/support/rules.js'
import { signedIn } from '../tests/support/staff.js'
import { median } from './harness.js'
import { openBenchOffice, type BenchOffice } from './office.js'

const few = 1_000
const many = 1_000_000
const rounds = 400
const warmUp = 60
/** People who wait in the building beside the one called: a full room. */
const crowd = 40
const desk = 'walowa-5/4/1'
const service = 'dowody-osobiste'

/** `next_call_growth` against its bound of 1.2, and the absolute figures as information. */
export async function callingBench(server: pg.ClientConfig): Promise<Record<string, number>> {
  const short = await officeWith(server, 'calling_few', few)
  const long = await officeWith(server, 'calling_many', many)
  try {
    const times = { short: [] as number[], long: [] as number[] }
    for (let round = 0; round < rounds + warmUp; round += 1) {
      // Each goes first every other time: whoever follows finds the processor's caches cold.
      for (const name of round % 2 === 0 ? (['short', 'long'] as const) : (['long', 'short'] as const)) {
        const took = await callOnce((name === 'short' ? short : long).context)
        if (round >= warmUp) times[name].push(took)
      }
    }
    const plan = await planOfWaiting(long.context)
    if (/Seq Scan/.test(plan)) throw new Error(`those who wait are looked for in the whole history:\n${plan}`)
    return {
      next_call_growth: median(times.long) / median(times.short),
      next_call_ms_1000_past: median(times.short),
      next_call_ms_1000000_past: median(times.long),
    }
  } finally {
    await short.close()
    await long.close()
  }
}

/** One person comes, is called (timed, in milliseconds), served and gone. */
async function callOnce(context: Context): Promise<number> {
  const now = context.clock.now()
  await arrive(context, now)
  const command = { desk, actor: 'system' as const, now }
  const began = performance.now()
  const answer = await callNext(context, { ...command, key: randomUUID() })
  const took = performance.now() - began
  if (!answer.allowed || answer.visit === null) throw new Error(`nobody was called: ${answer.code}`)
  const { reference } = answer.visit
  await start(context, { ...command, reference })
  await finish(context, { ...command, reference })
  return took
}

async function arrive(context: Context, now: Temporal.Instant): Promise<void> {
  const day = officeDay(now)
  const { pool } = context.database
  await pool.query(
    `insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, created_at, arrived_at, due_at, due_why, ticket, erase_on)
     values ($1, 'arrived', 'walk-in', $2, 'walowa-5', 'door', $3, $3, $4, 1, 1, $3, $3, $3, 'by-arrival', $5, $6)`,
    [newReference(), service, now, day, await issueTicket(pool, { day, letter: 'D' }), day.add({ days: 14 })],
  )
}

async function officeWith(server: pg.ClientConfig, name: string, past: number): Promise<BenchOffice> {
  const office = await openBenchOffice(server, name, {
    office: lesznoFile(),
    acts: lesznoActs(),
    now: Temporal.Instant.from('2020-05-25T06:00:00Z'),
    poolSize: 4,
    fill: (database) => fillPast(database, past),
  })
  const { context } = office
  const now = context.clock.now()
  for (let person = 0; person < crowd; person += 1) await arrive(context, now)
  const { accountId } = await signedIn(context, 'desk')
  await openDesk(context, { desk, accountId, actor: 'system', now })
  return office
}

/** Visits of past days, a thousand a day, served at the desks in turn. */
async function fillPast(database: Database, count: number): Promise<void> {
  await database.pool.query(
    `insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted,
       created_at, arrived_at, called_at, called_count, serving_at, ended_at, desk_id, ticket, erase_on)
     select 'P' || n, 'served', 'booked', $2, 'walowa-5', 'phone', at, at + interval '15 minutes', at::date, 1, 1,
       at, at, at, 1, at, at, desks.ids[1 + n % cardinality(desks.ids)], 'D' || n % 1000, at::date + 14
     from (select n, (date '2020-05-24' - n / 1000) + time '10:00' at time zone 'UTC' as at from generate_series(0, $1::int - 1) n) past,
       (select array_agg(id) as ids from desk where slug like 'walowa-5/4/%') desks`,
    [count, service],
  )
  await database.pool.query('vacuum analyze')
}

async function planOfWaiting(context: Context): Promise<string> {
  const { rows } = await context.database.pool.query<{ 'QUERY PLAN': string }>(
    `explain select id from visit where building_id = 'walowa-5' and day = date '2020-05-25' and state = 'arrived' limit 500`,
  )
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}
