/**
 * A device is paired once by a code that ends, does its kind's work in its building alone, and is
 * worth nothing once revoked; a code cannot be guessed.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { machineClock } from '../platform/clock.js'
import { form, testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import {
  deviceCookie,
  deviceRoutes,
  makeDevice,
  pair,
  requireDevice,
  revokeDevice,
  troubledDevices,
  type Device,
  type DeviceKind,
} from './index.js'
import { guessesPerSource, guessesOverall, guessWindowMinutes, pairingMinutes } from './model.js'
import { clockOff, newPairingCode, parsePairingCode, readPaper } from './rules.js'
import { findDevice } from './store.js'

const office = await testLeszno()
const { context } = office
const { pool } = context.database
const administrator = await signedIn(context, 'administrator')
const clerk = await signedIn(context, 'service-office')
const app = await testApp(context, deviceRoutes, workRoutes)

/** Two slices' routes as they guard themselves: a page of kiosks, and a piece of the API for one building's screens. */
function workRoutes(mounted: FastifyInstance): void {
  mounted.get('/kiosk', async (request, reply) => {
    const device = await requireDevice(context, request, reply, 'kiosk')
    return device === null ? reply : `kiosk ${device.buildingId}`
  })
  mounted.get('/api/v1/screen', async (request, reply) => {
    const device = await requireDevice(context, request, reply, 'display', 'karasia-15')
    return device === null ? reply : { screen: device.id }
  })
}

async function made(kind: DeviceKind, buildingId = 'walowa-5', at = machineClock.now()): Promise<{ id: number; code: string }> {
  const by = { accountId: administrator.accountId, now: context.clock.now(), machineNow: at }
  return makeDevice(context, { kind, name: `Próbny ${kind}`, buildingId, settings: {} }, by)
}

let sources = 0
/** From an address of its own, so that limits stay out of the way. */
async function paired(kind: DeviceKind, buildingId?: string): Promise<{ device: Device; cookie: string }> {
  const { code } = await made(kind, buildingId)
  const outcome = await pair(context, { code, source: `10.0.0.${(sources += 1)}` }, machineClock.now())
  assert.ok('token' in outcome, 'a fresh code pairs')
  return { device: outcome.device, cookie: `${deviceCookie}=${outcome.token}` }
}

test('an administrator makes a device, its code pairs it, and the device is led to its work', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/praca/urzadzenia',
    ...withHeaders(
      form({ kind: 'kiosk', name: 'Kiosk w holu', building: 'walowa-5', paper: 'network', printer: '192.168.1.40' }),
      administrator.headers,
    ),
  })
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.headers['cache-control'], 'no-store')
  const code = /data-pairing-code[^>]*>([^<]+)</.exec(answer.body)?.[1]?.trim() ?? ''
  assert.match(code, /^[A-Z2-9]{3} [A-Z2-9]{3}$/)

  const typed = await app.inject({ method: 'POST', url: '/urzadzenie', ...form({ kod: code.toLowerCase() }) })
  assert.equal(typed.statusCode, 303)
  assert.equal(typed.headers.location, '/kiosk')
  const cookie = typed.cookies.find(({ name }) => name === deviceCookie)
  assert.equal(cookie?.httpOnly, true)
  const work = await app.inject({ url: '/kiosk', headers: { cookie: `${deviceCookie}=${cookie?.value}` } })
  assert.equal(work.body, 'kiosk walowa-5')
  const { rows } = await pool.query<{ settings: unknown; token_hash: Buffer }>(
    `select settings, token_hash from device where name = 'Kiosk w holu'`,
  )
  assert.deepEqual(rows[0]?.settings, { printer: { host: '192.168.1.40', port: 9100 } })
  assert.ok(!rows[0]?.token_hash.toString('latin1').includes(cookie?.value ?? ''), 'the token itself is kept nowhere')
  const list = await app.inject({ url: '/praca/urzadzenia', headers: clerk.headers })
  assert.match(list.body, /Kiosk w holu/)
  assert.ok(!list.body.includes(code), 'the code is shown once')
})

test('a code pairs one device: of two at once one gets it, and later nobody', async () => {
  const { code } = await made('kiosk')
  const now = machineClock.now()
  const both = await Promise.all(['10.1.0.1', '10.1.0.2'].map((source) => pair(context, { code, source }, now)))
  assert.equal(both.filter((outcome) => 'token' in outcome).length, 1)
  const again = await pair(context, { code, source: '10.1.0.3' }, now)
  assert.equal('code' in again && again.code, 'pairing-code-wrong')
})

test('a code ends after ten minutes', async () => {
  const now = machineClock.now()
  const { code } = await made('kiosk', 'walowa-5', now)
  const late = await pair(context, { code, source: '10.1.1.1' }, now.add({ minutes: pairingMinutes }))
  assert.equal('code' in late && late.code, 'pairing-code-wrong')
})

