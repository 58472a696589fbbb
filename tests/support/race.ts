/**
 * Races for the times of the small office: clients of several processes, what they wish, and what
 * the database says afterwards, in SQL that shares nothing with the program's.
 *
 * A guard is taken away in one of two ways: the constraint keeps its name, because the statements
 * speak to it, but no longer compares one visit with another; or the statements of the program are
 * sent without the words that lock.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { book, type Outcome } from '../../src/booking/index.js'
import type { Context } from '../../src/platform/context.js'
import { testDatabase, type TestOffice } from './office.js'
import { processes } from './processes.js'
import { smallOffice } from './small-office.js'
import { somebody } from './visits.js'

export interface Race {
  readonly office: TestOffice
  readonly clients: readonly Context[]
}

/** The small office with several processes; `without` takes guards out of the schema first, `changed` out of each process. */
export async function racing(
  without = '',
  count = 4,
  connections = 4,
  settings: Parameters<typeof smallOffice>[1] = {},
  changed: (context: Context) => Context = (context) => context,
): Promise<Race> {
  const office = await testDatabase({ poolSize: 4 })
  await smallOffice(office, settings)
  if (without !== '') await office.context.database.pool.query(without)
  const clients = (await processes(office, count, connections)).map(changed)
  // Boards are read before the race, so that all begin with the same picture.
  for (const each of clients) await book(each, wish('short', at(28, '07:30'), { key: randomUUID() }))
  return { office, clients }
}

/** A time of a day of May 2020. */
export const at = (day: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${day}T${time}:00+02:00`)
export const wish = (serviceId: string, start: Temporal.Instant, change: object = {}) =>
  ({ serviceId, start, channel: 'phone', person: somebody(), actor: 'system', key: randomUUID(), ...change }) as const
export const client = ({ clients }: Pick<Race, 'clients'>, index: number): Context => clients[index % clients.length] as Context
export const allowed = (outcomes: readonly Outcome[]): Outcome[] => outcomes.filter((outcome) => outcome.allowed)
export const codes = (outcomes: readonly Outcome[]): string[] => [...new Set(outcomes.map((outcome) => outcome.code))].toSorted()

/** Guards of the schema, dropped. */
export const unguarded = {
  places: `alter table place drop constraint place_one_per_desk;
    alter table place add constraint place_one_per_desk exclude using gist (visit_id with =, desk_id with =, during with &&) where (active)`,
  limits: 'drop index limit_open_per_contact',
  day: 'drop index limit_service_per_day',
  key: 'alter table idempotency_key drop constraint idempotency_key_pkey',
}

/** The same process, with some words of its statements put otherwise: a guard of the code, taken away. */
export function rewritten(context: Context, rewrite: (text: string) => string): Context {
  const { pool } = context.database
  const query = (on: pg.Pool | pg.PoolClient) => (text: string, values?: unknown[]) => on.query(rewrite(text), values)
  const connect = async () => {
    const connection = await pool.connect()
    return {
      query: query(connection),
      release: (error?: Error) => connection.release(error),
      on: connection.on.bind(connection),
      removeListener: connection.removeListener.bind(connection),
    }
  }
  return { ...context, database: { ...context.database, pool: { query: query(pool), connect } as unknown as pg.Pool } }
}

/** The same process, with something done just after each statement that begins so, on another connection. */
export function interrupted(context: Context, beginning: string, act: () => Promise<unknown>): Context {
  const { pool } = context.database
  const connect = async () => {
    const connection = await pool.connect()
    const query = async (text: string, values?: unknown[]) => {
      const result = await connection.query(text, values)
      if (text.startsWith(beginning)) await act()
      return result
    }
    return {
      query,
      release: (error?: Error) => connection.release(error),
      on: connection.on.bind(connection),
      removeListener: connection.removeListener.bind(connection),
    }
  }
  return { ...context, database: { ...context.database, pool: { query: pool.query.bind(pool), connect } as unknown as pg.Pool } }
}

async function figure({ office }: Pick<Race, 'office'>, text: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await office.context.database.pool.query<{ figure: number }>(text, values as unknown[])
  return rows[0]?.figure ?? -1
}

/** Pairs of active places that share a desk at a time: always none. */
export function doubles(race: Race): Promise<number> {
  return figure(
    race,
    'select count(*) as figure from place a join place b on a.desk_id = b.desk_id and a.during && b.during and a.visit_id < b.visit_id where a.active and b.active',
  )
}

/** Living visits that have not as many places as persons counted, or places at another time than their own. */
export function misplaced(race: Race): Promise<number> {
  return figure(
    race,
    `select count(*) as figure from visit v where v.state in ('held', 'pending', 'booked')
       and v.counted <> (select count(*) from place p where p.visit_id = v.id and p.active and lower(p.during) = v.starts_at and upper(p.during) = v.ends_at)`,
  )
}

/** Visits of these states that begin at a time. */
export function living(race: Race, start: Temporal.Instant, states: readonly string[] = ['held', 'booked']): Promise<number> {
  return figure(race, 'select count(*) as figure from visit where state = any($2) and starts_at = $1', [start, states])
}

/** Most persons a room of the office has at one minute of a span. */
export function mostInRoom(race: Race, start: Temporal.Instant, end: Temporal.Instant): Promise<number> {
  return figure(
    race,
    `select coalesce(max(persons), 0) as figure from (
       select d.room_id, minute, count(*) as persons
       from generate_series($1::timestamptz, $2::timestamptz, interval '5 minutes') as minute
       join place p on p.active and p.during @> minute join desk d on d.id = p.desk_id group by d.room_id, minute) as counted`,
    [start, end],
  )
}

/** Desks with nobody from the start on for as many minutes. */
export function desksFree(race: Race, start: Temporal.Instant, minutes: number): Promise<number> {
  return figure(
    race,
    'select count(*) as figure from desk d where not exists (select from place p where p.active and p.desk_id = d.id and p.during && tstzrange($1, $2))',
    [start, start.add({ minutes })],
  )
}

/** Visits the database was asked to make room for so far, whether it did or not: each takes a number first. */
export function attemptsAsked(race: Race): Promise<number> {
  return figure(race, 'select last_value as figure from visit_id_seq')
}

/** Times the server ended one of two transactions that waited for each other, as every connection's own count has it. */
export async function deadlocks({ office, clients }: Race): Promise<number> {
  // A connection tells its count when it next has time; each is told to, and the reader reads anew.
  for (const { database } of clients) {
    const connections = await Promise.all(Array.from({ length: database.pool.totalCount }, () => database.pool.connect()))
    for (const connection of connections) {
      await connection.query('select pg_stat_force_next_flush()')
      connection.release()
    }
  }
  const { rows } = await office.context.database.pool.query<{ count: number }>(
    'select deadlocks as count from pg_stat_database, pg_stat_clear_snapshot() where datname = current_database()',
  )
  return rows[0]?.count ?? -1
}

/** Asks until the answer is there: for what becomes true by itself, such as a mark in memory that lasts a second. */
export async function until<Result>(ask: () => Promise<Result>, isThere: (answer: Result) => boolean): Promise<Result> {
  const from = performance.now()
  for (;;) {
    const answer = await ask()
    if (isThere(answer) || performance.now() - from > 5_000) return answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
