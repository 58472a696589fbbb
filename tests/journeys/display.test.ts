/**
 * The waiting room's screen in a real browser: a call is there within a second; when the server is
 * lost a sentence stands in place of the numbers; it comes back by itself.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../src/app.js'
import { callNext } from '../../src/queue/index.js'
import { assertAccessible, openBrowser, openPerson } from '../support/browser.js'
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
  await page.clock.install()
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
  await page.getByText('Brak łączności – prosimy słuchać obsługi').waitFor()
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

test('without script the page is whole', async () => {
  const page = await openPerson(browser, address, { javaScript: false })
  await page.goto('/ekran/walowa-5')
  assert.equal(await page.getByText('D 002').isVisible(), true)
})
