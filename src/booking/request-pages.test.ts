/** The request form: one open request per contact and matter, days that can still come, and what its page tells. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { visitor, type Seen, type Visitor } from '../../tests/support/visitor.js'
import { bookingRoutes } from './index.js'

const office = await testLeszno()
const app = await testApp(office.context, bookingRoutes)
const form = '/sprawy/dowody-osobiste/prosba'
const person = { name: 'Jan Próbny', phone: '601 234 567', email: '', days: '2020-05-27', parts: 'morning' }

async function ask(citizen: Visitor, change: Readonly<Record<string, string | readonly string[]>> = {}, address = form): Promise<Seen> {
  await citizen.open(address)
  return citizen.send({ ...person, ...change }, address)
}

test('the page of a request says what was asked for, whom the office answers, and what its number is for', async () => {
  const done = await ask(visitor(app), { phone: '602 111 222' })
  assert.match(done.path, /\/prosba\/[A-Z2-9]{8}$/)
  assert.match(done.text, /Ten numer proszę podać, dzwoniąc do urzędu\./)
  assert.match(done.text, /Dowody osobiste.*środa 27 maja 2020, przed południem.*602 111 222/i)
  const stranger = await visitor(app).open(done.path)
  assert.equal(stranger.status, 404)
  assert.match(stranger.text, /Nie ma takiej prośby o termin/)
})

test('the same request sent again is the first one; another of the same contact and matter is not made', async () => {
  const citizen = visitor(app)
  const first = await ask(citizen)
  assert.equal((await ask(citizen)).path, first.path)
  const changed = await ask(citizen, { days: '2020-05-28' })
  assert.equal(changed.status, 409)
  assert.match(changed.text, /już czeka na liście urzędu/)
  const guess = await ask(visitor(app), { name: 'Ktoś Inny' })
  assert.equal(guess.status, 409)
  assert.ok(!guess.text.includes('Jan Próbny'), 'a phone somebody knows opens no request of another')
  const both = await Promise.all([0, 1, 2].map(() => ask(visitor(app), { phone: '603 111 222' })))
  assert.equal(new Set(both.map(({ path }) => path)).size, 1)
})

test('three requests of one contact may wait, a fourth is told so', async () => {
  const { services } = office.directory
  const matters = [...services.values()].filter((each) => !each.closed && !each.dropOff).slice(0, 4)
  const answers = []
  for (const { id } of matters) answers.push(await ask(visitor(app), { phone: '604 111 222' }, `/sprawy/${id}/prosba`))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 409],
  )
  assert.match(answers[3]?.text ?? '', /czekają już 3 prośby.*ile próśb o termin może czekać/)
})

test('a day long gone or beyond the horizon is no day to ask for', async () => {
  for (const days of ['1900-01-01', '2020-05-24', '2020-07-01', 'x']) assert.equal((await ask(visitor(app), { days })).status, 422, days)
})

test('papers are left without a visit, also where one would ask for a time', async () => {
  const answer = await visitor(app).open('/sprawy/skladanie-dokumentow/prosba')
  assert.equal(answer.status, 409)
  assert.match(answer.text, /Dokumenty można zostawić bez umawiania wizyty/)
})
