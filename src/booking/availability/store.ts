/**
 * The places taken in a time, as integers: desk, first minute, minute after the last, counted from
 * the epoch. Places of holds that have run out are left out: their time is free again, whether or
 * not anybody has cleaned them up yet.
 */
import type { Context } from '../../platform/context.js'

/** Desk, start and end in minutes since the epoch, three numbers for each place. */
export type TakenPlaces = Int32Array

/**
 * One statement for any number of days and desks; see docs/decisions/0003-free-starts.md. No place is
 * longer than a day, so that those still running at `from` began within the day before. The integers
 * come packed in one value: ten thousand rows of three cost the driver as much as the server.
 */
const placesQuery = `select string_agg(
    int4send(p.desk_id) || int4send(floor(date_part('epoch', lower(p.during)) / 60)::int) || int4send(ceil(date_part('epoch', upper(p.during)) / 60)::int), ''::bytea) as packed
  from place p
  where p.active and lower(p.during) >= $1::timestamptz - interval '1 day' and lower(p.during) < $2 and upper(p.during) > $1
    and not exists (select from visit v where v.id = p.visit_id and v.state = 'held' and v.held_until <= $3)`

/** Places taken at `now` between two instants. */
export async function takenPlaces(
  context: Context,
  from: Temporal.Instant,
  until: Temporal.Instant,
  now: Temporal.Instant,
): Promise<TakenPlaces> {
  const { rows } = await context.database.pool.query<{ packed: Buffer | null }>(placesQuery, [from, until, now] as unknown[])
  const packed = rows[0]?.packed ?? Buffer.alloc(0)
  const taken = new Int32Array(packed.length / 4)
  for (let index = 0; index < taken.length; index++) taken[index] = packed.readInt32BE(index * 4)
  return taken
}

/** The days on which a live hold runs out, with the first instant at which one does. */
export async function firstExpiries(context: Context, now: Temporal.Instant): Promise<Map<string, Temporal.Instant>> {
  const { rows } = await context.database.pool.query<{ day: Temporal.PlainDate; first: Temporal.Instant }>(
    "select day, min(held_until) as first from visit where state = 'held' and held_until > $1 group by day",
    [now] as unknown[],
  )
  return new Map(rows.map((row) => [row.day.toString(), row.first]))
}
