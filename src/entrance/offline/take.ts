/**
 * Taking what a guard did without the network: each act once, at the minute it was done, in one
 * transaction. What was done was done: a person let in is inside, whatever is known now. What does not
 * fit is not put right in silence but kept as a conflict for somebody to look at.
 */
import assert from 'node:assert/strict'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { transaction, type Queryable } from '../../platform/database.js'
import { wallTime } from '../../platform/words.js'
import type { Service } from '../../directory/index.js'
import { spacedTicket } from '../../queue/index.js'
import { roomLeft } from '../../regulation/index.js'
import { findVisit, findVisitById, lockVisit, recordEvent, type Visit } from '../../visit/index.js'
import { actorOf, arrivesHere, bringIn, hint, leaveIn, undoIn } from '../actions.js'
import { dropOffService } from '../admissions.js'
import { decide, world, type World } from '../facts.js'
import type { CorrectionReason, Entry, OtherPurpose, OverrideReason } from '../model.js'
import { correctIn } from '../occupancy/actions.js'
import { roomFor } from '../occupancy/room.js'
import { takeEnvelope } from '../papers/envelopes.js'
import { unitFor } from '../papers/rules.js'
import * as doorStore from '../store.js'
import { conflictsFor, conflictsOfPapers } from './conflicts.js'
import type { ActKind, Conflict } from './model.js'
import * as store from './store.js'

/** Whom an act is about, as the device knew it: a listed visit, the token of a pass, a typed reference, or nobody known. */
export interface ActSubject {
  readonly visitId: number | null
  readonly token: string | null
  readonly reference: string | null
  /** When the visit was to start, as the device knew. */
  readonly starts: Temporal.Instant | null
}

export interface Act {
  readonly key: string
  readonly kind: ActKind
  readonly at: Temporal.Instant
  readonly deviceAt: Temporal.Instant
  /** The code of the answer the guard saw, and whether it was a yes. */
  readonly told: string | null
  readonly allowed: boolean
  readonly subject: ActSubject
  readonly override: OverrideReason | null
  readonly purpose: OtherPurpose | null
  /** The entry gone out or taken back: by its number, or by the act that made it. */
  readonly entryId: number | null
  readonly entryKey: string | null
  readonly inside: number | null
  readonly reason: CorrectionReason | null
  /** The unit an envelope is for, where it was named, and the number said for it. */
  readonly unitId: string | null
  readonly receipt: string | null
}

export interface TakeCommand {
  readonly buildingId: string
  readonly accountId: number
  readonly sentBy: number
  readonly now: Temporal.Instant
  /** What is wrong with the device's clock, said with the first act that is taken. */
  readonly clock: Conflict | null
  readonly acts: readonly Act[]
}

export interface Taken {
  readonly key: string
  /** False when it was taken before. */
  readonly fresh: boolean
  readonly ticket: string | null
  readonly conflicts: readonly Conflict[]
}

/** Takes acts in the order they were done. Twice is once, and is answered alike. */
export async function takeActs(context: Context, command: TakeCommand): Promise<readonly Taken[]> {
  const known = await world(context)
  const fresh = new Set<string>()
  let clock = command.clock
  for (const act of command.acts.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))) {
    const made = await transaction(context.database, (client) => takeOne(context, client, known, { command, act, clock }))
    if (!made) continue
    fresh.add(act.key)
    clock = null
  }
  if (fresh.size > 0) hint(context, command.buildingId)
  const keys = command.acts.map(({ key }) => key)
  const { pool } = context.database
  const [conflicts, tickets] = await Promise.all([store.conflictsOf(pool, keys), store.ticketsOf(pool, keys)])
  return keys.map((key) => ({
    key,
    fresh: fresh.has(key),
    ticket: spoken(tickets.get(key)),
    conflicts: (conflicts.get(key) ?? []).map(({ code, details }) => ({ code, details })),
  }))
}

/** As it is written for whoever reads it out. */
function spoken(ticket: string | undefined): string | null {
  return ticket === undefined ? null : spacedTicket(ticket)
}

