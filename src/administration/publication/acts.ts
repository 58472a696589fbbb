/**
 * Which acts the staff is told of, what of them touches a unit, and which places a rule names. Pure.
 */
import type { Directory } from '../../directory/index.js'
import { officeDay } from '../../platform/clock.js'
import { endOf, read, type Act, type Provision, type RuleBook, type Scope } from '../../regulation/index.js'
import { hasRole, unitsOf, type Staff } from '../../staff/index.js'
import { byParagraph } from '../acts/rules.js'

/** Days before and after today within which a change is news. */
export const newsDays = 30

/** An act that begins or ends about now. */
export interface Change {
  readonly act: Act
  readonly what: 'begins' | 'ends'
  /** First day it holds, or first day it does not. */
  readonly day: string
  /** All it rules, by paragraph. */
  readonly provisions: readonly Provision[]
}

/**
 * What changes: ordinances that begin, end, or were entered or corrected within the days around today, those
 * still to come first. One that begins later than that is told of as well.
 */
export function changesAround(book: RuleBook, today: Temporal.PlainDate): readonly Change[] {
  const reading = read(book)
  const [since, until] = [today.subtract({ days: newsDays }).toString(), today.add({ days: newsDays }).toString()]
  const changes = ordinances(book).flatMap((act): readonly Change[] => {
    const { term } = endOf(act, reading)
    const provisions = provisionsOf(book, act)
    const over = term.until !== null && term.until < since
    const fresh = (term.from !== null && term.from >= since) || officeDay(act.enteredAt).toString() >= since
    const ended = term.until === null ? null : Temporal.PlainDate.from(term.until).add({ days: 1 }).toString()
    return [
      ...(fresh && !over && (ended === null || ended > today.toString())
        ? [{ act, what: 'begins' as const, day: term.from ?? officeDay(act.enteredAt).toString(), provisions }]
        : []),
      ...(ended !== null && !over && ended <= until ? [{ act, what: 'ends' as const, day: ended, provisions }] : []),
    ]
  })
  return changes.toSorted((a, b) => b.day.localeCompare(a.day) || a.act.id.localeCompare(b.act.id))
}

/** Asked to be read: what begins and can be read here. */
export function isToRead({ act, what }: Change): boolean {
  return what === 'begins' && act.textHeld
}

/** Ordinances of the office in force on a day or still to begin. */
export function livingOrdinances(book: RuleBook, today: Temporal.PlainDate): readonly Act[] {
  const reading = read(book)
  const first = (act: Act): string => endOf(act, reading).term.from ?? ''
  return ordinances(book)
    .filter((act) => (endOf(act, reading).term.until ?? '9999') >= today.toString())
    .toSorted((a, b) => first(b).localeCompare(first(a)) || a.id.localeCompare(b.id))
}

function ordinances(book: RuleBook): readonly Act[] {
  return book.acts.filter(({ rank }) => rank === 'ordinance')
}

export function provisionsOf(book: RuleBook, act: Act): readonly Provision[] {
  return byParagraph(book.provisions.filter(({ actId }) => actId === act.id))
}

/** Where somebody works: units and their buildings, or a building that is watched. */
export interface Place {
  readonly units: readonly string[]
  readonly buildings: readonly string[]
}

/** Null is the whole office: also for somebody of whom nobody said where they work. */
export function placeOf(staff: Staff, office: Directory): Place | null {
  const units = unitsOf(staff, office)
  if (units === null || hasRole(staff, ['secretary'])) return null
  const own = staff.buildingId === null ? [] : [staff.buildingId]
  if (units.length === 0 && own.length === 0) return null
  return { units, buildings: [...new Set([...own, ...units.flatMap((id) => buildingsOfUnit(office, id))])] }
}

/** Buildings in which a unit has its room or desks. */
export function buildingsOfUnit(office: Directory, unitId: string): readonly string[] {
  const desks = [...office.desks.values()].filter((desk) => desk.unitId === unitId && !desk.closed)
  return [...new Set([office.units.get(unitId)?.buildingId ?? [], desks.map((desk) => desk.buildingId)].flat())]
}

/** True when the rule may hold for somebody there: whatever its scope does not narrow holds everywhere. */
export function touches(scope: Scope, office: Directory, place: Place | null): boolean {
  if (place === null) return true
  const { units, buildings } = place
  const own = (unitId: string | undefined): boolean =>
    unitId !== undefined &&
    (units.length === 0 ? buildingsOfUnit(office, unitId).some((id) => buildings.includes(id)) : units.includes(unitId))
  return (
    (scope.building === undefined || scope.building.some((id) => buildings.includes(id))) &&
    (scope.room === undefined || scope.room.some((id) => buildings.includes(office.rooms.get(id)?.buildingId ?? ''))) &&
    (scope.unit === undefined ||
      scope.unit.some((id) => own(id) || units.some((mine) => office.unitAndParents(mine).some((each) => each.id === id)))) &&
    (scope.service === undefined || scope.service.some((id) => own(office.services.get(id)?.unitId)))
  )
}
