/**
 * Somebody without a ticket stands at a free desk: they get a number there and then, where the act
 * lets people come without a booking, and are called at once if nobody is due before them.
 */
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { directory, type Desk } from '../directory/index.js'
import { callNext } from './actions.js'
import type { DeskCommand, QueueAnswer } from './model.js'
import { mayWalkIn, takeWalkIn, type WalkInAnswer } from './walk-ins.js'

export type WalkDirectAnswer = QueueAnswer | Exclude<WalkInAnswer, { allowed: true }>

/**
 * Gives the person a number and calls whoever is due first: this person if nobody waits. Otherwise
 * the answer is `ticket-taken`, with the number to tell; who was called meanwhile stands at the desk.
 */
export async function walkDirect(context: Context, command: DeskCommand & { readonly serviceId: string }): Promise<WalkDirectAnswer> {
  const { desk: slug, serviceId, now, actor, key, holder } = command
  const desk = (await directory(context)).desks.get(slug)
  if (desk === undefined) return refuse('unknown-desk')
  if (!desk.serviceIds.includes(serviceId)) return refuse('unknown-service')
  const taken = await takeWalkIn(context, { serviceId, buildingId: desk.buildingId, now, actor, key, channel: 'counter' })
  if (!taken.allowed) return taken
  const { reference, ticket, state } = taken.visit
  const visit = { reference, ticket: ticket ?? '', state }
  if (taken.repeated) return { allowed: true, code: state === 'arrived' ? 'ticket-taken' : 'called', visit, repeated: true }
  const called = await callNext(context, { desk: slug, actor, now, holder })
  if (called.allowed && called.visit?.reference === reference) return called
  return { allowed: true, code: 'ticket-taken', visit, repeated: false }
}

/** Matters of a desk for which a number would be given now. */
export async function directMatters(context: Context, desk: Desk, now: Temporal.Instant): Promise<string[]> {
  const answers = await Promise.all(desk.serviceIds.map((serviceId) => mayWalkIn(context, { serviceId, buildingId: desk.buildingId, now })))
  return desk.serviceIds.filter((_, index) => answers[index]?.allowed)
}
