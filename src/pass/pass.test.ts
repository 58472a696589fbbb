/** What the owner of a visit is told in each of its states: never that it is booked when it is not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { passRoutes } from './index.js'

const office = await testLeszno()
const { context } = office
const { pool } = context.database
const app = await testApp(context, passRoutes)
const desk = office.directory.desksOf('rejestracja-pojazdow')[0]
let hour = 8

/** The page of a visit in a state, for its owner. */
async function pageOf(state: string, change: string, values: readonly unknown[] = []): Promise<{ text: string; printed: number }> {
  hour += 1
  const start = Temporal.ZonedDateTime.from(`2020-05-26T${String(hour).padStart(2, '0')}:00[Europe/Warsaw]`).toInstant()
  const { id, reference } = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start })
  await pool.query(`update visit set ${change} where id = $1`, [id, ...values])
  const headers = { cookie: `w_${reference}=${context.secrets.secretOf(reference)}` }
  const page = await app.inject({ url: `/wizyta/${reference}`, headers })
  assert.equal(page.statusCode, 200, state)
  await assertValidPage(page.body)
  assert.ok(!page.body.includes(`pass.state.`), state)
  return { text: textOf(page.body), printed: (await app.inject({ url: `/wizyta/${reference}/druk`, headers })).statusCode }
}

test('a visit that waits to be confirmed says so and until when, not that it is booked', async () => {
  const { text } = await pageOf('pending', `state = 'pending', confirm_until = '2020-05-25T06:20:00Z'`)
  assert.match(text, /Wizyta czeka na potwierdzenie.*25 maja 2020, 8:20/)
  assert.ok(!text.includes('Wizyta umówiona'))
})

test('after arrival the page shows the ticket, and when called the desk', async () => {
  const arrived = `arrived_at = starts_at, ticket = 'B' || lpad((900 + id % 99)::text, 3, '0')`
  assert.match((await pageOf('arrived', `state = 'arrived', ${arrived}`)).text, /prosimy czekać na wezwanie.*Numerek B ?9/i)
  const called = await pageOf('called', `state = 'called', ${arrived}, called_at = starts_at, called_count = 1, desk_id = $2`, [desk?.id])
  const room = office.directory.rooms.get(desk?.roomId ?? '')?.number
  assert.match(called.text, new RegExp(`Prosimy podejść do stanowiska.*Pokój ${room}, stanowisko ${desk?.label}`))
  assert.equal(called.printed, 303)
})

test('a visit that is over or off says how it ended, and has no pass to print', async () => {
  for (const [state, sentence] of [
    ['cancelled', 'Wizyta została odwołana'],
    ['missed', 'Nikt nie zgłosił się na tę wizytę'],
    ['expired', 'Rezerwacja wygasła'],
    ['served', 'Wizyta się odbyła'],
  ] as const) {
    const served =
      state === 'served'
        ? `, ticket = 'B777', arrived_at = starts_at, called_at = starts_at, called_count = 1, serving_at = starts_at, desk_id = ${desk?.id}`
        : ''
    const { text, printed } = await pageOf(state, `state = '${state}', ended_at = starts_at${served}`)
    assert.ok(text.includes(sentence), text)
    assert.ok(!text.includes('Wizyta umówiona'))
    assert.equal(printed, 303)
  }
})
