/** What a form about an act says: which version was before whoever sent it. */
import { formText } from '../../platform/http/form.js'
import { readInstant } from '../../platform/typed-time.js'
import type { Act, RuleBook } from '../../regulation/index.js'

/** The act a form names, and whether the version that was before the reader is still the newest; null for an act nobody has. */
export function versionIn(body: unknown, book: RuleBook): { readonly act: Act; readonly newest: boolean } | null {
  const act = book.acts.find(({ id }) => id === formText(body, 'act', 300))
  const seen = readInstant(formText(body, 'seen', 40))
  return act === undefined || seen === null ? null : { act, newest: act.enteredAt.equals(seen) }
}
