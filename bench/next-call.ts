/**
 * Calling with five thousand people waiting and sixty-four desks: all press at one instant, and each
 * presses once a second. Nobody may be called twice.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { officeDay } from '../src/platform/clock.js'
import type { Context } from '../src/platform/context.js'
import { directory, type Directory } from '../src/directory/index.js'
import { callNext, dueOnArrival, finish, openDesk, start } from '../src/queue/index.js'
import { benchOffice } from './booking-office.js'
import type { Figures } from './harness.js'

const desks = 64
const crowd = 5_000
const instants = 24
/** Seconds of the steady part, after two that warm up. */
const steadySeconds = 12

/** `next_call_p95_ms` (all at one instant, at most 120) and `next_call_steady_p95_ms` (one a second per desk, at most 25). */
export async function nextCallBench(server: pg.ClientConfig): Promise<Figures> {
  const office = await benchOffice(server, 'next_call', desks)
  const { context } = office
  try {
    const known = await directory(context)
    await arrive(context, known, crowd)
    const slugs = await openAll(context, known)
    const burst: number[] = []
    for (let round = 0; round < instants; round += 1) {
      const took = await Promise.all(slugs.map((slug) => timedCall(context, slug)))
      if (round >= instants / 4) burst.push(...took)
      await arrive(context, known, desks)
    }
    const steady: number[] = []
    for (let second = 0; second < steadySeconds + 2; second += 1) {
      const calls = slugs.map(async (slug, index) => {
        await pause((index * 1_000) / desks)
        const took = await timedCall(context, slug)
        if (second >= 2) steady.push(took)
      })
      await Promise.all([...calls, pause(1_000)])
      await arrive(context, known, desks)
    }
    return {
      next_call_p95_ms: percentile(burst, 0.95),
      next_call_steady_p95_ms: percentile(steady, 0.95),
      next_call_double: await calledTwice(context),
    }
  } finally {
    await office.close()
  }
}

/** One press, timed in milliseconds; the person is then served and gone, untimed. */
async function timedCall(context: Context, desk: string): Promise<number> {
  const command = { desk, actor: 'system' as const, now: context.clock.now() }
  const began = performance.now()
  const answer = await callNext(context, { ...command, key: randomUUID() })
  const took = performance.now() - began
  if (!answer.allowed || answer.visit === null) throw new Error(`nobody was called: ${answer.code}`)
  const { reference } = answer.visit
  await start(context, { ...command, reference })
  await finish(context, { ...command, reference })
  return took
}

let given = 0

/** People who come in without an hour, a tenth of a second apart. */
async function arrive(context: Context, known: Directory, count: number): Promise<void> {
  const now = context.clock.now()
  const day = officeDay(now)
  const due = dueOnArrival(known, { kind: 'walk-in', startsAt: now, priority: null, serviceId: 'short' }, now)
  await context.database.pool.query(
    `insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, created_at,
       arrived_at, due_at, due_why, ticket, erase_on)
     select 'W' || lpad(n::text, 7, '0'), 'arrived', 'walk-in', 'short', 'hall', 'kiosk', at, at, $3, 1, 1, at, at, $4::timestamptz + (at - $2::timestamptz), 'by-arrival',
       'A' || n, $3::date + 14
     from (select n, $2::timestamptz + n * interval '0.1 seconds' as at from generate_series($5::int + 1, $5 + $1::int) n) come`,
    [count, now, day, due.at, given],
  )
  given += count
  if (given === crowd) await context.database.pool.query('vacuum analyze visit')
}

async function openAll(context: Context, known: Directory): Promise<string[]> {
  const slugs = [...known.desks.keys()]
  for (const desk of slugs) {
    const { rows } = await context.database.pool.query<{ id: number }>(
      `insert into account (login, name, roles, created_at) values ($1, 'Test', '{desk}', $2) returning id`,
      [`desk-${randomUUID().slice(0, 8)}`, context.clock.now()],
    )
    const accountId = rows[0]?.id ?? 0
    await openDesk(context, { desk, accountId, actor: `account:${accountId}`, now: context.clock.now() })
  }
  return slugs
}

/** Visits with more than one call, by their history. */
async function calledTwice(context: Context): Promise<number> {
  const { rows } = await context.database.pool.query<{ count: number }>(
    `select count(*) from (select from event where kind = 'called' group by visit_id having count(*) > 1) twice`,
  )
  return rows[0]?.count ?? -1
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
