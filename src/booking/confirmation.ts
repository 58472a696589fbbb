/**
 * A booking that waits to be confirmed: by the code or the link of its message, by a clerk, or by
 * nobody, and then its time is given back (hold-again.ts). Its owner and the duty meet at the row of the visit:
 * whoever locks it first decides, and the other finds what became of it.
 */
import type { Context } from '../platform/context.js'
import { transaction, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { announcePlaces } from '../calendar/index.js'
import { directory } from '../directory/index.js'
import { endVisit, findVisit, lockVisit, mayDo, plannedDesks, recordEvent, type Actor, type Visit } from '../visit/index.js'
import { roundsMax, triesMax } from './confirmation-rules.js'
import { countTry, lockLapsed, nextRound, readConfirmation, writeConfirmed } from './confirmation-store.js'
import type { ConfirmPendingCommand, ConfirmReason, Outcome } from './model.js'
import { doneOf, lostRace } from './place.js'
import { guarded, postJob } from './store.js'
import { keepFreed } from './waiting/freed.js'
import { offerKept } from './waiting/offers.js'

/**
 * Confirms a pending visit. One that is confirmed already stays so, whoever asks again with a right
 * proof or none: the same answer. A code is counted before it is judged.
 */
export async function confirmPending(context: Context, { reference, proof }: ConfirmPendingCommand): Promise<Outcome> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  return guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const visit = await lockVisit(client, reference)
      if (visit === null) return refuse('unknown-visit')
      if (visit.state === 'booked' && visit.confirmUntil !== null) return { ...done(context, visit), repeated: true }
      const may = mayDo('confirm-pending', visit, now, settings, 'clerk' in proof ? 'staff' : 'citizen')
      if (!may.allowed) return may
      const wrong = await judged(context, client, visit, proof)
      if (wrong !== null) return wrong
      if (!(await writeConfirmed(client, visit.id))) return refuse('try-again')
      const { actor, channel, reason } = whoConfirms(proof)
      await recordEvent(client, { at: now, visitId: visit.id, kind: 'confirmed', actor, channel, reason })
      await postJob(client, now, 'visit-booked', { visit: visit.id })
      return done(context, { ...visit, state: 'booked' })
    },
    lostRace(settings),
  )
}

/** What is wrong with the proof; null when it is right. */
async function judged(context: Context, client: Queryable, visit: Visit, proof: ConfirmPendingCommand['proof']): Promise<Refused | null> {
  if ('clerk' in proof) return null
  if ('token' in proof) {
    const { round } = await readConfirmation(client, visit.id)
    return context.secrets.isConfirmToken(visit.reference, round, proof.token) ? null : refuse('unknown-visit')
  }
  const counted = await countTry(client, visit.id, triesMax)
  if (counted === null) {
    const { round } = await readConfirmation(client, visit.id)
    return refuse(round < roundsMax ? 'code-tries' : 'code-sends')
  }
  if (context.secrets.isConfirmCode(visit.reference, counted.round, proof.code)) return null
  return refuse('code-wrong', [], [], { left: triesMax - counted.tries })
}

function whoConfirms(proof: ConfirmPendingCommand['proof']): { actor: Actor; channel: string; reason: ConfirmReason } {
  if ('clerk' in proof) return { actor: proof.clerk, channel: 'phone', reason: 'by-clerk' }
  return { actor: 'citizen', channel: 'web', reason: 'code' in proof ? 'code' : 'link' }
}

/**
 * Sends another message with a new code and link; what was sent before is worth nothing then.
 * `round` is the one its sender saw: sent twice, it sends once.
 */
export async function sendCodeAgain(
  context: Context,
  { reference, round: seen }: { readonly reference: string; readonly round: number },
): Promise<Outcome> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  return guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const visit = await lockVisit(client, reference)
      if (visit === null) return refuse('unknown-visit')
      const may = mayDo('confirm-pending', visit, now, settings)
      if (!may.allowed) return may
      const { round } = await readConfirmation(client, visit.id)
      if (round !== seen) return { ...done(context, visit), repeated: true }
      if (round >= roundsMax) return refuse('code-sends')
      await nextRound(client, visit.id)
      await recordEvent(client, {
        at: now,
        visitId: visit.id,
        kind: 'code-sent',
        actor: 'citizen',
        channel: 'web',
        details: { round: round + 1 },
      })
      await postJob(client, now, 'visit-pending', { visit: visit.id, round: round + 1 })
      return done(context, visit)
    },
    lostRace(settings),
  )
}

function done(context: Context, visit: Visit) {
  return doneOf(context, { ...visit, start: visit.startsAt, end: visit.endsAt })
}

/** Visits ended in one transaction: their rows are locked no longer than that takes. */
const lapsedAtOnce = 25

/**
 * A duty of every minute: bookings nobody confirmed end, and their people are told. Their times are kept
 * for those who wait, as any time given back: else whoever books in invented names would know the minute
 * at which it is to be had by speed. Returns how many.
 */
export async function lapsePending(context: Context, now: Temporal.Instant): Promise<number> {
  const { settings } = (await directory(context)).office
  let ended = 0
  for (;;) {
    const kept: number[] = []
    const lapsed = await transaction(context.database, async (client) => {
      const visits = await lockLapsed(client, now, lapsedAtOnce)
      for (const visit of visits) {
        const times = [{ start: visit.startsAt, end: visit.endsAt, desks: await plannedDesks(client, visit.id) }]
        await endVisit(client, visit, { state: 'expired', at: now, actor: 'system', reason: 'not-confirmed' })
        kept.push(...(await keepFreed(context, client, { visit, times, now, actor: 'system', settings, lapsed: true })))
        await postJob(client, now, 'visit-lapsed', { visit: visit.id })
      }
      return visits
    })
    for (const { serviceId, day } of lapsed) announcePlaces(context.changes, serviceId, day)
    await offerKept(context, kept)
    ended += lapsed.length
    if (lapsed.length < lapsedAtOnce) return ended
  }
}

/** The visit as it is now: one whose time to be confirmed is over is ended first, whether the duty came by or not. */
export async function currentVisit(context: Context, reference: string): Promise<Visit | null> {
  const visit = await findVisit(context.database.pool, reference)
  if (visit?.state !== 'pending' || visit.confirmUntil === null) return visit
  const now = context.clock.now()
  if (Temporal.Instant.compare(now, visit.confirmUntil) < 0) return visit
  await lapsePending(context, now)
  return findVisit(context.database.pool, reference)
}
