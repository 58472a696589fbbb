/** SQL of reminders. */
import type { Queryable } from '../../platform/database.js'
import type { ReminderRound } from './rules.js'

/** Reminders written in one statement. */
export const atOnceMax = 200

/**
 * Writes the reminders of a round that are not there yet, each with its row of the outbox, in one
 * statement: `reminder_once` lets of two processes only one write both. Only visits of the days asked
 * are looked at, whatever the history holds. Returns how many it wrote.
 */
export const remindText = `with due as (
  select v.id, v.starts_at from visit v
  where v.day = any($2::date[]) and v.state = 'booked' and v.starts_at > $3 and v.starts_at <= $4
    and (v.person_email is not null or v.person_phone is not null)
    and not exists (select from reminder r where r.visit_id = v.id and r.kind = $1 and r.starts_at = v.starts_at)
    and coalesce((select max(e.at) from event e where e.visit_id = v.id and e.kind in ('booked', 'confirmed', 'moved')), v.created_at)
      < case when $5::int is null then $6::timestamptz else v.starts_at - make_interval(mins => $5) end
  order by v.starts_at, v.id limit ${atOnceMax}
), made as (
  insert into reminder (visit_id, kind, starts_at, at) select id, $1, starts_at, $7 from due
  on conflict on constraint reminder_once do nothing
  returning visit_id, starts_at
)
insert into outbox (at, kind, payload)
select $7, 'visit-reminder', jsonb_build_object('visit', visit_id, 'kind', $1::text, 'start', to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) from made`

/** The values of the statement, in the order of its parameters. */
export function remindValues({ kind, days, after, until, minutes, stoodAt }: ReminderRound, now: Temporal.Instant): unknown[] {
  return [kind, days, after, until, minutes, stoodAt, now]
}

export async function writeReminders(database: Queryable, round: ReminderRound, now: Temporal.Instant): Promise<number> {
  const { rowCount } = await database.query(remindText, remindValues(round, now))
  return rowCount ?? 0
}

/** Notes that whoever waits was told they are next, with the row of the outbox; visits noted before are left out. */
export async function writeNext(database: Queryable, visitIds: readonly number[], now: Temporal.Instant): Promise<void> {
  await database.query(
    `with made as (
       insert into reminder (visit_id, kind, starts_at, at)
       select id, 'next', arrived_at, $2 from visit
       where id = any($1) and state = 'arrived' and (person_email is not null or person_phone is not null)
       on conflict on constraint reminder_once do nothing
       returning visit_id
     )
     insert into outbox (at, kind, payload) select $2, 'visit-next', jsonb_build_object('visit', visit_id) from made`,
    [visitIds, now],
  )
}
