/**
 * A device that stands in a building: a kiosk, a waiting room's screen, a door. It may do the work
 * of its kind in its building, and nothing else.
 *
 * Pairing, tokens and the slowing of guesses are the safety of the machine, as sign-in is: what
 * ends at some minute ends by the machine's clock (`machineNow`), so that moving a demonstration's
 * clock unpairs nothing.
 */
import type { Refused } from '../platform/decision.js'

export const deviceKinds = ['kiosk', 'display', 'door'] as const
export type DeviceKind = (typeof deviceKinds)[number]

/** What can be wrong with a device that it notices itself. */
export const deviceTroubles = ['paper-out', 'cover-open', 'printer-offline', 'printer-refused', 'printer-silent', 'printer-lost'] as const
export type DeviceTrouble = (typeof deviceTroubles)[number]

export interface Printer {
  /** Name or address in the office's network. */
  readonly host: string
  readonly port: number
}

export interface DeviceSettings {
  /** The network printer of a kiosk; left out where the browser prints or nothing does. */
  readonly printer?: Printer | undefined
  /** The kiosk's browser prints, by its own printer. */
  readonly browserPrints?: boolean | undefined
  /** What a waiting room's screen is set to, as in the address of an unpaired one: `?uklad=korytarz`. */
  readonly screen?: string | undefined
}

export interface Device {
  readonly id: number
  readonly kind: DeviceKind
  readonly name: string
  readonly buildingId: string
  readonly settings: DeviceSettings
  readonly pairedAt: Temporal.Instant | null
  /** Until when a code waits to be typed; null where none does. */
  readonly pairingUntil: Temporal.Instant | null
  readonly lastSeenAt: Temporal.Instant | null
  readonly revokedAt: Temporal.Instant | null
  readonly trouble: DeviceTrouble | null
  readonly troubleAt: Temporal.Instant | null
  /** Whole minutes its own clock is ahead; below nought behind. Null while it is right, or told nothing. */
  readonly clockOffMinutes: number | null
}

/** A device as the administrator's form gives it. */
export interface DeviceSeed {
  readonly kind: DeviceKind
  readonly name: string
  readonly buildingId: string
  readonly settings: DeviceSettings
}

/** Why a browser is told no: it is no device, another kind's, or another building's. */
export type DeviceRefusal = 'not-a-device' | 'device-of-another-kind' | 'device-of-another-building'
export type NoDevice = Refused<DeviceRefusal>

export const pairingMinutes = 10
export const pairingCodeLength = 6
export const guessWindowMinutes = 15
/** Wrong codes from one network address, and from all together, within the window. */
export const guessesPerSource = 8
export const guessesOverall = 60
/** Browsers keep a cookie 400 days at most; it is renewed while the device is in use. */
export const cookieDays = 400
/** How exactly it is kept when a device was last seen. */
export const seenSeconds = 60
/** So wrong a clock is worth telling: certificates and logs go by it, though no screen does. */
export const clockOffMinutesMin = 2
export const deviceNameLengthMax = 60
/** Port at which network printers take what they print. */
export const printerPort = 9100

export function isDeviceKind(value: unknown): value is DeviceKind {
  return deviceKinds.includes(value as DeviceKind)
}
