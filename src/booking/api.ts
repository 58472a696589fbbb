/**
 * Visits and requests over /api/v1: one schema per body is validation, type and OpenAPI.
 *
 * A visit is opened by its secret in `Authorization: Bearer SECRET`. An unknown reference and a
 * wrong secret get the same answer, so that nobody learns which references exist.
 */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError } from '../platform/decision.js'
import { sendInputErrors } from '../platform/problem.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { directory, type Directory } from '../directory/index.js'
import { book } from './actions.js'
import { answer, bookingClerk, isClerk, opened, optionalKey, problem, requiredKey } from './api-common.js'
import { byReference, confirmBody, notes, requestAnswer, requestBody, sendBody, text, visitAnswer, visitBody } from './api-schemas.js'
import { cancel, move } from './changes.js'
import { readCode } from './confirmation-rules.js'
import { confirmPending, sendCodeAgain } from './confirmation.js'
import { bookFairly } from './fair/gate.js'
import { contactWait } from './fair/limits.js'
import { readPerson } from './forms.js'
import type { BookCommand, RequestedTime, RequestOutcome } from './model.js'
import { makeRequest } from './requests.js'
import { checkWished } from './wish-form.js'
import type { Wished } from './wish.js'

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
        .send({ reference, secret, state, service: body.service, unit: outcome.unitId })
    },
  )
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
