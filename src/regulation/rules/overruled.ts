/**
 * Provisions that would never rule anything: those whose days, places or weekdays never come, and
 * those that lose every contest. Asked before an act is signed; see `winner` for who wins.
 */
import type { Basis } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { Provision, RuleBook } from '../model.js'
import { applying, basisOf, combinations, covers, subjectOfService, subjectOfUnit, winner, type Subject } from './combine.js'
import { hours } from './hours.js'

export interface Overruled {
  readonly provision: Provision
  /** `shadowed`: it holds somewhere, and another always wins there. */
  readonly how: 'never-applies' | 'shadowed'
  /** Who wins, where anybody does. */
  readonly by: readonly Basis[]
}

/** Of these provisions those that never rule a unit or matter of the office on any of the days. */
export function overruled(
  book: RuleBook,
  directory: Directory,
  provisions: readonly Provision[],
  days: readonly Temporal.PlainDate[],
): Overruled[] {
  return provisions.flatMap((provision): Overruled[] => {
    const by = new Map<string, Basis>()
    let held = false
    for (const place of placesFor(directory, provision)) {
      for (const day of days) {
        const subject = place(day)
        if (!holdsOn(book, provision, subject)) continue
        held = true
        if (combinations[provision.kind] !== 'replace') return []
        const won = winnerFor(book, directory, provision, subject)
        if (won === null || won.id === provision.id) return []
        by.set(JSON.stringify(won.basis), won.basis[0] as Basis)
      }
    }
    return [{ provision, how: held ? 'shadowed' : 'never-applies', by: [...by.values()].slice(0, 3) }]
  })
}

type Place = (day: Temporal.PlainDate) => Subject

/** Hours are those of units, all else is asked of matters; where no matter is, of units too. */
function placesFor(directory: Directory, { kind }: Provision): Place[] {
  const units = [...directory.units.values()].filter(({ closed }) => !closed)
  const ofUnits = units.map(
    ({ id }): Place =>
      (day) =>
        subjectOfUnit(directory, id, day),
  )
  if (kind === 'hours' || kind === 'day-off') return ofUnits
  const services = [...directory.services.values()].filter(({ closed }) => !closed)
  const ofServices = services.flatMap((service): Place[] => {
    const rooms = [...new Set(directory.desksOf(service.id).map(({ roomId }) => roomId))]
    const plain: Place = (day) => subjectOfService(directory, service.id, day)
    return [
      plain,
      ...rooms.map((roomId): Place => (day) => ({ ...subjectOfService(directory, service.id, day), roomId })),
    ]
  })
  return [...ofServices, ...ofUnits]
}

function holdsOn(book: RuleBook, provision: Provision, subject: Subject): boolean {
  return covers(provision.scope, subject) && applying(book, provision.kind, subject).some((each) => each.provision.id === provision.id)
}

/** Null where there is no contest to lose: a rule of a holiday whose day it is not. */
function winnerFor(
  book: RuleBook,
  directory: Directory,
  { kind }: Provision,
  subject: Subject,
): { readonly id: string; readonly basis: readonly Basis[] } | null {
  if (kind === 'hours' || kind === 'day-off') {
    const unitId = subject.unitIds?.[0]
    const said = unitId === undefined ? null : hours(book, directory, unitId, subject.day)
    return said?.provision === undefined ? null : { id: said.provision, basis: said.basis }
  }
  const best = winner(applying(book, kind, subject), subject)
  return best === null ? null : { id: best.provision.id, basis: [basisOf(best)] }
}
