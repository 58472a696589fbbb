/**
 * Requests for a time, from the form on a unit's page: made by a citizen, then booked on the same
 * calendar, settled by advice or closed by a clerk. Each has one end; two clerks cannot both give it.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, setting, type Refused } from '../platform/decision.js'
import type { Queryable } from '../platform/database.js'
import { commandHash, keepAnswer, keptAnswer } from '../platform/idempotency.js'
import { newReference } from '../platform/references.js'
import { announcePlaces } from '../calendar/index.js'
import { directory } from '../directory/index.js'
import { adviceStep } from '../regulation/index.js'
import { endVisit, findVisit, lockVisit, recordEvent, type Actor, type Visit } from '../visit/index.js'
import { announce, needsOf } from './actions.js'
import { noteOutcome } from './clerk-call.js'
import {
  accountOf,
  type BookRequestCommand,
  type EndRequestCommand,
  type Outcome,
  type RequestCommand,
  type RequestDone,
  type RequestOutcome,
} from './model.js'
import { answerKept, contactsOf, draft, lostRace, place } from './place.js'
import { bookable } from './plan.js'
import { claimedByOther } from './request-claim.js'
import { endRequest, insertRequest, lockContacts, lockRequest, openRequestsOf, proposedFor, type RequestRow } from './request-store.js'
import { guarded, postJob, within } from './store.js'

/** Requests of one contact that may wait at a time: a rule of the office's, cited as `open-requests-per-contact`. */
export const openRequestsPerContactMax = 3

/** Puts a request into the list of the unit that handles the matter. */
export async function makeRequest(context: Context, command: RequestCommand): Promise<RequestOutcome> {
  const now = context.clock.now()
  const { key, ...body } = command
  const hash = commandHash('request', body)
  const office = await directory(context)
  const service = command.serviceId === null ? null : office.services.get(command.serviceId)
  const unitId = service?.unitId ?? (service === null && office.units.has(command.unitId ?? '') ? command.unitId : undefined)
  if (service === undefined || service?.closed || service?.dropOff || unitId === undefined) {
    return (await keptAnswer(context.database.pool, key, hash)) === 'reused' ? refuse('key-reused') : refuse('unknown-service')
  }
  const { settings } = office.office
  const advice = service === null ? null : adviceStep(service)
  const next = [{ kind: 'call-office', phone: office.office.phone }, ...(advice === null ? [] : [advice])]
  return guarded(
    context.database,
    async (client): Promise<RequestOutcome> => {
      const kept = await keptAnswer(client, key, hash)
      if (kept === 'reused') return refuse('key-reused')
      if (kept !== null)
        return requestDone(context, { reference: String(kept.answer['reference']), serviceId: command.serviceId, unitId }, 'again')
      await lockContacts(client, contactsOf(context, command.person))
      const waiting = await openRequestsOf(client, command.person)
      const same = waiting.find((each) => each.service_id === command.serviceId)
      if (same !== undefined) {
        // Only the very same request is given again: another's number opens nothing.
        if (!isSame(same, command)) return refuse('request-open', [], next)
        return requestDone(context, { reference: same.reference, serviceId: command.serviceId, unitId }, 'again')
      }
      if (waiting.length >= openRequestsPerContactMax) {
        const basis = [setting('open-requests-per-contact')]
        return refuse('limit-requests', basis, next, { limit: openRequestsPerContactMax })
      }
      const reference = newReference()
      const id = await insertRequest(client, {
        ...command,
        channel: command.callBack === undefined ? 'form' : 'phone',
        reference,
        unitId,
        language: command.language ?? 'pl',
        urgent: command.urgent ?? false,
        at: now,
        eraseOn: officeDay(now).add({ days: settings['booking-horizon-days'] + settings['erase-after-days'] }),
      })
      if (command.callBack !== undefined) {
        const { wish, ringAt } = command.callBack
        await client.query('insert into call_back (request_id, wish, ring_at, next_at) values ($1, $2, $3, $3)', [id, wish, ringAt ?? now])
      }
      await recordEvent(client, {
        at: now,
        kind: 'request-made',
        actor: command.by?.actor ?? 'citizen',
        channel: command.by?.channel ?? 'request',
        details: { request: id, ...(command.serviceId === null ? {} : { service: command.serviceId }), unit: unitId },
      })
      await postJob(client, now, 'request-made', { request: id })
      await keepAnswer(client, key, hash, { status: 201, answer: { reference } }, now)
      if (command.by !== undefined && command.inCall === true)
        await noteOutcome(client, { actor: command.by.actor, outcome: 'task', unitId, serviceId: command.serviceId }, now)
      return requestDone(context, { reference, serviceId: command.serviceId, unitId }, 'new')
    },
    lostRace(settings),
  )
}

/** A visit booked from a request came by the way the request came. */
const visitChannel = { form: 'request', phone: 'phone', email: 'email' } as const

