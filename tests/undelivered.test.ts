/** What did not arrive is told to clerks, and leaves the list once somebody looked after it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../src/app.js'
import { assertValidPage, textOf } from './support/html.js'
import { composed, endedMessage } from './support/letters.js'
import { testLeszno } from './support/office.js'
import { signedIn } from './support/staff.js'
import { bookedVisit } from './support/visits.js'

const office = await testLeszno()
const { context } = office
const { pool } = context.database
const app = await createApp(context)
const at = (text: string): Temporal.Instant => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Warsaw').toInstant()
const serviceId = 'nabycie-zbycie-pojazdu'
const first = await bookedVisit(office, { serviceId, start: at('2020-05-26T09:00') })
const second = await bookedVisit(office, { serviceId, start: at('2020-05-27T09:00') })
await composed(context)

const { headers } = await signedIn(context, 'service-office')
const stranger = (await signedIn(context, 'head', { unitId: 'biuro-obslugi' })).headers
async function page(url: string, as = headers): Promise<string> {
  const { statusCode, body } = await app.inject({ url, headers: as })
  assert.equal(statusCode, 200)
  await assertValidPage(body)
  return textOf(body)
}
const send = (url: string, payload: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(payload).toString(),
  })

test('a visit shows each message with its state; what failed is told where clerks begin, of their own matters', async () => {
  await endedMessage(context, first.id, 'sent')
  assert.match(await page(`/praca/obsluga/wizyta/${first.reference}`), /Potwierdzenie wizyty, e-mail wysłano 25 maja 2020, 7:20/)
  assert.doesNotMatch(await page('/praca'), /nie dotarły|nie dotarła/)
  await endedMessage(context, first.id, 'failed')
  await endedMessage(context, second.id, 'failed')
  assert.match(await page(`/praca/obsluga/wizyta/${first.reference}`), /nie doręczono/)
  assert.match(await page('/praca'), /2 wiadomości o wizytach nie dotarły/)
  assert.doesNotMatch(await page('/praca', stranger), /nie dotarły|nie dotarła/)
  const list = await page('/praca/niedoreczone')
  assert.ok(list.indexOf('wtorek 26 maja 2020, 9:00') < list.indexOf('środa 27 maja 2020, 9:00'))
  assert.doesNotMatch(await page('/praca/niedoreczone', stranger), /26 maja/)
})

test('noted as done it leaves the list; a contact put right is written, and the visit told of anew', async () => {
  const ids = [...(await app.inject({ url: '/praca/niedoreczone', headers })).body.matchAll(/niedoreczone\/(\d+)"/g)].map(
    (each) => each[1] as string,
  )
  assert.equal(ids.length, 2)
  assert.equal((await send('/praca/niedoreczone/zrobione', { wiadomosc: ids[1] as string })).statusCode, 303)
  assert.equal((await send('/praca/niedoreczone/zrobione', { wiadomosc: '999999' })).statusCode, 303)
  assert.match(await page('/praca'), /1 wiadomość o wizycie nie dotarła/)
  const url = `/praca/niedoreczone/${ids[0]}`
  await page(url)
  const wrong = await send(url, { email: 'bez małpy', phone: '' })
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.equal((await send(url, { email: '', phone: '' })).statusCode, 422)
  assert.equal((await send(url, { email: 'dobry@example.pl', phone: '' })).statusCode, 303)
  assert.match(await page('/praca/niedoreczone'), /Wszystkie wiadomości/)
  const again = await composed(context)
  assert.deepEqual(
    again.map(({ kind, message }) => [kind, message?.to.email]),
    [['visit-booked', 'dobry@example.pl']],
  )
  const { rowCount } = await pool.query(`select from event where visit_id = $1 and kind = 'contact-corrected'`, [first.id])
  assert.equal(rowCount, 1)
  const late = await send(url, { email: 'x@example.pl', phone: '' })
  assert.match(await page(String(late.headers.location)), /Tego wpisu nie ma już na liście.*Nic nie zostało zapisane/)
})
