/**
 * What a person does at a kiosk: check in by a code, or by the hour and the last digits of a phone.
 * Checking in is the door's own act: the same answer, arrival, ticket and event, with the kiosk as
 * the channel. Whoever is inside already is shown the ticket, and nothing is written.
 */
import type { Context } from '../platform/context.js'
import { instantOf, officeDay } from '../platform/clock.js'
import { refuse, type Refused } from '../platform/decision.js'
import type { Device } from '../device/index.js'
import { answer, enter, recordRefusal } from '../entrance/index.js'
import { findVisitById } from '../visit/index.js'
import { tryWindowMinutes, type CheckedIn } from './model.js'
import { hasTicketHere, mayTry, meantVisit } from './rules.js'
import * as store from './store.js'

/** Checks in the visit of a pass or a reference as typed or scanned. */
export async function checkIn(context: Context, device: Device, code: string): Promise<CheckedIn> {
  const now = context.clock.now()
  const { id: deviceId, buildingId } = device
  const asked = await answer(context, { buildingId, purpose: 'visit', code, at: now })
  if (asked.visit !== null && hasTicketHere(asked.visit, buildingId, now)) return asked
  const given = await enter(context, { buildingId, code, accountId: null, deviceId, now })
  if (given.entry === null && !given.decision.allowed) await recordRefusal(context, { answer: given, accountId: null, deviceId })
  return given
}

/**
 * Checks in who forgot the code. The answer never says whose visit it is, nor whether the hour or the
 * digits were wrong. Every try counts, right ones too: else a guesser's own visit would buy more.
 */
export async function checkInByPhone(
  context: Context,
  device: Device,
  typed: { readonly minute: number; readonly digits: string },
  machineNow: Temporal.Instant,
): Promise<CheckedIn | Refused<'not-found' | 'too-many-tries'>> {
  const { pool } = context.database
  const { id, tries } = await store.recordTry(pool, device.id, machineNow, machineNow.subtract({ minutes: tryWindowMinutes }))
  if (!mayTry(tries)) {
    // Not judged, so not counted: whoever waits out the window may try again.
    await store.forgetTry(pool, id)
    return refuse('too-many-tries')
  }
  const day = officeDay(context.clock.now())
  const visits = await store.visitsStartingAt(pool, day, instantOf(day, typed.minute))
  const meant = meantVisit(visits, typed.digits)
  const visit = meant === null ? null : await findVisitById(pool, meant)
  return visit === null ? refuse('not-found') : checkIn(context, device, context.secrets.passToken(visit.id))
}
