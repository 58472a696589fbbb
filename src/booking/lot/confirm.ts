/**
 * Confirming an entry of a draw by the code or the link of its message, until the draw is held. What
 * a person invents takes no part: of an invented contact nobody reads the code.
 */
import type { Context } from '../../platform/context.js'
import type { Queryable } from '../../platform/database.js'
import { refuse, type Refused } from '../../platform/decision.js'
import { roundsMax, triesMax } from '../confirmation-rules.js'
import { contactsOf } from '../place.js'
import { guarded } from '../store.js'
import type { LotRefusal } from './actions.js'
import { claimContacts, countEntryTry, lockPending, nextEntryRound, writeEntryConfirmed } from './confirm-store.js'
import { findEntry, type Entry } from './entry-store.js'

export interface ConfirmEntryCommand {
  readonly reference: string
  readonly proof: { readonly code: string } | { readonly token: string }
}

export type ConfirmEntryOutcome =
  | { readonly allowed: true; readonly code: 'confirmed' | 'sent'; readonly repeated: boolean }
  | Refused<LotRefusal>

/** Lets an entry take part in its draw. One that does already is answered the same, whatever the proof. */
export async function confirmEntry(context: Context, { reference, proof }: ConfirmEntryCommand): Promise<ConfirmEntryOutcome> {
  return withPending(context, reference, 'confirmed', async (client, entry) => {
    const wrong = await judged(context, client, entry, proof)
    if (wrong !== null) return wrong
    if (!(await claimContacts(client, entry, contactsOf(context, entry.person)))) return refuse('lot-entered')
    await writeEntryConfirmed(client, entry, context.clock.now())
    return null
  })
}

/** Sends another code and link; what was sent before is worth nothing then. `round` is the one its sender saw: sent twice, it sends once. */
export async function sendEntryCode(
  context: Context,
  { reference, round }: { readonly reference: string; readonly round: number },
): Promise<ConfirmEntryOutcome> {
  return withPending(context, reference, 'sent', async (client, entry) => {
    if (entry.round !== round) return 'repeated'
    return (await nextEntryRound(client, entry.id, context.clock.now())) ? null : refuse('codes-spent')
  })
}

/** Does something with an entry that waits to be confirmed while its draw is still to be held. */
async function withPending(
  context: Context,
  reference: string,
  code: 'confirmed' | 'sent',
  work: (client: Queryable, entry: Entry) => Promise<Refused<LotRefusal> | 'repeated' | null>,
): Promise<ConfirmEntryOutcome> {
  const found = await findEntry(context.database.pool, reference)
  if (found === null) return refuse('unknown-entry')
  return guarded(
    context.database,
    async (client): Promise<ConfirmEntryOutcome> => {
      const entry = await lockPending(client, found)
      if (entry.confirmedAt !== null && entry.state !== 'withdrawn') return { allowed: true, code, repeated: true }
      if (entry.state !== 'pending') return refuse('entry-ended')
      const refused = await work(client, entry)
      return refused === null || refused === 'repeated' ? { allowed: true, code, repeated: refused !== null } : refused
    },
    () => refuse('try-again'),
  ) as Promise<ConfirmEntryOutcome>
}

/** What is wrong with the proof; null when it is right. A code is counted before it is judged. */
async function judged(
  { secrets }: Context,
  client: Queryable,
  { id, reference, round }: Entry,
  proof: ConfirmEntryCommand['proof'],
): Promise<Refused<LotRefusal> | null> {
  if ('token' in proof) return secrets.isConfirmToken(reference, round, proof.token) ? null : refuse('unknown-entry')
  const tries = await countEntryTry(client, id)
  if (tries === null) return refuse(round < roundsMax ? 'code-tries' : 'codes-spent')
  return secrets.isConfirmCode(reference, round, proof.code) ? null : refuse('code-wrong', [], [], { left: triesMax - tries })
}
