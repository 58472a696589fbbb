/**
 * The bar of a demonstration: where it leads back to, and what it says when the clock stays.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { isMovable, officeDay } from '../platform/clock.js'
import { clockRoutes, typedInstant, wayBack } from './clock-routes.js'

const { context } = await testLeszno()
const { clock } = context
assert.ok(isMovable(clock))
const app = await testApp(
  context,
  (routes) => clockRoutes(routes, context, clock),
  (routes) => {
    for (const path of ['/', '/wizyta', '/praca/wejscie/:building']) routes.get(path, async () => path)
    for (const path of ['/praca/wejscie/:building/wpusc', '/praca/wejscie/:building/wpis']) routes.post(path, async () => path)
  },
)
const press = async (fields: Record<string, string>, language = 'pl') => {
  const { payload, headers } = form(fields)
  return app.inject({ method: 'POST', url: `${language === 'pl' ? '' : `/${language}`}/pokaz/zegar`, payload, headers })
}

test('the way back can always be fetched: the page itself, or the nearest address above it', () => {
  for (const [path, expected] of [
    ['/wizyta?a=b', '/wizyta?a=b'],
    ['/praca/wejscie/walowa-5?kod=brak', '/praca/wejscie/walowa-5?kod=brak'],
    ['/praca/wejscie/walowa-5/wpusc', '/praca/wejscie/walowa-5'],
    ['/praca/wejscie/walowa-5/wpis?info=x', '/praca/wejscie/walowa-5'],
    ['/nie/ma/takiej', '/'],
    ['//example.org', '/'],
    ['https://example.org', '/'],
    [undefined, '/'],
  ] as const)
    assert.equal(wayBack(app, path), expected, String(path))
})

test('a moment that is past, too far or no moment is answered by why, in each language', async () => {
  const now = context.clock.now()
  const day = officeDay(now)
  assert.equal(typedInstant(`${day}T07:00`, now), 'forward-only')
  assert.equal(typedInstant(`${day.add({ years: 20 })}T07:00`, now), 'too-far')
  assert.equal(typedInstant('tomorrow', now), 'unreadable')
  for (const language of ['pl', 'en', 'uk']) {
    const page = await press({ chwila: `${day}T07:00`, powrot: '/praca/wejscie/walowa-5/wpusc' }, language)
    assert.equal(page.statusCode, 422)
    await assertValidPage(page.body)
    assert.match(page.body, /href="\/praca\/wejscie\/walowa-5"/)
    if (language === 'pl') assert.match(textOf(page.body), /Zegar idzie tylko naprzód/)
  }
  assert.equal(Temporal.Instant.compare(context.clock.now(), now), 0)
})

test('a step moves the clock and leads back', async () => {
  const before = context.clock.now()
  const moved = await press({ krok: '5-minut', powrot: '/wizyta' })
  assert.deepEqual([moved.statusCode, moved.headers.location], [303, '/wizyta'])
  assert.equal(context.clock.now().since(before).total('minutes'), 5)
})
