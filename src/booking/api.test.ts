import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { somebody } from '../../tests/support/visits.js'
import { bookingRoutes } from './index.js'

const office = await testLeszno()
const app = await testApp(office.context, bookingRoutes)
const start = (time: string): string => `2020-05-26T${time}:00+02:00`
const service = 'rejestracja-pojazdow'

async function post(
  url: string,
  payload: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: any; type: string }> {
  const response = await app.inject({ method: 'POST', url, payload: payload as object, headers })
  return { status: response.statusCode, body: response.json(), type: String(response.headers['content-type']) }
}
const visits = '/api/v1/visits'
const key = (): { 'idempotency-key': string } => ({ 'idempotency-key': randomUUID() })
const wish = (time: string, change: object = {}) => ({ service, start: start(time), channel: 'web', person: somebody(), ...change })

test('anyone books a visit on the web of Wydział Komunikacji and manages it with its secret', async () => {
  const body = wish('09:00')
  const headers = key()
  const booked = await post(visits, body, headers)
  assert.equal(booked.status, 201)
  assert.deepEqual([booked.body.state, booked.body.confirmUntil], ['pending', '2020-05-25T08:20:00+02:00'])
  assert.equal(booked.body.start, start('09:00'))
  const again = await post(visits, body, headers)
  assert.deepEqual(again, booked, 'the same key and body give the first answer')
  const reused = await post(visits, { ...body, start: start('10:00') }, headers)
  assert.deepEqual([reused.status, reused.body.code, reused.type], [422, 'key-reused', 'application/problem+json; charset=utf-8'])

  const { reference, secret } = booked.body
  const authorization = { authorization: `Bearer ${secret}` }
  const confirm = (code: string) => post(`${visits}/${reference}/confirm`, { code }, authorization)
  const right = office.context.secrets.confirmCode(reference, 1)
  const wrong = await confirm(right === '000000' ? '000001' : '000000')
  assert.deepEqual([wrong.status, wrong.body.code], [409, 'code-wrong'])
  assert.equal((await confirm('12345')).status, 422)
  const sent = await post(`${visits}/${reference}/send-code`, { round: 1 }, authorization)
  assert.deepEqual([sent.status, sent.body.state], [200, 'pending'])
  assert.equal((await confirm(right)).body.code, 'code-wrong', 'another was sent')
  const confirmed = await confirm(office.context.secrets.confirmCode(reference, 2))
  assert.deepEqual([confirmed.status, confirmed.body.state, confirmed.body.confirmUntil], [200, 'booked', undefined])
  const read = await app.inject({ url: `${visits}/${reference}`, headers: authorization })
  assert.deepEqual([read.statusCode, read.json().state, read.json().secret], [200, 'booked', undefined])
  const moved = await post(`${visits}/${reference}/move`, { start: start('11:00') }, authorization)
  assert.deepEqual([moved.status, moved.body.start], [200, start('11:00')])
  const cancelled = await app.inject({ method: 'DELETE', url: `${visits}/${reference}`, headers: authorization })
  assert.deepEqual([cancelled.statusCode, cancelled.json().state], [200, 'cancelled'])
  assert.equal((await app.inject({ method: 'DELETE', url: `${visits}/${reference}`, headers: authorization })).statusCode, 200)
  const late = await post(`${visits}/${reference}/move`, { start: start('12:00') }, authorization)
  assert.deepEqual([late.status, late.body.code], [409, 'already-cancelled'])
})

