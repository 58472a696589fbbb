/**
 * Who comes with a client. An act in force may not count them; else they are counted like the client,
 * in the building, and at a desk when they go there too. Why somebody is not counted is never kept:
 * it may be an illness.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { transaction, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { commandHash, keptAnswer } from '../platform/idempotency.js'
import type { Directory } from '../directory/index.js'
import {
  clientsPerDesk,
  companionAtDesk,
  desksInUse,
  mayBringCompanion,
  noPlaceLeft,
  notCounted,
  type NotCounted,
} from '../regulation/index.js'
import { recordEvent, type Visit } from '../visit/index.js'
import { actorOf, hint, lockEntry } from './actions.js'
import { world, type World } from './facts.js'
import type { Entry } from './model.js'
import { roomFor } from './occupancy/room.js'
import * as store from './store.js'

export interface CompanionCommand {
  readonly entryId: number
  readonly buildingId: string
  readonly purpose: 'companion' | 'interpreter'
  /** The guard says that an act does not count this person; without such an act everybody is counted. */
  readonly notCounted: boolean
  /** Goes to the desk too. */
  readonly atDesk: boolean
  readonly accountId: number
  readonly now: Temporal.Instant
  /** A UUID of the press: the same again is the same companion. */
  readonly key?: string | null
}

/** What the guard is offered beside an entry that stands. */
export interface CompanionView {
  readonly companions: readonly Entry[]
  readonly notCounted: NotCounted
  /** An act gives each counted person a desk: going there too is asked. */
  readonly perDesk: boolean
}

type Subject = Parameters<typeof notCounted>[1]

function subjectOf(office: Directory, visit: Visit | null, buildingId: string, at: Temporal.Instant): Subject {
  const service = visit === null ? undefined : office.services.get(visit.serviceId)
  return {
    buildingId,
    day: officeDay(at),
    ...(visit?.roomId == null ? {} : { roomId: visit.roomId }),
    ...(service === undefined ? {} : { serviceId: service.id, unitIds: office.unitAndParents(service.unitId).map(({ id }) => id) }),
  }
}

export async function companionView(context: Context, entry: Entry, visit: Visit | null, now: Temporal.Instant): Promise<CompanionView> {
  const { book, office } = await world(context)
  const subject = subjectOf(office, visit, entry.buildingId, now)
  return {
    companions: await store.companionsOf(context.database.pool, entry.id),
    notCounted: notCounted(book, subject),
    perDesk: visit !== null && visit.state === 'arrived' && clientsPerDesk(book, subject).limit !== null,
  }
}

/** Records a companion of somebody inside, or says why the person waits. */
export async function addCompanion(context: Context, command: CompanionCommand): Promise<Entry | Refused> {
  const known = await world(context)
  const result = await transaction(context.database, async (client) => {
    const found = await lockEntry(client, command)
    if (found === null || found.entry.withEntryId !== null || found.entry.leftAt !== null || found.entry.undoneAt !== null) {
      return refuse('entry-unknown')
    }
    const { key = null } = command
    const hash = commandHash('companion', { entry: found.entry.id, purpose: command.purpose })
    if (key !== null && !(await store.claimKey(client, key, hash, command.now))) return keptCompanion(client, key, hash)
    const made = await add(client, known, found.entry, found.visit, command)
    if (key !== null) await ('allowed' in made ? store.releaseKey(client, key) : store.keepEntry(client, key, made.id))
    return made
  })
  if (!('allowed' in result)) hint(context, command.buildingId)
  return result
}

async function keptCompanion(client: Queryable, key: string, hash: Buffer): Promise<Entry | Refused> {
  const kept = await keptAnswer(client, key, hash)
  if (kept === 'reused') return refuse('key-reused')
  const entry = kept === null ? null : await store.findEntry(client, Number(kept.answer['entry']))
  return entry ?? refuse('try-again')
}

async function add(
  client: Queryable,
  { book, office }: World,
  main: Entry,
  visit: Visit | null,
  command: CompanionCommand,
): Promise<Entry | Refused> {
  const { buildingId, purpose, now } = command
  const subject = subjectOf(office, visit, buildingId, now)
  const counted = !command.notCounted || notCounted(book, subject).who.length === 0
  const notNeeded = mayBringCompanion(book, { subject, needed: !counted || purpose === 'interpreter' })
  if (!notNeeded.allowed) return notNeeded
  const full = counted ? await noPlace(client, { book, office }, visit, buildingId, now) : null
  if (full !== null) return full
  const goes = counted && command.atDesk && visit !== null && visit.state === 'arrived'
  const desks = visit?.roomId == null ? 0 : desksInUse(book, office, visit.roomId, officeDay(now)).slugs.size
  const may = goes ? companionAtDesk(book, { subject, desks, counted: visit.counted }) : null
  if (may !== null && !may.allowed) return may
  const atDesk = may?.code === 'companion-takes-desk'
  const entry = await store.insertEntry(client, {
    at: now,
    buildingId,
    visitId: null,
    purpose,
    accountId: command.accountId,
    code: 'not-a-client',
    overrideReason: null,
    counted,
    withEntryId: main.id,
    atDesk,
  })
  if (atDesk && visit !== null) await store.addCounted(client, visit.id, 1)
  await recordEvent(client, {
    at: now,
    visitId: visit?.id ?? null,
    kind: 'admitted',
    actor: actorOf(command.accountId),
    channel: 'door',
    reason: purpose,
    buildingId,
    details: { entry: entry.id, with: main.id, counted, atDesk },
  })
  return entry
}

/** There is no place for one more in the building, or in the part of it where the client goes; asked with the building's row locked. */
async function noPlace(
  client: Queryable,
  known: World,
  visit: Visit | null,
  buildingId: string,
  now: Temporal.Instant,
): Promise<Refused | null> {
  const room = await roomFor(client, known, { buildingId, purpose: 'visit', visit, last: null, at: now }, 'locked')
  return room === undefined ? null : noPlaceLeft(known.book, { buildingId, day: officeDay(now) }, { ...room, coming: 1 })
}
