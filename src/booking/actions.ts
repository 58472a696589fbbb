/**
 * Booking a time: at once, or by a hold that is renewed and confirmed.
 *
 * Each action is one guarded statement or one transaction. Nothing is checked first and written
 * later: the database takes the place or the answer is a refusal that wrote nothing. Hints to those
 * who watch go out after the commit.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, setting, type Refused } from '../platform/decision.js'
import { commandHash, keptAnswer } from '../platform/idempotency.js'
import { newReference } from '../platform/references.js'
import type { Person, VisitState } from '../visit/index.js'
import type { BookCommand, Done, HoldCommand, Outcome } from './model.js'
import { freeGroups, serviceFacts, type DeskGroup, type ServiceFacts } from './plan.js'
import { attemptBooking, expireStaleHolds, type Attempt } from './store.js'

/** Lost races for a key, a limit or a reference after which the person is asked to try again. */
const racesMax = 5
const holdMinutes = 10
const openPerContact = 2
const eraseAfterDays = 14
const nobody: Person = { name: null, email: null, phone: null }

/** Books at once: the API, a clerk for a caller, a request that is answered with a time. */
export async function book(context: Context, command: BookCommand): Promise<Outcome> {
  const now = context.clock.now()
  const { key, actor, ...body } = command
  const service = await serviceFacts(context, command.serviceId)
  if (service === null) return refuse('unknown-service')
  const hash = commandHash('book', body)
  return place(context, service, {
    ...draft(service, command.start, now),
    key,
    hash,
    state: 'booked',
    channel: command.channel,
    person: command.person,
    language: command.language ?? 'pl',
    urgent: command.urgent ?? false,
    contacts: contactsOf(context, command.person),
    exception: command.limitException ?? null,
    bookedBy: actor.startsWith('account:') ? Number(actor.slice('account:'.length)) : null,
    actor,
    job: 'visit-booked',
  })
}

/** Keeps a time while somebody fills in the form. Needs no key: it gives nothing away but a time for some minutes. */
export async function hold(context: Context, command: HoldCommand): Promise<Outcome> {
  const now = context.clock.now()
  const service = await serviceFacts(context, command.serviceId)
  if (service === null) return refuse('unknown-service')
  return place(context, service, {
    ...draft(service, command.start, now),
    state: 'held',
    channel: 'web',
    heldUntil: now.add({ minutes: holdMinutes }),
    language: command.language ?? 'pl',
  })
}

type Draft = Omit<Attempt, 'desks' | 'roomId' | 'reference' | 'answer'>

function draft(service: ServiceFacts, start: Temporal.Instant, now: Temporal.Instant): Draft {
  const day = officeDay(start)
  return {
    key: null,
    hash: null,
    state: 'held',
    serviceId: service.id,
    buildingId: service.buildingId,
    channel: 'web',
    start,
    end: start.add({ minutes: service.durationMinutes }),
    day,
    persons: service.persons,
    person: nobody,
    language: 'pl',
    urgent: false,
    heldUntil: null,
    contacts: [],
    limitOpen: openPerContact,
    exception: null,
    now,
    bookedBy: null,
    eraseOn: day.add({ days: eraseAfterDays }),
    actor: 'citizen',
    job: null,
  }
}

/** Tries the free desks in turn, each at most once; expires stale holds in the way of the first. */
async function place(context: Context, service: ServiceFacts, wish: Draft): Promise<Outcome> {
  const groups = await freeGroups(context, service, service.persons, wish.start, wish.end)
  let expired = false
  let races = 0
  for (let turn = 0; turn < groups.length; ) {
    const attempt = complete(wish, groups[turn] as DeskGroup)
    const outcome = await attemptBooking(context.database.pool, attempt)
    switch (outcome.kind) {
      case 'made':
        context.changes.publish(`free:${service.id}`)
        return doneOf(context, attempt)
      case 'used':
        return wish.hash !== null && outcome.hash.equals(wish.hash) ? firstAnswer(context, outcome.answer) : refuse('key-reused')
      case 'refused':
        return limitRefusal(outcome.code)
      case 'locked':
        return refuse('try-again')
      case 'raced':
        if (++races > racesMax) return lostRace(outcome.constraint)
        break
      case 'taken':
        if (!expired) {
          expired = true
          await expireStaleHolds(context.database.pool, wish.now, { desks: groups.flatMap((each) => each.desks), start: wish.start, end: wish.end })
        } else turn += 1
    }
  }
  // The time may be taken by this very command, sent twice.
  const kept = wish.key !== null && wish.hash !== null ? await keptAnswer(context.database.pool, wish.key, wish.hash) : null
  if (kept === null) return refuse('slot-taken')
  return kept === 'reused' ? refuse('key-reused') : firstAnswer(context, kept.answer)
}

function complete(wish: Draft, group: DeskGroup): Attempt {
  const reference = newReference()
  return { ...wish, ...group, reference, answer: answerOf(wish, reference) }
}

function answerOf(wish: Draft, reference: string): Record<string, string | null> {
  return {
    reference,
    state: wish.state,
    service: wish.serviceId,
    building: wish.buildingId,
    start: wish.start.toString(),
    end: wish.end.toString(),
  }
}

function doneOf(context: Context, attempt: Attempt): Done {
  return {
    allowed: true,
    code: 'done',
    reference: attempt.reference,
    secret: context.secrets.secretOf(attempt.reference),
    state: attempt.state,
    serviceId: attempt.serviceId,
    buildingId: attempt.buildingId,
    start: attempt.start,
    end: attempt.end,
    heldUntil: attempt.heldUntil,
    repeated: false,
  }
}

/** The answer kept under a key, given again. */
function firstAnswer(context: Context, answer: Readonly<Record<string, unknown>>): Done {
  const reference = String(answer['reference'])
  return {
    allowed: true,
    code: 'done',
    reference,
    secret: context.secrets.secretOf(reference),
    state: answer['state'] as VisitState,
    serviceId: String(answer['service']),
    buildingId: String(answer['building']),
    start: Temporal.Instant.from(String(answer['start'])),
    end: Temporal.Instant.from(String(answer['end'])),
    heldUntil: null,
    repeated: true,
  }
}

function limitRefusal(code: 'limit-open' | 'limit-service-day'): Refused {
  return refuse(code, [setting(code === 'limit-open' ? 'open-bookings-per-contact' : 'one-per-service-and-day')])
}

function lostRace(constraint: string): Refused {
  if (constraint === 'limit_open_per_contact') return limitRefusal('limit-open')
  if (constraint === 'limit_service_per_day') return limitRefusal('limit-service-day')
  return refuse('try-again')
}

/** Keyed hashes of the phone and the e-mail, ascending. */
export function contactsOf(context: Context, person: Person): readonly Buffer[] {
  return [person.phone, person.email]
    .filter((contact) => contact !== null)
    .map((contact) => context.secrets.contactHash(contact))
    .toSorted(Buffer.compare)
}

/** A duty of every minute: holds nobody finished give their times back. Returns how many services got times back. */
export async function expireHolds(context: Context, now: Temporal.Instant): Promise<number> {
  const services = await expireStaleHolds(context.database.pool, now)
  for (const service of services) context.changes.publish(`free:${service}`)
  return services.length
}
