/**
 * The guard's page as a browser without script meets it, and the door for programs.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { machineClock } from '../platform/clock.js'
import { makeProgramToken } from '../staff/index.js'
import { findVisit } from '../visit/index.js'
import { entranceRoutes } from './routes.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, entranceRoutes)
const guard = await signedIn(context, 'guard', { buildingId: 'walowa-5' })
const at = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const serviceId = 'rejestracja-pojazdow'
const visit = await bookedVisit(office, {
  serviceId,
  start: at('09:00'),
  person: { name: 'Anna <i>Ostrożna', email: 'a@example.pl', phone: null },
})
const later = await bookedVisit(office, { serviceId, start: at('12:00') })
const door = '/praca/wejscie/walowa-5'
clock.moveTo(at('08:50'))

const get = async (url: string, headers = guard.headers) => app.inject({ url, headers })
const post = async (url: string, fields: Record<string, string>, headers: Record<string, string> = guard.headers) => {
  const sent = form(fields)
  return app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, ...headers } })
}
const api = async (payload: object, headers: Record<string, string> = guard.headers) =>
  app.inject({ method: 'POST', url: '/api/v1/entries', payload, headers })

test('the page waits for a scan, shows the next half hour by initials, and is for the door’s people only', async () => {
  const page = await get(door)
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
  assert.match(page.body, /<input[^>]*name="kod"[^>]*autofocus|<input[^>]*autofocus[^>]*name="kod"/)
  assert.match(textOf(page.body), /9:00 .*A\./)
  assert.ok(!page.body.includes('Ostrożna'))
  assert.match(textOf(page.body), /Przypomnienie o zabezpieczeniach/)
  assert.equal((await app.inject(door)).statusCode, 303)
  assert.equal((await get(door, (await signedIn(context, 'desk')).headers)).headers.location, '/praca?brak-uprawnien=1')
  assert.equal((await get('/praca/wejscie/nie-ma')).statusCode, 404)
})

test('a scanned pass lets in at once; the answer is large, has a ticket, and can be undone', async () => {
  const scanned = await post(door, { kod: `${context.publicUrl}/q/${context.secrets.passToken(visit.id)}` })
  assert.equal(scanned.statusCode, 303)
  assert.match(String(scanned.headers.location), /\?wpis=\d+$/)
  const page = await get(String(scanned.headers.location))
  await assertValidPage(page.body)
  const text = textOf(page.body)
  const ticket = (await findVisit(pool, visit.reference))?.ticket ?? ''
  assert.match(text, /Wejście/)
  assert.ok(text.includes(`${ticket.slice(0, 1)} ${ticket.slice(1)}`))
  assert.ok(!page.body.includes('<i>Ostrożna'))
  const again = await post(door, { kod: visit.reference })
  assert.equal(again.headers.location, `${String(scanned.headers.location)}&info=scanned-again`)
  const warning = await get(again.headers.location)
  await assertValidPage(warning.body)
  assert.match(textOf(warning.body), /Ta sama przepustka przed chwilą Drugi raz.*poprzednio o 8:50.*zapytać o nazwisko/)
  assert.match(warning.body, /okienko-answer--wait/)
  assert.ok(!/name="co" value="cofnij"[^>]*data-key/.test(warning.body), 'the entry of the first is not taken back for the second')
  const undone = await post(`${door}/wpis`, { wpis: String(scanned.headers.location).split('=')[1] ?? '', co: 'cofnij' })
  assert.equal(undone.headers.location, `${door}?info=undone`)
  assert.equal((await findVisit(pool, visit.reference))?.state, 'booked')
  await assertValidPage((await get(`${door}?info=undone`)).body)
})

test('too early shows from when, and letting in against it keeps the reason', async () => {
  const scanned = await post(door, { kod: later.reference })
  assert.equal(scanned.headers.location, `${door}?wizyta=${later.reference}`)
  const page = await get(scanned.headers.location)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Za wcześnie \(od 11:45\)/)
  assert.match(textOf(page.body), /ustawienie urzędu/)
  const wrong = await post(`${door}/wpusc`, { wizyta: later.reference, powod: 'because' })
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.match(textOf(wrong.body), /Wystąpił problem.*Proszę wybrać powód wpuszczenia/)
  assert.match(wrong.body, /<details[^>]* open[^>]*>(?:(?!<\/details>).)*id="powod"/s)
  const none = await post(`${door}/wpusc`, { wizyta: later.reference, powod: '' })
  assert.equal(none.statusCode, 422)
  assert.equal((await findVisit(pool, later.reference))?.state, 'booked')
  const forced = await post(`${door}/wpusc`, { wizyta: later.reference, powod: 'weather' })
  const shown = await get(String(forced.headers.location))
  await assertValidPage(shown.body)
  assert.match(textOf(shown.body), /mimo odpowiedzi.*Za wcześnie.*Pogoda/)
  assert.ok(!textOf(shown.body).includes('Proszę wrócić'))
  assert.match(textOf(shown.body), /Za wcześnie \(od 11:45\)\. Podstawa: ustawienie urzędu.*Powód wpuszczenia: Pogoda/)
})

test('whoever is let in without a ticket is sent to the room of the matter, or to the service office', async () => {
  const stranger = await post(`${door}/wpusc`, { wizyta: '', kod: 'no-booking', powod: 'instruction' })
  const shown = await get(String(stranger.headers.location))
  await assertValidPage(shown.body)
  assert.match(textOf(shown.body), /Bez numerka – proszę skierować tę osobę: biuro obsługi, .*Karasia 15/)
  const another = await bookedVisit(office, { serviceId, start: at('13:00').add({ hours: 24 }) })
  const early = await post(`${door}/wpusc`, { wizyta: another.reference, powod: 'office-error' })
  assert.match(textOf((await get(String(early.headers.location))).body), /Inny dzień.*Bez numerka – proszę skierować tę osobę: pokój \d+/)
})

test('each thing is said once: a day still to come needs no other time, an unanswered call is named, an ended visit has no ticket', async () => {
  const future = await bookedVisit(office, { serviceId, start: at('14:00').add({ hours: 24 }) })
  const text = textOf((await get(`${door}?wizyta=${future.reference}`)).body)
  assert.match(text, /Inny dzień.*Proszę przyjść w umówionym dniu/)
  assert.doesNotMatch(text, /Pierwszy wolny termin|umówiona na inny dzień/)
  const gone = await bookedVisit(office, { serviceId, start: at('09:00') })
  const entered = await post(door, { kod: gone.reference })
  await pool.query(`update visit set state = 'missed', called_count = 2, ended_at = $2 where id = $1`, [gone.id, clock.now()])
  const ticket = (await findVisit(pool, gone.reference))?.ticket ?? ''
  const answered = textOf((await get(String(entered.headers.location))).body).split('Ostatnie wejścia')[0] ?? ''
  assert.ok(ticket !== '' && !answered.includes(`${ticket.slice(0, 1)} ${ticket.slice(1)}`))
  assert.match(textOf((await get(`${door}?wizyta=${gone.reference}`)).body), /Nie zgłoszono się na wezwanie/)
})

test('a guard works the own door only, a guard of no building and the service office every one', async () => {
  const other = '/praca/wejscie/karasia-15'
  const roaming = await signedIn(context, 'guard')
  const clerk = await signedIn(context, 'service-office', { buildingId: 'walowa-5' })
  for (const path of [other, `${other}/stan`, `${other}/na-zywo`])
    assert.equal((await get(path)).headers.location, '/praca?brak-uprawnien=1', path)
  for (const path of ['', '/wpusc', '/nie-wpuszczono', '/wpis', '/dokumenty', '/inna-osoba'])
    assert.equal((await post(`${other}${path}`, { cel: 'delivery', kod: 'ZZZZ9999' })).headers.location, '/praca?brak-uprawnien=1', path)
  const refused = await api({ building: 'karasia-15', purpose: 'delivery' })
  assert.deepEqual([refused.statusCode, refused.json().code], [403, 'not-your-role'])
  for (const headers of [roaming.headers, clerk.headers]) {
    assert.equal((await get(other, headers)).statusCode, 200)
    assert.equal((await api({ building: 'karasia-15', purpose: 'delivery' }, headers)).statusCode, 201)
  }
})

test('the list keeps itself up to date by a fragment; its stream has no answer without a body', async () => {
  const part = await get(`${door}/stan`)
  assert.equal(part.statusCode, 200)
  assert.match(textOf(part.body), /Najbliższe pół godziny.*W środku/)
  assert.match((await get(door)).body, /data-live-events="\/praca\/wejscie\/walowa-5\/na-zywo"/)
  assert.equal((await app.inject({ method: 'HEAD', url: `${door}/na-zywo`, headers: guard.headers })).statusCode, 405)
})

test('an unknown code, a client without a booking and papers at another door get what to do instead', async () => {
  for (const [fields, word] of [
    [{ kod: 'ZZZZ9999' }, /Nie znamy tego kodu/],
    [{ kod: '!!' }, /Nie znamy tego kodu/],
  ] as const) {
    const asked = await post(door, fields)
    const page = await get(String(asked.headers.location))
    await assertValidPage(page.body)
    assert.match(textOf(page.body), word)
    assert.match(page.body, /href="tel:/)
  }
  const none = await get(`${door}?kod=brak`)
  await assertValidPage(none.body)
  assert.match(textOf(none.body), /Bez umówionej wizyty.*§ 1 ust\. 5/)
  const papers = await get(`${door}?kod=dokumenty`)
  assert.match(textOf(papers.body), /inny budynek.*Karasia 15/)
  assert.equal((await post(`${door}/nie-wpuszczono`, { wizyta: '', cel: 'visit', kod: 'no-booking' })).statusCode, 303)
  const { rows } = await pool.query(`select reason from event where kind = 'refused-entry' order by id desc limit 1`)
  assert.equal(rows[0].reason, 'no-booking')
})

test('a surname shows who it may be, and never stands in an address', async () => {
  const found = await post(door, { kod: 'anna' })
  assert.equal(found.statusCode, 200)
  await assertValidPage(found.body)
  assert.match(textOf(found.body), /Znaleziono 1 wizytę.*9:00/)
  const letter = await post(door, { kod: 'a' })
  assert.equal(letter.statusCode, 422)
  await assertValidPage(letter.body)
  assert.match(textOf(letter.body), /co najmniej dwie litery/)
  const nobody = await post(door, { kod: 'Szczepan' })
  assert.match(textOf(nobody.body), /Nie ma dziś nikogo/)
})

test('papers are taken at Karasia 15 with a receipt; a double tap is one', async () => {
  const key = crypto.randomUUID()
  const { headers } = await signedIn(context, 'service-office')
  const [one, two] = await Promise.all([1, 2].map(async () => post('/praca/wejscie/karasia-15/dokumenty', { klucz: key }, headers)))
  assert.equal(one?.headers.location, two?.headers.location)
  const page = await get(String(one?.headers.location), headers)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Numer potwierdzenia 2020-05-26\/001/)
  const courier = await post(`${door}/inna-osoba`, { cel: 'delivery', klucz: crypto.randomUUID() })
  const shown = await get(String(courier.headers.location))
  await assertValidPage(shown.body)
  assert.match(textOf(shown.body), /Dostawa – wejście o 8:50/)
})

test('programs ask and let in with a token; no is a problem with code, basis and next', async () => {
  const { accountId } = await signedIn(context, 'guard')
  const token = await makeProgramToken(context, { accountId, name: 'test' }, machineClock.now())
  assert.ok(typeof token === 'string')
  const headers = { authorization: `Bearer ${token}` }
  assert.equal((await api({ building: 'walowa-5', reference: visit.reference }, {})).statusCode, 401)
  assert.equal((await api({ building: 'walowa-5', reference: visit.reference }, (await signedIn(context, 'desk')).headers)).statusCode, 403)
  const asked = await app.inject({
    url: `/api/v1/decisions/entry?building=walowa-5&purpose=visit&reference=${visit.reference}&at=2020-05-26T08:00:00%2B02:00`,
    headers,
  })
  assert.deepEqual([asked.statusCode, asked.json().allowed, asked.json().code, asked.json().values.time], [200, false, 'too-early', '8:45'])
  const refused = await api({ building: 'karasia-15', reference: visit.reference }, headers)
  assert.equal(refused.statusCode, 409)
  assert.match(String(refused.headers['content-type']), /application\/problem\+json/)
  assert.equal(refused.json().code, 'wrong-building')
  assert.ok(refused.json().next.length > 0)
  const key = crypto.randomUUID()
  const first = await api({ building: 'walowa-5', reference: visit.reference }, { ...headers, 'idempotency-key': key })
  assert.equal(first.statusCode, 201)
  assert.match(first.json().ticket, /^[A-Z]\d{3}$/)
  clock.moveTo(clock.now().add({ minutes: 3 }))
  const again = await api({ building: 'walowa-5', reference: visit.reference }, { ...headers, 'idempotency-key': key })
  assert.deepEqual({ ...again.json<object>(), repeated: false }, first.json())
  const reused = await api({ building: 'walowa-5', reference: later.reference }, { ...headers, 'idempotency-key': key })
  assert.deepEqual([reused.statusCode, reused.json().code], [422, 'key-reused'])
  const dropped = await api({ building: 'karasia-15', purpose: 'drop-off' }, headers)
  assert.deepEqual([dropped.statusCode, dropped.json().receipt], [201, '2020-05-26/002'])
  assert.equal((await api({ building: 'walowa-5', purpose: 'drop-off' }, headers)).json().code, 'drop-off-elsewhere')
})

test('bad input is the sender’s error and writes nothing', async () => {
  const { rows: before } = await pool.query('select count(*) from entry')
  for (const payload of [
    {},
    { building: 'walowa-5', purpose: 'king' },
    { building: 7 },
    { building: 'walowa-5', code: 'x'.repeat(400) },
    { building: 'walowa-5', code: 'ABCD2345', override: 'mood' },
  ]) {
    assert.equal((await api(payload)).statusCode, 422, JSON.stringify(payload))
  }
  assert.equal((await api({ building: 'nie-ma', code: 'ABCD2345' })).statusCode, 404)
  for (const query of ['building=walowa-5&at=yesterday', 'building=walowa-5&at=2020-02-31T10:00:00Z', 'purpose=visit']) {
    assert.equal((await get(`/api/v1/decisions/entry?${query}`)).statusCode, 422, query)
  }
  for (const fields of [{ kod: 'x'.repeat(5000) }, { kod: "'; drop table visit; --" }, { kod: '\u0000' }, { wizyta: 'x' }] as Record<
    string,
    string
  >[]) {
    assert.ok((await post(door, fields)).statusCode < 400, JSON.stringify(fields).slice(0, 40))
  }
  for (const path of ['wpis', 'wpusc', 'inna-osoba', 'nie-wpuszczono'])
    assert.ok((await post(`${door}/${path}`, { wpis: '99999999999999999', cel: 'king', co: 'cofnij' })).statusCode < 400, path)
  for (const query of ['wpis=abc', 'wpis=999999', 'wizyta=%00', 'kod=x', 'info=x', 'wizyta=a&wizyta=b'])
    assert.equal((await get(`${door}?${query}`)).statusCode, 200, query)
  const { rows: after } = await pool.query('select count(*) from entry')
  assert.deepEqual(after, before)
})
