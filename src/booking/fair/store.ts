/** SQL of the places for holds without proof. */
import type { Queryable } from '../../platform/database.js'

/**
 * Takes one of a matter's places for holds without proof, until a moment; null when all are taken.
 * A place whose hold was booked, given back or ran out is free at once.
 */
export async function claimPlace(
  database: Queryable,
  wanted: { serviceId: string; quota: number; now: Temporal.Instant; until: Temporal.Instant },
): Promise<number | null> {
  // Two may choose the same place at once: who came second looks again.
  for (let tries = 0; tries <= wanted.quota; tries += 1) {
    const { rows } = await database.query<{ ordinal: number; claimed: boolean }>(
      `with free as (
         select o as ordinal from generate_series(1, $2::int) as o
         where not exists (
           select from unproven_hold h where h.service_id = $1 and h.ordinal = o and h.until > $3
             and (h.reference is null or exists (select from visit v where v.reference = h.reference and v.state = 'held' and v.held_until > $3)))
         order by o limit 1
       ), claimed as (
         insert into unproven_hold (service_id, ordinal, reference, until) select $1, ordinal, null, $4 from free
         on conflict on constraint unproven_hold_once do update set reference = null, until = excluded.until
         where unproven_hold.until <= $3 or (unproven_hold.reference is not null and not exists (
           select from visit v where v.reference = unproven_hold.reference and v.state = 'held' and v.held_until > $3))
         returning ordinal
       )
       select free.ordinal, claimed.ordinal is not null as claimed from free left join claimed using (ordinal)`,
      [wanted.serviceId, wanted.quota, wanted.now, wanted.until],
    )
    const row = rows[0]
    if (row === undefined) return null
    if (row.claimed) return row.ordinal
  }
  return null
}

/** Ties a place to the hold that was made. */
export async function namePlace(database: Queryable, serviceId: string, ordinal: number, reference: string): Promise<void> {
  await database.query('update unproven_hold set reference = $3 where service_id = $1 and ordinal = $2 and reference is null', [
    serviceId,
    ordinal,
    reference,
  ])
}

/** Gives a place back: nothing came of it. */
export async function freePlace(database: Queryable, serviceId: string, ordinal: number, now: Temporal.Instant): Promise<void> {
  await database.query('update unproven_hold set until = $3 where service_id = $1 and ordinal = $2 and reference is null', [
    serviceId,
    ordinal,
    now,
  ])
}
