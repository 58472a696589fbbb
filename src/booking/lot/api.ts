/** Releases and draws over /api/v1, for anyone: when days open, and the order of a draw to be checked. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { officeZone } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { refuse } from '../../platform/decision.js'
import { basisSchema } from '../../platform/decision-schema.js'
import { sendRefusal } from '../../platform/problem.js'
import { directory } from '../../directory/index.js'
import { releaseStage, ruleBook, webDays } from '../../regulation/index.js'
import { isDrawn } from './drawn.js'
import { drawById, publicOrder } from './store.js'

const releaseAnswer = z.array(
  z.object({
    day: z.string(),
    stage: z.enum(['open', 'not-yet-released', 'by-lot', 'lot-being-drawn']),
    at: z.string().describe('from when the times of the day can be taken'),
    lotUntil: z.string().nullable().describe('until when entries for the draw are taken; null where who comes first takes'),
    basis: z.array(basisSchema),
  }),
)
const lotAnswer = z.object({
  id: z.int(),
  opensAt: z.string(),
  closesAt: z.string().describe('until when entries are taken'),
  confirmUntil: z.string().nullable().describe('until when it waits for entries to be confirmed; null where that is not asked'),
  seedHash: z.string().describe('SHA-256 of the seed, hexadecimal; published before the first entry'),
  seed: z.string().nullable().describe('hexadecimal; null until the order is written'),
  order: z
    .array(z.object({ reference: z.string(), rank: z.int(), state: z.enum(['waiting', 'won', 'lost', 'withdrawn']) }))
    .describe('entries ascending by HMAC-SHA256 of the reference under the seed; empty until drawn'),
})

export function lotApi(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/services/:id/releases',
    {
      config: { api: { access: 'anyone', problems: { 404: 'unknown-service' }, headers: { 200: { 'Cache-Control': 'a second' } } } },
      schema: {
        summary: 'Days whose times an act releases at a time of its own',
        tags: ['visits'],
        params: z.object({ id: z.string().max(200) }),
        response: { 200: releaseAnswer },
      },
    },
    async (request, reply) => {
      const now = context.clock.now()
      const [office, book] = await Promise.all([directory(context), ruleBook(context)])
      const service = office.services.get(request.params.id)
      if (service === undefined || service.closed) return sendRefusal(reply, 'booking', refuse('unknown-service'), 404)
      const { coming, byLot } = webDays(book, office, service.id, now)
      const answer = await Promise.all(
        [...byLot, ...coming].map(async ({ day, release }) => ({
          day: day.toString(),
          stage: releaseStage(release, now, await isDrawn(context, release, now)),
          at: withOffset(release.at),
          lotUntil: release.lotUntil && withOffset(release.lotUntil),
          basis: [...release.basis],
        })),
      )
      return reply.header('Cache-Control', 'public, max-age=1, must-revalidate').send(answer)
    },
  )
  routes.get(
    '/api/v1/lots/:id',
    {
      config: { api: { access: 'anyone', problems: { 404: 'unknown-lot' }, headers: { 200: { 'Cache-Control': 'no-store' } } } },
      schema: {
        summary: 'A draw: its promise, and once drawn its seed and order',
        tags: ['visits'],
        params: z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) }),
        response: { 200: lotAnswer },
      },
    },
    async (request, reply) => {
      const { pool } = context.database
      const draw = await drawById(pool, request.params.id)
      if (draw === null) return sendRefusal(reply, 'booking', refuse('unknown-lot'), 404)
      const drawn = draw.orderedAt !== null
      return reply.header('Cache-Control', 'no-store').send({
        id: draw.id,
        opensAt: withOffset(draw.opensAt),
        closesAt: withOffset(draw.closesAt),
        confirmUntil: draw.confirmUntil && withOffset(draw.confirmUntil),
        seedHash: draw.seedHash.toString('hex'),
        seed: drawn ? draw.seed.toString('hex') : null,
        order: drawn ? [...(await publicOrder(pool, draw.id))] : [],
      })
    },
  )
}

function withOffset(at: Temporal.Instant): string {
  return at.toString({ timeZone: officeZone, smallestUnit: 'second' })
}
