/**
 * Where a person of the staff works: whose visits and requests are seen, and at which desks. The
 * service office and the administrator see the whole office; a head or a desk clerk the own unit
 * and what belongs to it. Pure; written down in docs/decisions/0006-who-sees-what.md.
 */
import type { Desk, Directory } from '../directory/index.js'
import type { Placed } from './model.js'
import { hasRole } from './rules.js'

/** Units whose visits and requests a person sees: null is all. */
export function unitsOf(staff: Placed, office: Directory): readonly string[] | null {
  if (seesAll(staff)) return null
  const own = staff.unitId ?? (staff.deskId === null ? null : (office.desksById.get(staff.deskId)?.unitId ?? null))
  if (own === null) return []
  return [...office.units.values()].filter((unit) => office.unitAndParents(unit.id).some((each) => each.id === own)).map((unit) => unit.id)
}

/** Units a person answers for, whatever else they do here: the Secretary and the administrator for all (null), a head for the own. */
export function unitsHeaded(staff: Placed, office: Directory): readonly string[] | null {
  return hasRole(staff, ['secretary', 'administrator']) ? null : unitsOf({ ...staff, roles: ['head'] }, office)
}

/** Does the person see matters of this service? */
export function seesService(staff: Placed, office: Directory, serviceId: string): boolean {
  const units = unitsOf(staff, office)
  return units === null || units.includes(office.services.get(serviceId)?.unitId ?? '')
}

/** May the person work at this desk? The desk's own unit counts, also where sections share a room. */
export function worksAt(staff: Placed, office: Directory, desk: Desk): boolean {
  const units = unitsOf(staff, office)
  return units === null || desk.id === staff.deskId || units.includes(desk.unitId)
}

/** May the person take a desk from a colleague at which somebody is being served? */
export function mayTakeOver(staff: Placed): boolean {
  return seesAll(staff) || hasRole(staff, ['head'])
}

/** The service office and the administrator work for the whole office. */
export function seesAll(staff: Placed): boolean {
  return hasRole(staff, ['service-office', 'administrator'])
}
