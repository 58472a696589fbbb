import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { somebody } from '../../tests/support/visits.js'
import { findVisit } from '../visit/index.js'
import { bookingRoutes, makeRequest } from './index.js'
import { readSearch } from './clerk-rules.js'

const office = await testLeszno()
const { context } = office
const app = await testApp(context, bookingRoutes)
const clerk = await signedIn(context, 'service-office')

async function get(
  url: string,
  headers: Record<string, string> = clerk.headers,
): Promise<{ status: number; html: string; location: string }> {
  const response = await app.inject({ url, headers })
  return { status: response.statusCode, html: response.payload, location: String(response.headers.location) }
}

async function post(
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = clerk.headers,
): Promise<{ status: number; html: string; location: string }> {
  const sent = form(fields)
  const response = await app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, ...headers } })
  return { status: response.statusCode, html: response.payload, location: String(response.headers.location) }
}

const foundBy = async (szukane: string): Promise<string> => textOf((await post('/praca/obsluga/szukaj', { szukane, dzien: '' })).html)
const firstStart = (html: string): string => /name="start" type="radio" value="([^"]+)"/.exec(html)?.[1] ?? ''

test('a typed line is a reference, a phone or a name', () => {
  assert.deepEqual(readSearch('601 234 567'), { reference: null, phone: '+48601234567', name: null })
  assert.deepEqual(readSearch('k7mp-qx2d').reference, 'K7MPQX2D')
  assert.deepEqual(readSearch('Kowalska'), { reference: null, phone: null, name: 'kowalska' })
})

test('a clerk books for a caller with a name alone, today, in a unit that is not on the web, and reads the reference out', async () => {
  const start = await get('/praca/obsluga?sprawa=dowod')
  await assertValidPage(start.html)
  assert.match(start.html, /\/praca\/obsluga\/umow\/dowody-osobiste/)
  const page = await get('/praca/obsluga/umow/dowody-osobiste')
  await assertValidPage(page.html)
  assert.match(textOf(page.html), /poniedziałek 25 maja 2020/)
  assert.match(textOf(page.html), /Administratorem danych jest/)
  assert.match(textOf(page.html), /§ 2/)

  const typed = { start: firstStart(page.html), name: 'Zofia Łęcka', phone: '', email: '', channel: 'phone', klucz: randomUUID() }
  const booked = await post('/praca/obsluga/umow/dowody-osobiste', typed)
  assert.equal(booked.status, 303)
  const twice = await post('/praca/obsluga/umow/dowody-osobiste', typed)
  assert.equal(twice.location, booked.location, 'sent twice, booked once')
  const done = await get(booked.location)
  await assertValidPage(done.html)
  const reference = /data-reference="([A-Z2-9]{8})"/.exec(done.html)?.[1] ?? ''
  const visit = await findVisit(context.database.pool, reference)
  assert.deepEqual([visit?.state, visit?.channel, visit?.bookedBy], ['booked', 'phone', clerk.accountId])
  assert.ok(textOf(done.html).includes(`${reference.slice(0, 4)} ${reference.slice(4)}`))

  for (const typedSearch of ['lecka', 'Łęcka', reference.toLowerCase(), `${reference.slice(0, 4)} ${reference.slice(4)}`]) {
    const found = await post('/praca/obsluga/szukaj', { szukane: typedSearch, dzien: '' })
    assert.equal(found.status, 200)
    assert.match(found.html, new RegExp(`/praca/obsluga/wizyta/${reference}`), typedSearch)
    await assertValidPage(found.html)
  }
  const otherDay = await post('/praca/obsluga/szukaj', { szukane: 'lecka', dzien: '2020-05-27' })
  assert.doesNotMatch(otherDay.html, new RegExp(reference))

  const movePage = await get(`/praca/obsluga/wizyta/${reference}/zmien?od=2020-05-27`)
  await assertValidPage(movePage.html)
  const moved = await post(`/praca/obsluga/wizyta/${reference}/zmien`, { start: firstStart(movePage.html), klucz: randomUUID() })
  assert.deepEqual([moved.status, moved.location], [303, `/praca/obsluga/wizyta/${reference}?co=moved`])
  assert.match(textOf((await get(moved.location)).html), /środa 27 maja 2020/)

  const cancelPage = await get(`/praca/obsluga/wizyta/${reference}/odwolaj`)
  await assertValidPage(cancelPage.html)
  assert.equal((await post(`/praca/obsluga/wizyta/${reference}/odwolaj`, { klucz: randomUUID() })).status, 422)
  const cancelled = await post(`/praca/obsluga/wizyta/${reference}/odwolaj`, { powod: 'citizen-wish', klucz: randomUUID() })
  assert.equal(cancelled.status, 303)
  assert.equal((await findVisit(context.database.pool, reference))?.state, 'cancelled')
  const after = await get(`/praca/obsluga/wizyta/${reference}/zmien`)
  assert.equal(after.status, 409)
  assert.match(textOf(after.html), /odwołana/)
})

