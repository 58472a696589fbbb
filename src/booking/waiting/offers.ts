/**
 * Offering kept times: to the first in line whom the time fits, to the next when nobody answers, to
 * all when nobody is left. A kept time that is offered is kept past the end of the offer, so that
 * the next in line is asked before it returns; should nobody ask, it returns all the same.
 */
import { announcePlaces } from '../../calendar/index.js'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { brokenConstraint, isLockFailure, transaction, type Queryable } from '../../platform/database.js'
import { directory, type Directory } from '../../directory/index.js'
import { recordEvent, type Visit } from '../../visit/index.js'
import { startFacts } from '../plan.js'
import { postJob } from '../store.js'
import type { Wish } from '../wish.js'
import type { Fit, FreedTime, Offer, Waiter } from './model.js'
import { fitting, offerUntil, partOf, releaseAt, type MattersAt } from './rules.js'
import { backInLine, candidates, endEntry, lockEntry, overEntries, type Candidate, type OverEntry } from './line-store.js'
import { endOffer, findKept, insertOffer, keepUntil, lockKept, lockVisits, openOffers, passedOffers, unofferedTimes } from './store.js'
import { wishFor } from './wished.js'

/**
 * Offers each of the kept times to the first in line whom it fits. After a change, outside its
 * transaction: a fault here undoes nothing, and the duty of every minute asks again.
 */
export async function offerKept(context: Context, keptIds: readonly number[]): Promise<void> {
  for (const id of keptIds) {
    try {
      await offerOne(context, id, context.clock.now())
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string }
      context.log.error({ fault: name, code }, 'a freed time could not be offered')
    }
  }
}

/** True when somebody was offered the time. */
async function offerOne(context: Context, keptId: number, now: Temporal.Instant): Promise<boolean> {
  const kept = await findKept(context.database.pool, keptId, now)
  if (kept === null) return false
  const office = await directory(context)
  const time: FreedTime = { start: kept.visit.startsAt, end: kept.visit.endsAt, desks: kept.desks }
  const wish = { ...time, keptId, serviceIds: mattersOf(office, kept.desks), day: officeDay(time.start), part: partOf(time.start) }
  const inLine = await candidates(context.database.pool, wish)
  if (inLine.length === 0) return false
  const wishes = new Map<string, Wish>()
  const waiters = inLine.flatMap((each) => waiterOf(office, each, wishes) ?? [])
  const matters = await mattersAt(context, wishes, time.start, now)
  for (const fit of fitting(waiters, time, matters, now)) if (await offerTo(context, office, kept.visit, fit, now)) return true
  return false
}

/** One in line with what the visit is for, which is noted in `wishes`; null when the office no longer does that. */
function waiterOf(office: Directory, { entry, visit }: Candidate, wishes: Map<string, Wish>): Waiter | null {
  const wish = wishFor(office, { entry, visit })
  if (wish === null) return null
  wishes.set(wish.key, wish)
  return {
    ...entry,
    matter: wish.key,
    visit: visit && { start: visit.startsAt, minutes: visit.startsAt.until(visit.endsAt).total('minutes'), counted: visit.counted },
  }
}

/** Matters that are handled at one of the desks. */
function mattersOf(office: Directory, desks: readonly number[]): readonly string[] {
  return [...office.services.values()]
    .filter((each) => !each.closed && !each.dropOff && office.desksOf(each.id).some((desk) => desks.includes(desk.id)))
    .map((each) => each.id)
}

/** What the fitting needs to know of each wish: where it may start then, how long it is, how many places it takes. */
async function mattersAt(
  context: Context,
  wishes: ReadonlyMap<string, Wish>,
  start: Temporal.Instant,
  now: Temporal.Instant,
): Promise<MattersAt> {
  const facts = [...wishes].map(
    async ([key, wish]) => [key, { ...(await startFacts(context, wish, start, now)), minutes: wish.durationMinutes }] as const,
  )
  return new Map(await Promise.all(facts))
}

/** Makes one offer; false when the kept time is gone, or the person has another offer or waits no more. */
async function offerTo(context: Context, office: Directory, kept: Visit, fit: Fit, now: Temporal.Instant): Promise<boolean> {
  const { settings } = office.office
  const until = offerUntil(now, settings['offer-minutes'], fit.start)
  const offer = { ...fit, waitingId: fit.waiter.id, keptId: kept.id, roomId: kept.roomId ?? '', at: now, until }
  try {
    return await transaction(context.database, async (client) => {
      if (!(await lockKept(client, kept.id, now))) return false
      const id = await insertOffer(client, offer)
      if (id === null) return false
      await keepUntil(client, kept.id, releaseAt(until, settings, context.random()))
      await recordEvent(client, {
        at: now,
        visitId: kept.id,
        kind: 'offer-made',
        actor: 'system',
        details: { offer: id, entry: fit.waiter.id },
      })
      await postJob(client, now, 'waiting-offer', { offer: id, entry: fit.waiter.id })
      return true
    })
  } catch (error) {
    // Offered meanwhile by another process, or being changed: the duty looks again.
    if (isLockFailure(error) || /^offer_one_per_(kept|entry)$/.test(brokenConstraint(error) ?? '')) return false
    throw error
  }
}

