/**
 * Finding a place for one visit: the free desks in turn, each at most once, stale holds in the way
 * expired once, lost races looked at again. Used by everything that books or holds.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import type { Queryable } from '../platform/database.js'
import { refuse, setting, type Refused } from '../platform/decision.js'
import { keptAnswer } from '../platform/idempotency.js'
import { newReference } from '../platform/references.js'
import { sameContact } from '../platform/same-contact.js'
import type { OfficeSettings } from '../directory/index.js'
import { bookingChannels, waysOn } from '../regulation/index.js'
import type { Person, VisitState } from '../visit/index.js'
import type { Done, Outcome } from './model.js'
import { pickFor, type Pick as DeskPick } from './free-starts.js'
import { mayTakeWish } from './lot/drawn.js'
import { isStart, type Bookable } from './plan.js'
import { purposeOf } from './wish.js'
import type { Attempt } from './attempt.js'
import { expireStaleHolds, racesMax, type Ground } from './store.js'

/** What is wanted, before a desk and a reference are chosen. */
export type Draft = Omit<Attempt, 'desks' | 'roomId' | 'reference' | 'answer'>

const nobody: Person = { name: null, email: null, phone: null }

/** A hold by a citizen, to be made into what is wanted. */
export function draft({ wish, settings }: Bookable, start: Temporal.Instant, now: Temporal.Instant): Draft {
  const day = officeDay(start)
  return {
    key: null,
    hash: null,
    state: 'held',
    ...purposeOf(wish),
    buildingId: wish.buildingId,
    channel: 'web',
    start,
    end: start.add({ minutes: wish.durationMinutes }),
    day,
    person: nobody,
    language: 'pl',
    urgent: false,
    heldUntil: null,
    confirmUntil: null,
    contacts: [],
    limitOpen: settings['open-bookings-per-contact'],
    exception: null,
    now,
    bookedBy: null,
    eraseOn: day.add({ days: settings['erase-after-days'] }),
    actor: 'citizen',
    job: null,
  }
}

/** Desks tried for one visit at most: more than any room has. */
const picksMax = 100

/**
 * Asks the acts, then tries the free desks in turn, each at most once; a refusal wrote nothing.
 * Desks come from the day's board in memory; the database judges.
 */
export async function place(context: Context, ground: Ground, found: Bookable, wanted: Draft): Promise<Outcome> {
  const { wish, service, directory, book, settings } = found
  const may = await mayTakeWish(context, found, {
    channel: wanted.channel,
    start: wanted.start,
    now: wanted.now,
    clerk: wanted.actor !== 'citizen',
    limitExcepted: wanted.exception !== null,
  })
  if (!may.allowed) return (await answerKept(context, ground.database, wanted)) ?? may
  let races = 0
  for (let picks = 0; picks < picksMax; picks += 1) {
    const pick = await pickFor(context, wish, wanted.start, wanted.now)
    if (pick === null) break
    const attempt = complete(wanted, pick)
    for (let verdict: 'again' | 'next' = 'again'; verdict === 'again';) {
      const outcome = await ground.attempt(attempt).catch((fault: unknown) => {
        pick.givenBack()
        throw fault
      })
      switch (outcome.kind) {
        case 'made':
          pick.taken(wanted.heldUntil)
          return doneOf(context, attempt)
        case 'used':
          pick.givenBack()
          return wanted.hash !== null && outcome.hash.equals(wanted.hash) ? firstAnswer(context, outcome.answer) : refuse('key-reused')
        case 'refused':
          pick.givenBack()
          return limitRefusal(outcome.code, settings['open-bookings-per-contact'])
        case 'locked':
          pick.givenBack()
          return refuse('try-again')
        case 'raced':
          if (++races > racesMax) {
            pick.givenBack()
            return lostRace(settings)(outcome.refusal)
          }
          break
        case 'taken':
          // Again when holds that ran out were in the way; else the desk is taken and the next is tried.
          verdict = (await expireStaleHolds(ground.database, wanted.now, attempt)).length > 0 ? 'again' : 'next'
      }
    }
  }
  // The time may be taken by this very command, sent twice.
  const kept = await answerKept(context, ground.database, wanted)
  if (kept !== null) return kept
  const ways = waysOn(directory, service, bookingChannels(book, directory, service.id, wanted.now).channels)
  return refuse((await isStart(context, wish, wanted.start, wanted.now)) ? 'slot-taken' : 'not-offered', [], ways)
}

