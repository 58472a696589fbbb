/** The states of the lines for everybody: the page, the open data in the form others publish, and its history. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { staffDesks, waits } from '../../tests/support/waiting.js'
import { officeDay } from '../platform/clock.js'
import { runDueDuties } from '../platform/duties.js'
import { callNext, finish, start } from '../queue/index.js'
import { displayDuties, displayRoutes } from './index.js'
import { wireAnswer } from './queue-feed.js'
import { buildingUuid, queueStates, type Queues } from './queues.js'

const office = await testLeszno()
const { context, clock, directory } = office
const app = await testApp(context, displayRoutes)
const id = buildingUuid(directory, 'walowa-5')
const desk = 'walowa-5/4/1'
const service = 'dowody-osobiste'
await staffDesks(context, [desk])
const command = () => ({ desk, actor: 'account:1' as const, now: clock.now() })
const wire = async () => (await app.inject(`/open-data/kolejki?id=${id}`)).json()
const groupD = async () => (await wire()).result.grupy.find((each: { literaGrupy: string }) => each.literaGrupy === 'D')

/** The form as it was read off the published service: types, digits and all. */
const form: Record<string, (value: unknown) => boolean> = {
  status: (value) => value === null || value === '0' || value === '1',
  czasObslugi: (value) => typeof value === 'string' && /^\d{1,3}$/.test(value),
  lp: (value) => value === null || (typeof value === 'string' && /^[1-9]\d?$/.test(value)),
  idGrupy: (value) => typeof value === 'string' && /^\d{1,7}$/.test(value),
  liczbaCzynnychStan: (value) => Number.isInteger(value),
  nazwaGrupy: (value) => typeof value === 'string' && value !== '',
  literaGrupy: (value) => typeof value === 'string' && /^[A-Z]?$/.test(value),
  liczbaKlwKolejce: (value) => Number.isInteger(value),
  aktualnyNumer: (value) => typeof value === 'string' && /^(?:|[A-Z]?\d{1,4})$/.test(value),
}

function assertWire(answer: any): void {
  assert.deepEqual(Object.keys(answer), ['result'])
  assert.deepEqual(Object.keys(answer.result), ['date', 'grupy', 'time'])
  assert.match(answer.result.date, /^\d{4}-\d{2}-\d{2}$/)
  assert.match(answer.result.time, /^\d{2}:\d{2}$/)
  for (const group of answer.result.grupy) {
    assert.deepEqual(Object.keys(group), Object.keys(form))
    for (const [field, fits] of Object.entries(form)) assert.ok(fits(group[field]), `${field}: ${JSON.stringify(group[field])}`)
  }
}

test('the open data has the form that others publish, and follows what happens', async () => {
  const answer = await app.inject(`/open-data/kolejki?id=${id}`)
  assert.deepEqual(
    [answer.statusCode, answer.headers['content-type'], answer.headers['access-control-allow-origin']],
    [200, 'application/json; charset=utf-8', '*'],
  )
  assertWire(answer.json())
  assert.deepEqual([answer.json().result.date, answer.json().result.time], ['2020-05-25', '07:20'])
  const before = await groupD()
  assert.deepEqual([before.status, before.liczbaKlwKolejce, before.aktualnyNumer, before.liczbaCzynnychStan], ['1', 0, '', 1])
  for (let count = 0; count < 3; count += 1) await waits(context, { serviceId: service, arrivedAt: clock.now() })
  await callNext(context, command())
  const after = await groupD()
  assertWire(await wire())
  assert.deepEqual([after.liczbaKlwKolejce, after.aktualnyNumer], [2, 'D001'])
  for (const group of (await wire()).result.grupy) assert.equal(group.status, group.liczbaCzynnychStan > 0 ? '1' : '0')
  assert.ok((await wire()).result.grupy.some(({ status }: { status: string }) => status === '0'))
})

test('an unknown or missing building is answered in the form of errors, with the word "false"', async () => {
  for (const [path, status] of [
    ['/open-data/kolejki', 400],
    ['/open-data/kolejki?id=', 400],
    ['/open-data/kolejki?id=x', 404],
    ['/open-data/kolejki?id=5d2e698a-9c31-456b-8452-7ce33e7deb94', 404],
    ['/open-data/kolejki?id=a&id=b', 400],
  ] as const) {
    const answer = await app.inject(path)
    assert.equal(answer.statusCode, status, path)
    assert.deepEqual(Object.keys(answer.json()), ['result', 'error'])
    assert.ok(answer.json().result === 'false' && answer.json().error.length > 10)
  }
})

test('around New Year the date is the calendar’s, not that of the year of the week', () => {
  const building = directory.buildings.get('walowa-5') as Queues['building']
  const at = (day: string): Queues => ({
    at: Temporal.PlainDateTime.from(`${day}T09:05`).toZonedDateTime('Europe/Warsaw').toInstant(),
    building,
    groups: [],
  })
  for (let year = 2019; year <= 2032; year += 1)
    for (let day = Temporal.PlainDate.from(`${year}-12-26`); day.toString() <= `${year + 1}-01-04`; day = day.add({ days: 1 })) {
      const { result } = wireAnswer(at(day.toString()))
      assert.deepEqual([result.date, result.time], [day.toString(), '09:05'])
    }
})

