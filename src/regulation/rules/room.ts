/**
 * How many may be in a building, and wait in it, at a time; and whom no such number counts.
 *
 * Every limit in force holds at once; for each of the two the strictest is said, with its paragraph.
 */
import { allow, refuse, type Basis, type Decision } from '../../platform/decision.js'
import type { RuleBook } from '../model.js'
import { clientsPerDesk } from './calling.js'
import { applying, basesOf, type Subject } from './combine.js'
import { cites, honest } from './honest.js'

export interface RoomFacts {
  /** Counted persons in the building now, and those of them who wait to be called. */
  readonly inside: number
  readonly waiting: number
  /** Counted persons who would come in together. */
  readonly coming: number
}

export interface RoomLeft {
  readonly of: 'inside' | 'waiting'
  readonly limit: number
  readonly now: number
  /** Places left, never less than none. */
  readonly left: number
  readonly basis: readonly Basis[]
}

/** The limits in force in a building with the places they leave, that of the building first; none where no act sets one. */
export function roomLeft(
  book: RuleBook,
  subject: Subject,
  { inside, waiting }: Pick<RoomFacts, 'inside' | 'waiting'>,
  known?: Temporal.Instant,
): readonly RoomLeft[] {
  const limits = applying(book, 'building-limit', subject, known)
  return (['inside', 'waiting'] as const).flatMap((of): RoomLeft[] => {
    const own = limits.filter(({ provision }) => provision.parameters.of === of)
    if (own.length === 0) return []
    const limit = Math.min(...own.map(({ provision }) => provision.parameters.limit))
    const strictest = own.filter(({ provision }) => provision.parameters.limit === limit)
    const now = of === 'inside' ? inside : waiting
    return [{ of, limit, now, left: Math.max(0, limit - now), basis: cites(book, 'room-left', basesOf(strictest), known) }]
  })
}

export interface NotCounted {
  /** Whom an act in force does not count, by the names of the acts; without the staff, who are no clients. */
  readonly who: readonly string[]
  readonly basis: readonly Basis[]
}

/** Whom the limits of a place do not count; nobody where no act says so. */
export function notCounted(book: RuleBook, subject: Subject, known?: Temporal.Instant): NotCounted {
  const named = applying(book, 'not-counted', subject, known).filter(({ provision }) => provision.parameters.who !== 'staff')
  return { who: named.map(({ provision }) => provision.parameters.who), basis: cites(book, 'not-counted', basesOf(named), known) }
}

export interface CompanionFacts {
  /** The room of the visit, with its building, unit and matter. */
  readonly subject: Subject
  /** Desks of the room. */
  readonly desks: number
  /** Persons of the visit who are counted already. */
  readonly counted: number
}

/**
 * May a counted companion go to the desk too? Each counted person takes a desk of the room; where
 * there are too few the companion waits outside the room. While no act limits it, one desk is enough.
 */
export function companionAtDesk(
  book: RuleBook,
  { subject, desks, counted }: CompanionFacts,
  known?: Temporal.Instant,
): Decision<'companion-beside' | 'companion-takes-desk', 'companion-no-desk'> {
  const { limit, basis } = clientsPerDesk(book, subject, known)
  if (limit === null) return allow('companion-beside')
  return honest(
    book,
    counted < desks ? allow('companion-takes-desk', basis) : refuse('companion-no-desk', basis, [{ kind: 'companion-waits' }]),
    known,
  )
}
