/**
 * Visits and requests over /api/v1: one schema per body is validation, type and OpenAPI.
 *
 * A visit is opened by its secret in `Authorization: Bearer SECRET`. An unknown reference and a
 * wrong secret get the same answer, so that nobody learns which references exist.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError, type Refused } from '../platform/decision.js'
import type { ApiNotes } from '../platform/http/api-document.js'
import { isKey } from '../platform/idempotency.js'
import { sendInputErrors, sendRefusal } from '../platform/problem.js'
import { parseReference } from '../platform/references.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { officeZone } from '../platform/clock.js'
import { words } from '../platform/words.js'
import { directory, type Directory } from '../directory/index.js'
import { hasRole, seesService } from '../staff/index.js'
import { visitNeeds, type Actor, type Visit } from '../visit/index.js'
import { book } from './actions.js'
import { cancel, move } from './changes.js'
import { readCode } from './confirmation-rules.js'
import { confirmPending, currentVisit, sendCodeAgain } from './confirmation.js'
import { clerkRoles } from './clerk-common.js'
import { bookFairly } from './fair/gate.js'
import { contactWait } from './fair/limits.js'
import { readPerson } from './forms.js'
import { dayParts, limitExceptions, type BookCommand, type Outcome, type RequestedTime, type RequestOutcome } from './model.js'
import { makeRequest } from './requests.js'
import { checkWished } from './wish-form.js'
import type { Wished } from './wish.js'

const text = (max: number) => z.string().max(max)
const personBody = z.object({
  name: text(500),
  email: text(500).nullish(),
  phone: text(100).nullish(),
})
/** What the visit is for besides its matter. */
const wishBody = {
  more: z.array(text(200)).max(10).optional().describe('further matters of the same visit, by id'),
  persons: z.int().min(1).max(9).optional().describe('persons who have these matters, one after another'),
  moreTime: z.boolean().optional().describe('the person needs more time'),
  building: text(200).optional().describe('another building whose desks handle it'),
}
const visitBody = z.object({
  service: text(200).min(1),
  ...wishBody,
  start: text(60).describe('with its offset, as 2020-05-26T09:20:00+02:00'),
  channel: z.enum(['web', 'phone', 'email', 'request', 'counter']).describe('callers who are not signed in book by web'),
  person: personBody,
  urgent: z.boolean().optional().describe('it is urgent or cannot be settled otherwise'),
  needs: z.array(z.enum(visitNeeds)).max(visitNeeds.length).optional().describe('what the office prepares; erased with the contact'),
  onBehalf: z.boolean().optional().describe('who comes settles it for somebody else'),
  language: z.enum(['pl', 'en', 'uk']).optional(),
  proof: text(1_000).optional().describe('the solution of a challenge of GET /api/v1/proof, once; without one only while it is calm'),
  limitException: z.enum(limitExceptions).optional().describe('staff only: why the limits are passed'),
})
const requestBody = z.object({
  service: text(200).min(1),
  times: z
    .array(z.object({ day: text(10).optional(), weekday: z.int().min(1).max(7).optional(), part: z.enum(dayParts) }))
    .max(40)
    .optional(),
  person: personBody,
  urgent: z.boolean().optional(),
  language: z.enum(['pl', 'en', 'uk']).optional(),
})
const visitAnswer = z.object({
  reference: z.string(),
  state: z.string(),
  service: z.string(),
  building: z.string(),
  start: z.string(),
  end: z.string(),
  secret: z.string().optional(),
  confirmUntil: z.string().optional().describe('of a pending visit: it lapses then unless it is confirmed by the code sent to the person'),
  ticket: z.string().nullable().optional(),
})
const requestAnswer = z.object({ reference: z.string(), secret: z.string(), state: z.string(), service: z.string(), unit: z.string() })
const confirmBody = z.object({ code: text(30).optional().describe('six digits of the message; staff confirm without') })
const sendBody = z.object({ round: z.int().min(1).max(3).describe('which message was the last: asked twice, one more is sent') })
const byReference = z.object({ reference: z.string().max(40) })
const noStore = { 'Cache-Control': 'no-store' }
const unopened = { 401: 'secret-missing', 404: 'unknown-visit: no such visit, or another secret' }
const keyed = 'invalid-input, key-invalid, key-reused'
/** What the OpenAPI document says besides the schemas. */
const notes = {
  book: {
    api: {
      access: 'anyone-or-staff',
      key: 'required',
      problems: {
        400: 'bad-request, key-missing',
        403: 'channel-not-allowed: who is not signed in books by web; not-your-unit: a matter of another unit; foreign-origin',
        404: 'unknown-service',
        409: 'slot-taken, not-offered, too-soon, too-far, limit-open, limit-service-day, proof-needed, channel-not-offered and what the acts in force do not allow',
        422: keyed,
        429: 'too-many-tries: the contact was tried many times; Retry-After says when again',
      },
      headers: { 201: { Location: 'the address of the visit', ...noStore } },
    },
  },
  read: { api: { access: 'visit', problems: unopened, headers: { 200: noStore } } },
  change: {
    api: {
      access: 'visit',
      key: 'optional',
      problems: { ...unopened, 409: 'the state of the visit, its time or the new time does not allow it', 422: keyed },
    },
  },
  confirm: {
    api: {
      access: 'visit',
      problems: {
        ...unopened,
        409: 'code-wrong, code-tries, code-sends, confirm-expired, or the state of the visit',
        422: 'invalid-input',
      },
    },
  },
  request: { api: { access: 'anyone', key: 'optional', problems: { 404: 'unknown-service', 422: keyed }, headers: { 201: noStore } } },
} as const satisfies Record<string, { api: ApiNotes }>

