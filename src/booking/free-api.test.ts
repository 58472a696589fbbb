import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { bookingRoutes } from './index.js'

const office = await testLeszno()
const app = await testApp(office.context, bookingRoutes)
const url = (service: string, from: string, to: string): string => `/api/v1/services/${service}/free?from=${from}&to=${to}`

test('anyone sees the starts of a web matter from the next day to the horizon, with offset and desks', async () => {
  const response = await app.inject({ url: url('rejestracja-pojazdow', '2020-05-25', '2020-06-30') })
  assert.equal(response.statusCode, 200)
  const starts = response.json<{ start: string; desks: number }[]>()
  assert.deepEqual(starts[0], { start: '2020-05-26T07:30:00+02:00', desks: office.directory.desksOf('rejestracja-pojazdow').length })
  assert.equal(starts.at(-1)?.start.slice(0, 10), '2020-06-08')
  assert.ok(
    starts.every(({ start }) => !/2020-(05-30|05-31|06-06|06-07)/.test(start)),
    'no Saturday and no Sunday',
  )
})

test('an answer not changed is not sent again', async () => {
  const asked = url('rejestracja-pojazdow', '2020-05-26', '2020-05-27')
  const first = await app.inject({ url: asked })
  const tag = String(first.headers['etag'])
  const second = await app.inject({ url: asked, headers: { 'if-none-match': tag } })
  assert.deepEqual([second.statusCode, second.body], [304, ''])
})

test('a matter whose times the web does not show has none for the public, and has them for a clerk', async () => {
  const asked = url('dowody-osobiste', '2020-05-25', '2020-05-26')
  assert.deepEqual((await app.inject({ url: asked })).json(), [])
  const { headers } = (await signedIn(office.context, 'service-office')) as unknown as { headers: Record<string, string> }
  const seen = await app.inject({ url: asked, headers })
  assert.ok(seen.json<{ start: string }[]>()[0]?.start.startsWith('2020-05-25T07:30'), 'today, for a clerk')
  assert.equal(seen.headers['cache-control'], 'private, no-store')
})

test('bad days are 422 by field, an unknown matter is 404', async () => {
  for (const [from, to, field] of [
    ['x', '2020-05-26', 'from'],
    ['2020-05-26', '2020-02-30', 'to'],
    ['2020-05-26', '2020-05-25', 'to'],
    ['2020-05-26', '2020-07-27', 'to'],
  ] as const) {
    const response = await app.inject({ url: url('rejestracja-pojazdow', from, to) })
    assert.deepEqual(
      [response.statusCode, response.json().code, response.json().errors[0].field],
      [422, 'invalid-input', field],
      `${from} ${to}`,
    )
  }
  assert.equal((await app.inject({ url: url('rejestracja-pojazdow', '2020-05-26', '2020-07-26') })).statusCode, 200, '62 days')
  const unknown = await app.inject({ url: url('nothing', '2020-05-26', '2020-05-26') })
  assert.deepEqual([unknown.statusCode, unknown.json().code], [404, 'unknown-service'])
})
