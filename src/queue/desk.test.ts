/**
 * A desk's page and its API through the real routes: valid HTML, forms without script, refusals as
 * sentences, nobody's name in title or address.
 */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { machineClock } from '../platform/clock.js'
import { makeProgramToken } from '../staff/index.js'
import { waits } from '../../tests/support/waiting.js'
import { openDesk } from './sessions.js'
import { lesznoActs } from '../../tests/support/rules.js'
import { importActs } from '../regulation/index.js'
import { readMessages } from '../platform/words.js'
import { queueRefusals } from './model.js'
import { queueRoutes } from './index.js'

const office = await testLeszno()
const { context, clock } = office
await importActs(context.database, lesznoActs(), clock.now())
const { pool } = context.database
const app = await testApp(context, queueRoutes)
const clerk = await signedIn(context, 'desk', { unitId: 'wydzial-spraw-obywatelskich' })
const guard = await signedIn(context, 'guard')
const slug = 'walowa-5/4/1'
const address = `/praca/stanowisko/${encodeURIComponent(slug)}`
const api = `/api/v1/desks/${encodeURIComponent(slug)}/next`

beforeEach(async () => {
  await pool.query('delete from live_place')
  await pool.query('delete from desk_session')
  await pool.query(`update visit set state = 'left' where state in ('arrived', 'called', 'serving')`)
})

/** Opens the desk as the clerk whose page it is. */
const openOwn = () => openDesk(context, { desk: slug, accountId: clerk.accountId, actor: `account:${clerk.accountId}`, now: clock.now() })

const someone = (wish: { name?: string; persons?: number } = {}) =>
  waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now(), ...wish })
const look = async (): Promise<string> => (await app.inject({ url: address, headers: clerk.headers })).body

async function press(fields: Record<string, string>) {
  const sent = form(fields)
  return app.inject({ method: 'POST', url: address, headers: { ...sent.headers, ...clerk.headers }, payload: sent.payload })
}

const post = (url: string, payload?: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers: { ...clerk.headers, ...headers }, ...(payload ? { payload } : {}) })

/** The fields of the form whose button says so, as a browser without script would send them. */
function formOf(html: string, label: string): Record<string, string> {
  const found = [...html.matchAll(/<form[\s\S]*?<\/form>/g)].map((match) => match[0]).find((text) => textOf(text).includes(label))
  assert.ok(found, `there is a button "${label}"`)
  const fields: Record<string, string> = {}
  for (const [tag] of found.matchAll(/<(?:input|button)[^>]*>/g)) {
    const attribute = (name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1]
    if (attribute('name') !== undefined) fields[attribute('name') as string] = attribute('value') ?? ''
  }
  return fields
}

test('only people who work at desks see a desk; others are led away', async () => {
  assert.equal((await app.inject(address)).statusCode, 303)
  assert.equal((await app.inject({ url: address, headers: guard.headers })).statusCode, 303)
  assert.equal((await app.inject({ method: 'POST', url: api })).statusCode, 401)
  assert.equal((await app.inject({ method: 'POST', url: api, headers: guard.headers })).statusCode, 403)
  assert.equal((await app.inject({ url: '/praca/stanowisko/no%2Fsuch', headers: clerk.headers })).statusCode, 404)
  assert.equal((await app.inject({ url: '/praca/stanowisko', headers: clerk.headers })).statusCode, 200)
})

test('the whole line by forms: open, call, call again, start, finish; every page is valid', async () => {
  await someone()
  for (const label of ['Otwórz stanowisko', 'Wezwij następną osobę', 'Wezwij ponownie', 'Rozpocznij obsługę', 'Zakończ']) {
    const before = await look()
    await assertValidPage(before)
    const answer = await press(formOf(before, label))
    assert.equal(answer.statusCode, 303, `${label}: ${textOf(answer.body).slice(0, 300)}`)
    if (label === 'Wezwij następną osobę') clock.moveTo(clock.now().add({ seconds: 61 }))
    const after = await app.inject({ url: answer.headers.location as string, headers: clerk.headers })
    await assertValidPage(after.body)
    assert.match(after.body, /id="teraz"[^>]*data-focus|data-focus[^>]*id="teraz"/, 'focus goes to the number')
  }
  assert.match(textOf(await look()), /Nikogo nie ma/)
})

test('the same form sent twice calls one person', async () => {
  await someone()
  await someone()
  await openOwn()
  const fields = formOf(await look(), 'Wezwij następną osobę')
  await Promise.all([press(fields), press(fields)])
  const { rows } = await pool.query(`select 1 from visit where state = 'called'`)
  assert.equal(rows.length, 1)
})

test('a refusal is a sentence with what it rests on, and the page shows the present state', async () => {
  await someone()
  await someone()
  await openOwn()
  const fields = formOf(await look(), 'Wezwij następną osobę')
  await press(fields)
  const refused = await press({ ...fields, klucz: crypto.randomUUID() })
  assert.equal(refused.statusCode, 409)
  await assertValidPage(refused.body)
  assert.match(textOf(refused.body), /Przy stanowisku jest już klient\. .* § 1 ust\. 4 zarządzenia nr K\/219\/2020/)
  assert.match(textOf(refused.body), /Czeka 1 osoba/)
})

