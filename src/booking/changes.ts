/**
 * Cancelling and moving a booked visit. A move never loses the old time: the new place is taken and
 * the old one given back in one transaction, with reference and secret unchanged.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, type NextStep, type Refused } from '../platform/decision.js'
import { commandHash, keepAnswer } from '../platform/idempotency.js'
import type { Queryable } from '../platform/database.js'
import { directory, type Directory } from '../directory/index.js'
import { bookingChannels, waysOn } from '../regulation/index.js'
import { endVisit, findVisit, lockVisit, mayDo, recordEvent, type Visit } from '../visit/index.js'
import { announce } from './actions.js'
import { noteOutcome } from './clerk-call.js'
import { mayTakeWish } from './lot/drawn.js'
import type { Along, Because, CancelCommand, Done, MoveCommand, Outcome } from './model.js'
import { answerKept, answerOf, doneOf, lostRace } from './place.js'
import { bookable, groupsForMove, isStart, type DeskGroup } from './plan.js'
import { expireStaleHolds, guarded, lockDesks, movePlaces, postJob, writeMove } from './store.js'
import { keepFreed } from './waiting/freed.js'
import type { FreedTime } from './waiting/model.js'
import { leaveLine, offerAgain, offerKept, withdrawLater } from './waiting/offers.js'
import { freedTimes } from './waiting/rules.js'
import { givenUp } from './waiting/store.js'
import { wishedOf } from './wish.js'

/** What the message says of the office's reason. */
function told(because: Because | undefined): { readonly because?: string; readonly basis?: string } {
  return because === undefined ? {} : { because: because.code, basis: JSON.stringify(because.basis) }
}

/** Times put aside for those who wait, told of after the commit; a time that does not fit the rules any more is not. */
interface Freed {
  /** Kept in this change. */
  kept: readonly number[]
  /** Kept before, and offered to the person who needs it no more. */
  again: number | null
}

const nothing: Freed = { kept: [], again: null }

async function offerFreed(context: Context, outcome: Outcome, { kept, again }: Freed): Promise<void> {
  if (!outcome.allowed || outcome.repeated) return
  if (again !== null) await offerAgain(context, again)
  await offerKept(context, kept)
}

/** Cancels a booked visit that has not begun; its place is kept for those who wait, and then free for all. */
export async function cancel(context: Context, command: CancelCommand, along?: Along): Promise<Outcome> {
  const now = context.clock.now()
  const { key = null, actor, ...body } = command
  const kept = { key, hash: commandHash('cancel', body) }
  const office = await directory(context)
  const { settings } = office.office
  let freed = nothing
  const outcome = await guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const visit = await lockVisit(client, command.reference)
      const first = await answerKept(context, client, kept)
      if (first !== null) return first
      if (visit === null) return refuse('unknown-visit')
      const may = mayDo('cancel', visit, now, settings)
      if (!may.allowed) return may
      const channel = command.channel ?? 'web'
      const { desks, entryId } = await givenUp(client, visit.id)
      await endVisit(client, visit, { state: 'cancelled', at: now, actor, channel, reason: command.reason })
      const times = [{ start: visit.startsAt, end: visit.endsAt, desks }]
      freed = {
        kept: visit.review === null ? await keepFreed(context, client, { visit, times, now, actor, settings }) : [],
        again: entryId === null ? null : await leaveLine(client, { id: entryId, state: 'ended', at: now }),
      }
      await postJob(client, now, 'visit-cancelled', { visit: visit.id, ...told(command.because) })
      await along?.(client, visit)
      const done = await keep(context, client, kept, now, { ...visit, state: 'cancelled' })
      await noteCall(client, office, command, { visit, outcome: 'cancelled' }, now)
      return done
    },
    lostRace(settings),
  )
  announce(context, outcome)
  await offerFreed(context, outcome, freed)
  return outcome
}

/** Moves a booked visit to another start of the same matter; to the start it has, it is moved already and nothing is written. */
export async function move(context: Context, command: MoveCommand, along?: Along): Promise<Outcome> {
  const now = context.clock.now()
  const { key = null, actor: _, ...body } = command
  const kept = { key, hash: commandHash('move', body) }
  const office = await directory(context)
  const { settings } = office.office
  // Looked up before the transaction, which needs its one connection for itself; judged inside it.
  const target = await newTime(context, command, now)
  let freed = nothing
  const outcome = await guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const visit = await lockVisit(client, command.reference)
      const first = await answerKept(context, client, kept)
      if (first !== null) return first
      if (visit === null || target === null) return refuse('unknown-visit')
      const may = mayDo('move', visit, now, settings, command.actor === 'citizen' ? 'citizen' : 'staff')
      if (!may.allowed) return may
      if (hasAlready(visit, command) && along === undefined) return { ...keptAs(context, visit), repeated: true }
      if ('code' in target) return target
      const moved = await takeNewTime(client, visit, command, { ...target, now })
      if (moved === null) return refuse('slot-taken', [], target.ways)
      const { actor } = command
      freed = {
        kept: visit.review === null ? await keepFreed(context, client, { visit, times: moved.freed, now, actor, settings }) : [],
        again: moved.entryId === null ? null : await withdrawLater(client, moved.entryId, target.start, now),
      }
      await postJob(client, now, 'visit-moved', { visit: visit.id, ...told(command.because) })
      await along?.(client, visit)
      const done = await keep(context, client, kept, now, moved.visit)
      await noteCall(client, office, command, { visit, outcome: 'moved' }, now)
      return done
    },
    lostRace(settings),
  )
  if (target !== null && !('code' in target)) announce(context, outcome, target.oldDay, target.day)
  await offerFreed(context, outcome, freed)
  return outcome
}