/** A duty of every minute: offers left without an answer go on to the next, entries whose time is over end, new times are offered. */
export async function lookAfterList(context: Context, now: Temporal.Instant): Promise<void> {
  for (const offer of await passedOffers(context.database.pool, now)) await passOn(context, offer, now)
  for (const over of await overEntries(context.database.pool, officeDay(now))) await endOver(context, over, now)
  await offerKept(context, await unofferedTimes(context.database.pool, now))
}

/** Ends an offer nobody answered: its entry goes behind those with fewer such; the time is offered again by the same duty. */
async function passOn(context: Context, offer: Offer, now: Temporal.Instant): Promise<void> {
  await transaction(context.database, async (client) => {
    await lockVisits(client, [offer.keptId])
    await lockEntry(client, offer.waitingId)
    if (!(await endOffer(client, offer.id, 'passed', now))) return
    await backInLine(client, offer.waitingId, true)
    await recordOffer(client, offer, 'offer-passed', now)
  })
}

/** Ends an entry whose time is over. Who waited for any time at all is told; whoever has a visit still has it. */
async function endOver(context: Context, { id, visitId }: OverEntry, now: Temporal.Instant): Promise<void> {
  await transaction(context.database, async (client) => {
    if (visitId !== null) await lockVisits(client, [visitId])
    const entry = await lockEntry(client, id)
    if (entry === null || (entry.state !== 'waiting' && entry.state !== 'offered')) return
    await leaveLine(client, { id, state: 'ended', at: now })
    await recordEvent(client, { at: now, visitId, kind: 'waiting-ended', actor: 'system', details: { entry: id } })
    if (visitId === null) await postJob(client, now, 'waiting-ended', { entry: id })
  })
}

/**
 * Ends a locked entry and what is offered to it. Returns the kept time that is to be offered again,
 * or null.
 */
export async function leaveLine(
  client: Queryable,
  end: { readonly id: number; readonly state: 'withdrawn' | 'ended'; readonly at: Temporal.Instant },
): Promise<number | null> {
  const eraseOn = officeDay(end.at).add({ days: 1 })
  await endEntry(client, end.id, { state: end.state, at: end.at, eraseOn })
  const { rows } = await client.query<{ id: number; kept_id: number }>(
    `update waiting_offer set state = 'gone', ended_at = $2 where waiting_id = $1 and state = 'open' returning id, kept_id`,
    [end.id, end.at],
  )
  const gone = rows[0]
  if (gone === undefined) return null
  await recordEvent(client, {
    at: end.at,
    visitId: gone.kept_id,
    kind: 'offer-gone',
    actor: 'system',
    details: { offer: gone.id, entry: end.id },
  })
  return gone.kept_id
}

/**
 * Takes back an offer that is no earlier than the time its visit moved to; the entry stays in line,
 * where it stood. Returns the kept time that is to be offered again, or null.
 */
export async function withdrawLater(
  client: Queryable,
  entryId: number,
  start: Temporal.Instant,
  at: Temporal.Instant,
): Promise<number | null> {
  await lockEntry(client, entryId)
  const offer = (await openOffers(client, [entryId])).get(entryId)
  if (offer === undefined || Temporal.Instant.compare(offer.start, start) < 0) return null
  if (!(await endOffer(client, offer.id, 'gone', at))) return null
  await backInLine(client, entryId, false)
  await recordEvent(client, {
    at,
    visitId: offer.keptId,
    kind: 'offer-gone',
    actor: 'system',
    details: { offer: offer.id, entry: entryId },
  })
  return offer.keptId
}

export async function recordOffer(
  client: Queryable,
  offer: Offer,
  kind: 'offer-accepted' | 'offer-declined' | 'offer-passed',
  at: Temporal.Instant,
  actor: 'citizen' | 'system' | `account:${number}` = 'system',
): Promise<void> {
  await recordEvent(client, { at, visitId: offer.keptId, kind, actor, details: { offer: offer.id, entry: offer.waitingId } })
}

/** A kept time nobody has answered for goes to the next in line; to all, at a minute drawn anew, when there is none. */
export async function offerAgain(context: Context, keptId: number): Promise<void> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  try {
    if (await offerOne(context, keptId, now)) return
    await keepUntil(context.database.pool, keptId, releaseAt(now, settings, context.random()))
    const kept = await findKept(context.database.pool, keptId, now)
    if (kept !== null) announcePlaces(context.changes, kept.visit.serviceId, kept.visit.day)
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string }
    context.log.error({ fault: name, code }, 'a freed time could not be offered again')
  }
}
