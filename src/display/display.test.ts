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

const calls = (count: number, state: 'called' | 'serving', series = 'D') =>
  Array.from({ length: count }, (_, index) => ({
    ticket: `${series}${String(index).padStart(3, '0')}`,
    deskId: directory.desks.get(desks[0] as string)?.id ?? 0,
    state,
    calledCount: 1,
    calledAt: clock.now(),
  }))

test('the latest unanswered call stands on top, the others below; who is served only where room is left', () => {
  const board = boardOf(directory, 'walowa-5', [...calls(2, 'serving', 'S'), ...calls(3, 'called'), ...calls(9, 'serving', 'T')])
  assert.deepEqual([board.call?.number, board.call?.room, board.columns], ['D 000', '4', 1])
  assert.deepEqual(
    board.rows.map((row) => row.number),
    ['D 001', 'D 002', 'S 000', 'S 001', 'T 000'],
  )
})

test('nobody who was called and has not come is dropped: seven calls at once, or a call at each of 22 desks', () => {
  for (const [count, columns] of [
    [6, 1],
    [7, 2],
    [11, 2],
    [12, 3],
    [22, 3],
  ] as const) {
    const board = boardOf(directory, 'walowa-5', [...calls(3, 'serving', 'S'), ...calls(count, 'called')])
    assert.deepEqual([board.rows.length, board.columns], [count - 1, columns], `${count} calls`)
    assert.ok(board.rows.every((row) => row.number.startsWith('D')))
  }
})

test('an event stream has no answer without a body: nothing stays open for one', async () => {
  assert.equal((await app.inject({ method: 'HEAD', url: '/ekran/walowa-5/na-zywo' })).statusCode, 405)
  assert.equal(streamsOpen(context), 0)
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

test('a fragment says the office’s time, so that the bar of a demonstration follows', async () => {
  const part = await app.inject('/ekran/walowa-5/stan')
  const clockSaid = JSON.parse(decodeURIComponent(String(part.headers['okienko-clock'])))
  assert.deepEqual([clockSaid.time, /zegar urzędu: .*7:20$/.test(clockSaid.sentence)], ['7:20', true])
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
  let text = ''
  const heard = async (what: RegExp): Promise<void> => {
    while (!what.test(text)) text += new TextDecoder().decode((await reader.read()).value)
  }
  await heard(/^retry: \d+\n\nid: [\da-f]{12}-s\d+\nevent: beat\ndata:\n\n$/)
  assert.equal(streamsOpen(context), 1)
  await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })
  const calledAt = performance.now()
  await callNext(context, command(desks[2] as string))
  await heard(/\n\nid: [\da-f]{12}-\d+\ndata: queue:walowa-5\n\n$/)
  assert.ok(performance.now() - calledAt < 1_000)
  reading.abort()
  await reader.closed.catch(() => undefined)
  for (let turn = 0; turn < 200 && streamsOpen(context) > 0; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(streamsOpen(context), 0)
})

const shown = async (hint: string) => textOf((await app.inject({ url: '/ekran/karasia-15/stan', headers: { 'okienko-hint': hint } })).body)

test('a screen that looks at a process that has not heard of a change yet is given no state from before it', async () => {
  const desk = [...directory.desks.values()].find(({ buildingId }) => buildingId === 'karasia-15')
  assert.ok(desk !== undefined)
  const before = await shown('')
  // A change another process made, whose hint is still under way.
  await waits(context, { serviceId: desk.serviceIds[0] ?? '', arrivedAt: clock.now() })
  await context.database.pool.query(
    `update visit set state = 'called', called_at = $2, desk_id = $3 where building_id = $1 and state = 'arrived'`,
    ['karasia-15', clock.now(), desk.id],
  )
  assert.equal(await shown(''), before, 'what was kept is given to who was woken by nothing')
  assert.notEqual(await shown('0123456789ab-1'), before)
  assert.notEqual(await shown(''), before)
})