/** What a clerk's call came to, where it is one. */
async function noteCall(
  client: Queryable,
  office: Directory,
  { actor, inCall = false }: CancelCommand | MoveCommand,
  { visit: { serviceId }, outcome }: { readonly visit: Visit; readonly outcome: 'cancelled' | 'moved' },
  now: Temporal.Instant,
): Promise<void> {
  if (inCall) await noteOutcome(client, { actor, outcome, unitId: office.services.get(serviceId)?.unitId ?? null, serviceId }, now)
}

/** The visit is at that time; one under review may need another place at the very same time. */
export function hasAlready(visit: Visit, { start }: { readonly start: Temporal.Instant }): boolean {
  return visit.review === null && visit.startsAt.equals(start)
}

/** The time a visit is to move to and the desks that look free then. */
interface NewTime {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly day: Temporal.PlainDate
  readonly oldDay: Temporal.PlainDate
  readonly eraseOn: Temporal.PlainDate
  readonly groups: readonly DeskGroup[]
  readonly ways: readonly NextStep[]
}

async function newTime(
  context: Context,
  { reference, start, actor, channel = 'web' }: MoveCommand,
  now: Temporal.Instant,
): Promise<NewTime | Refused | null> {
  const visit = await findVisit(context.database.pool, reference)
  const found = visit === null ? null : await bookable(context, wishedOf(await directory(context), visit))
  if (visit === null || found === null) return null
  const { book, directory: office, service, wish } = found
  // A visit booked by phone may be moved by its owner on the web: the channel it came by still counts.
  const asked = actor === 'citizen' ? visit.channel : channel
  const may = await mayTakeWish(context, found, { channel: asked, start, now, clerk: actor !== 'citizen' })
  if (!may.allowed) return may
  const ways = waysOn(office, service, bookingChannels(book, office, service.id, now).channels)
  if (!(await isStart(context, wish, start, now))) return refuse('not-offered', [], ways)
  const end = start.add({ minutes: wish.durationMinutes })
  const day = officeDay(start)
  return {
    start,
    end,
    day,
    oldDay: visit.day,
    eraseOn: day.add({ days: found.settings['erase-after-days'] }),
    groups: await groupsForMove(context, visit, found, start, now),
    ways,
  }
}

/** Takes a place at the new time and gives the old one back; null, with the old one kept, when there is none. */
async function takeNewTime(
  client: Queryable,
  visit: Visit,
  command: MoveCommand,
  target: NewTime & { now: Temporal.Instant },
): Promise<{ readonly visit: Visit; readonly freed: readonly FreedTime[]; readonly entryId: number | null } | null> {
  const { start, end, day, now } = target
  const wanted = target.groups.flatMap((group) => group.desks)
  const { desks, entryId } = await givenUp(client, visit.id)
  await lockDesks(client, [...desks, ...wanted], [visit.day, day])
  await expireStaleHolds(client, now, { desks: wanted, start, end })
  const group = await firstFree(client, visit, target)
  if (group === null) return null
  await writeMove(client, visit, { ...target, roomId: group.roomId, excepted: command.limitException !== undefined })
  await recordEvent(client, {
    at: now,
    visitId: visit.id,
    kind: 'moved',
    actor: command.actor,
    channel: command.channel ?? 'web',
    reason: command.limitException ?? null,
    details: {
      service: visit.serviceId,
      start: start.toString(),
      end: end.toString(),
      desks: group.desks.join(' '),
      from: visit.startsAt.toString(),
    },
  })
  return {
    visit: { ...visit, startsAt: start, endsAt: end, day, roomId: group.roomId },
    freed: freedTimes({ start: visit.startsAt, end: visit.endsAt, desks }, { start, end, desks: group.desks }),
    entryId,
  }
}

async function firstFree(client: Queryable, visit: Visit, { groups, start, end }: NewTime): Promise<DeskGroup | null> {
  for (const group of groups) if (await movePlaces(client, visit, { desks: group.desks, start, end })) return group
  return null
}

/** Keeps the answer under the key, where there is one, and gives it. */
async function keep(
  context: Context,
  client: Queryable,
  { key, hash }: { key: string | null; hash: Buffer },
  now: Temporal.Instant,
  visit: Visit,
): Promise<Done> {
  if (key !== null) await keepAnswer(client, key, hash, { status: 200, answer: answerOf(withTimes(visit)) }, now)
  return keptAs(context, visit)
}

function keptAs(context: Context, visit: Visit): Done {
  return doneOf(context, withTimes(visit))
}

function withTimes(visit: Visit) {
  return { ...visit, start: visit.startsAt, end: visit.endsAt }
}
