/** A clerk books for a caller what a citizen books: several matters and persons, needs, on behalf, another building; and sees it everywhere. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { somebody } from '../../tests/support/visits.js'
import { findVisit, type Visit } from '../visit/index.js'
import { bookingRoutes, makeRequest, wishOf } from './index.js'
import { mattersBeside } from './wish.js'

const { context, directory } = await testLeszno()
const app = await testApp(context, bookingRoutes)
const clerk = await signedIn(context, 'service-office')
const vehicles = 'rejestracja-pojazdow'
const url = `/praca/obsluga/umow/${vehicles}`
const usual = wishOf(directory, { serviceId: vehicles }) ?? assert.fail()
const [beside] = mattersBeside(directory, usual)
assert.ok(beside)

interface Answer {
  readonly status: number
  readonly html: string
  readonly text: string
  readonly location: string
}

async function ask(method: 'GET' | 'POST', at: string, fields: Record<string, string | readonly string[]> = {}): Promise<Answer> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each)
  const headers = { ...clerk.headers, 'content-type': 'application/x-www-form-urlencoded' }
  const response = await app.inject({ method, url: at, headers, ...(method === 'POST' ? { payload: body.toString() } : {}) })
  const { payload: html, statusCode: status } = response
  return { status, html, text: textOf(html), location: String(response.headers.location) }
}

const firstStart = (html: string): string => /name="start" type="radio" value="([^"]+)"/.exec(html)?.[1] ?? ''
const shownFor = (html: string): string => /name="dla" value="([^"]+)"/.exec(html)?.[1] ?? ''

async function visitAt(location: string): Promise<Visit> {
  return (await findVisit(context.database.pool, /wizyta\/([A-Z2-9]{8})/.exec(location)?.[1] ?? '')) ?? assert.fail(location)
}

test('two matters of two persons with needs, for somebody else: booked as said, and shown wherever the visit is', async () => {
  const page = await ask('GET', url)
  await assertValidPage(page.html)
  assert.doesNotMatch(page.html, /<details[^>]* open/, 'nobody who books the usual visit has to pass it')
  const wish = { osoby: '2', sprawa: beside.id, dluzej: 'tak', needs: ['interpreter', 'wheelchair'], behalf: 'tak' }
  const typed = { ...wish, name: 'Ewa Rodzinna', phone: '601 222 333', channel: 'counter', klucz: randomUUID(), dla: shownFor(page.html) }
  const shown = await ask('POST', url, { ...typed, start: firstStart(page.html) })
  assert.equal(shown.status, 200, 'the times of the wish are seen before anything is booked')
  await assertValidPage(shown.html)
  assert.match(shown.html, /<details[^>]* open/)
  assert.match(shown.html, /value="Ewa Rodzinna"/)
  assert.match(shown.text, new RegExp(`${beside.name} ?, 2 osoby, `))
  const booked = await ask('POST', url, { ...typed, dla: shownFor(shown.html), start: firstStart(shown.html) })
  assert.equal(booked.status, 303, booked.text.slice(0, 400))
  const visit = await visitAt(booked.location)
  assert.deepEqual(
    [visit.moreServiceIds, visit.persons, visit.needs, visit.onBehalf, visit.channel],
    [[beside.id], 2, ['interpreter', 'wheelchair', 'more-time'], true, 'counter'],
  )
  const longer = directory.office.settings['more-time-minutes']
  assert.equal(
    visit.startsAt.until(visit.endsAt).total('minutes'),
    2 * (usual.durationMinutes + beside.durationMinutes) + longer,
    'the times add up',
  )
  const at = `/praca/obsluga/wizyta/${visit.reference}`
  const seen = [
    await ask('GET', at),
    await ask('GET', `${at}/zmien`),
    await ask('GET', `${at}/odwolaj`),
    await ask('POST', '/praca/obsluga/szukaj', { szukane: 'rodzinna', dzien: '' }),
  ]
  for (const { html, text, status } of seen) {
    assert.equal(status, 200)
    await assertValidPage(html)
    assert.ok(text.includes(beside.name) && text.includes(usual.service.name), 'both matters')
    assert.match(text, /Liczba osób:? 2|, 2 osoby,/)
    assert.match(text, /Tłumacz języka migowego, Nie mogę wejść po schodach, Więcej czasu/)
    assert.match(text, /Za inną osobę:? tak/)
  }
  const moved = await ask('POST', `${at}/zmien`, { start: firstStart(seen[1]?.html ?? ''), klucz: randomUUID() })
  assert.equal(moved.status, 303)
  assert.equal((await visitAt(at)).moreServiceIds[0], beside.id)
})

test('the address of a wish opens the form with it; nothing of a person is read from there', async () => {
  const page = await ask('GET', `${url}?osoby=3&sprawa=${beside.id}&name=Jan`)
  assert.match(page.html, /<details[^>]* open/)
  assert.match(page.text, /, 3 osoby, /)
  assert.doesNotMatch(page.html, /value="Jan"/)
})

test('what one visit cannot hold is said at its field, and nothing is booked', async () => {
  for (const [wrong, field] of [
    [{ osoby: '9' }, 'osoby'],
    [{ sprawa: 'dowody-osobiste' }, 'sprawa'],
    [{ sprawa: ['a', 'b', 'c'] }, 'sprawa'],
  ] as const) {
    const answer = await ask('POST', url, {
      ...wrong,
      name: 'Ewa Zadużo',
      start: firstStart((await ask('GET', url)).html),
      klucz: randomUUID(),
    })
    assert.equal(answer.status, 422)
    await assertValidPage(answer.html)
    assert.match(answer.html, new RegExp(`href="#${field}"`))
  }
  assert.match((await ask('POST', '/praca/obsluga/szukaj', { szukane: 'zadużo', dzien: '' })).text, /Nie znaleziono/)
})

test('a request is booked for a family with what they need', async () => {
  const made = await makeRequest(context, { serviceId: vehicles, times: [], person: somebody('Ewa Prosząca'), key: randomUUID() })
  assert.ok(made.allowed)
  const at = `/praca/prosby/${made.reference}`
  const wish = { osoby: '3', needs: 'other-language', dla: shownFor((await ask('GET', at)).html) }
  const shown = await ask('POST', at, wish)
  assert.equal(shown.status, 200)
  await assertValidPage(shown.html)
  const booked = await ask('POST', at, { ...wish, dla: shownFor(shown.html), start: firstStart(shown.html), klucz: randomUUID() })
  assert.equal(booked.status, 303, booked.text.slice(0, 400))
  const visit = await visitAt(booked.location)
  assert.deepEqual([visit.persons, visit.needs, visit.person.name], [3, ['other-language'], 'Ewa Prosząca'])
})

test('a clerk puts a caller with two matters in line, and the list says so', async () => {
  const add = await ask('GET', `/praca/lista/dopisz?sprawa=${vehicles}`)
  await assertValidPage(add.html)
  const days = { od: '2020-05-26', do: '2020-05-29', pora: 'any', name: 'Ewa Listowa', phone: '601 222 444', klucz: randomUUID() }
  const wrong = await ask('POST', `/praca/lista/dopisz/${vehicles}`, { ...days, osoby: '9' })
  assert.equal(wrong.status, 422)
  await assertValidPage(wrong.html)
  const done = await ask('POST', `/praca/lista/dopisz/${vehicles}`, { ...days, osoby: '2', sprawa: beside.id })
  assert.equal(done.status, 303, done.text.slice(0, 400))
  for (const { html, text } of [await ask('GET', done.location), await ask('GET', '/praca/lista')]) {
    await assertValidPage(html)
    assert.match(text, new RegExp(`${beside.name}.* Liczba osób:? 2`))
  }
})
