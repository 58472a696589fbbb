/** The rule book as it would be with a draft in it. Pure: the book that is in force is never changed. */
import type { Law, RuleBook } from '../../regulation/index.js'

/** Acts and conditions of the draft stand in place of those with the same ids, and beside all others. */
export function withDraft(book: RuleBook, draft: Law): RuleBook {
  const acts = new Set(draft.acts.map(({ id }) => id))
  const conditions = new Set(draft.conditions.map(({ id }) => id))
  return {
    acts: [...book.acts.filter(({ id }) => !acts.has(id)), ...draft.acts],
    conditions: [...book.conditions.filter(({ id }) => !conditions.has(id)), ...draft.conditions],
    provisions: [...book.provisions.filter(({ actId }) => !acts.has(actId)), ...draft.provisions],
    replaced: book.replaced,
    specialDays: book.specialDays,
  }
}
