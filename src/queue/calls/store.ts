/** All SQL of a desk's calls. */
import type { Queryable } from '../../platform/database.js'

/** One call of a desk, and what made it that person's turn. */
export interface PastCall {
  readonly at: Temporal.Instant
  readonly ticket: string
  /** `booked-due`, `came-late`, `by-arrival`, `priority`; or `picked`, `back`. */
  readonly why: string
  /** The minute from which the person was due; null for calls that do not go by it. */
  readonly due: Temporal.Instant | null
  /** Whose line it was: the desk's own, another's whose overflow it takes, or the person was sent to this desk. */
  readonly as: 'own' | 'overflow' | 'sent-on'
  /** Why out of turn, or why with priority; a code from a list. */
  readonly reason: string | null
  /** Numbers of parties due before, for whom too few desks were free. */
  readonly before: readonly string[]
  readonly startsAt: Temporal.Instant
  readonly arrivedAt: Temporal.Instant | null
}

/** What a desk called on a day, the last first. */
export async function readCalls(
  database: Queryable,
  deskId: number,
  from: Temporal.Instant,
  until: Temporal.Instant,
  most: number,
): Promise<PastCall[]> {
  const { rows } = await database.query<{
    at: Temporal.Instant
    ticket: string | null
    details: { why?: string; due?: string; as?: PastCall['as']; before?: string } | null
    reason: string | null
    starts_at: Temporal.Instant
    arrived_at: Temporal.Instant | null
  }>(
    `select e.at, v.ticket, e.details, coalesce(e.reason, v.priority) as reason, v.starts_at, v.arrived_at
     from event e join visit v on v.id = e.visit_id
     where e.desk_id = $1 and e.kind = 'called' and e.at >= $2 and e.at < $3 order by e.at desc, e.id desc limit $4`,
    [deskId, from, until, most],
  )
  return rows.map(({ at, ticket, details, reason, starts_at: startsAt, arrived_at: arrivedAt }) => ({
    at,
    ticket: ticket ?? '',
    why: details?.why ?? 'by-arrival',
    due: details?.due === undefined ? null : Temporal.Instant.from(details.due),
    as: details?.as ?? 'own',
    reason,
    before: details?.before?.split(' ') ?? [],
    startsAt,
    arrivedAt,
  }))
}
