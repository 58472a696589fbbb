/**
 * The device of a door without its browser: the scripts that look up and read, as they are served, on a
 * list as the server makes it.
 */
import { webcrypto } from 'node:crypto'
import type { Context } from '../../src/platform/context.js'
import { projectFile } from '../../src/platform/paths.js'
import { words } from '../../src/platform/words.js'
import { doorList } from '../../src/entrance/offline/list.js'
import type { DoorList, ListedVisit, ToldAnswer, Turn } from '../../src/entrance/offline/model.js'
import type { Shell } from '../../src/ui/index.js'

export type DeviceScan = { readonly kind: string; readonly visit?: ListedVisit; readonly pass?: object; readonly token?: string }

export interface DeviceFound {
  readonly answer: ToldAnswer
  readonly visit: ListedVisit | null
  readonly subject: Readonly<Record<string, unknown>>
  readonly persons: number
  readonly fill: number | null
  readonly again: object | null
}

export type DeviceAct = Readonly<Record<string, unknown>>

interface Lookup {
  lookUp(list: DoorList, acts: readonly DeviceAct[], scan: DeviceScan, now: number): DeviceFound
  placesLeft(list: DoorList, acts: readonly DeviceAct[], limit: number): number
  turnAt(turns: readonly Turn[], now: number): number | undefined
}
interface Reading {
  readScan(list: DoorList & { hashKey: unknown }, typed: string): Promise<DeviceScan>
  officeInstant(day: number, minute: number): number
}

interface Receipts {
  newNumber(random: () => number): string
  receiptOf(number: string, at: number): string
}

export const lookup = (await import(projectFile('dist/assets/door-lookup.js'))) as Lookup
export const reading = (await import(projectFile('dist/assets/door-pass.js'))) as Reading

export const receipts = (await import(projectFile('dist/assets/door-receipt.js'))) as Receipts

export type DeviceList = DoorList & { readonly hashKey: unknown }

const t = words('pl')
/** All of a shell that an answer is drawn with. */
export const polishShell = { t, language: 'pl', clockText: null, staff: null } as unknown as Shell

/** The list as the device keeps it: the key of its hashes can be used and not read. */
export async function listOf(context: Context, asked: { readonly buildingId: string; readonly accountId: number }): Promise<DeviceList> {
  const list = await doorList(context, { shell: polishShell, ...asked })
  const raw = Buffer.from(list.key, 'base64url')
  const hashKey = await webcrypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return { ...list, hashKey }
}

/** What the device says to a scanned text at a minute. */
export async function told(list: DeviceList, acts: readonly DeviceAct[], text: string, now: Temporal.Instant): Promise<DeviceFound> {
  return lookup.lookUp(list, acts, await reading.readScan(list, text), now.epochMilliseconds)
}
