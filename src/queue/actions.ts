/**
 * What a desk does with people: call, call again, start, finish, did not come, take that back.
 *
 * Each is one transaction that locks, reads, asks the rules, writes and records one event; hints go
 * out after the commit. Pressed twice, an act is done once: the second press finds it done, or
 * finds its key, and gets the first answer.
 */
import type { Context } from '../platform/context.js'
import { brokenConstraint, isLockFailure, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { officeDay } from '../platform/clock.js'
import { directory, type Desk, type Directory } from '../directory/index.js'
import { endVisit, lockVisit, recordEvent, type DueWhy, type Visit } from '../visit/index.js'
import { keepOf, once } from './once.js'
import { lawOfCalling } from './law.js'
import type { Acted, DeskAction, DeskCommand, LawOfCalling, QueueAnswer, QueueRefusal, VisitCommand, Waiting } from './model.js'
import { desksNeeded, heldByAnother, mayCallAnyone, mayDoAtDesk, scopeOf, turnOf, waitingOf } from './rules.js'
import {
  callAtOnce,
  claimFirst,
  commandTransaction,
  leaveDesks,
  readStaffed,
  retakePlaces,
  shareSession,
  takeDesk,
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
  const line = { buildingId: desk.buildingId, day: officeDay(command.now), scope: scopeOf(desk) }
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
  const session = await shareSession(client, desk.id)
  const held = heldByAnother(session, command.holder)
  if (held !== null) return held
  const present = await visitAtDesk(client, desk.id)
  const may = mayCallAnyone({ id: desk.id, open: session !== null, paused: session?.paused ?? false, occupied: present !== null }, law)
  if (!may.allowed) return may
  const passedOver: Visit[] = []
  // Each turn claims who is due first; what `chooseNext` does over a list is done here over the database.
  for (;;) {
    const visit = await claimFirst(
      client,
      line,
      passedOver.map(({ id }) => id),
    )
    if (visit === null) break
    const waiting = waitingOf(visit)
    const turn = turnOf(waiting, await roomAround(client, office, desk, waiting), command.now)
    if (turn === 'call') return claimed(client, office, desk, visit, waiting.dueWhy, command, law)
    passedOver.push(visit)
    if (turn === 'wait') break
  }
  const [first] = passedOver
  if (first === undefined) return { allowed: true, code: 'nobody-waiting', visit: null, repeated: false }
  return refuse('needs-more-desks', law.free.basis, [], { ticket: first.ticket ?? '', desks: desksNeeded(first) })
}

/** Free and staffed desks of the room; counted only for someone who needs more than one. */
async function roomAround(
  client: Queryable,
  office: Directory,
  desk: Desk,
  waiting: Waiting,
): Promise<{ staffedDesks: number; freeDesks: number }> {
  if (desksNeeded(waiting) === 1) return { staffedDesks: 1, freeDesks: 1 }
  const staffed = await readStaffed(
    client,
    office.desksIn(desk.roomId).map((each) => each.id),
  )
  return { staffedDesks: staffed.length, freeDesks: staffed.filter((each) => each.free).length }
}

async function claimed(
  client: Queryable,
  office: Directory,
  desk: Desk,
  visit: Visit,
  why: DueWhy,
  command: DeskCommand,
  law: LawOfCalling,
): Promise<QueueAnswer> {
  const taken = await takeDesks(client, office, desk, visit)
  if (taken !== 'taken') {
    await leaveDesks(client, visit.id)
    return taken === 'occupied' ? refuse('client-at-desk', law.occupied.basis, [{ kind: 'finish-first' }]) : refuse('try-again')
  }
  await writeCalled(client, visit.id, desk.id, command.now)
  await record(client, 'called', visit, desk, command, { why })
  return acted('called', visit, 'called')
}

/**
 * Takes this desk, and for a visit of several counted persons as many free staffed desks of the
 * room besides. Always in the order of the desks' numbers: two desks that want each other's never
 * wait for one another.
 */
async function takeDesks(client: Queryable, office: Directory, desk: Desk, visit: Visit): Promise<'taken' | 'occupied' | 'too-few'> {
  let besides = desksNeeded(visit) - 1
  const others =
    besides === 0
      ? []
      : (
          await readStaffed(
            client,
            office.desksIn(desk.roomId).map((each) => each.id),
          )
        ).filter((each) => each.free && each.deskId !== desk.id)
  for (const deskId of [desk.id, ...others.map((each) => each.deskId)].toSorted((a, b) => a - b)) {
    if (deskId === desk.id) {
      if (!(await takeDesk(client, deskId, visit.id, true))) return 'occupied'
    } else if (besides > 0 && (await takeDesk(client, deskId, visit.id, false))) {
      besides -= 1
    }
  }
  return besides === 0 ? 'taken' : 'too-few'
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

/** Service is over; the desk and the planned time are free again. */
export function finish(context: Context, command: VisitCommand): Promise<QueueAnswer> {
  return onVisit(context, 'finish', command, async (client, visit, desk) => {
    await endVisit(client, visit, { state: 'served', at: command.now, actor: command.actor, channel: 'desk', deskId: desk.id })
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
    const atDesk = session !== null && (await takeDesks(client, office, desk, visit)) === 'taken'
    if (!atDesk) await leaveDesks(client, visit.id)
    const state = atDesk ? 'called' : 'arrived'
    await writeUndone(client, visit.id, state)
    await retakePlaces(client, visit.id)
    await record(client, 'missed-undone', visit, desk, command, { to: state })
    return acted('missed-undone', visit, state)
  })
}

type OnVisit = (client: Queryable, visit: Visit, desk: Desk, office: Directory) => Promise<Acted>

/** What every act on a visit shares: lock it, check what was seen, ask the rules, do it once. */
async function onVisit(context: Context, action: DeskAction, command: VisitCommand, act: OnVisit): Promise<QueueAnswer> {
  const office = await directory(context)
  const desk = office.desks.get(command.desk)
  if (desk === undefined) return refuse('unknown-desk')
  const answer = await commandTransaction(context.database, (client) =>
    once(client, { ...command, name: action }, async (): Promise<QueueAnswer> => {
      const held = command.holder === undefined ? null : heldByAnother(await shareSession(client, desk.id), command.holder)
      if (held !== null) return held
      const visit = await lockVisit(client, command.reference)
      if (visit === null || visit.buildingId !== desk.buildingId) return refuse('unknown-visit')
      const may = mayDoAtDesk(action, visit, desk.id, office.office.settings, command.now)
      if (!may.allowed) return withDesk(may, visit, office)
      if (may.code === 'repeated') return { ...acted(action, visit, visit.state), repeated: true }
      if (command.version !== undefined && command.version !== visit.version) return refuse('state-changed')
      return act(client, visit, desk, office)
    }),
  )
  return published(context, desk, answer)
}

/** "Numer A 041 wezwało stanowisko 3": a conflict names who has the person. */
function withDesk(refusal: Refused<QueueRefusal>, visit: Visit, office: Directory): Refused<QueueRefusal> {
  const holder = visit.deskId === null ? undefined : office.desksById.get(visit.deskId)
  return { ...refusal, values: { ...refusal.values, ticket: visit.ticket ?? '', desk: holder?.label ?? '' } }
}

function acted(code: string, visit: Visit, state: Visit['state']): Acted {
  return { allowed: true, code, visit: { reference: visit.reference, ticket: visit.ticket ?? '', state }, repeated: false }
}

function record(
  client: Queryable,
  kind: 'called' | 'recalled' | 'started' | 'missed-undone',
  visit: Visit,
  desk: Desk,
  command: DeskCommand,
  details: Readonly<Record<string, string | number>> | null = null,
): Promise<void> {
  return recordEvent(client, {
    at: command.now,
    visitId: visit.id,
    kind,
    actor: command.actor,
    channel: 'desk',
    buildingId: visit.buildingId,
    deskId: desk.id,
    details,
  })
}

/** Tells those who watch, once what they will read is committed. */
function published(context: Context, desk: Desk, answer: QueueAnswer): QueueAnswer {
  if (answer.allowed && !answer.repeated && answer.visit !== null) {
    context.changes.publish(`queue:${desk.buildingId}`)
    context.changes.publish(`desk:${desk.slug}`)
  }
  return answer
}
