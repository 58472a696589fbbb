/** What all requests about visits share: who asks, whose visit it is, the key, the answer and the refusal. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Context } from '../platform/context.js'
import { officeZone } from '../platform/clock.js'
import { refuse, type Refused } from '../platform/decision.js'
import { isKey } from '../platform/idempotency.js'
import { sendRefusal } from '../platform/problem.js'
import { parseReference } from '../platform/references.js'
import { words } from '../platform/words.js'
import { directory } from '../directory/index.js'
import { hasRole, seesService } from '../staff/index.js'
import type { Actor, Visit } from '../visit/index.js'
import type { visitAnswer } from './api-schemas.js'
import { clerkRoles } from './clerk-common.js'
import { currentVisit } from './confirmation.js'
import type { Outcome } from './model.js'

/** Is somebody signed in who books for others? */
export function isClerk({ staff }: FastifyRequest): boolean {
  return staff !== null && hasRole(staff, clerkRoles)
}

/** The clerk who asks for a matter, as an actor; null for everybody else, and for matters of another unit. */
export async function bookingClerk(context: Context, request: FastifyRequest, serviceId: string): Promise<Actor | null> {
  const { staff } = request
  if (staff === null || !isClerk(request)) return null
  const office = await directory(context)
  // A matter nobody has is refused as such, not as somebody else's.
  const sees = !office.services.has(serviceId) || seesService(staff, office, serviceId)
  return sees ? `account:${staff.accountId}` : null
}

/** The visit whose secret the request carries, or why not; a clerk of its unit needs none. */
export async function opened(context: Context, request: FastifyRequest): Promise<Visit | Refused> {
  const reference = parseReference((request.params as { reference: string }).reference)
  const secret = /^Bearer ([A-Za-z0-9_-]{1,100})$/i.exec(request.headers.authorization ?? '')?.[1]
  const clerk = isClerk(request)
  if (secret === undefined && !clerk) return refuse('secret-missing')
  const own = reference !== null && secret !== undefined && context.secrets.isSecretOf(reference, secret)
  if (reference === null || !(own || clerk)) return refuse('unknown-visit')
  const visit = await currentVisit(context, reference)
  if (visit === null || !(own || (await bookingClerk(context, request, visit.serviceId)) !== null)) return refuse('unknown-visit')
  return visit
}

/** The idempotency key of the request, or that it is missing or wrong. */
export function requiredKey(request: FastifyRequest): string | Refused {
  return optionalKey(request) ?? refuse('key-missing')
}

/** The same where a key may be left out: null then. */
export function optionalKey(request: FastifyRequest): string | Refused | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  return isKey(key) ? key.toLowerCase() : refuse('key-invalid')
}

/** A visit as the API tells of it. */
export function answer(
  visit: Pick<Extract<Outcome, { allowed: true }>, 'reference' | 'state' | 'serviceId' | 'buildingId' | 'start' | 'end' | 'confirmUntil'>,
): z.infer<typeof visitAnswer> {
  return {
    reference: visit.reference,
    state: visit.state,
    service: visit.serviceId,
    building: visit.buildingId,
    start: withOffset(visit.start),
    end: withOffset(visit.end),
    ...(visit.state === 'pending' && visit.confirmUntil !== null ? { confirmUntil: withOffset(visit.confirmUntil) } : {}),
  }
}

/** An instant as the office's wall shows it, with its offset. */
export function withOffset(at: Temporal.Instant): string {
  return at.toString({ timeZone: officeZone, smallestUnit: 'second' })
}

/** Sends a refusal with the status of its code; regulation's codes have their sentences there. */
export function problem(reply: FastifyReply, refusal: Refused): FastifyReply {
  if (refusal.code === 'secret-missing') reply.header('WWW-Authenticate', 'Bearer realm="visit"')
  const slice = words('pl').has(`booking.refused.${refusal.code}`) ? 'booking' : 'regulation'
  return sendRefusal(reply.header('Cache-Control', 'no-store'), slice, refusal, statusOf(refusal.code))
}

function statusOf(code: string): number {
  switch (code) {
    case 'key-missing':
      return 400
    case 'secret-missing':
      return 401
    case 'channel-not-allowed':
    case 'not-your-unit':
      return 403
    case 'too-many-tries':
      return 429
    case 'unknown-service':
    case 'unknown-visit':
    case 'unknown-request':
    case 'unknown-entry':
      return 404
    case 'key-invalid':
    case 'key-reused':
      return 422
    default:
      return 409
  }
}
