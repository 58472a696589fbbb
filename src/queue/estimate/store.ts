/** All SQL of the estimates. */
import type { Queryable } from '../../platform/database.js'
import type { Spread } from './rules.js'

export interface DeskRow {
  readonly deskId: number
  readonly paused: boolean
  readonly pausedUntil: Temporal.Instant | null
  /** Of the visit that has the desk; null while it is free. */
  readonly calledAt: Temporal.Instant | null
  readonly serviceIds: readonly string[]
}

/** Desks at work in a building, and whom each has. */
export async function readDesks(database: Queryable, deskIds: readonly number[]): Promise<DeskRow[]> {
  const { rows } = await database.query<{
    desk_id: number
    paused: boolean
    paused_until: Temporal.Instant | null
    called_at: Temporal.Instant | null
    service_ids: string[] | null
  }>(
    `select s.desk_id, s.paused, s.paused_until, v.called_at, v.service_id || v.more_service_ids as service_ids
     from desk_session s left join live_place l on l.desk_id = s.desk_id left join visit v on v.id = l.visit_id
     where s.desk_id = any ($1) order by s.desk_id`,
    [deskIds],
  )
  return rows.map((row) => ({
    deskId: row.desk_id,
    paused: row.paused,
    pausedUntil: row.paused_until,
    calledAt: row.called_at,
    serviceIds: row.service_ids ?? [],
  }))
}

export interface ComingRow {
  readonly id: number
  readonly serviceIds: readonly string[]
  readonly startsAt: Temporal.Instant
}

/** Booked people of a building who may still come in between two moments. */
export async function readComing(
  database: Queryable,
  buildingId: string,
  day: Temporal.PlainDate,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<ComingRow[]> {
  const { rows } = await database.query<{ id: number; service_ids: string[]; starts_at: Temporal.Instant }>(
    `select id, service_id || more_service_ids as service_ids, starts_at from visit
     where day = $2 and building_id = $1 and state = 'booked' and starts_at between $3 and $4 order by starts_at, id limit 300`,
    [buildingId, day, from, until],
  )
  return rows.map((row) => ({ id: row.id, serviceIds: row.service_ids, startsAt: row.starts_at }))
}

/** The latest services of a building today: how long each kept its desk, in minutes. */
export async function readServed(
  database: Queryable,
  buildingId: string,
  day: Temporal.PlainDate,
): Promise<{ serviceIds: readonly string[]; minutes: number }[]> {
  const { rows } = await database.query<{ service_ids: string[]; minutes: number }>(
    `select service_id || more_service_ids || done_service_ids as service_ids, extract(epoch from ended_at - called_at)::float8 / 60 as minutes
     from visit where day = $2 and building_id = $1 and state = 'served' and called_at is not null and cardinality(done_service_ids) = 0
     order by ended_at desc limit 60`,
    [buildingId, day],
  )
  return rows.map((row) => ({ serviceIds: row.service_ids, minutes: row.minutes }))
}

/** Every learned spread. */
export async function readLearned(database: Queryable): Promise<Map<string, Spread>> {
  const { rows } = await database.query<{ service_id: string; spread: number[] }>('select service_id, spread from learned_time')
  return new Map(rows.map((row) => [row.service_id, row.spread]))
}

/** Minutes of the last services of one matter alone, before a day. */
export async function readTimes(database: Queryable, serviceId: string, before: Temporal.PlainDate): Promise<number[]> {
  const { rows } = await database.query<{ minutes: number }>(
    `select extract(epoch from ended_at - called_at)::float8 / 60 as minutes from visit
     where service_id = $1 and state = 'served' and day < $2 and day >= $2::date - 90 and called_at is not null
       and cardinality(more_service_ids) + cardinality(done_service_ids) = 0 and ended_at > called_at
     order by day desc, id desc limit 500`,
    [serviceId, before],
  )
  return rows.map((row) => row.minutes)
}

export async function writeLearned(
  database: Queryable,
  serviceId: string,
  spread: Spread,
  seen: number,
  day: Temporal.PlainDate,
): Promise<void> {
  await database.query(
    `insert into learned_time (service_id, spread, seen, learned_on) values ($1, $2, $3, $4)
     on conflict (service_id) do update set spread = excluded.spread, seen = excluded.seen, learned_on = excluded.learned_on`,
    [serviceId, spread, seen, day],
  )
}

/** Visits of a building that wait and of which nothing was said yet. */
export async function readUnsaid(database: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<number[]> {
  const { rows } = await database.query<{ id: number }>(
    `select id from visit where building_id = $1 and day = $2 and state = 'arrived' and not exists (select from estimate where visit_id = id)`,
    [buildingId, day],
  )
  return rows.map((row) => row.id)
}

export interface Said {
  readonly visitId: number
  readonly lowAt: Temporal.Instant
  readonly aboutAt: Temporal.Instant
  readonly highAt: Temporal.Instant
}

/** Keeps what was said first of each visit. */
export async function writeSaid(database: Queryable, said: readonly Said[], at: Temporal.Instant): Promise<void> {
  await database.query(
    `insert into estimate (visit_id, made_at, low_at, about_at, high_at)
     select id, $2, low, about, high from unnest($1::bigint[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[]) as said (id, low, about, high)
     on conflict (visit_id) do nothing`,
    [
      said.map(({ visitId }) => visitId),
      at,
      said.map(({ lowAt }) => lowAt),
      said.map(({ aboutAt }) => aboutAt),
      said.map(({ highAt }) => highAt),
    ],
  )
}

export interface EstimateError {
  /** Visits of which something was said and that were called. */
  readonly count: number
  /** Share whose call fell into what was said, 0 to 1; nothing is said narrower than a minute. */
  readonly inside: number
  /** Median width of the range, in minutes. */
  readonly widthMinutes: number
  /** Mean distance between about and the call, in minutes. */
  readonly errorMinutes: number
  /** Mean of how long they waited, in minutes. */
  readonly waitMinutes: number
}

/** How what was said compares with what happened, of a building between two days; null when nothing was said. */
export async function readError(
  database: Queryable,
  buildingId: string,
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
): Promise<EstimateError | null> {
  const { rows } = await database.query<{ count: number; inside: number; width: number; error: number; wait: number }>(
    `with called as (
       select e.*, (select min(at) from event where visit_id = e.visit_id and kind = 'called') as at
       from estimate e join visit v on v.id = e.visit_id where v.building_id = $1 and v.day between $2 and $3)
     select count(*) as count, avg((at between low_at and greatest(high_at, made_at + interval '1 minute'))::int)::float8 as inside,
       (percentile_cont(0.5) within group (order by extract(epoch from high_at - low_at)) / 60)::float8 as width,
       (avg(abs(extract(epoch from at - about_at))) / 60)::float8 as error, (avg(extract(epoch from at - made_at)) / 60)::float8 as wait
     from called where at is not null and at >= made_at`,
    [buildingId, from, until],
  )
  const [row] = rows
  if (row === undefined || row.count === 0) return null
  return { count: row.count, inside: row.inside, widthMinutes: row.width, errorMinutes: row.error, waitMinutes: row.wait }
}
