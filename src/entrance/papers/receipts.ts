/**
 * The number of a receipt and the papers it is for. A number is given once: by the day's series, or by
 * a device without the network, of eight characters, which no number of the series has; the index
 * `visit_receipt_once` is the judge of both.
 */
import assert from 'node:assert/strict'
import { officeDay } from '../../platform/clock.js'
import type { Queryable } from '../../platform/database.js'
import { newReference } from '../../platform/references.js'
import type { Directory, Service } from '../../directory/index.js'
import { issueTicket } from '../../queue/index.js'
import type { Visit } from '../../visit/index.js'
import { insertDropOff } from '../store.js'
import { keptUntil } from './rules.js'
import { insertPapers } from './store.js'

export interface NewReceipt {
  readonly buildingId: string
  readonly accountId: number
  readonly service: Service
  /** When the papers were left, and when that is written down. */
  readonly at: Temporal.Instant
  readonly now: Temporal.Instant
  /** Null where nobody comes in. */
  readonly ticket: string | null
  /** A number that was said already, `2020-05-26/K7MPQX2D`; null for the next of the series. */
  readonly receipt: string | null
}

export interface WrittenReceipt {
  readonly visit: Visit
  /** Another has the number that was said: the next of the series was given instead. */
  readonly numberTaken: boolean
}

export async function writeReceipt(client: Queryable, office: Directory, wanted: NewReceipt): Promise<WrittenReceipt> {
  const { at, now, service, buildingId, accountId, ticket, receipt: said } = wanted
  const day = officeDay(at)
  const insert = async (receipt: string): Promise<Visit | null> =>
    insertDropOff(client, {
      reference: newReference(),
      serviceId: service.id,
      buildingId,
      roomId: office.desksOf(service.id)[0]?.roomId ?? null,
      at,
      endsAt: at.add({ minutes: service.durationMinutes }),
      day,
      ticket,
      receipt,
      accountId,
      createdAt: now,
      eraseOn: day.add({ days: office.office.settings['erase-after-days'] }),
    })
  const kept = said === null ? null : await insert(said)
  if (kept !== null) return { visit: kept, numberTaken: false }
  const visit = await insert(`${day}/${(await issueTicket(client, { day, letter: series })).slice(series.length)}`)
  assert(visit !== null, 'the counter of a day gives each number once')
  return { visit, numberTaken: said !== null }
}

/** Receipts are counted beside the tickets, in a series no ticket can have: a letter is one character. */
const series = 'receipt'

/** The papers of a receipt, filed at the minute they were left. */
export async function writePapers(
  client: Queryable,
  office: Directory,
  { visit, unitId, accountId }: { readonly visit: Visit; readonly unitId: string; readonly accountId: number },
): Promise<void> {
  await insertPapers(client, {
    visitId: visit.id,
    unitId,
    filedAt: visit.startsAt,
    day: visit.day,
    accountId,
    keptUntil: keptUntil(visit.day, office.office.settings['drop-off-kept-years']),
  })
}
