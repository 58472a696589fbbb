/**
 * The paragraph that lets a desk have one client at a time, while it is in force.
 *
 * That a desk never has two holds in any case, by a constraint; the paragraph is named only on days
 * on which an act says so.
 */
import type { Context } from '../platform/context.js'
import type { Basis } from '../platform/decision.js'
import type { Desk } from '../directory/index.js'

/** What a refusal to call rests on, for this desk at this minute; empty when no act speaks of it. */
export async function onePerDesk(_context: Context, _desk: Desk, _now: Temporal.Instant): Promise<readonly Basis[]> {
  return []
}
