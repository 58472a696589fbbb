/** The code on a pass, from the page to the address it opens and the keys it is checked with. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import { cancel, move } from '../booking/index.js'
import { spacedReference } from '../platform/references.js'
import { signedPassText, verifyPass, type Visit } from '../visit/index.js'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { passRoutes } from './index.js'
import { QrCode } from './pages/qr-code.js'

const office = await testLeszno()
const { context } = office
const app = await testApp(context, passRoutes)
const at = (time: string, day = '2020-05-26'): Temporal.Instant =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Warsaw').toInstant()

const booked = (time: string): Promise<Visit> => bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start: at(time) })
const textOfPass = (visit: Visit): string => signedPassText(context, visit, office.directory.office.settings)
const drawn = (text: string, { reference }: Visit): string =>
  renderToString(QrCode({ text, label: `Kod QR przepustki, numer rezerwacji ${spacedReference(reference)}` }))

async function pageOf({ reference }: Visit): Promise<string> {
  const headers = { cookie: `w_${reference}=${context.secrets.secretOf(reference)}` }
  return (await app.inject({ url: `/wizyta/${reference}`, headers })).body
}

async function codePage(text: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string; html: string }> {
  const answer = await app.inject({ url: new URL(text).pathname, headers })
  await assertValidPage(answer.body)
  assert.equal(answer.headers['referrer-policy'], 'no-referrer')
  return { status: answer.statusCode, text: textOf(answer.body), html: answer.body }
}

test('the pass of a booked visit is signed; one that waits to be confirmed has a code no door opens by itself', async () => {
  const visit = await booked('08:00')
  assert.ok((await pageOf(visit)).includes(drawn(textOfPass(visit), visit)))
  await context.database.pool.query(`update visit set state = 'pending', confirm_until = starts_at where id = $1`, [visit.id])
  const plain = `http://okienko.test/q/${context.secrets.passToken(visit.id)}`
  assert.ok((await pageOf(visit)).includes(drawn(plain, visit)))
  assert.equal(verifyPass(plain, context.secrets.passKeys, visit.startsAt).result, 'not-ours')
})

test('a door device gets the keys and the buildings of passes at one address that may be kept, and checks with them', async () => {
  const visit = await booked('09:00')
  const answer = await app.inject('/api/v1/pass-keys')
  assert.equal(answer.statusCode, 200)
  assert.match(String(answer.headers['cache-control']), /^public, max-age=\d+$/)
  const { keys, buildings } = answer.json()
  const known = keys.map((key: { kid: string; x: string }) => ({ id: key.kid, x: key.x }))
  const reading = verifyPass(textOfPass(visit), known, visit.startsAt)
  assert.ok(reading.result === 'valid')
  assert.equal(buildings.find((each: { code: string }) => each.code === reading.pass.building).id, 'walowa-5')
  assert.equal(new Set(buildings.map((each: { code: string }) => each.code)).size, office.directory.buildings.size)
  assert.ok(!('d' in keys[0]), 'never the private key')
})

test('the address in the code says nothing of the visit; a guard finds the way to the door there', async () => {
  const visit = await booked('10:00')
  const stranger = await codePage(textOfPass(visit))
  assert.equal(stranger.status, 200)
  for (const secret of [visit.reference, spacedReference(visit.reference), '10:00', 'pojazd', 'Próbny'])
    assert.ok(!stranger.text.includes(secret), secret)
  const { headers } = await signedIn(context, 'guard', { buildingId: 'walowa-5' })
  const guard = await codePage(textOfPass(visit), headers)
  assert.ok(guard.html.includes('action="/praca/wejscie/walowa-5"') && guard.html.includes(context.secrets.passToken(visit.id)))
})

test('after a move or a cancellation the old code is called outdated and tells its own time; a made-up one is unknown', async () => {
  const visit = await booked('11:00')
  const old = textOfPass(visit)
  const start = at('12:00', '2020-05-27')
  assert.ok((await move(context, { reference: visit.reference, start, actor: 'citizen', key: crypto.randomUUID() })).allowed)
  const moved = { ...visit, startsAt: start }
  assert.match((await codePage(old)).text, /Przepustka jest nieaktualna Była na termin: wtorek 26 maja 2020, 11:00\./)
  assert.match((await codePage(textOfPass(moved))).text, /Ten kod pokazuje się przy wejściu/)
  await cancel(context, { reference: visit.reference, actor: 'citizen', reason: 'citizen-wish' })
  assert.match((await codePage(textOfPass(moved))).text, /Przepustka jest nieaktualna Była na termin: środa 27 maja 2020, 12:00\./)
  const changed = old.slice(0, -60) + (old.at(-60) === 'A' ? 'B' : 'A') + old.slice(-59)
  assert.equal((await codePage(changed)).status, 404)
  assert.equal((await codePage(`http://okienko.test/Q/${'A'.repeat(148)}`)).status, 404)
  assert.equal((await codePage('http://okienko.test/Q/x')).status, 404)
})

test('a link to cancel or to change leads to the page that asks, and changes nothing by itself', async () => {
  const visit = await booked('13:00')
  for (const wish of ['odwolaj', 'zmien']) {
    const link = `/l/${visit.reference}-${context.secrets.secretOf(visit.reference)}/${wish}`
    const answer = await app.inject(link)
    assert.equal(answer.statusCode, 303)
    assert.equal(answer.headers.location, `/wizyta/${visit.reference}/${wish}`)
    const foreign = await app.inject(`/l/${visit.reference}-${'A'.repeat(22)}/${wish}`)
    assert.equal(foreign.statusCode, 404)
    assert.equal(foreign.headers['set-cookie'], undefined)
  }
  const { rows } = await context.database.pool.query('select state, version from visit where id = $1', [visit.id])
  assert.deepEqual(rows, [{ state: 'booked', version: visit.version }])
})
