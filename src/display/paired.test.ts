/**
 * A paired screen shows what it is set to, follows a change by itself, shows nothing once it is
 * revoked, and takes no settings from its address.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { machineClock } from '../platform/clock.js'
import { form, testApp } from '../../tests/support/app.js'
import { pairedDevice } from '../../tests/support/devices.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { deviceTopic, findDevice, revokeDevice } from '../device/index.js'
import { displayRoutes } from './index.js'

const { context } = await testLeszno()
const app = await testApp(context, displayRoutes)
const office = await signedIn(context, 'service-office')
const guard = await signedIn(context, 'guard')
const { device, cookie } = await pairedDevice(context, 'display', 'walowa-5')

const page = async (jar = cookie): Promise<{ status: number; body: string; location: string | undefined }> => {
  const answer = await app.inject({ url: '/ekran/urzadzenie', headers: { cookie: jar } })
  return { status: answer.statusCode, body: answer.body, location: answer.headers.location }
}
const stateAddress = (body: string): string => (/data-live-source="([^"]*)"/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&')
const look = async (url: string, jar = cookie): Promise<number> => (await app.inject({ url, headers: { cookie: jar } })).statusCode
const set = (fields: Record<string, string>, headers: Record<string, string> = office.headers) => {
  const sent = form(fields)
  return app.inject({ method: 'POST', url: `/praca/urzadzenia/${device.id}/ekran`, ...sent, headers: { ...sent.headers, ...headers } })
}

test('it shows what it is set to; when that changes, its page is told at once and loads itself anew', async () => {
  const before = await page()
  assert.equal(before.status, 200)
  assert.match(before.body, /okienko-board--hall/)
  assert.match(before.body, /clock\.js/)
  const source = stateAddress(before.body)
  assert.equal(await look(source), 200)

  const hints: number[] = []
  const stop = context.changes.subscribe(deviceTopic(device.id), () => void hints.push(1))
  const saved = await set({
    uklad: 'korytarz',
    metry: '5',
    wysokosc: '400',
    glos: 'pl,en,uk',
    glosnosc: '7:80,18:40',
    litery: '',
    pokoje: '',
    stanowisko: '',
  })
  assert.equal(saved.statusCode, 303)
  for (let count = 0; hints.length === 0 && count < 500; count += 1) await new Promise((resolve) => setTimeout(resolve, 20))
  stop()
  assert.ok(hints.length > 0, 'the screen is told')
  assert.equal(await look(source), 401, 'what it was made with is no longer right: browser/live.ts loads it anew')
  const after = await page()
  assert.match(after.body, /okienko-board--corridor/)
  assert.match(after.body, /data-volumes="0:0,7:80,18:40"/)
  assert.equal(await look(stateAddress(after.body)), 200)
  assert.equal(await look('/ekran/urzadzenie/stan?uklad=stanowisko'), 401, 'the address sets nothing')
  assert.equal((await findDevice(context.database.pool, device.id))?.settings.screen?.includes('uklad=korytarz'), true)
})

test('the form shows what is set, says what is wrong at its field, and is not for everybody', async () => {
  const shown = await app.inject({ url: `/praca/urzadzenia/${device.id}/ekran`, headers: office.headers })
  assert.match(shown.body, /value="korytarz"[^>]*checked/)
  const wrong = await set({ uklad: 'hol', metry: 'daleko' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /govuk-error-message/)
  assert.equal((await set({ uklad: 'hol' }, guard.headers)).headers.location, '/praca?brak-uprawnien=1')
  const kiosk = await pairedDevice(context, 'kiosk', 'walowa-5')
  for (const id of [kiosk.device.id, 0, 999_999, 'x'])
    assert.equal((await app.inject({ url: `/praca/urzadzenia/${id}/ekran`, headers: office.headers })).statusCode, 404)
})

test('no device, another kind’s and a revoked one are shown nothing', async () => {
  const kiosk = await pairedDevice(context, 'kiosk', 'walowa-5')
  for (const [jar, why] of [
    ['', 'not-a-device'],
    [kiosk.cookie, 'device-of-another-kind'],
    [`okienko_urzadzenie=${'A'.repeat(43)}`, 'not-a-device'],
  ] as const) {
    assert.equal((await page(jar)).location, `/urzadzenie?dlaczego=${why}`)
    for (const part of ['stan', 'na-zywo']) assert.equal(await look(`/ekran/urzadzenie/${part}`, jar), 401)
  }
  const source = stateAddress((await page()).body)
  await revokeDevice(context, device.id, machineClock.now())
  assert.equal(await look(source), 401)
  assert.equal((await page()).location, '/urzadzenie?dlaczego=not-a-device')
})
