/** By when somebody has to decide, and whose it is. Pure. */
import type { Directory } from '../../directory/index.js'
import { hasRole, seesService, unitsHeaded, type Account, type Placed } from '../../staff/index.js'

/** A day before the visit, so that the person learns of it in time; of a visit sooner than that, its start. */
export function dueBy(openedAt: Temporal.Instant, startsAt: Temporal.Instant): Temporal.Instant {
  const before = startsAt.subtract({ hours: 24 })
  return Temporal.Instant.compare(before, openedAt) > 0 ? before : startsAt
}

/** The head of the unit that handles the matter, or of the nearest unit above it that has one; else the first Secretary; null without either. */
export function headOf(office: Directory, accounts: readonly Account[], serviceId: string): Account | null {
  const unitId = office.services.get(serviceId)?.unitId
  const units = unitId === undefined ? [] : office.unitAndParents(unitId).map(({ id }) => id)
  const heads = accounts.filter(({ roles }) => roles.includes('head'))
  for (const id of units) {
    const head = heads.find((account) => account.unitId === id)
    if (head !== undefined) return head
  }
  return accounts.find(({ roles }) => roles.includes('secretary')) ?? null
}

/** Matters about whose visits a person rings: those decided on, and for a clerk those of the visits seen. */
export function mattersRung(staff: Placed, office: Directory): string[] {
  const decided = new Set(mattersOf(staff, office))
  const clerk = hasRole(staff, ['service-office', 'desk'])
  return [...office.services.keys()].filter((id) => decided.has(id) || (clerk && seesService(staff, office, id)))
}

/** The Secretary and the administrator decide on all; a head on those of the own unit, whatever else the person does. */
export function mattersOf(staff: Placed, office: Directory): string[] {
  const units = unitsHeaded(staff, office)
  return [...office.services.values()].filter(({ unitId }) => units === null || units.includes(unitId)).map(({ id }) => id)
}
