/**
 * What a person typed while the time is held: kept in the row of the hold, so that pages may be
 * left and come back to, and so that nothing personal travels in an address or a cookie.
 *
 * It goes along to the next time the same browser chooses for the same matter (WCAG 3.3.7), until an
 * hour after the hold was over. Whoever sits down at a shared computer
 * later finds nothing of it.
 */
import type { Context } from '../platform/context.js'
import type { Person, Visit } from '../visit/index.js'
import { writeDraft, type Draft } from './draft-store.js'

const draftMinutesKept = 60

/** Keeps the person with a living hold; false when the hold is over. */
export async function keepDraft(context: Context, draft: Draft): Promise<boolean> {
  return writeDraft(context.database.pool, { ...draft, now: context.clock.now() })
}

/** Enough is known of the person to check and book. */
export function isComplete(person: Person): boolean {
  return person.name !== null && (person.phone !== null || person.email !== null)
}

/** Was something typed with this hold that its owner need not type again? */
export function isKept(visit: Visit, now: Temporal.Instant): boolean {
  const { name, phone, email } = visit.person
  if (name === null && phone === null && email === null) return false
  if ((visit.state !== 'held' && visit.state !== 'expired') || visit.heldUntil === null) return false
  return Temporal.Instant.compare(now, visit.heldUntil.add({ minutes: draftMinutesKept })) <= 0
}
