/**
 * What a desk does, for programs: the same acts as on its page, for whoever works at a desk, by
 * session or bearer token. With nobody waiting `next` answers 200 with `visit: null`: that is no
 * refusal. A desk that calls before it was opened is opened for the caller. Only desks of one's own
 * unit; somebody signed in acts at the desk they have, a program's token at any desk of the unit.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../platform/context.js'
import { refuse, type Refused } from '../platform/decision.js'
import { isKey } from '../platform/idempotency.js'
import { sendRefusal } from '../platform/problem.js'
import { parseReference } from '../platform/references.js'
import { directory } from '../directory/index.js'
import { requireRole, worksAt, type Staff } from '../staff/index.js'
import { visitStates } from '../visit/index.js'
import { callNext, finish, missed, recall, start } from './actions.js'
import type { DeskCommand, QueueAnswer } from './model.js'
import { deskRoles } from './routes.js'
import { openDesk } from './sessions.js'

const deskId = z.string().min(1).max(120).describe('The desk, as walowa-5/4/1; in an address its slashes are written %2F')
const answerSchema = z.object({
  code: z.string().describe('called, nobody-waiting, recalled, started, finished, missed'),
  visit: z.object({ reference: z.string(), ticket: z.string(), state: z.enum(visitStates) }).nullable(),
  repeated: z.boolean().describe('True when an earlier request had done it'),
})
const visitActs = { recall, start, finish, missed } as const

/** `POST /api/v1/desks/{id}/next` and `POST /api/v1/visits/{reference}/(recall|start|finish|missed)`. */
export function deskApi(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.post(
    '/api/v1/desks/:id/next',
    {
      config: {
        api: {
          access: 'staff',
          key: 'optional',
          problems: {
            403: 'not-your-desk: a desk of another unit',
            404: 'unknown-desk',
            409: 'client-at-desk, desk-of-another, desk-paused, needs-more-desks, try-again',
            422: 'key-invalid, key-reused',
          },
        },
      },
      schema: {
        tags: ['staff'],
        summary: 'Call the next person to the desk',
        params: z.object({ id: deskId }),
        response: { 200: answerSchema },
      },
    },
    async (request, reply) => {
      const asked = await askStaff(request, reply, request.params.id)
      if (asked === null) return reply
      const { command } = asked
      const answer = await callNext(context, command)
      if (answer.allowed || answer.code !== 'desk-not-open') return send(reply, answer)
      await openDesk(context, { ...command, accountId: asked.staff.accountId })
      return send(reply, await callNext(context, command))
    },
  )

  for (const [name, act] of Object.entries(visitActs)) {
    routes.post(
      `/api/v1/visits/:reference/${name}`,
      {
        config: {
          api: {
            access: 'staff',
            key: 'optional',
            problems: {
              403: 'not-your-desk: a desk of another unit',
              404: 'unknown-desk, unknown-visit',
              409: 'the state of the visit or the desk does not allow it',
              422: 'invalid-input, key-invalid, key-reused',
            },
          },
        },
        schema: {
          tags: ['staff'],
          summary: `${name}: what the desk that called does with the visit`,
          params: z.object({ reference: z.string().max(40) }),
          body: z.object({ desk: deskId }),
          response: { 200: answerSchema },
        },
      },
      async (request, reply) => {
        const asked = await askStaff(request, reply, request.body.desk)
        if (asked === null) return reply
        const reference = parseReference(request.params.reference) ?? ''
        return send(reply, await act(context, { ...asked.command, reference }))
      },
    )
  }

  /** The caller and the common parts of a command; null when the answer is already sent. */
  async function askStaff(
    request: FastifyRequest,
    reply: FastifyReply,
    slug: string,
  ): Promise<{ staff: Staff; command: DeskCommand } | null> {
    const staff = requireRole(request, reply, ...deskRoles)
    if (staff === null) return null
    const key = request.headers['idempotency-key']
    const office = await directory(context)
    const desk = office.desks.get(slug)
    const no =
      key !== undefined && !isKey(key)
        ? refuse('key-invalid')
        : desk === undefined
          ? refuse('unknown-desk')
          : worksAt(staff, office, desk)
            ? null
            : refuse('not-your-desk', [], [{ kind: 'own-desks', href: '/praca/stanowisko' }])
    if (no !== null) {
      sendRefusal(reply, 'queue-staff', no, statusOf(no))
      return null
    }
    const holder = staff.via === 'session' ? staff.accountId : undefined
    return {
      staff,
      command: { desk: slug, actor: `account:${staff.accountId}`, now: context.clock.now(), key: key as string | undefined, holder },
    }
  }
}

function send(reply: FastifyReply, answer: QueueAnswer): FastifyReply {
  if (!answer.allowed) return sendRefusal(reply, 'queue-staff', answer, statusOf(answer))
  const { code, visit, repeated } = answer
  return reply.send({ code, visit, repeated })
}

function statusOf({ code }: Refused): number {
  switch (code) {
    case 'not-your-desk':
      return 403
    case 'unknown-desk':
    case 'unknown-visit':
      return 404
    case 'key-invalid':
    case 'key-reused':
      return 422
    default:
      return 409
  }
}
