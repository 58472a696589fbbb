/**
 * The numbered versions of an act as the public sees them: every content the rule book held, and every
 * correction that was published. Pure, but for the list of what was published, which is read once for
 * each rule book in memory.
 */
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { Act, Law, Provision, RuleBook } from '../../regulation/index.js'
import type { Draft } from './model.js'
import { byParagraph, slugOf } from './rules.js'
import { listPublished } from './store.js'

export interface ActVersion {
  /** 1 for the first. */
  readonly number: number
  /** From when answers followed it. */
  readonly enteredAt: Temporal.Instant
  readonly act: Act
  readonly provisions: readonly Provision[]
  /** What was recorded with it; null for one that came with the acts file. */
  readonly draft: Draft | null
}

const published = new WeakMap<RuleBook, Promise<readonly Draft[]>>()

/** Versions that went through their steps here. What is published makes a new rule book, so these last as long as it does. */
export function publishedWith(context: Context, book: RuleBook): Promise<readonly Draft[]> {
  let list = published.get(book)
  if (list === undefined) {
    published.set(book, (list = listPublished(context.database.pool)))
    list.catch(() => published.delete(book))
  }
  return list
}

/** Acts with an address: all but the office's own settings. */
export function publicActs(book: RuleBook): readonly Act[] {
  return book.acts.filter((act) => act.rank !== 'setting')
}

export function actOfSlug(book: RuleBook, slug: string): Act | undefined {
  return publicActs(book).find((act) => slugOf(act.id) === slug)
}

/** All versions of an act, the first one first. */
export function versionsOf(book: RuleBook, drafts: readonly Draft[], actId: string): readonly ActVersion[] {
  const held = [book, ...book.replaced]
    .flatMap((law) => law.acts.filter((act) => act.id === actId).map((act) => ({ act, provisions: provisionsOf(law, actId) })))
    .toSorted((a, b) => Temporal.Instant.compare(a.act.enteredAt, b.act.enteredAt))
  const own = drafts.filter((draft) => draft.signed?.actId === actId && draft.published !== null)
  const versions = held.map(({ act, provisions }) => ({
    enteredAt: act.enteredAt,
    act,
    provisions,
    draft: own.find((draft) => at(draft).equals(act.enteredAt)) ?? null,
  }))
  // A correction of the words alone: its rules are those that were held then.
  const wordsAlone = own
    .filter((draft) => !held.some(({ act }) => act.enteredAt.equals(at(draft))))
    .flatMap((draft) => {
      const then = held.findLast(({ act }) => Temporal.Instant.compare(act.enteredAt, at(draft)) <= 0)
      return then === undefined ? [] : [{ ...then, enteredAt: at(draft), draft }]
    })
  return [...versions, ...wordsAlone]
    .toSorted((a, b) => Temporal.Instant.compare(a.enteredAt, b.enteredAt))
    .map((version, index) => ({ ...version, number: index + 1 }))
}

/** When answers began to follow what was published. */
function at(draft: Draft): Temporal.Instant {
  return draft.published?.enteredAt as Temporal.Instant
}

function provisionsOf(law: Law, actId: string): readonly Provision[] {
  return byParagraph(law.provisions.filter((each) => each.actId === actId))
}

/** The five items the law wants beside what is published (art. 8 ust. 6 on access to public information); null is not recorded. */
export interface BipFacts {
  readonly body: string
  readonly responsible: string | null
  readonly enteredBy: string | null
  readonly madeOn: Temporal.PlainDate | null
  readonly publishedAt: Temporal.Instant | null
}

export function bipFacts({ act, draft }: ActVersion, officeName: string): BipFacts {
  return {
    body: officeName,
    responsible: draft?.published?.responsible ?? null,
    enteredBy: draft?.published?.enteredBy.name ?? null,
    madeOn: draft?.signed?.on ?? act.signedOn,
    publishedAt: draft?.published?.at ?? null,
  }
}

/** The own words of a version: its own, or of the last version before it that had some. */
export function textOf(versions: readonly ActVersion[], number: number): string {
  return versions.findLast((each) => each.number <= number && (each.draft?.text ?? '') !== '')?.draft?.text ?? ''
}

/** Was this version learned of after the first day it ruled? Told only of what went through its steps here. */
export function isLateVersion({ act, enteredAt, draft }: ActVersion): boolean {
  const first = act.from ?? act.signedOn
  return draft !== null && first !== null && Temporal.PlainDate.compare(officeDay(enteredAt), first) > 0
}
