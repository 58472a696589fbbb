import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
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
  const { context } = await testLeszno()
  const app = await createApp(context)
  app.post('/api/echo', async () => ({}))
  const json = { 'content-type': 'application/json' }
  assert.equal((await app.inject({ method: 'POST', url: '/api/echo', headers: json, payload: '{"half' })).statusCode, 400)
  assert.equal((await app.inject({ method: 'POST', url: '/api/echo', headers: json, payload: `"${'a'.repeat(70_000)}"` })).statusCode, 413)
  assert.equal(
    (await app.inject({ method: 'POST', url: '/api/echo', headers: { 'content-type': 'text/odd' }, payload: 'x' })).statusCode,
    415,
  )
  for (const url of ['/api/%E0%A4%A', '/sprawy/%E0%A4%A', '/api/v1/visits/%ZZ', '/api/v1/services/%ff/free']) {
    const answer = await app.inject(url)
    assert.equal(answer.statusCode, 400, url)
    assert.match(String(answer.headers['content-type']), url.startsWith('/api') ? /problem\+json/ : /text\/html/)
  }
  assert.equal((await app.inject(`/api/v1/visits/${'A'.repeat(5_000)}`)).statusCode, 422, 'a reference nobody has')
  const other = await app.inject({ method: 'PUT', url: '/api/v1/visits/ABCDEFGH' })
  assert.deepEqual([other.statusCode, other.json().code, other.headers.allow], [405, 'method-not-allowed', 'GET, HEAD, DELETE'])
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
  assert.equal((await send('chwila=nonsense')).statusCode, 422)
  await app.close()
})

test('what is no HTTP or too long is answered as a problem and the connection ended', async () => {
  const { context } = await testDatabase()
  const app = await createApp(context)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const said = async (text: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1')
    socket.write(text)
    let answer = ''
    for await (const chunk of socket) answer += String(chunk)
    return answer
  }
  for (const [text, status] of [
    ['GARBAGE\r\n\r\n', 400],
    [`GET /api/v1/now HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['POST /api/v1/visits HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n', 400],
  ] as const) {
    const answer = await said(text)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
    assert.match(answer, /application\/problem\+json[^]*"next":\[\{/)
  }
  const whole = await said('GET http://127.0.0.1/api/v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  assert.match(whole, /^HTTP\/1.1 404 [^]*problem\+json/)
  await app.close()
})

test('a request whose body never comes is ended after half a minute at most, without a fault and without a visit', async () => {
  const { context } = await testLeszno()
  const app = await createApp(context)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { server } = app
  assert.ok(server.requestTimeout <= 30_000 && server.headersTimeout <= 30_000)
  // A test does not wait as long; what ends the request is the same.
  server.requestTimeout = server.headersTimeout = 500
  const from = performance.now()
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1')
  const body = JSON.stringify({
    service: 'rejestracja-pojazdow',
    channel: 'web',
    person: { name: 'Jan Próbny', email: 'nigdy@example.org' },
  })
  socket.write(
    `POST /api/v1/visits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: ${randomUUID()}\r\nContent-Length: ${body.length + 1}\r\n\r\n${body.slice(0, 40)}`,
  )
  let lastWords = ''
  for await (const chunk of socket) lastWords += String(chunk)
  assert.match(lastWords, /^HTTP\/1\.1 4\d\d /)
  assert.ok(performance.now() - from < 10_000, 'the server looks for such requests often')
  const { rows } = await context.database.pool.query('select from visit where person_email = $1', ['nigdy@example.org'])
  assert.equal(rows.length, 0)
  assert.equal((await app.inject('/readyz')).statusCode, 200)
  assert.doesNotMatch((await app.inject('/metrics')).body, /status="5xx"/)
  await app.close()
})
