/** The signed pass, read by a second reader that shares no code with it: arithmetic on one big number and WebCrypto. */
import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, webcrypto } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { encode } from 'uqr'
import { same } from '../platform/clock.js'
import { loadSecrets } from '../platform/references.js'
import { testDatabase } from '../../tests/support/office.js'
import { buildingCode, isCurrentPass, passTokenOf, signedPassText, verifyPass } from './index.js'

const { context } = await testDatabase()
const { secrets } = context
const settings = { 'entry-early-minutes': 15, 'late-minutes': 10 }
const publicUrl = 'https://wizyty.leszno.pl'
const morning = Temporal.Instant.from('2020-05-26T07:20:00Z')
const visit = { id: 123_456, buildingId: 'walowa-5', startsAt: morning, persons: 2, state: 'booked' as const }
const text = signedPassText({ secrets, publicUrl }, visit, settings)

/** The bytes of a pass, read as one number of base 32. */
function bytesRead(pass: string): Uint8Array<ArrayBuffer> {
  const letters = pass.slice(pass.lastIndexOf('/') + 1)
  let number = 0n
  for (const letter of letters) number = number * 32n + BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter))
  const hex = (number >> 4n).toString(16).padStart(184, '0')
  return Uint8Array.from(hex.match(/../g) ?? [], (each) => Number.parseInt(each, 16))
}

/** The text of such bytes. */
function textOf(bytes: Uint8Array): string {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) << 4n
  let letters = ''
  for (let nth = 0; nth < 148; nth += 1, number /= 32n) letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number(number % 32n)) + letters
  return `HTTPS://WIZYTY.LESZNO.PL/Q/${letters}`
}

const hash = (of: Uint8Array | string): string => createHash('sha256').update(of).digest('hex')

/** Modules on a side of the code at such an address. */
const size = (host: string): number => {
  const made = signedPassText({ secrets, publicUrl: `https://${host}` }, visit, settings)
  return encode(made, { ecc: 'M', border: 0 }).size
}

test('WebCrypto accepts the signature under the published key, and finds the facts where the description puts them', async () => {
  const bytes = bytesRead(text)
  const key = secrets.passKeys[0]
  assert.ok(key)
  const publicKey = await webcrypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x: key.x }, 'Ed25519', true, ['verify'])
  const accepts = (said: Uint8Array<ArrayBuffer>): Promise<boolean> => webcrypto.subtle.verify('Ed25519', publicKey, bytes.slice(28), said)
  assert.equal(await accepts(bytes.slice(0, 28)), true)
  for (let nth = 0; nth < 28; nth += 1) {
    const changed = bytes.slice(0, 28)
    changed[nth] = (changed[nth] ?? 0) ^ 1
    assert.equal(await accepts(changed), false, `byte ${nth}`)
  }
  const raw = new Uint8Array(await webcrypto.subtle.exportKey('raw', publicKey))
  const view = new DataView(bytes.buffer)
  assert.deepEqual([view.getUint8(0) >> 4, view.getUint8(0) & 15], [1, 2])
  assert.equal(view.getUint16(1).toString(16).padStart(4, '0'), hash(raw).slice(0, 4))
  assert.equal(Buffer.from(bytes.slice(3, 6)).toString('hex'), hash('walowa-5').slice(0, 6))
  assert.equal(new Date(view.getUint16(6) * 86_400_000).toISOString().slice(0, 10), '2020-05-26')
  assert.equal(view.getUint16(8), 9 * 60 + 20)
  assert.deepEqual([view.getUint8(10), view.getUint8(11)], [15, 10])
  assert.equal(Buffer.from(bytes.slice(12, 28)).toString('base64url'), secrets.passToken(123_456))
})

