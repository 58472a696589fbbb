/**
 * Who may change what of the office. The administrator everything; the secretary everything but what
 * only machines feel; a head the desks and matters of the own unit and those below it, and how the unit
 * is reached. Pure.
 */
import type { Directory, Thing } from '../../directory/index.js'
import { hasRole, unitsOf, type Staff } from '../../staff/index.js'

/** Settings that decide how the program defends itself, not how people are served. */
export const technicalSettings: readonly string[] = [
  'hold-minutes-max',
  'holds-per-browser',
  'holds-without-proof',
  'proof-hashes-max',
  'freed-minutes-min',
  'freed-minutes-max',
]

/** What a head says of the own unit: how it is reached. */
const contactKeys: readonly string[] = ['phones', 'fax', 'email', 'contactSource', 'keywords']

/** Does the person change things of this kind at all? */
export function mayKeep(staff: Staff, part: string): boolean {
  if (hasRole(staff, ['administrator'])) return true
  if (hasRole(staff, ['secretary'])) return part !== 'notes'
  return hasRole(staff, ['head']) && ['desk', 'service', 'unit'].includes(part)
}

/** May the person change this thing, or add or take away such a one? */
export function mayChange(staff: Staff, office: Directory, part: string, thing: NonNullable<Thing>): boolean {
  if (!mayKeep(staff, part)) return false
  if (hasRole(staff, ['administrator', 'secretary'])) return true
  return unitsOf({ ...staff, roles: ['head'] }, office)?.includes(String(part === 'unit' ? thing['id'] : thing['unitId'])) ?? false
}

/** May the person add things of this kind, and take them away? Units come and go by the secretary. */
export function mayAdd(staff: Staff, part: string): boolean {
  return mayKeep(staff, part) && (part !== 'unit' || hasRole(staff, ['administrator', 'secretary']))
}

/** Does the person answer for this key of a thing? */
export function asksFor(staff: Staff, part: string, key: string): boolean {
  if (hasRole(staff, ['administrator'])) return true
  if (part === 'settings') return !technicalSettings.includes(key)
  return part !== 'unit' || hasRole(staff, ['secretary']) || contactKeys.includes(key)
}