export function bookingApi(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const visits = '/api/v1/visits'

  routes.post(
    visits,
    { config: notes.book, schema: { summary: 'Book a visit', tags: ['visits'], body: visitBody, response: { 201: visitAnswer } } },
    async (request, reply) => {
      const key = requiredKey(request)
      if (typeof key !== 'string') return problem(reply, key)
      const { body } = request
      const clerk = await bookingClerk(context, request, body.service)
      if (clerk === null && body.channel !== 'web')
        return problem(reply, refuse(isClerk(request) ? 'not-your-unit' : 'channel-not-allowed'))
      const start = readInstant(body.start)
      const read = readPerson(body.person, clerk === null ? 'contact-needed' : 'contact-optional')
      const { needs = [], moreTime = false } = body
      const wish = readApiWish(await directory(context), { ...body, moreTime: moreTime || needs.includes('more-time') })
      const errors = [
        ...('errors' in wish ? wish.errors : []),
        ...(start === null ? [{ field: 'start', message: 'booking.error.start-wrong' }] : []),
        ...('errors' in read ? read.errors.map((error) => ({ ...error, field: `person.${error.field}` })) : []),
      ]
      if (start === null || 'errors' in read || 'errors' in wish) return sendInputErrors(reply, errors)
      const command: BookCommand = {
        ...wish.wished,
        start,
        channel: body.channel,
        person: read.person,
        actor: clerk ?? 'citizen',
        key,
        ...(body.needs === undefined ? {} : { needs: body.needs }),
        ...(body.onBehalf === undefined ? {} : { onBehalf: body.onBehalf }),
        ...(body.urgent === undefined ? {} : { urgent: body.urgent }),
        ...(body.language === undefined ? {} : { language: body.language }),
        ...(body.limitException === undefined || clerk === null ? {} : { limitException: body.limitException }),
      }
      const wait = clerk === null ? contactWait(context, read.person) : 0
      if (wait > 0) return problem(reply.header('Retry-After', String(wait)), refuse('too-many-tries', [], [], { seconds: wait }))
      const outcome = await (clerk === null ? bookFairly(context, command, body.proof ?? '') : book(context, command))
      if (!outcome.allowed) return problem(reply, outcome)
      return reply
        .code(201)
        .header('Location', `${visits}/${outcome.reference}`)
        .header('Cache-Control', 'no-store')
        .send({ ...answer(outcome), secret: outcome.secret })
    },
  )

  routes.get(
    `${visits}/:reference`,
    {
      config: notes.read,
      schema: { summary: 'A visit, for whoever has its secret', tags: ['visits'], params: byReference, response: { 200: visitAnswer } },
    },
    async (request, reply) => {
      const visit = await opened(context, request)
      if ('allowed' in visit) return problem(reply, visit)
      return reply
        .header('Cache-Control', 'no-store')
        .send({ ...answer({ ...visit, start: visit.startsAt, end: visit.endsAt }), ticket: visit.ticket })
    },
  )

  routes.delete(
    `${visits}/:reference`,
    { config: notes.change, schema: { summary: 'Cancel a visit', tags: ['visits'], params: byReference, response: { 200: visitAnswer } } },
    async (request, reply) => {
      const visit = await opened(context, request)
      if ('allowed' in visit) return problem(reply, visit)
      const key = optionalKey(request)
      if (key !== null && typeof key !== 'string') return problem(reply, key)
      // Asked twice, the visit is cancelled as asked: the same answer, and nothing changes.
      if (visit.state === 'cancelled') return reply.send(answer({ ...visit, start: visit.startsAt, end: visit.endsAt }))
      const outcome = await cancel(context, {
        reference: visit.reference,
        actor: (await bookingClerk(context, request, visit.serviceId)) ?? 'citizen',
        reason: 'citizen-wish',
        ...(key === null ? {} : { key }),
      })
      return outcome.allowed ? reply.send(answer(outcome)) : problem(reply, outcome)
    },
  )

  routes.post(
    `${visits}/:reference/move`,
    {
      config: notes.change,
      schema: {
        summary: 'Move a visit to another start',
        tags: ['visits'],
        params: byReference,
        body: z.object({ start: text(60) }),
        response: { 200: visitAnswer },
      },
    },
    async (request, reply) => {
      const visit = await opened(context, request)
      if ('allowed' in visit) return problem(reply, visit)
      const key = optionalKey(request)
      if (key !== null && typeof key !== 'string') return problem(reply, key)
      const start = readInstant(request.body.start)
      if (start === null) return sendInputErrors(reply, [{ field: 'start', message: 'booking.error.start-wrong' }])
      const clerk = await bookingClerk(context, request, visit.serviceId)
      const outcome = await move(context, {
        reference: visit.reference,
        start,
        actor: clerk ?? 'citizen',
        channel: clerk === null ? 'web' : 'phone',
        ...(key === null ? {} : { key }),
      })
      return outcome.allowed ? reply.send(answer(outcome)) : problem(reply, outcome)
    },
  )

  routes.post(
    `${visits}/:reference/confirm`,
    {
      config: notes.confirm,
      schema: {
        summary: 'Confirm a pending visit',
        tags: ['visits'],
        params: byReference,
        body: confirmBody,
        response: { 200: visitAnswer },
      },
    },
    async (request, reply) => {
      const visit = await opened(context, request)
      if ('allowed' in visit) return problem(reply, visit)
      const clerk = await bookingClerk(context, request, visit.serviceId)
      const code = readCode(request.body.code ?? '')
      if (clerk === null && code === null) return sendInputErrors(reply, [{ field: 'code', message: 'booking.error.code-wrong' }])
      const proof = clerk === null ? { code: code ?? '' } : { clerk }
      const outcome = await confirmPending(context, { reference: visit.reference, proof })
      return outcome.allowed ? reply.send(answer(outcome)) : problem(reply, outcome)
    },
  )

  routes.post(
    `${visits}/:reference/send-code`,
    {
      config: notes.confirm,
      schema: {
        summary: 'Send a pending visit’s code once more',
        tags: ['visits'],
        params: byReference,
        body: sendBody,
        response: { 200: visitAnswer },
      },
    },
    async (request, reply) => {
      const visit = await opened(context, request)
      if ('allowed' in visit) return problem(reply, visit)
      const outcome = await sendCodeAgain(context, { reference: visit.reference, round: request.body.round })
      return outcome.allowed ? reply.send(answer(outcome)) : problem(reply, outcome)
    },
  )

  routes.post(
    '/api/v1/requests',
    {
      config: notes.request,
      schema: { summary: 'Ask a unit for a time', tags: ['visits'], body: requestBody, response: { 201: requestAnswer } },
    },
    async (request, reply) => {
      const key = optionalKey(request)
      if (key !== null && typeof key !== 'string') return problem(reply, key)
      const { body } = request
      const read = readPerson(body.person, 'contact-needed')
      const times = body.times ?? [{ part: 'any' as const }]
      const errors = [
        ...('errors' in read ? read.errors.map((error) => ({ ...error, field: `person.${error.field}` })) : []),
        ...(times.every((time) => time.day === undefined || readDay(time.day) !== null)
          ? []
          : [{ field: 'times', message: 'booking.error.days-wrong' }]),
      ]
      if ('errors' in read || errors.length > 0) return sendInputErrors(reply, errors)
      const outcome: RequestOutcome = await makeRequest(context, {
        serviceId: body.service,
        times: times as readonly RequestedTime[],
        person: read.person,
        key: key ?? crypto.randomUUID(),
        urgent: body.urgent ?? false,
        language: body.language ?? 'pl',
      })
      if (!outcome.allowed) return problem(reply, outcome)
      const { reference, secret, state } = outcome
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send({ reference, secret, state, service: outcome.serviceId, unit: outcome.unitId })
    },
  )
}

