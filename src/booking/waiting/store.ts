/**
 * All SQL of kept times and of what is offered. Locks are taken in this order: visits by number (own
 * and kept), the entry, its offer (docs/locking.md).
 */
import type { Queryable } from '../../platform/database.js'
import { visitOf, type Actor, type Visit, type VisitRow } from '../../visit/index.js'
import type { FreedTime, Offer, OfferState } from './model.js'

interface OfferRow {
  id: number
  waiting_id: number
  kept_id: number
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
  room_id: string
  desks: number[]
  until: Temporal.Instant
  state: OfferState
}

function offerOf(row: OfferRow): Offer {
  const { id, desks, until, state } = row
  return {
    id,
    waitingId: row.waiting_id,
    keptId: row.kept_id,
    start: row.starts_at,
    end: row.ends_at,
    roomId: row.room_id,
    desks,
    until,
    state,
  }
}

const offerColumns = 'id, waiting_id, kept_id, starts_at, ends_at, room_id, desks, until, state'

/** Puts a time aside for nobody yet, its places taken at once. Returns the number of the kept time. */
export async function insertKept(
  client: Queryable,
  kept: FreedTime & {
    readonly reference: string
    readonly after: Visit
    readonly day: Temporal.PlainDate
    readonly until: Temporal.Instant
    readonly now: Temporal.Instant
    readonly actor: Actor
  },
): Promise<number> {
  const { after, desks, start, end } = kept
  const details = { service: after.serviceId, start: start.toString(), end: end.toString(), desks: desks.join(' '), after: after.id }
  const { rows } = await client.query<{ id: number }>(
    `with kept as (
       insert into visit (reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day, persons, counted,
         held_until, held_first_at, created_at, erase_on)
       values ($1, 'held', 'kept', $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $11, $8)
       returning id
     ), taken as (
       insert into place (visit_id, desk_id, during)
       select kept.id, d.desk, tstzrange($6, $7) from kept cross join unnest($12::int[]) with ordinality as d(desk, nr) order by d.nr
       on conflict on constraint place_one_per_desk do nothing
     ), told as (
       insert into event (at, visit_id, kind, actor, building_id, details) select $11, id, 'kept', $13, $3, $14 from kept
     )
     select id from kept`,
    [
      kept.reference,
      after.serviceId,
      after.buildingId,
      after.roomId,
      after.channel,
      start,
      end,
      kept.day,
      desks.length,
      kept.until,
      kept.now,
      desks,
      kept.actor,
      JSON.stringify(details),
    ],
  )
  return (rows[0] as { id: number }).id
}

/** What a visit gives back with its time: its desks, and its entry in line with what is offered to it. */
export async function givenUp(
  client: Queryable,
  visitId: number,
): Promise<{ readonly desks: readonly number[]; readonly entryId: number | null }> {
  const { rows } = await client.query<{ desks: number[]; entry_id: number | null }>(
    `select array(select desk_id from place where visit_id = $1 and active order by desk_id) as desks,
       (select id from waiting where visit_id = $1 and state in ('waiting', 'offered')) as entry_id`,
    [visitId],
  )
  const row = rows[0]
  return { desks: row?.desks ?? [], entryId: row?.entry_id ?? null }
}

