/**
 * SQL of who is inside. Whoever came for a visit that is over has gone; a companion goes when the
 * client does; whoever was let in without a ticket stays until seen going out.
 */
import type { Queryable } from '../../platform/database.js'
import type { Counts } from '../../regulation/index.js'
import { purposes, type Purpose } from '../model.js'

/** Entries, each with the visit it is about: a companion's is that of the client. */
export const entriesWithVisits = `entry left join entry main on main.id = entry.with_entry_id
  left join visit on visit.id = coalesce(entry.visit_id, main.visit_id)`

export const isStillInside = `(entry.left_at is null and entry.undone_at is null and main.left_at is null and main.undone_at is null
  and (visit.id is null or visit.state in ('arrived', 'called', 'serving', 'parked') or visit.ticket is null))`

/** The day from `$2` on. Its end is said too: a plan made for any day would else expect a third of all history. */
export const onThatDay = `entry.at >= $2 and entry.at < $2::timestamptz + interval '25 hours'`

/** Of one purpose, the persons inside, those whom limits count, and of these those who wait to be called. */
export interface Inside {
  readonly purpose: Purpose
  readonly count: number
  readonly counted: number
  readonly waiting: number
}

/** A visit let in twice is inside once. */
export async function readInside(client: Queryable, buildingId: string, since: Temporal.Instant): Promise<Inside[]> {
  const { rows } = await client.query<Inside>(
    `select purpose, sum(persons)::int as count, coalesce(sum(persons) filter (where counted), 0)::int as counted,
       coalesce(sum(persons) filter (where counted and waits), 0)::int as waiting
     from (
       select distinct on (coalesce(-entry.visit_id, entry.id)) entry.purpose, entry.persons, entry.counted,
         coalesce(visit.state in ('arrived', 'parked'), false) as waits
       from ${entriesWithVisits}
       where entry.building_id = $1 and ${onThatDay} and ${isStillInside}
       order by coalesce(-entry.visit_id, entry.id), entry.id
     ) inside group by purpose`,
    [buildingId, since],
  )
  return rows.toSorted((a, b) => purposes.indexOf(a.purpose) - purposes.indexOf(b.purpose))
}

/** Counted persons inside by the room of their visit, and those of them who wait; a room without anybody is not there. */
export async function readInsideByRoom(
  client: Queryable,
  buildingId: string,
  since: Temporal.Instant,
): Promise<ReadonlyMap<string, Counts>> {
  const { rows } = await client.query<Counts & { room_id: string }>(
    `select room_id, sum(persons)::int as inside, coalesce(sum(persons) filter (where waits), 0)::int as waiting
     from (
       select distinct on (coalesce(-entry.visit_id, entry.id)) visit.room_id, entry.persons, visit.state in ('arrived', 'parked') as waits
       from ${entriesWithVisits}
       where entry.building_id = $1 and ${onThatDay} and ${isStillInside} and entry.counted and visit.room_id is not null
       order by coalesce(-entry.visit_id, entry.id), entry.id
     ) inside group by room_id`,
    [buildingId, since],
  )
  return new Map(rows.map(({ room_id, inside, waiting }) => [room_id, { inside, waiting }]))
}

/** Counted persons, never fewer than none whatever was corrected. */
export function countedOf(inside: readonly Inside[], correction: number): { readonly inside: number; readonly waiting: number } {
  const sum = (of: 'counted' | 'waiting'): number => inside.reduce((all, each) => all + each[of], 0)
  return { inside: Math.max(0, sum('counted') + correction), waiting: sum('waiting') }
}

/** Locks the building's row until the transaction ends: one guard lets in at a time. A new day begins without a correction. */
export async function lockOccupancy(client: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<void> {
  await client.query(
    `insert into occupancy (building_id, day) values ($1, $2)
     on conflict on constraint occupancy_pkey do update
     set day = $2, correction = case when occupancy.day = $2 then occupancy.correction else 0 end`,
    [buildingId, day],
  )
}

export async function readCorrection(client: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<number> {
  const { rows } = await client.query<{ correction: number }>('select correction from occupancy where building_id = $1 and day = $2', [
    buildingId,
    day,
  ])
  return rows[0]?.correction ?? 0
}

/** Asked with the row locked. */
export async function writeCorrection(client: Queryable, buildingId: string, correction: number): Promise<void> {
  await client.query('update occupancy set correction = $2 where building_id = $1', [buildingId, correction])
}

/** Somebody inside, as the evacuation list needs them. */
export interface InsideRow {
  readonly purpose: Purpose
  readonly at: Temporal.Instant
  readonly persons: number
  /** Those who came with them, however counted. */
  readonly companions: number
  readonly ticket: string | null
  readonly state: string | null
  readonly desk_id: number | null
  readonly person_name: string | null
}

/** Everybody inside now, by the time they came in; companions with their client. */
export async function readEverybody(client: Queryable, buildingId: string, since: Temporal.Instant): Promise<InsideRow[]> {
  const { rows } = await client.query<InsideRow>(
    `select * from (
       select distinct on (coalesce(-entry.visit_id, entry.id)) entry.id, entry.purpose, entry.at, entry.persons, visit.ticket, visit.state,
         visit.desk_id, visit.person_name, (
           select count(*)::int from entry companion join entry came on came.id = companion.with_entry_id
           where (came.id = entry.id or came.visit_id = entry.visit_id) and came.left_at is null and came.undone_at is null
             and companion.left_at is null and companion.undone_at is null) as companions
       from ${entriesWithVisits}
       where entry.building_id = $1 and ${onThatDay} and ${isStillInside} and entry.with_entry_id is null
       order by coalesce(-entry.visit_id, entry.id), entry.id
     ) inside order by at, id`,
    [buildingId, since],
  )
  return rows
}
