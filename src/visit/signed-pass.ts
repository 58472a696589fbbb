/**
 * What the QR code of a pass says: an address a phone opens, and in it facts a door can check without
 * a network. Nothing in it is personal, and nothing can be made up: it is signed (Ed25519).
 *
 * `ORIGIN/Q/` and 92 bytes in base32 (RFC 4648, capitals, no padding), so that all of the text is of
 * the characters a QR code packs best. `docs/pass.md` describes the bytes for makers of door devices.
 *
 * A pass says what held when it was made. After a move or a cancellation it still tells its own time:
 * whoever has a network asks the visit itself, by the token.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { instantOf, officeDay, officeMinute } from '../platform/clock.js'
import type { PassKey, Secrets } from '../platform/references.js'
import type { Visit } from './model.js'

/** Office settings a pass carries along: how early and how late it opens the door. */
export interface PassSettings {
  readonly 'entry-early-minutes': number
  readonly 'late-minutes': number
}

export interface SignedPass {
  readonly keyId: string
  /** `buildingCode` of the building it opens. */
  readonly building: string
  /** The office's day. */
  readonly day: Temporal.PlainDate
  readonly startsAt: Temporal.Instant
  readonly persons: number
  /** The first and the last minute at which it opens the door. */
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  /** Names the visit to this program, and says nothing to anybody else. */
  readonly token: string
}

/** What a door without a network can say of a scanned text. `valid`: signed by us and for today; the minutes are in the pass. */
export type PassReading =
  | { readonly result: 'not-ours' | 'wrong-signature' }
  | { readonly result: 'other-day' | 'valid'; readonly pass: SignedPass }

const version = 1
const saidBytes = 28
const textLength = 148
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const epoch = Temporal.PlainDate.from('1970-01-01')

/** The text of the QR code of a visit as it stands. */
export function signedPassText(
  { secrets, publicUrl }: { readonly secrets: Pick<Secrets, 'passToken' | 'signPass' | 'passKeys'>; readonly publicUrl: string },
  visit: Pick<Visit, 'id' | 'buildingId' | 'startsAt' | 'persons'>,
  settings: PassSettings,
): string {
  const said = Buffer.alloc(saidBytes)
  said.writeUInt8((version << 4) | visit.persons, 0)
  said.write(secrets.passKeys[0]?.id ?? '', 1, 'hex')
  said.write(buildingCode(visit.buildingId), 3, 'hex')
  said.writeUInt16BE(epoch.until(officeDay(visit.startsAt)).days, 6)
  said.writeUInt16BE(officeMinute(visit.startsAt), 8)
  said.writeUInt8(settings['entry-early-minutes'], 10)
  said.writeUInt8(settings['late-minutes'], 11)
  said.write(secrets.passToken(visit.id), 12, 'base64url')
  return `${publicUrl.toUpperCase()}/Q/${toBase32(Buffer.concat([said, secrets.signPass(said)]))}`
}

/** How a pass names a building: six hexadecimal digits, the beginning of the SHA-256 of its id. */
export function buildingCode(buildingId: string): string {
  return createHash('sha256').update(buildingId).digest('hex').slice(0, 6)
}

/**
 * Checks a scanned text by itself. `keys` are those of the office (`GET /api/v1/pass-keys`); a text
 * that is no pass, or signed under a key that is not among them, is not ours.
 */
export function verifyPass(text: string, keys: readonly PassKey[], now: Temporal.Instant): PassReading {
  const bytes = bytesOf(text)
  if (bytes === null) return { result: 'not-ours' }
  const pass = passOf(bytes)
  const key = keys.find(({ id }) => id === pass?.keyId)
  if (pass === null || key === undefined) return { result: 'not-ours' }
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.x }, format: 'jwk' })
  if (!verify(null, bytes.subarray(0, saidBytes), publicKey, bytes.subarray(saidBytes))) return { result: 'wrong-signature' }
  return { result: pass.day.equals(officeDay(now)) ? 'valid' : 'other-day', pass }
}

/** The token in a scanned text: a signed pass or its address, `…/q/TOKEN`, or the token alone. Not judged here. */
export function passTokenOf(text: string): string | null {
  const plain = /\/q\/([A-Za-z0-9_-]{22})(?:[?#].*)?$/.exec(text)?.[1] ?? (/^[A-Za-z0-9_-]{22}$/.test(text) ? text : null)
  if (plain !== null) return plain
  const bytes = bytesOf(text)
  return bytes === null ? null : (passOf(bytes)?.token ?? null)
}

/** False once the visit was moved, cancelled or ended: the pass tells a time that no longer holds. */
export function isCurrentPass(pass: SignedPass, visit: Pick<Visit, 'state' | 'startsAt' | 'buildingId'> | null): boolean {
  if (visit === null || visit.state === 'cancelled' || visit.state === 'expired' || visit.state === 'redirected') return false
  return Temporal.Instant.compare(pass.startsAt, visit.startsAt) === 0 && pass.building === buildingCode(visit.buildingId)
}

/** The bytes of a signed pass, of the whole address or of what follows `/Q/`; letters may have come as small ones. */
function bytesOf(text: string): Buffer | null {
  const code = new RegExp(`^(?:https?://[^/?#]+/q/)?([a-z2-7]{${textLength}})$`, 'i').exec(text)?.[1]
  const bytes = code === undefined ? null : fromBase32(code.toUpperCase())
  // 148 letters hold four bits more than 92 bytes: one pass is written in one way only.
  return bytes !== null && toBase32(bytes) === code?.toUpperCase() ? bytes : null
}

/** What the bytes say; null when they are of another version or say what cannot be. */
function passOf(bytes: Buffer): SignedPass | null {
  const minute = bytes.readUInt16BE(8)
  const persons = bytes.readUInt8(0) & 15
  if (bytes.readUInt8(0) >> 4 !== version || persons === 0 || minute >= 24 * 60) return null
  const day = epoch.add({ days: bytes.readUInt16BE(6) })
  const startsAt = instantOf(day, minute)
  return {
    keyId: bytes.toString('hex', 1, 3),
    building: bytes.toString('hex', 3, 6),
    day,
    startsAt,
    persons,
    from: startsAt.subtract({ minutes: bytes.readUInt8(10) }),
    until: startsAt.add({ minutes: bytes.readUInt8(11) }),
    token: bytes.toString('base64url', 12, saidBytes),
  }
}

function toBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((held >> (bits - 5)) & 31)
  }
  return bits === 0 ? text : text + alphabet.charAt((held << (5 - bits)) & 31)
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const letter of text) {
    held = ((held << 5) | alphabet.indexOf(letter)) & 0xfff
    bits += 5
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 255)
  }
  return Buffer.from(bytes)
}
