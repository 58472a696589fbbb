/**
 * What a desk does with people: call, call again, start, finish, did not come, take that back.
 *
 * Each is one transaction that locks, reads, asks the rules, writes and records one event; hints go
 * out after the commit. Pressed twice, an act is done once: the second press finds it done, or
 * finds its key, and gets the first answer.
 */
import type { Context } from '../platform/context.js'
import { brokenConstraint, isLockFailure, type Queryable } from '../platform/database.js'
import { refuse } from '../platform/decision.js'
import { officeDay } from '../platform/clock.js'
import { directory, type Desk, type Directory } from '../directory/index.js'
import { endVisit, type Visit } from '../visit/index.js'
import { keepOf, once } from './once.js'
import { lawOfCalling } from './law.js'
import type { DeskCommand, LawOfCalling, Outcome, QueueAnswer, VisitCommand, Waiting } from './model.js'
import { desksToTake, heldByAnother, mayCallAnyone, scopeOf, turnOf, waitingOf } from './rules.js'
import { acted, onVisit, outsideDetails, published, record, roomAround, takeDesks } from './acting.js'
import { callingSession, readOverflow, shareSession } from './desk-store.js'
import {
  callAtOnce,
  claimFirst,
  commandTransaction,
  leaveDesks,
  retakePlaces,
  visitAtDesk,
  writeCalled,
  writeServing,
  writeUndone,
  type Line,
} from './store.js'

/** Calls the next person to the desk; `nobody-waiting` is an answer, not a refusal. */
export async function callNext(context: Context, command: DeskCommand): Promise<QueueAnswer> {
  const office = await directory(context)
  const desk = office.desks.get(command.desk)
  if (desk === undefined) return refuse('unknown-desk')
  const law = await lawOfCalling(context, desk, command.now)
  const line = {
    buildingId: desk.buildingId,
    day: officeDay(command.now),
    scope: scopeOf(desk, await readOverflow(context.database.pool, desk.id), office, command.now),
  }
  const keyed = { ...command, name: 'next' }
  const visit = law.free.allowed
    ? await simply(callAtOnce(context.database.pool, { ...command, line, holder: command.holder, keep: keepOf(keyed) }))
    : null
  if (visit !== null) return published(context, desk, acted('called', visit, 'called'))
  const answer = await commandTransaction(context.database, (client) =>
    once(client, keyed, () => call(client, office, desk, command, law, line)),
  )
  return published(context, desk, answer)
}

/** Null also when another command was in the way: the long way says what it was. */
async function simply(attempt: Promise<Visit | null>): Promise<Visit | null> {
  try {
    return await attempt
  } catch (error) {
    if (isLockFailure(error) || brokenConstraint(error) === 'idempotency_key_pkey') return null
    throw error
  }
}

async function call(
  client: Queryable,
  office: Directory,
  desk: Desk,
  command: DeskCommand,
  law: LawOfCalling,
  line: Line,
): Promise<QueueAnswer> {
  const session = await callingSession(client, desk.id)
  const held = heldByAnother(session, command.holder)
  if (held !== null) return held
  const present = await visitAtDesk(client, desk.id)
  const may = mayCallAnyone({ id: desk.id, open: session !== null, paused: session?.paused ?? false, occupied: present !== null }, law)
  if (!may.allowed) return may
  const passedOver: Visit[] = []
  let desks = 1
  // Each turn claims who is due first; what `chooseNext` does over a list is done here over the database.
  for (;;) {
    const visit = await claimFirst(
      client,
      line,
      passedOver.map(({ id }) => id),
    )
    if (visit === null) break
    const waiting = waitingOf(visit)
    const around = await roomAround(client, office, desk, waiting)
    const turn = turnOf(waiting, around, command.now)
    if (turn === 'call')
      return claimed(client, office, desk, visit, { ...becauseOf(waiting, desk), ...overtaking(passedOver) }, command, law)
    if (passedOver.length === 0) desks = desksToTake(waiting, around)
    passedOver.push(visit)
    if (turn === 'wait') break
  }
  const [first] = passedOver
  if (first === undefined) return { allowed: true, code: 'nobody-waiting', visit: null, repeated: false }
  return refuse('needs-more-desks', law.free.basis, [], { ticket: first.ticket ?? '', desks })
}

