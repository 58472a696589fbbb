/** From a chosen time to the check: what is kept, for how long, what is said of it, and what is never lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { visitor, type Seen, type Visitor } from '../../tests/support/visitor.js'
import { findVisit } from '../visit/index.js'
import { bookingRoutes, expireHolds } from './index.js'

const office = await testLeszno()
const { context, clock } = office
const app = await testApp(context, bookingRoutes)
const service = 'rejestracja-pojazdow'
const times = `/sprawy/${service}/terminy`
const person = { name: 'Łucja Próbna', phone: '601 234 567', email: '' }

function starts(seen: Seen): string[] {
  return [...new Set([...seen.html.matchAll(/name="start"[^>]*value="([^"]+)"/g)].map((match) => match[1] as string))]
}

function referenceOf(seen: Seen): string {
  return /\/(?:rezerwacja|wizyta)\/([A-Z2-9]{8})/.exec(seen.path)?.[1] ?? assert.fail(`no reference in ${seen.path}`)
}

/** Chooses a time on the page of free times, at its address or at the one a link gave. */
async function choose(citizen: Visitor, nth = 0, path = times): Promise<Seen> {
  const page = await citizen.open(path)
  return citizen.send({ start: starts(page)[nth] as string }, path)
}

async function wait(minutes: number): Promise<void> {
  clock.moveTo(clock.now().add({ minutes }))
  await expireHolds(context, clock.now())
}

test('how long a time waits is told before it is chosen, and the last time it is prolonged', async () => {
  const citizen = visitor(app)
  assert.match(
    (await citizen.open(times)).text,
    /będzie czekał 10 minut\. Każda kolejna strona przedłuża ten czas, razem najwyżej do 30 minut\./,
  )
  const details = await choose(citizen)
  assert.match(details.text, /Przejście do następnej strony przedłuża ten czas/)
  for (const minutes of [9, 9, 6]) {
    await wait(minutes)
    await citizen.open(details.path)
  }
  const last = await citizen.open(details.path)
  assert.match(last.text, /Dłużej nie może czekać/)
  assert.ok(!last.text.includes('przedłuża'))
  await wait(6)
  const over = await citizen.open(details.path)
  assert.equal(over.status, 409)
  assert.match(over.html, /<h1[^>]*>Czas na dokończenie rezerwacji minął/)
  assert.ok(over.text.includes('najdłuższy czas na dokończenie rezerwacji'))
  assert.ok(over.text.indexOf('Wybierz termin jeszcze raz') < over.text.indexOf('najdłuższy czas'), 'the way on comes first')
})

test('what was typed is there again after the hold ran out, for an hour and for this browser alone', async () => {
  const citizen = visitor(app)
  await choose(citizen)
  await citizen.send({ name: 'Łucja Próbna', phone: '12', email: '' })
  await wait(11)
  const again = await choose(citizen)
  assert.match(again.path, /\/dane$/)
  assert.match(again.html, /value="Łucja Próbna"/)
  assert.ok(!(await choose(visitor(app), 2)).html.includes('Łucja'))
  await wait(90)
  assert.ok(!(await choose(citizen, 4)).html.includes('Łucja'), 'nothing is left for whoever uses the browser later')
})

test('who changes the time from the check sees the one held and the way back, and comes back to the check', async () => {
  const citizen = visitor(app)
  const details = await choose(citizen)
  const check = await citizen.send(person)
  assert.match(check.path, /\/sprawdz$/)
  const link = /href="(\/sprawy\/[^"]*rezerwacja=[^"]*)"/.exec(check.html)?.[1] ?? assert.fail('a link to other times')
  const other = await citizen.open(link)
  assert.match(other.text, /Wybrany termin: .*Zachowaj ten termin/)
  assert.ok(other.html.includes(`href="${check.path}"`))
  assert.equal(other.headers['cache-control'], 'no-store')
  const wrong = await citizen.send({}, link)
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /Wybrany termin: /)
  const checked = await choose(citizen, 3, link)
  assert.match(checked.path, /\/sprawdz$/)
  assert.notEqual(referenceOf(checked), referenceOf(details))
  const first = await citizen.open(details.path)
  assert.match(first.html, /<h1[^>]*>Ten termin został oddany/)
  assert.ok(!first.text.includes('minął'))
  const stranger = await visitor(app).open(link)
  assert.ok(!stranger.text.includes('Wybrany termin:'))
})

test('a time held for one matter stays when a time for another is chosen', async () => {
  const citizen = visitor(app)
  const first = referenceOf(await choose(citizen, 6))
  const page = await citizen.open('/sprawy/wyrejestrowanie-pojazdu/terminy')
  await citizen.send({ start: starts(page)[0] as string }, '/sprawy/wyrejestrowanie-pojazdu/terminy')
  assert.equal((await findVisit(context.database.pool, first))?.state, 'held')
})

test('a form sent back with what is wrong may be gone back to; its right fields are kept with the hold', async () => {
  const citizen = visitor(app)
  const details = await choose(citizen, 8)
  const wrong = await citizen.send({ name: 'Łucja Próbna', phone: '12', email: '' })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.headers['cache-control'], 'private, no-cache')
  const english = await citizen.open(`${details.path}?lang=en`)
  assert.match(english.html, /value="Łucja Próbna"/)
})

test('a time somebody else took is said at once, in the title too', async () => {
  const citizen = visitor(app)
  const page = await citizen.open(times)
  const off = `${(starts(page)[0] as string).slice(0, 17)}30Z`
  const taken = await citizen.send({ start: off }, times)
  assert.equal(taken.status, 409)
  assert.match(taken.html, /<title>Termin zajęty: /)
  assert.match(taken.html, /role="alert"[^>]*tabindex="-1"/i)
  assert.match(taken.text, /Proszę wybrać inny termin\./)
})
