/**
 * What the acts say of coming in besides who may: by which door, and what is said there.
 */
import type { Basis, NextStep } from '../../platform/decision.js'
import type { RuleBook } from '../model.js'
import { applying, basesOf, winner, type Subject } from './combine.js'
import { present } from './steps.js'

/** What is said and done at the door by those who are booked: the name and the matter, and which door is theirs. */
export function doorSteps(book: RuleBook, subject: Subject, known?: Temporal.Instant): readonly NextStep[] {
  const own = applying(book, 'entry', subject, known).filter(({ provision }) => provision.parameters.purpose === 'visit')
  const asksName = own.some(({ provision }) => provision.parameters.proof === 'name-and-matter')
  const door = entranceOf(book, subject, known)
  return present([
    asksName ? { kind: 'name-and-matter' } : null,
    door === null ? null : { kind: 'use-entrance', values: { entrance: door.entrance } },
  ])
}

export interface AtTheDoor {
  readonly steps: readonly NextStep[]
  readonly basis: readonly Basis[]
}

/** The same for the pass, beforehand, with what it rests on; no step where no act says more than that one comes in. */
export function toldOfDoor(book: RuleBook, subject: Subject, known?: Temporal.Instant): AtTheDoor {
  const said = applying(book, 'entry', subject, known).filter(
    ({ provision: { parameters } }) =>
      parameters.purpose === 'visit' && (parameters.proof !== undefined || parameters.entrance !== undefined),
  )
  return { steps: said.length === 0 ? [] : doorSteps(book, subject, known), basis: basesOf(said) }
}

/** The door by which one comes in for a matter, by the rule that is nearest to it; null where no act says. */
export function entranceOf(
  book: RuleBook,
  subject: Subject,
  known?: Temporal.Instant,
): { readonly entrance: string; readonly basis: readonly Basis[] } | null {
  const named = applying(book, 'entry', subject, known).filter(
    ({ provision }) => provision.parameters.entrance !== undefined && provision.parameters.purpose !== 'drop-off',
  )
  const best = winner(named, subject)
  const entrance = best?.provision.parameters.entrance
  return best === null || entrance === undefined ? null : { entrance, basis: basesOf([best]) }
}