test('the time of a visit is the median of today’s once there are five, and said to be the plan until then', () => {
  const rows = { waiting: [], deskIds: [], current: [], took: [] as { serviceId: string; seconds: number }[] }
  const d = (took: number[]) =>
    queueStates(directory, 'walowa-5', { ...rows, took: took.map((minutes) => ({ serviceId: service, seconds: minutes * 60 })) }).find(
      ({ letter }) => letter === 'D',
    )
  const planned = d([1, 1, 1, 1])
  const own = [...(directory.queueGroups.get('D')?.serviceIds ?? [])].map((each) => directory.services.get(each)?.durationMinutes ?? 0)
  assert.deepEqual([planned?.minutes, planned?.measured], [Math.round(own.reduce((sum, each) => sum + each, 0) / own.length), false])
  assert.deepEqual([d([4, 5, 6, 7, 90])?.minutes, d([4, 5, 6, 7, 90])?.measured], [6, true])
  assert.deepEqual([d([0, 0, 0, 0, 0])?.minutes, d([5_000, 5_000, 5_000, 5_000, 5_000])?.minutes], [1, 999])
})

test('a building keeps its id, and each has its own', async () => {
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const listed = (await app.inject('/open-data/kolejki/budynki.json')).json().buildings as { id: string; name: string }[]
  assert.equal(new Set(listed.map((each) => each.id)).size, listed.length)
  assert.ok(listed.some((each) => each.id === id))
  assertWire((await app.inject(`/open-data/kolejki?id=${id.toUpperCase()}`)).json())
})

test('an answer may be kept for seconds and is asked for again by its ETag', async () => {
  const url = `/open-data/kolejki/stan.json?id=${id}`
  const first = await app.inject(url)
  assert.equal(first.headers['cache-control'], 'public, max-age=10')
  const again = await app.inject({ url, headers: { 'if-none-match': String(first.headers['etag']) } })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
  const d = first.json().queues.find((each: { letter: string }) => each.letter === 'D')
  assert.deepEqual([first.json().at, d.waiting, d.current, d.open, d.minutesAre], ['2020-05-25T07:20:00+02:00', 2, 'D001', true, 'planned'])
})

test('the page of a building needs no script, says how old it is and no name, in each language', async () => {
  await waits(context, { serviceId: service, arrivedAt: clock.now(), name: 'Zofia Tajna' })
  for (const [language, said] of [
    ['pl', /Stan na 7:20/],
    ['en', /As of 7:20/],
    ['uk', /Стан на 7:20/],
  ] as const) {
    const page = await app.inject(`/kolejki/walowa-5?lang=${language}`)
    await assertValidPage(page.body)
    assert.match(textOf(page.body), said)
    assert.match(textOf(page.body), /D 001/)
    assert.doesNotMatch(page.body, /Tajna/)
    await assertValidPage((await app.inject(`/kolejki?lang=${language}`)).body)
  }
  assert.equal((await app.inject('/kolejki/nowhere')).statusCode, 404)
})

test('every five minutes a sample is kept, once; a year later it is gone', async () => {
  const history = `/open-data/kolejki/historia.json?id=${id}`
  clock.moveTo(Temporal.Instant.from('2020-05-25T05:31:40Z'))
  await Promise.all([runDueDuties(context, displayDuties), displayDuties[0]?.run(context, clock.now())])
  clock.moveTo(clock.now().add({ minutes: 5 }))
  const { rows } = await context.database.pool.query<{ reference: string }>(`select reference from visit where state = 'called'`)
  const called = { ...command(), reference: rows[0]?.reference ?? '' }
  assert.ok((await start(context, called)).allowed && (await finish(context, called)).allowed)
  await callNext(context, command())
  await runDueDuties(context, displayDuties)
  const samples = (await app.inject(history)).json().samples.filter((each: { letter: string }) => each.letter === 'D')
  assert.deepEqual(
    samples.map((each: { at: string; waiting: number; current: string }) => [each.at, each.waiting, each.current]),
    [
      ['2020-05-25T07:30:00+02:00', 3, 'D001'],
      ['2020-05-25T07:35:00+02:00', 2, 'D002'],
    ],
  )
  assert.equal((await app.inject(`${history}&od=2020-05-26`)).json().samples.length, 0)
  for (const wrong of ['&od=x', '&od=2020-05-20&do=2020-05-19', '&od=2020-05-01&do=2020-06-01', '&do=2020-13-01'])
    assert.equal((await app.inject(history + wrong)).statusCode, 400, wrong)
  assert.equal((await app.inject(`${history}&od=2020-05-01&do=2020-05-31`)).json().samples.length >= 2, true)

  const count = async () =>
    (await context.database.pool.query<{ count: number }>('select count(*)::int as count from queue_sample')).rows[0]?.count
  await context.database.pool.query('delete from live_place')
  await context.database.pool.query('delete from desk_session')
  clock.moveTo(Temporal.Instant.from('2021-05-25T04:00:00Z'))
  await runDueDuties(context, displayDuties)
  assert.ok(((await count()) ?? 0) > 0, 'on its day it is still there')
  clock.moveTo(Temporal.Instant.from('2021-05-25T23:00:00Z'))
  await runDueDuties(context, displayDuties)
  assert.equal(await count(), 0)
  assert.equal(officeDay(clock.now()).toString(), '2021-05-26')
})
