/**
 * Reads what was scanned or typed without the network: the signature of a pass is checked here, with
 * the office's public key (docs/pass.md), and the visit is found by a keyed hash.
 */
import type { DoorList, ListedVisit, Scan, SignedPass } from './door-lookup.js'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const signedLetters = 148
const saidBytes = 28
const bytesOfPass = 92
const version = 1
const dayMs = 86_400_000
const minuteMs = 60_000

/** The list as it lies in the browser: the key of its hashes can be used and not read. */
export type KeptList = DoorList & { readonly hashKey: CryptoKey | null }

export async function readScan(list: KeptList, typed: string): Promise<Scan> {
  const text = typed.normalize('NFC').trim()
  const code = new RegExp(`^(?:https?://[^/?#]+/q/)?([a-z2-7]{${signedLetters}})$`, 'i').exec(text)?.[1]?.toUpperCase()
  if (code !== undefined) return readSigned(list, code)
  const token = /\/q\/([A-Za-z0-9_-]{22})(?:[?#].*)?$/.exec(text)?.[1] ?? (/^[A-Za-z0-9_-]{22}$/.test(text) ? text : null)
  if (token !== null) {
    const visit = await visitBy(list, 'pass', token)
    return visit === null ? { kind: 'token', token } : { kind: 'visit', visit }
  }
  const reference = text.toUpperCase().replaceAll(/[\s\-–.]/g, '')
  if (/^[A-HJ-NP-TV-Z2-9]{8}$/.test(reference)) {
    const visit = await visitBy(list, 'reference', reference)
    if (visit !== null) return { kind: 'visit', visit }
    // Eight letters may be a surname as well.
    return /\d/.test(reference) ? { kind: 'reference', reference } : { kind: 'surname' }
  }
  return /^\p{L}[\p{L}\s'’-]+$/u.test(text) ? { kind: 'surname' } : { kind: 'unreadable' }
}

async function readSigned(list: KeptList, code: string): Promise<Scan> {
  const bytes = bytesOf(code)
  const pass = bytes === null ? null : passOf(bytes)
  const key = list.passKeys.find(({ id }) => bytes !== null && id === hex(bytes, 1, 3))
  if (bytes === null || pass === null || key === undefined) return { kind: 'unreadable' }
  const publicKey = await crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x: key.x }, 'Ed25519', false, ['verify'])
  if (!(await crypto.subtle.verify('Ed25519', publicKey, bytes.slice(saidBytes), bytes.slice(0, saidBytes)))) return { kind: 'changed' }
  const visit = await visitBy(list, 'pass', pass.token)
  return visit === null ? { kind: 'signed', pass } : { kind: 'visit', visit, pass }
}

async function visitBy(list: KeptList, by: 'pass' | 'reference', text: string): Promise<ListedVisit | null> {
  if (list.hashKey === null) return null
  const hash = base64url(new Uint8Array(await crypto.subtle.sign('HMAC', list.hashKey, new TextEncoder().encode(text))).slice(0, 16))
  return list.visits.find((visit) => visit[by] === hash) ?? null
}

function passOf(bytes: Uint8Array): SignedPass | null {
  const view = new DataView(bytes.buffer)
  const persons = view.getUint8(0) & 15
  const minute = view.getUint16(8)
  if (view.getUint8(0) >> 4 !== version || persons === 0 || minute >= 24 * 60) return null
  const day = view.getUint16(6)
  const starts = officeInstant(day, minute)
  return {
    building: hex(bytes, 3, 6),
    persons,
    starts,
    from: starts - view.getUint8(10) * minuteMs,
    until: starts + view.getUint8(11) * minuteMs,
    day: officeInstant(day, 0),
    dayEnd: officeInstant(day + 1, 0),
    token: base64url(bytes.slice(12, saidBytes)),
  }
}

const wall = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The instant at which the office's wall shows that minute of that day, counted from 1970. */
export function officeInstant(day: number, minute: number): number {
  const wanted = day * dayMs + minute * minuteMs
  // The offset before and after a change of the clocks differs: asked once more at what was found.
  let at = wanted
  for (let tries = 0; tries < 2; tries += 1) at += wanted - wallOf(at)
  return at
}

/** What the office's wall shows, as if it were Greenwich. */
function wallOf(at: number): number {
  const parts = Object.fromEntries(wall.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'])
}

function bytesOf(code: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(bytesOfPass)
  let held = 0
  let bits = 0
  let next = 0
  for (const letter of code) {
    held = ((held << 5) | letters.indexOf(letter)) & 0xfff
    bits += 5
    if (bits >= 8) bytes[next++] = (held >> (bits -= 8)) & 255
  }
  // Four bits are left over: one pass is written in one way only.
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null
}

function hex(bytes: Uint8Array, from: number, to: number): string {
  return Array.from(bytes.slice(from, to), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
