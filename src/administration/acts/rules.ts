/**
 * What follows of an act: how far it is, which steps are open to whom, whether it was entered late,
 * and its address. Pure.
 */
import type { Act, RuleBook } from '../../regulation/index.js'
import { endOf, read } from '../../regulation/index.js'
import { officeDay } from '../../platform/clock.js'
import { hasRole, type Staff } from '../../staff/index.js'
import { recorders, writers, type Draft, type DraftState } from './model.js'

/** How far an act is. After its publication that follows from its days and from other acts. */
export type Stage = DraftState | 'awaits' | 'in-force' | 'ended' | 'repealed' | 'corrected'

/** The stage of the newest version of an act of the rule book on a day. */
export function stageOfAct(act: Act, book: RuleBook, today: Temporal.PlainDate): Stage {
  const { term, repealedBy } = endOf(act, read(book))
  const day = today.toString()
  if (term.from !== null && day < term.from) return 'awaits'
  if (term.until !== null && term.until < day) return repealedBy === null ? 'ended' : 'repealed'
  return 'in-force'
}

export function stageOf(draft: Draft, book: RuleBook, today: Temporal.PlainDate): Stage {
  if (draft.signed === null || draft.published === null) return draft.state
  const act = book.acts.find((each) => each.id === draft.signed?.actId)
  if (act === undefined) return draft.state
  return Temporal.Instant.compare(act.enteredAt, draft.published.enteredAt) > 0 ? 'corrected' : stageOfAct(act, book, today)
}

export type Step = 'edit' | 'check' | 'give-back' | 'sign' | 'publish' | 'withdraw'

/** Which steps this person may take now. */
export function stepsFor(draft: Draft, staff: Pick<Staff, 'accountId' | 'roles'>): ReadonlySet<Step> {
  const writes = hasRole(staff, writers)
  const records = hasRole(staff, recorders)
  const second = staff.accountId !== draft.author.id && staff.accountId !== draft.editedBy.id
  const steps: Record<DraftState, readonly (readonly [Step, boolean])[]> = {
    draft: [
      ['edit', writes],
      ['check', writes && second],
      ['withdraw', writes],
    ],
    checked: [
      ['give-back', writes],
      ['sign', records],
      ['withdraw', writes],
    ],
    signed: [['publish', records]],
    published: [],
    withdrawn: [],
  }
  return new Set(steps[draft.state].flatMap(([step, may]) => (may ? [step] : [])))
}

/** Was the act learned of after its first day? Then others were answered meanwhile without it. */
export function isLate(act: Act, enteredAt: Temporal.Instant): boolean {
  const first = act.from ?? act.signedOn
  return first !== null && Temporal.PlainDate.compare(officeDay(enteredAt), first) > 0
}

/** The name of an act in an address: `k-219-2020` for `K/219/2020`. */
export function slugOf(id: string): string {
  return id
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** Number and title; of an act known by its title the title alone. */
export function headingOf({ number, title }: Pick<Act, 'number' | 'title'>): string {
  return number.endsWith(title) ? number : `${number} ${title}`
}

/** Provisions as the act has them, by paragraph: "§ 1 ust. 10" after "§ 1 ust. 9". */
export function byParagraph<Item extends { readonly reference: string }>(provisions: readonly Item[]): readonly Item[] {
  const key = ({ reference }: Item): string => reference.replaceAll(/\d+/g, (digits) => digits.padStart(4, '0'))
  return provisions.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
