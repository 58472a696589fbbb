/**
 * The demonstration's bar: moves the office's clock, forward only, for every process at once.
 */
import type { FastifyInstance } from 'fastify'
import { instantOf, officeDay, officeMinute, type MovableClock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { readDay } from '../platform/typed-time.js'
import { nextVisitAt } from './store.js'

/** The hour at which "next day" arrives: ten minutes before the desks open. */
const morningMinute = 7 * 60 + 20
/** A demonstration is not moved further than this at once: a slip of the hand is not a century. */
const daysMax = 3660

export function clockRoutes(app: FastifyInstance, context: Context, clock: MovableClock): void {
  app.post<{ Body: Record<string, unknown> | null }>('/pokaz/zegar', { schema: { hide: true } }, async (request, reply) => {
    const body = request.body ?? {}
    const at = await wanted(context, body)
    if (at !== null) await clock.moveTo(at)
    return reply.redirect(localPath(body['powrot']), 303)
  })
}

async function wanted(context: Context, body: Record<string, unknown>): Promise<Temporal.Instant | null> {
  const now = context.clock.now()
  if (typeof body['chwila'] === 'string' && body['chwila'] !== '') return typedInstant(body['chwila'], now)
  switch (body['krok']) {
    case '5-minut':
      return now.add({ minutes: 5 })
    case 'nastepna-wizyta':
      return nextVisitAt(context.database.pool, now)
    case 'nastepny-dzien': {
      const today = officeDay(now)
      return instantOf(officeMinute(now) < morningMinute ? today : today.add({ days: 1 }), morningMinute)
    }
    default:
      return null
  }
}

/** What a date-and-time field holds, on the office's wall; null when it is no such thing or too far away. */
export function typedInstant(text: string, now: Temporal.Instant): Temporal.Instant | null {
  const parts = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::\d{2})?$/.exec(text)
  const day = readDay(parts?.[1] ?? '')
  if (parts === null || day === null) return null
  const at = instantOf(day, Number(parts[2]) * 60 + Number(parts[3]))
  return at.since(now).total('hours') / 24 <= daysMax ? at : null
}

/** A path of this site to go back to, in the letters an address has; anything else is the front page. */
export function localPath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[!-~]*$/.test(path) ? path : '/'
}
