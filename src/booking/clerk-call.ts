/**
 * The calls a clerk takes: each begins when the clerk says so and has one outcome, the last it came
 * to. Nothing of who called is kept. One call at a time for an account: a unique index holds it.
 *
 * What a call came to is noted in the transaction of the booking, the move, the cancelling or the task:
 * both stand, or neither. It comes last there, after the idempotency key (docs/locking.md).
 */
import type { Context } from '../platform/context.js'
import { transaction, type Queryable } from '../platform/database.js'
import type { Actor } from '../visit/index.js'
import { accountOf } from './model.js'

export const callOutcomes = ['booked', 'moved', 'cancelled', 'advice', 'directory', 'task', 'nothing'] as const
export type CallOutcome = (typeof callOutcomes)[number]

/** What a clerk says a call came to, where nothing the program did says it. */
export const saidOutcomes = ['advice', 'directory', 'nothing'] as const satisfies readonly CallOutcome[]

/** A call in which nothing was done for so long is over: the clerk went home. */
const callMinutesMax = 60

export interface CallResult {
  readonly actor: Actor
  readonly outcome: CallOutcome
  /** What it was about; null: nothing was chosen. */
  readonly unitId: string | null
  readonly serviceId: string | null
}

/** Begins a call, and ends the one before. */
export async function beginCall(context: Context, actor: Actor): Promise<void> {
  const now = context.clock.now()
  await transaction(context.database, async (client) => {
    await endOpen(client, actor, now)
    // Pressed twice at once: the call has begun.
    await client.query(
      'insert into phone_call (account_id, opened_at) values ($1, $2) on conflict (account_id) where ended_at is null do nothing',
      [accountOf(actor), now],
    )
  })
}

/** Notes what the call came to; one the clerk never began begins with it. It goes on until it is ended. */
export async function noteOutcome(
  client: Queryable,
  { actor, outcome, unitId, serviceId }: CallResult,
  now: Temporal.Instant,
): Promise<void> {
  await endOpen(client, actor, now, now.subtract({ minutes: callMinutesMax }))
  await client.query(
    `insert into phone_call (account_id, opened_at, acted_at, outcome, unit_id, service_id) values ($1, $2, $2, $3, $4, $5)
     on conflict (account_id) where ended_at is null do update
     set acted_at = $2, outcome = $3, unit_id = coalesce($4, phone_call.unit_id), service_id = coalesce($5, phone_call.service_id)`,
    [accountOf(actor), now, outcome, unitId, serviceId],
  )
}

/** Notes what the call came to and ends it. */
export async function endCall(context: Context, result: CallResult): Promise<void> {
  const now = context.clock.now()
  await transaction(context.database, async (client) => {
    await noteOutcome(client, result, now)
    await endOpen(client, result.actor, now)
  })
}

/** Since when the account has a call; null without one. */
export async function callSince(context: Context, actor: Actor): Promise<Temporal.Instant | null> {
  const { rows } = await context.database.pool.query<{ opened_at: Temporal.Instant }>(
    'select opened_at from phone_call where account_id = $1 and ended_at is null and coalesce(acted_at, opened_at) > $2',
    [accountOf(actor), context.clock.now().subtract({ minutes: callMinutesMax })],
  )
  return rows[0]?.opened_at ?? null
}

/**
 * A call with a result ended with it: what came after was waiting for the next. With `quietSince`, only
 * one in which nothing was done since then.
 */
async function endOpen(database: Queryable, actor: Actor, now: Temporal.Instant, quietSince = now): Promise<void> {
  await database.query(
    `update phone_call set outcome = coalesce(outcome, 'nothing'),
       ended_at = coalesce(acted_at, least($2, opened_at + interval '${callMinutesMax} minutes'))
     where account_id = $1 and ended_at is null and coalesce(acted_at, opened_at) <= $3`,
    [accountOf(actor), now, quietSince],
  )
}
