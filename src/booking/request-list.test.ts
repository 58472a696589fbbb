/** Calls that leave something to be done: written down, rung back, listed with forms, summed up for the head. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { somebody } from '../../tests/support/visits.js'
import { findVisit } from '../visit/index.js'
import { bookingRoutes, claimRequest, makeRequest, openCountFor } from './index.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, bookingRoutes)
const clerk = await signedIn(context, 'service-office')
const colleague = await signedIn(context, 'service-office')

interface Answer {
  readonly status: number
  readonly html: string
  readonly text: string
  readonly location: string
}

async function ask(options: {
  method?: 'GET' | 'POST'
  url: string
  fields?: Record<string, string>
  as?: { cookie: string }
}): Promise<Answer> {
  const sent = options.fields === undefined ? { headers: {} } : form(options.fields)
  const headers = { ...sent.headers, ...(options.as ?? clerk.headers) }
  const response = await app.inject({
    method: options.method ?? 'GET',
    url: options.url,
    ...('payload' in sent ? { payload: sent.payload } : {}),
    headers,
  })
  if (response.statusCode !== 303 && String(response.headers['content-type']).startsWith('text/html'))
    await assertValidPage(response.payload)
  return {
    status: response.statusCode,
    html: response.payload,
    text: textOf(response.payload),
    location: String(response.headers.location),
  }
}
const get = (url: string, as?: { cookie: string }): Promise<Answer> => ask({ url, ...(as ? { as } : {}) })
const post = (url: string, fields: Record<string, string>, as?: { cookie: string }): Promise<Answer> =>
  ask({ method: 'POST', url, fields, ...(as ? { as } : {}) })

const task = { zapisz: 'tak', name: 'Olga Telefon', phone: '602 000 001', email: '', chce: 'call', kiedy: 'now' }
const newTask = async (fields: Record<string, string> = {}): Promise<string> => {
  const made = await post('/praca/obsluga/zadanie', { ...task, 'zadanie-sprawa': 'dowody-osobiste', klucz: randomUUID(), ...fields })
  assert.match(made.location, /^\/praca\/obsluga\?koniec=task&wydzial=/, made.text.slice(0, 400))
  const { rows } = await pool.query<{ reference: string }>('select reference from request order by id desc limit 1')
  return rows[0]?.reference ?? ''
}
const stateOf = async (reference: string): Promise<unknown> => {
  const { rows } = await pool.query('select state, reason, channel from request where reference = $1', [reference])
  return rows[0]
}

test('a call that leaves a task is a request by phone in the list of the unit; what is missing is asked for', async () => {
  await post('/praca/obsluga/rozmowa', {})
  const carried = await post('/praca/obsluga/zadanie', { name: 'Olga Telefon', phone: '602 000 001', 'zadanie-sprawa': 'dowody-osobiste' })
  assert.equal(carried.status, 200)
  assert.match(carried.html, /value="Olga Telefon"/)
  const wrong = await post('/praca/obsluga/zadanie', { ...task, phone: '', 'zadanie-sprawa': 'dowody-osobiste', klucz: randomUUID() })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /telefon, na który oddzwonimy/)
  const noEmail = await post('/praca/obsluga/zadanie', { ...task, chce: 'email', 'zadanie-sprawa': 'dowody-osobiste', klucz: randomUUID() })
  assert.match(noEmail.text, /e-mail, na który odpiszemy/)
  assert.match(carried.html, /value="dowody-osobiste" selected/)
  assert.match((await get('/praca/obsluga/zadanie')).html, /<select[^>]*name="zadanie-sprawa"/)
  const nobodys = await post('/praca/obsluga/zadanie', { ...task, wydzial: 'nie-ma', klucz: randomUUID() })
  assert.match(nobodys.text, /Proszę wybrać wydział/)

  const key = randomUUID()
  const reference = await newTask({ klucz: key })
  clock.moveTo(clock.now().add({ minutes: 1 }))
  assert.equal(await newTask({ klucz: key }), reference, 'sent twice, written down once')
  assert.match((await get('/praca/obsluga?koniec=task&wydzial=usc')).text, /Stoi na liście: Urząd Stanu Cywilnego/)
  const list = await get('/praca/prosby')
  assert.match(list.text, /Czeka 1 prośba\. Najdłużej: 1 min/)
  assert.match(list.text, /telefon 1 minutę Dowody osobiste zadzwonić: poniedziałek 25 maja 2020/)
  assert.match((await get('/praca/prosby?kanal=ring')).html, new RegExp(reference))
  assert.match((await get('/praca/prosby?kanal=form')).text, /Żadna taka prośba nie czeka/)
  const { rows } = await pool.query('select outcome, service_id, ended_at from phone_call where account_id = $1', [clerk.accountId])
  assert.deepEqual(rows, [{ outcome: 'task', service_id: 'dowody-osobiste', ended_at: null }])
  assert.doesNotMatch((await get('/praca/prosby', (await signedIn(context, 'desk', { unitId: 'usc' })).headers)).html, /Olga/)
  await post(`/praca/prosby/${reference}/zamknij`, { powod: 'doubled' })
})

test('nobody answers as often as the office tries, and it is closed; each attempt stays; a wrong number is written to, or closed', async () => {
  const reference = await newTask({ phone: '602 000 002' })
  const path = `/praca/prosby/${reference}`
  assert.equal((await post(`${path}/proba`, {})).status, 422)
  assert.equal((await post(`${path}/proba`, { wynik: 'later' })).status, 422)
  assert.equal((await post(`${path}/proba`, { wynik: 'no-answer' })).location, '/praca/prosby?co=attempt')
  assert.doesNotMatch((await get('/praca/prosby?kanal=ring')).html, new RegExp(reference), 'tried again in an hour')
  clock.moveTo(clock.now().add({ minutes: 61 }))
  assert.match((await get('/praca/prosby?kanal=ring')).html, new RegExp(reference))
  assert.equal((await post(`${path}/proba`, { wynik: 'later', kiedy: 'next-morning' })).status, 303)
  assert.match((await get(path)).text, /Od: wtorek 26 maja 2020, 8:00.*nikt nie odbiera.*prosi o inny czas/)
  await post(`${path}/proba`, { wynik: 'no-answer' })
  assert.deepEqual(await stateOf(reference), { state: 'open', reason: null, channel: 'phone' })
  await post(`${path}/proba`, { wynik: 'no-answer' })
  assert.deepEqual(await stateOf(reference), { state: 'closed', reason: 'not-reached', channel: 'phone' })
  assert.equal((await post(`${path}/proba`, { wynik: 'reached' })).status, 409)
  const { rows } = await pool.query('select result from call_back_attempt order by id')
  assert.deepEqual(
    rows.map(({ result }) => result),
    ['no-answer', 'later', 'no-answer', 'no-answer'],
  )

  const withEmail = await newTask({ phone: '602 000 003', email: 'olga@example.pl' })
  await post(`/praca/prosby/${withEmail}/proba`, { wynik: 'wrong-number' })
  assert.match((await get('/praca/prosby')).text, /odpisać/)
  await post(`/praca/prosby/${withEmail}/zalatw`, { sposob: 'by-email' })
  const without = await newTask({ phone: '602 000 004' })
  await post(`/praca/prosby/${without}/proba`, { wynik: 'wrong-number' })
  assert.deepEqual(await stateOf(without), { state: 'closed', reason: 'wrong-number', channel: 'phone' })
})

test('a call nobody understood stands with a unit, and is booked once its matter is chosen; whoever answers keeps it', async () => {
  const reference = await newTask({ 'zadanie-sprawa': '', wydzial: 'biuro-obslugi', phone: '602 000 005' })
  const path = `/praca/prosby/${reference}`
  const page = await get(path)
  assert.match(page.text, /O co chodzi/)
  assert.doesNotMatch(page.html, /name="start"/)
  assert.equal((await post(`${path}/wez`, {})).location, path)
  const refused = await post(`${path}/wez`, {}, colleague.headers)
  assert.equal(refused.status, 409)
  assert.match(refused.text, /Na tę prośbę odpowiada teraz Test service-office/)
  assert.equal((await post(`${path}/zalatw`, { sposob: 'by-phone' }, colleague.headers)).status, 409)
  assert.match((await get('/praca/prosby', colleague.headers)).text, /Test service-office, do /)
  assert.doesNotMatch((await get(path, colleague.headers)).text, /Zamknij prośbę/, 'a colleague is offered nothing meanwhile')
  const chosen = await get(`${path}?o-co=dowody-osobiste`)
  const start = /name="start" type="radio" value="([^"]+)"/.exec(chosen.html)?.[1] ?? ''
  const booked = await post(path, { 'o-co': 'dowody-osobiste', start, klucz: randomUUID() })
  const visit = await findVisit(pool, /wizyta\/([A-Z2-9]{8})/.exec(booked.location)?.[1] ?? '')
  assert.deepEqual([visit?.channel, visit?.serviceId, visit?.bookedBy], ['phone', 'dowody-osobiste', clerk.accountId])
  const other = await newTask({ phone: '602 000 006' })
  await post(`/praca/prosby/${other}/wez`, {})
  assert.equal((await post(`/praca/prosby/${other}/oddaj`, {})).location, '/praca/prosby?co=given-back')
  assert.ok((await claimRequest(context, { reference: other, actor: `account:${colleague.accountId}` })).allowed)
})

test('what is another unit’s is handed to it, with its claim and a matter that is not its own; the unit sees it from then on', async () => {
  const reference = await newTask({ phone: '602 000 008' })
  const path = `/praca/prosby/${reference}`
  const registry = await signedIn(context, 'desk', { unitId: 'usc' })
  assert.equal((await get(path, registry.headers)).status, 404)
  assert.equal((await post(`${path}/przekaz`, { wydzial: 'usc' }, registry.headers)).status, 404, 'nobody hands on what is not seen')
  await post(`${path}/wez`, {})
  assert.equal((await post(`${path}/przekaz`, { wydzial: 'usc' }, colleague.headers)).status, 409)
  assert.match((await get(`${path}/przekaz`)).text, /Komu przekazać/)
  const own =
    (await pool.query<{ unit_id: string }>('select unit_id from request where reference = $1', [reference])).rows[0]?.unit_id ?? ''
  for (const wydzial of ['', 'nie-ma', own]) assert.equal((await post(`${path}/przekaz`, { wydzial })).status, 422, wydzial)
  const passed = await post(`${path}/przekaz`, { wydzial: 'usc' })
  assert.match((await get(passed.location)).text, /Przekazano\. Teraz prośba stoi na liście: Urząd Stanu Cywilnego/)
  const seen = await get(path, registry.headers)
  assert.equal(seen.status, 200)
  assert.match(seen.text, /Nikt na nią teraz nie odpowiada.*O co chodzi/)
  const { rows } = await pool.query(`select details->>'from' as "from", details->>'unit' as unit from event where kind = 'request-passed'`)
  assert.deepEqual(rows, [{ from: own, unit: 'usc' }])
  const closed = await post(`${path}/zamknij`, { powod: 'doubled' }, registry.headers)
  assert.match((await get(closed.location, registry.headers)).text, /Prośba jest zamknięta/)
})

test('what waits longer than the office answers is overdue, in the list and for the head alone; the weeks are summed up', async () => {
  const made = await makeRequest(context, { serviceId: 'dowody-osobiste', times: [], person: somebody('Ewa Formularz'), key: randomUUID() })
  assert.ok(made.allowed)
  await newTask({ phone: '602 000 007', kiedy: 'next-afternoon' })
  const head = await signedIn(context, 'head', { unitId: 'wydzial-spraw-obywatelskich' })
  const seen = async (): Promise<number> => {
    const staff = {
      accountId: head.accountId,
      name: '',
      roles: ['head'],
      unitId: 'wydzial-spraw-obywatelskich',
      deskId: null,
      buildingId: null,
    } as const
    return (await openCountFor(context, staff as unknown as Parameters<typeof openCountFor>[1])).overdue
  }
  const before = await seen()
  clock.moveTo(clock.now().add({ hours: 25 }))
  assert.ok((await seen()) > before)
  const list = await get('/praca/prosby', head.headers)
  assert.match(list.text, /po terminie\. Urząd odpowiada w ciągu 24 godzin\./)
  assert.match(list.text, /Ewa Formularz/)

  await post(`/praca/prosby/${made.reference}/zalatw`, { sposob: 'by-phone' })
  await post('/praca/obsluga/rozmowa', {})
  clock.moveTo(clock.now().add({ minutes: 3 }))
  await post('/praca/obsluga/rozmowa/koniec', { wynik: 'advice', sprawa: 'dowody-osobiste' })
  const summary = await get('/praca/prosby/zestawienie', head.headers)
  assert.match(summary.text, /Rozmowa trwa zwykle/)
  assert.match(summary.text, /Dowody osobiste \d+ \d+ (min|godz)/)
  const csv = await get('/praca/prosby/zestawienie.csv')
  const [columns, ...lines] = csv.html.trim().split('\r\n')
  assert.match(columns ?? '', /^day,unit,call-booked,.*request-email$/)
  const sum = (column: string): number =>
    lines.reduce((all, line) => all + Number(line.split(',')[columns?.split(',').indexOf(column) ?? -1]), 0)
  const { rows } = await pool.query<{ calls: number; forms: number }>(
    `select (select count(*)::int from phone_call where outcome = 'advice') as calls, (select count(*)::int from request where channel = 'form') as forms`,
  )
  assert.deepEqual([sum('call-advice'), sum('request-form')], [rows[0]?.calls, rows[0]?.forms])
  assert.equal((await get('/praca/prosby/zestawienie', (await signedIn(context, 'desk', { unitId: 'usc' })).headers)).status, 303)
})

test('a call nobody ended is over after an hour, and what is done the next day is another', async () => {
  const late = await signedIn(context, 'service-office')
  await post('/praca/obsluga/rozmowa', {}, late.headers)
  clock.moveTo(clock.now().add({ hours: 20 }))
  assert.match((await get('/praca/obsluga', late.headers)).text, /Gdy zaczyna się rozmowa/)
  await post('/praca/obsluga/rozmowa/koniec', { wynik: 'directory' }, late.headers)
  const { rows } = await pool.query(
    `select outcome, extract(epoch from ended_at - opened_at)::int / 60 as minutes from phone_call where account_id = $1 order by id`,
    [late.accountId],
  )
  assert.deepEqual(rows, [
    { outcome: 'nothing', minutes: 60 },
    { outcome: 'directory', minutes: 0 },
  ])
  assert.equal((await post('/praca/obsluga/rozmowa/koniec', { wynik: 'zmyslony' }, late.headers)).location, '/praca/obsluga')
})