test('acts that are not open say why in place of their button', async () => {
  await someone()
  await openOwn()
  await press(formOf(await look(), 'Wezwij następną osobę'))
  const text = textOf(await look())
  assert.match(text, /F8 Zakończ Obsługa jeszcze się nie rozpoczęła\./)
  assert.match(text, /F9 Nie zgłosił się Najpierw trzeba wezwać drugi raz, po minucie\./)
})

test('"did not come" is offered back on the page', async () => {
  await someone()
  await openOwn()
  await press(formOf(await look(), 'Wezwij następną osobę'))
  clock.moveTo(clock.now().add({ seconds: 60 }))
  await press(formOf(await look(), 'Wezwij ponownie'))
  const tooSoon = await press(formOf(await look(), 'Nie zgłosił się'))
  assert.equal(tooSoon.statusCode, 409)
  assert.match(textOf(tooSoon.body), /można zapisać od \d{1,2}:\d{2}:\d{2}\. .*ustawienie urzędu/)
  clock.moveTo(clock.now().add({ seconds: 60 }))
  await press(formOf(await look(), 'Nie zgłosił się'))
  const back = await press(formOf(await look(), 'Cofnij'))
  assert.equal(back.statusCode, 303)
  assert.match(textOf(await look()), /Wezwano/)
})

test('no name stands in title or address; on the page it is folded away', async () => {
  await someone({ name: '<b>Zofia</b> Tajna' })
  await openOwn()
  const called = await press(formOf(await look(), 'Wezwij następną osobę'))
  assert.doesNotMatch(String(called.headers.location), /Tajna/)
  const page = await look()
  assert.doesNotMatch(/<title>(.*?)<\/title>/.exec(page)?.[1] ?? '', /Tajna/)
  assert.match(page, /<details[\s\S]*&lt;b>Zofia&lt;\/b> Tajna[\s\S]*<\/details>/)
})

test('a closed desk, a break and an empty waiting room are valid pages', async () => {
  await assertValidPage(await look())
  await openOwn()
  await press(formOf(await look(), 'Przerwa'))
  const paused = await look()
  await assertValidPage(paused)
  assert.match(textOf(paused), /Wróć z przerwy/)
  await press(formOf(paused, 'Wróć z przerwy'))
  const nobody = await app.inject({
    url: String((await press(formOf(await look(), 'Wezwij następną osobę'))).headers.location),
    headers: clerk.headers,
  })
  await assertValidPage(nobody.body)
  assert.match(textOf(nobody.body), /Nikt nie czeka na to stanowisko\./)
  await press(formOf(await look(), 'Zamknij stanowisko'))
  assert.match(textOf(await look()), /Otwórz stanowisko/)
})

test('documents left have a receipt to print', async () => {
  const visit = await waits(context, { serviceId: 'skladanie-dokumentow', kind: 'drop-off', arrivedAt: clock.now() })
  await pool.query(`update visit set receipt = '2020-05-25/001' where id = $1`, [visit.id])
  const desk = 'karasia-15/biuro-obslugi/1'
  const { headers } = await signedIn(context, 'desk', { unitId: 'biuro-obslugi' })
  const own = `/praca/stanowisko/${encodeURIComponent(desk)}`
  await app.inject({ method: 'POST', url: `/api/v1/desks/${encodeURIComponent(desk)}/next`, headers })
  const page = await app.inject({ url: own, headers })
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Nr potwierdzenia: 2020-05-25\/001\./)
  const receipt = (): Promise<{ statusCode: number; body: string }> =>
    app.inject({ url: `${own}/potwierdzenie/${visit.reference}`, headers })
  assert.equal((await receipt()).statusCode, 404, 'nothing is confirmed before somebody took the papers')
  await app.inject({ method: 'POST', url: `/api/v1/visits/${visit.reference}/start`, headers, payload: { desk } })
  const taken = await receipt()
  await assertValidPage(taken.body)
  assert.match(textOf(taken.body), /2020-05-25\/001/)
  assert.match(textOf(taken.body), /Numerek [A-Z] \d{3}/)
  assert.equal((await app.inject({ url: `${own}/potwierdzenie/NNNNNNNN`, headers })).statusCode, 404)
})

