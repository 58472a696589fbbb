/** `GET /api/v1/advice-counts`: visits that advice spared, by matter and way, for whoever runs the unit. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../platform/context.js'
import type { FieldError } from '../platform/decision.js'
import { sendInputErrors } from '../platform/problem.js'
import { readDay } from '../platform/typed-time.js'
import { directory } from '../directory/index.js'
import { requireRole, unitsOf, type Role } from '../staff/index.js'
import { byMatter, lastDays, sparedVisits } from './advice-count.js'

/** Who sees the sums: who runs a unit, and who runs the office's program. */
export const sparedRoles: readonly Role[] = ['head', 'administrator']

/** Days one question may span. */
const daysMax = 366

const answer = z.object({
  from: z.string(),
  to: z.string(),
  matters: z.array(
    z.object({
      service: z.string(),
      spared: z.int().describe('visits spared: all ways but leaving papers at the office'),
      ways: z.record(z.string(), z.int()).describe('presses by way'),
    }),
  ),
})

export function adviceCountApi(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/advice-counts',
    {
      config: { api: { access: 'staff' } },
      schema: {
        tags: ['staff'],
        summary: 'Visits that advice spared, by matter and way (head of a unit, administrator)',
        querystring: z.object({
          from: z.string().max(40).optional().describe('first day, as 2020-05-26; 29 days before the last when left out'),
          to: z.string().max(40).optional().describe(`last day, at most ${daysMax} days in all; today when left out`),
        }),
        response: { 200: answer },
      },
    },
    async (request, reply) => {
      const staff = requireRole(request, reply, ...sparedRoles)
      if (staff === null) return reply
      const period = readPeriod(request.query, context.clock.now())
      if ('errors' in period) return sendInputErrors(reply, period.errors)
      const office = await directory(context)
      const matters = byMatter(office, await sparedVisits(context, period), unitsOf(staff, office))
      void reply.header('cache-control', 'private, no-store')
      return {
        from: period.from.toString(),
        to: period.to.toString(),
        matters: matters.map(({ service, spared, ways }) => ({ service: service.id, spared, ways: Object.fromEntries(ways) })),
      }
    },
  )
}

function readPeriod(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now: Temporal.Instant,
): { from: Temporal.PlainDate; to: Temporal.PlainDate } | { errors: FieldError[] } {
  const usual = lastDays(now)
  const last = to === undefined ? usual.to : readDay(to)
  const first = from === undefined ? (last ?? usual.to).subtract({ days: usual.from.until(usual.to).days }) : readDay(from)
  const errors: FieldError[] = []
  if (first === null) errors.push({ field: 'from', message: 'booking.error.day-wrong' })
  if (last === null) errors.push({ field: 'to', message: 'booking.error.day-wrong' })
  if (first === null || last === null) return { errors }
  if (Temporal.PlainDate.compare(last, first) < 0) return { errors: [{ field: 'to', message: 'booking.error.days-order' }] }
  if (first.until(last).days >= daysMax) return { errors: [{ field: 'to', message: 'booking.error.days-many', values: { most: daysMax } }] }
  return { from: first, to: last }
}
