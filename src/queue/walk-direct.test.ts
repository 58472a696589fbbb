/** Somebody without a number at a free desk: called at once when nobody is due before, else a number and a place in line. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testDatabase, testLeszno } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { signedIn } from '../../tests/support/staff.js'
import { directory } from '../directory/index.js'
import { queueRoutes, takeWalkIn } from './index.js'
import { finish, start } from './actions.js'
import { openDesk } from './sessions.js'
import { directMatters } from './walk-direct.js'

const office = await testDatabase({ poolSize: 8 })
await smallOffice(office, {}, { mode: 'booking-optional', queueGroups: [{ letter: 'A', name: 'Próby', from: 100, walkInsPerDay: 3 }] })
const { context, clock } = office
const app = await testApp(context, queueRoutes)
clock.moveTo(Temporal.Instant.from('2020-05-25T09:00:00+02:00'))
const { accountId, headers } = await signedIn(context, 'service-office')
const desk = 'hall/1/1'
const address = `/praca/stanowisko/${encodeURIComponent(desk)}`
const at = () => ({ desk, actor: 'account:1' as const, now: clock.now() })
await openDesk(context, { ...at(), accountId })
const press = (key: string, act = 'bez-numerka') =>
  app.inject({
    method: 'POST',
    url: address,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ czynnosc: act, sprawa: 'short', klucz: key }).toString(),
  })
const visits = async () =>
  (
    await context.database.pool.query<{ reference: string; ticket: string; state: string }>(
      'select reference, ticket, state from visit order by id',
    )
  ).rows

test('with nobody before, the person has a number and is called, however often the button is pressed', async () => {
  const page = await app.inject({ url: address, headers })
  assert.match(textOf(page.body), /Osoba bez numerka/)
  await assertValidPage(page.body)
  const key = randomUUID()
  const answers = await Promise.all([press(key), press(key)])
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [303, 303],
  )
  assert.deepEqual(
    (await visits()).map(({ ticket, state }) => [ticket, state]),
    [['A100', 'called']],
  )
  assert.doesNotMatch(textOf((await app.inject({ url: address, headers })).body), /Osoba bez numerka/, 'not while somebody is at the desk')
})

test('with somebody before, that one is called, and the clerk is told the number of the one who waits', async () => {
  const [{ reference } = { reference: '' }] = await visits()
  await start(context, { ...at(), reference })
  await finish(context, { ...at(), reference })
  const before = await takeWalkIn(context, { serviceId: 'short', buildingId: 'hall', now: clock.now(), channel: 'kiosk', actor: 'citizen' })
  assert.ok(before.allowed)
  clock.moveTo(clock.now().add({ minutes: 1 }))
  const answer = await press(randomUUID())
  const page = await app.inject({ url: answer.headers.location ?? '', headers })
  assert.match(textOf(page.body), /Osoba dostała numer A 102 i czeka/)
  assert.deepEqual(
    (await visits()).map(({ ticket, state }) => [ticket, state]),
    [
      ['A100', 'served'],
      ['A101', 'called'],
      ['A102', 'arrived'],
    ],
  )
})

test('no number is given beyond the day’s, for a matter of another desk, or where only the booked may come', async () => {
  const [, second] = await visits()
  await start(context, { ...at(), reference: second?.reference ?? '' })
  await finish(context, { ...at(), reference: second?.reference ?? '' })
  const full = await press(randomUUID())
  assert.equal(full.statusCode, 409)
  assert.match(textOf(full.body), /nie ma już numerków/)
  assert.equal((await visits()).length, 3)
  const leszno = await testLeszno()
  for (const each of (await directory(leszno.context)).desks.values())
    assert.deepEqual(await directMatters(leszno.context, each, clock.now()), [], each.slug)
})
