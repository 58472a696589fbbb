/**
 * People who wait, for tests of the queue and the screens: visits put straight into the state in
 * which the door leaves them, with a ticket of their service.
 */
import { officeDay } from '../../src/platform/clock.js'
import { newReference } from '../../src/platform/references.js'
import { directory } from '../../src/directory/index.js'
import { dueOnArrival, issueTicket, openDesk, seriesOf } from '../../src/queue/index.js'
import { findVisit, type Visit, type VisitKind } from '../../src/visit/index.js'
import type { Context } from '../../src/platform/context.js'

export interface Arrival {
  readonly serviceId: string
  readonly kind?: VisitKind
  /** Booked start; without it the arrival. */
  readonly startsAt?: Temporal.Instant
  readonly arrivedAt: Temporal.Instant
  readonly persons?: number
  readonly name?: string
}

/** Someone who came in and waits. */
export async function waits(context: Context, arrival: Arrival): Promise<Visit> {
  const known = await directory(context)
  const service = known.services.get(arrival.serviceId)
  if (service === undefined) throw new Error(`no service ${arrival.serviceId}`)
  const { pool } = context.database
  const reference = newReference()
  const startsAt = arrival.startsAt ?? arrival.arrivedAt
  const day = officeDay(arrival.arrivedAt)
  const kind = arrival.kind ?? (arrival.startsAt ? 'booked' : 'walk-in')
  const persons = arrival.persons ?? service.persons
  const due = dueOnArrival(known, { kind, startsAt, priority: null, serviceId: service.id }, arrival.arrivedAt)
  await pool.query(
    `insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, person_name, created_at, arrived_at, ticket, erase_on, due_at, due_why)
     values ($1, 'arrived', $2, $3, $4, 'phone', $5, $6, $7, $8, $8, $9, $10, $10, $11, $12, $13, $14)`,
    [
      reference,
      kind,
      service.id,
      service.buildingId,
      startsAt,
      startsAt.add({ minutes: service.durationMinutes }),
      day,
      persons,
      arrival.name ?? null,
      arrival.arrivedAt,
      await issueTicket(pool, seriesOf(known, service.id, day)),
      day.add({ days: 14 }),
      due.at,
      due.why,
    ],
  )
  return (await findVisit(pool, reference)) as Visit
}

/** Opens desks, each by a clerk of its own. */
export async function staffDesks(context: Context, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) {
    const { rows } = await context.database.pool.query<{ id: number }>(
      `insert into account (login, name, roles, created_at) values ($1, 'Test', '{desk}', $2) returning id`,
      [`desk-${crypto.randomUUID().slice(0, 8)}`, context.clock.now()],
    )
    const accountId = (rows[0] as { id: number }).id
    await openDesk(context, { desk: slug, accountId, actor: `account:${accountId}`, now: context.clock.now() })
  }
}
