/**
 * How a visit is read and its history written; every slice after this one uses these.
 */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import type { DueWhy, NewEvent, Visit, VisitChannel, VisitKind, VisitNeed, VisitPriority, VisitState } from './model.js'

export interface VisitRow {
  id: number
  reference: string
  state: VisitState
  kind: VisitKind
  service_id: string
  more_service_ids: string[]
  done_service_ids: string[]
  building_id: string
  room_id: string | null
  channel: VisitChannel
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
  day: Temporal.PlainDate
  persons: number
  counted: number
  accompanied: number
  companions_outside: number
  person_name: string | null
  person_email: string | null
  person_phone: string | null
  language: Language
  urgent: boolean
  needs: VisitNeed[] | null
  on_behalf: boolean
  held_until: Temporal.Instant | null
  held_first_at: Temporal.Instant | null
  confirm_until: Temporal.Instant | null
  booked_by: number | null
  created_at: Temporal.Instant
  arrived_at: Temporal.Instant | null
  called_at: Temporal.Instant | null
  called_count: number
  serving_at: Temporal.Instant | null
  ended_at: Temporal.Instant | null
  desk_id: number | null
  ticket: string | null
  receipt: string | null
  due_at: Temporal.Instant | null
  due_why: DueWhy | null
  priority: VisitPriority | null
  for_desk_id: number | null
  review: 'open' | 'kept' | null
  erase_on: Temporal.PlainDate
  version: number
}

export function visitOf(row: VisitRow): Visit {
  return {
    id: row.id,
    reference: row.reference,
    state: row.state,
    kind: row.kind,
    serviceId: row.service_id,
    moreServiceIds: row.more_service_ids,
    doneServiceIds: row.done_service_ids,
    buildingId: row.building_id,
    roomId: row.room_id,
    channel: row.channel,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    day: row.day,
    persons: row.persons,
    counted: row.counted,
    accompanied: row.accompanied,
    companionsOutside: row.companions_outside,
    person: { name: row.person_name, email: row.person_email, phone: row.person_phone },
    language: row.language,
    urgent: row.urgent,
    needs: row.needs ?? [],
    onBehalf: row.on_behalf,
    heldUntil: row.held_until,
    heldFirstAt: row.held_first_at,
    confirmUntil: row.confirm_until,
    bookedBy: row.booked_by,
    createdAt: row.created_at,
    arrivedAt: row.arrived_at,
    calledAt: row.called_at,
    calledCount: row.called_count,
    servingAt: row.serving_at,
    endedAt: row.ended_at,
    deskId: row.desk_id,
    ticket: row.ticket,
    receipt: row.receipt,
    dueAt: row.due_at,
    dueWhy: row.due_why,
    priority: row.priority,
    forDeskId: row.for_desk_id,
    review: row.review,
    version: row.version,
  }
}

/** The visit of a reference, or null. */
export async function findVisit(database: Queryable, reference: string): Promise<Visit | null> {
  const { rows } = await database.query<VisitRow>('select * from visit where reference = $1', [reference])
  return rows[0] ? visitOf(rows[0]) : null
}

/** The same, locked against other commands until the transaction ends. */
export async function lockVisit(database: Queryable, reference: string): Promise<Visit | null> {
  const { rows } = await database.query<VisitRow>('select * from visit where reference = $1 for update', [reference])
  return rows[0] ? visitOf(rows[0]) : null
}

export async function findVisitById(database: Queryable, id: number): Promise<Visit | null> {
  const { rows } = await database.query<VisitRow>('select * from visit where id = $1', [id])
  return rows[0] ? visitOf(rows[0]) : null
}

/** Writes one line of history. */
export async function recordEvent(database: Queryable, event: NewEvent): Promise<void> {
  await database.query(
    'insert into event (at, visit_id, kind, actor, channel, reason, building_id, desk_id, details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      event.at,
      event.visitId ?? null,
      event.kind,
      event.actor,
      event.channel ?? null,
      event.reason ?? null,
      event.buildingId ?? null,
      event.deskId ?? null,
      event.details ? JSON.stringify(event.details) : null,
    ],
  )
}

/** Writes the last state of a visit; the desk it was at stays for the history. */
export async function writeEnd(database: Queryable, id: number, state: VisitState, at: Temporal.Instant): Promise<void> {
  await database.query('update visit set state = $2, ended_at = $3, version = version + 1 where id = $1', [id, state, at])
}

/** Gives back the desks a visit planned or holds, and its place in the limits of its contacts. */
export async function freePlaces(database: Queryable, id: number): Promise<void> {
  await database.query(
    `with planned as (update place set active = false where visit_id = $1 and active),
       live as (delete from live_place where visit_id = $1)
     update visit_limit set active = false where visit_id = $1 and active`,
    [id],
  )
}

/** Visits of a day, or an earlier one, that are still open, locked in the order of their numbers. */
export async function openVisitsUntil(database: Queryable, day: Temporal.PlainDate): Promise<readonly Visit[]> {
  const { rows } = await database.query<VisitRow>(
    `select * from visit
     where day <= $1 and state in ('held', 'pending', 'booked', 'arrived', 'called', 'serving', 'parked')
     order by id for update`,
    [day],
  )
  return rows.map(visitOf)
}

/** Desks planned for a visit, in their order. */
export async function plannedDesks(database: Queryable, id: number): Promise<readonly number[]> {
  const { rows } = await database.query<{ desk_id: number }>('select desk_id from place where visit_id = $1 and active order by desk_id', [
    id,
  ])
  return rows.map((row) => row.desk_id)
}

/**
 * How often a visit changed in a way a calendar must learn of: confirmed, moved, called off. Read
 * from its history, so that it only grows and is the same whoever asks.
 */
export async function calendarSequence(database: Queryable, visitId: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from event
     where visit_id = $1 and kind in ('confirmed', 'moved', 'cancelled', 'expired', 'redirected')`,
    [visitId],
  )
  return rows[0]?.count ?? 0
}
