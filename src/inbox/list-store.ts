/** The list of threads of a unit, for its clerks. */
import type { Queryable } from '../platform/database.js'
import type { Language } from '../platform/words.js'
import { lastAnswerUndelivered } from './undelivered-store.js'

export interface ListedThread {
  readonly reference: string
  readonly unitId: string
  readonly language: Language
  readonly name: string | null
  readonly email: string | null
  readonly subject: string | null
  readonly guessedServiceId: string | null
  readonly waitsSince: Temporal.Instant | null
  /** The last answer did not arrive. */
  readonly undelivered: boolean
  /** Name of who answers it now; null: nobody. */
  readonly claimedName: string | null
}

/** Longest list shown; who waits longest comes first, so that nothing is hidden for good. */
const listedMax = 200

/** Open threads of units, or of all: the longest waiting first, then those that wait for the citizen. */
export async function openThreads(
  database: Queryable,
  unitIds: readonly string[] | null,
  now: Temporal.Instant,
): Promise<readonly ListedThread[]> {
  const { rows } = await database.query<ListedThread & Record<string, unknown>>(
    `select r.reference, r.unit_id as "unitId", r.language, r.person_name as name, r.person_email as email, t.subject,
       t.guessed_service_id as "guessedServiceId", t.waits_since as "waitsSince", ${lastAnswerUndelivered} as undelivered, a.name as "claimedName"
     from mail_thread t join request r on r.id = t.request_id
     left join account a on a.id = r.claimed_by and r.claimed_until > $2
     where r.state = 'open' and ($1::text[] is null or r.unit_id = any($1))
     order by (t.waits_since is null), t.waits_since, t.id limit ${listedMax}`,
    [unitIds, now],
  )
  return rows
}

/** What these requests seem to be about, of the mails among them that were understood. */
export async function guessesOf(database: Queryable, requestIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await database.query<{ request_id: number; service: string }>(
    'select request_id, guessed_service_id as service from mail_thread where request_id = any ($1) and guessed_service_id is not null',
    [requestIds],
  )
  return new Map(rows.map(({ request_id: id, service }) => [id, service]))
}

/** Open threads of units, or of all, whose answer somebody waits for and no colleague writes now: the longest waiting first. */
export async function waitingReferences(
  database: Queryable,
  { unitIds, accountId, now }: { unitIds: readonly string[] | null; accountId: number; now: Temporal.Instant },
): Promise<readonly string[]> {
  const { rows } = await database.query<{ reference: string }>(
    `select r.reference from mail_thread t join request r on r.id = t.request_id
     where r.state = 'open' and t.waits_since is not null and ($1::text[] is null or r.unit_id = any($1))
       and (r.claimed_by is null or r.claimed_by = $3 or r.claimed_until <= $2)
     order by t.waits_since, t.id limit ${listedMax}`,
    [unitIds, now, accountId],
  )
  return rows.map(({ reference }) => reference)
}
