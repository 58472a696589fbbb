/**
 * Devices: made by an administrator, paired by a code that is typed on them, revoked for good.
 *
 * A code is shown once, is good for ten minutes and for one device, and is kept as a keyed hash; a
 * token is kept as its hash. A wrong code is slowed down by its network address and altogether.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Context } from '../platform/context.js'
import { refuse, type Refused } from '../platform/decision.js'
import type { Queryable } from '../platform/database.js'
import { guessWindowMinutes, pairingMinutes, type Device, type DeviceSeed, type DeviceTrouble } from './model.js'
import { mayGuessCode, newPairingCode, parsePairingCode } from './rules.js'
import * as store from './store.js'

export async function makeDevice(
  context: Context,
  seed: DeviceSeed,
  by: { readonly accountId: number; readonly now: Temporal.Instant; readonly machineNow: Temporal.Instant },
): Promise<{ readonly id: number; readonly code: string }> {
  const id = await store.insertDevice(context.database.pool, seed, { accountId: by.accountId, at: by.now })
  const code = await newCode(context, id, by.machineNow)
  if (typeof code !== 'string') throw new Error('a device made just now can be paired')
  return { id, code }
}

/** A code to type on the device; the one before it ends. The device keeps working until the code is used. */
export async function newCode(context: Context, id: number, machineNow: Temporal.Instant): Promise<string | Refused<'unknown-device'>> {
  const code = newPairingCode((below) => randomInt(below))
  const set = await store.setPairing(context.database.pool, id, codeHash(context, code), machineNow.add({ minutes: pairingMinutes }))
  return set ? code : refuse('unknown-device')
}

/** Pairs whoever typed a good code: the token is for the cookie, and nowhere else. */
export async function pair(
  context: Context,
  typed: { readonly code: string; readonly source: string },
  machineNow: Temporal.Instant,
): Promise<{ readonly device: Device; readonly token: string } | Refused<'pairing-code-wrong' | 'too-many-codes'>> {
  const { pool } = context.database
  const sourceHash = context.secrets.contactHash(`device:${typed.source}`)
  const guess = await store.recordGuess(pool, sourceHash, machineNow, machineNow.subtract({ minutes: guessWindowMinutes }))
  if (!mayGuessCode(guess)) {
    // Not judged, so not counted: whoever waits out the window may try again.
    await store.forgetGuess(pool, guess.id)
    return refuse('too-many-codes', [], [], { minutes: guessWindowMinutes })
  }
  const code = parsePairingCode(typed.code)
  const token = randomBytes(32).toString('base64url')
  const device =
    code === null ? null : await store.takePairing(pool, { code: codeHash(context, code), token: hashOfToken(token), machineNow })
  if (device === null) return refuse('pairing-code-wrong', [], [{ kind: 'new-pairing-code' }])
  // A right code does not forgive the wrong ones before it: it may be another's, typed beside a guesser.
  await store.forgetGuess(pool, guess.id)
  return { device, token }
}

export async function revokeDevice(context: Context, id: number, machineNow: Temporal.Instant): Promise<boolean> {
  const revoked = await store.revoke(context.database.pool, id, machineNow)
  if (revoked) context.changes.publish(deviceTopic(id))
  return revoked
}

/** The device that holds a token; null for any other. */
export async function deviceOfToken(context: Context, token: string): Promise<Device | null> {
  return store.deviceOfToken(context.database.pool, hashOfToken(token))
}

/** Tells the staff what is wrong with a device, or that nothing is any more. True when that is news. */
export async function reportTrouble(
  client: Queryable,
  deviceId: number,
  trouble: DeviceTrouble | null,
  now: Temporal.Instant,
): Promise<boolean> {
  return store.writeTrouble(client, deviceId, trouble, now)
}

/** Devices of which something is wrong now, longest first. */
export async function troubledDevices(context: Context): Promise<Device[]> {
  return store.troubledDevices(context.database.pool)
}

/** What a waiting room's screen is set to from now on; it follows at once, with nobody standing at it. */
export async function changeScreen(context: Context, device: Device, screen: string): Promise<void> {
  await store.writeSettings(context.database.pool, device.id, { ...device.settings, screen })
  context.changes.publish(deviceTopic(device.id))
}

/** Topic of the hints about one device. */
export function deviceTopic(id: number): string {
  return `device:${id}`
}

function codeHash(context: Context, code: string): Buffer {
  return context.secrets.signatureOf('pairing', code)
}

function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
