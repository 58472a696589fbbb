/**
 * What a person who prepares to come is told: obligations in force on the day of the visit, who is
 * exempt, and what people are asked. A reminder everywhere, never a ground for turning anybody away.
 */
import { officeDay } from '../../platform/clock.js'
import type { Basis, NextStep } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { RuleBook, RuleOf, ScreeningRule } from '../model.js'
import { requested } from './advice.js'
import { applying, basesOf, type Subject } from './combine.js'
import type { Standing } from './force.js'
import { cites } from './honest.js'
import { callStep, emailStep } from './steps.js'

export interface SafetyObligation {
  readonly obligation: string
  /** Recommended only: no act in force requires it. */
  readonly advised?: true
  /** Any of these does as well. */
  readonly or?: readonly string[]
  /** Of a distance, the greatest any act asks for. */
  readonly metres?: number
  /** Rooms in which alone it holds; missing: everywhere. */
  readonly rooms?: readonly string[]
  readonly basis: readonly Basis[]
  /** Who need not; words `regulation.exempt.WHO`. */
  readonly exempt: readonly { readonly who: string; readonly underYears?: number; readonly basis: readonly Basis[] }[]
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
      ...howMuch(said),
      basis: cites(book, 'safety', basesOf(said), known),
      exempt: [
        ...Map.groupBy(
          exemptions.filter(({ provision }) => provision.parameters.obligation === obligation),
          ({ provision: { parameters } }) => `${parameters.who} ${parameters.underYears ?? ''}`,
        ).values(),
      ]
        .map((each) => ({ ...whoOf(each), basis: cites(book, 'exempt', basesOf(each), known) }))
        .toSorted((a, b) => (a.who === b.who ? (a.underYears ?? 0) - (b.underYears ?? 0) : a.who < b.who ? -1 : 1)),
    }))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

function whoOf([first]: readonly Standing<RuleOf<'safety-exemption'>>[]): { readonly who: string; readonly underYears?: number } {
  const { who = '', underYears } = first?.provision.parameters ?? {}
  return { who, ...(underYears === undefined ? {} : { underYears }) }
}

/** Several acts that ask the same: required beats advised, the greater distance the smaller, everywhere a few rooms. */
function howMuch(said: readonly Standing<RuleOf<'safety'>>[]): Pick<SafetyObligation, 'advised' | 'or' | 'metres' | 'rooms'> {
  const rules = said.map(({ provision }) => provision.parameters)
  const metres = rules.flatMap((rule) => rule.metres ?? [])
  // What one act lets choose another may require alone.
  const or = rules.every((rule) => rule.or !== undefined) ? [...new Set(rules.flatMap((rule) => rule.or ?? []))].toSorted() : []
  const rooms = roomsOf(said)
  return {
    ...(rules.every(({ advised }) => advised === true) ? { advised: true } : {}),
    ...(or.length === 0 ? {} : { or }),
    ...(metres.length === 0 ? {} : { metres: Math.max(...metres) }),
    ...(rooms === null ? {} : { rooms }),
  }
}

function roomsOf(said: readonly Standing[]): readonly string[] | null {
  if (said.some(({ provision }) => provision.scope.room === undefined)) return null
  return [...new Set(said.flatMap(({ provision }) => provision.scope.room ?? []))].toSorted()
}

export interface Screening {
  readonly what: ScreeningRule['what']
  /** Degrees Celsius of the strictest act; null where none gives a number. */
  readonly above: number | null
  /** Rooms for which alone it is done; missing: for all who come in. */
  readonly rooms?: readonly string[]
  readonly basis: readonly Basis[]
}

/** What the guard looks at before letting somebody in; nothing where no act has it. The guard decides, and nothing is recorded. */
export function screening(book: RuleBook, subject: Subject, known?: Temporal.Instant): readonly Screening[] {
  const rules = Map.groupBy(applying(book, 'screening', subject, known), ({ provision }) => provision.parameters.what)
  return [...rules]
    .map(([what, said]): Screening => {
      const above = said.flatMap(({ provision }) => provision.parameters.above ?? [])
      const rooms = roomsOf(said)
      return {
        what,
        above: above.length === 0 ? null : Math.min(...above),
        ...(rooms === null ? {} : { rooms }),
        basis: cites(book, 'screening', basesOf(said), known),
      }
    })
    .toSorted((a, b) => (a.what < b.what ? -1 : 1))
}

/** What sending somebody away after looking rests on. */
export function screeningBasis(book: RuleBook, subject: Subject, known?: Temporal.Instant): readonly Basis[] {
  return basesOf(applying(book, 'screening', subject, known))
}

/** Whom an act has served before others, by the names of the acts; nobody where none says so. */
export function priorities(
  book: RuleBook,
  subject: Subject,
  known?: Temporal.Instant,
): readonly { readonly who: string; readonly basis: readonly Basis[] }[] {
  return [...Map.groupBy(applying(book, 'priority', subject, known), ({ provision }) => provision.parameters.who)]
    .map(([who, said]) => ({ who, basis: cites(book, 'priority', basesOf(said), known) }))
    .toSorted((a, b) => (a.who < b.who ? -1 : 1))
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
