/**
 * Where a person of the staff may go: the menu, and the links on top of every page of theirs. What
 * is shown is what the pages allow, and they ask again (docs/decisions/0006-who-sees-what.md).
 */
import type { Directory } from '../directory/index.js'
import type { Translate } from '../platform/words.js'
import type { StaffLink } from '../ui/index.js'
import { roles, type Role, type Staff } from './model.js'
import { seesAll } from './places.js'
import { hasRole } from './rules.js'

/** The parts of the menu, in their order: what is done for people, the unit's work, the rules, the office itself. */
const groups = ['people', 'doors', 'unit', 'law', 'office'] as const
type Group = (typeof groups)[number]

export interface MenuItem extends StaffLink {
  /** A sentence under the link in the menu. */
  readonly hint: string
}

/** Something that waits for a person of the staff. */
export interface Notice {
  readonly href: string
  readonly text: string
}

/** The pages of this person, in their groups, most used first. */
export function menuOf(t: Translate, staff: Staff, office: Directory): MenuItem[] {
  const items = new Map<Group, MenuItem[]>(groups.map((group) => [group, []]))
  const adding =
    (group: Group): Add =>
    (allowed, href, key, values) => {
      if (!hasRole(staff, allowed)) return
      const text = t(`staff-staff.menu.${key}`, values)
      items.get(group)?.push({ href, text, hint: t(`staff-staff.menu.${key}.hint`, values), group: t(`staff-staff.menu.group.${group}`) })
    }
  const [people, door, unit, law, whole] = groups.map(adding) as [Add, Add, Add, Add, Add]
  const clerks: readonly Role[] = ['service-office', 'head', 'desk', 'administrator']
  const keepers: readonly Role[] = ['secretary', 'head', 'administrator']
  const desk = staff.deskId === null ? undefined : office.desksById.get(staff.deskId)
  if (desk) people(['desk'], `/praca/stanowisko/${encodeURIComponent(desk.slug)}`, 'desk', { desk: desk.label })
  people(clerks, '/praca/stanowisko', 'desks')
  people(clerks, '/praca/obsluga', seesAll(staff) ? 'service-office' : 'booking')
  people(clerks, '/praca/prosby', 'requests')
  people(clerks, '/praca/poczta', 'mail')
  people(['head', 'service-office', 'administrator'], '/praca/sala', 'room')
  people(clerks, '/praca/lista', 'list')
  people(clerks, '/praca/niedoreczone', 'undelivered')
  for (const building of doorsOf(staff, office))
    door(['guard', 'service-office', 'administrator'], `/praca/wejscie/${building.id}`, 'door', { building: building.name })
  unit(keepers, '/praca/grafik', 'plan')
  unit(keepers, '/praca/moj-wydzial', 'own-unit')
  unit(keepers, '/praca/przeglad', 'review')
  unit(keepers, '/praca/kontakty', 'contacts')
  unit(keepers, '/praca/opinie', 'opinions')
  law(keepers, '/praca/akty', 'acts')
  law(roles, '/praca/co-sie-zmienia', 'changes')
  law(keepers, '/praca/zadania', 'tasks')
  law(keepers, '/praca/zgodnosc', 'compliance')
  law(keepers, '/zasady', 'rules')
  whole(keepers, '/praca/urzad', 'office')
  whole(['administrator'], '/praca/szablony', 'templates')
  whole(['administrator'], '/praca/wiadomosci', 'messages')
  whole(['administrator', 'service-office'], '/praca/urzadzenia', 'devices')
  whole(['administrator'], '/praca/ekrany', 'screens')
  whole(['administrator'], '/praca/konta', 'accounts')
  whole(['administrator'], '/praca/wyszukiwania', 'searches')
  // Whoever answers for the acts and serves nobody has them first.
  const first = hasRole(staff, ['secretary']) && !hasRole(staff, clerks) ? (['law'] as const) : []
  return [...new Set<Group>([...first, ...groups])].flatMap((group) => items.get(group) ?? [])
}

type Add = (allowed: readonly Role[], href: string, key: string, values?: Record<string, string>) => void

/** Where a person begins: a clerk at the own desk, a guard at the own door, others in the menu. */
export function startOf(staff: Staff, office: Directory): string {
  const desk = staff.deskId === null ? undefined : office.desksById.get(staff.deskId)
  if (desk !== undefined && !desk.closed && hasRole(staff, ['desk'])) return `/praca/stanowisko/${encodeURIComponent(desk.slug)}`
  const building = staff.buildingId === null ? undefined : office.buildings.get(staff.buildingId)
  if (building !== undefined && hasRole(staff, ['guard'])) return `/praca/wejscie/${building.id}`
  return '/praca'
}

/** The links on top of a page: the menu without hints. */
export function staffLinks(t: Translate, staff: Staff, office: Directory): StaffLink[] {
  return menuOf(t, staff, office).map(({ href, text, group }) => ({ href, text, group }))
}

/** A guard's own door, or all where none is named. */
export function doorsOf(staff: Staff, office: Directory): { id: string; name: string }[] {
  const own = staff.buildingId === null ? undefined : office.buildings.get(staff.buildingId)
  const buildings = own ? [own] : [...office.buildings.values()].filter(({ closed }) => !closed)
  return buildings.map(({ id, name, address }) => ({ id, name: name || address }))
}