test('a door without a network knows a pass of today, one of another day, a changed one and one that is not ours', () => {
  const today = verifyPass(text, secrets.passKeys, morning)
  assert.ok(today.result === 'valid')
  const { pass } = today
  assert.ok(same(pass.startsAt, morning))
  assert.ok(same(pass.from, morning.subtract({ minutes: 15 })))
  assert.ok(same(pass.until, morning.add({ minutes: 10 })))
  assert.equal(pass.building, buildingCode('walowa-5'))
  assert.equal(pass.persons, 2)
  assert.equal(verifyPass(text.toLowerCase(), secrets.passKeys, morning).result, 'valid', 'a scanner may send small letters')
  assert.equal(verifyPass(text.slice(-148), secrets.passKeys, morning).result, 'valid', 'what follows the address is enough')
  const night = Temporal.Instant.from('2020-05-25T21:59:59Z')
  assert.equal(verifyPass(text, secrets.passKeys, night).result, 'other-day')
  assert.equal(verifyPass(text, secrets.passKeys, night.add({ seconds: 1 })).result, 'valid', 'the day of the office, not of Greenwich')
  for (const nothing of [
    '',
    'K7MPQX2D',
    `${publicUrl}/q/${secrets.passToken(1)}`,
    text.slice(0, -1),
    `${text}A`,
    text.replace('/Q/', '/W/'),
  ])
    assert.equal(verifyPass(nothing, secrets.passKeys, morning).result, 'not-ours', nothing)
  const otherEnd = text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1)
  assert.equal(verifyPass(otherEnd, secrets.passKeys, morning).result, 'not-ours', 'written in one way only')
  assert.equal(verifyPass(text, [], morning).result, 'not-ours')
})

test('no byte of a pass can be changed', () => {
  const bytes = bytesRead(text)
  assert.equal(textOf(bytes), text)
  for (let nth = 0; nth < 92; nth += 1) {
    const changed = bytes.slice()
    changed[nth] = (changed[nth] ?? 0) ^ 1
    const { result } = verifyPass(textOf(changed), secrets.passKeys, morning)
    // Bytes 1 and 2 name the key.
    assert.equal(result, nth === 1 || nth === 2 ? 'not-ours' : 'wrong-signature', `byte ${nth}`)
  }
})

test('a pass signed elsewhere is not ours, and under our key id its signature is wrong', async () => {
  const elsewhere = (await testDatabase()).context.secrets
  const theirs = signedPassText({ secrets: elsewhere, publicUrl }, visit, settings)
  assert.equal(verifyPass(theirs, elsewhere.passKeys, morning).result, 'valid')
  assert.equal(verifyPass(theirs, secrets.passKeys, morning).result, 'not-ours')
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as { x: string }
  assert.equal(verifyPass(text, [{ id: secrets.passKeys[0]?.id ?? '', x }], morning).result, 'wrong-signature')
})

test('the key is the same after a start and in every process', async () => {
  const again = await Promise.all([loadSecrets(context.database.pool), loadSecrets(context.database.pool)])
  for (const each of again) assert.equal(signedPassText({ secrets: each, publicUrl }, visit, settings), text)
})

test('after a move the old pass tells its own old time, and beside the visit it is known as outdated', () => {
  const old = verifyPass(text, secrets.passKeys, morning)
  assert.ok(old.result === 'valid')
  const moved = { ...visit, startsAt: morning.add({ hours: 2 }) }
  assert.ok(same(old.pass.startsAt, morning))
  assert.equal(isCurrentPass(old.pass, visit), true)
  assert.equal(isCurrentPass(old.pass, moved), false)
  assert.equal(isCurrentPass(old.pass, { ...visit, state: 'cancelled' }), false)
  assert.equal(isCurrentPass(old.pass, { ...visit, buildingId: 'karasia-15' }), false)
  assert.equal(isCurrentPass(old.pass, null), false)
})

test('whatever the visit, the pass says it and the token leads back', () => {
  const instants = fc.integer({ min: 26_500_000, max: 66_000_000 }).map((minute) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000))
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      fc.integer({ min: 0, max: 240 }),
      (startsAt, persons, id, late) => {
        const made = signedPassText(
          { secrets, publicUrl },
          { ...visit, startsAt, persons, id },
          { 'entry-early-minutes': 240, 'late-minutes': late },
        )
        const reading = verifyPass(made, secrets.passKeys, startsAt)
        assert.ok(reading.result === 'valid')
        // On the night of the autumn change an hour comes twice: the wall cannot tell which.
        const apart = Math.abs(reading.pass.startsAt.since(startsAt).total('minutes'))
        assert.ok(apart === 0 || apart === 60)
        assert.equal(reading.pass.persons, persons)
        assert.equal(secrets.visitOfPass(passTokenOf(made) ?? ''), id)
      },
    ),
    { numRuns: 200 },
  )
})

test('the code stays small: 45 modules for a usual address, 49 for a long one, error correction M', () => {
  assert.equal(size('wizyty.leszno.pl'), 45)
  assert.equal(size('rezerwacja-wizyt.um.warszawa.pl'), 49)
})
