/**
 * The demonstration's bar: moves the office's clock, forward only, for every process at once, and
 * leads back to the page it was pressed on. What cannot be done is said, never swallowed.
 */
import type { FastifyInstance } from 'fastify'
import { instantOf, officeDay, officeMinute, type MovableClock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { readDay } from '../platform/typed-time.js'
import { sendPage } from '../ui/index.js'
import { NotMoved, type WhyNotMoved } from './not-moved.js'
import { nextVisitAt } from './store.js'

/** The hour at which "next day" arrives: ten minutes before the desks open. */
const morningMinute = 7 * 60 + 20
/** A demonstration is not moved further than this at once: a slip of the hand is not a century. */
const daysMax = 3660

export function clockRoutes(app: FastifyInstance, context: Context, clock: MovableClock): void {
  app.post<{ Body: Record<string, unknown> | null }>('/pokaz/zegar', { schema: { hide: true } }, async (request, reply) => {
    const body = request.body ?? {}
    const back = wayBack(app, body['powrot'])
    const at = await wanted(context, body)
    if (typeof at === 'string') return sendPage(reply, NotMoved({ shell: request.shell, why: at, back }), 422)
    if (at !== null) await clock.moveTo(at)
    return reply.redirect(back, 303)
  })
}

async function wanted(context: Context, body: Record<string, unknown>): Promise<Temporal.Instant | WhyNotMoved | null> {
  const now = context.clock.now()
  if (typeof body['chwila'] === 'string') return typedInstant(body['chwila'], now)
  switch (body['krok']) {
    case '5-minut':
      return now.add({ minutes: 5 })
    case 'nastepna-wizyta':
      return (await nextVisitAt(context.database.pool, now)) ?? 'no-visit'
    case 'nastepny-dzien': {
      const today = officeDay(now)
      return instantOf(officeMinute(now) < morningMinute ? today : today.add({ days: 1 }), morningMinute)
    }
    default:
      return null
  }
}

/** What a date-and-time field holds, on the office's wall; why not, when it is no such thing, past, or too far away. */
export function typedInstant(text: string, now: Temporal.Instant): Temporal.Instant | WhyNotMoved {
  const parts = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::\d{2})?$/.exec(text)
  const day = readDay(parts?.[1] ?? '')
  if (parts === null || day === null) return 'unreadable'
  const at = instantOf(day, Number(parts[2]) * 60 + Number(parts[3]))
  if (Temporal.Instant.compare(at, now) <= 0) return 'forward-only'
  return at.since(now).total('hours') / 24 <= daysMax ? at : 'too-far'
}

/**
 * Where the bar was pressed, if that can be fetched. A page that answers a form may stand at an
 * address nobody can ask for again: then the nearest address above it that can.
 */
export function wayBack(app: Pick<FastifyInstance, 'findRoute'>, path: unknown): string {
  const asked = localPath(path)
  let above = asked.split(/[?#]/, 1)[0] as string
  if (app.findRoute({ method: 'GET', url: above }) !== null) return asked
  while (above.length > 1) {
    above = above.slice(0, Math.max(1, above.lastIndexOf('/')))
    if (app.findRoute({ method: 'GET', url: above }) !== null) return above
  }
  return '/'
}

/** A path of this site to go back to, in the letters an address has; anything else is the front page. */
export function localPath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[!-~]*$/.test(path) ? path : '/'
}
