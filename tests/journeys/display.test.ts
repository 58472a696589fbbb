/**
 * The waiting room's screen in a real browser: a call is there within a second; when the server is
 * lost a sentence stands in place of the numbers; it comes back by itself.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../src/app.js'
import { machineClock } from '../../src/platform/clock.js'
import { wallTime } from '../../src/platform/words.js'
import { changeScreen, findDevice, revokeDevice } from '../../src/device/index.js'
import { callNext } from '../../src/queue/index.js'
import { assertAccessible, openBrowser, openPerson } from '../support/browser.js'
import { pairedDevice } from '../support/devices.js'
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
const desks = ['walowa-5/4/1', 'walowa-5/4/2']
await staffDesks(context, desks)
await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })
await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })

test('a call is on the screen within a second; a lost server is said, and healed', async () => {
  const page = await openPerson(browser, address)
  // The machine of the screen is ten minutes slow: what is old is told by no clock of its own.
  await page.clock.install({ time: Date.now() - 600_000 })
  await page.goto('/ekran/walowa-5')
  const board = page.locator('[data-live]')
  await page.locator('[data-live-now="live"]').waitFor()
  await assertAccessible(page)

  await callNext(context, { desk: desks[0] as string, actor: 'account:1', now: clock.now() })
  await page.getByText('D 001').waitFor({ timeout: 1_000 })
  await assertAccessible(page)

  await app.close()
  await page.locator('[data-live-now="reconnecting"]').waitFor()
  await page.clock.fastForward(21_000)
  await page.getByText('Brak łączności – proszę słuchać obsługi').waitFor()
  assert.equal(await page.getByText('D 001').isVisible(), false, 'an old number is not shown')
  await page.clock.fastForward(30_000)
  assert.equal(await board.getAttribute('data-live-now'), 'stale', 'and stays away while the server does')

  clock.moveTo(clock.now().add({ seconds: 5 }))
  await callNext(context, { desk: desks[1] as string, actor: 'account:1', now: clock.now() })
  app = await createApp(context)
  await app.listen({ port, host: '127.0.0.1' })
  await page.clock.fastForward(11_000)
  await page.getByText('D 002').waitFor()
  await page.locator('[data-live-now="live"]').waitFor()
  assert.equal(await page.getByText('D 001').isVisible(), true)
})

test('a call at every desk fits the screen: nobody called is below its end', async () => {
  const everyDesk = [...office.directory.desks.values()].filter((desk) => desk.buildingId === 'walowa-5').map((desk) => desk.slug)
  await staffDesks(
    context,
    everyDesk.filter((desk) => !desks.includes(desk)),
  )
  for (const desk of everyDesk.filter((each) => !desks.includes(each))) {
    await waits(context, { serviceId: office.directory.desks.get(desk)?.serviceIds[0] ?? '', arrivedAt: clock.now() })
    clock.moveTo(clock.now().add({ seconds: 2 }))
    await callNext(context, { desk, actor: 'account:1', now: clock.now() })
  }
  const page = await openPerson(browser, address)
  for (const [width, height] of [
    [1920, 1080],
    [1080, 1920],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.goto('/ekran/walowa-5')
    const called = await page.locator('.okienko-display__number').all()
    assert.equal(called.length, everyDesk.length)
    for (const number of called) {
      const box = await number.boundingBox()
      assert.ok(box !== null && box.y + box.height <= height && box.x + box.width <= width, `${width} × ${height}`)
    }
    await assertAccessible(page)
  }
})

test('a paired screen follows a changed setting with nobody at it, and its wrong clock moves nothing but is told', async () => {
  const { device, cookie } = await pairedDevice(context, 'display', 'walowa-5')
  const page = await openPerson(browser, address)
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: address }])
  // Ten minutes fast, and running.
  await page.clock.install({ time: Date.now() + 600_000 })
  await page.goto('/ekran/urzadzenie')
  await page.locator('.okienko-board--hall').waitFor()
  await page.locator('[data-live-now="live"]').waitFor()
  assert.equal(await page.locator('[data-office-clock]').innerText(), wallTime(clock.now()), 'the office’s time')
  assert.equal(await page.getByText('Brak łączności').isVisible(), false, 'a wrong clock makes nothing old')
  for (let count = 0; (await findDevice(context.database.pool, device.id))?.clockOffMinutes !== 10; count += 1) {
    assert.ok(count < 200, 'the office is told that the clock is ten minutes fast')
    await page.waitForTimeout(50)
  }
  await changeScreen(context, device, '?uklad=korytarz')
  await page.locator('.okienko-board--corridor').waitFor()
  await page.locator('[data-live-now="live"]').waitFor()
  await revokeDevice(context, device.id, machineClock.now())
  await page.getByLabel('Kod urządzenia').waitFor()
})

test('without script the page is whole', async () => {
  const page = await openPerson(browser, address, { javaScript: false })
  await page.goto('/ekran/walowa-5')
  assert.equal(await page.getByText('D 002').isVisible(), true)
})