test('a new code ends the one before it, and pairing anew ends the old token', async () => {
  const { device, cookie } = await paired('kiosk')
  const page = await app.inject({
    method: 'POST',
    url: `/praca/urzadzenia/${device.id}`,
    ...withHeaders(form({ do: 'kod' }), administrator.headers),
  })
  const code = /data-pairing-code[^>]*>([^<]+)</.exec(page.body)?.[1] ?? ''
  assert.equal((await app.inject({ url: '/kiosk', headers: { cookie } })).statusCode, 200, 'works until the code is used')
  const outcome = await pair(context, { code, source: '10.1.2.1' }, machineClock.now())
  assert.ok('token' in outcome && outcome.device.id === device.id)
  assert.equal((await app.inject({ url: '/kiosk', headers: { cookie } })).statusCode, 303, 'the old token opens nothing')
})

test('no device, another kind’s and another building’s are told so, and an account opens none of it', async () => {
  const none = await app.inject({ url: '/kiosk' })
  assert.equal(none.headers.location, '/urzadzenie?dlaczego=not-a-device')
  const forged = await app.inject({ url: '/kiosk', headers: { cookie: `${deviceCookie}=${'A'.repeat(43)}` } })
  assert.equal(forged.headers.location, '/urzadzenie?dlaczego=not-a-device')
  assert.equal((await app.inject({ url: '/kiosk', headers: administrator.headers })).statusCode, 303)
  const screen = await paired('display', 'walowa-5')
  const other = await app.inject({ url: '/kiosk', headers: { cookie: screen.cookie } })
  assert.equal(other.headers.location, '/urzadzenie?dlaczego=device-of-another-kind')
  const elsewhere = await app.inject({ url: '/api/v1/screen', headers: { cookie: screen.cookie } })
  assert.equal(elsewhere.statusCode, 403)
  assert.equal(elsewhere.json<{ code: string }>().code, 'device-of-another-building')
  const there = await paired('display', 'karasia-15')
  assert.deepEqual((await app.inject({ url: '/api/v1/screen', headers: { cookie: there.cookie } })).json(), { screen: there.device.id })
})

test('a revoked device is none from the next request on, and no code brings it back', async () => {
  const { device, cookie } = await paired('kiosk')
  const asked = await app.inject({
    method: 'POST',
    url: `/praca/urzadzenia/${device.id}`,
    ...withHeaders(form({ do: 'cofnij' }), administrator.headers),
  })
  assert.match(asked.body, /Odłączyć to urządzenie\?/)
  assert.equal((await app.inject({ url: '/kiosk', headers: { cookie } })).statusCode, 200, 'asked once more first')
  await app.inject({
    method: 'POST',
    url: `/praca/urzadzenia/${device.id}`,
    ...withHeaders(form({ do: 'cofnij-na-stale' }), administrator.headers),
  })
  const after = await app.inject({ url: '/kiosk', headers: { cookie } })
  assert.equal(after.headers.location, '/urzadzenie?dlaczego=not-a-device')
  await app.inject({ method: 'POST', url: `/praca/urzadzenia/${device.id}`, ...withHeaders(form({ do: 'kod' }), administrator.headers) })
  const { rows } = await pool.query('select 1 from device where id = $1 and pairing_hash is null and token_hash is null', [device.id])
  assert.equal(rows.length, 1)
  assert.equal(await revokeDevice(context, device.id, machineClock.now()), false, 'once is enough')
})

test('guessing is slowed by address and altogether, and the window ends', async () => {
  await pool.query('delete from pairing_guess')
  const now = machineClock.now()
  const guess = (source: string, code = 'ZZZZZZ'): ReturnType<typeof pair> => pair(context, { code, source }, now)
  const { code } = await made('kiosk')
  const outcomes = await Promise.all(Array.from({ length: guessesPerSource + 4 }, () => guess('10.2.0.1')))
  const judged = outcomes.filter((outcome) => 'code' in outcome && outcome.code === 'pairing-code-wrong').length
  assert.ok(judged <= guessesPerSource, `${judged} of many at once are judged`)
  for (let count = 0; count < guessesPerSource; count += 1) await guess('10.2.0.1')
  const right = await guess('10.2.0.1', code)
  assert.equal('code' in right && right.code, 'too-many-codes', 'even the right one waits')
  for (let count = 0; count < guessesOverall; count += 1) await guess(`10.3.0.${count}`)
  const elsewhere = await guess('10.4.0.1', code)
  assert.equal('code' in elsewhere && elsewhere.code, 'too-many-codes', 'from many addresses too')
  const after = await pair(context, { code: 'ZZZZZZ', source: '10.2.0.1' }, now.add({ minutes: guessWindowMinutes, seconds: 1 }))
  assert.equal('code' in after && after.code, 'pairing-code-wrong')
  await pool.query('delete from pairing_guess')
})

