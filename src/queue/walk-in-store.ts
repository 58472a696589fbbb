/** All SQL of tickets without a booked hour. */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import { visitOf, type Visit, type VisitChannel, type VisitPriority, type VisitRow } from '../visit/index.js'
import type { Due } from './rules.js'

/** Tickets of a group given today without a booked hour. */
export async function walkInsGiven(database: Queryable, day: Temporal.PlainDate, letter: string): Promise<number> {
  const { rows } = await database.query<{ given: number }>('select given from walk_in_counter where day = $1 and letter = $2', [
    day,
    letter,
  ])
  return rows[0]?.given ?? 0
}

/** Counts one more; false when the day has its most. The row stays locked until the transaction ends. */
export async function raiseWalkIns(client: Queryable, day: Temporal.PlainDate, letter: string, most: number | null): Promise<boolean> {
  if (most === 0) return false
  const { rowCount } = await client.query(
    `insert into walk_in_counter as counter (day, letter, given) values ($1, $2, 1)
     on conflict (day, letter) do update set given = counter.given + 1 where $3::int is null or counter.given < $3`,
    [day, letter, most],
  )
  return rowCount === 1
}

/** Of these desks, how many somebody works at. */
export async function desksAtWork(database: Queryable, deskIds: readonly number[]): Promise<number> {
  const { rows } = await database.query<{ count: number }>('select count(*) from desk_session where desk_id = any ($1)', [deskIds])
  return rows[0]?.count ?? 0
}

/** What these matters' desks still have to do today: people inside, and the booked whose hour is still to come. */
export async function workOfDay(
  database: Queryable,
  buildingId: string,
  day: Temporal.PlainDate,
  serviceIds: readonly string[],
  now: Temporal.Instant,
): Promise<{ serviceIds: string[] }[]> {
  const { rows } = await database.query<{ service_id: string; more_service_ids: string[] }>(
    `select service_id, more_service_ids from visit
     where day = $2 and building_id = $1 and service_id = any ($3)
       and (state in ('arrived', 'called', 'parked') or (state in ('booked', 'pending') and kind = 'booked' and starts_at >= $4))`,
    [buildingId, day, serviceIds, now],
  )
  return rows.map((row) => ({ serviceIds: [row.service_id, ...row.more_service_ids] }))
}

export interface NewWalkIn {
  readonly reference: string
  readonly serviceId: string
  readonly moreServiceIds: readonly string[]
  readonly buildingId: string
  readonly roomId: string | null
  readonly channel: VisitChannel
  readonly at: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly day: Temporal.PlainDate
  readonly persons: number
  readonly counted: number
  readonly language: Language
  readonly ticket: string
  readonly due: Due
  readonly priority: VisitPriority | null
  readonly eraseOn: Temporal.PlainDate
}

/** A visit that begins inside: no name, no contact. */
export async function insertWalkIn(client: Queryable, wanted: NewWalkIn): Promise<Visit> {
  const { rows } = await client.query<VisitRow>(
    `insert into visit (reference, state, kind, service_id, more_service_ids, building_id, room_id, channel, starts_at, ends_at, day, persons,
       counted, language, created_at, arrived_at, ticket, due_at, due_why, priority, erase_on)
     values ($1, 'arrived', 'walk-in', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $7, $7, $13, $14, $15, $16, $17)
     returning *`,
    [
      wanted.reference,
      wanted.serviceId,
      wanted.moreServiceIds,
      wanted.buildingId,
      wanted.roomId,
      wanted.channel,
      wanted.at,
      wanted.endsAt,
      wanted.day,
      wanted.persons,
      wanted.counted,
      wanted.language,
      wanted.ticket,
      wanted.due.at,
      wanted.due.why,
      wanted.priority,
      wanted.eraseOn,
    ],
  )
  return visitOf(rows[0] as VisitRow)
}
