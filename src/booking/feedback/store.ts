/** SQL of feedback. */
import type { Queryable } from '../../platform/database.js'
import { shownToBeTheirs } from '../message-parts.js'
import type { Feedback } from './model.js'

export interface Served {
  readonly id: number
  readonly serviceId: string
  readonly day: Temporal.PlainDate
}

/** Visits of these days that ended as served between two moments, whose contact is shown to be theirs and who were not asked yet. */
export async function toAsk(
  database: Queryable,
  days: readonly Temporal.PlainDate[],
  after: Temporal.Instant,
  until: Temporal.Instant,
  most: number,
): Promise<readonly Served[]> {
  const { rows } = await database.query<{ id: number; service_id: string; day: Temporal.PlainDate }>(
    `select v.id, v.service_id, v.day from visit v
     where v.day = any($1::date[]) and v.state = 'served' and v.ended_at > $2 and v.ended_at <= $3
       and (v.person_email is not null or v.person_phone is not null)
       and (v.channel <> 'web' or ${shownToBeTheirs('v.id')})
       and not exists (select from feedback_invitation f where f.visit_id = v.id)
     order by v.ended_at, v.id limit $4`,
    [days, after, until, most],
  )
  return rows.map((row) => ({ id: row.id, serviceId: row.service_id, day: row.day }))
}

export interface Invitation extends Served {
  readonly reference: string
  readonly unitId: string
}

/** Notes who is asked, with the row of the outbox; `feedback_invitation_once` lets only one of two processes ask. */
export async function invite(database: Queryable, invitations: readonly Invitation[], now: Temporal.Instant): Promise<void> {
  await database.query(
    `with made as (
       insert into feedback_invitation (reference, visit_id, service_id, unit_id, day)
       select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::date[])
       on conflict on constraint feedback_invitation_once do nothing
       returning reference, visit_id
     )
     insert into outbox (at, kind, payload) select $6, 'visit-feedback', jsonb_build_object('visit', visit_id, 'invitation', reference) from made`,
    [
      invitations.map(({ reference }) => reference),
      invitations.map(({ id }) => id),
      invitations.map(({ serviceId }) => serviceId),
      invitations.map(({ unitId }) => unitId),
      invitations.map(({ day }) => day),
      now,
    ],
  )
}

export async function forgetInvitations(database: Queryable, before: Temporal.PlainDate): Promise<void> {
  await database.query('delete from feedback_invitation where day < $1', [before])
}

export interface Asked {
  readonly serviceId: string
  readonly day: Temporal.PlainDate
  readonly answered: boolean
}

export async function findInvitation(database: Queryable, reference: string): Promise<Asked | null> {
  const { rows } = await database.query<{ service_id: string; day: Temporal.PlainDate; answered: boolean }>(
    'select service_id, day, answered from feedback_invitation where reference = $1',
    [reference],
  )
  const [row] = rows
  return row === undefined ? null : { serviceId: row.service_id, day: row.day, answered: row.answered }
}

/** Adds an answer to the sums, once for each invitation; false when it was answered before. The sum does not say which. */
export async function addAnswer(database: Queryable, reference: string, { settled, wait, grade }: Feedback): Promise<boolean> {
  const { rowCount } = await database.query(
    `with asked as (
       update feedback_invitation set answered = true where reference = $1 and not answered returning day, service_id, unit_id
     )
     insert into feedback_sum (day, service_id, unit_id, settled, wait, grade, answers)
     select day, service_id, unit_id, $2, $3, $4, 1 from asked
     on conflict on constraint feedback_sum_pkey do update set answers = feedback_sum.answers + 1`,
    [reference, settled, wait, grade],
  )
  return rowCount === 1
}

export interface UnitSums {
  readonly unitId: string
  readonly answers: number
  readonly settled: number
  readonly partly: number
  readonly waitLong: number
  /** Mean of the grades. */
  readonly grade: number
}

/** Sums of the units from a day on, of those that have as many answers. */
export async function unitSums(database: Queryable, from: Temporal.PlainDate, least: number): Promise<readonly UnitSums[]> {
  const { rows } = await database.query<{
    unit_id: string
    answers: number
    settled: number
    partly: number
    wait_long: number
    grade: number
  }>(
    `select unit_id, sum(answers)::int as answers, (sum(answers) filter (where settled = 'yes'))::int as settled,
       (sum(answers) filter (where settled = 'partly'))::int as partly, (sum(answers) filter (where wait = 'long'))::int as wait_long,
       (sum(answers * grade)::float8 / sum(answers)) as grade
     from feedback_sum where day >= $1 group by unit_id having sum(answers) >= $2 order by unit_id`,
    [from, least],
  )
  return rows.map((row) => ({
    unitId: row.unit_id,
    answers: row.answers,
    settled: row.settled ?? 0,
    partly: row.partly ?? 0,
    waitLong: row.wait_long ?? 0,
    grade: row.grade,
  }))
}
