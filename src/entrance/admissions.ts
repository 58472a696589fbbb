/**
 * Those who come in without a booking: people leaving documents at the service office, and people
 * who are not clients at all.
 *
 * A drop-off is a visit of its own from the first minute, with a ticket for a desk and a receipt
 * number. A tap that arrives twice with the same key is one entry.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import type { Queryable } from '../platform/database.js'
import type { Decision } from '../platform/decision.js'
import { commandHash } from '../platform/idempotency.js'
import type { Service } from '../directory/index.js'
import { issueTicket, seriesOf } from '../queue/index.js'
import { findVisitById, recordEvent } from '../visit/index.js'
import { actorOf, hint } from './actions.js'
import { decide, world, type World } from './facts.js'
import type { DoorAnswer, Entry, OtherPurpose, Purpose } from './model.js'
import { roomFor } from './occupancy/room.js'
import { once } from './once.js'
import { takeEnvelope } from './papers/envelopes.js'
import { writePapers, writeReceipt } from './papers/receipts.js'
import { unitFor } from './papers/rules.js'
import * as store from './store.js'

export interface AdmitCommand {
  readonly buildingId: string
  readonly accountId: number
  readonly now: Temporal.Instant
  /** A UUID of the tap: the same again gives the same answer. */
  readonly key?: string | null
}

export interface DropOffCommand extends AdmitCommand {
  /** The unit the papers are for; left out, the service office sorts them. */
  readonly unitId?: string | null
  /** Written down later: the minute at which an envelope was left with the guard. Whoever left it is gone. */
  readonly leftAt?: Temporal.Instant | null
}

/** Lets in somebody who leaves documents, or says where that is done. */
export async function dropOff(context: Context, command: DropOffCommand): Promise<DoorAnswer> {
  return admitOnce(context, { ...command, purpose: 'drop-off' }, async (client, known, decision) => {
    const service = dropOffService(known, command.buildingId)
    if (!decision.allowed || service === null) return null
    const { buildingId, accountId, now } = command
    const unitId = unitFor(known.office, service, command.unitId ?? null)
    if (command.leftAt != null) {
      const when = { filedAt: command.leftAt, doneAt: now, now }
      const envelope = { buildingId, accountId, service, unitId, ...when, code: decision.code, receipt: null, kept: {} }
      return (await takeEnvelope(client, known.office, envelope)).entry
    }
    const ticket = await issueTicket(client, seriesOf(known.office, service.id, officeDay(now)))
    const { visit } = await writeReceipt(client, known.office, { buildingId, accountId, service, at: now, now, ticket, receipt: null })
    await writePapers(client, known.office, { visit, unitId, accountId })
    const entry = await store.insertEntry(client, {
      at: command.now,
      buildingId: command.buildingId,
      visitId: visit.id,
      purpose: 'drop-off',
      accountId: command.accountId,
      code: decision.code,
      overrideReason: null,
    })
    const event = { at: command.now, visitId: visit.id, actor: actorOf(command.accountId), channel: 'door', buildingId: command.buildingId }
    await recordEvent(client, {
      ...event,
      kind: 'entered',
      details: { code: decision.code, entry: entry.id, ticket: visit.ticket, purpose: 'drop-off' },
    })
    await recordEvent(client, { ...event, kind: 'receipt-given', details: { receipt: visit.receipt, unit: unitId } })
    return entry
  })
}

/** Lets in somebody who is not a client. */
export async function notClient(context: Context, command: AdmitCommand & { readonly purpose: OtherPurpose }): Promise<DoorAnswer> {
  return admitOnce(context, command, async (client, _known, decision) => {
    if (!decision.allowed) return null
    const entry = await store.insertEntry(client, {
      at: command.now,
      buildingId: command.buildingId,
      visitId: null,
      purpose: command.purpose,
      accountId: command.accountId,
      code: decision.code,
      overrideReason: null,
    })
    await recordEvent(client, {
      at: command.now,
      kind: 'admitted',
      actor: actorOf(command.accountId),
      channel: 'door',
      reason: command.purpose,
      buildingId: command.buildingId,
      details: { code: decision.code, entry: entry.id },
    })
    return entry
  })
}

type Admit = (client: Queryable, known: World, decision: Decision) => Promise<Entry | null>

/** Decides and admits in one transaction; the tap's key makes it happen once. */
async function admitOnce(context: Context, command: DropOffCommand & { readonly purpose: Purpose }, admit: Admit): Promise<DoorAnswer> {
  const known = await world(context)
  const { buildingId, purpose, leftAt = null } = command
  // What was left is judged by the minute at which it was.
  const now = leftAt ?? command.now
  const decision = decide(known, { buildingId, purpose, visit: null, last: null, at: now })
  const nobody: DoorAnswer = { at: now, buildingId, purpose, visit: null, entry: null, repeated: false, decision }
  const result = await once(
    context,
    {
      key: command.key ?? null,
      hash: commandHash('admit', {
        buildingId,
        purpose,
        ...(command.unitId == null ? {} : { unitId: command.unitId }),
        ...(leftAt === null ? {} : { leftAt: leftAt.toString() }),
      }),
      nobody,
    },
    async (client) => {
      const asked = { buildingId, purpose, visit: null, last: null, at: now }
      const room = leftAt === null ? await roomFor(client, known, asked, 'locked') : undefined
      const decided = { ...nobody, decision: decide(known, { buildingId, purpose, visit: null, last: null, at: now, room }) }
      const entry = await admit(client, known, decided.decision)
      return entry === null
        ? decided
        : { ...decided, entry, visit: entry.visitId === null ? null : await findVisitById(client, entry.visitId) }
    },
  )
  if (result.entry !== null && !result.repeated) hint(context, buildingId)
  return result
}

/** The matter "leaving documents" of a building's service office, if it has one. */
export function dropOffService({ office }: World, buildingId: string): Service | null {
  return [...office.services.values()].find((service) => service.dropOff && service.buildingId === buildingId) ?? null
}
