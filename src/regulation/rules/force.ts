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
  /** What ended each act that another repealed. */
  readonly repeals: ReadonlyMap<string, Repeal>
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
  const own = new Map(acts.map((act) => [act.id, ownTerm(act, conditions)]))
  const repeals = repealsThatHappen(acts, own)
  const actTerms = new Map(acts.map((act) => [act.id, endedBy(own.get(act.id) as Term, repeals.get(act.id) ?? null)]))
  const provisions = new Map<Kind, Standing[]>()
  // In one order however they are listed: what is said of several of them is said the same each time.
  for (const provision of rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const act = byId.get(provision.actId)
    if (act === undefined) continue
    const days = { from: provision.from?.toString() ?? null, until: provision.until?.toString() ?? null }
    const ofAct = endedBy(own.get(act.id) as Term, provisionRepeal(provision, acts, repeals, own))
    const term = meet(meet(days, ofAct), conditionTerm(conditions, provision.conditionId))
    const list = provisions.get(provision.kind) ?? []
    list.push({ provision, act, term })
    provisions.set(provision.kind, list)
  }
  return { acts: byId, actTerms, repeals, provisions }
}

/** The days an act gives itself: never before it was signed, and while its condition lasts. */
function ownTerm(act: Act, conditions: ReadonlyMap<string, Condition>): Term {
  const own = { from: (act.from ?? act.signedOn)?.toString() ?? null, until: act.until?.toString() ?? null }
  return meet(own, conditionTerm(conditions, act.conditionId))
}

function endedBy(term: Term, repeal: Repeal | null): Term {
  return repeal === null ? term : meet(term, { from: null, until: repeal.lastDay })
}

/** Which act ends another, by which paragraph, and on what last day. */
export interface Repeal {
  readonly by: Act
  readonly reference: string | null
  readonly lastDay: string
}

/**
 * The repeal that ends each act, the first that happens. An act repeals on its own first day, and
 * only if it is in force then: one that another act took away before never came to repeal anything.
 * What was repealed stays so when the act that did it goes.
 */
function repealsThatHappen(acts: readonly Act[], own: ReadonlyMap<string, Term>): ReadonlyMap<string, Repeal> {
  const ends = new Map<string, Repeal>()
  for (const by of inOrderOfForce(acts, own)) {
    const last = lastDayBefore(by, own, ends)
    if (last === null) continue
    for (const named of by.repeals) {
      const held = ends.get(named.act)
      const upheld = by.upholds.some((each) => each.act === named.act && each.provision === undefined)
      if (named.provision !== undefined || upheld || (held !== undefined && held.lastDay <= last)) continue
      ends.set(named.act, { by, reference: named.reference, lastDay: last })
    }
  }
  return ends
}

/** Acts that begin on a known day, the earliest first; of one day by their ids. */
function inOrderOfForce(acts: readonly Act[], own: ReadonlyMap<string, Term>): readonly Act[] {
  const day = (act: Act): string => own.get(act.id)?.from ?? ''
  return acts.filter((act) => day(act) !== '').toSorted((a, b) => (day(a) === day(b) ? (a.id < b.id ? -1 : 1) : day(a) < day(b) ? -1 : 1))
}

/** The day before an act begins; null when it never does: it ends before, or was taken away before its first day. */
function lastDayBefore(by: Act, own: ReadonlyMap<string, Term>, ends: ReadonlyMap<string, Repeal>): string | null {
  const { from, until } = own.get(by.id) as Term
  if (from === null || (until !== null && until < from)) return null
  const last = Temporal.PlainDate.from(from).subtract({ days: 1 }).toString()
  const repealed = ends.get(by.id)
  // Two acts of one day do not undo each other: each of them began.
  return repealed !== undefined && repealed.lastDay < last ? null : last
}

/** What ends one provision: its act's repeal, unless that act keeps it in force, or a repeal that names it; the first of them. */
function provisionRepeal(
  { id, actId }: Provision,
  acts: readonly Act[],
  repeals: ReadonlyMap<string, Repeal>,
  own: ReadonlyMap<string, Term>,
): Repeal | null {
  const names = (named: { readonly act: string; readonly provision?: string }): boolean =>
    named.act === actId && named.provision !== undefined && id === `${actId}#${named.provision}`
  const keeps = (by: Act): boolean => by.upholds.some(names)
  const alone = acts
    .filter((by) => !keeps(by) && !by.upholds.some((each) => each.act === actId && each.provision === undefined))
    .flatMap((by) =>
      by.repeals.filter((named) => names(named) || (named.act === actId && named.provision === undefined)).map((named) => ({ by, named })),
    )
    .map(({ by, named }) => ({ by, reference: named.reference, lastDay: lastDayBefore(by, own, repeals) }))
  return (
    alone
      .filter((each): each is Repeal => each.lastDay !== null)
      .toSorted(byDay)
      .at(0) ?? null
  )
}

function byDay(a: Repeal, b: Repeal): number {
  return a.lastDay === b.lastDay ? (a.by.id < b.by.id ? -1 : 1) : a.lastDay < b.lastDay ? -1 : 1
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
