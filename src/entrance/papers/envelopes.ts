/**
 * A sealed envelope left with the guard, written down afterwards: without the network meanwhile, or
 * because there was no time. Its minute is the date of filing, and it was left then: nobody is inside
 * and no desk calls. Whoever brings papers in is another matter (admissions.ts).
 */
import { same } from '../../platform/clock.js'
import type { Queryable } from '../../platform/database.js'
import type { Directory, Service } from '../../directory/index.js'
import { recordEvent, type Visit } from '../../visit/index.js'
import { actorOf } from '../actions.js'
import type { Entry } from '../model.js'
import { insertEntry, markLeft } from '../store.js'
import { writePapers, writeReceipt } from './receipts.js'

export interface Envelope {
  readonly buildingId: string
  readonly accountId: number
  readonly service: Service
  readonly unitId: string
  readonly filedAt: Temporal.Instant
  /** When the guard wrote it down: at once without the network, else later. */
  readonly doneAt: Temporal.Instant
  readonly now: Temporal.Instant
  /** The code of the answer that allowed it. */
  readonly code: string
  /** The number that was said; null for the next of the series. */
  readonly receipt: string | null
  /** Told with the event: what a device without the network kept of it. */
  readonly kept: Readonly<Record<string, string>>
}

export interface Taken {
  readonly visit: Visit
  readonly entry: Entry
  readonly numberTaken: boolean
}

/** Writes the envelope with its receipt. The event tells the minute of filing, and that it was written down later. */
export async function takeEnvelope(client: Queryable, office: Directory, envelope: Envelope): Promise<Taken> {
  const { buildingId, accountId, service, unitId, filedAt, doneAt, now, code, receipt, kept } = envelope
  const { visit, numberTaken } = await writeReceipt(client, office, {
    buildingId,
    accountId,
    service,
    at: filedAt,
    now,
    ticket: null,
    receipt,
  })
  await writePapers(client, office, { visit, unitId, accountId })
  const entry = await insertEntry(client, {
    at: filedAt,
    buildingId,
    visitId: visit.id,
    purpose: 'drop-off',
    accountId,
    code,
    overrideReason: null,
  })
  await markLeft(client, entry, filedAt)
  await recordEvent(client, {
    at: doneAt,
    visitId: visit.id,
    kind: 'receipt-given',
    actor: actorOf(accountId),
    channel: 'door',
    reason: same(doneAt, filedAt) ? null : 'written-later',
    buildingId,
    details: { receipt: visit.receipt, unit: unitId, filed: filedAt.toString(), entry: entry.id, ...kept },
  })
  return { visit, entry: { ...entry, leftAt: filedAt }, numberTaken }
}
