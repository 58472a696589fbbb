/**
 * Whom a desk may call, and how many persons of a visit the limit counts.
 *
 * One client per desk is the ordinance's; the database holds it whatever is said here.
 */
import { officeDay } from '../../platform/clock.js'
import { allow, refuse, type Basis, type Decision } from '../../platform/decision.js'
import type { Directory, Service } from '../../directory/index.js'
import type { RuleBook } from '../model.js'
import { applying, basesOf, subjectOfService, type Subject } from './combine.js'
import { cites, honest } from './honest.js'
import { desksInUse } from './room.js'

export const callRefusals = [
  'unknown-desk',
  'desk-busy',
  'desk-over-limit',
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
  /** Null: whom it would be is not chosen yet; may the desk call anyone at all? */
  readonly visit: {
    readonly state: string
    readonly serviceId: string
    /** Further matters of the visit: the desk must handle them all. */
    readonly moreServiceIds?: readonly string[]
    readonly buildingId: string
    readonly day: Temporal.PlainDate
  } | null
  readonly now: Temporal.Instant
  readonly known?: Temporal.Instant
}

/** May this desk call this visit, or anyone, now? */
export function mayCall(book: RuleBook, directory: Directory, facts: CallFacts): Decision<'may-call', CallRefusal> {
  return honest(book, judged(book, directory, facts), facts.known)
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
  const { slugs, limit: atOnce, basis } = desksInUse(book, directory, desk.roomId, officeDay(facts.now), facts.known)
  if (atOnce !== null && !slugs.has(desk.slug)) return refuse('desk-over-limit', basis, [], { limit: atOnce })
  if (facts.deskBusy) return refuse('desk-busy', limit.basis)
  const { visit } = facts
  if (visit === null) return allow('may-call', limit.basis)
  if (['held', 'pending', 'booked'].includes(visit.state)) return refuse('not-arrived')
  if (!['arrived', 'parked', 'called'].includes(visit.state)) return refuse('visit-over')
  if (!visit.day.equals(officeDay(facts.now))) return refuse('not-today')
  if (visit.buildingId !== desk.buildingId) return refuse('not-in-this-building')
  if (![visit.serviceId, ...(visit.moreServiceIds ?? [])].every((id) => desk.serviceIds.includes(id))) return refuse('not-offered-here')
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
  const basis = basesOf(limits.filter(({ provision }) => provision.parameters.limit === limit))
  return { limit, basis: cites(book, 'counted', basis, known) }
}

export interface Counted {
  /** Persons the limit counts: so many places the visit takes. */
  readonly counted: number
  readonly basis: readonly Basis[]
}

/**
 * How many of a visit's persons are counted at its start. While no limit is in force where it may be
 * served one desk is enough. Whom the law does not count (a child, an interpreter) comes besides
 * the persons the matter itself needs, and is never among them.
 */
export function personsCounted(
  book: RuleBook,
  directory: Directory,
  service: Pick<Service, 'id' | 'persons'>,
  at: Temporal.Instant,
  known?: Temporal.Instant,
): Counted {
  const limit = placesOf(directory, service.id, officeDay(at))
    .map((subject) => clientsPerDesk(book, subject, known))
    .find((each) => each.limit !== null)
  return limit === undefined ? { counted: 1, basis: [] } : { counted: Math.max(1, service.persons), basis: limit.basis }
}

/** Where the matter may be served: its building and unit, with each room that has a desk for it. */
function placesOf(directory: Directory, serviceId: string, day: Temporal.PlainDate): readonly Subject[] {
  const subject = subjectOfService(directory, serviceId, day)
  const desks = [...directory.desks.values()].filter((desk) => !desk.closed && desk.serviceIds.includes(serviceId))
  const rooms = [...new Set(desks.map((desk) => desk.roomId))].toSorted()
  return rooms.length === 0 ? [subject] : rooms.map((roomId) => ({ ...subject, roomId }))
}
