/**
 * The door's use cases: answer, let in, take back, go out.
 *
 * Letting in is one transaction: the visit is locked, the decision made at that minute, and entry,
 * arrival, ticket and event are written together. A second scan waits for the lock and finds the
 * entry of the first: one arrival, one ticket.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { transaction, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { commandHash } from '../platform/idempotency.js'
import { dueOnArrival, issueTicket, seriesOf } from '../queue/index.js'
import { endVisit, lockVisit, recordEvent, findVisitById, type Actor, type Visit } from '../visit/index.js'
import { decide, replay, scanOf, visitOfScan, world, type World } from './facts.js'
import { sameScanSeconds, type DoorAnswer, type Entry, type OverrideReason, type Purpose } from './model.js'
import { roomFor } from './occupancy/room.js'
import { once } from './once.js'
import { isEnvelope } from './papers/rules.js'
import { deletePapers } from './papers/store.js'
import { isInside, isSameScan } from './rules.js'
import * as store from './store.js'

export interface DoorQuestion {
  readonly buildingId: string
  readonly purpose: Purpose
  /** Reference, pass or address of a pass; null for somebody without any. */
  readonly code: string | null
  readonly at: Temporal.Instant
}

/** What the door would say at that minute. Writes nothing. */
export async function answer(context: Context, question: DoorQuestion): Promise<DoorAnswer> {
  const known = await world(context)
  const { pool } = context.database
  const visit = question.code === null ? null : await visitOfScan(pool, scanOf(context, question.code))
  const last = visit === null ? null : ((await store.entriesOf(pool, visit.id))[0] ?? null)
  const room = await roomFor(pool, known, { ...question, visit, last })
  const decision = decide(known, { ...question, visit: question.code === null ? null : (visit ?? 'not-found'), last, room })
  const { at, buildingId, purpose } = question
  const passUsedAt = decision.code === 'same-pass-again' ? (last?.at ?? null) : null
  return { decision, at, buildingId, purpose, visit, entry: null, repeated: false, passUsedAt }
}

export interface EnterCommand {
  readonly buildingId: string
  /** Reference, pass or address of a pass; null for a client without any. */
  readonly code: string | null
  /** The guard; null where the person comes in alone at a kiosk. */
  readonly accountId: number | null
  /** That kiosk. */
  readonly deviceId?: number | null
  readonly now: Temporal.Instant
  /** Lets in against the answer. */
  readonly override?: OverrideReason | null
  /** A UUID of the command: the same again gives the first answer, however late. */
  readonly key?: string | null
}

/** Lets a person in on a visit, or says why not (then nothing is written). */
export async function enter(context: Context, command: EnterCommand): Promise<DoorAnswer> {
  const known = await world(context)
  const { buildingId, code, now, key = null, override = null } = command
  const nobody: DoorAnswer = {
    decision: refuse('try-again'),
    at: now,
    buildingId,
    purpose: 'visit',
    visit: null,
    entry: null,
    repeated: false,
  }
  const result = await once(context, { key, hash: commandHash('enter', { buildingId, code, override }), nobody }, async (client) => {
    const found = code === null ? null : await visitOfScan(client, scanOf(context, code))
    const visit = found === null ? null : await lockVisit(client, found.reference)
    return enterLocked(client, known, command, visit)
  })
  if (result.entry !== null && !result.repeated) hint(context, buildingId)
  return result
}

async function enterLocked(client: Queryable, known: World, command: EnterCommand, visit: Visit | null): Promise<DoorAnswer> {
  const { buildingId, now } = command
  const base = { at: now, buildingId, purpose: 'visit' as const, visit, repeated: false }
  const last = visit === null ? null : ((await store.entriesOf(client, visit.id))[0] ?? null)
  if (last !== null && last.buildingId === buildingId && last.leftAt === null && isSameScan(last, now)) {
    return { ...base, decision: replay(known, last, visit), entry: last, repeated: true }
  }
  // From here on nobody else is let in here until this is done.
  const room = await roomFor(client, known, { buildingId, purpose: 'visit', visit, last, at: now }, 'locked')
  const decision = decide(known, {
    buildingId,
    purpose: 'visit',
    visit: command.code === null ? null : (visit ?? 'not-found'),
    last,
    at: now,
    room,
  })
  if (!decision.allowed && !command.override) return { ...base, decision, entry: null }
  const override = decision.allowed ? null : (command.override ?? null)
  const entry = await store.insertEntry(client, {
    at: now,
    buildingId,
    visitId: visit?.id ?? null,
    purpose: 'visit',
    accountId: command.accountId,
    deviceId: command.deviceId ?? null,
    code: decision.code,
    overrideReason: override,
    persons: visit?.persons ?? 1,
  })
  const arrived = visit !== null && arrivesHere(visit, buildingId, now) ? await bringIn(client, known, visit, now) : null
  await recordEvent(client, {
    at: now,
    visitId: visit?.id ?? null,
    // Only an arrival is "entered": coming back, or being let in without a ticket, admits a person.
    kind: arrived === null ? 'admitted' : 'entered',
    ...byWhom(command),
    reason: override,
    buildingId,
    details: {
      code: decision.code,
      entry: entry.id,
      override: override !== null,
      ...(arrived?.ticket ? { ticket: arrived.ticket } : {}),
      ...(command.deviceId == null ? {} : { device: command.deviceId }),
    },
  })
  return { ...base, decision, visit: arrived ?? visit, entry }
}

