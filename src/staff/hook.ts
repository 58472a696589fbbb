/**
 * Who is asking: the hook puts `request.staff` on every request, and `requireRole` is the one line
 * with which a route says who may use it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
// Adds cookies to requests and replies.
import '@fastify/cookie'
import { machineClock, type Clock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
// Says on a route that only staff may ask.
import '../platform/http/api-document.js'
import { sendRefusal } from '../platform/problem.js'
import { whoIs } from './actions.js'
import type { Role, Staff } from './model.js'
import { hasRole, localReturn } from './rules.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The person of the staff who asks; null for everybody else. */
    staff: Staff | null
  }
  interface FastifyInstance {
    /** What other slices do when somebody signs out: a desk left open is no staffed desk. */
    beforeSignOut: ((staff: Staff) => Promise<'closed' | 'client-at-desk' | null>)[]
  }
}

export const staffCookie = 'okienko_staff'

/**
 * Puts `request.staff` on every request of `app`; @fastify/cookie must be registered before.
 * `machine` ends sessions: the machine's clock, never the office's.
 */
export function staffHook(app: FastifyInstance, context: Context, machine: Clock = machineClock): void {
  app.decorateRequest('staff', null)
  app.decorate('beforeSignOut', [])
  app.addHook('onRequest', async (request, reply) => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const cookie = request.cookies?.[staffCookie]
    if (bearer !== undefined || cookie !== undefined) request.staff = await whoIs(context, { bearer, cookie }, machine.now())
    // Before the body is read: a stranger learns nothing of what a staff route takes.
    if (request.staff === null && request.routeOptions.config.api?.access === 'staff') return notSignedIn(reply)
  })
}

function notSignedIn(reply: FastifyReply): FastifyReply {
  reply.header('Cache-Control', 'no-store').header('WWW-Authenticate', 'Bearer realm="okienko"')
  return sendRefusal(reply, 'staff', refuse('not-signed-in'), 401)
}

/**
 * The person, when signed in with one of the roles; else null, and the answer is already sent:
 * a page leads to the sign-in and back, the API answers 401 or 403.
 *
 * `const staff = requireRole(request, reply, 'guard'); if (staff === null) return reply`
 */
export function requireRole(request: FastifyRequest, reply: FastifyReply, ...allowed: readonly Role[]): Staff | null {
  const { staff } = request
  reply.header('Cache-Control', 'no-store')
  if (staff !== null && hasRole(staff, allowed)) return staff
  const api = request.url.startsWith('/api/')
  if (staff === null) {
    if (api) void notSignedIn(reply)
    else void reply.redirect(signInAddress(request), 303)
  } else if (api) void sendRefusal(reply, 'staff', refuse('not-your-role'), 403)
  else void reply.redirect('/praca?brak-uprawnien=1', 303)
  return null
}

/**
 * The sign-in, with the way back. A form that was sent after the session ended is lost, and that is
 * said; the way back is then the page the form stood on.
 */
function signInAddress(request: FastifyRequest): string {
  if (request.method === 'GET') return `/praca/logowanie?powrot=${encodeURIComponent(request.url)}`
  const { referer } = request.headers
  const page = referer !== undefined && URL.canParse(referer) ? new URL(referer) : null
  const back = page?.host === request.host ? `${page.pathname}${page.search}` : request.url
  return `/praca/logowanie?powrot=${encodeURIComponent(localReturn(back))}&koniec=formularz`
}
