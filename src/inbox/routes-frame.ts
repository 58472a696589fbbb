/** What the clerk's pages of mails share: who may open them, and what stands around each. */
import type { FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { directory, type Directory } from '../directory/index.js'
import { staffLinks, type Role, type Staff } from '../staff/index.js'
import type { StaffLink } from '../ui/index.js'
import type { Actor } from '../visit/index.js'

export const clerkRoles: readonly Role[] = ['service-office', 'head', 'desk', 'administrator']
export const hidden = { schema: { hide: true } } as const

export interface Frame {
  readonly office: Directory
  readonly links: readonly StaffLink[]
  readonly now: Temporal.Instant
}

export async function frameOf(context: Context, request: FastifyRequest, staff: Staff): Promise<Frame> {
  const office = await directory(context)
  return { office, links: staffLinks(request.shell.t, staff, office), now: context.clock.now() }
}

export function actorOf({ accountId }: Staff): Actor {
  return `account:${accountId}`
}
