/**
 * Who may change what of the office. The administrator everything; the secretary everything but what
 * only machines feel; a head the desks and matters of the own unit and those below it, and how the unit
 * is reached. Pure.
 */
import {
  sameThing,
  thingIn,
  type Difference,
  type Directory,
  type OfficeChange,
  type OfficeFile,
  type Thing,
} from '../../directory/index.js'
import { hasRole, unitsHeaded, type Staff } from '../../staff/index.js'

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
  const units = unitsHeaded(staff, office)
  return units === null || units.includes(String(part === 'unit' ? thing['id'] : thing['unitId']))
}

/** May the person add things of this kind, and take them away? Units come and go by the secretary. */
export function mayAdd(staff: Staff, part: string): boolean {
  return mayKeep(staff, part) && (part !== 'unit' || hasRole(staff, ['administrator', 'secretary']))
}

/** May the person take things of this kind away? What an office has once it cannot be without. */
export function mayRemove(staff: Staff, part: string): boolean {
  return mayAdd(staff, part) && !['office', 'privacy', 'settings', 'days-off'].includes(part)
}

/** What a desk names newly that this person has no say in: matters of other units, a room of a building where no own unit is. */
export function beyondOwn(staff: Staff, office: Directory, file: OfficeFile, before: Thing, after: NonNullable<Thing>): BeyondOwn {
  const services = namesIn(after).filter(
    (id) => !namesIn(before).includes(id) && !mayChange(staff, office, 'service', thingIn(file, 'service', id) ?? {}),
  )
  const room =
    after['roomId'] === before?.['roomId'] || mayOccupy(staff, office, file, String(after['roomId'])) ? null : String(after['roomId'])
  return { services, room }
}

export interface BeyondOwn {
  readonly services: readonly string[]
  readonly room: string | null
}

function namesIn(desk: Thing): readonly string[] {
  return (desk?.['services'] as readonly string[] | undefined) ?? []
}

/** May the person put a desk into this room? A head where one of the own units has its seat. */
export function mayOccupy(staff: Staff, office: Directory, file: OfficeFile, roomId: string): boolean {
  if (hasRole(staff, ['administrator', 'secretary'])) return true
  const room = thingIn(file, 'room', roomId)
  return file.units.some((unit) => unit.buildingId === room?.['buildingId'] && mayChange(staff, office, 'unit', { ...unit }))
}

/** Does the person answer for this key of a thing? */
export function asksFor(staff: Staff, part: string, key: string): boolean {
  if (hasRole(staff, ['administrator'])) return true
  if (part === 'settings') return !technicalSettings.includes(key)
  return part !== 'unit' || hasRole(staff, ['secretary']) || contactKeys.includes(key)
}

/** May the person take these changes back? Who could have made each of them. */
export function mayUndo(staff: Staff, office: Directory, changes: readonly OfficeChange[]): boolean {
  if (hasRole(staff, ['administrator', 'secretary'])) return mayLoad(staff, changes)
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
    case 'absence':
      return [thing['desks'] ?? thing['desk']].flat().every((slug) => isOwnDesk(staff, office, slug))
    default:
      return mayChange(staff, office, part, thing)
  }
}

/** May the person see this change in the history? A head what concerns the own unit: others' absences are not the head's to know. */
export function maySee(staff: Staff, office: Directory, { part, before, after }: Pick<OfficeChange, 'part' | 'before' | 'after'>): boolean {
  if (hasRole(staff, ['administrator', 'secretary'])) return true
  return [before, after].some((thing) => thing !== null && concernsOwn(staff, office, part, thing))
}

function concernsOwn(staff: Staff, office: Directory, part: string, thing: NonNullable<Thing>): boolean {
  if (part === 'shift' || part === 'absence') return [thing['desks'] ?? thing['desk']].flat().some((slug) => isOwnDesk(staff, office, slug))
  if (part !== 'special-day') return mayChange(staff, office, part, thing)
  return [thing['units'] ?? []].flat().some((id) => mayChange(staff, office, 'unit', { id }))
}

function isOwnDesk(staff: Staff, office: Directory, slug: unknown): boolean {
  const desk = office.desks.get(String(slug))
  return desk !== undefined && mayChange(staff, office, 'desk', { unitId: desk.unitId })
}

/** What of a unit is not how it is reached. */
function beyondContacts(unit: NonNullable<Thing>): Thing {
  return Object.fromEntries(Object.entries(unit).filter(([key]) => !contactKeys.includes(key)))
}

/** May the person load a file that changes these things? */
export function mayLoad(staff: Staff, different: readonly Pick<Difference, 'part' | 'before' | 'after'>[]): boolean {
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
