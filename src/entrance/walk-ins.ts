/**
 * A ticket from the guard or a kiosk, where the act lets people come without a booking: the person has
 * a number and is counted as inside in one transaction, or neither.
 */
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import type { Language } from '../platform/words.js'
import { mayWalkIn, takeWalkIn, type WalkInAnswer } from '../queue/index.js'
import { recordEvent, type Visit } from '../visit/index.js'
import { actorOf, hint } from './actions.js'
import { decide, world } from './facts.js'
import type { Entry } from './model.js'
import { roomFor } from './occupancy/room.js'
import * as store from './store.js'

/** Would the guard's ticket for this matter be given now, but for how full the building is? */
export async function mayHaveTicket(context: Context, wish: Pick<WalkInEntry, 'buildingId' | 'now' | 'serviceId'>): Promise<boolean> {
  return (await mayWalkIn(context, wish)).allowed
}

export interface WalkInEntry {
  readonly buildingId: string
  readonly serviceId: string
  readonly now: Temporal.Instant
  /** The guard, or the kiosk at which the person takes the ticket alone. */
  readonly by: { readonly accountId: number } | { readonly deviceId: number }
  readonly language?: Language
  /** A UUID of the press: the same again gives the same answer. */
  readonly key?: string | null
}

/** Gives a ticket for a matter and lets in; the same key gives the first visit and its entry again. */
export async function walkInAtDoor(
  context: Context,
  command: WalkInEntry,
): Promise<{ readonly visit: Visit; readonly entry: Entry } | Exclude<WalkInAnswer, { allowed: true }>> {
  const { buildingId, now, serviceId, by, key, language = 'pl' } = command
  const known = await world(context)
  const [channel, actor] = 'accountId' in by ? (['door', actorOf(by.accountId)] as const) : (['kiosk', 'citizen'] as const)
  const made: Entry[] = []
  const answer = await takeWalkIn(context, {
    serviceId,
    buildingId,
    now,
    channel,
    actor,
    language,
    key: key ?? undefined,
    entering: {
      may: async (client) => {
        const question = { buildingId, purpose: 'visit', visit: null, last: null, at: now } as const
        const decision = decide(known, { ...question, room: await roomFor(client, known, { ...question, serviceId }, 'locked') })
        return decision.allowed ? null : decision
      },
      write: async (client, { id, ticket }) => {
        const entry = await store.insertEntry(client, {
          at: now,
          buildingId,
          visitId: id,
          purpose: 'visit',
          accountId: 'accountId' in by ? by.accountId : null,
          deviceId: 'deviceId' in by ? by.deviceId : null,
          code: 'walk-in',
          overrideReason: null,
        })
        const details = { code: 'walk-in', entry: entry.id, ticket, ...('deviceId' in by ? { device: by.deviceId } : {}) }
        await recordEvent(client, { at: now, visitId: id, kind: 'entered', actor, channel, buildingId, details })
        made.push(entry)
      },
    },
  })
  if (!answer.allowed) return answer
  const { visit, repeated } = answer
  if (!repeated) hint(context, buildingId)
  // Of two presses at once the second wrote an entry too, and took it back with its transaction.
  const entry = repeated ? (await store.entriesOf(context.database.pool, visit.id)).at(-1) : made[0]
  return entry === undefined ? refuse('try-again') : { visit, entry }
}
