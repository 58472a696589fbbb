/**
 * What was observed, from the history of events. Each figure says once which events it counts and by
 * what; its number and its list are read by the same words. All of it reads the events of a period, by
 * the index on their time, and nothing of a person.
 */
import { instantOf, officeZone } from '../../../platform/clock.js'
import type { Queryable } from '../../../platform/database.js'
import {
  eventsPerPage,
  type BuildingPeak,
  type Count,
  type Counted,
  type DeskPeak,
  type Figure,
  type HistoryEvent,
  type Period,
  type RoomPeak,
  type Rooms,
} from './model.js'

interface Sql {
  readonly joins: string
  readonly where: string
  /** What is counted apart. */
  readonly by: string
}

/** Events with which a person comes to a desk or leaves it; ends written when a day is closed name no desk, but their visit. */
const leaves = ['finished', 'missed', 'left', 'parked', 'transferred', 'returned', 'redirected', 'cancelled', 'expired']
const atDesk = ['called', 'missed-undone', ...leaves]
const staffing = ['desk-opened', 'desk-closed']
const listed = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(', ')

const definitions: Readonly<Record<Figure, Sql>> = {
  // A booking on the web that waits to be confirmed is none yet.
  bookings: { joins: 'join visit v on v.id = e.visit_id', where: `e.kind in ('booked', 'confirmed')`, by: 'v.channel' },
  urgent: { joins: 'join visit v on v.id = e.visit_id', where: `e.kind in ('booked', 'confirmed') and v.urgent`, by: 'v.channel' },
  'without-booking': {
    joins: `join entry n on n.id = (e.details ->> 'entry')::bigint left join visit v on v.id = n.visit_id`,
    where: `e.kind in ('entered', 'admitted') and n.undone_at is null
      and (n.override_reason is not null or n.purpose <> 'visit' or v.kind is distinct from 'booked')`,
    by: `case when n.override_reason is not null then 'override' when v.kind = 'walk-in' then 'walk-in' else n.purpose end`,
  },
  refusals: { joins: '', where: `e.kind = 'refused-entry'`, by: 'e.reason' },
  // What was given back at once was not left.
  'drop-offs': {
    joins: 'join visit v on v.id = e.visit_id',
    where: `e.kind = 'receipt-given' and v.state <> 'cancelled'`,
    by: 'e.building_id',
  },
  priorities: { joins: '', where: `e.kind = 'prioritised'`, by: 'e.reason' },
  desk: { joins: 'join desk d on d.id = e.desk_id', where: `e.kind in (${listed(atDesk)})`, by: 'd.slug' },
  room: { joins: 'join desk d on d.id = e.desk_id', where: `e.kind in (${listed([...atDesk, ...staffing])})`, by: 'd.room_id' },
  inside: { joins: '', where: `e.kind in ('entered', 'admitted', 'went-out', 'entry-undone')`, by: 'e.building_id' },
}

/** The first moment of the period and the first after it. */
function bounds({ from, to }: Period): readonly [Temporal.Instant, Temporal.Instant] {
  return [instantOf(from, 0), instantOf(to.add({ days: 1 }), 0)]
}

/** How often, the most frequent first. */
export async function countEvents(database: Queryable, figure: Counted, period: Period): Promise<readonly Count[]> {
  const { joins, where, by } = definitions[figure]
  const { rows } = await database.query<{ what: string | null; count: number }>(
    `select ${by} as what, count(*)::int as count from event e ${joins}
     where e.at >= $1 and e.at < $2 and ${where} group by 1 order by 2 desc, 1`,
    bounds(period),
  )
  return rows.map(({ what, count }) => ({ what: what ?? '', count }))
}

interface EventRow {
  id: number
  at: Temporal.Instant
  kind: string
  reason: string | null
  building_id: string | null
  desk_id: number | null
}

/** The events behind a number, the newest first: one page of them, and whether there are more. `what` null is all of the figure. */
export async function listEvents(
  database: Queryable,
  figure: Figure,
  period: Period,
  what: string | null,
  page: number,
): Promise<{ readonly events: readonly HistoryEvent[]; readonly more: boolean }> {
  const { joins, where, by } = definitions[figure]
  const { rows } = await database.query<EventRow>(
    `select e.id, e.at, e.kind, e.reason, coalesce(e.building_id, p.building_id) as building_id, e.desk_id
     from event e ${joins} left join visit p on p.id = e.visit_id
     where e.at >= $1 and e.at < $2 and ${where} and ($3::text is null or ${by} = $3)
     order by e.at desc, e.id desc limit $4 offset $5`,
    [...bounds(period), what, eventsPerPage + 1, (page - 1) * eventsPerPage],
  )
  return {
    events: rows
      .slice(0, eventsPerPage)
      .map(({ building_id: buildingId, desk_id: deskId, ...event }) => ({ ...event, buildingId, deskId })),
    more: rows.length > eventsPerPage,
  }
}

/**
 * Comings and goings at desks, one row each: who is called comes, and goes with the next event that ends
 * it, at the desk of the call. Of one moment the order of writing counts.
 */