function isSame(request: RequestRow, { person, times, urgent = false }: RequestCommand): boolean {
  return (
    request.person_name === person.name &&
    request.person_phone === person.phone &&
    request.person_email === person.email &&
    request.urgent === urgent &&
    isDeepStrictEqual(request.days, times)
  )
}

/** Books a time for a request, in the name it was made in, and ends the request with it: both or neither. */
export async function bookFromRequest(context: Context, command: BookRequestCommand): Promise<Outcome> {
  const now = context.clock.now()
  const { key, actor, ...body } = command
  const hash = commandHash('book-request', body)
  const { settings } = (await directory(context)).office
  let freed: readonly Visit[] = []
  const outcome = await guarded(
    context.database,
    async (client): Promise<Outcome> => {
      const request = await lockRequest(client, command.reference)
      const kept = await answerKept(context, client, { key, hash })
      if (kept !== null) return kept
      const no = refusedRequest(request, actor, now)
      if (no !== null || request === null) return no ?? refuse('unknown-request')
      const serviceId = command.serviceId ?? request.service_id
      const found = serviceId === null ? null : await bookable(context, { ...command, serviceId })
      if (found === null) return refuse('unknown-service')
      const person = { name: request.person_name, email: request.person_email, phone: request.person_phone }
      const booked = await place(context, within(client), found, {
        ...draft(found, command.start, now),
        key,
        hash,
        state: 'booked',
        channel: visitChannel[request.channel],
        person,
        language: request.language,
        urgent: request.urgent,
        needs: needsOf(command),
        onBehalf: command.onBehalf ?? false,
        contacts: contactsOf(context, person),
        exception: command.limitException ?? null,
        bookedBy: accountOf(actor),
        actor,
        job: 'visit-booked',
      })
      if (!booked.allowed || booked.repeated) return booked
      const visit = await findVisit(client, booked.reference)
      await endRequest(client, request.id, {
        state: 'booked',
        at: now,
        actor,
        reason: null,
        visitId: visit?.id ?? null,
        eraseOn: visit?.day.add({ days: found.settings['erase-after-days'] }) ?? null,
      })
      freed = await freeProposed(client, request, actor, now)
      await recordEvent(client, {
        at: now,
        visitId: visit?.id ?? null,
        kind: 'request-booked',
        actor,
        channel: 'request',
        details: { request: request.id },
      })
      return booked
    },
    lostRace(settings),
  )
  announce(context, outcome)
  for (const { serviceId, day } of freed) announcePlaces(context.changes, serviceId, day)
  return outcome
}

/** Gives back the times that are still kept for whoever a request is from: it has another end. */
async function freeProposed(client: Queryable, { id }: RequestRow, actor: Actor, now: Temporal.Instant): Promise<readonly Visit[]> {
  const freed: Visit[] = []
  for (const reference of await proposedFor(client, id)) {
    const visit = await lockVisit(client, reference)
    if (visit === null || visit.state !== 'held') continue
    await endVisit(client, visit, { state: 'expired', at: now, actor, channel: 'request', reason: 'request-ended' })
    freed.push(visit)
  }
  return freed
}

/** Ends a request without a visit: `settled` when advice was enough, `closed` for a reason from the list. */
export async function finishRequest(context: Context, command: EndRequestCommand): Promise<RequestOutcome> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  let freed: readonly Visit[] = []
  const outcome = await guarded(
    context.database,
    async (client): Promise<RequestOutcome> => {
      const request = await lockRequest(client, command.reference)
      const no = refusedRequest(request, command.actor, now)
      if (no !== null || request === null) return no ?? refuse('unknown-request')
      await end(client, request, command, now)
      freed = await freeProposed(client, request, command.actor, now)
      return {
        ...requestDone(context, { reference: request.reference, serviceId: request.service_id, unitId: request.unit_id }, 'new'),
        state: command.end,
      }
    },
    lostRace(settings),
  )
  for (const { serviceId, day } of freed) announcePlaces(context.changes, serviceId, day)
  return outcome
}

async function end(
  client: Queryable,
  request: RequestRow,
  { actor, end: state, reason }: EndRequestCommand,
  now: Temporal.Instant,
): Promise<void> {
  await endRequest(client, request.id, { state, at: now, actor, reason, visitId: null, eraseOn: null })
  await recordEvent(client, {
    at: now,
    kind: state === 'settled' ? 'request-settled' : 'request-closed',
    actor,
    channel: 'request',
    reason,
    details: { request: request.id },
  })
}

/** Why nothing is done with a request now; null when it is open and nobody else answers it. */
export function refusedRequest(request: RequestRow | null, actor: Actor, now: Temporal.Instant): Refused | null {
  if (request === null) return refuse('unknown-request')
  return request.state === 'open' ? claimedByOther(request, actor, now) : refuse('request-ended')
}

function requestDone(
  context: Context,
  request: { reference: string; serviceId: string | null; unitId: string },
  turn: 'new' | 'again',
): RequestDone {
  return {
    allowed: true,
    code: 'done',
    ...request,
    secret: context.secrets.secretOf(request.reference),
    state: 'open',
    repeated: turn === 'again',
  }
}
