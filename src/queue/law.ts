/**
 * What the acts in force say of a desk that wants to call: asked of the law's own rule, once for the
 * button and the press.
 *
 * That a desk never has two holds in any case, by a constraint; the paragraph is named only on days
 * on which an act says so.
 */
import type { Context } from '../platform/context.js'
import { directory, type Desk } from '../directory/index.js'
import { mayCall, ruleBook } from '../regulation/index.js'
import type { LawOfCalling } from './model.js'

/** The law's answers for this desk at this minute: while nobody is at it, and while somebody is. */
export async function lawOfCalling(context: Context, desk: Desk, now: Temporal.Instant): Promise<LawOfCalling> {
  const [office, book] = [await directory(context), await ruleBook(context)]
  const facts = { deskSlug: desk.slug, visit: null, now }
  return { free: mayCall(book, office, { ...facts, deskBusy: false }), occupied: mayCall(book, office, { ...facts, deskBusy: true }) }
}
