/** What the owner of a visit is told in each of its states: never that it is booked when it is not. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { visitor } from '../../tests/support/visitor.js'
import { bookedVisit, somebody } from '../../tests/support/visits.js'
import { passRoutes, wrongContactsMax } from './index.js'

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
  const arrived = `arrived_at = starts_at, due_at = starts_at, due_why = 'booked-due', ticket = 'B' || lpad((900 + id % 99)::text, 3, '0')`
  assert.match((await pageOf('arrived', `state = 'arrived', ${arrived}`)).text, /proszę czekać na wezwanie.*Numerek B ?9/i)
  const called = await pageOf('called', `state = 'called', ${arrived}, called_at = starts_at, called_count = 1, desk_id = $2`, [desk?.id])
  const room = office.directory.rooms.get(desk?.roomId ?? '')?.number
  assert.match(called.text, new RegExp(`Proszę podejść do stanowiska.*Pokój ${room}, stanowisko ${desk?.label}`))
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
        ? `, ticket = 'B777', arrived_at = starts_at, due_at = starts_at, due_why = 'booked-due', called_at = starts_at, called_count = 1, serving_at = starts_at, desk_id = ${desk?.id}`
        : ''
    const { text, printed } = await pageOf(state, `state = '${state}', ended_at = starts_at${served}`)
    assert.ok(text.includes(sentence), text)
    assert.ok(!text.includes('Wizyta umówiona'))
    assert.equal(printed, 303)
  }
})

/** A booked visit at an hour of a day of its own, with its owner's cookie. */
async function ownVisit(day: string, time: string): Promise<{ reference: string; email: string; cookie: string }> {
  const start = Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
  const person = somebody()
  const { reference } = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start, person })
  return { reference, email: person.email, cookie: `w_${reference}=${context.secrets.secretOf(reference)}` }
}

test('the address of a visit asks a browser without its cookie for the contact, the same for a number nobody has', async () => {
  const { reference, email } = await ownVisit('2020-05-28', '08:00')
  const pages = await Promise.all([reference, 'ABCDEFGH'].map((each) => app.inject({ url: `/wizyta/${each}` })))
  for (const page of pages) {
    assert.equal(page.statusCode, 404)
    assert.match(textOf(page.body), /Żeby zobaczyć wizytę, proszę podać telefon lub e-mail\./)
  }
  const bodies = pages.map(({ body }, nth) =>
    body.replaceAll(nth === 0 ? reference : 'ABCDEFGH', '').replaceAll(nth === 0 ? spaced(reference) : 'ABCD EFGH', ''),
  )
  assert.equal(withoutKeys(bodies[0] ?? ''), withoutKeys(bodies[1] ?? ''))
  const citizen = visitor(app)
  await citizen.open(`/wizyta/${reference}`)
  const pass = await citizen.send({ reference: spaced(reference), contact: email }, '/wizyta')
  assert.match(pass.text, /Wizyta umówiona/)
  assert.match((await citizen.open('/wizyta')).text, /Wizyty umówione w tej przeglądarce czwartek 28 maja 2020, 8:00/)
})

const spaced = (reference: string): string => `${reference.slice(0, 4)} ${reference.slice(4)}`
const withoutKeys = (html: string): string => html.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')

