/**
 * What a person who prepares to come is told: obligations in force on the day of the visit, who is
 * exempt, and what people are asked. A reminder everywhere, never a ground for turning anybody away.
 */
import { officeDay } from '../../platform/clock.js'
import type { Basis, NextStep } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { RuleBook } from '../model.js'
import { requested } from './advice.js'
import { applying, basesOf, type Subject } from './combine.js'
import { cites } from './honest.js'
import { callStep, emailStep } from './steps.js'

export interface SafetyObligation {
  readonly obligation: string
  readonly basis: readonly Basis[]
  /** Who need not; words `regulation.exempt.WHO`. */
  readonly exempt: readonly { readonly who: string; readonly basis: readonly Basis[] }[]
}

/** Obligations at the start of a visit, in the order of their paragraphs. */
export function safety(
  book: RuleBook,
  at: Temporal.Instant,
  place: Omit<Subject, 'day'> = {},
  known?: Temporal.Instant,
): readonly SafetyObligation[] {
  const subject = { ...place, day: officeDay(at) }
  const obligations = Map.groupBy(applying(book, 'safety', subject, known), ({ provision }) => provision.parameters.obligation)
  const exemptions = applying(book, 'safety-exemption', subject, known)
  return [...obligations]
    .map(([obligation, said]) => ({
      obligation,
      basis: cites(book, 'safety', basesOf(said), known),
      exempt: [
        ...Map.groupBy(
          exemptions.filter(({ provision }) => provision.parameters.obligation === obligation),
          ({ provision }) => provision.parameters.who,
        ),
      ]
        .map(([who, each]) => ({ who, basis: cites(book, 'exempt', basesOf(each), known) }))
        .toSorted((a, b) => (a.who < b.who ? -1 : 1)),
    }))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

function orderOf({ basis, obligation }: SafetyObligation): string {
  const first = basis[0]
  return `${first?.kind === 'provision' ? `${first.act} ${first.reference}` : ''} ${obligation}`
}

export interface AskedOf {
  readonly basis: readonly Basis[]
  readonly next: readonly NextStep[]
}

/** Those with symptoms are asked to stay away and to ring or write; null when no act asks it. Nothing is recorded. */
export function symptomsRequest(
  book: RuleBook,
  directory: Directory,
  at: Temporal.Instant,
  unitId: string | null = null,
  known?: Temporal.Instant,
): AskedOf | null {
  const basis = requested(book, 'symptoms-stay-home', at, known)
  return basis === null ? null : { basis, next: [callStep(directory, unitId), emailStep(directory, unitId)] }
}

/** Who books states that the matter is urgent or cannot be settled otherwise; null when no act speaks of it. */
export function urgencyStatement(
  book: RuleBook,
  at: Temporal.Instant,
  known?: Temporal.Instant,
): { readonly basis: readonly Basis[] } | null {
  const basis = requested(book, 'urgent-matters', at, known)
  return basis === null ? null : { basis }
}