test('when it was last seen is kept to the minute, and the cookie renewed', async () => {
  const { device, cookie } = await paired('kiosk')
  const before = machineClock.now().subtract({ minutes: 3 })
  await pool.query('update device set last_seen_at = $2 where id = $1', [device.id, before])
  const answer = await app.inject({ url: '/kiosk', headers: { cookie } })
  assert.equal(answer.cookies[0]?.name, deviceCookie)
  const seen = (await findDevice(pool, device.id))?.lastSeenAt
  assert.ok(seen && Temporal.Instant.compare(seen, before) > 0)
  assert.equal((await app.inject({ url: '/kiosk', headers: { cookie } })).cookies.length, 0, 'not at every request')
})

test('what is wrong with a form is said, and only an administrator in person changes anything', async () => {
  const wrong = await app.inject({
    method: 'POST',
    url: '/praca/urzadzenia',
    ...withHeaders(form({ kind: 'kiosk', name: '', building: 'nie-ma', paper: 'network', printer: 'http://x/' }), administrator.headers),
  })
  assert.equal(wrong.statusCode, 422)
  for (const field of ['name', 'building', 'printer']) assert.match(wrong.body, new RegExp(`href="#${field}"`))
  const notYours = await app.inject({
    method: 'POST',
    url: '/praca/urzadzenia',
    ...withHeaders(form({ kind: 'kiosk', name: 'x', building: 'walowa-5', paper: 'none', printer: '' }), clerk.headers),
  })
  assert.equal(notYours.headers.location, '/praca?brak-uprawnien=1')
  const typed = await app.inject({ method: 'POST', url: '/urzadzenie', ...form({ kod: 'nie' }) })
  assert.equal(typed.statusCode, 422)
  assert.match(typed.body, /href="#kod"/)
})

test('codes and printers as they are typed', () => {
  assert.equal(
    newPairingCode(() => 0),
    'AAAAAA',
  )
  assert.equal(parsePairingCode(' k7m-pqx '), 'K7MPQX')
  for (const no of ['', 'K7MPQ', 'K7MPQXX', 'K7MPQ0', 'K7MPQO']) assert.equal(parsePairingCode(no), null)
  assert.deepEqual(readPaper('network', 'Drukarka-Hol:9101', 9100), { printer: { host: 'drukarka-hol', port: 9101 } })
  assert.deepEqual(readPaper('browser', '', 9100), { browserPrints: true })
  assert.deepEqual(readPaper('none', 'x', 9100), {})
  for (const no of ['', 'a b', 'x:0', 'x:70000', 'http://x', '-x', '/etc']) assert.equal(readPaper('network', no, 9100), 'wrong', no)
})

test('a clock that is wrong by ten minutes is told to the staff, and no longer once it is right', async () => {
  const now = machineClock.now()
  assert.equal(clockOff(now.add({ seconds: 80 }).epochMilliseconds, now), null)
  assert.equal(clockOff(now.add({ minutes: 10 }).epochMilliseconds, now), 10)
  assert.equal(clockOff(now.subtract({ minutes: 10 }).epochMilliseconds, now), -10)
  assert.equal(clockOff(0, now), -366 * 1_440)
  const { device, cookie } = await paired('kiosk')
  const tell = async (teraz: string, jar = cookie): Promise<void> => {
    const sent = form({ teraz })
    const answer = await app.inject({ method: 'POST', url: '/urzadzenie/zegar', ...withHeaders(sent, { cookie: jar }) })
    assert.equal(answer.statusCode, 204)
  }
  await tell(String(Date.now() - 600_000))
  assert.equal((await findDevice(pool, device.id))?.clockOffMinutes, -10)
  const list = await app.inject({ url: '/praca/urzadzenia', headers: clerk.headers })
  assert.match(list.body, /spóźnia się o 10 minut/)
  assert.ok((await troubledDevices(context)).some(({ id }) => id === device.id))
  for (const odd of ['', 'x', '1e999', '-', '9'.repeat(20)]) await tell(odd)
  assert.equal((await findDevice(pool, device.id))?.clockOffMinutes, -10)
  await tell(String(Date.now()), `${deviceCookie}=${'A'.repeat(43)}`)
  await tell(String(Date.now()))
  assert.equal((await findDevice(pool, device.id))?.clockOffMinutes, null)
  assert.ok(!(await app.inject({ url: '/praca/urzadzenia', headers: clerk.headers })).body.includes('spóźnia się'))
})

function withHeaders<Form extends { headers: Record<string, string> }>(sent: Form, more: Record<string, string>): Form {
  return { ...sent, headers: { ...sent.headers, ...more } }
}
