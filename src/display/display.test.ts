/**
 * The waiting room's screen: what it shows, that it shows nobody's name, and the stream that wakes it.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { staffDesks, waits } from '../../tests/support/waiting.js'
import { streamsOpen } from '../platform/live.js'
import { callNext, start } from '../queue/index.js'
import { boardOf, displayRoutes } from './index.js'

const office = await testLeszno()
const { context, clock, directory } = office
const app = await testApp(context, displayRoutes)
const desks = ['1', '2', '3'].map((label) => `walowa-5/4/${label}`)
await staffDesks(context, desks)
const command = (desk: string) => ({ desk, actor: 'account:1' as const, now: clock.now() })

test('the latest unanswered call stands on top, at most three others below', () => {
  const called = Array.from({ length: 9 }, (_, index) => ({
    ticket: `D00${index}`,
    deskId: directory.desks.get(desks[0] as string)?.id ?? 0,
    state: index === 0 ? ('serving' as const) : ('called' as const),
    calledCount: 1,
  }))
  const board = boardOf(directory, 'walowa-5', called)
  assert.equal(board.call?.number, 'D 001', 'the first is at the desk already')
  assert.deepEqual(
    board.rows.map((row) => row.number),
    ['D 000', 'D 002', 'D 003'],
  )
  assert.equal(board.call?.room, '4')
})

test('an empty waiting room is a valid page in each language, and sends itself again without script', async () => {
  for (const language of ['pl', 'en', 'uk']) {
    const page = await app.inject(`/ekran/walowa-5?lang=${language}`)
    assert.equal(page.statusCode, 200)
    await assertValidPage(page.body)
    assert.match(page.body, /<noscript><meta http-equiv="refresh" content="10"/)
  }
})

test('it shows number, room and desk, and never a name', async () => {
  await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now(), name: 'Zofia Tajna' })
  const visit = await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now(), name: 'Zofia Tajna' })
  await callNext(context, command(desks[0] as string))
  clock.moveTo(clock.now().add({ seconds: 5 }))
  await callNext(context, command(desks[1] as string))
  const page = await app.inject('/ekran/walowa-5')
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /D 002 pokój 4 stan\. 2 D 001 pokój 4 stan\. 1/)
  assert.match(textOf(page.body), /Zegar urzędu: 7:20/)
  assert.doesNotMatch(page.body, /Tajna/)
  assert.ok(!page.body.includes(visit.reference))
  await start(context, { ...command(desks[1] as string), reference: visit.reference })
  assert.match(textOf((await app.inject('/ekran/walowa-5/stan')).body), /^D 001 pokój 4 stan\. 1 D 002/)
})

test('another building shows other numbers, an unknown one is not found', async () => {
  assert.doesNotMatch(textOf((await app.inject('/ekran/karasia-15/stan')).body), /D 00/)
  for (const path of ['/ekran/nowhere', '/ekran/nowhere/stan', '/ekran/nowhere/na-zywo'])
    assert.equal((await app.inject(path)).statusCode, 404)
})

test('the stream says "look again" within a second of a call, and ends with its reader', async () => {
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const reading = new AbortController()
  const answer = await fetch(`${address}/ekran/walowa-5/na-zywo`, { signal: reading.signal })
  assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  assert.equal(answer.headers.get('x-accel-buffering'), 'no')
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const heard = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value)
  assert.match(await heard(), /^retry: \d+\n\n$/)
  assert.equal(streamsOpen(context), 1)
  await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })
  const calledAt = performance.now()
  await callNext(context, command(desks[2] as string))
  assert.equal(await heard(), 'data: queue:walowa-5\n\n')
  assert.ok(performance.now() - calledAt < 1_000)
  reading.abort()
  await reader.closed.catch(() => undefined)
  for (let turn = 0; turn < 200 && streamsOpen(context) > 0; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(streamsOpen(context), 0)
})