interface One {
  readonly command: TakeCommand
  readonly act: Act
  readonly clock: Conflict | null
}

interface Made {
  readonly visitId: number | null
  readonly entryId: number | null
  readonly conflicts: readonly Conflict[]
}

async function takeOne(context: Context, client: Queryable, known: World, one: One): Promise<boolean> {
  const { command, act } = one
  const { buildingId, accountId, sentBy, now } = command
  // No clock of a device is ahead of ours: what is said to happen later happened now.
  const at = Temporal.Instant.compare(act.at, now) > 0 ? now : act.at
  const { key, kind, deviceAt, told } = act
  const fresh = await store.claimAct(client, { key, buildingId, accountId, sentBy, kind, at, deviceAt, receivedAt: now, told })
  if (!fresh) return false
  // What a receipt says stays: the minute somebody holds on paper is the minute of filing.
  const made = await makeOne(context, client, known, kind === 'papers' ? one : { ...one, act: { ...act, at } })
  const conflicts = one.clock === null ? made.conflicts : [...made.conflicts, one.clock]
  await store.keepAct(client, key, { ...made, conflicts }, buildingId)
  return true
}

async function makeOne(context: Context, client: Queryable, known: World, one: One): Promise<Made> {
  const { act } = one
  switch (act.kind) {
    case 'entered':
      return enterKept(context, client, known, one)
    case 'refused':
      return refuseKept(context, client, one)
    case 'admitted':
      return admitKept(client, one)
    case 'left':
    case 'undone':
      return entryKept(client, one)
    case 'counted':
      return countKept(client, one)
    case 'papers':
      return papersKept(client, known, one)
  }
}

/** Told with every event of such an act: when the device says it was, and when it came here. */
function keptDetails({ act, command }: One): Readonly<Record<string, string>> {
  return { offline: act.key, device: act.deviceAt.toString(), received: command.now.toString() }
}

async function visitOf(context: Context, client: Queryable, { subject }: Act): Promise<Visit | null> {
  const { visitId, token, reference } = subject
  const id = visitId ?? (token === null ? null : context.secrets.visitOfPass(token))
  if (id !== null) return findVisitById(client, id)
  return reference === null ? null : findVisit(client, reference)
}

async function enterKept(context: Context, client: Queryable, known: World, one: One): Promise<Made> {
  const { act, command } = one
  const { buildingId, accountId, now } = command
  const found = await visitOf(context, client, act)
  const visit = found === null ? null : await lockVisit(client, found.reference)
  const last = visit === null ? null : ((await doorStore.entriesOf(client, visit.id))[0] ?? null)
  const room = await roomFor(client, known, { buildingId, purpose: 'visit', visit, last, at: now }, 'locked')
  const limits = room === undefined ? [] : roomLeft(known.book, { buildingId, day: officeDay(now) }, room)
  const full = limits.find(({ left }) => left < (room?.coming ?? 0))
  const question = { buildingId, purpose: 'visit' as const, visit: visit ?? ('not-found' as const), last: null, at: act.at }
  const decision = decide(known, question)
  const conflicts = conflictsFor({ act, visit, last, decision, full, buildingId, now, time: wallTime })
  const entry = await doorStore.insertEntry(client, {
    at: act.at,
    buildingId,
    visitId: visit?.id ?? null,
    purpose: 'visit',
    accountId,
    code: act.told ?? decision.code,
    overrideReason: act.allowed ? null : act.override,
    persons: visit?.persons ?? 1,
  })
  const comes = visit !== null && arrivesHere(visit, buildingId, act.at) && officeDay(act.at).equals(officeDay(now))
  const arrived = comes ? await bringIn(client, known, visit, act.at) : null
  await recordEvent(client, {
    at: act.at,
    visitId: visit?.id ?? null,
    kind: arrived === null ? 'admitted' : 'entered',
    actor: actorOf(accountId),
    channel: 'door',
    reason: act.allowed ? null : act.override,
    buildingId,
    details: {
      code: entry.code,
      entry: entry.id,
      override: !act.allowed,
      ...(arrived?.ticket ? { ticket: arrived.ticket } : {}),
      ...keptDetails(one),
    },
  })
  return { visitId: visit?.id ?? null, entryId: entry.id, conflicts }
}

