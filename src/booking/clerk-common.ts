/** What the pages of the service office share: who may open them, the frame, and fields of every form. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { parseReference } from '../platform/references.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { seesService, staffLinks, type Role, type Staff } from '../staff/index.js'
import { idempotencyField, type StaffLink } from '../ui/index.js'
import { findVisit, type Actor, type Visit } from '../visit/index.js'
import { limitExceptions, type LimitException } from './model.js'

export const clerkRoles: readonly Role[] = ['service-office', 'head', 'desk', 'administrator']
export const hidden = { schema: { hide: true } } as const

/** What every page of staff shows around its content. */
export async function common(
  context: Context,
  request: FastifyRequest,
  staff: Staff,
): Promise<{ office: Directory; links: readonly StaffLink[] }> {
  const office = await directory(context)
  return { office, links: staffLinks(request.shell.t, staff, office) }
}

export function actorOf(staff: Staff): Actor {
  return `account:${staff.accountId}`
}

export function exceptionOf(body: unknown): LimitException | null {
  return limitExceptions.find((each) => each === formText(body, 'wyjatek')) ?? null
}

/** The form's key; one of its own when it came without, so that nothing is booked under nobody's key. */
export function formKey(body: unknown): string {
  const key = formText(body, idempotencyField, 50)
  return isKey(key) ? key : crypto.randomUUID()
}

/**
 * Lets the browser keep a page that answers a form, for its own Back alone: a page that may not be
 * kept is a browser's error there, and what was found or typed is gone. Signing out empties it.
 */
export function keepForBack(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'private, no-cache')
}

/** A matter this person books. */
export async function clerkService(context: Context, staff: Staff, id: string): Promise<Service | null> {
  const office = await directory(context)
  const service = office.services.get(id)
  return service === undefined || service.closed || service.dropOff || !seesService(staff, office, id) ? null : service
}

/** A visit this person sees. */
export async function clerkVisit(context: Context, staff: Staff, typed: string): Promise<Visit | null> {
  const reference = parseReference(typed)
  const visit = reference === null ? null : await findVisit(context.database.pool, reference)
  if (visit === null || visit.state === 'held') return null
  return seesService(staff, await directory(context), visit.serviceId) ? visit : null
}
