/**
 * Whoever answers a request keeps it for a while, so that two clerks do not write or ring to one
 * person. One conditional update takes it: of two at once the database lets one; a claim that ran
 * out is worth nothing, and its owner renews it by asking again.
 */
import type { Context } from '../platform/context.js'
import { refuse, type Refused } from '../platform/decision.js'
import type { Queryable } from '../platform/database.js'
import { wallTime } from '../platform/words.js'
import type { Actor } from '../visit/index.js'
import { accountOf } from './model.js'
import { findRequest, type RequestRow } from './request-store.js'

/** How long a request is kept for whoever answers it. */
export const claimMinutes = 15

export interface ClaimCommand {
  readonly reference: string
  readonly actor: Actor
}

export interface Claimed {
  readonly allowed: true
  readonly code: 'done'
  readonly until: Temporal.Instant
}

/** Keeps an open request for the account that asks; refused with `request-claimed` and who keeps it. */
export async function claimRequest(context: Context, { reference, actor }: ClaimCommand): Promise<Claimed | Refused> {
  const now = context.clock.now()
  const until = now.add({ minutes: claimMinutes })
  const { pool } = context.database
  if (await takeClaim(pool, { reference, account: accountOf(actor), now, until })) return { allowed: true, code: 'done', until }
  const request = await findRequest(pool, reference)
  if (request === null) return refuse('unknown-request')
  // Freed between the two statements: whoever asks again has it.
  return claimedByOther(request, actor, now) ?? refuse(request.state === 'open' ? 'try-again' : 'request-ended')
}

/** Gives a request back before the claim runs out; somebody else's claim stays. */
export async function releaseRequest(context: Context, { reference, actor }: ClaimCommand): Promise<void> {
  await context.database.pool.query('update request set claimed_by = null, claimed_until = null where reference = $1 and claimed_by = $2', [
    reference,
    accountOf(actor),
  ])
}

/** The refusal that somebody else answers the request now; null when nobody else does. */
export function claimedByOther(request: RequestRow, actor: Actor, now: Temporal.Instant): Refused | null {
  const { claimed_by: by, claimed_until: until, claimed_name: who } = request
  if (by === null || until === null || by === accountOf(actor) || Temporal.Instant.compare(until, now) <= 0) return null
  return refuse('request-claimed', [], [], { who: who ?? '', until: wallTime(until) })
}

/** Keeps an open, locked request that nobody else answers. */
export async function claimLocked(client: Queryable, { reference, actor }: ClaimCommand, now: Temporal.Instant): Promise<void> {
  await takeClaim(client, { reference, account: accountOf(actor), now, until: now.add({ minutes: claimMinutes }) })
}

async function takeClaim(
  database: Queryable,
  claim: { reference: string; account: number | null; now: Temporal.Instant; until: Temporal.Instant },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `update request set claimed_by = $2, claimed_until = $3
     where reference = $1 and state = 'open' and (claimed_by is null or claimed_by = $2 or claimed_until <= $4)`,
    [claim.reference, claim.account, claim.until, claim.now],
  )
  return rowCount === 1
}
