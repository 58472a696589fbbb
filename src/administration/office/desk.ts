/** What every page of the office needs before it is shown: who asks, the office, and what of it is open to them. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { directory, officePart, thingIn, type Directory, type OfficeFile, type WholeOffice } from '../../directory/index.js'
import { requireRole, staffLinks, type Staff } from '../../staff/index.js'
import type { SelectItem, StaffLink } from '../../ui/index.js'
import { wholeOffice } from './actions.js'
import { keepers } from './model.js'
import { nameOfThing } from './parts.js'
import { mayChange } from './rules.js'

export const hidden = { schema: { hide: true } } as const

export interface Desk {
  readonly staff: Staff
  readonly office: Directory
  readonly whole: WholeOffice
  readonly file: OfficeFile
  readonly links: readonly StaffLink[]
}

/** Null when the person may not: the answer is already sent. */
export async function openDesk(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Desk | null> {
  const staff = requireRole(request, reply, ...keepers)
  if (staff === null) return null
  const [office, whole] = await Promise.all([directory(context), wholeOffice(context.database.pool)])
  return { staff, office, whole, file: whole.file, links: staffLinks(request.shell.t, staff, office) }
}

/** The page of an address nobody has. */
export function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}

/** Things to be chosen from, by name. */
export function choicesIn(file: OfficeFile, part: string): readonly SelectItem[] {
  return [...(officePart(part)?.things(file).keys() ?? [])].map((value) => ({ value, text: nameOfThing(file, part, value) }))
}

/** The desks of which the person may say whether they offer a matter. */
export function desksAsked({ staff, office, file }: Pick<Desk, 'staff' | 'office' | 'file'>): readonly string[] {
  return file.desks.map(({ slug }) => slug).filter((slug) => mayChange(staff, office, 'desk', thingIn(file, 'desk', slug) ?? {}))
}