test('wrong input keeps what was typed and says what to do; a limit can be passed with a reason', async () => {
  const url = '/praca/obsluga/umow/rejestracja-pojazdow'
  const wrong = await post(url, { name: '', phone: '12', email: 'x', klucz: randomUUID() })
  assert.equal(wrong.status, 422)
  await assertValidPage(wrong.html)
  assert.match(wrong.html, /value="12"/)
  const person = { name: 'Adam Nowak', phone: '601 234 567' }
  const start = firstStart((await get(url)).html)
  assert.equal((await post(url, { ...person, start, klucz: randomUUID() })).status, 303)
  const next = firstStart((await get(`${url}?od=2020-05-25`)).html)
  const limited = await post(url, { ...person, start: next, klucz: randomUUID() })
  assert.equal(limited.status, 409)
  await assertValidPage(limited.html)
  assert.match(limited.html, /name="wyjatek"/)
  assert.equal((await post(url, { ...person, start: next, wyjatek: 'for-another-person', klucz: randomUUID() })).status, 303)
  const byPhone = await post('/praca/obsluga/szukaj', { szukane: '601234567', dzien: '' })
  assert.equal(byPhone.html.match(/Adam Nowak/g)?.length, 2)
})

test('a request is booked by a clerk on the same calendar, settled or closed, each once', async () => {
  const make = async (): Promise<string> => {
    const made = await makeRequest(context, {
      serviceId: 'dowody-osobiste',
      times: [
        { weekday: 2, part: 'morning' },
        { day: '2020-05-29', part: 'any' },
      ],
      person: somebody('Ewa Prośba'),
      key: randomUUID(),
    })
    assert.ok(made.allowed)
    return made.reference
  }
  const references = [await make(), await make(), await make()]
  const list = await get('/praca/prosby')
  await assertValidPage(list.html)
  assert.match(textOf(list.html), /wtorek przed południem; piątek 29 maja 2020 o każdej porze/)
  const page = await get(`/praca/prosby/${references[0]}`)
  await assertValidPage(page.html)
  const booked = await post(`/praca/prosby/${references[0]}`, { start: firstStart(page.html), klucz: randomUUID() })
  assert.equal(booked.status, 303)
  const visit = await findVisit(context.database.pool, /wizyta\/([A-Z2-9]{8})/.exec(booked.location)?.[1] ?? '')
  assert.deepEqual([visit?.channel, visit?.person.name], ['request', 'Ewa Prośba'])
  const again = await post(`/praca/prosby/${references[0]}`, {
    start: firstStart((await get('/praca/obsluga/umow/dowody-osobiste')).html),
    klucz: randomUUID(),
  })
  assert.match(textOf(again.html), /już załatwiona/)
  assert.equal((await post(`/praca/prosby/${references[1]}/zalatw`, {})).status, 422)
  assert.equal((await post(`/praca/prosby/${references[1]}/zalatw`, { sposob: 'by-phone' })).status, 303)
  assert.equal((await post(`/praca/prosby/${references[2]}/zamknij`, { powod: 'not-reached' })).status, 303)
  assert.match(textOf((await get('/praca/prosby')).html), /Żadna prośba nie czeka/)
  const { rows } = await context.database.pool.query(
    `select kind, reason from event where kind like 'request-%' and kind <> 'request-made' order by id`,
  )
  assert.deepEqual(
    rows.map((row) => [row.kind, row.reason]),
    [
      ['request-booked', null],
      ['request-settled', 'by-phone'],
      ['request-closed', 'not-reached'],
    ],
  )
})