/** The first answer to the same command, or the refusal that its key belongs to another; null when the key is new. */
export async function answerKept(
  context: Context,
  database: Queryable,
  { key, hash }: { key: string | null; hash: Buffer | null },
): Promise<Outcome | null> {
  const kept = key !== null && hash !== null ? await keptAnswer(database, key, hash) : null
  if (kept === null) return null
  return kept === 'reused' ? refuse('key-reused') : firstAnswer(context, kept.answer)
}

function complete(wish: Draft, pick: DeskPick): Attempt {
  const reference = newReference()
  return { ...wish, roomId: pick.roomId, desks: pick.desks.toSorted((a, b) => a - b), reference, answer: answerOf({ ...wish, reference }) }
}

/** What a command keeps under its key: references, ids and times. */
export function answerOf(
  visit: Pick<Attempt, 'reference' | 'serviceId' | 'buildingId' | 'start' | 'end' | 'confirmUntil'> & { state: VisitState },
): Record<string, string> {
  return {
    ...(visit.state === 'pending' && visit.confirmUntil !== null ? { confirmUntil: visit.confirmUntil.toString() } : {}),
    reference: visit.reference,
    state: visit.state,
    service: visit.serviceId,
    building: visit.buildingId,
    start: visit.start.toString(),
    end: visit.end.toString(),
  }
}

/** A change just made. */
export function doneOf(
  context: Context,
  visit: Pick<Attempt, 'reference' | 'serviceId' | 'buildingId' | 'start' | 'end' | 'heldUntil' | 'confirmUntil'> & { state: VisitState },
): Done {
  const { reference, state, serviceId, buildingId, start, end, heldUntil, confirmUntil } = visit
  return {
    allowed: true,
    code: 'done',
    reference,
    secret: context.secrets.secretOf(reference),
    state,
    serviceId,
    buildingId,
    start,
    end,
    heldUntil,
    confirmUntil: state === 'pending' ? confirmUntil : null,
    repeated: false,
  }
}

/** The answer kept under a key, given again. */
function firstAnswer(context: Context, answer: Readonly<Record<string, unknown>>): Done {
  const text = (name: string): string => String(answer[name])
  const visit = {
    reference: text('reference'),
    state: text('state') as VisitState,
    serviceId: text('service'),
    buildingId: text('building'),
  }
  const confirmUntil = typeof answer['confirmUntil'] === 'string' ? Temporal.Instant.from(answer['confirmUntil']) : null
  const times = { start: Temporal.Instant.from(text('start')), end: Temporal.Instant.from(text('end')), heldUntil: null, confirmUntil }
  return { ...doneOf(context, { ...visit, ...times }), repeated: true }
}

/** The limit that was reached, as the office's setting it is, and how many it allows. */
export function limitRefusal(code: 'limit-open' | 'limit-service-day', limit: number): Refused {
  return code === 'limit-open'
    ? refuse(code, [setting('open-bookings-per-contact')], [], { limit })
    : refuse(code, [setting('one-per-service-and-day')])
}

/** What a race lost too often says to the person. */
export function lostRace(settings: OfficeSettings): (refusal: 'try-again' | 'limit-open' | 'limit-service-day') => Refused {
  return (refusal) => (refusal === 'try-again' ? refuse('try-again') : limitRefusal(refusal, settings['open-bookings-per-contact']))
}

/** Keyed hashes of the phone and the e-mail, ascending: the order limits are locked in. */
export function contactsOf(context: Context, person: Person): readonly Buffer[] {
  return [person.phone, person.email]
    .filter((contact) => contact !== null)
    .map((contact) => context.secrets.contactHash(sameContact(contact)))
    .toSorted((a, b) => Buffer.compare(a, b))
}
