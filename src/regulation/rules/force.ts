/**
 * What is in force on a day: acts and provisions with their own first and last days, conditions
 * they hang on, and acts that repeal others.
 *
 * Days are compared as ISO text, worked out once per rule book, because hours are asked for every
 * desk and day of two months. `known` asks what was known then: what was entered later does not
 * exist, and what a later import replaced is as it was.
 */
import type { Act, Condition, Kind, Law, Provision, Rule, RuleBook, RuleOf } from '../model.js'

/** An act or provision with the days it holds, both ends included; null is open. */
export interface Term {
  readonly from: string | null
  readonly until: string | null
}

/** A rule book read at some moment, with the terms worked out. */
export interface Reading {
  readonly acts: ReadonlyMap<string, Act>
  readonly actTerms: ReadonlyMap<string, Term>
  readonly provisions: ReadonlyMap<Kind, readonly Standing[]>
}

/** A provision, its act and the days it holds. */
export interface Standing<Of extends Rule = Rule> {
  readonly provision: Provision<Of>
  readonly act: Act
  readonly term: Term
}

const readings = new WeakMap<Law, Reading>()
const asked = new WeakMap<RuleBook, { readonly at: string; readonly law: Law }>()

/** The law as known at an instant, by default with everything entered so far. */
export function read(book: RuleBook, known?: Temporal.Instant): Reading {
  const law = asKnown(book, known)
  let reading = readings.get(law)
  if (reading === undefined) readings.set(law, (reading = readingOf(law)))
  return reading
}

/** Acts, conditions and provisions in the versions the office had at an instant, by default its newest. */
export function asKnown(book: RuleBook, known?: Temporal.Instant): Law {
  if (known === undefined) return book
  const at = known.toString()
  let last = asked.get(book)
  if (last?.at !== at) asked.set(book, (last = { at, law: lawAt(book, known) }))
  return last.law
}

function lawAt(book: RuleBook, known: Temporal.Instant): Law {
  const then = book.replaced.filter(({ supersededAt }) => Temporal.Instant.compare(supersededAt, known) > 0)
  const parts = [book, ...then].map((law): Law => {
    const acts = law.acts.filter((act) => Temporal.Instant.compare(act.enteredAt, known) <= 0)
    const ids = new Set(acts.map((act) => act.id))
    return {
      acts,
      conditions: law.conditions.filter((each) => Temporal.Instant.compare(each.enteredAt, known) <= 0),
      provisions: law.provisions.filter((provision) => ids.has(provision.actId)),
    }
  })
  return {
    acts: parts.flatMap((law) => law.acts),
    conditions: parts.flatMap((law) => law.conditions),
    provisions: parts.flatMap((law) => law.provisions),
  }
}

/** Provisions of a kind in force on a day, wherever they hold. */
export function standing<Name extends Kind>(reading: Reading, kind: Name, day: string): readonly Standing<RuleOf<Name>>[] {
  const all = (reading.provisions.get(kind) ?? []) as unknown as readonly Standing<RuleOf<Name>>[]
  return all.filter((each) => holds(each.term, day))
}

/** Acts in force on a day. */
export function actsInForce(reading: Reading, day: string): readonly Act[] {
  return [...reading.acts.values()].filter((act) => holds(reading.actTerms.get(act.id) as Term, day))
}

export function holds(term: Term, day: string): boolean {
  return (term.from === null || term.from <= day) && (term.until === null || day <= term.until)
}

function readingOf({ acts, conditions: all, provisions: rules }: Law): Reading {
  const conditions = new Map(all.map((each) => [each.id, each]))
  const byId = new Map(acts.map((act) => [act.id, act]))
  const actTerms = new Map(acts.map((act) => [act.id, actTerm(act, acts, conditions)]))
  const provisions = new Map<Kind, Standing[]>()
  for (const provision of rules) {
    const act = byId.get(provision.actId)
    if (act === undefined) continue
    const own = { from: provision.from?.toString() ?? null, until: provision.until?.toString() ?? null }
    const term = meet(meet(own, actTerms.get(act.id) as Term), conditionTerm(conditions, provision.conditionId))
    const list = provisions.get(provision.kind) ?? []
    list.push({ provision, act, term })
    provisions.set(provision.kind, list)
  }
  return { acts: byId, actTerms, provisions }
}

/** An act never holds before it was signed, nor from the day on which another act repeals it. */
function actTerm(act: Act, acts: readonly Act[], conditions: ReadonlyMap<string, Condition>): Term {
  const own = { from: (act.from ?? act.signedOn)?.toString() ?? null, until: act.until?.toString() ?? null }
  const repealed = repealOf(act, acts)
  return meet(meet(own, { from: null, until: repealed?.lastDay ?? null }), conditionTerm(conditions, act.conditionId))
}

/** Which act ends another, by which paragraph, and on what last day. */
export interface Repeal {
  readonly by: Act
  readonly reference: string | null
  readonly lastDay: string
}

/** The first act that repeals this one; null while none does. */
export function repealOf(act: Act, acts: Iterable<Act>): Repeal | null {
  return (
    [...acts]
      // Who upholds an act does not repeal it, whatever else it says.
      .filter((other) => !other.upholds.some((named) => named.act === act.id))
      .flatMap((by) => by.repeals.filter((named) => named.act === act.id).map(({ reference }) => ({ by, reference })))
      .map(({ by, reference }) => ({ by, reference, lastDay: (by.from ?? by.signedOn)?.subtract({ days: 1 }).toString() ?? null }))
      .filter((each): each is Repeal => each.lastDay !== null)
      .toSorted((a, b) => (a.lastDay < b.lastDay ? -1 : 1))
      .at(0) ?? null
  )
}

function conditionTerm(conditions: ReadonlyMap<string, Condition>, id: string | null): Term {
  const condition = id === null ? undefined : conditions.get(id)
  return { from: condition?.from?.toString() ?? null, until: condition?.until?.toString() ?? null }
}

function meet(a: Term, b: Term): Term {
  return {
    from: a.from === null || (b.from !== null && b.from > a.from) ? b.from : a.from,
    until: a.until === null || (b.until !== null && b.until < a.until) ? b.until : a.until,
  }
}