/** Why it is this person's turn, as the event keeps it: the statement that calls at once writes the same. */
function becauseOf({ dueWhy, dueAt, forDeskId, serviceId }: Waiting, desk: Desk): Record<'why' | 'due' | 'as', string> {
  const own = desk.serviceIds.includes(serviceId)
  return { why: dueWhy, due: dueAt.toString(), as: forDeskId !== null ? 'sent-on' : own ? 'own' : 'overflow' }
}

/** Numbers of parties due before, for whom too few desks are free. */
function overtaking(passedOver: readonly Visit[]): { readonly before?: string } {
  return passedOver.length === 0 ? {} : { before: passedOver.map(({ ticket }) => ticket ?? '').join(' ') }
}

async function claimed(
  client: Queryable,
  office: Directory,
  desk: Desk,
  visit: Visit,
  because: ReturnType<typeof becauseOf>,
  command: DeskCommand,
  law: LawOfCalling,
): Promise<QueueAnswer> {
  const taken = await takeDesks(client, office, desk, visit)
  if (taken.how !== 'taken') {
    await leaveDesks(client, visit.id)
    return taken.how === 'occupied' ? refuse('client-at-desk', law.occupied.basis, [{ kind: 'finish-first' }]) : refuse('try-again')
  }
  await writeCalled(client, visit.id, desk.id, command.now)
  await record(client, 'called', visit, desk, command, { ...because, ...outsideDetails(taken.outside) })
  return acted('called', visit, 'called')
}

/** Calls the person once more; a minute must have passed. */
export function recall(context: Context, command: VisitCommand): Promise<QueueAnswer> {
  return onVisit(context, 'recall', command, async (client, visit, desk) => {
    await writeCalled(client, visit.id, desk.id, command.now)
    await record(client, 'recalled', visit, desk, command)
    return acted('recalled', visit, 'called')
  })
}

/** The person is at the desk: service begins. */
export function start(context: Context, command: VisitCommand): Promise<QueueAnswer> {
  return onVisit(context, 'start', command, async (client, visit, desk) => {
    await writeServing(client, visit.id, command.now)
    await record(client, 'started', visit, desk, command)
    return acted('started', visit, 'serving')
  })
}

/** Service is over, with what came of it where the clerk says; the desk and the planned time are free again. */
export function finish(context: Context, command: VisitCommand & { readonly outcome?: Outcome | undefined }): Promise<QueueAnswer> {
  return onVisit(context, 'finish', command, async (client, visit, desk) => {
    await endVisit(client, visit, {
      state: 'served',
      at: command.now,
      actor: command.actor,
      channel: 'desk',
      reason: command.outcome ?? null,
      deskId: desk.id,
    })
    return acted('finished', visit, 'served')
  })
}

/** Nobody came though called twice. It can be taken back for a minute. */
export function missed(context: Context, command: VisitCommand): Promise<QueueAnswer> {
  return onVisit(context, 'miss', command, async (client, visit, desk) => {
    await endVisit(client, visit, {
      state: 'missed',
      at: command.now,
      actor: command.actor,
      channel: 'desk',
      reason: 'called-twice',
      deskId: desk.id,
    })
    return acted('missed', visit, 'missed')
  })
}

/** The person came after all: back to the desk if it is still free, else back among those who wait. */
export function undoMissed(context: Context, command: VisitCommand): Promise<QueueAnswer> {
  return onVisit(context, 'undo-miss', command, async (client, visit, desk, office) => {
    const session = await shareSession(client, desk.id)
    const taken = session === null ? null : await takeDesks(client, office, desk, visit)
    const atDesk = taken?.how === 'taken'
    if (!atDesk) await leaveDesks(client, visit.id)
    const state = atDesk ? 'called' : 'arrived'
    await writeUndone(client, visit.id, state)
    await retakePlaces(client, visit.id)
    await record(client, 'missed-undone', visit, desk, command, { to: state, ...outsideDetails(taken?.outside ?? 0) })
    return acted('missed-undone', visit, state)
  })
}
