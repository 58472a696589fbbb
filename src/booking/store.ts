/**
 * All SQL of booking but the free starts. Named constraints become refusals here and nowhere else.
 */
import { brokenConstraint, isLockFailure, transaction, type Database, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import type { Language } from '../platform/words.js'
import type { Person, Visit } from '../visit/index.js'
import type { Attempt, Attempted } from './attempt.js'
import { meaningOf } from './constraints.js'
import { accountOf, type BookedFor } from './model.js'
import { attemptTogether } from './together.js'
import { bookingStatement, confirmStatement } from './statement.js'

/** Lost races for a key, a limit or a reference after which the person is asked to try again. */
export const racesMax = 5

/** Where attempts are made: on a connection of their own, or inside a transaction that goes on after a lost race. */
export interface Ground {
  readonly database: Queryable
  attempt(attempt: Attempt): Promise<Attempted>
}

/**
 * Each attempt is a transaction of its own, or one with others that arrive at once; several desks are locked first.
 * `along` is done in the transaction of the attempt that is made.
 */
export function onItsOwn(database: Database, along?: (client: Queryable) => Promise<void>): Ground {
  const alone = (attempt: Attempt): Promise<Attempted> => attemptOn(() => runStatement(database.pool, attempt))
  const inSteps = (attempt: Attempt): Promise<Attempted> =>
    attemptOn(() =>
      transaction(database, async (client) => {
        if (attempt.desks.length > 1) await lockDesks(client, attempt.desks, [attempt.day])
        const attempted = await runStatement(client, attempt)
        if (attempted.kind === 'made') await along?.(client)
        return attempted
      }),
    )
  return {
    database: database.pool,
    attempt: (attempt) => {
      if (attempt.desks.length > 1 || along !== undefined) return inSteps(attempt)
      return attempt.exception === null && !isSpecial(attempt) ? attemptTogether(database, attempt, alone) : alone(attempt)
    },
  }
}

/** Attempts inside a transaction, each behind a savepoint. */
export function within(client: Queryable): Ground {
  return {
    database: client,
    async attempt(attempt) {
      await client.query('savepoint attempt')
      const attempted = await attemptOn(async () => {
        await lockDesks(client, attempt.desks, [attempt.day])
        return runStatement(client, attempt)
      })
      await client.query(attempted.kind === 'made' ? 'release savepoint attempt' : 'rollback to savepoint attempt')
      return attempted
    },
  }
}

/** What the plain statement, made for what nearly everybody books, does not write. */
function isSpecial({ moreServiceIds, needs, onBehalf }: Attempt): boolean {
  return moreServiceIds.length > 0 || needs.length > 0 || onBehalf
}

async function attemptOn(run: () => Promise<Attempted>): Promise<Attempted> {
  try {
    return await run()
  } catch (error) {
    if (isLockFailure(error)) return { kind: 'locked' }
    const meaning = meaningOf(brokenConstraint(error))
    if (meaning.means === 'taken') return { kind: 'taken' }
    if (meaning.means === 'retried') return { kind: 'raced', refusal: meaning.refusal }
    throw error
  }
}

async function runStatement(database: Queryable, attempt: Attempt): Promise<Attempted> {
  const statement = bookingStatement({
    contacts: attempt.contacts.length,
    desks: attempt.desks.length === 1 ? 'one' : 'several',
    limit: attempt.limitOpen,
    excepted: attempt.exception !== null,
    special: isSpecial(attempt),
  })
  const values = bookingValues(attempt)
  const { rows } = await database.query<{
    id: number | null
    blocked: 'limit-open' | 'limit-service-day' | null
    body_hash: Buffer | null
    answer: Record<string, string> | null
  }>(
    statement.text,
    statement.names.map((name) => values[name]),
  )
  const row = rows[0]
  if (row === undefined) throw new Error('the booking statement always answers with one row')
  if (row.id !== null) return { kind: 'made', id: row.id }
  if (row.body_hash !== null) return { kind: 'used', hash: row.body_hash, answer: row.answer ?? {} }
  if (row.blocked !== null) return { kind: 'refused', code: row.blocked }
  return { kind: 'taken' }
}

/**
 * Locks desks on days, in order, until the transaction ends. Whoever takes more than one place, or
 * takes one while giving another back, does this before (docs/locking.md): such commands could
 * otherwise wait for each other. Plain bookings hold nothing when they wait and need no lock.
 */
export async function lockDesks(client: Queryable, desks: readonly number[], days: readonly Temporal.PlainDate[]): Promise<void> {
  await client.query(
    `select pg_advisory_xact_lock(desk, on_day)
     from (select distinct desk, d - date '2000-01-01' as on_day from unnest($1::int[]) as desk, unnest($2::date[]) as d order by on_day, desk) as wanted`,
    [desks, days],
  )
}

/** The values of the statement, by the names it has for them. */
function bookingValues(attempt: Attempt): Readonly<Record<string, unknown>> {
  // Texts made once: the driver would make them again for each place they stand at.
  const [now, start, end] = [attempt.now.toString(), attempt.start.toString(), attempt.end.toString()]
  return {
    key: attempt.key,
    hash: attempt.hash,
    answer: JSON.stringify(attempt.answer),
    reference: attempt.reference,
    state: attempt.state,
    service: attempt.serviceId,
    building: attempt.buildingId,
    room: attempt.roomId,
    channel: attempt.channel,
    start,
    end,
    day: attempt.day.toString(),
    desk: attempt.desks[0],
    desks: attempt.desks,
    persons: attempt.persons,
    counted: attempt.desks.length,
    name: attempt.person.name,
    email: attempt.person.email,
    phone: attempt.person.phone,
    language: attempt.language,
    urgent: attempt.urgent,
    more: attempt.moreServiceIds,
    services: [attempt.serviceId, ...attempt.moreServiceIds],
    needs: attempt.needs,
    onBehalf: attempt.onBehalf,
    heldUntil: attempt.heldUntil,
    heldFirst: attempt.heldUntil === null ? null : now,
    confirmUntil: attempt.confirmUntil,
    ...contactValues(attempt.contacts),
    now,
    bookedBy: attempt.bookedBy,
    eraseOn: attempt.eraseOn.toString(),
    actor: attempt.actor,
    details: JSON.stringify({ service: attempt.serviceId, start, end, desks: attempt.desks.join(' ') }),
    exception: attempt.exception,
    job: attempt.job,
  }
}

function contactValues(contacts: readonly Buffer[]): Record<string, Buffer> {
  return Object.fromEntries(contacts.map((contact, index) => [`contact${index}`, contact]))
}

/**
 * Runs a change in one transaction; a race lost to another command becomes the refusal `lost` names
 * for the constraint, a lock not had in three seconds the advice to try again. Nothing is written then.
 */
export async function guarded<Result>(
  database: Database,
  work: (client: Queryable) => Promise<Result>,
  lost: (refusal: 'try-again' | 'limit-open' | 'limit-service-day') => Refused,
): Promise<Result | Refused> {
  for (let races = 1; ; races += 1) {
    try {
      return await transaction(database, work)
    } catch (error) {
      if (isLockFailure(error)) return refuse('try-again')
      const meaning = meaningOf(brokenConstraint(error))
      if (meaning.means !== 'retried') throw error
      if (races >= racesMax) return lost(meaning.refusal)
    }
  }
}

/** Which of the desks are free from start to end but for one visit and for holds that ran out. */
export async function desksFree(
  database: Queryable,
  wish: {
    readonly desks: readonly number[]
    readonly start: Temporal.Instant
    readonly end: Temporal.Instant
    readonly now: Temporal.Instant
    readonly own: number
  },
): Promise<readonly number[]> {
  const { rows } = await database.query<{ id: number }>(
    `select d.id from unnest($1::int[]) with ordinality as d(id, nr)
     where not exists (
       select from place p join visit v on v.id = p.visit_id
       where p.active and p.desk_id = d.id and p.during && tstzrange($2, $3) and v.id <> $5 and not (v.state = 'held' and v.held_until <= $4))
     order by d.nr`,
    [wish.desks, wish.start, wish.end, wish.now, wish.own],
  )
  return rows.map((row) => row.id)
}

/** Moves the places of a locked visit to other desks and times, the old ones given back first; false when one was taken. */
export async function movePlaces(
  client: Queryable,
  visit: Visit,
  move: { desks: readonly number[]; start: Temporal.Instant; end: Temporal.Instant },
): Promise<boolean> {
  await client.query('savepoint move')
  await client.query('update place set active = false where visit_id = $1 and active', [visit.id])
  const { rowCount } = await client.query(
    `insert into place (visit_id, desk_id, during)
     select $1, d.desk, tstzrange($3, $4) from unnest($2::int[]) with ordinality as d(desk, nr) order by d.nr
     on conflict on constraint place_one_per_desk do nothing`,
    [visit.id, move.desks, move.start, move.end],
  )
  const moved = rowCount === move.desks.length
  await client.query(moved ? 'release savepoint move' : 'rollback to savepoint move')
  return moved
}

/** Writes the new time of a visit whose places were moved, and of its limits. */
export async function writeMove(
  client: Queryable,
  visit: Visit,
  move: {
    roomId: string
    start: Temporal.Instant
    end: Temporal.Instant
    day: Temporal.PlainDate
    eraseOn: Temporal.PlainDate
    excepted: boolean
  },
): Promise<void> {
  await client.query(
    'update visit set room_id = $2, starts_at = $3, ends_at = $4, day = $5, erase_on = $6, review = null, version = version + 1 where id = $1',
    [visit.id, move.roomId, move.start, move.end, move.day, move.eraseOn],
  )
  await client.query('update visit_limit set day = $2, excepted = excepted or $3 where visit_id = $1 and active', [
    visit.id,
    move.day,
    move.excepted,
  ])
}

/** Leaves work for the job queue in the transaction that causes it. */
export async function postJob(
  client: Queryable,
  at: Temporal.Instant,
  kind: string,
  payload: Readonly<Record<string, number | string>>,
): Promise<void> {
  await client.query('insert into outbox (at, kind, payload) values ($1, $2, $3)', [at, kind, JSON.stringify(payload)])
}

/** Keeps a hold until another minute. */
export async function renewVisit(client: Queryable, id: number, heldUntil: Temporal.Instant): Promise<void> {
  await client.query('update visit set held_until = $2 where id = $1', [id, heldUntil])
}

/** What a clerk heard besides, and by which channel, written into the locked hold that is booked next. */
export async function writeBookedFor(client: Queryable, id: number, { actor, channel, needs, onBehalf }: BookedFor): Promise<void> {
  await client.query(`update visit set booked_by = $2, channel = $3, needs = nullif($4::text[], '{}'), on_behalf = $5 where id = $1`, [
    id,
    accountOf(actor),
    channel,
    needs,
    onBehalf,
  ])
}

/** Everything confirming a locked hold writes. */
export interface Confirmation {
  readonly visit: Visit
  /** The clerk who books it; null: the person on the web. */
  readonly by: BookedFor | null
  readonly key: string
  readonly hash: Buffer
  readonly answer: Readonly<Record<string, string>>
  readonly person: Person
  readonly language: Language
  readonly urgent: boolean
  readonly contacts: readonly Buffer[]
  readonly limitOpen: number
  /** Until when it waits to be confirmed; null: it is booked at once. */
  readonly confirmUntil: Temporal.Instant | null
  readonly now: Temporal.Instant
}

/** Makes a locked hold a booking, or one that waits to be confirmed; returns the limit that stands against it, or null when it is booked. */
export async function confirmVisit(
  client: Queryable,
  { visit, ...given }: Confirmation,
): Promise<'limit-open' | 'limit-service-day' | null> {
  const details = { service: visit.serviceId, start: visit.startsAt.toString(), end: visit.endsAt.toString(), from: visit.state }
  const statement = confirmStatement({
    contacts: given.contacts.length,
    desks: 'one',
    limit: given.limitOpen,
    excepted: given.by?.limitException !== undefined,
    special: visit.moreServiceIds.length > 0,
  })
  const values: Readonly<Record<string, unknown>> = {
    id: visit.id,
    actor: given.by?.actor ?? 'citizen',
    channel: given.by?.channel ?? 'web',
    exception: given.by?.limitException ?? null,
    ...contactValues(given.contacts),
    service: visit.serviceId,
    services: [visit.serviceId, ...visit.moreServiceIds],
    day: visit.day,
    name: given.person.name,
    email: given.person.email,
    phone: given.person.phone,
    language: given.language,
    urgent: given.urgent,
    state: given.confirmUntil === null ? 'booked' : 'pending',
    job: given.confirmUntil === null ? 'visit-booked' : 'visit-pending',
    confirmUntil: given.confirmUntil,
    now: given.now,
    details: JSON.stringify(details),
    key: given.key,
    hash: given.hash,
    answer: JSON.stringify(given.answer),
  }
  const { rows } = await client.query<{ blocked: 'limit-open' | 'limit-service-day' | null }>(
    statement.text,
    statement.names.map((name) => values[name]),
  )
  return rows[0]?.blocked ?? null
}

/**
 * Ends holds nobody finished, all of them or those in the way of a place, skipping what another
 * command has locked. Returns the services and days whose times came back.
 */
export async function expireStaleHolds(
  database: Queryable,
  now: Temporal.Instant,
  way?: { readonly desks: readonly number[]; readonly start: Temporal.Instant; readonly end: Temporal.Instant },
): Promise<readonly { readonly serviceId: string; readonly day: Temporal.PlainDate }[]> {
  const inTheWay = way
    ? `and v.id in (select p.visit_id from place p where p.active and p.desk_id = any($2::int[]) and p.during && tstzrange($3, $4))`
    : ''
  const { rows } = await database.query<{ service_id: string; day: Temporal.PlainDate }>(
    `with stale as (
       select v.id from visit v where v.state = 'held' and v.held_until <= $1 ${inTheWay} order by v.id for update skip locked
     ), ended as (
       update visit v set state = 'expired', ended_at = $1, version = v.version + 1 from stale where v.id = stale.id
       returning v.id, v.service_id, v.day, v.building_id
     ), freed as (
       update place p set active = false from ended where p.visit_id = ended.id and p.active
     ), told as (
       insert into event (at, visit_id, kind, actor, building_id) select $1, id, 'expired', 'system', building_id from ended
     )
     select distinct service_id, day from ended`,
    way ? [now, way.desks, way.start, way.end] : [now],
  )
  return rows.map((row) => ({ serviceId: row.service_id, day: row.day }))
}
