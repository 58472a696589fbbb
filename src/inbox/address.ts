/** Another address of a person whom the last answer did not reach: what is answered from then on goes there. */
import type { Context } from '../platform/context.js'
import { transaction } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { claimedByOther, lockRequest } from '../booking/index.js'
import { recordEvent, type Actor } from '../visit/index.js'
import { lastUndelivered } from './undelivered-store.js'

/**
 * Writes the address, which is not repeated in the event. Refused once the request is over or a colleague
 * answers it, and where the last answer arrived: whoever can be reached says themselves where to.
 */
export async function correctAddress(
  context: Context,
  { reference, email, actor }: { readonly reference: string; readonly email: string; readonly actor: Actor },
): Promise<{ readonly allowed: true } | Refused> {
  const at = context.clock.now()
  return transaction(context.database, async (client) => {
    const request = await lockRequest(client, reference)
    if (request === null) return refuse('unknown-request')
    if (request.state !== 'open') return refuse('request-ended')
    const others = claimedByOther(request, actor, at)
    if (others !== null) return others
    if (!(await lastUndelivered(client, [request.id])).has(request.id)) return refuse('address-arrives')
    await client.query('update request set person_email = $2 where id = $1', [request.id, email])
    await recordEvent(client, { at, kind: 'contact-corrected', actor, channel: 'email', details: { request: request.id } })
    return { allowed: true }
  })
}