/** Gets a ticket: expected here today. Whoever is let in on another day or another building's visit is inside without one. */
export function arrivesHere(visit: Visit, buildingId: string, now: Temporal.Instant): boolean {
  const expected = visit.state === 'booked' || visit.state === 'pending'
  return expected && visit.buildingId === buildingId && visit.day.equals(officeDay(now))
}

export async function bringIn(client: Queryable, known: World, visit: Visit, now: Temporal.Instant): Promise<Visit> {
  const ticket = visit.ticket ?? (await issueTicket(client, seriesOf(known.office, visit.serviceId, visit.day)))
  return store.arrive(client, visit.id, { at: now, ticket, due: dueOnArrival(known.office, visit, now) })
}

/** Writes that somebody was not let in, with the code of the answer; the same within moments is one. */
export async function recordRefusal(
  context: Context,
  refused: { readonly answer: DoorAnswer; readonly accountId: number | null; readonly deviceId?: number | null },
): Promise<void> {
  const { decision, visit, at, buildingId, purpose } = refused.answer
  const { pool } = context.database
  if (visit !== null && (await store.refusedSince(pool, visit.id, decision.code, at.subtract({ seconds: sameScanSeconds })))) return
  await recordEvent(pool, {
    at,
    visitId: visit?.id ?? null,
    kind: 'refused-entry',
    ...byWhom(refused),
    reason: decision.code,
    buildingId,
    details: { purpose },
  })
}

/** A guard at the door, or the person alone at a kiosk. */
function byWhom({ accountId }: { readonly accountId: number | null }): { actor: Actor; channel: 'door' | 'kiosk' } {
  return accountId === null ? { actor: 'citizen', channel: 'kiosk' } : { actor: actorOf(accountId), channel: 'door' }
}

export interface UndoCommand {
  readonly entryId: number
  /** The door at which it is done: an entry of another building is not known there. */
  readonly buildingId: string
  readonly accountId: number
  readonly now: Temporal.Instant
  /** Told with the event: what a device without the network kept of it. */
  readonly kept?: Readonly<Record<string, string>>
}

export type Undone = Entry & {
  /** The person was called already: the entry is taken back, the visit stays where it is. */
  readonly visitGoesOn: boolean
}

/**
 * Takes an entry back: as if nobody had come in. Twice is once. Once the person was called the desk
 * decides what becomes of the visit: it stays where it is, and only the entry no longer counts.
 */
export async function undoEntry(context: Context, command: UndoCommand): Promise<Undone | Refused<'entry-unknown'>> {
  const result = await transaction(context.database, (client) => undoIn(client, command))
  if (!('allowed' in result)) hint(context, result.buildingId)
  return result
}

/** The same in the transaction of somebody else, who tells the pages. */
export async function undoIn(client: Queryable, command: UndoCommand): Promise<Undone | Refused<'entry-unknown'>> {
  const found = await lockEntry(client, command)
  if (found === null) return refuse<'entry-unknown'>('entry-unknown')
  const { entry, visit, main } = found
  const brought = visit !== null && (await store.entriesOf(client, visit.id)).length === 1 && visit.buildingId === entry.buildingId
  const visitGoesOn = visit !== null && brought && isInside(visit.state) && visit.state !== 'arrived'
  if (!(await store.markUndone(client, entry.id, command.now))) return { ...entry, visitGoesOn }
  await withoutCompanions(client, { entry, visit: visit ?? main, at: command.now, how: 'undone' })
  if (visit !== null && brought && (visit.state === 'arrived' || isFreshEnvelope(visit, command.now)))
    await takeBack(client, entry, visit, command)
  await recordEvent(client, {
    at: command.now,
    visitId: entry.visitId,
    kind: 'entry-undone',
    actor: actorOf(command.accountId),
    channel: 'door',
    buildingId: entry.buildingId,
    details: { entry: entry.id, purpose: entry.purpose, ...(visitGoesOn && visit !== null ? { visit: visit.state } : {}), ...command.kept },
  })
  return { ...entry, undoneAt: command.now, visitGoesOn }
}