function isClerk({ staff }: FastifyRequest): boolean {
  return staff !== null && hasRole(staff, clerkRoles)
}

/** The clerk who asks for a matter, as an actor; null for everybody else, and for matters of another unit. */
async function bookingClerk(context: Context, request: FastifyRequest, serviceId: string): Promise<Actor | null> {
  const { staff } = request
  if (staff === null || !isClerk(request)) return null
  const office = await directory(context)
  // A matter nobody has is refused as such, not as somebody else's.
  const sees = !office.services.has(serviceId) || seesService(staff, office, serviceId)
  return sees ? `account:${staff.accountId}` : null
}

/** The visit whose secret the request carries, or why not; a clerk of its unit needs none. */
async function opened(context: Context, request: FastifyRequest): Promise<Visit | Refused> {
  const reference = parseReference((request.params as { reference: string }).reference)
  const secret = /^Bearer ([A-Za-z0-9_-]{1,100})$/i.exec(request.headers.authorization ?? '')?.[1]
  const clerk = isClerk(request)
  if (secret === undefined && !clerk) return refuse('secret-missing')
  const own = reference !== null && secret !== undefined && context.secrets.isSecretOf(reference, secret)
  if (reference === null || !(own || clerk)) return refuse('unknown-visit')
  const visit = await currentVisit(context, reference)
  if (visit === null || !(own || (await bookingClerk(context, request, visit.serviceId)) !== null)) return refuse('unknown-visit')
  return visit
}

