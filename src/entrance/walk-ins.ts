/**
 * A ticket from the guard, where the act lets people come without a booking: the person has a number
 * and is counted as inside in one transaction, or neither.
 */
import type { Context } from '../platform/context.js'
import { refuse, type Refused } from '../platform/decision.js'
import { mayWalkIn, takeWalkIn } from '../queue/index.js'
import { recordEvent, type Visit } from '../visit/index.js'
import { actorOf, hint } from './actions.js'
import type { AdmitCommand } from './admissions.js'
import { decide, world } from './facts.js'
import type { Entry } from './model.js'
import { roomFor } from './occupancy/room.js'
import * as store from './store.js'

/** Would the guard's ticket for this matter be given now, but for how full the building is? */
export async function mayHaveTicket(
  context: Context,
  wish: Pick<AdmitCommand, 'buildingId' | 'now'> & { readonly serviceId: string },
): Promise<boolean> {
  return (await mayWalkIn(context, wish)).allowed
}

/** Gives a ticket for a matter and lets in; the same key gives the first entry again. */
export async function walkInAtDoor(context: Context, command: AdmitCommand & { readonly serviceId: string }): Promise<Entry | Refused> {
  const { buildingId, accountId, now, serviceId } = command
  const known = await world(context)
  const actor = actorOf(accountId)
  const made: Entry[] = []
  const answer = await takeWalkIn(context, {
    serviceId,
    buildingId,
    now,
    channel: 'door',
    actor,
    key: command.key ?? undefined,
    entering: {
      may: async (client) => {
        const question = { buildingId, purpose: 'visit', visit: null, last: null, at: now } as const
        const decision = decide(known, { ...question, room: await roomFor(client, known, question, 'locked') })
        return decision.allowed ? null : decision
      },
      write: async (client, { id, ticket }: Visit) => {
        const entry = await store.insertEntry(client, {
          at: now,
          buildingId,
          visitId: id,
          purpose: 'visit',
          accountId,
          code: 'walk-in',
          overrideReason: null,
        })
        const details = { code: 'walk-in', entry: entry.id, ticket }
        await recordEvent(client, { at: now, visitId: id, kind: 'entered', actor, channel: 'door', buildingId, details })
        made.push(entry)
      },
    },
  })
  if (!answer.allowed) return answer
  if (!answer.repeated) hint(context, buildingId)
  // Of two presses at once the second wrote an entry too, and took it back with its transaction.
  const entry = answer.repeated ? (await store.entriesOf(context.database.pool, answer.visit.id)).at(-1) : made[0]
  return entry ?? refuse('try-again')
}
