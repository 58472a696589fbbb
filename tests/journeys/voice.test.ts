/**
 * A screen that speaks, in a real browser: sound really comes out of the clips, each call is said
 * once whole, a recall again, nothing old after a lost connection, and a screen that may make no
 * sound says so.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../src/app.js'
import { callNext, finish, recall, start } from '../../src/queue/index.js'
import { assertAccessible, openBrowser, openPerson, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { staffDesks, waits } from '../support/waiting.js'

const office = await testLeszno()
const { context, clock } = office
let app: FastifyInstance = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const port = Number(new URL(address).port)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})
const desks = ['walowa-5/4/1', 'walowa-5/4/2', 'walowa-5/4/3']
await staffDesks(context, desks)
for (let count = 0; count < 12; count += 1) await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })

interface Heard {
  readonly said: { readonly id: string; readonly phrases: readonly (readonly string[])[] }[]
  readonly started: number
  readonly state: string
  /** The loudest sample that reached the loudspeaker since the last look. */
  readonly peak: number
}

/** Listens to what a page sends to its loudspeaker; `asked`: the browser lets no page make sound by itself. */
async function listen(page: Page, { asked = false } = {}): Promise<() => Promise<Heard>> {
  await page.addInitScript((mute) => {
    const heard = { said: [] as unknown[], started: 0, state: '', peak: 0 }
    Object.assign(globalThis, { heard })
    const { connect } = AudioNode.prototype as unknown as { connect: { call(from: AudioNode, to: AudioNode): AudioNode } }
    Object.assign(AudioNode.prototype, {
      connect(this: AudioNode, to: AudioNode) {
        if (to instanceof AudioDestinationNode) {
          const ear = new AnalyserNode(this.context, { fftSize: 2_048 })
          connect.call(this, ear)
          const samples = new Float32Array(2_048)
          setInterval(() => {
            ear.getFloatTimeDomainData(samples)
            heard.state = this.context.state
            for (const sample of samples) heard.peak = Math.max(heard.peak, Math.abs(sample))
          }, 20)
        }
        return connect.call(this, to)
      },
    })
    const source = AudioBufferSourceNode.prototype as unknown as { start: { call(from: AudioNode, at?: number): void } }
    const real = source.start
    Object.assign(source, {
      start(this: AudioNode, at?: number) {
        heard.started += 1
        real.call(this, at)
      },
    })
    document.addEventListener('okienko:said', (event) => heard.said.push((event as CustomEvent).detail))
    if (!mute) return
    // As a browser does that waits for a press first.
    const Real = AudioContext
    Object.assign(globalThis, {
      AudioContext: class extends Real {
        constructor() {
          super()
          void this.suspend()
        }
      },
    })
  }, asked)
  return () =>
    page.evaluate(() => {
      const { heard } = globalThis as unknown as { heard: { said: unknown[]; started: number; state: string; peak: number } }
      const now = structuredClone(heard)
      heard.peak = 0
      return now as never
    })
}

