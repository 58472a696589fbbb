/** The live room: what it shows of lines and desks, who may change what, and that no name of a client stands there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { staffDesks, waits } from '../../../tests/support/waiting.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { callNext, queueRoutes } from '../index.js'
import { readLiveRoom } from './view.js'

const office = await testLeszno()
const { context, clock } = office
const app = await testApp(context, queueRoutes)
clock.moveTo(instantOf(officeDay(clock.now()), 9 * 60))
const desk = 'walowa-5/4/1'
const address = '/praca/sala/walowa-5'
const { headers: ofOffice } = await signedIn(context, 'service-office')
const { headers: ofClerk } = await signedIn(context, 'desk')
const post = (payload: Record<string, string>, headers = ofOffice) =>
  app.inject({
    method: 'POST',
    url: address,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(payload).toString(),
  })

test('a line without a desk at work is named, one beyond its target alarms, and who is served is a number', async () => {
  await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now(), name: 'Zofia Tajna' })
  await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })
  const line = async () => (await readLiveRoom(context, 'walowa-5', clock.now()))?.lines.find(({ letter }) => letter === 'D')
  assert.deepEqual([(await line())?.nobodyHandles, (await line())?.waiting], [true, 2])
  await staffDesks(context, [desk])
  clock.moveTo(clock.now().add({ minutes: 41 }))
  const now = await line()
  assert.deepEqual([now?.nobodyHandles, now?.alarm, now?.longestMinutes, now?.overdue], [false, true, 41, 2])
  await callNext(context, { desk, actor: 'system', now: clock.now() })
  const page = await app.inject({ url: address, headers: ofOffice })
  await assertValidPage(page.body)
  const text = textOf(page.body)
  assert.match(text, /wezwano D 001/)
  assert.match(text, /przekroczony cel/)
  assert.doesNotMatch(page.body, /Zofia/)
})

test('a desk is told to help another line, and no longer to; a clerk of a desk may not look', async () => {
  const help = async () => (await readLiveRoom(context, 'walowa-5', clock.now()))?.desks.find((each) => each.desk.slug === desk)?.help
  assert.equal((await post({ stanowisko: desk, czynnosc: 'pomaga', litera: 'A', minuty: '20' })).statusCode, 303)
  assert.deepEqual(await help(), [{ letter: 'A', afterMinutes: 20, from: 0, until: 1_440 }])
  assert.equal((await post({ stanowisko: desk, czynnosc: 'pomaga', litera: '?', minuty: '20' })).statusCode, 303)
  assert.equal((await help())?.length, 1)
  await post({ stanowisko: desk, czynnosc: 'nie-pomaga' })
  assert.deepEqual(await help(), [])
  const { rows } = await context.database.pool.query(
    "select details ->> 'letters' as letters from event where kind = 'desk-help' order by id",
  )
  assert.deepEqual(rows, [{ letters: 'A' }, { letters: '' }])
  const clerk = await app.inject({ url: address, headers: ofClerk })
  assert.ok(clerk.statusCode === 302 || clerk.statusCode === 303 || clerk.statusCode === 403)
})

test('bad input is the sender’s: another building, no such desk, nothing said', async () => {
  assert.equal((await app.inject({ url: '/praca/sala/nie-ma', headers: ofOffice })).statusCode, 404)
  assert.equal((await post({ stanowisko: 'karasia-15/biuro-obslugi/1', czynnosc: 'zamknij' })).statusCode, 409)
  assert.equal((await post({ stanowisko: 'x', czynnosc: 'zamknij' })).statusCode, 409)
  assert.equal((await post({ stanowisko: desk })).statusCode, 303)
})
