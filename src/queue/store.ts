/**
 * All SQL of the queue.
 *
 * A person is claimed with `for update skip locked`, so two desks never wait for, nor get, the same
 * one; a desk is taken with `on conflict on constraint live_one_per_desk`, so it never has two. Lock
 * order: the desk's session (shared), the visit, then live places by desk number.
 */
import { brokenConstraint, isLockFailure, transaction, type Database, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { visitOf, type Visit, type VisitRow } from '../visit/index.js'
import type { QueueRefusal, Waiting } from './model.js'

/** Most people of one building looked at when a desk calls; far more than any waiting room holds. */
const waitingMax = 500

export interface DeskSession {
  readonly accountId: number
  readonly since: Temporal.Instant
  readonly paused: boolean
  /** The clerk's name, for colleagues who come to the desk. */
  readonly name: string
}

/** Runs a command in one transaction. A lock not had in time, or a key two commands raced for, asks to try again. */
export async function commandTransaction<Result>(
  database: Database,
  work: (client: Queryable) => Promise<Result>,
): Promise<Result | Refused<QueueRefusal>> {
  try {
    return await transaction(database, work)
  } catch (error) {
    if (isLockFailure(error) || brokenConstraint(error) === 'idempotency_key_pkey') return refuse('try-again')
    throw error
  }
}

/** Who works at the desk, kept from being closed or taken over until the transaction ends. */
export async function shareSession(client: Queryable, deskId: number): Promise<DeskSession | null> {
  return sessionOf(await client.query<SessionRow>(`${sessionSelect} for share of s`, [deskId]))
}

/** The same, locked to be changed. */
export async function lockSession(client: Queryable, deskId: number): Promise<DeskSession | null> {
  return sessionOf(await client.query<SessionRow>(`${sessionSelect} for update of s`, [deskId]))
}

export async function readSession(database: Queryable, deskId: number): Promise<DeskSession | null> {
  return sessionOf(await database.query<SessionRow>(sessionSelect, [deskId]))
}

const sessionSelect = `select s.account_id, s.since, s.paused, a.name from desk_session s join account a on a.id = s.account_id where s.desk_id = $1`

interface SessionRow {
  account_id: number
  name: string
  since: Temporal.Instant
  paused: boolean
}

function sessionOf({ rows: [row] }: { rows: SessionRow[] }): DeskSession | null {
  return row === undefined ? null : { accountId: row.account_id, since: row.since, paused: row.paused, name: row.name }
}

export async function openSession(client: Queryable, deskId: number, accountId: number, now: Temporal.Instant): Promise<void> {
  await client.query(
    `insert into desk_session (desk_id, account_id, since) values ($1, $2, $3)
     on conflict (desk_id) do update set account_id = excluded.account_id, since = excluded.since, paused = false`,
    [deskId, accountId, now],
  )
}

export async function pauseSession(client: Queryable, deskId: number, paused: boolean): Promise<void> {
  await client.query('update desk_session set paused = $2 where desk_id = $1', [deskId, paused])
}

export async function closeSession(client: Queryable, deskId: number): Promise<void> {
  await client.query('delete from desk_session where desk_id = $1', [deskId])
}

/** Desks an account has open. */
export async function desksOf(database: Queryable, accountId: number): Promise<readonly number[]> {
  const { rows } = await database.query<{ desk_id: number }>('select desk_id from desk_session where account_id = $1 order by desk_id', [
    accountId,
  ])
  return rows.map((row) => row.desk_id)
}

/** Desks still open from before an instant. */
export async function desksOpenSince(client: Queryable, before: Temporal.Instant): Promise<readonly number[]> {
  const { rows } = await client.query<{ desk_id: number }>('select desk_id from desk_session where since < $1 order by desk_id', [before])
  return rows.map((row) => row.desk_id)
}

/** Everyone who waits in a building on a day. */
export async function readWaiting(database: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<Waiting[]> {
  const { rows } = await database.query<WaitingRow>(
    `select id, reference, ticket, kind, service_id, more_service_ids, persons, counted, starts_at, coalesce(arrived_at, starts_at) as arrived_at
     from visit where building_id = $1 and day = $2 and state = 'arrived' limit ${waitingMax}`,
    [buildingId, day],
  )
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    ticket: row.ticket,
    kind: row.kind,
    serviceId: row.service_id,
    moreServiceIds: row.more_service_ids,
    persons: row.persons,
    counted: row.counted,
    startsAt: row.starts_at,
    arrivedAt: row.arrived_at,
  }))
}

interface WaitingRow {
  id: number
  reference: string
  ticket: string
  kind: Waiting['kind']
  service_id: string
  more_service_ids: string[]
  persons: number
  counted: number
  starts_at: Temporal.Instant
  arrived_at: Temporal.Instant
}

/** The person, if still waiting and claimed by nobody else; theirs until the transaction ends. */
export async function claimWaiting(client: Queryable, id: number): Promise<Visit | null> {
  const { rows } = await client.query<VisitRow>(`select * from visit where id = $1 and state = 'arrived' for update skip locked`, [id])
  return rows[0] ? visitOf(rows[0]) : null
}

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
