/**
 * Taking the offered time. A visit moves to it in one transaction, its old time given up only with
 * the new one in hand; that old time is kept in turn, so that the next in line moves up. An entry
 * without a visit becomes a booking in the person's name, within the limits.
 *
 * Locks: the visit and the kept time by number, the entry, then desks and days (docs/locking.md).
 */
import { announcePlaces } from '../../calendar/index.js'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { Queryable } from '../../platform/database.js'
import { refuse, setting, type Refused } from '../../platform/decision.js'
import { newReference } from '../../platform/references.js'
import { directory } from '../../directory/index.js'
import { bookingChannels } from '../../regulation/index.js'
import { endVisit, findVisitById, mayDo, plannedDesks, recordEvent, type Actor, type Visit } from '../../visit/index.js'
import { confirmUntil } from '../confirmation-rules.js'
import { answerOf, contactsOf, draft, limitRefusal, lostRace } from '../place.js'
import { bookable, mayBookWish, type Bookable } from '../plan.js'
import { guarded, lockDesks, movePlaces, postJob, within, writeMove } from '../store.js'
import { keepFreed } from './freed.js'
import { accountOf, doneOf } from './join.js'
import type { Entry, FreedTime, Offer, WaitingOutcome } from './model.js'
import { offerKept } from './offers.js'
import { freedTimes } from './rules.js'
import { endEntry, findEntry, lockEntry } from './line-store.js'
import { endOffer, lastOffer, lockVisits } from './store.js'
import { wishedFor } from './wished.js'

export interface AcceptCommand {
  /** Reference of the entry. */
  readonly reference: string
  readonly actor: Actor
  /** The browser came by the link of a message: the contact is this person's. */
  readonly byLink?: boolean
}

interface Accepted {
  readonly outcome: WaitingOutcome
  /** Times given back in turn, kept. */
  readonly kept: readonly number[]
  /** Days whose places changed. */
  readonly days: readonly Temporal.PlainDate[]
}

/** Takes the time that is offered to the entry; sent twice it is taken once and both hear so. */
export async function acceptOffer(context: Context, command: AcceptCommand): Promise<WaitingOutcome> {
  const now = context.clock.now()
  const { pool } = context.database
  const found = await findEntry(pool, command.reference)
  const offered = found === null ? null : await lastOffer(pool, found.id)
  if (found === null || offered === null) return refuse(found === null ? 'unknown-entry' : 'offer-gone')
  const own = found.visitId === null ? null : await findVisitById(pool, found.visitId)
  const matter = await bookable(context, wishedFor(await directory(context), { entry: found, visit: own }))
  if (matter === null) return refuse('unknown-service')
  const accepted = await guarded(
    context.database,
    async (client): Promise<Accepted | Refused> => {
      const visits = await lockVisits(client, [found.visitId ?? 0, offered.keptId])
      const entry = await lockEntry(client, found.id)
      const offer = await lastOffer(client, found.id)
      if (entry === null || offer === null) return refuse('unknown-entry')
      if (entry.state === 'accepted' && offer.state === 'accepted') return again(context, client, entry)
      const kept = visits.get(offer.keptId)
      const no = refusedOffer(entry, offer, kept, now)
      if (no !== null || kept === undefined) return no ?? refuse('offer-gone')
      const taking = { context, client, matter, entry, offer, kept, now, actor: command.actor, byLink: command.byLink === true }
      return entry.visitId === null ? bookOffered(taking) : moveToOffered(taking, visits.get(entry.visitId) ?? null)
    },
    lostRace(matter.settings),
  )
  if ('allowed' in accepted) return accepted
  if (accepted.outcome.allowed && !accepted.outcome.repeated) {
    for (const day of accepted.days) announcePlaces(context.changes, found.serviceId, day)
    await offerKept(context, accepted.kept)
  }
  return accepted.outcome
}

/** The answer given the first time. */
async function again(context: Context, client: Queryable, entry: Entry): Promise<Accepted> {
  const visit = entry.visitId === null ? null : await findVisitById(client, entry.visitId)
  return { outcome: doneOf(context, entry, { visit: visit?.reference ?? null, repeated: true }), kept: [], days: [] }
}

function refusedOffer(entry: Entry, offer: Offer, kept: Visit | undefined, now: Temporal.Instant): Refused | null {
  if (entry.state === 'withdrawn' || entry.state === 'ended' || entry.state === 'accepted') return refuse('entry-ended')
  const late = offer.state === 'passed' || (offer.state === 'open' && Temporal.Instant.compare(now, offer.until) >= 0)
  if (late) return refuse('offer-passed', [setting('offer-minutes')])
  return offer.state !== 'open' || kept?.state !== 'held' ? refuse('offer-gone') : null
}

interface Taking {
  readonly context: Context
  readonly client: Queryable
  readonly matter: Bookable
  readonly entry: Entry
  readonly offer: Offer
  readonly kept: Visit
  readonly now: Temporal.Instant
  readonly actor: Actor
  readonly byLink: boolean
}

