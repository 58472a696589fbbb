/** The live room: what it shows of lines and desks, who may change what, and that no name of a client stands there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { staffDesks, waits } from '../../../tests/support/waiting.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { callNext, queueRoutes, start } from '../index.js'
import { readLiveRoom } from './view.js'

const office = await testLeszno()
const { context, clock, directory } = office
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

test('a desk is told to take the overflow of another line, and no longer to; a clerk of a desk may not look', async () => {
  const overflow = async () =>
    (await readLiveRoom(context, 'walowa-5', clock.now()))?.desks.find((each) => each.desk.slug === desk)?.overflow
  assert.equal((await post({ stanowisko: desk, czynnosc: 'pomaga', litera: 'A', minuty: '20' })).statusCode, 303)
  assert.deepEqual(await overflow(), [{ letter: 'A', afterMinutes: 20, from: 0, until: 1_440 }])
  assert.equal((await post({ stanowisko: desk, czynnosc: 'pomaga', litera: '?', minuty: '20' })).statusCode, 303)
  assert.equal((await overflow())?.length, 1)
  await post({ stanowisko: desk, czynnosc: 'nie-pomaga' })
  assert.deepEqual(await overflow(), [])
  const { rows } = await context.database.pool.query(
    "select details ->> 'letters' as letters from event where kind = 'desk-overflow' order by id",
  )
  assert.deepEqual(rows, [{ letters: 'A' }, { letters: '' }])
  const clerk = await app.inject({ url: address, headers: ofClerk })
  assert.ok(clerk.statusCode === 302 || clerk.statusCode === 303 || clerk.statusCode === 403)
})

const seat = async (slug: string, who: number) => (await post({ stanowisko: slug, czynnosc: 'posadz', kto: String(who) })).statusCode

test('a clerk is seated at a desk and moved to another, whose own is closed; not while they serve, and not where they do not work', async () => {
  const { unitId } = directory.desks.get(desk) ?? { unitId: '' }
  const { accountId } = await signedIn(context, 'desk', { unitId })
  const stranger = await signedIn(context, 'desk', {
    unitId: [...directory.units.keys()].find((id) => !directory.unitAndParents(unitId).some((each) => each.id === id)) ?? '',
  })
  const hers = async () =>
    (await readLiveRoom(context, 'walowa-5', clock.now()))?.desks
      .filter(({ work }) => work?.accountId === accountId)
      .map((each) => each.desk.slug)
  const [first = '', second = ''] = [...directory.desks.values()]
    .filter((each) => each.unitId === unitId && each.slug !== desk)
    .map(({ slug }) => slug)
  assert.equal(await seat(first, accountId), 303)
  assert.deepEqual(await hers(), [first])
  assert.equal(await seat(second, accountId), 303)
  assert.deepEqual(await hers(), [second])
  await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })
  const called = await callNext(context, { desk: second, actor: 'system', now: clock.now() })
  const reference = (called.allowed && called.visit?.reference) || ''
  assert.equal((await start(context, { desk: second, actor: 'system', now: clock.now(), reference })).code, 'started')
  assert.equal(await seat(first, accountId), 409)
  assert.deepEqual(await hers(), [second])
  assert.equal(await seat(first, stranger.accountId), 409)
  assert.equal(await seat(first, 999_999), 409)
  const { rows } = await context.database.pool.query("select actor, details from event where kind = 'desk-opened' and details ? 'for'")
  assert.deepEqual(
    rows.map(({ actor, details }) => [actor === `account:${accountId}`, details.for]),
    [
      [false, accountId],
      [false, accountId],
    ],
  )
})

test('bad input is the sender’s: another building, no such desk, nothing said', async () => {
  assert.equal((await app.inject({ url: '/praca/sala/nie-ma', headers: ofOffice })).statusCode, 404)
  assert.equal((await post({ stanowisko: 'karasia-15/biuro-obslugi/1', czynnosc: 'zamknij' })).statusCode, 409)
  assert.equal((await post({ stanowisko: 'x', czynnosc: 'zamknij' })).statusCode, 409)
  assert.equal((await post({ stanowisko: desk })).statusCode, 303)
})
