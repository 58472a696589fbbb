/**
 * The time of a booking that lapsed, once more for its owner: with what was typed, while it is free.
 *
 * A lapsed booking's time is kept like any time that was given back, and whoever stands in line is
 * asked first. While it is kept and offered to nobody its owner may have it back, which nobody else
 * may: once, so that a time cannot be kept for ever by booking it and confirming nothing.
 */
import { announcePlaces } from '../calendar/index.js'
import type { Context } from '../platform/context.js'
import { commandHash, keyOf } from '../platform/idempotency.js'
import { refuse } from '../platform/decision.js'
import { newReference } from '../platform/references.js'
import { directory } from '../directory/index.js'
import { endVisit, findVisit, isLapsed, plannedDesks, recordEvent, type Visit } from '../visit/index.js'
import { hold, holdHash } from './actions.js'
import { findKeptAfter, isOfferedToSomebody, lockKeptAfter, wasHeldAgain } from './confirmation-store.js'
import { keepDraft } from './draft.js'
import { mayTakeWish } from './lot/drawn.js'
import type { HoldCommand, Outcome } from './model.js'
import { answerOf, doneOf, draft, lostRace } from './place.js'
import { bookable } from './plan.js'
import { isOffered } from './routes-times.js'
import { guarded, lockDesks, within } from './store.js'
import { wishedOf } from './wish.js'

/** May the owner of a lapsed booking have its time again? It is free for all, or still kept and offered to nobody. */
export async function isFreeAgain(context: Context, visit: Visit): Promise<boolean> {
  const now = context.clock.now()
  if ((await keptFor(context, visit, now)) !== null) return true
  return isOffered(context, wishedOf(await directory(context), visit), visit.startsAt, now)
}

/**
 * Holds the time of a booking that lapsed once more, with what its owner had typed. Once only: the work
 * done for the booking pays for one hold, and a key made of its reference keeps it from paying for more.
 */
export async function holdAgain(context: Context, reference: string): Promise<Outcome> {
  const visit = await findVisit(context.database.pool, reference)
  if (visit === null || !isLapsed(visit)) return refuse('unknown-visit')
  const { startsAt, language, person, urgent, needs, onBehalf } = visit
  const key = keyOf(commandHash('hold-again', reference))
  const command = { ...wishedOf(await directory(context), visit), start: startsAt, language, key }
  const held = (await takeKept(context, visit, command)) ?? (await hold(context, command))
  if (held.allowed && !held.repeated) await keepDraft(context, { reference: held.reference, person, urgent, needs, onBehalf })
  return held
}

async function keptFor(context: Context, visit: Visit, now: Temporal.Instant): Promise<number | null> {
  const { pool } = context.database
  const kept = await findKeptAfter(pool, visit, now)
  return kept === null || (await isOfferedToSomebody(pool, kept)) || (await wasHeldAgain(pool, visit.id)) ? null : kept
}

/** Makes the kept time a hold of its former owner; null when it is not to be had that way. */
async function takeKept(context: Context, visit: Visit, command: HoldCommand & { readonly key: string }): Promise<Outcome | null> {
  const now = context.clock.now()
  const keptId = await keptFor(context, visit, now)
  const found = keptId === null ? null : await bookable(context, command)
  if (keptId === null || found === null) return null
  const may = await mayTakeWish(context, found, { channel: 'web', start: visit.startsAt, now, clerk: false, limitExcepted: false })
  if (!may.allowed) return may
  const taken = await guarded(
    context.database,
    async (client): Promise<Outcome | null> => {
      const kept = await lockKeptAfter(client, keptId, now)
      if (kept === null || (await isOfferedToSomebody(client, keptId))) return null
      const desks = (await plannedDesks(client, keptId)).slice(0, Math.max(visit.counted, 1))
      await client.query('savepoint again')
      await lockDesks(client, desks, [visit.day])
      await endVisit(client, kept, { state: 'expired', at: now, actor: 'citizen', reason: 'held-again' })
      const attempt = {
        ...draft(found, visit.startsAt, now),
        key: command.key,
        hash: holdHash(command),
        heldUntil: now.add({ minutes: found.settings['hold-minutes'] }),
        language: visit.language,
        reference: newReference(),
        roomId: kept.roomId,
        desks,
      }
      const attempted = await within(client).attempt({ ...attempt, answer: answerOf(attempt) })
      if (attempted.kind !== 'made') {
        await client.query('rollback to savepoint again')
        return null
      }
      await recordEvent(client, { at: now, visitId: attempted.id, kind: 'renewed', actor: 'citizen', details: { after: visit.id } })
      return doneOf(context, attempt)
    },
    lostRace(found.settings),
  )
  if (taken?.allowed) announcePlaces(context.changes, visit.serviceId, visit.day)
  return taken
}