test('the starts a visit may be moved to are free for its matter, and never the one it has', async () => {
  const booked = await post(visits, wish('13:00'), key())
  assert.equal(booked.status, 201)
  const { reference, secret } = booked.body
  const free = (query = '', bearer = secret) =>
    app.inject({ url: `${visits}/${reference}/free${query}`, headers: { authorization: `Bearer ${bearer}` } })
  const starts = (answer: { json(): unknown }): string[] => (answer.json() as { start: string }[]).map((each) => each.start)
  const day = '?from=2020-05-26&to=2020-05-26'
  const all = starts(await app.inject({ url: `/api/v1/services/${service}/free${day}` }))
  assert.ok(all.includes(start('13:00')), 'another desk is free at that time')
  const mine = await free(day)
  assert.deepEqual([mine.statusCode, mine.headers['cache-control']], [200, 'no-store'])
  assert.deepEqual(
    starts(mine),
    all.filter((each) => each !== start('13:00')),
  )
  assert.equal((await free('?from=jutro')).statusCode, 422)
  assert.equal((await free(day, 'x')).statusCode, 404)
  await app.inject({ method: 'DELETE', url: `${visits}/${reference}`, headers: { authorization: `Bearer ${secret}` } })
  const gone = await free(day)
  assert.deepEqual([gone.statusCode, gone.json().code], [409, 'already-cancelled'])
})

test('an unknown reference and a wrong secret get the same answer', async () => {
  const { body } = await post(visits, wish('09:30'), key())
  const other = await post(visits, wish('09:30'), key())
  for (const method of ['GET', 'DELETE'] as const) {
    const unknown = await app.inject({ method, url: `${visits}/AAAAAAAA`, headers: { authorization: `Bearer ${other.body.secret}` } })
    const wrong = await app.inject({
      method,
      url: `${visits}/${body.reference}`,
      headers: { authorization: `Bearer ${other.body.secret}` },
    })
    const none = await app.inject({ method, url: `${visits}/${body.reference}` })
    assert.deepEqual([unknown.statusCode, wrong.statusCode, none.statusCode], [404, 404, 401])
    assert.deepEqual(unknown.json(), wrong.json())
  }
})

test('the key is required and a UUID', async () => {
  assert.deepEqual([(await post(visits, wish('10:00'))).status, (await post(visits, wish('10:00'))).body.code], [400, 'key-missing'])
  const invalid = await post(visits, wish('10:00'), { 'idempotency-key': 'one' })
  assert.deepEqual([invalid.status, invalid.body.code], [422, 'key-invalid'])
})

test('only staff book by another channel than the web, and today', async () => {
  const refused = await post(visits, wish('10:30', { channel: 'phone' }), key())
  assert.deepEqual([refused.status, refused.body.code], [403, 'channel-not-allowed'])
  const clerk = await signedIn(office.context, 'service-office')
  const booked = await post(visits, wish('10:30', { channel: 'phone', person: { name: 'Anna Próbna' } }), { ...key(), ...clerk.headers })
  assert.deepEqual([booked.status, booked.body.state], [201, 'booked'], 'nobody confirms what a clerk books')
  const waiting = await post(visits, wish('10:30'), key())
  assert.equal(waiting.body.state, 'pending')
  const byClerk = await post(`${visits}/${waiting.body.reference}/confirm`, {}, clerk.headers)
  assert.deepEqual([byClerk.status, byClerk.body.state], [200, 'booked'])
  const today = { start: '2020-05-25T10:30:00+02:00' }
  assert.equal((await post(visits, wish('', today), key())).body.code, 'too-soon')
  assert.equal((await post(visits, wish('', { ...today, channel: 'phone' }), { ...key(), ...clerk.headers })).status, 201)
})

test('another unit is not booked on the web; the answer says how it is, and names no paragraph, since none shuts the web', async () => {
  const refused = await post(visits, wish('10:00', { service: 'dowody-osobiste' }), key())
  assert.deepEqual([refused.status, refused.body.code], [409, 'channel-not-offered'])
  assert.deepEqual(refused.body.basis, [])
  assert.ok(refused.body.next.length > 0)
})

