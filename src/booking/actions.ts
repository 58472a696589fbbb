/**
 * Booking a time: at once, or by a hold that is renewed with every page sent and then confirmed.
 *
 * Each action is one guarded statement or one transaction. Nothing is checked first and written
 * later: the database takes the place or the answer is a refusal that wrote nothing. Hints to those
 * who watch go out after the commit.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { officeDay } from '../platform/clock.js'
import { announcePlaces } from '../calendar/index.js'
import { directory } from '../directory/index.js'
import { refuse } from '../platform/decision.js'
import { commandHash } from '../platform/idempotency.js'
import { endVisit, heldAtMost, lockVisit, mayDo, visitNeeds, type Visit, type VisitNeed } from '../visit/index.js'
import { noteOutcome } from './clerk-call.js'
import { accountOf, type BookCommand, type ConfirmCommand, type HoldCommand, type Outcome, type ReleaseCommand } from './model.js'
import { confirmUntil } from './confirmation-rules.js'
import { bookable } from './plan.js'
import { answerKept, answerOf, contactsOf, doneOf, draft, limitRefusal, lostRace, place } from './place.js'
import { confirmVisit, expireStaleHolds, guarded, onItsOwn, renewVisit, writeBookedFor } from './store.js'

/** Books at once: the API, a clerk for a caller, a request that is answered with a time. */
export async function book(context: Context, command: BookCommand): Promise<Outcome> {
  const now = context.clock.now()
  const { key, actor } = command
  const hash = bookHash(command)
  const found = await bookable(context, command)
  if (found === null) return (await answerKept(context, context.database.pool, { key, hash })) ?? refuse('unknown-service')
  const until = confirmUntil(context, { channel: command.channel, clerk: actor !== 'citizen', person: command.person, now }, found.settings)
  const { id: serviceId, unitId } = found.service
  const noted = (client: Queryable): Promise<void> => noteOutcome(client, { actor, outcome: 'booked', unitId, serviceId }, now)
  return oneAtATime(context, key, () =>
    place(context, onItsOwn(context.database, command.inCall === true ? noted : undefined), found, {
      ...draft(found, command.start, now),
      key,
      hash,
      state: until === null ? 'booked' : 'pending',
      confirmUntil: until,
      channel: command.channel,
      person: command.person,
      language: command.language ?? 'pl',
      urgent: command.urgent ?? false,
      needs: needsOf(command),
      onBehalf: command.onBehalf ?? false,
      contacts: contactsOf(context, command.person),
      exception: command.limitException ?? null,
      bookedBy: accountOf(actor),
      actor,
      job: until === null ? 'visit-booked' : 'visit-pending',
    }),
  )
}

/** What a booking is the same command by, whether its time was kept before or not. */
export function bookHash(command: BookCommand): Buffer {
  return commandHash('book', { ...command, key: undefined, actor: undefined })
}

/** What the office prepares, as the command says it. */
export function needsOf({ needs = [], moreTime = false }: Pick<BookCommand, 'needs' | 'moreTime'>): readonly VisitNeed[] {
  return visitNeeds.filter((need) => needs.includes(need) || (need === 'more-time' && moreTime))
}

const running = new WeakMap<Context['database'], Map<string, Promise<Outcome>>>()

/**
 * A command sent twice at once (a double click) runs once and then gives its answer: the second
 * would else hear from this process's board that the desk is taken before the first has written.
 */
async function oneAtATime(context: Context, key: string, run: () => Promise<Outcome>): Promise<Outcome> {
  let keys = running.get(context.database)
  if (keys === undefined) running.set(context.database, (keys = new Map()))
  for (let before = keys.get(key); before !== undefined; before = keys.get(key)) await before.catch(() => undefined)
  const mine = run()
  keys.set(key, mine)
  try {
    return await mine
  } finally {
    keys.delete(key)
  }
}

/** Keeps a time while somebody fills in the form. With a key, the same hold is given again to the same command. */
export async function hold(context: Context, command: HoldCommand): Promise<Outcome> {
  const now = context.clock.now()
  const found = await bookable(context, command)
  if (found === null) return refuse('unknown-service')
  const { key = null, language = 'pl', by = null } = command
  const take = (): Promise<Outcome> =>
    place(context, onItsOwn(context.database), found, {
      ...draft(found, command.start, now),
      key,
      hash: key === null ? null : holdHash(command),
      heldUntil: now.add({ minutes: found.settings[by === null ? 'hold-minutes' : 'clerk-hold-minutes'] }),
      language,
      ...(by === null ? {} : { actor: by.actor, channel: by.channel, bookedBy: accountOf(by.actor) }),
    })
  return key === null ? take() : oneAtATime(context, key, take)
}

