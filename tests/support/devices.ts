/** Devices for tests: made by an administrator and paired through the real actions. */
import assert from 'node:assert/strict'
import { machineClock } from '../../src/platform/clock.js'
import type { Context } from '../../src/platform/context.js'
import { deviceCookie, makeDevice, pair, type Device, type DeviceKind, type DeviceSettings } from '../../src/device/index.js'
import { signedIn } from './staff.js'

let sources = 0

/** A device at work in a building, and the cookie with which it asks. */
export async function pairedDevice(
  context: Context,
  kind: DeviceKind,
  buildingId: string,
  settings: DeviceSettings = {},
): Promise<{ readonly device: Device; readonly cookie: string }> {
  const { accountId } = await signedIn(context, 'administrator')
  const machineNow = machineClock.now()
  const seed = { kind, name: `Próbne urządzenie ${buildingId}`, buildingId, settings }
  const { code } = await makeDevice(context, seed, { accountId, now: context.clock.now(), machineNow })
  // From an address of its own, so that limits stay out of the way.
  const outcome = await pair(context, { code, source: `test ${(sources += 1)}` }, machineNow)
  assert.ok('token' in outcome, 'a fresh code pairs')
  return { device: outcome.device, cookie: `${deviceCookie}=${outcome.token}` }
}
