/** The next mail to answer: the one that waits longest in a clerk's lists and that no colleague answers. */
import type { Context } from '../platform/context.js'
import { claimRequest } from '../booking/index.js'
import type { Actor } from '../visit/index.js'
import { waitingReferences } from './list-store.js'

/** Claims it; `after` is the one just left, which comes last, so that it does not come back at once. Null: nobody waits whom nobody answers. */
export async function claimNext(
  context: Context,
  { actor, accountId, unitIds, after }: { actor: Actor; accountId: number; unitIds: readonly string[] | null; after: string | null },
): Promise<string | null> {
  const waiting = await waitingReferences(context.database.pool, { unitIds, accountId, now: context.clock.now() })
  for (const reference of following(waiting, after)) {
    // A colleague may have it since a moment ago: then it is the one behind it.
    if ((await claimRequest(context, { reference, actor })).allowed) return reference
  }
  return null
}

/** Those behind one, then those before it, itself last. */
export function following(references: readonly string[], one: string | null): readonly string[] {
  const at = one === null ? -1 : references.indexOf(one)
  return [...references.slice(at + 1), ...references.slice(0, at + 1)]
}