/** What a hold with a key is the same command by. */
export function holdHash(command: HoldCommand): Buffer {
  return commandHash('hold', { ...command, key: undefined, language: undefined })
}

/** A renewal that would gain less is not written. */
const renewSeconds = 20

/** Keeps a hold alive: called by each page sent, up to the longest a hold may last. `known`: the visit as just read. */
export async function renewHold(context: Context, known: Visit): Promise<Outcome> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  const { reference } = known
  // Renewed a moment ago: nothing is written, since each commit waits for the disk and pages follow one another in seconds.
  if (known.heldUntil !== null && mayDo('renew', known, now, settings).allowed) {
    const gained = now.add({ minutes: settings['hold-minutes'] }).since(known.heldUntil).total('seconds')
    if (gained < renewSeconds) return doneOf(context, { ...known, start: known.startsAt, end: known.endsAt })
  }
  return guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const visit = await lockVisit(client, reference)
      if (visit === null) return refuse('unknown-visit')
      const may = mayDo('renew', visit, now, settings)
      if (!may.allowed) return may
      const wanted = now.add({ minutes: settings['hold-minutes'] })
      const last = heldAtMost(visit, settings)
      const heldUntil = Temporal.Instant.compare(wanted, last) < 0 ? wanted : last
      await renewVisit(client, visit.id, heldUntil)
      return doneOf(context, { ...visit, start: visit.startsAt, end: visit.endsAt, heldUntil })
    },
    lostRace(settings),
  )
}

/** Makes a living hold a booking, in the name of a person and within the limits; where a confirmation is asked, one that waits for it. */
export async function confirmHold(context: Context, command: ConfirmCommand): Promise<Outcome> {
  const now = context.clock.now()
  const { key, ...body } = command
  const hash = command.by?.hash ?? commandHash('confirm', body)
  const office = await directory(context)
  const { settings } = office.office
  return guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const visit = await lockVisit(client, command.reference)
      const kept = await answerKept(context, client, { key, hash })
      if (kept !== null) return kept
      if (visit === null) return refuse('unknown-visit')
      const may = mayDo('confirm', visit, now, settings)
      if (!may.allowed) return may
      const until = confirmUntil(
        context,
        { channel: visit.channel, clerk: command.by !== undefined, person: command.person, now },
        settings,
      )
      const state = until === null ? ('booked' as const) : ('pending' as const)
      const booked = { ...visit, state, start: visit.startsAt, end: visit.endsAt, heldUntil: null, confirmUntil: until }
      if (command.by !== undefined) await writeBookedFor(client, visit.id, command.by)
      const blocked = await confirmVisit(client, {
        visit,
        by: command.by ?? null,
        key,
        hash,
        answer: answerOf(booked),
        person: command.person,
        language: command.language ?? visit.language,
        urgent: command.urgent ?? false,
        contacts: contactsOf(context, command.person),
        limitOpen: settings['open-bookings-per-contact'],
        confirmUntil: until,
        now,
      })
      if (blocked !== null) return limitRefusal(blocked, settings['open-bookings-per-contact'])
      if (command.by?.inCall === true) {
        const unitId = office.services.get(visit.serviceId)?.unitId ?? null
        await noteOutcome(client, { actor: command.by.actor, outcome: 'booked', unitId, serviceId: visit.serviceId }, now)
      }
      return doneOf(context, booked)
    },
    lostRace(settings),
  )
}

/** Gives a hold back before it runs out: the person chose another time or went away. */
export async function releaseHold(context: Context, { reference, actor = 'citizen' }: ReleaseCommand): Promise<Outcome> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  const outcome = await guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const visit = await lockVisit(client, reference)
      if (visit === null) return refuse('unknown-visit')
      const may = mayDo('release', visit, now, settings)
      if (!may.allowed) return may
      await endVisit(client, visit, { state: 'expired', at: now, actor, reason: 'released' })
      return doneOf(context, { ...visit, state: 'expired', start: visit.startsAt, end: visit.endsAt })
    },
    lostRace(settings),
  )
  announce(context, outcome)
  return outcome
}

/** A duty of every minute: holds nobody finished give their times back. Returns how many services got times back. */
export async function expireHolds(context: Context, now: Temporal.Instant): Promise<number> {
  const freed = await expireStaleHolds(context.database.pool, now)
  for (const { serviceId, day } of freed) announcePlaces(context.changes, serviceId, day)
  return freed.length
}

/** Tells those who watch that places of these days changed, after the commit. */
export function announce(context: Context, outcome: Outcome, ...days: readonly (Temporal.PlainDate | null)[]): void {
  if (!outcome.allowed || outcome.repeated) return
  for (const day of days.length > 0 ? days : [officeDay(outcome.start)])
    if (day !== null) announcePlaces(context.changes, outcome.serviceId, day)
}
