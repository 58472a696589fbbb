/**
 * Desks at work: opened by the clerk who sits there, paused for a break, closed.
 *
 * Staffed desks are what the room rule counts. A desk with somebody at it is neither closed nor
 * taken over; whoever opens a desk a colleague forgot to close takes it over.
 */
import { instantOf, officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { refuse } from '../platform/decision.js'
import { loadShifts } from '../calendar/index.js'
import { directory, type Desk } from '../directory/index.js'
import { lockVisit, recordEvent, type EventKind, type Visit } from '../visit/index.js'
import type { Acted, DeskCommand, DeskOverflow, QueueAnswer } from './model.js'
import { heldByAnother, overflowOf } from './rules.js'
import {
  closeSession,
  desksOf,
  desksOpenSince,
  lockSession,
  offerSession,
  openSession,
  pauseSession,
  readOverflow,
  writeOverflow,
  type DeskSession,
} from './desk-store.js'
import { commandTransaction, leaveDesks, lockWaitingFor, visitAtDesk, writeSentOn } from './store.js'

export interface OpenCommand extends DeskCommand {
  readonly accountId: number
  /** Takes the desk from a colleague although somebody is at it: heads and the service office only. */
  readonly withClient?: boolean | undefined
}

/**
 * Signs the clerk on at the desk. Open for the same clerk already, it stays as it is; from a
 * colleague it is taken over, and the event says from whom. What its shift says of other groups
 * holds from the first opening on, unless the live room has said something else before.
 */
export async function openDesk(context: Context, command: OpenCommand): Promise<QueueAnswer> {
  const shifts = await loadShifts(context)
  return onDesk(context, command, async (client, desk, session) => {
    if (session?.accountId === command.accountId) return done('desk-opened', true)
    if (session !== null && !command.withClient && !session.handingOver && (await visitAtDesk(client, desk.id)) !== null)
      return refuse('client-at-desk', [], [{ kind: 'finish-first' }])
    await openSession(client, desk.id, command.accountId, command.now)
    if (session === null && (await readOverflow(client, desk.id)).length === 0)
      await writeOverflow(client, desk.id, overflowOf(shifts, desk.id, command.now))
    const details = {
      ...(session !== null && { from: session.accountId }),
      ...(command.actor !== `account:${command.accountId}` && { for: command.accountId }),
    }
    await record(client, 'desk-opened', desk, command, details)
    return done('desk-opened', false)
  })
}

/** A break: the desk calls nobody. Whoever is at it is served to the end. */
export function pauseDesk(context: Context, command: DeskCommand & { readonly until?: Temporal.Instant | null }): Promise<QueueAnswer> {
  return setPaused(context, command, true, command.until ?? null)
}

export function resumeDesk(context: Context, command: DeskCommand): Promise<QueueAnswer> {
  return setPaused(context, command, false, null)
}

function setPaused(context: Context, command: DeskCommand, paused: boolean, until: Temporal.Instant | null): Promise<QueueAnswer> {
  const code = paused ? 'desk-paused' : 'desk-resumed'
  return onDesk(context, command, async (client, desk, session) => {
    if (session === null) return refuse('desk-not-open', [], [{ kind: 'open-desk' }])
    const held = heldByAnother(session, command.holder)
    if (held !== null) return held
    if (session.paused === paused) return done(code, true)
    await pauseSession(client, desk.id, paused, until)
    await record(client, code, desk, command, until === null ? null : { until: until.toString() })
    return done(code, false)
  })
}

/** The clerk leaves, or stays after all: meanwhile a colleague may take the desk with whoever is at it. */
export function handOver(context: Context, command: DeskCommand & { readonly offered: boolean }): Promise<QueueAnswer> {
  return onDesk(context, command, async (client, desk, session) => {
    if (session === null) return refuse('desk-not-open', [], [{ kind: 'open-desk' }])
    const held = heldByAnother(session, command.holder)
    if (held !== null) return held
    const code = command.offered ? 'desk-offered' : 'desk-kept'
    if (session.handingOver === command.offered) return done(code, true)
    await offerSession(client, desk.id, command.offered)
    return done(code, false)
  })
}

/**
 * Signs off. Who is being served is served to the end first. Who was called goes back among those who
 * wait, as do people who wait apart for this desk or were sent to it: due when they were, at any desk.
 */
export function closeDesk(context: Context, command: DeskCommand): Promise<QueueAnswer> {
  return onDesk(context, command, async (client, desk, session) => {
    if (session === null) return done('desk-closed', true)
    const held = heldByAnother(session, command.holder)
    if (held !== null) return held
    const present = await visitAtDesk(client, desk.id)
    if (present !== null && (present.visit.state === 'serving' || !present.caller))
      return refuse('client-at-desk', [], [{ kind: 'finish-first' }])
    const called = present === null ? null : await lockVisit(client, present.visit.reference)
    const people = [...(called === null ? [] : [called]), ...(await lockWaitingFor(client, desk.id, officeDay(command.now)))]
    for (const visit of people) await sendBack(client, visit, desk, command)
    await closeSession(client, desk.id)
    await record(client, 'desk-closed', desk, command)
    return done('desk-closed', false)
  })
}

/**
 * Signs off every desk of somebody who goes home: nobody is counted as staff who is not there. A
 * desk with somebody at it stays open. Says how it went; null when the person had no desk.
 */
export async function closeDesksOf(
  context: Context,
  accountId: number,
  now: Temporal.Instant,
): Promise<'closed' | 'client-at-desk' | null> {
  const { desksById } = await directory(context)
  let went: 'closed' | 'client-at-desk' | null = null
  for (const id of await desksOf(context.database.pool, accountId)) {
    const desk = desksById.get(id)
    if (desk === undefined) continue
    const answer = await closeDesk(context, { desk: desk.slug, actor: `account:${accountId}`, now, holder: accountId })
    if (!answer.allowed) went = 'client-at-desk'
    else went ??= 'closed'
  }
  return went
}

/** Signs off the desks somebody forgot on an earlier day: nobody is staffed overnight. Run after the day's visits are closed. */
export async function closeForgottenDesks(context: Context, now: Temporal.Instant): Promise<void> {
  const { desksById } = await directory(context)
  for (const id of await desksOpenSince(context.database.pool, instantOf(officeDay(now), 0))) {
    const desk = desksById.get(id)
    if (desk !== undefined) await closeDesk(context, { desk: desk.slug, actor: 'system', now })
  }
}

/** Says whose overflow a desk takes from now on, instead of whose it took. */
export function setOverflow(context: Context, command: DeskCommand & { readonly overflow: readonly DeskOverflow[] }): Promise<QueueAnswer> {
  return onDesk(context, command, async (client, desk) => {
    await writeOverflow(client, desk.id, command.overflow)
    const details = { letters: command.overflow.map(({ letter }) => letter).join(' ') }
    await record(client, 'desk-overflow', desk, command, details)
    return done('desk-overflow', false)
  })
}

type OnDesk = (client: Queryable, desk: Desk, session: DeskSession | null) => Promise<QueueAnswer>

async function onDesk(context: Context, command: DeskCommand, act: OnDesk): Promise<QueueAnswer> {
  const desk = (await directory(context)).desks.get(command.desk)
  if (desk === undefined) return refuse('unknown-desk')
  const answer = await commandTransaction(context.database, async (client) => act(client, desk, await lockSession(client, desk.id)))
  if (answer.allowed && !answer.repeated) {
    context.changes.publish(`queue:${desk.buildingId}`)
    context.changes.publish(`desk:${desk.slug}`)
  }
  return answer
}

function done(code: string, repeated: boolean): Acted {
  return { allowed: true, code, visit: null, repeated }
}

async function sendBack(client: Queryable, visit: Visit, desk: Desk, { now: at, actor }: DeskCommand): Promise<void> {
  await writeSentOn(client, visit.id, { deskId: null, serviceId: null })
  await leaveDesks(client, visit.id)
  const { buildingId } = desk
  const details = { from: visit.state }
  await recordEvent(client, {
    at,
    visitId: visit.id,
    kind: 'returned',
    actor,
    channel: 'desk',
    reason: 'desk-closed',
    buildingId,
    deskId: desk.id,
    details,
  })
}

function record(
  client: Queryable,
  kind: EventKind,
  desk: Desk,
  command: DeskCommand,
  details: Readonly<Record<string, number | string>> | null = null,
): Promise<void> {
  const { now: at, actor } = command
  return recordEvent(client, { at, kind, actor, channel: 'desk', buildingId: desk.buildingId, deskId: desk.id, details })
}