async function until<Value>(what: string, look: () => Promise<Value>, fits: (value: Value) => boolean, withinMs = 15_000): Promise<Value> {
  for (const end = performance.now() + withinMs; ;) {
    const value = await look()
    if (fits(value)) return value
    if (performance.now() > end) assert.fail(`${what}: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const call = async (desk: number): Promise<string> => {
  clock.moveTo(clock.now().add({ seconds: 2 }))
  const answer = await callNext(context, { desk: desks[desk] as string, actor: 'account:1', now: clock.now() })
  assert.ok(answer.allowed && answer.visit !== null, answer.code)
  atDesk.set(desk, answer.visit.reference)
  return answer.visit.reference
}
const atDesk = new Map<number, string>()

/** Whoever was called came, was served, and went. */
async function serveAll(): Promise<void> {
  for (const [desk, reference] of atDesk) {
    const command = { desk: desks[desk] as string, actor: 'account:1' as const, now: clock.now(), reference }
    assert.ok((await start(context, command)).allowed)
    assert.ok((await finish(context, command)).allowed)
  }
  atDesk.clear()
}
const polish = (number: string): string[] => ['pl/number', 'pl/letter-d', 'pause', number, 'pause', 'pl/room', 'pl/4', 'pause', 'pl/desk']

test('a call is heard: gong, number, room and desk, in both languages, twice; a recall is heard again', async () => {
  const early = await call(0)
  const page = await openPerson(browser, address)
  const heard = await listen(page)
  await page.goto('/ekran/walowa-5')
  await page.locator('[data-live-now="live"]').waitFor()
  await until('the sound is ready', heard, ({ state }) => state === 'running')
  await page.waitForTimeout(1_000)
  assert.deepEqual((await heard()).said, [], 'a call from before the page is not said')

  await call(1)
  const { said } = await until('the call is said', heard, (each) => each.said.length === 1)
  assert.equal(said[0]?.id, 'D002-1')
  assert.deepEqual(
    said[0]?.phrases.map((phrase) => phrase.join(' ')),
    [
      [...polish('pl/2'), 'pl/2'],
      ['en/number', 'en/letter-d', 'pause', 'en/2', 'pause', 'en/room', 'en/4', 'pause', 'en/desk', 'en/2'],
      [...polish('pl/2'), 'pl/2'],
      ['en/number', 'en/letter-d', 'pause', 'en/2', 'pause', 'en/room', 'en/4', 'pause', 'en/desk', 'en/2'],
    ].map((phrase) => phrase.join(' ')),
  )
  const loud = await until('sound comes out', heard, ({ peak }) => peak > 0.1)
  assert.equal(loud.started, 1 + 4 * 7, 'the gong, and seven clips a phrase')
  assert.equal(await page.locator('[data-voice-off]').isVisible(), false)

  // Two at once: one at a time, in their order; the first call is called again.
  await page.goto('/ekran/walowa-5?glos=en')
  await page.locator('[data-live-now="live"]').waitFor()
  await until('the sound is ready', heard, ({ state }) => state === 'running')
  clock.moveTo(clock.now().add({ minutes: 5 }))
  const again = await recall(context, { desk: desks[0] as string, actor: 'account:1', now: clock.now(), reference: early })
  assert.equal(again.code, 'recalled')
  await call(2)
  await until('the first is said', heard, (each) => each.said.length > 0)
  await page.waitForTimeout(1_500)
  assert.equal((await heard()).said.length, 1, 'not into one another')
  const all = await until('both are said', heard, (each) => each.said.length === 2, 60_000)
  assert.deepEqual(
    all.said.map(({ id }) => id),
    ['D001-2', 'D003-1'],
  )
})

test('after a lost connection no old call is said, though it is shown', async () => {
  const page = await openPerson(browser, address)
  const heard = await listen(page)
  await page.goto('/ekran/walowa-5?glos=pl')
  await page.locator('[data-live-now="live"]').waitFor()
  await until('the sound is ready', heard, ({ state }) => state === 'running')
  await app.close()
  await page.locator('[data-live-now="reconnecting"]').waitFor()
  await serveAll()
  await call(0)
  clock.moveTo(clock.now().add({ seconds: 61 }))
  app = await createApp(context)
  await app.listen({ port, host: '127.0.0.1' })
  await page.getByText('D 004').waitFor()
  await page.locator('[data-live-now="live"]').waitFor()
  await call(1)
  const { said } = await until('the new one is said', heard, (each) => each.said.length > 0)
  assert.deepEqual(
    said.map(({ id, phrases }) => [id, phrases.length]),
    [['D005-1', 2]],
  )
})

test('a screen that may make no sound says so, and speaks after a press; a press says the calls again', async () => {
  const page = await openPerson(browser, address)
  const heard = await listen(page, { asked: true })
  await page.goto('/ekran/walowa-5?glos=pl&powtorz=tak')
  await page.getByText('Dźwięk wyłączony').waitFor()
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Włącz dźwięk' }).click()
  await page.getByText('Dźwięk wyłączony').waitFor({ state: 'hidden' })
  assert.deepEqual((await heard()).said, [], 'what was not heard is not made up for')
  await page.getByRole('button', { name: 'Powtórz wezwanie' }).click()
  const { said } = await until('what is called is said', heard, (each) => each.said.length === 1)
  assert.deepEqual(
    said[0]?.phrases.map((phrase) => phrase.slice(0, 4).join(' ')),
    ['pl/number pl/letter-d pause pl/5', 'pl/number pl/letter-d pause pl/4'],
  )
  await until('sound comes out', heard, ({ peak }) => peak > 0.1)
})

test('an hour without volume is silent, and nothing is asked of the loudspeaker', async () => {
  const page = await openPerson(browser, address)
  const heard = await listen(page)
  await page.goto('/ekran/walowa-5?glosnosc=0:0,23:50')
  await page.locator('[data-live-now="live"]').waitFor()
  await call(2)
  await page.getByText('D 006').waitFor()
  await page.waitForTimeout(1_500)
  assert.deepEqual([(await heard()).said, (await heard()).started], [[], 0])
  await page.goto('/ekran/walowa-5?glos=brak')
  assert.equal(await page.locator('[data-voice]').count(), 0)
})

test('a screen left open for a week: its page and its memory stay as they were; at night it loads itself anew', async () => {
  const page = await openPerson(browser, address)
  const heard = await listen(page)
  const noon = Temporal.Instant.from('2020-05-25T10:00:00Z').epochMilliseconds
  let calls = 0
  // Each look finds another number called a moment ago.
  await page.route('**/ekran/walowa-5/stan*', (route) => {
    calls += 1
    const number = 1 + (calls % 900)
    const say = [['pl/number', 'pl/letter-d', `pl/${number % 100}`, 'pause', 'pl/desk', 'pl/2']]
    const announce = JSON.stringify([{ id: `D${number}-${calls}`, at: noon, say }])
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'okienko-now': String(noon) },
      body: `<p class="okienko-display__call" data-call="D${number}-${calls}">D ${number}</p><span hidden data-announce='${announce}'></span>`,
    })
  })
  await page.clock.install({ time: noon })
  await page.goto('/ekran/walowa-5?glos=pl')
  await page.locator('[data-live-now="live"]').waitFor()
  await until('the sound is ready', heard, ({ state }) => state === 'running')
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable')
  const size = async () => {
    for (let count = 0; count < 3; count += 1) await client.send('HeapProfiler.collectGarbage')
    const { metrics } = await client.send('Performance.getMetrics')
    const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN
    // What the test itself remembers is not the page's.
    await page.evaluate(() => ((globalThis as unknown as { heard: { said: unknown[] } }).heard.said.length = 0))
    return { heap: metric('JSHeapUsedSize'), nodes: metric('Nodes'), listeners: metric('JSEventListeners') }
  }
  const hours = async (count: number): Promise<void> => {
    for (let hour = 0; hour < count; hour += 1) {
      await page.clock.fastForward(3_600_000)
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      await page.waitForTimeout(25)
    }
  }
  // By then every clip has been fetched once.
  await hours(100)
  assert.ok((await heard()).said.length > 20, 'it speaks')
  const before = await size()
  await hours(7 * 24)
  const { said } = await heard()
  const later = await size()
  assert.ok(calls > 250 && said.length > 40 && said.length <= calls, `${said.length} of ${calls} said`)
  assert.ok(later.heap < before.heap * 1.2 + 500_000, `${before.heap} → ${later.heap} bytes`)
  assert.ok(later.nodes <= before.nodes * 1.2 + 50, `${before.nodes} → ${later.nodes} nodes`)
  assert.ok(later.listeners <= before.listeners * 1.1 + 10, `${before.listeners} → ${later.listeners} listeners`)

  const loaded = page.waitForEvent('load')
  await page.evaluate((night) => {
    document.dispatchEvent(new CustomEvent('okienko:swapped', { detail: night }))
  }, Temporal.Instant.from('2020-05-26T01:05:00Z').epochMilliseconds)
  await page.clock.runFor(2_000)
  await loaded
})
