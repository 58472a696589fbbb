/**
 * `GET /api/v1/services/{id}/free`: the starts the caller may take; `GET /api/v1/visits/{reference}/free`: those
 * a visit may be moved to, for whoever has its secret, without the one it has. Anyone sees what the web may
 * book; a clerk who is signed in also today, and the matters whose times the web does not show.
 *
 * The public answer carries nothing personal and may be kept for a second; after that it is asked
 * for again by its ETag.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError } from '../platform/decision.js'
import { sendInputErrors, sendRefusal } from '../platform/problem.js'
import { readDay } from '../platform/typed-time.js'
import { directory } from '../directory/index.js'
import { hasRole } from '../staff/index.js'
import { mayDo } from '../visit/index.js'
import { bookingClerk, opened, problem, withOffset } from './api-common.js'
import { byReference, notes } from './api-schemas.js'
import { offeredDays } from './offered.js'
import { otherTimes } from './other-times.js'
import { checkWished } from './wish-form.js'
import { wishedOf, type Wished } from './wish.js'
import type { FreeDay } from './availability/board.js'

/** Days one question may span. */
const daysMax = 62

const freeAnswer = z.array(
  z.object({
    start: z.string().describe('with the offset of the office, as 2020-05-26T09:20:00+02:00'),
    desks: z.number().int().describe('free desks'),
  }),
)

const daysAsked = {
  from: z.string().max(40).optional().describe('first day, as 2020-05-26; today when left out'),
  to: z.string().max(40).optional().describe(`last day, at most ${daysMax} days in all; 14 days on when left out`),
}

export function freeStartsApi(app: FastifyInstance, context: Context): void {
  startsToMoveTo(app, context)
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/services/:id/free',
    {
      config: {
        api: {
          access: 'anyone-or-staff',
          asks: { 'If-None-Match': 'the ETag of an earlier answer' },
          problems: { 304: 'nothing changed since that ETag', 404: 'unknown-service' },
          headers: {
            200: {
              ETag: 'of the answer, for anyone',
              'Cache-Control': 'a second for anyone; no-store for staff',
              Vary: 'Cookie, Authorization',
            },
          },
        },
      },
      schema: {
        summary: 'Free starts of a matter',
        tags: ['visits'],
        params: z.object({ id: z.string().max(200) }),
        querystring: z.object({
          more: z
            .union([z.string().max(200), z.array(z.string().max(200)).max(10)])
            .optional()
            .describe('further matters of the same visit'),
          persons: z.string().max(4).optional().describe('persons who have these matters, one after another'),
          moreTime: z.enum(['true', 'false']).optional().describe('the person needs more time'),
          building: z.string().max(200).optional().describe('another building whose desks handle it'),
          ...daysAsked,
        }),
        response: { 200: freeAnswer },
      },
    },
    async (request, reply) => {
      const now = context.clock.now()
      const days = readDays(request.query, officeDay(now))
      if ('errors' in days) return sendInputErrors(reply, days.errors)
      const wished = readWished(request.params.id, request.query)
      const wrong = checkWished(await directory(context), wished, { persons: 'persons', more: 'more', building: 'building' })
      if (wrong.length > 0) return sendInputErrors(reply, wrong)
      const { staff } = request
      const clerk = staff !== null && hasRole(staff, ['service-office', 'desk', 'head', 'administrator'])
      const found = await offeredDays(context, { ...wished, ...days, now }, clerk ? { channel: 'phone', clerk } : { channel: 'web', clerk })
      if (found === null) return sendRefusal(reply, 'booking', refuse('unknown-service'), 404)
      return sendFresh(reply, JSON.stringify(startsOf(found)), request.headers['if-none-match'], clerk)
    },
  )
}

/** What a visit is for is known: its matters, persons and building are those of the times. */
function startsToMoveTo(app: FastifyInstance, context: Context): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/visits/:reference/free',
    {
      config: notes.times,
      schema: {
        summary: 'Free starts a visit may be moved to, without the one it has',
        tags: ['visits'],
        params: byReference,
        querystring: z.object(daysAsked),
        response: { 200: freeAnswer },
      },
    },
    async (request, reply) => {
      const visit = await opened(context, request)
      if ('allowed' in visit) return problem(reply, visit)
      const now = context.clock.now()
      const days = readDays(request.query, officeDay(now))
      if ('errors' in days) return sendInputErrors(reply, days.errors)
      const office = await directory(context)
      const clerk = (await bookingClerk(context, request, visit.serviceId)) !== null
      const may = mayDo('move', visit, now, office.office.settings, clerk ? 'staff' : 'citizen')
      if (!may.allowed) return problem(reply, may)
      // Whoever was booked by phone moves the visit here too, as on the page.
      const asker = { channel: clerk ? 'phone' : visit.channel, clerk } as const
      const found = await offeredDays(context, { ...wishedOf(office, visit), ...days, now }, asker)
      if (found === null) return problem(reply, refuse('unknown-service'))
      return reply.header('Cache-Control', 'no-store').send(startsOf(otherTimes(found, visit.startsAt)))
    },
  )
}

function startsOf(days: readonly FreeDay[]): z.infer<typeof freeAnswer> {
  return days.flatMap((day) => day.starts.map(({ start, desks }) => ({ start: withOffset(start), desks: desks.length })))
}

interface WishQuery {
  readonly more?: string | string[] | undefined
  readonly persons?: string | undefined
  readonly moreTime?: 'true' | 'false' | undefined
  readonly building?: string | undefined
}

function readWished(serviceId: string, { more = [], persons = '1', moreTime, building }: WishQuery): Wished {
  return {
    serviceId,
    moreServiceIds: [more].flat().filter((id) => id !== serviceId),
    persons: /^\d{1,2}$/.test(persons) ? Number(persons) : 0,
    moreTime: moreTime === 'true',
    ...(building === undefined ? {} : { buildingId: building }),
  }
}

function readDays(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  today: Temporal.PlainDate,
): { from: Temporal.PlainDate; to: Temporal.PlainDate } | { errors: FieldError[] } {
  const first = from === undefined ? today : readDay(from)
  const last = to === undefined ? (first ?? today).add({ days: 14 }) : readDay(to)
  const errors: FieldError[] = []
  if (first === null) errors.push({ field: 'from', message: 'booking.error.day-wrong' })
  if (last === null) errors.push({ field: 'to', message: 'booking.error.day-wrong' })
  if (first === null || last === null) return { errors }
  if (Temporal.PlainDate.compare(last, first) < 0) return { errors: [{ field: 'to', message: 'booking.error.days-order' }] }
  if (first.until(last).days >= daysMax) return { errors: [{ field: 'to', message: 'booking.error.days-many', values: { most: daysMax } }] }
  return { from: first, to: last }
}

function sendFresh(reply: FastifyReply, body: string, known: string | undefined, staffOnly: boolean): FastifyReply {
  if (staffOnly) return reply.header('Cache-Control', 'private, no-store').type('application/json; charset=utf-8').send(body)
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  reply.header('Cache-Control', 'public, max-age=1, must-revalidate').header('Vary', 'Cookie, Authorization').header('ETag', tag)
  if (known?.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(body)
}
