/**
 * How a visit ends, whatever way: its state, the places and limits it gives back, and one event.
 *
 * Every slice that ends a visit does it here, inside its own transaction and with the visit locked,
 * so that no ended visit keeps a desk. Nobody is lost: closing a day ends whatever is still open.
 */
import type { Context } from '../platform/context.js'
import { transaction, type Queryable } from '../platform/database.js'
import type { Actor, EventKind, Visit, VisitState } from './model.js'
import { freePlaces, openVisitsUntil, recordEvent, writeEnd } from './store.js'

export type EndState = Extract<VisitState, 'served' | 'expired' | 'cancelled' | 'missed' | 'left' | 'redirected'>

export interface Ending {
  readonly state: EndState
  readonly at: Temporal.Instant
  readonly actor: Actor
  readonly channel?: string | null
  /** A code from a list. */
  readonly reason?: string | null
  readonly deskId?: number | null
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
}

const endEvents: Readonly<Record<EndState, EventKind>> = {
  served: 'finished',
  expired: 'expired',
  cancelled: 'cancelled',
  missed: 'missed',
  left: 'left',
  redirected: 'redirected',
}

/** Ends a locked visit: frees its places, live places and limits, and writes the event. */
export async function endVisit(client: Queryable, visit: Visit, ending: Ending): Promise<void> {
  await writeEnd(client, visit.id, ending.state, ending.at)
  await freePlaces(client, visit.id)
  await recordEvent(client, {
    at: ending.at,
    visitId: visit.id,
    kind: endEvents[ending.state],
    actor: ending.actor,
    channel: ending.channel ?? null,
    reason: ending.reason ?? null,
    buildingId: visit.buildingId,
    deskId: ending.deskId ?? null,
    details: { from: visit.state, ...ending.details },
  })
}

/**
 * Ends what a day left open: bookings nobody came for are missed, holds expire, people who came in
 * and were not served have left, and a service nobody closed is finished. Returns how many ended.
 */
export async function closeDay(context: Context, day: Temporal.PlainDate, now: Temporal.Instant): Promise<number> {
  return transaction(context.database, async (client) => {
    const open = await openVisitsUntil(client, day)
    for (const visit of open) {
      await endVisit(client, visit, { state: stateAtClose(visit.state), at: now, actor: 'system', reason: 'day-closed' })
    }
    return open.length
  })
}

function stateAtClose(state: VisitState): EndState {
  switch (state) {
    case 'held':
      return 'expired'
    case 'pending':
    case 'booked':
      return 'missed'
    case 'arrived':
    case 'called':
    case 'parked':
      return 'left'
    case 'serving':
      return 'served'
    case 'served':
    case 'expired':
    case 'cancelled':
    case 'missed':
    case 'left':
    case 'redirected':
      return state
  }
}
