import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase, testLeszno } from '../tests/support/office.js'
import { createApp } from './app.js'

test('the clock of the office can be asked', async () => {
  const { context } = await testDatabase()
  const app = await createApp(context)
  const answer = await app.inject('/api/v1/now')
  assert.deepEqual(answer.json(), { now: '2020-05-25T05:20:00Z' })
  await app.close()
})

test('a form sent from another site is not taken', async () => {
  const { context } = await testDatabase()
  const app = await createApp(context)
  const foreign = await app.inject({ method: 'POST', url: '/api/v1/visits', headers: { origin: 'https://elsewhere.example' }, payload: {} })
  assert.equal(foreign.statusCode, 403)
  assert.equal(foreign.json().code, 'foreign-origin')
  const crossSite = await app.inject({ method: 'POST', url: '/api/v1/visits', headers: { 'sec-fetch-site': 'cross-site' }, payload: {} })
  assert.equal(crossSite.statusCode, 403)
  await app.close()
})

test('what cannot be read is the sender’s error, never a fault', async () => {
  const { context } = await testDatabase()
  const app = await createApp(context)
  app.post('/api/echo', async () => ({}))
  const json = { 'content-type': 'application/json' }
  assert.equal((await app.inject({ method: 'POST', url: '/api/echo', headers: json, payload: '{"half' })).statusCode, 400)
  assert.equal((await app.inject({ method: 'POST', url: '/api/echo', headers: json, payload: `"${'a'.repeat(70_000)}"` })).statusCode, 413)
  assert.equal(
    (await app.inject({ method: 'POST', url: '/api/echo', headers: { 'content-type': 'text/odd' }, payload: 'x' })).statusCode,
    415,
  )
  assert.equal((await app.inject('/api/%E0%A4%A')).statusCode, 400)
  assert.equal((await app.inject('/api/nothing')).headers['content-type'], 'application/problem+json; charset=utf-8')
  await app.close()
})

test('a fault is answered with a number and without what was typed', async () => {
  const { context } = await testDatabase()
  const app = await createApp(context)
  app.get('/api/broken', async () => {
    throw new Error('Jan Kowalski')
  })
  const answer = await app.inject('/api/broken')
  assert.equal(answer.statusCode, 500)
  assert.ok(!answer.body.includes('Kowalski'))
  await app.close()
})

test('an address that leads nowhere is a page with a way back', async () => {
  const { context } = await testLeszno()
  const app = await createApp(context)
  const answer = await app.inject('/nie-ma-mnie')
  assert.equal(answer.statusCode, 404)
  assert.match(answer.body, /<h1[^>]*>Nie ma takiej strony\.<\/h1>/)
  assert.match(answer.body, /Wersja pokazowa, to nie jest strona urzędu/)
  await app.close()
})

test('the demonstration bar moves the clock forward and goes back to the page', async () => {
  const { context, clock } = await testLeszno()
  const app = await createApp(context)
  const send = (payload: string): Promise<{ statusCode: number; headers: Record<string, unknown> }> =>
    app.inject({ method: 'POST', url: '/pokaz/zegar', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload })
  const moved = await send('krok=5-minut&powrot=%2Fsprawy')
  assert.equal(moved.statusCode, 303)
  assert.equal(moved.headers['location'], '/sprawy')
  assert.equal(clock.now().toString(), '2020-05-25T05:25:00Z')
  await send('chwila=2020-05-26T08:00')
  assert.equal(clock.now().toString(), '2020-05-26T06:00:00Z')
  await send('krok=nastepny-dzien')
  assert.equal(clock.now().toString(), '2020-05-27T05:20:00Z')
  assert.equal((await send('krok=odd&powrot=%2F%2Fevil.example')).headers['location'], '/')
  assert.equal((await send('chwila=nonsense')).statusCode, 303)
  await app.close()
})
