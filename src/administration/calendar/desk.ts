/** What every page of the plan needs before it is shown: who asks, for which units, the office and the law. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { directory, type Desk, type Directory, type Unit } from '../../directory/index.js'
import type { Context } from '../../platform/context.js'
import { ruleBook, type RuleBook } from '../../regulation/index.js'
import { requireRole, staffLinks, unitsHeaded, type Staff } from '../../staff/index.js'
import type { StaffLink } from '../../ui/index.js'
import { planners } from './model.js'

export const hidden = { schema: { hide: true } } as const

export interface Planner {
  readonly staff: Staff
  readonly office: Directory
  readonly book: RuleBook
  readonly links: readonly StaffLink[]
  /** Units the person plans; null is all. */
  readonly allowed: readonly string[] | null
}

/** Null when the person may not: the answer is already sent. */
export async function openPlan(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Planner | null> {
  const staff = requireRole(request, reply, ...planners)
  if (staff === null) return null
  const [office, book] = await Promise.all([directory(context), ruleBook(context)])
  return { staff, office, book, links: staffLinks(request.shell.t, staff, office), allowed: unitsHeaded(staff, office) }
}

export function mayPlan({ allowed }: Pick<Planner, 'allowed'>, unitId: string): boolean {
  return allowed === null || allowed.includes(unitId)
}

/** The desk of the address, where the person plans it; a closed one is shown and not changed. */
export function deskAt(planner: Planner, request: FastifyRequest): Desk | null {
  const id = numberAt(request, 'desk')
  const desk = id === null ? undefined : planner.office.desksById.get(id)
  return desk !== undefined && mayPlan(planner, desk.unitId) ? desk : null
}

/** A whole number of the address. */
export function numberAt(request: FastifyRequest, name: string): number | null {
  const text = (request.params as Record<string, string>)[name] ?? ''
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

/** Units with open desks the person plans, in the order of the office, with their desks. */
export function plannedDesks({ office, allowed }: Pick<Planner, 'office' | 'allowed'>): { unit: Unit; desks: readonly Desk[] }[] {
  const byUnit = Map.groupBy(
    [...office.desks.values()].filter(({ closed, unitId }) => !closed && (allowed === null || allowed.includes(unitId))),
    ({ unitId }) => unitId,
  )
  return [...office.units.values()].flatMap((unit) => {
    const desks = byUnit.get(unit.id)
    return desks === undefined ? [] : [{ unit, desks }]
  })
}

/** The page of an address nobody has. */
export function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}