test('a desk clerk sees the requests of the own unit only; a guard sees none of these pages', async () => {
  await makeRequest(context, { serviceId: 'dowody-osobiste', times: [], person: somebody('Ewa Dowód'), key: randomUUID() })
  const own = await signedIn(context, 'desk', { unitId: 'wydzial-spraw-obywatelskich' })
  const other = await signedIn(context, 'desk', { unitId: 'usc' })
  assert.match((await get('/praca/prosby', own.headers)).html, /Ewa Dowód/)
  assert.doesNotMatch((await get('/praca/prosby', other.headers)).html, /Ewa Dowód/)
  const guard = await signedIn(context, 'guard')
  for (const url of ['/praca/obsluga', '/praca/obsluga/umow/dowody-osobiste', '/praca/prosby']) {
    assert.equal((await get(url, guard.headers)).status, 303)
    assert.match((await get(url, {})).location, /logowanie/)
  }
  assert.equal((await get('/praca/obsluga/umow/nie-ma')).status, 404)
  assert.equal((await get('/praca/obsluga/wizyta/AAAAAAAA')).status, 404)
})

test('other days are shown by a button of the form: what was typed and the time chosen stay', async () => {
  const url = '/praca/obsluga/umow/rejestracja-pojazdow'
  const first = await get(url)
  const start = firstStart(first.html)
  const later = /value="(\d{4}-\d{2}-\d{2})" name="pokaz"/.exec(first.html)?.[1] ?? ''
  const typed = { name: 'Zofia Łęcka', phone: '601 999 888', start, klucz: randomUUID() }
  const shown = await post(url, { ...typed, pokaz: later })
  assert.equal(shown.status, 200)
  await assertValidPage(shown.html)
  assert.match(shown.html, /value="Zofia Łęcka"/)
  assert.match(shown.html, new RegExp(`value="${start}" checked`), 'the day of the chosen time is always there')
  assert.match(shown.html, new RegExp(`type="hidden" name="od" value="${later}"`))
  assert.match(shown.html, new RegExp(`value="${typed.klucz}"`), 'it is the same command')

  const onLaterDay = /name="start" type="radio" value="(2020-06-[^"]+)"/.exec((await get(`${url}?od=2020-06-02`)).html)?.[1] ?? ''
  const wrong = await post(url, { name: '', start: onLaterDay, od: '2020-06-02', dzien: '2020-06-02', klucz: randomUUID() })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, new RegExp(`value="${onLaterDay}" checked`), 'an error keeps the day and the time')
  const typedDay = await post(url, { name: 'Zofia Łęcka', start: '', od: '', dzien: '2020-06-03', klucz: randomUUID() })
  assert.equal(typedDay.status, 200, 'Enter in the field of the day shows the day')
  assert.match(textOf(typedDay.html), /środa 3 czerwca 2020/)
})

test('every word typed begins a word of the name, in any order, letters without marks', async () => {
  const url = '/praca/obsluga/umow/rejestracja-pojazdow'
  const free = [...(await get(`${url}?od=2020-06-04`)).html.matchAll(/name="start" type="radio" value="([^"]+)"/g)].map((each) => each[1])
  for (const [index, name] of ['Wanda Telefoniczna-Żółć', 'Stefan Janowski'].entries())
    assert.equal((await post(url, { name, start: free[index] ?? '', klucz: randomUUID() })).status, 303)
  for (const typed of ['telefoniczna wanda', 'wan tel', 'zolc', 'Telefoniczna-Ż'])
    assert.match(await foundBy(typed), /Wanda Telefoniczna/, typed)
  assert.doesNotMatch(await foundBy('an'), /Wanda|Stefan/)
  assert.match(await foundBy('wanda jan'), /Nie znaleziono wizyty/)
  const kept = await app.inject({
    method: 'POST',
    url: '/praca/obsluga/szukaj',
    ...form({ szukane: 'wan' }),
    headers: { ...form({}).headers, ...clerk.headers },
  })
  assert.equal(kept.headers['cache-control'], 'private, no-cache', 'the browser may go back to it')
})

