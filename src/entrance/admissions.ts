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
import { newReference } from '../platform/references.js'
import type { Service } from '../directory/index.js'
import { issueTicket, seriesOf } from '../queue/index.js'
import { findVisitById, recordEvent, type Visit } from '../visit/index.js'
import { actorOf, hint } from './actions.js'
import { decide, world, type World } from './facts.js'
import type { DoorAnswer, Entry, OtherPurpose, Purpose } from './model.js'
import { roomFor } from './occupancy/room.js'
import { once } from './once.js'
import { keptUntil, unitFor } from './papers/rules.js'
import { insertPapers } from './papers/store.js'
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
}

/** Lets in somebody who leaves documents, or says where that is done. */
export async function dropOff(context: Context, command: DropOffCommand): Promise<DoorAnswer> {
  return admitOnce(context, { ...command, purpose: 'drop-off' }, async (client, known, decision) => {
    const service = dropOffService(known, command.buildingId)
    if (!decision.allowed || service === null) return null
    const visit = await makeDropOff(client, known, service, command)
    const unitId = unitFor(known.office, service, command.unitId ?? null)
    await insertPapers(client, {
      visitId: visit.id,
      unitId,
      filedAt: command.now,
      day: visit.day,
      accountId: command.accountId,
      keptUntil: keptUntil(visit.day, known.office.office.settings['drop-off-kept-years']),
    })
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
  const { buildingId, purpose, now } = command
  const decision = decide(known, { buildingId, purpose, visit: null, last: null, at: now })
  const nobody: DoorAnswer = { at: now, buildingId, purpose, visit: null, entry: null, repeated: false, decision }
  const result = await once(
    context,
    {
      key: command.key ?? null,
      hash: commandHash('admit', { buildingId, purpose, ...(command.unitId == null ? {} : { unitId: command.unitId }) }),
      nobody,
    },
    async (client) => {
      const room = await roomFor(client, known, { buildingId, purpose, visit: null, last: null, at: now }, 'locked')
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

async function makeDropOff(
  client: Queryable,
  { office }: World,
  service: Service,
  { now, accountId, buildingId }: AdmitCommand,
): Promise<Visit> {
  const day = officeDay(now)
  const number = (await issueTicket(client, { day, letter: receiptSeries })).slice(receiptSeries.length)
  return store.insertDropOff(client, {
    reference: newReference(),
    serviceId: service.id,
    buildingId,
    roomId: office.desksOf(service.id)[0]?.roomId ?? null,
    at: now,
    endsAt: now.add({ minutes: service.durationMinutes }),
    day,
    ticket: await issueTicket(client, seriesOf(office, service.id, day)),
    receipt: `${day}/${number}`,
    accountId,
    eraseOn: day.add({ days: office.office.settings['erase-after-days'] }),
  })
}

/** Receipts are counted beside the tickets, in a series no ticket can have: a letter is one character. */
const receiptSeries = 'receipt'