test('bad input is a clear error, never a fault', async () => {
  const bad: [object, number][] = [
    [{}, 422],
    [wish('10:00', { start: 'jutro' }), 422],
    [wish('10:00', { start: '2020-02-30T10:00:00+01:00' }), 422],
    [wish('10:00', { start: '2020-05-26T10:00:00' }), 422],
    [wish('10:00', { start: 12 }), 422],
    [wish('10:00', { service: 'nie-ma' }), 404],
    [wish('10:00', { service: ['a'] }), 422],
    [wish('10:00', { channel: 'fax' }), 422],
    [wish('10:00', { person: { name: '<script>alert(1)</script>', email: 'a@example.pl' } }), 422],
    [wish('10:00', { person: { name: 'x'.repeat(400), email: 'a@example.pl' } }), 422],
    [wish('10:00', { person: { name: 'x'.repeat(40_000), email: 'a@example.pl' } }), 422],
    [wish('10:00', { person: { name: 'Jan' } }), 422],
    [wish('10:00', { person: { name: 'Jan', email: 'a@example.pl', phone: '\u0000' } }), 422],
    [wish('10:00', { person: null }), 422],
    [wish('10:07'), 409],
    [wish('03:00'), 409],
    [wish('10:00', { start: '2031-05-26T10:00:00+02:00' }), 409],
    [wish('10:00', { start: '+275760-09-13T00:00:00Z' }), 422],
  ]
  for (const [body, status] of bad) {
    const response = await post(visits, body, key())
    assert.equal(response.status, status, JSON.stringify(body).slice(0, 200) + JSON.stringify(response.body))
    assert.match(response.type, /problem\+json/)
    assert.ok(response.body.title.length > 0 && response.body.title !== response.body.code)
  }
  assert.equal((await app.inject({ url: `${visits}/${'x'.repeat(30)}`, headers: { authorization: 'Bearer x' } })).statusCode, 404)
  assert.equal((await app.inject({ url: `${visits}/%00`, headers: { authorization: 'Bearer x' } })).statusCode, 404)
})

test('a request stands in the list of the unit; the same key gives the first answer', async () => {
  const body = { service: 'dowody-osobiste', times: [{ weekday: 2, part: 'morning' }], person: somebody() }
  const headers = key()
  const made = await post('/api/v1/requests', body, headers)
  assert.deepEqual([made.status, made.body.state, made.body.unit], [201, 'open', 'wydzial-spraw-obywatelskich/dowody-osobiste'])
  assert.deepEqual((await post('/api/v1/requests', body, headers)).body, made.body)
  assert.equal((await post('/api/v1/requests', { ...body, person: { name: 'Jan' } }, key())).status, 422)
  assert.equal((await post('/api/v1/requests', { ...body, service: 'nie-ma' }, key())).status, 404)
})

test('several matters and persons are asked and booked over the API as on the pages', async () => {
  const free = async (query: string): Promise<{ status: number; body: any }> => {
    const response = await app.inject({ url: `/api/v1/services/${service}/free?from=2020-06-02&to=2020-06-02${query}` })
    return { status: response.statusCode, body: response.json() }
  }
  const [one, three] = [await free(''), await free('&persons=3')]
  assert.ok(three.body.length > 0 && three.body.length < one.body.length)
  for (const wrong of ['&persons=9', '&persons=x', '&more=dowody-osobiste', '&building=nowhere'])
    assert.equal((await free(wrong)).status, 422, wrong)
  const first = three.body[0].start
  const booked = await post(visits, wish('09:00', { start: first, persons: 3, needs: ['more-time'], onBehalf: true }), key())
  assert.equal(booked.status, 201)
  const minutes = (Date.parse(booked.body.end) - Date.parse(booked.body.start)) / 60_000
  const { durationMinutes } = office.directory.services.get(service)!
  assert.equal(minutes, 3 * durationMinutes + office.directory.office.settings['more-time-minutes'])
  const many = await post(visits, wish('09:00', { start: first, persons: 9 }), key())
  assert.deepEqual([many.status, many.body.errors?.[0]?.field], [422, 'persons'])
  assert.equal((await post(visits, wish('09:00', { start: first, needs: ['gold'] }), key())).status, 422)
})
