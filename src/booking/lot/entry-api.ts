/**
 * Entries of a draw over /api/v1: made, confirmed, looked at and taken back by whoever has the entry's
 * secret, by the same actions as the pages. A time that was won is a visit, opened by the same secret's
 * owner through the visit's own, which the answer then gives.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { officeDay, officeZone } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { refuse, type FieldError, type Refused } from '../../platform/decision.js'
import type { ApiNotes } from '../../platform/http/api-document.js'
import { sendInputErrors } from '../../platform/problem.js'
import { parseReference } from '../../platform/references.js'
import { directory } from '../../directory/index.js'
import { ruleBook } from '../../regulation/index.js'
import { findVisitById } from '../../visit/index.js'
import { problem, requiredKey } from '../api-common.js'
import { byReference, personBody, sendBody, text } from '../api-schemas.js'
import { readCode } from '../confirmation-rules.js'
import { contactWait } from '../fair/limits.js'
import { readPerson } from '../forms.js'
import { enterLot, openLot, withdraw } from './actions.js'
import { confirmEntry, sendEntryCode } from './confirm.js'
import { findEntry, type Entry } from './entry-store.js'
import { readWishes, wishesMax, wishText } from './rules.js'

const wish = z
  .union([z.object({ start: text(60) }), z.object({ day: text(10) }), z.object({ any: z.literal(true) })])
  .describe('a time with its offset, any time of a day, or any time the draw gives')
const entryBody = z.object({
  service: text(200).min(1),
  wishes: z.array(wish).max(wishesMax).describe('the first that is left when it is the entry’s turn is taken'),
  person: personBody,
  language: z.enum(['pl', 'en', 'uk']).optional(),
})
const entryAnswer = z.object({
  reference: z.string(),
  state: z.enum(['pending', 'waiting', 'won', 'lost', 'withdrawn']),
  service: z.string(),
  lot: z.int().describe('the draw: /api/v1/lots/{id}'),
  wishes: z.array(wish),
  rank: z.int().nullable().describe('place in the order; null until drawn'),
  secret: z.string().optional(),
  confirmUntil: z
    .string()
    .optional()
    .describe('of a pending entry: it takes no part unless it is confirmed by the code sent to the person'),
  visit: z.object({ reference: z.string(), secret: z.string() }).nullable().describe('the visit it won'),
})

const noStore = { 'Cache-Control': 'no-store' }
const unopened = { 401: 'secret-missing', 404: 'unknown-entry: no such entry, or another secret' }
const notes = {
  enter: {
    api: {
      access: 'anyone',
      key: 'required',
      problems: {
        400: 'bad-request, key-missing',
        404: 'unknown-service',
        409: 'lot-not-open, lot-over, lot-entered: the contact takes part already, contact-not-reached',
        422: 'invalid-input, key-invalid, key-reused',
        429: 'too-many-tries: the contact was tried many times; Retry-After says when again',
      },
      headers: { 201: { Location: 'the address of the entry', ...noStore } },
    },
  },
  read: { api: { access: 'visit', problems: unopened, headers: { 200: noStore } } },
  change: { api: { access: 'visit', problems: { ...unopened, 409: 'entry-ended: the draw was held' } } },
  confirm: {
    api: {
      access: 'visit',
      problems: {
        ...unopened,
        409: 'code-wrong, code-tries, codes-spent, lot-entered: the contact takes part by another entry, entry-ended',
        422: 'invalid-input',
      },
    },
  },
} as const satisfies Record<string, { api: ApiNotes }>

export function lotEntryApi(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const entries = '/api/v1/lot-entries'
  const one = { tags: ['visits'], params: byReference, response: { 200: entryAnswer } }

  routes.post(
    entries,
    { config: notes.enter, schema: { summary: 'Enter a draw', tags: ['visits'], body: entryBody, response: { 201: entryAnswer } } },
    async (request, reply) => {
      const key = requiredKey(request)
      if (typeof key !== 'string') return problem(reply, key)
      const { body } = request
      const read = readPerson(body.person, 'contact-needed')
      const wishes = await wishesOf(context, body)
      const errors: readonly FieldError[] = [
        ...(wishes === null ? [{ field: 'wishes', message: 'booking-lot.error.wishes-wrong' }] : []),
        ...(wishes?.length === 0 ? [{ field: 'wishes', message: 'booking-lot.error.wishes-missing' }] : []),
        ...('errors' in read ? read.errors.map((error) => ({ ...error, field: `person.${error.field}` })) : []),
      ]
      if ('errors' in read || wishes === null || errors.length > 0) return sendInputErrors(reply, errors)
      const wait = contactWait(context, read.person)
      if (wait > 0) return problem(reply.header('Retry-After', String(wait)), refuse('too-many-tries', [], [], { seconds: wait }))
      const { service: serviceId, language = 'pl' } = body
      const outcome = await enterLot(context, { serviceId, wishes, person: read.person, key, language })
      if (!outcome.allowed) return problem(reply, outcome)
      const { reference, secret, confirmUntil } = outcome
      const entry = await findEntry(context.database.pool, reference)
      if (entry === null) throw new Error('an entry that was just made is gone')
      return reply
        .code(201)
        .header('Location', `${entries}/${reference}`)
        .header('Cache-Control', 'no-store')
        .send({
          ...(await answerOf(context, entry)),
          secret,
          ...(confirmUntil === null ? {} : { confirmUntil: confirmUntil.toString({ timeZone: officeZone, smallestUnit: 'second' }) }),
        })
    },
  )

  routes.get(
    `${entries}/:reference`,
    { config: notes.read, schema: { summary: 'An entry of a draw, for whoever has its secret', ...one } },
    async (request, reply) => {
      const entry = await openedEntry(context, request)
      if ('allowed' in entry) return problem(reply, entry)
      return reply.header('Cache-Control', 'no-store').send(await answerOf(context, entry))
    },
  )

  routes.delete(
    `${entries}/:reference`,
    { config: notes.change, schema: { summary: 'Take an entry back before its draw', ...one } },
    async (request, reply) => {
      const entry = await openedEntry(context, request)
      if ('allowed' in entry) return problem(reply, entry)
      // Asked twice, it is taken back as asked.
      if (entry.state !== 'withdrawn') {
        const outcome = await withdraw(context, entry.reference)
        if (!outcome.allowed) return problem(reply, outcome)
      }
      return reply.send(await answerOf(context, (await findEntry(context.database.pool, entry.reference)) ?? entry))
    },
  )

  routes.post(
    `${entries}/:reference/confirm`,
    { config: notes.confirm, schema: { summary: 'Confirm an entry by its code', body: z.object({ code: text(30) }), ...one } },
    async (request, reply) => {
      const entry = await openedEntry(context, request)
      if ('allowed' in entry) return problem(reply, entry)
      const code = readCode(request.body.code)
      if (code === null) return sendInputErrors(reply, [{ field: 'code', message: 'booking.error.code-wrong' }])
      const outcome = await confirmEntry(context, { reference: entry.reference, proof: { code } })
      if (!outcome.allowed) return problem(reply, outcome)
      return reply.send(await answerOf(context, (await findEntry(context.database.pool, entry.reference)) ?? entry))
    },
  )

  routes.post(
    `${entries}/:reference/send-code`,
    { config: notes.confirm, schema: { summary: 'Send the code of an entry once more', body: sendBody, ...one } },
    async (request, reply) => {
      const entry = await openedEntry(context, request)
      if ('allowed' in entry) return problem(reply, entry)
      const outcome = await sendEntryCode(context, { reference: entry.reference, round: request.body.round })
      return outcome.allowed ? reply.send(await answerOf(context, entry)) : problem(reply, outcome)
    },
  )
}

/** The wishes within the days of the draw that is open; null when one is of another time. Of no open draw none are judged. */
async function wishesOf(context: Context, { service, wishes }: z.infer<typeof entryBody>): Promise<ReturnType<typeof readWishes>> {
  const [book, office] = await Promise.all([ruleBook(context), directory(context)])
  const lot = openLot(book, office, service, context.clock.now())
  const isDrawn = (day: Temporal.PlainDate): boolean => lot === null || lot.days.some((each) => each.equals(day))
  return readWishes(wishes.map(wishText), isDrawn, officeDay)
}

/** The entry whose secret the request carries; unknown and not one's own are the same. */
async function openedEntry(context: Context, request: FastifyRequest): Promise<Entry | Refused> {
  const reference = parseReference((request.params as { reference: string }).reference)
  const secret = /^Bearer ([A-Za-z0-9_-]{1,100})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (secret === undefined) return refuse('secret-missing')
  if (reference === null || !context.secrets.isSecretOf(reference, secret)) return refuse('unknown-entry')
  return (await findEntry(context.database.pool, reference)) ?? refuse('unknown-entry')
}

/** Whoever owns the entry owns the visit it won. */
async function answerOf(context: Context, entry: Entry): Promise<z.infer<typeof entryAnswer>> {
  const visit = entry.visitId === null ? null : await findVisitById(context.database.pool, entry.visitId)
  return {
    reference: entry.reference,
    state: entry.state,
    service: entry.serviceId,
    lot: entry.drawId,
    wishes: [...entry.wishes],
    rank: entry.rank,
    visit: visit && { reference: visit.reference, secret: context.secrets.secretOf(visit.reference) },
  }
}
