/**
 * Whom a desk may call, and how many persons of a visit the limit counts.
 *
 * One client per desk is the ordinance's; the database holds it whatever is said here.
 */
import { officeDay } from '../../platform/clock.js'
import { allow, refuse, type Basis, type Decision } from '../../platform/decision.js'
import type { Directory, Service } from '../../directory/index.js'
import type { RuleBook, RuleOf } from '../model.js'
import { applying, basesOf, subjectOfService, type Subject } from './combine.js'
import type { Standing } from './force.js'
import { honest } from './honest.js'

export const callRefusals = [
  'unknown-desk',
  'desk-busy',
  'not-arrived',
  'not-offered-here',
  'not-today',
  'not-in-this-building',
  'visit-over',
] as const
export type CallRefusal = (typeof callRefusals)[number]

export interface CallFacts {
  readonly deskSlug: string
  /** A client is called to this desk, or sits at it. */
  readonly deskBusy: boolean
  readonly visit: { readonly state: string; readonly serviceId: string; readonly buildingId: string; readonly day: Temporal.PlainDate }
  readonly now: Temporal.Instant
  readonly known?: Temporal.Instant
}

/** May this desk call this visit now? */
export function mayCall(book: RuleBook, directory: Directory, facts: CallFacts): Decision<'may-call', CallRefusal> {
  return honest(book, judged(book, directory, facts))
}

function judged(book: RuleBook, directory: Directory, facts: CallFacts): Decision<'may-call', CallRefusal> {
  const desk = directory.desks.get(facts.deskSlug)
  if (desk === undefined) return refuse('unknown-desk')
  const limit = clientsPerDesk(
    book,
    {
      buildingId: desk.buildingId,
      roomId: desk.roomId,
      unitIds: directory.unitAndParents(desk.unitId).map((unit) => unit.id),
      day: officeDay(facts.now),
    },
    facts.known,
  )
  if (facts.deskBusy) return refuse('desk-busy', limit.basis)
  const { visit } = facts
  if (['held', 'pending', 'booked'].includes(visit.state)) return refuse('not-arrived')
  if (!['arrived', 'parked', 'called'].includes(visit.state)) return refuse('visit-over')
  if (!visit.day.equals(officeDay(facts.now))) return refuse('not-today')
  if (visit.buildingId !== desk.buildingId) return refuse('not-in-this-building')
  if (!desk.serviceIds.includes(visit.serviceId)) return refuse('not-offered-here')
  return allow('may-call', limit.basis)
}

/** The strictest limit of clients per desk, and every provision that sets it; null where none is in force. */
export function clientsPerDesk(
  book: RuleBook,
  subject: Subject,
  known?: Temporal.Instant,
): { readonly limit: number | null; readonly basis: readonly Basis[] } {
  const limits = applying(book, 'clients-per-desk', subject, known)
  if (limits.length === 0) return { limit: null, basis: [] }
  const limit = Math.min(...limits.map(({ provision }) => provision.parameters.limit))
  return { limit, basis: basesOf(limits.filter(({ provision }) => provision.parameters.limit === limit)) }
}

export interface Counted {
  /** Persons the limit counts: so many places the visit takes. */
  readonly counted: number
  readonly basis: readonly Basis[]
}

/**
 * How many of a visit's persons are counted at its start. `exempt` names who of them the law may
 * leave out (`child-under-13`, …): one entry per person. While no limit is in force one desk is enough.
 */
export function personsCounted(
  book: RuleBook,
  service: Pick<Service, 'id' | 'persons' | 'buildingId'>,
  at: Temporal.Instant,
  exempt: readonly string[] = [],
  known?: Temporal.Instant,
): Counted {
  const subject = { serviceId: service.id, buildingId: service.buildingId, day: officeDay(at) }
  const limit = clientsPerDesk(book, subject, known)
  if (limit.limit === null) return { counted: 1, basis: [] }
  const left = notCounted(book, subject, known).filter(({ provision }) => exempt.includes(provision.parameters.who))
  const recognised = new Set(left.map(({ provision }) => provision.parameters.who))
  const persons = Math.max(1, service.persons - exempt.filter((who) => recognised.has(who)).length)
  return { counted: persons, basis: [...limit.basis, ...basesOf(left)] }
}

/** Who is not counted, by code, where an act in force says so. */
export function notCounted(book: RuleBook, subject: Subject, known?: Temporal.Instant): readonly Standing<RuleOf<'not-counted'>>[] {
  return applying(book, 'not-counted', subject, known)
}

/** The limit where a visit to this service would be. */
export function limitFor(
  book: RuleBook,
  directory: Directory,
  serviceId: string,
  at: Temporal.Instant,
): { readonly limit: number | null; readonly basis: readonly Basis[] } {
  return clientsPerDesk(book, subjectOfService(directory, serviceId, officeDay(at)))
}