/** Nobody came in: only the history tells it. */
async function refuseKept(context: Context, client: Queryable, one: One): Promise<Made> {
  const { act, command } = one
  const visit = await visitOf(context, client, act)
  await recordEvent(client, {
    at: act.at,
    visitId: visit?.id ?? null,
    kind: 'refused-entry',
    actor: actorOf(command.accountId),
    channel: 'door',
    reason: act.told,
    buildingId: command.buildingId,
    details: { purpose: 'visit', ...keptDetails(one) },
  })
  return { visitId: visit?.id ?? null, entryId: null, conflicts: [] }
}

async function admitKept(client: Queryable, one: One): Promise<Made> {
  const { act, command } = one
  const { buildingId, accountId } = command
  const purpose = act.purpose ?? 'official'
  const entry = await doorStore.insertEntry(client, {
    at: act.at,
    buildingId,
    visitId: null,
    purpose,
    accountId,
    code: 'not-a-client',
    overrideReason: null,
  })
  await recordEvent(client, {
    at: act.at,
    kind: 'admitted',
    actor: actorOf(accountId),
    channel: 'door',
    reason: purpose,
    buildingId,
    details: { code: entry.code, entry: entry.id, ...keptDetails(one) },
  })
  return { visitId: null, entryId: entry.id, conflicts: [] }
}

/** Going out, and taking back, by the actions of the door themselves. */
async function entryKept(client: Queryable, one: One): Promise<Made> {
  const { act, command } = one
  const { buildingId, accountId } = command
  const entryId = act.entryId ?? (act.entryKey === null ? null : await store.entryOfAct(client, act.entryKey, buildingId))
  const asked = { entryId: entryId ?? 0, buildingId, accountId, now: act.at, kept: keptDetails(one) }
  const result: Entry | { readonly allowed: false } = await (act.kind === 'undone' ? undoIn(client, asked) : leaveIn(client, asked))
  if ('allowed' in result) return { visitId: null, entryId: null, conflicts: [{ code: 'unknown-entry', details: {} }] }
  return { visitId: result.visitId, entryId: result.id, conflicts: [] }
}

async function countKept(client: Queryable, one: One): Promise<Made> {
  const { act, command } = one
  const { buildingId, accountId } = command
  const inside = act.inside ?? 0
  const reason = act.reason ?? 'counted'
  await correctIn(client, { buildingId, inside, reason, accountId, now: act.at, kept: keptDetails(one) })
  return { visitId: null, entryId: null, conflicts: [] }
}

/** An envelope: filed at the minute that was said, under the number that was said. */
async function papersKept(client: Queryable, known: World, one: One): Promise<Made> {
  const { act, command } = one
  const { buildingId, accountId, now } = command
  const decision = decide(known, { buildingId, purpose: 'drop-off', visit: null, last: null, at: act.at })
  const service = serviceOfPapers(known, buildingId)
  const unitId = unitFor(known.office, service, act.unitId)
  const { visit, entry, numberTaken } = await takeEnvelope(client, known.office, {
    buildingId,
    accountId,
    service,
    unitId,
    filedAt: act.at,
    doneAt: act.at,
    now,
    code: act.told ?? decision.code,
    receipt: act.receipt,
    kept: keptDetails(one),
  })
  const given = numberTaken ? visit.receipt : null
  return { visitId: visit.id, entryId: entry.id, conflicts: conflictsOfPapers({ act, decision, unitId, given, now }) }
}

/** The matter of leaving papers here; of an office that takes none any more, some matter all the same: the envelope is here. */
function serviceOfPapers(known: World, buildingId: string): Service {
  const all = [...known.office.services.values()]
  const service = dropOffService(known, buildingId) ?? all.find(({ dropOff }) => dropOff) ?? all[0]
  assert(service !== undefined, 'an office has matters')
  return service
}