/** Moves the visit of the entry: it has its old place until it has the new one. */
async function moveToOffered(taking: Taking, visit: Visit | null): Promise<Accepted | Refused> {
  const { context, client, matter, entry, offer, now, actor } = taking
  if (visit === null) return refuse('unknown-visit')
  const may = mayDo('move', visit, now, matter.settings)
  if (!may.allowed) return may
  if (Temporal.Instant.compare(offer.start, visit.startsAt) >= 0) return refuse('offer-gone')
  const allowed = mayTake(taking)
  if (allowed !== null) return allowed
  const old: FreedTime = { start: visit.startsAt, end: visit.endsAt, desks: await plannedDesks(client, visit.id) }
  const day = officeDay(offer.start)
  const desks = await endKept(taking, [...old.desks], [visit.day, day])
  if (!(await movePlaces(client, visit, offer))) throw new Error('a kept time was not to be had by the person it was kept for')
  const eraseOn = day.add({ days: matter.settings['erase-after-days'] })
  await writeMove(client, visit, { ...offer, day, eraseOn, excepted: false })
  await recordEvent(client, {
    at: now,
    visitId: visit.id,
    kind: 'moved',
    actor,
    channel: 'web',
    reason: 'earlier-time',
    details: {
      service: visit.serviceId,
      start: offer.start.toString(),
      end: offer.end.toString(),
      desks: offer.desks.join(' '),
      from: visit.startsAt.toString(),
    },
  })
  await postJob(client, now, 'visit-moved', { visit: visit.id })
  await finish(taking, undefined)
  const { settings } = matter
  const kept = [
    ...(await keepFreed(context, client, { visit, times: freedTimes(old, offer), now, actor, settings })),
    ...(await keepFreed(context, client, { visit: taking.kept, times: restOf(taking, desks), now, actor, settings })),
  ]
  return {
    outcome: doneOf(context, { ...entry, state: 'accepted' }, { visit: visit.reference, repeated: false }),
    kept,
    days: [visit.day, day],
  }
}

/** Books the kept time in the name of the person of the entry; a limit that stands against it changes nothing. */
async function bookOffered(taking: Taking): Promise<Accepted | Refused> {
  const { context, client, matter, entry, offer, now, actor } = taking
  const allowed = mayTake(taking)
  if (allowed !== null) return allowed
  await client.query('savepoint taking')
  const desks = await endKept(taking, [], [officeDay(offer.start)])
  const reference = newReference()
  const until = waitsUntil(taking)
  const wish = {
    ...draft(matter, offer.start, now),
    end: offer.end,
    state: until === null ? ('booked' as const) : ('pending' as const),
    confirmUntil: until,
    person: entry.person,
    language: entry.language,
    contacts: contactsOf(context, entry.person),
    bookedBy: accountOf(actor),
    actor,
    job: until === null ? 'visit-booked' : 'visit-pending',
  }
  const attempted = await within(client).attempt({
    ...wish,
    roomId: offer.roomId,
    desks: offer.desks,
    reference,
    answer: answerOf({ ...wish, reference }),
  })
  if (attempted.kind !== 'made') {
    await client.query('rollback to savepoint taking')
    if (attempted.kind === 'refused') return limitRefusal(attempted.code, matter.settings['open-bookings-per-contact'])
    return refuse('try-again')
  }
  await finish(taking, attempted.id)
  const kept = await keepFreed(context, client, { visit: taking.kept, times: restOf(taking, desks), now, actor, settings: matter.settings })
  return {
    outcome: doneOf(context, { ...entry, state: 'accepted' }, { visit: reference, repeated: false }),
    kept,
    days: [officeDay(offer.start)],
  }
}

/** Whoever came by the link of a message has shown whose contact it is; anybody else confirms, as on the web. */
function waitsUntil({ context, matter, entry, offer, now, actor, byLink }: Taking): Temporal.Instant | null {
  if (byLink || actor !== 'citizen') return null
  const until = confirmUntil(context, { channel: 'web', clerk: false, person: entry.person, now }, matter.settings)
  return until === null || Temporal.Instant.compare(until, offer.start) < 0 ? until : offer.start
}

/** May a visit be booked then, by the acts in force? The office offers it, so that today is possible, as by a clerk. */
function mayTake({ matter, offer, now }: Taking): Refused | null {
  const { channels } = bookingChannels(matter.book, matter.directory, matter.service.id, now)
  const channel = channels.includes('web') ? 'web' : (channels[0] ?? 'web')
  const may = mayBookWish(matter, { channel, start: offer.start, now, clerk: true })
  return may.allowed ? null : may
}

/** Ends the kept time, with the desks of both times locked first; returns the desks it had. */
async function endKept(
  { client, kept, now }: Taking,
  others: readonly number[],
  days: readonly Temporal.PlainDate[],
): Promise<readonly number[]> {
  const desks = await plannedDesks(client, kept.id)
  await lockDesks(client, [...others, ...desks], days)
  await endVisit(client, kept, { state: 'expired', at: now, actor: 'system', reason: 'offer-accepted' })
  return desks
}

/** What of the kept time the visit did not need. */
function restOf({ kept, offer }: Taking, desks: readonly number[]): readonly FreedTime[] {
  return freedTimes({ start: kept.startsAt, end: kept.endsAt, desks }, offer)
}

async function finish({ client, entry, offer, now, actor }: Taking, visitId: number | undefined): Promise<void> {
  await endOffer(client, offer.id, 'accepted', now)
  await endEntry(client, entry.id, { state: 'accepted', at: now, eraseOn: officeDay(now).add({ days: 1 }), visitId })
  await recordEvent(client, {
    at: now,
    visitId: visitId ?? entry.visitId,
    kind: 'offer-accepted',
    actor,
    details: { offer: offer.id, entry: entry.id, kept: offer.keptId },
  })
}