function requiredKey(request: FastifyRequest): string | Refused {
  return optionalKey(request) ?? refuse('key-missing')
}

function optionalKey(request: FastifyRequest): string | Refused | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  return isKey(key) ? key.toLowerCase() : refuse('key-invalid')
}

function answer(
  visit: Pick<Extract<Outcome, { allowed: true }>, 'reference' | 'state' | 'serviceId' | 'buildingId' | 'start' | 'end' | 'confirmUntil'>,
): z.infer<typeof visitAnswer> {
  return {
    reference: visit.reference,
    state: visit.state,
    service: visit.serviceId,
    building: visit.buildingId,
    start: withOffset(visit.start),
    end: withOffset(visit.end),
    ...(visit.state === 'pending' && visit.confirmUntil !== null ? { confirmUntil: withOffset(visit.confirmUntil) } : {}),
  }
}

/** An instant as the office's wall shows it, with its offset. */
function withOffset(at: Temporal.Instant): string {
  return at.toString({ timeZone: officeZone, smallestUnit: 'second' })
}

/** Sends a refusal with the status of its code; regulation's codes have their sentences there. */
function problem(reply: FastifyReply, refusal: Refused): FastifyReply {
  if (refusal.code === 'secret-missing') reply.header('WWW-Authenticate', 'Bearer realm="visit"')
  const slice = words('pl').has(`booking.refused.${refusal.code}`) ? 'booking' : 'regulation'
  return sendRefusal(reply.header('Cache-Control', 'no-store'), slice, refusal, statusOf(refusal.code))
}

function statusOf(code: string): number {
  switch (code) {
    case 'key-missing':
      return 400
    case 'secret-missing':
      return 401
    case 'channel-not-allowed':
    case 'not-your-unit':
      return 403
    case 'too-many-tries':
      return 429
    case 'unknown-service':
    case 'unknown-visit':
    case 'unknown-request':
      return 404
    case 'key-invalid':
    case 'key-reused':
      return 422
    default:
      return 409
  }
}

/** The wish of a body within the office's limits; an unknown matter is left to the answer that says so. */
function readApiWish(
  office: Directory,
  body: { service: string; more?: string[] | undefined; persons?: number | undefined; moreTime: boolean; building?: string | undefined },
): { readonly wished: Wished } | { readonly errors: readonly FieldError[] } {
  const wished = {
    serviceId: body.service,
    moreServiceIds: (body.more ?? []).filter((id) => id !== body.service),
    persons: body.persons ?? 1,
    moreTime: body.moreTime,
    ...(body.building === undefined ? {} : { buildingId: body.building }),
  }
  const errors = checkWished(office, wished, { persons: 'persons', more: 'more', building: 'building' })
  return errors.length > 0 ? { errors } : { wished }
}