test('a desk belongs to whoever opened it: a colleague sees a name, no person, and may take it when it is free', async () => {
  await someone({ name: 'Zofia Tajna' })
  await openOwn()
  await press(formOf(await look(), 'Wezwij następną osobę'))
  const colleague = await signedIn(context, 'desk', { unitId: 'wydzial-spraw-obywatelskich' })
  const head = await signedIn(context, 'head', { unitId: 'wydzial-spraw-obywatelskich' })
  const as = async (who: { headers: { cookie: string } }, fields?: Record<string, string>) => {
    if (fields === undefined) return app.inject({ url: address, headers: who.headers })
    const sent = form(fields)
    return app.inject({ method: 'POST', url: address, headers: { ...sent.headers, ...who.headers }, payload: sent.payload })
  }
  const page = await as(colleague)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Przy tym stanowisku pracuje Test desk/)
  assert.doesNotMatch(page.body, /Tajna|Zakończ|Przejmij/)
  assert.doesNotMatch((await app.inject({ url: `${address}/stan`, headers: colleague.headers })).body, /Tajna/)
  const { rows } = await pool.query(`select reference from visit where state = 'called'`)
  for (const act of ['rozpocznij', 'ponow', 'zamknij', 'przerwa', 'wezwij']) {
    const answer = await as(colleague, { czynnosc: act, wizyta: rows[0].reference })
    assert.equal(answer.statusCode, 409, act)
    assert.match(textOf(answer.body), /pracuje teraz kto inny/)
  }
  assert.equal((await as(colleague, { czynnosc: 'przejmij' })).statusCode, 409, 'not while somebody is at it')
  assert.equal((await as(head, formOf((await as(head)).body, 'Przejmij stanowisko'))).statusCode, 303)
  const { rows: events } = await pool.query(`select actor, details from event where kind = 'desk-opened' order by id desc limit 1`)
  assert.deepEqual(events[0], { actor: `account:${head.accountId}`, details: { from: clerk.accountId } })
  assert.match(textOf(await look()), /Przy tym stanowisku pracuje Test head/)
})

test('a desk of another unit is led away from and refused by the API; a program of the whole office works anywhere', async () => {
  const other = await signedIn(context, 'desk', { unitId: 'usc' })
  const away = await app.inject({ url: address, headers: other.headers })
  assert.equal(away.headers.location, '/praca?brak-uprawnien=stanowisko')
  const refused = await app.inject({ method: 'POST', url: api, headers: other.headers })
  assert.deepEqual([refused.statusCode, refused.json().code, refused.json().next[0].href], [403, 'not-your-desk', '/praca/stanowisko'])
  assert.doesNotMatch((await app.inject({ url: '/praca/stanowisko', headers: other.headers })).body, /walowa-5%2F4%2F1/)
  const administrator = await signedIn(context, 'administrator')
  const token = await makeProgramToken(context, { accountId: administrator.accountId, name: 'Test' }, machineClock.now())
  await openOwn()
  const visit = await someone()
  const called = await app.inject({ method: 'POST', url: api, headers: { authorization: `Bearer ${token as string}` } })
  assert.equal(called.json().visit.reference, visit.reference)
})

test('API: next, recall, start, finish; nobody waiting is an answer; a desk not yet open is opened', async () => {
  const visit = await someone()
  const key = crypto.randomUUID()
  const called = await post(api, undefined, { 'idempotency-key': key })
  assert.equal(called.statusCode, 200)
  assert.deepEqual(called.json(), {
    code: 'called',
    visit: { reference: visit.reference, ticket: visit.ticket, state: 'called' },
    repeated: false,
  })
  assert.equal((await post(api, undefined, { 'idempotency-key': key })).json().visit.reference, visit.reference)
  const busy = await post(api)
  assert.equal(busy.statusCode, 409)
  assert.equal(busy.headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.deepEqual(
    busy.json().basis.map((each: { reference: string }) => each.reference),
    ['§ 12', '§ 1 ust. 4'],
  )
  const act = (name: string, payload: object = { desk: slug }) => post(`/api/v1/visits/${visit.reference}/${name}`, payload)
  assert.equal((await act('recall')).json().code, 'call-again-later')
  assert.equal((await act('start', { desk: 'walowa-5/4/2' })).json().code, 'at-another-desk')
  assert.equal((await act('start')).json().visit.state, 'serving')
  assert.equal((await act('finish')).json().visit.state, 'served')
  assert.equal((await act('finish')).json().repeated, true)
  const nobody = await post(api)
  assert.deepEqual([nobody.statusCode, nobody.json().visit, nobody.json().code], [200, null, 'nobody-waiting'])
})

test('API: bad input is the sender’s error', async () => {
  assert.equal((await post('/api/v1/desks/none/next')).statusCode, 404)
  assert.equal((await post(api, undefined, { 'idempotency-key': 'x' })).json().code, 'key-invalid')
  assert.equal((await post('/api/v1/visits/NNNNNNNN/start', { desk: slug })).statusCode, 404)
  assert.equal((await post('/api/v1/visits/%00%27--/start', { desk: slug })).statusCode, 404)
  assert.equal((await post('/api/v1/visits/NNNNNNNN/start', { desk: 7 })).statusCode, 422)
  assert.equal((await post('/api/v1/visits/NNNNNNNN/start', {})).statusCode, 422)
})

test('every refusal has its sentence', () => {
  const words = readMessages('pl')
  for (const code of queueRefusals) assert.ok(words.has(`queue-staff.refused.${code}`), code)
})