const steps = `marks as (
    select e.id, e.at, e.visit_id, e.desk_id, e.begins,
      lag(e.begins) over w as was_there, lag(e.desk_id) over w as desk_before
    from (select id, at, visit_id, desk_id, kind = 'called' or (kind = 'missed-undone' and details ->> 'to' = 'called') as begins
          from event where at >= $1 and at < $2 and visit_id is not null and kind in (${listed(atDesk)})) e
    window w as (partition by e.visit_id order by e.at, e.id)
  ), steps as (
    select id, at, desk_id, visit_id, 1 as step from marks where begins
    union all
    select id, at, desk_before, visit_id, -1 from marks where was_there
  )`

/** The greatest number of visits at one desk at once, and when it was so first. */
export async function deskPeak(database: Queryable, period: Period): Promise<DeskPeak | null> {
  const { rows } = await database.query<{ visits: number; desk_id: number; at: Temporal.Instant }>(
    `with ${steps}, run as (
       select desk_id, at, id, sum(step) over (partition by desk_id order by at, id, step rows unbounded preceding)::int as visits from steps
     ) select visits, desk_id, at from run order by visits desc, at, id limit 1`,
    bounds(period),
  )
  const [row] = rows
  return row === undefined ? null : { visits: row.visits, deskId: row.desk_id, at: row.at }
}

/**
 * The fullest moment of a room: counted persons at its desks, against the desks open there then. Persons
 * are those the acts count, without companions asked to wait outside.
 */
export async function roomPeaks(database: Queryable, period: Period): Promise<Rooms> {
  const { rows } = await database.query<{ persons: number; staffed: number; room_id: string; at: Temporal.Instant; over: number }>(
    `with ${steps}, at_work as (
       select 0::bigint as id, $1::timestamptz as at, d.id as desk_id, true as opens
       from desk d cross join lateral (
         select kind from event where desk_id = d.id and at < $1 and at >= $1::timestamptz - interval '2 days' and kind in (${listed(staffing)})
         order by at desc, id desc limit 1) last
       where last.kind = 'desk-opened'
       union all
       select id, at, desk_id, kind = 'desk-opened' from event
       where at >= $1 and at < $2 and desk_id is not null and kind in (${listed(staffing)})
     ), staffing as (
       select id, at, desk_id, opens, coalesce(lag(opens) over (partition by desk_id order by at, id), false) as was_open from at_work
     ), changes as (
       select s.id, s.at, d.room_id, s.step * greatest(v.counted - v.companions_outside, 0) as persons, 0 as staffed
       from steps s join desk d on d.id = s.desk_id join visit v on v.id = s.visit_id
       union all
       select s.id, s.at, d.room_id, 0, case when s.opens then 1 else -1 end
       from staffing s join desk d on d.id = s.desk_id where s.opens <> s.was_open
     ), run as (
       select room_id, at, id, persons as came,
         sum(persons) over w::int as persons, sum(staffed) over w::int as staffed
       from changes window w as (partition by room_id order by at, id, persons rows unbounded preceding)
     ), ranked as (
       select *, row_number() over (order by persons desc, at, id) as nth, (count(*) filter (where persons > staffed) over ())::int as over
       from run where came > 0
     ) select persons, staffed, room_id, at, over from ranked where nth = 1 or persons > staffed order by nth limit 21`,
    bounds(period),
  )
  const peaks = rows.map((row): RoomPeak => ({ persons: row.persons, staffedDesks: row.staffed, roomId: row.room_id, at: row.at }))
  return {
    peak: peaks[0] ?? null,
    over: peaks.filter(({ persons, staffedDesks }) => persons > staffedDesks),
    overCount: rows[0]?.over ?? 0,
  }
}

/**
 * The most counted persons in each building at once. Somebody is inside from the entry to the way out, the end
 * of the visit, another entry of the same visit, or the end of the day, whichever is known first.
 */
export async function buildingPeaks(database: Queryable, period: Period): Promise<readonly BuildingPeak[]> {
  const { rows } = await database.query<{ persons: number; building_id: string; at: Temporal.Instant }>(
    `with stays as (
       select n.id, n.building_id, n.persons, n.at, least(n.left_at,
         case when v.ended_at >= n.at then v.ended_at end,
         case when n.visit_id is not null then lead(n.at) over (partition by n.visit_id order by n.at, n.id) end,
         (date_trunc('day', n.at at time zone $3) + interval '1 day') at time zone $3) as until
       from building b join entry n on n.building_id = b.id left join visit v on v.id = n.visit_id
       where n.at >= $1 and n.at < $2 and n.undone_at is null and n.counted and n.purpose in ('visit', 'drop-off', 'companion', 'interpreter')
     ), steps as (
       select building_id, at, id, persons as step from stays
       union all
       select building_id, until, id, -persons from stays
     ), run as (
       select building_id, at, id, step, sum(step) over (partition by building_id order by at, step, id rows unbounded preceding)::int as persons
       from steps
     ) select distinct on (building_id) persons, building_id, at from run where step > 0 order by building_id, persons desc, at, id`,
    [...bounds(period), officeZone],
  )
  return rows.map((row) => ({ persons: row.persons, buildingId: row.building_id, at: row.at }))
}
