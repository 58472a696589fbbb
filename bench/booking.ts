/**
 * How fast bookings are, each figure over a reference measured in the same run on the same server:
 * one row updated and one inserted in a transaction, by the same driver, both prepared.
 *
 * The reference is measured before and after; rounds alternate so that a slow minute of the machine
 * falls on both. Every booking is the whole action: limits, key, event and outbox row.
 */
import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import { challengeOf } from '../src/booking/fair/proof.js'
import { solution } from '../tests/support/proof.js'
import { createApp } from '../src/app.js'
import { book, type Outcome } from '../src/booking/index.js'
import type { Context } from '../src/platform/context.js'
import { transaction, type Queryable } from '../src/platform/database.js'
import { benchOffice, connections, pastVisits, starts } from './booking-office.js'
import { median } from './harness.js'

const rounds = Number(process.env['ROUNDS'] ?? 3)
const bookingsARound = 1_500
const stormTimes = 20

/** All figures of bookings. */
export async function bookingFigures(server: pg.ClientConfig): Promise<Record<string, number>> {
  return { ...(await rates(server)), ...(await storm(server)), ...(await http(server)), ...(await growth(server)) }
}

/** Fresh starts at sixteen connections. */
export async function rates(server: pg.ClientConfig): Promise<Record<string, number>> {
  const office = await benchOffice(server, 'bench_booking', 20)
  const { context } = office
  const reference = await referenceOf(context)
  const next = freshStarts(context, 20)
  await next.warm()
  const booked: number[] = []
  const written: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    written.push(await rate(bookingsARound, () => reference()))
    booked.push(await rate(bookingsARound, () => next.book()))
  }
  await office.close()
  return { booking_vs_reference: median(booked) / median(written), bookings_per_s: median(booked), reference_per_s: median(written) }
}

/** Everybody wants one of twenty times: bookings made a second until all are gone. */
export async function storm(server: pg.ClientConfig): Promise<Record<string, number>> {
  const desks = 60
  const ratios: number[] = []
  const booked: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const office = await benchOffice(server, 'bench_storm', desks)
    const { context } = office
    const reference = await referenceOf(context)
    const wanted = starts(2).slice(0, stormTimes)
    await bookAt(context, starts(2)[40] as Temporal.Instant)
    const written = await rate(bookingsARound, () => reference())
    let made = 0
    const begun = performance.now()
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (made < desks * stormTimes) {
          const outcome = await bookAt(context, wanted[Math.floor(Math.random() * stormTimes)] as Temporal.Instant)
          if (outcome.allowed) made += 1
        }
      }),
    )
    booked.push((made * 1_000) / (performance.now() - begun))
    ratios.push((booked.at(-1) as number) / written)
    await office.close()
  }
  return { storm_vs_reference: median(ratios), storm_bookings_per_s: median(booked) }
}

/** The same through HTTP, asked by a client in a thread of its own. */
export async function http(server: pg.ClientConfig): Promise<Record<string, number>> {
  const office = await benchOffice(server, 'bench_http', 20)
  const { context } = office
  const reference = await referenceOf(context)
  const app = await createApp(context)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const written: number[] = []
  const booked: number[] = []
  const all = starts(40).map((start) => start.toString())
  for (let round = 0; round < rounds; round += 1) {
    written.push(await rate(bookingsARound, () => reference()))
    booked.push(await askHttp(port, all.slice(round * 100, round * 100 + 100), bookingsARound, solvedTasks(context, bookingsARound)))
  }
  await app.close()
  await office.close()
  return { http_bookings_vs_reference: median(booked) / median(written), http_bookings_per_s: median(booked) }
}

/** What a booking costs with a million past visits, over what it costs with a thousand. */
export async function growth(server: pg.ClientConfig, many = 1_000_000): Promise<Record<string, number>> {
  const few = await benchOffice(server, 'bench_few', 20)
  await pastVisits(few.context, 1_000)
  const lots = await benchOffice(server, 'bench_many', 20)
  await pastVisits(lots.context, many)
  const times: Record<'few' | 'lots', number[]> = { few: [], lots: [] }
  const offices = { few: freshStarts(few.context, 20), lots: freshStarts(lots.context, 20) }
  for (const name of ['few', 'lots'] as const) {
    await offices[name].warm()
    await rate(300, () => offices[name].book())
  }
  for (let round = 0; round < rounds + 2; round += 1) {
    for (const name of round % 2 === 0 ? (['few', 'lots'] as const) : (['lots', 'few'] as const))
      times[name].push(1 / (await rate(800, () => offices[name].book())))
  }
  await few.close()
  await lots.close()
  return { booking_growth: median(times.lots) / median(times.few) }
}

/** Hands out starts so that every booking finds a desk, and books them. */
export function freshStarts(context: Context, desks: number): { warm(): Promise<void>; book(): Promise<void> } {
  const all = starts(40)
  let given = 0
  const bookNext = async (): Promise<void> => {
    const outcome = await bookAt(context, all[Math.floor(given++ / (desks / 2)) % all.length] as Temporal.Instant)
    if (!outcome.allowed) throw new Error(`a booking of the bench was refused: ${outcome.code}`)
  }
  return {
    book: bookNext,
    // Connections opened, statements prepared and planned, the program's own code compiled.
    async warm() {
      await rate(400, bookNext)
    },
  }
}

let people = 0

function bookAt(context: Context, start: Temporal.Instant): Promise<Outcome> {
  people += 1
  const person = { name: 'Jan Próbny', email: `osoba${people}@example.pl`, phone: null }
  return book(context, { serviceId: 'short', start, channel: 'web', person, actor: 'citizen', key: randomUUID() })
}

/** One row updated and one inserted, in one transaction. */
async function referenceOf(context: Context): Promise<() => Promise<void>> {
  const { database } = context
  await database.pool.query('create table bench_counter (id int primary key, value int not null)')
  await database.pool.query(
    'create table bench_row (id bigint generated always as identity primary key, at timestamptz not null, what text not null)',
  )
  await database.pool.query('insert into bench_counter select i, 0 from generate_series(0, 999) as i')
  let turn = 0
  const write = (): Promise<void> => {
    const id = (turn += 1) % 1000
    return transaction(database, async (client: Queryable) => {
      await client.query('update bench_counter set value = value + 1 where id = $1', [id])
      await client.query('insert into bench_row (at, what) values ($1, $2)', [context.clock.now(), 'visit'])
    })
  }
  await rate(400, write)
  return write
}

/** Runs `count` calls at sixteen at a time; returns calls a second. */
export async function rate(count: number, run: () => Promise<unknown>): Promise<number> {
  let left = count
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left > 0) {
        left -= 1
        await run()
      }
    }),
  )
  return (count * 1_000) / (performance.now() - begun)
}

/** As many solved tasks of the least size: the work is the caller's, not the program's. */
function solvedTasks({ secrets }: Context, count: number): readonly string[] {
  const now = Math.floor(Date.now() / 1_000)
  return Array.from({ length: count }, () =>
    solution(challengeOf(secrets, 1, now, { salt: randomUUID().replaceAll('-', '').slice(0, 24), part: 0.5 })),
  )
}

function askHttp(port: number, wanted: readonly string[], count: number, proofs: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./booking-client.js', import.meta.url), {
      workerData: { port, starts: wanted, proofs, count, connections },
    })
    worker.once('message', (perSecond: number) => resolve(perSecond))
    worker.once('error', reject)
  })
}