test('after ten wrong contacts for one number even the right one waits; a right one before that forgives', async () => {
  const { reference, email } = await ownVisit('2020-05-28', '09:00')
  const ask = (contact: string, asked = reference) => app.inject({ method: 'POST', url: '/wizyta', ...form({ reference: asked, contact }) })
  for (let wrong = 1; wrong < wrongContactsMax; wrong += 1) assert.equal((await ask(`zly${wrong}@example.pl`)).statusCode, 404)
  assert.equal((await ask(email)).statusCode, 303)
  const wrong = await Promise.all(Array.from({ length: wrongContactsMax + 5 }, (_, nth) => ask(`zly${nth}@example.pl`)))
  assert.ok(wrong.filter(({ statusCode }) => statusCode === 404).length <= wrongContactsMax, 'of many at once no more are judged')
  for (let nth = 0; nth < wrongContactsMax; nth += 1) await ask(`zly${nth}@example.pl`)
  const waits = await ask(email)
  assert.equal(waits.statusCode, 429)
  assert.equal(waits.headers['retry-after'], '900')
  assert.match(textOf(waits.body), /65 529 81 00/)
  for (let nth = 0; nth < wrongContactsMax; nth += 1) await ask(`zly${nth}@example.pl`, 'ABCDEFGH')
  assert.equal((await ask(email, 'ABCDEFGH')).statusCode, 429, 'a number nobody has is slowed down like any other')
})

test('a change of time is told once', async () => {
  const { reference, cookie } = await ownVisit('2020-05-28', '10:00')
  const page = await app.inject({ url: `/wizyta/${reference}`, headers: { cookie: `${cookie}; zmieniono=${reference}` } })
  assert.match(textOf(page.body), /Termin wizyty został zmieniony/)
  assert.match(String(page.headers['set-cookie']), /zmieniono=;/)
})

test('a visit booked by phone is moved by its owner on the web, to any time but the one it has', async () => {
  const start = Temporal.ZonedDateTime.from('2020-05-28T11:00[Europe/Warsaw]').toInstant()
  const later = start.add({ hours: 1 })
  const { reference } = await bookedVisit(office, { serviceId: 'dowody-osobiste', start })
  const headers = { cookie: `w_${reference}=${context.secrets.secretOf(reference)}` }
  const times = await app.inject({ url: `/wizyta/${reference}/zmien`, headers })
  assert.equal(times.statusCode, 200)
  await assertValidPage(times.body)
  assert.ok(!times.body.includes(`value="${start.toString()}"`), 'its own time is none to move to')
  assert.ok(times.body.includes(`value="${later.toString()}"`))
  const sent = form({ start: later.toString(), klucz: randomUUID() })
  const moved = await app.inject({ method: 'POST', url: `/wizyta/${reference}/zmien`, ...sent, headers: { ...sent.headers, ...headers } })
  assert.equal(moved.statusCode, 303, textOf(moved.body))
  assert.match(textOf((await app.inject({ url: `/wizyta/${reference}`, headers })).body), /28 maja 2020, 12:00/)
})

// Last in the file: the clock never goes back.
test('once its hour has passed, a visit says until when one may still come in, then whom to ask and how to book anew', async () => {
  const { reference, cookie } = await ownVisit('2020-05-27', '08:00')
  const ask = (path: string) => app.inject({ url: `/wizyta/${reference}${path}`, headers: { cookie } })
  const see = async (time: string): Promise<{ html: string; text: string; printed: number; change: string }> => {
    office.clock.moveTo(Temporal.ZonedDateTime.from(`2020-05-27T${time}[Europe/Warsaw]`).toInstant())
    const page = await ask('')
    await assertValidPage(page.body)
    return {
      html: page.body,
      text: textOf(page.body),
      printed: (await ask('/druk')).statusCode,
      change: textOf((await ask('/zmien')).body),
    }
  }
  const ahead = await see('08:00')
  assert.match(ahead.text, /Wizyta umówiona/)
  const late = await see('08:10')
  assert.match(late.text, /Godzina wizyty minęła Można jeszcze wejść do godziny 8:10\./)
  assert.ok(late.html.includes('Kod QR'))
  assert.equal(late.printed, 200)
  const past = await see('08:11')
  assert.match(past.html, /<title>Godzina wizyty minęła – /)
  assert.ok(!past.html.includes('Kod QR') && !past.text.includes('Wizyta umówiona'))
  assert.match(past.text, /65 529 81 00.*Umów nową wizytę/)
  assert.equal(past.printed, 303)
  assert.match(past.change, /Można umówić nową wizytę/)
})
