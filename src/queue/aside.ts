/**
 * What a desk does with people besides calling and serving them in turn: lets them wait apart, sends
 * them on, calls one out of turn, makes one due earlier, goes on to the next matter of a visit.
 *
 * Nobody loses their minute by it: who is sent on or comes back is due when they were. Each act is
 * shaped as those of `actions.ts`.
 */
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { directory } from '../directory/index.js'
import { endVisit, type VisitPriority } from '../visit/index.js'
import { acted, onVisit, outsideDetails, record, takeDesks } from './acting.js'
import { lawOfCalling } from './law.js'
import type { Outcome, ParkReason, PickReason, QueueAnswer, VisitCommand } from './model.js'
import { mayCallAnyone } from './rules.js'
import { shareSession } from './desk-store.js'
import { leaveDesks, visitAtDesk, writeCalled, writeNextMatter, writeParked, writePriority, writeReturned, writeSentOn } from './store.js'

/** The person waits apart (fills in a form, pays) and keeps their minute; the desk is free. */
export function park(context: Context, command: VisitCommand & { readonly reason: ParkReason }): Promise<QueueAnswer> {
  const { reason, now } = command
  return onVisit(context, 'park', { ...command, said: reason }, async (client, visit, desk) => {
    await writeParked(client, visit.id, desk.id)
    await leaveDesks(client, visit.id)
    await record(client, 'parked', visit, desk, command, { from: visit.state, seconds: secondsServed(visit.servingAt, now) }, reason)
    return acted('parked', visit, 'parked')
  })
}

/** Back among those who wait, due when they were. */
export function comeBack(context: Context, command: VisitCommand): Promise<QueueAnswer> {
  return onVisit(context, 'return', command, async (client, visit, desk) => {
    await writeReturned(client, visit.id)
    await record(client, 'returned', visit, desk, command)
    return acted('returned', visit, 'arrived')
  })
}

/** To one desk, or to those of another matter. */
export type SentTo = { readonly desk: string } | { readonly serviceId: string }

/** Sends a person on, who waits there with their minute and number. */
export function transfer(context: Context, command: VisitCommand & { readonly to: SentTo }): Promise<QueueAnswer> {
  const { to } = command
  return onVisit(context, 'transfer', { ...command, said: to }, async (client, visit, desk, office) => {
    const other = 'desk' in to ? office.desks.get(to.desk) : undefined
    const service = 'serviceId' in to ? office.services.get(to.serviceId) : undefined
    const there = other ?? office.desksOf(service?.id ?? '')[0]
    if (there === undefined || there.closed || there.buildingId !== visit.buildingId || there.id === desk.id) return refuse('nobody-there')
    // Kept from being closed meanwhile: whoever is sent to one desk would wait for it alone.
    if (other !== undefined && (await shareSession(client, other.id)) === null) return refuse('nobody-there')
    await writeSentOn(client, visit.id, { deskId: other?.id ?? null, serviceId: service?.id ?? null })
    await leaveDesks(client, visit.id)
    const where = other === undefined ? { service: visit.serviceId, to: service?.id ?? '' } : { to: other.slug }
    await record(client, 'transferred', visit, desk, command, {
      ...where,
      from: visit.state,
      seconds: secondsServed(visit.servingAt, command.now),
    })
    return acted('transferred', visit, 'arrived')
  })
}

/** Makes a person who waits due earlier, for a reason from a list; a second reason changes nothing but the reason. */
export function prioritise(context: Context, command: VisitCommand & { readonly reason: VisitPriority }): Promise<QueueAnswer> {
  const { reason } = command
  return onVisit(context, 'prioritise', { ...command, said: reason }, async (client, visit, desk, office) => {
    await writePriority(client, visit.id, reason, office.office.settings['priority-minutes'])
    await record(client, 'prioritised', visit, desk, command, null, reason)
    return acted('prioritised', visit, visit.state)
  })
}

/** Calls this person and no other, out of turn: by right and with a reason. */
export async function pick(
  context: Context,
  command: VisitCommand & { readonly reason: PickReason; readonly mayPick: boolean },
): Promise<QueueAnswer> {
  const { reason } = command
  const office = await directory(context)
  const desk = office.desks.get(command.desk)
  if (desk === undefined) return refuse('unknown-desk')
  const law = await lawOfCalling(context, desk, command.now)
  return onVisit(context, 'pick', { ...command, said: reason }, async (client, visit) => {
    // Whoever waits apart by this desk's own wish is only called back.
    const own = visit.state === 'parked' && visit.deskId === desk.id
    if (!own && !command.mayPick) return refuse('no-right-to-pick')
    const session = await shareSession(client, desk.id)
    const occupied = (await visitAtDesk(client, desk.id)) !== null
    const may = mayCallAnyone({ id: desk.id, open: session !== null, paused: session?.paused ?? false, occupied }, law)
    if (!may.allowed) return may
    const taken = await takeDesks(client, office, desk, visit)
    if (taken.how !== 'taken') {
      await leaveDesks(client, visit.id)
      return refuse('try-again')
    }
    await writeCalled(client, visit.id, desk.id, command.now)
    await record(
      client,
      'called',
      visit,
      desk,
      command,
      { why: own ? 'back' : 'picked', from: visit.state, ...outsideDetails(taken.outside) },
      own ? null : reason,
    )
    return acted('called', visit, 'called')
  })
}

/** The person went home. */
export function wentHome(context: Context, command: VisitCommand): Promise<QueueAnswer> {
  return onVisit(context, 'leave', command, async (client, visit, desk) => {
    const { now: at, actor } = command
    await endVisit(client, visit, { state: 'left', at, actor, channel: 'desk', reason: 'went-home', deskId: desk.id })
    return acted('left', visit, 'left')
  })
}

/** One matter of the visit is done, the next one begins at the same desk. */
export function nextMatter(context: Context, command: VisitCommand & { readonly outcome?: Outcome | undefined }): Promise<QueueAnswer> {
  return onVisit(context, 'next-matter', { ...command, said: command.outcome ?? null }, async (client, visit, desk) => {
    await writeNextMatter(client, visit.id, command.now)
    const details = { service: visit.serviceId, seconds: secondsServed(visit.servingAt, command.now) }
    await record(client, 'matter-done', visit, desk, command, details, command.outcome ?? null)
    return acted('matter-done', visit, 'serving')
  })
}

/** How long the person was at the desk before; 0 while not yet served. */
function secondsServed(servingAt: Temporal.Instant | null, now: Temporal.Instant): number {
  return servingAt === null ? 0 : Math.max(0, Math.round(now.since(servingAt).total('seconds')))
}