/** Locks visits in the order of their numbers until the transaction ends. */
export async function lockVisits(client: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, Visit>> {
  const { rows } = await client.query<VisitRow>('select * from visit where id = any($1) order by id for update', [ids])
  return new Map(rows.map((row) => [row.id, visitOf(row)]))
}

/** Kept times alive at `now` that are offered to nobody. */
export async function unofferedTimes(database: Queryable, now: Temporal.Instant): Promise<readonly number[]> {
  const { rows } = await database.query<{ id: number }>(
    `select v.id from visit v where v.kind = 'kept' and v.state = 'held' and v.held_until > $1
       and not exists (select from waiting_offer o where o.kept_id = v.id and o.state = 'open')
     order by v.starts_at, v.id`,
    [now],
  )
  return rows.map((row) => row.id)
}

/** The kept time while it is alive and offered to nobody, with its desks. */
export async function findKept(database: Queryable, id: number, now: Temporal.Instant): Promise<{ visit: Visit; desks: number[] } | null> {
  const { rows } = await database.query<VisitRow & { desks: number[] }>(
    `select v.*, (select coalesce(array_agg(p.desk_id order by p.desk_id), '{}') from place p where p.visit_id = v.id and p.active) as desks
     from visit v where v.id = $1 and v.kind = 'kept' and v.state = 'held' and v.held_until > $2
       and not exists (select from waiting_offer o where o.kept_id = v.id and o.state = 'open')`,
    [id, now],
  )
  const row = rows[0]
  return row === undefined ? null : { visit: visitOf(row), desks: row.desks }
}

/** Is the kept time still alive? Locked until the transaction ends. */
export async function lockKept(client: Queryable, id: number, now: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from visit where id = $1 and kind = 'kept' and state = 'held' and held_until > $2 for update`,
    [id, now],
  )
  return rowCount === 1
}

/** Keeps a kept time until another minute. */
export async function keepUntil(client: Queryable, id: number, until: Temporal.Instant): Promise<void> {
  await client.query(`update visit set held_until = $2 where id = $1 and kind = 'kept' and state = 'held'`, [id, until])
}

/** Offers a locked kept time; null when the entry has an offer or waits no more. The unique indexes judge. */
export async function insertOffer(
  client: Queryable,
  offer: FreedTime & {
    readonly waitingId: number
    readonly keptId: number
    readonly roomId: string
    readonly at: Temporal.Instant
    readonly until: Temporal.Instant
  },
): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>(
    `with waiter as (
       update waiting set state = 'offered' where id = $1 and state = 'waiting' returning id
     )
     insert into waiting_offer (waiting_id, kept_id, starts_at, ends_at, room_id, desks, offered_at, until, state)
     select id, $2, $3, $4, $5, $6, $7, $8, 'open' from waiter
     returning id`,
    [offer.waitingId, offer.keptId, offer.start, offer.end, offer.roomId, offer.desks, offer.at, offer.until],
  )
  return rows[0]?.id ?? null
}

/** The offer an entry has or had last. */
export async function lastOffer(database: Queryable, waitingId: number): Promise<Offer | null> {
  const { rows } = await database.query<OfferRow>(
    `select ${offerColumns} from waiting_offer where waiting_id = $1 order by id desc limit 1`,
    [waitingId],
  )
  return rows[0] ? offerOf(rows[0]) : null
}

export async function findOffer(database: Queryable, id: number): Promise<Offer | null> {
  const { rows } = await database.query<OfferRow>(`select ${offerColumns} from waiting_offer where id = $1`, [id])
  return rows[0] ? offerOf(rows[0]) : null
}

/** Offers nobody answered in time. */
export async function passedOffers(database: Queryable, now: Temporal.Instant): Promise<readonly Offer[]> {
  const { rows } = await database.query<OfferRow>(
    `select ${offerColumns} from waiting_offer where state = 'open' and until <= $1 order by id`,
    [now],
  )
  return rows.map(offerOf)
}

/** Ends an open offer; false when it was not open any more. */
export async function endOffer(client: Queryable, id: number, state: Exclude<OfferState, 'open'>, at: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await client.query(`update waiting_offer set state = $2, ended_at = $3 where id = $1 and state = 'open'`, [
    id,
    state,
    at,
  ])
  return rowCount === 1
}

/** What is offered now to these entries, by entry. */
export async function openOffers(database: Queryable, waitingIds: readonly number[]): Promise<ReadonlyMap<number, Offer>> {
  const { rows } = await database.query<OfferRow>(
    `select ${offerColumns} from waiting_offer where state = 'open' and waiting_id = any($1)`,
    [waitingIds],
  )
  return new Map(rows.map((row) => [row.waiting_id, offerOf(row)]))
}
