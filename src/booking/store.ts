/**
 * All SQL of booking but the free starts. Named constraints become refusals here and nowhere else.
 */
import { brokenConstraint, isLockFailure, type Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import type { Actor, Person, VisitChannel } from '../visit/index.js'
import { bookingStatement } from './statement.js'

/** Everything one attempt writes; times are facts by now, not wishes. */
export interface Attempt {
  readonly key: string | null
  readonly hash: Buffer | null
  /** Kept under the key: references and times only. */
  readonly answer: Readonly<Record<string, string | null>>
  readonly reference: string
  readonly state: 'held' | 'booked'
  readonly serviceId: string
  readonly buildingId: string
  readonly roomId: string | null
  readonly channel: VisitChannel
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly day: Temporal.PlainDate
  /** One desk for each counted person, of one room, in ascending order. */
  readonly desks: readonly number[]
  readonly persons: number
  readonly person: Person
  readonly language: Language
  readonly urgent: boolean
  readonly heldUntil: Temporal.Instant | null
  /** Keyed hashes, ascending; none for a hold. */
  readonly contacts: readonly Buffer[]
  readonly limitOpen: number
  /** A clerk's reason to pass the limits. */
  readonly exception: string | null
  readonly now: Temporal.Instant
  readonly bookedBy: number | null
  readonly eraseOn: Temporal.PlainDate
  readonly actor: Actor
  readonly job: string | null
}

export type Attempted =
  | { readonly kind: 'made'; readonly id: number }
  | { readonly kind: 'used'; readonly hash: Buffer; readonly answer: Readonly<Record<string, string | null>> }
  | { readonly kind: 'refused'; readonly code: 'limit-open' | 'limit-service-day' }
  /** A place was not to be had. */
  | { readonly kind: 'taken' }
  /** Another command won a race for the same key, limit or reference: look again. */
  | { readonly kind: 'raced'; readonly constraint: string }
  | { readonly kind: 'locked' }

/** Races the statement may lose to another command, by the constraint that says so. */
const raced = new Set(['idempotency_key_pkey', 'limit_open_per_contact', 'limit_service_per_day', 'visit_reference_once'])

/** Tries once to take the places and write the visit. */
export async function attemptBooking(database: Queryable, attempt: Attempt): Promise<Attempted> {
  try {
    const { rows } = await database.query<{
      id: number | null
      blocked: 'limit-open' | 'limit-service-day' | null
      body_hash: Buffer | null
      answer: Record<string, string | null> | null
    }>(bookingStatement, parametersOf(attempt))
    const row = rows[0]
    if (row === undefined) throw new Error('the booking statement always answers with one row')
    if (row.id !== null) return { kind: 'made', id: row.id }
    if (row.body_hash !== null) return { kind: 'used', hash: row.body_hash, answer: row.answer ?? {} }
    if (row.blocked !== null) return { kind: 'refused', code: row.blocked }
    return { kind: 'taken' }
  } catch (error) {
    if (isLockFailure(error)) return { kind: 'locked' }
    const constraint = brokenConstraint(error)
    // Of several desks only some were free: the places have no visit, and the statement took them back.
    if (constraint === 'place_visit_id_fkey') return { kind: 'taken' }
    if (constraint !== null && raced.has(constraint)) return { kind: 'raced', constraint }
    throw error
  }
}

function parametersOf(attempt: Attempt): unknown[] {
  return [
    attempt.key,
    attempt.hash,
    JSON.stringify(attempt.answer),
    attempt.reference,
    attempt.state,
    attempt.serviceId,
    attempt.buildingId,
    attempt.roomId,
    attempt.channel,
    attempt.start,
    attempt.end,
    attempt.day,
    attempt.desks,
    attempt.persons,
    attempt.person.name,
    attempt.person.email,
    attempt.person.phone,
    attempt.language,
    attempt.urgent,
    attempt.heldUntil,
    attempt.contacts,
    attempt.limitOpen,
    attempt.exception !== null,
    attempt.now,
    attempt.bookedBy,
    attempt.eraseOn,
    attempt.actor,
    JSON.stringify({ service: attempt.serviceId, start: attempt.start.toString(), end: attempt.end.toString(), desks: attempt.desks.join(' ') }),
    attempt.exception,
    attempt.job,
  ]
}

/**
 * Ends holds nobody finished, all of them or those in the way of a place, skipping what another
 * command has locked. Returns the services whose times came back.
 */
export async function expireStaleHolds(
  database: Queryable,
  now: Temporal.Instant,
  way?: { readonly desks: readonly number[]; readonly start: Temporal.Instant; readonly end: Temporal.Instant },
): Promise<readonly string[]> {
  const inTheWay = way
    ? `and v.id in (select p.visit_id from place p where p.active and p.desk_id = any($2::int[]) and p.during && tstzrange($3, $4))`
    : ''
  const { rows } = await database.query<{ service_id: string }>(
    `with stale as (
       select v.id from visit v where v.state = 'held' and v.held_until <= $1 ${inTheWay} order by v.id for update skip locked
     ), ended as (
       update visit v set state = 'expired', ended_at = $1, version = v.version + 1 from stale where v.id = stale.id
       returning v.id, v.service_id, v.building_id
     ), freed as (
       update place p set active = false from ended where p.visit_id = ended.id and p.active
     ), told as (
       insert into event (at, visit_id, kind, actor, building_id) select $1, id, 'expired', 'system', building_id from ended
     )
     select distinct service_id from ended`,
    way ? [now, way.desks, way.start, way.end] : [now],
  )
  return rows.map((row) => row.service_id)
}
