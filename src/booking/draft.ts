/**
 * What a person typed while the time is held: kept in the row of the hold, so that pages may be
 * left and come back to, and so that nothing personal travels in an address or a cookie.
 */
import type { Context } from '../platform/context.js'
import type { Person } from '../visit/index.js'
import { writeDraft } from './draft-store.js'

/** Keeps the person with a living hold; false when the hold is over. */
export async function keepDraft(
  context: Context,
  draft: { readonly reference: string; readonly person: Person; readonly urgent: boolean },
): Promise<boolean> {
  return writeDraft(context.database.pool, { ...draft, now: context.clock.now() })
}
