/**
 * What the kiosk works out: how the screen looks, the tree of matters, what was typed on its keys,
 * and which of the day's visits a person may mean. Pure.
 */
import { timingSafeEqual } from 'node:crypto'
import { officeDay } from '../platform/clock.js'
import type { NextStep } from '../platform/decision.js'
import type { Secrets } from '../platform/references.js'
import type { Directory, Service } from '../directory/index.js'
import type { Visit, VisitState } from '../visit/index.js'
import { choicesMax, triesMax, viewKeys, type Branch, type View, type ViewKey } from './model.js'

const letters: Readonly<Record<ViewKey, string>> = { larger: 'w', contrast: 'k', low: 'd', spoken: 'g' }

/** The view a cookie asks for; what it does not say is off. */
export function readView(cookie: string | undefined): View {
  const has = (key: ViewKey): boolean => cookie?.includes(letters[key]) === true && cookie.length <= viewKeys.length
  return { larger: has('larger'), contrast: has('contrast'), low: has('low'), spoken: has('spoken') }
}

export function viewText(view: View): string {
  return viewKeys
    .filter((key) => view[key])
    .map((key) => letters[key])
    .join('')
}

/** A page of the kiosk, to go back to after the look was changed; the start for anything else. */
export function kioskAddress(wanted: string): string {
  return /^\/kiosk(?:\/[a-z\d-]+){0,2}(?:\?[\w=&.%-]*)?$/.test(wanted) && !wanted.startsWith('/kiosk/widok') ? wanted : '/kiosk'
}

/** The address a phone follows the visit by: the one of its pass, which shows nothing of a person. */
export function followAddress({ publicUrl, secrets }: { publicUrl: string; secrets: Pick<Secrets, 'passToken'> }, visitId: number): string {
  return `${publicUrl}/q/${secrets.passToken(visitId)}`
}

/** Visits the kiosk shows a ticket of: inside, here, today. */
export function hasTicketHere(visit: Visit, buildingId: string, now: Temporal.Instant): boolean {
  const inside: readonly VisitState[] = ['arrived', 'called', 'serving', 'parked']
  return inside.includes(visit.state) && visit.ticket !== null && visit.buildingId === buildingId && visit.day.equals(officeDay(now))
}

/** What a key of the screen does to what stands in the field. */
export function pressed(typed: string, key: string, lengthMax: number): string {
  if (key === 'usun') return [...typed].slice(0, -1).join('')
  return [...typed].length >= lengthMax || !/^[A-Z0-9]$/.test(key) ? typed : typed + key
}

/** "910", "0910", "9:10" as the minute of the day; null when it is no hour. */
export function readHour(typed: string): number | null {
  const found = /^(\d{1,2})[:.\s]?(\d{2})$/.exec(typed.trim())
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])]
  return found === null || hour > 23 || minute > 59 ? null : hour * 60 + minute
}

/** Four digits; null for anything else. */
export function readLastDigits(typed: string): string | null {
  const plain = typed.replaceAll(/[\s-]/g, '')
  return /^\d{4}$/.test(plain) ? plain : null
}

export function mayTry(tries: number): boolean {
  return tries <= triesMax
}

/**
 * The one visit of that hour whose phone ends so; null for none, and for more than one: then only a
 * person can tell. Every visit is compared in full, so that the time taken tells nothing.
 */
export function meantVisit(visits: readonly { readonly id: number; readonly phone: string }[], digits: string): number | null {
  const wanted = Buffer.from(digits.padStart(4, 'x').slice(-4))
  const meant = visits.filter(({ phone }) => timingSafeEqual(Buffer.from(phone.padStart(4, 'y').slice(-4)), wanted))
  return meant.length === 1 ? (meant[0]?.id ?? null) : null
}

/** Matters handled at desks of the building, in the office's order. */
export function mattersOf(office: Directory, buildingId: string): readonly Service[] {
  return [...office.services.values()].filter(
    (service) => service.buildingId === buildingId && !service.closed && !service.dropOff && office.desksOf(service.id).length > 0,
  )
}

export interface Way {
  readonly unit: string | null
  readonly letter: string | null
  /** Counted from 1. */
  readonly page: number
}

/**
 * The choices at a place of the tree: units, then (where a unit has more matters than a screen has
 * room for) the groups of its tickets, then matters. A level with one choice is passed over.
 */
export function branches(office: Directory, buildingId: string, way: Way): readonly Branch[] {
  const all = mattersOf(office, buildingId)
  const rootOf = (service: Service): string => office.unitAndParents(service.unitId).at(-1)?.id ?? service.unitId
  const units = [...new Set(all.map(rootOf))]
  const unit = way.unit ?? (units.length === 1 ? (units[0] ?? null) : null)
  if (unit === null)
    return paged(
      units.map((id) => ({ kind: 'unit' as const, id, name: office.units.get(id)?.name ?? id })),
      way.page,
    )
  const own = all.filter((service) => rootOf(service) === unit)
  const groups = [...new Set(own.map((service) => service.letter))]
  if (way.letter === null && own.length > choicesMax && groups.length > 1 && groups.length <= choicesMax)
    return groups.map((letter) => ({ kind: 'group', id: letter, name: groupName(office, own, letter) }))
  const shown = way.letter === null ? own : own.filter((service) => service.letter === way.letter)
  return paged(
    shown.map((service) => ({ kind: 'matter' as const, id: service.id, name: service.name })),
    way.page,
  )
}

/** The group as the office calls it; where several of a unit are called alike, by its matters. */
function groupName(office: Directory, own: readonly Service[], letter: string): string {
  const names = new Map(
    [...new Set(own.map((service) => service.letter))].map((each) => [each, office.queueGroups.get(each)?.name ?? each]),
  )
  const name = names.get(letter) ?? letter
  if ([...names.values()].filter((each) => each === name).length === 1) return name
  return own
    .filter((service) => service.letter === letter)
    .map((service) => service.name)
    .slice(0, 2)
    .join(', ')
}

function paged(choices: readonly Branch[], page: number): readonly Branch[] {
  if (choices.length <= choicesMax) return choices
  const perPage = choicesMax - 1
  const from = (page - 1) * perPage
  const rest = choices.slice(from)
  if (rest.length <= choicesMax) return rest.length === 0 ? choices.slice(0, perPage) : rest
  return [...rest.slice(0, perPage), { kind: 'more', id: String(page + 1), name: null }]
}

/** Steps a person at a kiosk can take: those of a guard's are left out. */
export function stepsAtKiosk(next: readonly NextStep[]): readonly NextStep[] {
  const guards = new Set(['search-by-name', 'check-name', 'contact'])
  return next.filter(({ kind }) => !guards.has(kind))
}
