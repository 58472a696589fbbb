/** All SQL of the kiosk besides print jobs. */
import type { Queryable } from '../platform/database.js'

/** Visits of a minute that left a phone: the number is compared and goes no further. */
export async function visitsStartingAt(
  database: Queryable,
  day: Temporal.PlainDate,
  startsAt: Temporal.Instant,
): Promise<{ readonly id: number; readonly phone: string }[]> {
  const { rows } = await database.query<{ id: number; phone: string }>(
    `select id, person_phone as phone from visit
     where day = $1 and starts_at = $2 and person_phone is not null and kind = 'booked'
       and state in ('booked', 'pending', 'arrived', 'called', 'serving', 'parked')
     order by id limit 200`,
    [day, startsAt],
  )
  return rows
}

/** Written down before it is judged, then counted: of many at once each sees those before it. */
export async function recordTry(
  database: Queryable,
  deviceId: number,
  machineNow: Temporal.Instant,
  since: Temporal.Instant,
): Promise<{ readonly id: number; readonly tries: number }> {
  const { rows } = await database.query<{ id: number }>('insert into kiosk_try (device_id, at) values ($1, $2) returning id', [
    deviceId,
    machineNow,
  ])
  const counted = await database.query<{ tries: number }>('select count(*)::int as tries from kiosk_try where device_id = $1 and at > $2', [
    deviceId,
    since,
  ])
  return { id: (rows[0] as { id: number }).id, tries: (counted.rows[0] as { tries: number }).tries }
}

export async function forgetTry(database: Queryable, id: number): Promise<void> {
  await database.query('delete from kiosk_try where id = $1', [id])
}

export async function forgetTriesBefore(database: Queryable, at: Temporal.Instant): Promise<void> {
  await database.query('delete from kiosk_try where at < $1', [at])
}