/** An envelope is given back on its day; later it has gone to its unit, and its receipt stands. */
function isFreshEnvelope(visit: Visit, now: Temporal.Instant): boolean {
  return isEnvelope(visit) && visit.state === 'left' && visit.day.equals(officeDay(now))
}

interface LockedEntry {
  readonly entry: Entry
  readonly visit: Visit | null
  /** The visit of the client a companion came with. */
  readonly main: Visit | null
}

/** The entry of this door with its visit locked; read again once it is, as another guard left it. */
export async function lockEntry(client: Queryable, command: Pick<UndoCommand, 'entryId' | 'buildingId'>): Promise<LockedEntry | null> {
  const first = await store.findEntry(client, command.entryId)
  if (first === null || first.buildingId !== command.buildingId) return null
  const came = first.withEntryId === null ? first : await store.findEntry(client, first.withEntryId)
  const found = came === null || came.visitId === null ? null : await findVisitById(client, came.visitId)
  const locked = found === null ? null : await lockVisit(client, found.reference)
  const entry = (await store.findEntry(client, first.id)) ?? first
  return entry.withEntryId === null ? { entry, visit: locked, main: null } : { entry, visit: null, main: locked }
}

/** Companions go with their client; whoever of them no longer goes to the desk takes none, unless the visit is there already. */
async function withoutCompanions(
  client: Queryable,
  { entry, visit, at, how }: { entry: Entry; visit: Visit | null; at: Temporal.Instant; how: 'left' | 'undone' },
): Promise<void> {
  const own = entry.visitId === null ? [entry] : [entry, ...(await store.entriesOf(client, entry.visitId))]
  const gone =
    (await store.companionsGo(
      client,
      own.map(({ id }) => id),
      at,
      how,
    )) + (entry.atDesk ? 1 : 0)
  if (gone > 0 && visit !== null && (visit.state === 'arrived' || visit.state === 'parked')) await store.addCounted(client, visit.id, -gone)
}

/** A booking is expected again; a drop-off was only ever this entry and is over. */
async function takeBack(client: Queryable, entry: Entry, visit: Visit, { accountId, now }: UndoCommand): Promise<void> {
  if (visit.kind === 'drop-off') {
    await deletePapers(client, visit.id)
    await endVisit(client, visit, { state: 'cancelled', at: now, actor: actorOf(accountId), channel: 'door', reason: 'entry-undone' })
  } else await store.unarrive(client, visit.id, entry.code === 'not-confirmed' ? 'pending' : 'booked')
}

/** Somebody went out. A client with an open visit may come back; whoever was no client is gone. */
export async function leave(context: Context, command: UndoCommand): Promise<Entry | Refused<'entry-unknown'>> {
  const result = await transaction(context.database, (client) => leaveIn(client, command))
  if (!('allowed' in result)) context.changes.publish(`door:${result.buildingId}`)
  return result
}

/** The same in the transaction of somebody else, who tells the pages. */
export async function leaveIn(client: Queryable, command: UndoCommand): Promise<Entry | Refused<'entry-unknown'>> {
  const found = await lockEntry(client, command)
  if (found === null) return refuse<'entry-unknown'>('entry-unknown')
  const { entry, visit, main } = found
  // Known already; whoever came back since is inside by another entry.
  if (entry.leftAt !== null || entry.undoneAt !== null) return entry
  if (!(await store.markLeft(client, entry, command.now))) return entry
  await withoutCompanions(client, { entry, visit: visit ?? main, at: command.now, how: 'left' })
  await recordEvent(client, {
    at: command.now,
    visitId: entry.visitId,
    kind: 'went-out',
    actor: actorOf(command.accountId),
    channel: 'door',
    buildingId: entry.buildingId,
    details: { entry: entry.id, purpose: entry.purpose, ...command.kept },
  })
  return { ...entry, leftAt: command.now }
}

export function actorOf(accountId: number): Actor {
  return `account:${accountId}`
}

/** Tells the pages that watch the building: the desks wait for this person. */
export function hint(context: Context, buildingId: string): void {
  context.changes.publish(`queue:${buildingId}`)
  context.changes.publish(`door:${buildingId}`)
}
