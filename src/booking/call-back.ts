/**
 * What a call leaves to be done: the person is to be rung, or written to, from a time on. It is a
 * request in the list of the unit, with its person, and a row of its own for the ringing. Each attempt
 * is kept; one nobody answers is tried again, and after as many as the office says it is closed.
 */
import type { Context } from '../platform/context.js'
import { instantOf, officeDay, officeMinute } from '../platform/clock.js'
import { refuse, type Refused } from '../platform/decision.js'
import type { Queryable } from '../platform/database.js'
import { directory, type Directory } from '../directory/index.js'
import { hours, type RuleBook } from '../regulation/index.js'
import { recordEvent, type Actor } from '../visit/index.js'
import { accountOf, type CallBackWish } from './model.js'
import { lostRace } from './place.js'
import { claimLocked } from './request-claim.js'
import { endRequest, lockRequest } from './request-store.js'
import { refusedRequest } from './requests.js'
import { guarded } from './store.js'

export const attemptResults = ['reached', 'no-answer', 'later', 'wrong-number'] as const
export type AttemptResult = (typeof attemptResults)[number]

/** When nobody answered it is tried again after so long. */
const againMinutes = 60
const [morning, noon] = [8 * 60, 13 * 60]
const daysLooked = 14

export interface RingTime {
  readonly code: 'now' | 'afternoon' | 'next-morning' | 'next-afternoon'
  readonly at: Temporal.Instant
}

/** When a person may ask to be rung: at once, this afternoon, or on the unit's next open day. Pure. */
export function ringTimes(book: RuleBook, office: Directory, unitId: string, now: Temporal.Instant): readonly RingTime[] {
  const today = officeDay(now)
  const isOpen = (day: Temporal.PlainDate): boolean => hours(book, office, unitId, day).code === 'open'
  const later = Array.from({ length: daysLooked }, (_, index) => today.add({ days: index + 1 }))
  const next = later.find(isOpen) ?? today.add({ days: 1 })
  const afternoon = officeMinute(now) < noon && isOpen(today)
  return [
    { code: 'now', at: now },
    ...(afternoon ? [{ code: 'afternoon', at: instantOf(today, noon) } as const] : []),
    { code: 'next-morning', at: instantOf(next, morning) },
    { code: 'next-afternoon', at: instantOf(next, noon) },
  ]
}

export interface CallBack {
  readonly requestId: number
  readonly wish: CallBackWish
  readonly ringAt: Temporal.Instant
  readonly nextAt: Temporal.Instant
}

export interface CallBackAttempt {
  readonly at: Temporal.Instant
  readonly name: string
  readonly result: AttemptResult
}

/** What is to be done for these requests; one that asks for no call has none. */
export async function callBacksOf(database: Queryable, requestIds: readonly number[]): Promise<ReadonlyMap<number, CallBack>> {
  const { rows } = await database.query<{ request_id: number; wish: CallBackWish; ring_at: Temporal.Instant; next_at: Temporal.Instant }>(
    'select request_id, wish, ring_at, next_at from call_back where request_id = any ($1)',
    [requestIds],
  )
  return new Map(
    rows.map((row) => [row.request_id, { requestId: row.request_id, wish: row.wish, ringAt: row.ring_at, nextAt: row.next_at }]),
  )
}

/** Who rang, when, and what came of it, the first first. */
export async function attemptsFor(database: Queryable, requestId: number): Promise<readonly CallBackAttempt[]> {
  const { rows } = await database.query<CallBackAttempt>(
    `select at, name, result from call_back_attempt a join account on account.id = a.account_id where request_id = $1 order by a.id`,
    [requestId],
  )
  return rows
}

export interface AttemptCommand {
  readonly reference: string
  readonly actor: Actor
  readonly result: AttemptResult
  /** When the person asked to be rung, for `later`. */
  readonly nextAt?: Temporal.Instant
}

/** `ended`: nobody was reached as often as the office tries, or there is no such number. */
export interface Attempted {
  readonly allowed: true
  readonly code: 'noted' | 'ended'
}

/** Notes an attempt at ringing back and what follows of it, in one transaction: whoever reached the person answers the request. */
export async function noteAttempt(context: Context, { reference, actor, result, nextAt }: AttemptCommand): Promise<Attempted | Refused> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  return guarded(
    context.database,
    async (client): Promise<Attempted | Refused> => {
      const request = await lockRequest(client, reference)
      const no = refusedRequest(request, actor, now)
      if (no !== null || request === null) return no ?? refuse('unknown-request')
      if ((await callBacksOf(client, [request.id])).size === 0) return refuse('unknown-request')
      await client.query('insert into call_back_attempt (request_id, at, account_id, result) values ($1, $2, $3, $4)', [
        request.id,
        now,
        accountOf(actor),
        result,
      ])
      if (result === 'reached') await claimLocked(client, { reference, actor }, now)
      const reason = await endOf(client, request, result, settings['call-attempts-max'])
      if (reason === null) {
        const next = result === 'no-answer' ? now.add({ minutes: againMinutes }) : (nextAt ?? now)
        await client.query(
          `update call_back set next_at = greatest($2, ring_at), wish = case when $3 then 'email' else wish end where request_id = $1`,
          [request.id, next, result === 'wrong-number'],
        )
        return { allowed: true, code: 'noted' }
      }
      await endRequest(client, request.id, { state: 'closed', at: now, actor, reason, visitId: null, eraseOn: null })
      await recordEvent(client, { at: now, kind: 'request-closed', actor, channel: 'phone', reason, details: { request: request.id } })
      return { allowed: true, code: 'ended' }
    },
    lostRace(settings),
  )
}

/** Why the attempt ends the request; null when something can still be done. Whoever left an e-mail is written to instead. */
async function endOf(
  client: Queryable,
  request: { readonly id: number; readonly person_email: string | null },
  result: AttemptResult,
  attemptsMax: number,
): Promise<'wrong-number' | 'not-reached' | null> {
  if (result === 'wrong-number') return request.person_email === null ? 'wrong-number' : null
  if (result !== 'no-answer') return null
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from call_back_attempt where request_id = $1 and result = 'no-answer'`,
    [request.id],
  )
  return (rows[0]?.count ?? 0) >= attemptsMax ? 'not-reached' : null
}
