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

export interface MenuItem extends StaffLink {
  /** A sentence under the link in the menu. */
  readonly hint: string
}

/** Something that waits for a person of the staff. */
export interface Notice {
  readonly href: string
  readonly text: string
}

/** The pages of this person, most used first. */
export function menuOf(t: Translate, staff: Staff, office: Directory): MenuItem[] {
  const items: MenuItem[] = []
  const add = (allowed: readonly Role[], href: string, key: string, values?: Record<string, string>): void => {
    if (hasRole(staff, allowed))
      items.push({ href, text: t(`staff-staff.menu.${key}`, values), hint: t(`staff-staff.menu.${key}.hint`, values) })
  }
  const desk = staff.deskId === null ? undefined : office.desksById.get(staff.deskId)
  if (desk) add(['desk'], `/praca/stanowisko/${encodeURIComponent(desk.slug)}`, 'desk', { desk: desk.label })
  add(['desk', 'head', 'service-office', 'administrator'], '/praca/stanowisko', 'desks')
  add(['head', 'service-office', 'administrator'], '/praca/sala', 'room')
  add(['service-office', 'head', 'desk', 'administrator'], '/praca/obsluga', seesAll(staff) ? 'service-office' : 'booking')
  add(['service-office', 'head', 'desk', 'administrator'], '/praca/prosby', 'requests')
  add(['service-office', 'head', 'desk', 'administrator'], '/praca/poczta', 'mail')
  add(['service-office', 'head', 'desk', 'administrator'], '/praca/lista', 'list')
  add(['service-office', 'head', 'desk', 'administrator'], '/praca/niedoreczone', 'undelivered')
  for (const building of doorsOf(staff, office))
    add(['guard', 'service-office', 'administrator'], `/praca/wejscie/${building.id}`, 'door', { building: building.name })
  add(['administrator', 'service-office'], '/praca/urzadzenia', 'devices')
  add(['administrator'], '/praca/ekrany', 'screens')
  add(['administrator'], '/praca/wiadomosci', 'messages')
  add(['administrator'], '/praca/szablony', 'templates')
  add(['administrator'], '/praca/konta', 'accounts')
  add(['administrator'], '/praca/wyszukiwania', 'searches')
  add(['head', 'secretary', 'administrator'], '/praca/grafik', 'plan')
  add(['head', 'secretary', 'administrator'], '/praca/moj-wydzial', 'own-unit')
  add(['secretary', 'head', 'administrator'], '/praca/akty', 'acts')
  add(['secretary', 'head', 'administrator'], '/praca/przeglad', 'review')
  add(['secretary', 'head', 'administrator'], '/praca/kontakty', 'contacts')
  add(roles, '/praca/co-sie-zmienia', 'changes')
  add(['secretary', 'head', 'administrator'], '/praca/zadania', 'tasks')
  add(['secretary', 'head', 'administrator'], '/praca/zgodnosc', 'compliance')
  add(['secretary', 'head', 'administrator'], '/praca/opinie', 'opinions')
  add(['secretary', 'head', 'administrator'], '/praca/urzad', 'office')
  add(['secretary', 'head', 'administrator'], '/zasady', 'rules')
  return items
}

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
  return menuOf(t, staff, office).map(({ href, text }) => ({ href, text }))
}

/** A guard's own door, or all where none is named. */
export function doorsOf(staff: Staff, office: Directory): { id: string; name: string }[] {
  const own = staff.buildingId === null ? undefined : office.buildings.get(staff.buildingId)
  const buildings = own ? [own] : [...office.buildings.values()].filter(({ closed }) => !closed)
  return buildings.map(({ id, name, address }) => ({ id, name: name || address }))
}
