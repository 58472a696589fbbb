/**
 * Codes for pairing, what a device may do, and what is wrong with a form. Pure; random numbers are
 * an argument.
 */
import { refuse, type FieldError } from '../platform/decision.js'
import {
  clockOffMinutesMin,
  deviceNameLengthMax,
  guessesOverall,
  guessesPerSource,
  pairingCodeLength,
  type Device,
  type DeviceKind,
  type DeviceSeed,
  type DeviceSettings,
  type NoDevice,
} from './model.js'

/** Letters and digits that are told apart when read out: no I, L, O, U, 0, 1. */
const speakable = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** A fresh code; `draw` gives a whole number from 0 to below its argument, from a source nobody can foresee. */
export function newPairingCode(draw: (below: number) => number): string {
  return Array.from({ length: pairingCodeLength }, () => speakable[draw(speakable.length)]).join('')
}

/** What was typed, as a code; null when it cannot be one. Spaces, dashes and small letters are forgiven. */
export function parsePairingCode(typed: string): string | null {
  const plain = typed.toUpperCase().replaceAll(/[\s\-–.]/g, '')
  return plain.length === pairingCodeLength && [...plain].every((letter) => speakable.includes(letter)) ? plain : null
}

/** "K7M PQX": as shown and read out. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}

/** Counted with the guess that is being made. */
export function mayGuessCode(guesses: { readonly ofSource: number; readonly overall: number }): boolean {
  return guesses.ofSource <= guessesPerSource && guesses.overall <= guessesOverall
}

/** May a device do the work of a kind (in a building)? Null says yes; else why not. */
export function mayWork(device: Device | null, kind: DeviceKind, buildingId: string | null): NoDevice | null {
  const pair = [{ kind: 'pair-device', href: '/urzadzenie' }]
  if (device === null || device.revokedAt !== null) return refuse('not-a-device', [], pair)
  if (device.kind !== kind) return refuse('device-of-another-kind', [], pair)
  if (buildingId !== null && device.buildingId !== buildingId) return refuse('device-of-another-building', [], pair)
  return null
}

/** Minutes a device's clock is ahead of the machine's, when that is worth telling; null when it is near enough. */
export function clockOff(told: number, machineNow: Temporal.Instant): number | null {
  const minutes = Math.round((told - machineNow.epochMilliseconds) / 60_000)
  // A clock that stopped in another century is not worth more figures than a year has.
  return Math.abs(minutes) < clockOffMinutesMin ? null : Math.max(-clockOffMinutesMax, Math.min(clockOffMinutesMax, minutes))
}
const clockOffMinutesMax = 366 * 1_440

/** The page on which a device works. */
export function startOfDevice({ kind, buildingId }: Pick<Device, 'kind' | 'buildingId'>): string {
  switch (kind) {
    case 'kiosk':
      return '/kiosk'
    case 'display':
      return '/ekran/urzadzenie'
    case 'door':
      return `/praca/wejscie/${encodeURIComponent(buildingId)}`
  }
}

export const paperWays = ['network', 'browser', 'none'] as const
export type PaperWay = (typeof paperWays)[number]

/** How the settings say that a kiosk prints. */
export function paperWayOf({ printer, browserPrints }: DeviceSettings): PaperWay {
  return printer !== undefined ? 'network' : browserPrints === true ? 'browser' : 'none'
}

/** Settings of a kiosk as typed: by a printer such as `192.168.1.40` or `drukarka.urzad:9100`, by the browser, or not at all. */
export function readPaper(way: string, address: string, usualPort: number): DeviceSettings | 'wrong' {
  if (way !== 'network') return way === 'browser' ? { browserPrints: true } : {}
  const found = /^([a-z\d](?:[a-z\d.-]{0,98}[a-z\d])?)(?::(\d{1,5}))?$/i.exec(address)
  const port = found?.[2] === undefined ? usualPort : Number(found[2])
  return found?.[1] === undefined || port < 1 || port > 65_535 ? 'wrong' : { printer: { host: found[1].toLowerCase(), port } }
}

export function deviceErrors(seed: Pick<DeviceSeed, 'name'>, settings: DeviceSettings | 'wrong', knownBuilding: boolean): FieldError[] {
  const errors: FieldError[] = []
  if (seed.name === '' || seed.name.length > deviceNameLengthMax)
    errors.push({ field: 'name', message: 'device-staff.error.name', values: { max: deviceNameLengthMax } })
  if (!knownBuilding) errors.push({ field: 'building', message: 'device-staff.error.building' })
  if (settings === 'wrong') errors.push({ field: 'printer', message: 'device-staff.error.printer' })
  return errors
}
