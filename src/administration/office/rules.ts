/**
 * Who may change what of the office. The administrator everything; the secretary everything but what
 * only machines feel; a head the desks and matters of the own unit and those below it, and how the unit
 * is reached. Pure.
 */
import { sameThing, type Difference, type Directory, type OfficeChange, type Thing } from '../../directory/index.js'
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

/** May the person take these changes back? Who could have made each of them. */
export function mayUndo(staff: Staff, office: Directory, changes: readonly OfficeChange[]): boolean {
  if (hasRole(staff, ['administrator', 'secretary'])) return true
  return changes.every((change) => [change.before, change.after].every((thing) => thing === null || mayHave(staff, office, change, thing)))
}

function mayHave(staff: Staff, office: Directory, { part, before, after }: OfficeChange, thing: NonNullable<Thing>): boolean {
  switch (part) {
    case 'unit':
      return (
        before !== null &&
        after !== null &&
        mayChange(staff, office, part, thing) &&
        sameThing(beyondContacts(before), beyondContacts(after))
      )
    case 'shift':
    case 'absence': {
      const desk = office.desks.get(String([thing['desks'] ?? thing['desk']].flat()[0]))
      return desk !== undefined && mayChange(staff, office, 'desk', { unitId: desk.unitId })
    }
    default:
      return mayChange(staff, office, part, thing)
  }
}

/** What of a unit is not how it is reached. */
function beyondContacts(unit: NonNullable<Thing>): Thing {
  return Object.fromEntries(Object.entries(unit).filter(([key]) => !contactKeys.includes(key)))
}

/** May the person load a file that changes these things? */
export function mayLoad(staff: Staff, different: readonly Difference[]): boolean {
  if (hasRole(staff, ['administrator'])) return true
  return (
    hasRole(staff, ['secretary']) &&
    different.every(
      ({ part, before, after }) => mayKeep(staff, part) && (part !== 'settings' || sameThing(technical(before), technical(after))),
    )
  )
}

function technical(settings: Thing): Thing {
  return Object.fromEntries(Object.entries(settings ?? {}).filter(([key]) => technicalSettings.includes(key)))
}
