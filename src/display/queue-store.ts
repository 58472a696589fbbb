/** All SQL of the lines' states and their samples: counts, numbers and times, nothing of a person. */
import type { Queryable } from '../platform/database.js'

export interface LineRows {
  readonly waiting: readonly { readonly serviceId: string; readonly count: number }[]
  /** Desks of the whole office at work. */
  readonly deskIds: readonly number[]
  /** The number called last of each letter. */
  readonly current: readonly string[]
  /** How long today's visits took, each. */
  readonly took: readonly { readonly serviceId: string; readonly seconds: number }[]
}

/** Of the day's visits, those that count for how long one takes. */
const tookMax = 2_000

export async function readLines(database: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<LineRows> {
  const { rows } = await database.query<LineRows>(
    `select
       (select coalesce(jsonb_agg(jsonb_build_object('serviceId', service_id, 'count', count)), '[]') from
          (select service_id, count(*)::int as count from visit where building_id = $1 and day = $2 and state = 'arrived' group by service_id) lines) as waiting,
       (select coalesce(jsonb_agg(desk_id order by desk_id), '[]') from desk_session where not paused) as "deskIds",
       (select coalesce(jsonb_agg(ticket), '[]') from
          (select distinct on (left(ticket, 1)) ticket from visit where building_id = $1 and day = $2 and called_at is not null and ticket is not null
           order by left(ticket, 1), called_at desc, id desc) called) as current,
       (select coalesce(jsonb_agg(jsonb_build_object('serviceId', service_id, 'seconds', seconds)), '[]') from
          (select service_id, extract(epoch from ended_at - serving_at)::int as seconds from visit
           where building_id = $1 and day = $2 and state = 'served' and serving_at is not null and ended_at is not null
           order by ended_at desc limit $3) done) as took`,
    [buildingId, day, tookMax],
  )
  return rows[0] as LineRows
}

export interface Sample {
  readonly letter: string
  readonly at: Temporal.Instant
  readonly waiting: number
  readonly desks: number
  readonly current: string | null
  readonly minutes: number
  readonly measured: boolean
}

/** Keeps samples; one that is there already stays. */
export async function keepSamples(database: Queryable, buildingId: string, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return
  const column = <Key extends keyof Sample>(key: Key): Sample[Key][] => samples.map((each) => each[key])
  await database.query(
    `insert into queue_sample (building_id, letter, at, waiting, desks, current, minutes, measured)
     select $1, * from unnest($2::text[], $3::timestamptz[], $4::smallint[], $5::smallint[], $6::text[], $7::smallint[], $8::boolean[])
     on conflict do nothing`,
    [
      buildingId,
      column('letter'),
      column('at'),
      column('waiting'),
      column('desks'),
      column('current'),
      column('minutes'),
      column('measured'),
    ],
  )
}

/** Samples of a building from `from` to before `to`, oldest first. */
export async function readSamples(
  database: Queryable,
  buildingId: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly Sample[]> {
  const { rows } = await database.query<Sample>(
    `select letter, at, waiting, desks, current, minutes, measured from queue_sample
     where building_id = $1 and at >= $2 and at < $3 order by at, letter`,
    [buildingId, from, to],
  )
  return rows
}

/** Erases samples from before `before`; answers how many. */
export async function eraseSamples(database: Queryable, before: Temporal.Instant): Promise<number> {
  const { rowCount } = await database.query('delete from queue_sample where at < $1', [before])
  return rowCount ?? 0
}
