/**
 * What the program cannot know: an act in force whose text is not held and of which no rule is known.
 *
 * Where no rule that is held answers a question, such an act may; the answer then is that it is
 * not known, with a number to ring, never a guess.
 */
import type { Act, RuleBook } from '../model.js'
import { actsInForce, asKnown, read } from './force.js'

/** Acts in force on a day of which nothing but the title is held. */
export function actsNotHeld(book: RuleBook, day: Temporal.PlainDate, known?: Temporal.Instant): readonly Act[] {
  const ruled = new Set(asKnown(book, known).provisions.map((each) => each.actId))
  return actsInForce(read(book, known), day.toString())
    .filter((act) => !act.textHeld && !ruled.has(act.id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
