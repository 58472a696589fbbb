/**
 * All SQL of the queue.
 *
 * A person is claimed with `for update skip locked`, so two desks never wait for, nor get, the same
 * one; a desk is taken with `on conflict on constraint live_one_per_desk`, so it never has two. Lock
 * order: the desk's session (shared; of the desk that calls its own), the visit, then live places by desk number.
 */
import { brokenConstraint, isLockFailure, transaction, type Database, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { visitOf, type Actor, type Visit, type VisitPriority, type VisitRow } from '../visit/index.js'
import type { CallScope, QueueRefusal, Waiting } from './model.js'
import { waitingOf } from './rules.js'

/** Runs a command in one transaction. A lock not had in time, or a key two commands raced for, asks to try again. */
export async function commandTransaction<Result>(
  database: Database,
  work: (client: Queryable) => Promise<Result>,
): Promise<Result | Refused<QueueRefusal>> {
  try {
    return await transaction(database, work)
  } catch (error) {
    const broken = brokenConstraint(error)
    // A key two commands raced for; or a desk for a second person whose clerk closed it at that moment.
    const lost = broken === 'idempotency_key_pkey' || broken === 'live_place_at_staffed_desk'
    if (isLockFailure(error) || lost) return refuse('try-again')
    throw error
  }
}

/** People who wait apart for a desk, or were sent to it, locked: those whom its closing concerns. */
export async function lockWaitingFor(client: Queryable, deskId: number, day: Temporal.PlainDate): Promise<Visit[]> {
  const { rows } = await client.query<VisitRow>(
    `select * from visit where day = $2 and ((state = 'parked' and desk_id = $1) or (state = 'arrived' and for_desk_id = $1)) order by id for update`,
    [deskId, day],
  )
  return rows.map(visitOf)
}

/** People a desk asked to wait apart, in the order in which it did. */
export async function parkedBy(database: Queryable, deskId: number, day: Temporal.PlainDate): Promise<Visit[]> {
  const { rows } = await database.query<VisitRow>(
    `select * from visit where desk_id = $1 and day = $2 and state = 'parked' order by called_at, id`,
    [deskId, day],
  )
  return rows.map(visitOf)
}

/** The visit of a ticket in a building on a day; null when there is none. */
export async function findByTicket(
  database: Queryable,
  buildingId: string,
  day: Temporal.PlainDate,
  ticket: string,
): Promise<Visit | null> {
  const { rows } = await database.query<VisitRow>('select * from visit where day = $1 and ticket = $2 and building_id = $3', [
    day,
    ticket,
    buildingId,
  ])
  return rows[0] ? visitOf(rows[0]) : null
}

/** Everyone who waits in a building on a day, who is due first before. */
export async function readWaiting(database: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<Waiting[]> {
  const { rows } = await database.query<VisitRow>(
    `select * from visit where building_id = $1 and day = $2 and state = 'arrived' order by due_at, arrived_at, id`,
    [buildingId, day],
  )
  return rows.map(asWaiting)
}

const asWaiting = (row: VisitRow): Waiting => waitingOf(visitOf(row))

/** The people of a building on a day whom a desk may call. */
export interface Line {
  readonly buildingId: string
  readonly day: Temporal.PlainDate
  readonly scope: CallScope
}

/**
 * Whom the rule of the queue lets the desk call (`mayCallThis`). An index has the order, so that the
 * first few are found without looking at the rest.
 */
const inScope = `building_id = $1 and day = $2 and state = 'arrived'
  and case when for_desk_id is not null then for_desk_id = $3
    else service_id = any ($4) and more_service_ids <@ $4 and not exists (
      select from unnest($5::text[], $6::timestamptz[]) overflow (id, came_before)
      where id = any (more_service_ids || service_id) and arrived_at > came_before)
  end`

function scopeValues({ buildingId, day, scope }: Line): unknown[] {
  const own = new Set(scope.serviceIds)
  const taken = new Map<string, Temporal.Instant>()
  for (const { serviceIds, cameBefore } of scope.overflow)
    for (const id of serviceIds) {
      const before = taken.get(id)
      if (!own.has(id) && (before === undefined || Temporal.Instant.compare(before, cameBefore) < 0)) taken.set(id, cameBefore)
    }
  return [buildingId, day, scope.deskId, [...own, ...taken.keys()], [...taken.keys()], [...taken.values()]]
}

/** The first few whom the desk may call, and how many there are. */
export async function readLine(database: Queryable, line: Line, most: number): Promise<{ first: Waiting[]; count: number }> {
  const values = scopeValues(line)
  const [first, count] = await Promise.all([
    database.query<VisitRow>(`select * from visit where ${inScope} order by due_at, arrived_at, id limit $7`, [...values, most]),
    database.query<{ count: number }>(`select count(*) from visit where ${inScope}`, values),
  ])
  return { first: first.rows.map(asWaiting), count: count.rows[0]?.count ?? 0 }
}

/**
 * Who is due first among those the desk may call, but for those passed over, and claimed by nobody
 * else: theirs until the transaction ends. A party that another desk looks at is waited for: were it
 * skipped, two desks that press at one moment would each time call single people before it.
 */
export async function claimFirst(client: Queryable, line: Line, passedOver: readonly number[]): Promise<Visit | null> {
  const values = [...scopeValues(line), passedOver]
  for (;;) {
    const { rows: parties } = await client.query<{ id: number }>(
      `select id from visit where ${inScope} and counted > 1 and id <> all ($7) order by due_at, arrived_at, id limit 1`,
      values,
    )
    const party = parties[0]?.id ?? null
    const { rows } = await client.query<VisitRow>(
      `select * from visit where ${inScope} and id <> all ($7)
         and ($8::bigint is null or (due_at, arrived_at, id) < (select due_at, arrived_at, id from visit where id = $8))
       order by due_at, arrived_at, id limit 1 for update skip locked`,
      [...values, party],
    )
    if (rows[0] !== undefined) return visitOf(rows[0])
    if (party === null) return null
    const { rows: waitedFor } = await client.query<VisitRow>(`select * from visit where ${inScope} and id = $7 for update`, [
      ...scopeValues(line),
      party,
    ])
    // Called by the other desk meanwhile: whoever is due next is looked for anew.
    if (waitedFor[0] !== undefined) return visitOf(waitedFor[0])
  }
}

/** A call of the first person in line, as one statement. */
export interface CallAtOnce {
  readonly line: Line
  readonly now: Temporal.Instant
  readonly actor: Actor
  /** The account that must have the desk; undefined: whoever has it. */
  readonly holder: number | undefined
  readonly keep: { readonly key: string; readonly hash: Buffer } | null
}

/**
 * Calls who is due first to a desk at which nobody is, with the event and the kept answer: one
 * statement, as sixty desks may press at one instant. Null when it is not so simple: the desk is
 * closed, paused, occupied or a colleague's, pressed at this moment once more, nobody waits, a party is
 * first, though another desk may look at it, or the key is known. Whoever asks then looks closely, and nothing was changed.
 */
export async function callAtOnce(database: Queryable, { line, now, actor, holder, keep }: CallAtOnce): Promise<Visit | null> {
  const { rows } = await database.query<VisitRow>(callStatement, [
    ...scopeValues(line),
    now,
    actor,
    holder ?? null,
    keep?.key ?? null,
    keep?.hash ?? null,
  ])
  return rows[0] ? visitOf(rows[0]) : null
}

const callStatement = `with at_work as (
    select desk_id from desk_session where desk_id = $3 and not paused and ($9::int is null or account_id = $9) for no key update skip locked
  ), first as (
    select id, counted, due_at, arrived_at from visit
    where ${inScope} and exists (select from at_work) and not exists (select from live_place where desk_id = $3)
    order by due_at, arrived_at, id limit 1 for update skip locked
  ), taken as (
    insert into live_place (desk_id, visit_id, caller) select $3, first.id, true from first where counted <= 1
      and not exists (select from visit where ${inScope} and counted > 1
        and (visit.due_at, visit.arrived_at, visit.id) < (first.due_at, first.arrived_at, first.id))
    on conflict on constraint live_one_per_desk do nothing returning visit_id
  ), called as (
    update visit set state = 'called', desk_id = $3, called_at = $7, called_count = called_count + 1, ended_at = null, version = version + 1
    from taken where id = visit_id returning visit.*
  ), noted as (
    insert into event (at, visit_id, kind, actor, channel, building_id, desk_id, details)
    select $7, id, 'called', $8, 'desk', building_id, $3, jsonb_build_object('why', due_why, 'due', due_at,
        'as', case when for_desk_id is not null then 'sent-on' when service_id = any ($5) then 'overflow' else 'own' end) from called
  ), kept as (
    insert into idempotency_key (key, body_hash, status, answer, at)
    select $10::uuid, $11, 200, jsonb_build_object('code', 'called', 'visit', jsonb_build_object('reference', reference, 'ticket', ticket, 'state', state)), $7
    from called where $10 is not null
  ) select * from called`

/** Of these desks, those that are staffed, and whether each could take someone now. */
export async function readStaffed(database: Queryable, deskIds: readonly number[]): Promise<{ deskId: number; free: boolean }[]> {
  const { rows } = await database.query<{ desk_id: number; free: boolean }>(
    `select s.desk_id, not s.paused and l.desk_id is null as free
     from desk_session s left join live_place l on l.desk_id = s.desk_id
     where s.desk_id = any($1) order by s.desk_id`,
    [deskIds],
  )
  return rows.map((row) => ({ deskId: row.desk_id, free: row.free }))
}

/** The visit at the desk, whether it was called there or its second person sits there. */
export async function visitAtDesk(database: Queryable, deskId: number): Promise<{ visit: Visit; caller: boolean } | null> {
  const { rows } = await database.query<VisitRow & { caller: boolean }>(
    'select v.*, l.caller from live_place l join visit v on v.id = l.visit_id where l.desk_id = $1',
    [deskId],
  )
  return rows[0] ? { visit: visitOf(rows[0]), caller: rows[0].caller } : null
}

/** Takes a desk for a person of the visit; false when somebody is at it. */
export async function takeDesk(client: Queryable, deskId: number, visitId: number, caller: boolean): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into live_place (desk_id, visit_id, caller) values ($1, $2, $3)
     on conflict on constraint live_one_per_desk do nothing returning desk_id`,
    [deskId, visitId, caller],
  )
  return rowCount === 1
}

export async function writeCalled(client: Queryable, id: number, deskId: number, now: Temporal.Instant): Promise<void> {
  await client.query(
    `update visit set state = 'called', desk_id = $2, called_at = $3, called_count = called_count + 1, ended_at = null, version = version + 1 where id = $1`,
    [id, deskId, now],
  )
}

/** So many companions wait outside the room: the visit takes no desk for them any more. */
export async function writeOutside(client: Queryable, id: number, companions: number): Promise<void> {
  await client.query(
    `update visit set counted = counted - $2, accompanied = accompanied - $2, companions_outside = companions_outside + $2 where id = $1`,
    [id, companions],
  )
}

export async function writeServing(client: Queryable, id: number, now: Temporal.Instant): Promise<void> {
  await client.query(`update visit set state = 'serving', serving_at = $2, version = version + 1 where id = $1`, [id, now])
}

/** Undoes a missed call: at the desk again as it was, or back among those who wait. */
export async function writeUndone(client: Queryable, id: number, state: 'called' | 'arrived'): Promise<void> {
  await client.query(
    `update visit set state = $2, ended_at = null, version = version + 1,
       desk_id = case when $2 = 'called' then desk_id end,
       called_count = case when $2 = 'called' then called_count else 0 end
     where id = $1`,
    [id, state],
  )
}

/** Waits apart: at no desk, but one will call the person back. */
export async function writeParked(client: Queryable, id: number, deskId: number): Promise<void> {
  await client.query(
    `update visit set state = 'parked', desk_id = $2, called_count = 0, serving_at = null, version = version + 1 where id = $1`,
    [id, deskId],
  )
}

/** Among those who wait again, due when they were. */
export async function writeReturned(client: Queryable, id: number): Promise<void> {
  await client.query(
    `update visit set state = 'arrived', desk_id = null, called_count = 0, serving_at = null, version = version + 1 where id = $1`,
    [id],
  )
}

/** The same, for one desk or for another matter; what was being settled counts as done. */
export async function writeSentOn(
  client: Queryable,
  id: number,
  { deskId, serviceId }: { readonly deskId: number | null; readonly serviceId: string | null },
): Promise<void> {
  await client.query(
    `update visit set state = 'arrived', desk_id = null, called_count = 0, serving_at = null, for_desk_id = $2, version = version + 1,
       service_id = coalesce($3, service_id), more_service_ids = array_remove(more_service_ids, $3),
       done_service_ids = case when $3 is null or serving_at is null then done_service_ids else done_service_ids || service_id end
     where id = $1`,
    [id, deskId, serviceId],
  )
}

/** Due so many minutes earlier; once, whatever the reasons. */
export async function writePriority(client: Queryable, id: number, reason: VisitPriority, minutes: number): Promise<void> {
  await client.query(
    `update visit set due_at = case when priority is null then due_at - make_interval(mins => $3) else due_at end,
       due_why = 'priority', priority = $2, version = version + 1 where id = $1`,
    [id, reason, minutes],
  )
}

/** The next matter of the visit begins. */
export async function writeNextMatter(client: Queryable, id: number, now: Temporal.Instant): Promise<void> {
  await client.query(
    `update visit set done_service_ids = done_service_ids || service_id, service_id = more_service_ids[1], more_service_ids = more_service_ids[2:],
       serving_at = $2, version = version + 1 where id = $1`,
    [id, now],
  )
}

/** Takes the planned time again, as far as nobody has booked it meanwhile. */
export async function retakePlaces(client: Queryable, visitId: number): Promise<void> {
  await client.query(
    `insert into place (visit_id, desk_id, during)
     select distinct p.visit_id, p.desk_id, p.during from place p join visit v on v.id = p.visit_id
     where p.visit_id = $1 and not p.active and lower(p.during) = v.starts_at and upper(p.during) = v.ends_at
     on conflict on constraint place_one_per_desk do nothing`,
    [visitId],
  )
}

/** Gives back desks taken for a visit that then could not have them all. */
export async function leaveDesks(client: Queryable, visitId: number): Promise<void> {
  await client.query('delete from live_place where visit_id = $1', [visitId])
}

/** The last person who did not come to this desk today, for the button that takes it back. */
export async function lastMissed(
  database: Queryable,
  deskId: number,
  day: Temporal.PlainDate,
  since: Temporal.Instant,
): Promise<Visit | null> {
  const { rows } = await database.query<VisitRow>(
    `select * from visit where desk_id = $1 and day = $2 and state = 'missed' and ended_at >= $3 order by ended_at desc, id desc limit 1`,
    [deskId, day, since],
  )
  return rows[0] ? visitOf(rows[0]) : null
}