test('staff give who is late a new time the same day; the owner of the visit cannot', async () => {
  const url = '/praca/obsluga/umow/dowody-osobiste'
  const made = await post(url, {
    name: 'Spóźniona Osoba',
    phone: '602 111 222',
    start: firstStart((await get(url)).html),
    klucz: randomUUID(),
  })
  const reference = /wizyta\/([A-Z2-9]{8})/.exec(made.location)?.[1] ?? ''
  const visit = await findVisit(context.database.pool, reference)
  office.clock.moveTo(visit?.startsAt.add({ minutes: 20 }) ?? office.clock.now())
  const page = await get(`/praca/obsluga/wizyta/${reference}`)
  await assertValidPage(page.html)
  assert.match(textOf(page.html), /Czas tej wizyty już się rozpoczął/)
  assert.match(page.html, /\/zmien"/)
  assert.doesNotMatch(page.html, /\/odwolaj"/)
  const times = await get(`/praca/obsluga/wizyta/${reference}/zmien`)
  const moved = await post(`/praca/obsluga/wizyta/${reference}/zmien`, { start: firstStart(times.html), klucz: randomUUID() })
  assert.equal(moved.status, 303, textOf(moved.html).slice(0, 500))
  const after = await findVisit(context.database.pool, reference)
  assert.deepEqual([after?.state, after?.day.toString()], ['booked', '2020-05-25'])
  assert.ok(Temporal.Instant.compare(after?.startsAt ?? office.clock.now(), office.clock.now()) >= 0)
})

test('the page after a booking is what the caller hears: reference, time, entry, obligations and what they rest on', async () => {
  const url = '/praca/obsluga/umow/dowody-osobiste'
  const booked = await post(url, {
    name: 'Ewa Słuchaczka',
    start: firstStart((await get(`${url}?od=2020-05-27`)).html),
    klucz: randomUUID(),
  })
  const text = textOf((await get(booked.location)).html)
  assert.match(text, /Do odczytania rozmówcy/)
  assert.match(text, /Wejście do urzędu od 7:15/)
  assert.match(text, /Rękawiczki ochronne/)
  assert.match(text, /§ 3 ust\. 1 .* zarządzenia nr K\/219\/2020/)
})

test('a head and a desk clerk book and see only what is of the own unit; the service office all', async () => {
  const own = await signedIn(context, 'desk', { unitId: 'wydzial-spraw-obywatelskich' })
  const other = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
  const nowhere = await signedIn(context, 'desk')
  const url = '/praca/obsluga/umow/dowody-osobiste'
  const booked = await post(url, { name: 'Ewa Granica', start: firstStart((await get(url)).html), klucz: randomUUID() }, own.headers)
  assert.equal(booked.status, 303)
  const visit = booked.location.split('?')[0] ?? ''
  assert.equal((await get(visit, own.headers)).status, 200)
  for (const stranger of [other, nowhere]) {
    assert.equal((await get(url, stranger.headers)).status, 404)
    for (const page of [visit, `${visit}/zmien`, `${visit}/odwolaj`]) assert.equal((await get(page, stranger.headers)).status, 404)
    const found = await post('/praca/obsluga/szukaj', { szukane: 'granica', dzien: '' }, stranger.headers)
    assert.doesNotMatch(found.html, /Ewa Granica/)
  }
  assert.match((await get('/praca/obsluga', other.headers)).html, /umow\/rejestracja-pojazdow/)
  assert.doesNotMatch((await get('/praca/obsluga', other.headers)).html, /umow\/dowody-osobiste/)
})
