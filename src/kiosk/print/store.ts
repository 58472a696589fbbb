/** All SQL of print jobs. */
import type { Queryable } from '../../platform/database.js'
import { brokenConstraint } from '../../platform/database.js'
import type { Language } from '../../platform/words.js'
import type { DeviceTrouble } from '../../device/index.js'

export type PrintState = 'waiting' | 'printing' | 'printed' | 'failed' | 'unsure' | 'browser'

export interface PrintJob {
  readonly id: number
  readonly deviceId: number
  readonly visitId: number
  readonly copy: number
  readonly language: Language
  readonly state: PrintState
  readonly trouble: DeviceTrouble | null
  readonly createdAt: Temporal.Instant
}

export interface ListedJob extends PrintJob {
  readonly ticket: string | null
}

interface JobRow {
  id: number
  device_id: number
  visit_id: number
  copy: number
  language: Language
  state: PrintState
  trouble: DeviceTrouble | null
  created_at: Temporal.Instant
}

function jobOf(row: JobRow): PrintJob {
  return {
    id: row.id,
    deviceId: row.device_id,
    visitId: row.visit_id,
    copy: row.copy,
    language: row.language,
    state: row.state,
    trouble: row.trouble,
    createdAt: row.created_at,
  }
}

export interface NewJob {
  readonly deviceId: number
  readonly visitId: number
  readonly language: Language
  readonly at: Temporal.Instant
  /** `browser` is done as soon as it is written: the browser prints the page it is on. */
  readonly state: 'waiting' | 'browser'
}

/** The first ticket of a visit on paper; false when it was asked for before, whatever became of it. */
export async function insertFirst(database: Queryable, job: NewJob): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into print_job (device_id, visit_id, copy, language, state, created_at) values ($1, $2, 1, $3, $4, $5)
     on conflict do nothing`,
    [job.deviceId, job.visitId, job.language, job.state, job.at],
  )
  return rowCount === 1
}

/** A further copy, asked for by a person of the staff; false while one is on its way, and when two ask at once for the second. */
export async function insertCopy(
  database: Queryable,
  jobId: number,
  { accountId, deviceId, at }: { readonly accountId: number; readonly deviceId: number; readonly at: Temporal.Instant },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into print_job (device_id, visit_id, copy, language, state, account_id, created_at)
     select job.device_id, job.visit_id, (select max(copy) + 1 from print_job where visit_id = job.visit_id), job.language, 'waiting', $2, $4
     from print_job job where job.id = $1 and job.device_id = $3
       and not exists (select from print_job open where open.visit_id = job.visit_id and open.state in ('waiting', 'printing'))
     on conflict do nothing`,
    [jobId, accountId, deviceId, at],
  )
  return rowCount === 1
}

/** Takes the next job of a printer up; null while another is being printed there, and when none waits. */
export async function claimNext(database: Queryable, deviceId: number, machineNow: Temporal.Instant): Promise<PrintJob | null> {
  try {
    const { rows } = await database.query<JobRow>(
      `update print_job set state = 'printing', claimed_at = $2
       where id = (select id from print_job where device_id = $1 and state = 'waiting' order by id limit 1 for update skip locked)
         and state = 'waiting' and not exists (select from print_job busy where busy.device_id = $1 and busy.state = 'printing')
       returning *`,
      [deviceId, machineNow],
    )
    return rows[0] ? jobOf(rows[0]) : null
  } catch (error) {
    // Two processes at once: the other one prints, and looks again when it is done.
    if (brokenConstraint(error) === 'print_job_one_per_printer') return null
    throw error
  }
}

/** Does a job wait while nothing is printed there? Then whoever asks must look again: nobody else will. */
export async function isLeftWaiting(database: Queryable, deviceId: number): Promise<boolean> {
  const { rows } = await database.query<{ left_waiting: boolean }>(
    `select exists (select from print_job where device_id = $1 and state = 'waiting')
       and not exists (select from print_job where device_id = $1 and state = 'printing') as left_waiting`,
    [deviceId],
  )
  return rows[0]?.left_waiting ?? false
}

/** What became of a job; false when it was given up meanwhile. */
export async function finishJob(
  database: Queryable,
  id: number,
  end: { readonly state: 'printed' | 'failed' | 'unsure'; readonly trouble: DeviceTrouble | null; readonly machineNow: Temporal.Instant },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `update print_job set state = $2, trouble = $3, done_at = $4 where id = $1 and state = 'printing'`,
    [id, end.state, end.trouble, end.machineNow],
  )
  return rowCount === 1
}

/** Jobs whose process ended in the middle: taken up and not done since. Nobody knows what came out. */
export async function giveUpPrinting(
  database: Queryable,
  claimedBefore: Temporal.Instant,
  machineNow: Temporal.Instant,
): Promise<PrintJob[]> {
  const { rows } = await database.query<JobRow>(
    `update print_job set state = 'unsure', trouble = 'printer-lost', done_at = $2 where state = 'printing' and claimed_at < $1 returning *`,
    [claimedBefore, machineNow],
  )
  return rows.map(jobOf)
}

/** Jobs nobody took up in time: a ticket that comes out when the person has gone helps nobody. */
export async function giveUpWaiting(
  database: Queryable,
  createdBefore: Temporal.Instant,
  machineNow: Temporal.Instant,
): Promise<PrintJob[]> {
  const { rows } = await database.query<JobRow>(
    `update print_job set state = 'failed', trouble = 'printer-silent', done_at = $2 where state = 'waiting' and created_at < $1 returning *`,
    [createdBefore, machineNow],
  )
  return rows.map(jobOf)
}

/** The newest job of a visit at a kiosk. */
export async function jobOfVisit(database: Queryable, visitId: number, deviceId: number): Promise<PrintJob | null> {
  const { rows } = await database.query<JobRow>(
    'select * from print_job where visit_id = $1 and device_id = $2 order by copy desc limit 1',
    [visitId, deviceId],
  )
  return rows[0] ? jobOf(rows[0]) : null
}

/** Jobs of a kiosk since a moment, newest first, with the number on the ticket. */
export async function listJobs(database: Queryable, deviceId: number, since: Temporal.Instant): Promise<ListedJob[]> {
  const { rows } = await database.query<JobRow & { ticket: string | null }>(
    `select print_job.*, visit.ticket from print_job join visit on visit.id = print_job.visit_id
     where device_id = $1 and print_job.created_at >= $2 order by print_job.id desc limit 200`,
    [deviceId, since],
  )
  return rows.map((row) => ({ ...jobOf(row), ticket: row.ticket }))
}

export async function forgetJobsBefore(database: Queryable, at: Temporal.Instant): Promise<void> {
  await database.query('delete from print_job where created_at < $1', [at])
}
