/**
 * The door for programs: what it would say, and letting in. Same actions as the guard's page.
 */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { basisSchema, stepSchema, valuesSchema } from '../platform/decision-schema.js'
import { isKey } from '../platform/idempotency.js'
import { sendInputErrors, sendRefusal } from '../platform/problem.js'
import { readInstantOfAddress } from '../platform/typed-time.js'
import { directory } from '../directory/index.js'
import { requireRole, roles } from '../staff/index.js'
import { answer, enter, recordRefusal } from './actions.js'
import { dropOff, notClient } from './admissions.js'
import { overrideReasons, purposes, type DoorAnswer, type Purpose } from './model.js'
import { mayWorkDoor, scanLengthMax } from './rules.js'

const codeText = z.string().trim().min(1).max(scanLengthMax)
const decisionAnswer = z.object({
  at: z.string(),
  building: z.string(),
  purpose: z.enum(purposes),
  reference: z.string().nullable(),
  allowed: z.boolean(),
  code: z.string(),
  basis: z.array(basisSchema),
  next: z.array(stepSchema),
  values: valuesSchema.optional(),
})
const entryAnswer = z.object({
  at: z.string(),
  building: z.string(),
  purpose: z.enum(purposes),
  code: z.string(),
  override: z.enum(overrideReasons).nullable(),
  reference: z.string().nullable(),
  state: z.string().nullable(),
  ticket: z.string().nullable(),
  receipt: z.string().nullable(),
  repeated: z.boolean(),
})

export function entranceApi(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/api/v1/decisions/entry',
    {
      config: { api: { access: 'staff', problems: { 404: 'unknown-building' } } },
      schema: {
        tags: ['staff'],
        summary: 'What the door says at a minute; writes nothing (staff)',
        querystring: z.object({
          building: z.string().max(100),
          purpose: z.enum(purposes).default('visit'),
          reference: codeText.optional(),
          at: z.string().max(60).optional(),
        }),
        response: { 200: decisionAnswer },
      },
    },
    async (request, reply) => {
      if (requireRole(request, reply, ...roles) === null) return reply
      const { building, purpose, reference, at } = request.query
      const instant = at === undefined ? context.clock.now() : readInstantOfAddress(at)
      if (instant === null) return sendInputErrors(reply, [{ field: 'at', message: 'entrance.error.at' }])
      if (!(await directory(context)).buildings.has(building)) return sendRefusal(reply, 'regulation', refuse('unknown-building'), 404)
      const given = await answer(context, { buildingId: building, purpose, code: reference ?? null, at: instant })
      const { decision } = given
      return {
        at: instant.toString(),
        building,
        purpose,
        reference: given.visit?.reference ?? null,
        allowed: decision.allowed,
        code: decision.code,
        basis: [...decision.basis],
        next: decision.next.map((step) => ({ ...step })),
        ...('values' in decision && decision.values ? { values: { ...decision.values } } : {}),
      }
    },
  )

  routes.post(
    '/api/v1/entries',
    {
      config: {
        api: {
          access: 'staff',
          key: 'optional',
          problems: {
            404: 'unknown-building',
            409: 'what the door answers instead of letting in',
            422: 'invalid-input, key-invalid, key-reused',
          },
        },
      },
      schema: {
        tags: ['staff'],
        summary: 'Lets a person in, or says why not and what to do instead (staff)',
        headers: z.object({ 'idempotency-key': z.string().max(100).optional() }).loose(),
        body: z.object({
          building: z.string().max(100),
          purpose: z.enum(purposes).default('visit'),
          code: codeText.optional(),
          reference: codeText.optional(),
          override: z.enum(overrideReasons).optional(),
        }),
        response: { 201: entryAnswer },
      },
    },
    async (request, reply) => {
      const staff = requireRole(request, reply, 'guard', 'service-office', 'administrator')
      if (staff === null) return reply
      const { building, purpose, code, reference, override } = request.body
      const key = request.headers['idempotency-key'] ?? null
      if (key !== null && !isKey(key)) return sendRefusal(reply, 'booking', refuse('key-invalid'), 422)
      if (!(await directory(context)).buildings.has(building)) return sendRefusal(reply, 'regulation', refuse('unknown-building'), 404)
      if (!mayWorkDoor(staff, building)) return sendRefusal(reply, 'staff', refuse('not-your-role'), 403)
      const command = { buildingId: building, accountId: staff.accountId, now: context.clock.now(), key }
      const result = await letIn(context, purpose, { ...command, code: code ?? reference ?? null, override: override ?? null })
      if (result.entry !== null) return reply.code(201).send(entryBody(result))
      if (result.decision.allowed) throw new Error('an answer of the door was yes and nobody was let in')
      if (result.decision.code === 'key-reused') return sendRefusal(reply, 'entrance', result.decision, 422)
      if (result.decision.code === 'try-again') return sendRefusal(reply, 'entrance', result.decision)
      await recordRefusal(context, { answer: result, accountId: staff.accountId })
      return sendRefusal(reply, 'regulation', result.decision)
    },
  )
}

type EntryCommand = Parameters<typeof dropOff>[1] & {
  readonly code: string | null
  readonly override: (typeof overrideReasons)[number] | null
}

async function letIn(context: Context, purpose: Purpose, command: EntryCommand): Promise<DoorAnswer> {
  switch (purpose) {
    case 'visit':
      return enter(context, command)
    case 'drop-off':
      return dropOff(context, command)
    case 'staff':
    case 'delivery':
    case 'emergency':
    case 'official':
    case 'companion':
    case 'interpreter':
      return notClient(context, { ...command, purpose })
  }
}

function entryBody({ entry, visit, repeated, ...given }: DoorAnswer): z.infer<typeof entryAnswer> {
  return {
    at: (entry?.at ?? given.at).toString(),
    building: given.buildingId,
    purpose: given.purpose,
    code: entry?.code ?? given.decision.code,
    override: entry?.overrideReason ?? null,
    reference: visit?.reference ?? null,
    state: visit?.state ?? null,
    ticket: visit?.ticket ?? null,
    receipt: visit?.receipt ?? null,
    repeated,
  }
}
