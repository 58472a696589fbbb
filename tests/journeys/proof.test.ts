/**
 * A rush, in a real browser: all places for browsers without a proof are taken. With script the page
 * works for its time in the background; without, a contact is shown instead.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { countAttempt } from '../../src/booking/fair/load.js'
import { challengeOf } from '../../src/booking/fair/proof.js'
import { openBrowser, openPerson, type Page, untilTrue } from '../support/browser.js'
import { testLeszno } from '../support/office.js'

const service = 'rejestracja-pojazdow'
const times = `/sprawy/${service}/terminy`
const office = await testLeszno()
const { context } = office
const { pool } = context.database
await pool.query(`insert into unproven_hold select $1, o, null, 'infinity' from generate_series(1, 1000) o`, [service])
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

const next = (page: Page) => page.locator('main').getByRole('button', { name: 'Dalej' })

/** What the browser sends for a time, each time it does. */
function sentBy(page: Page): string[] {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === times) sent.push(request.postData() ?? '')
  })
  return sent
}

async function holdsOf(page: Page): Promise<number> {
  const reference = /\/rezerwacja\/([A-Z2-9]{8})\//.exec(page.url())?.[1]
  const { rows } = await pool.query(`select from visit where reference = $1 and state = 'held'`, [reference])
  return rows.length
}

const proofOf = (page: Page): Promise<boolean> => page.evaluate(`document.querySelector('input[name="proof"]') !== null`)

test('with script the proof goes with the chosen time, which is kept though all places without proof are taken', async () => {
  const page = await openPerson(browser, address)
  const sent = sentBy(page)
  await page.goto(times)
  await page.getByRole('radio').nth(3).check()
  await next(page).click()
  await page.waitForURL('**/dane')
  assert.equal(sent.length, 1)
  assert.ok((new URLSearchParams(sent[0]).get('proof') ?? '').length > 100)
  assert.equal(await holdsOf(page), 1)
  // Who comes back to the page as the browser kept it, or anew, has another proof for another time.
  await page.goBack()
  await page.getByRole('radio').nth(7).check()
  await next(page).click()
  await page.waitForURL('**/dane')
  assert.notEqual(new URLSearchParams(sent[1]).get('proof'), new URLSearchParams(sent[0]).get('proof'))
  assert.equal(await holdsOf(page), 1)
  await page.context().close()
})

test('without script a contact is asked for instead, and its code keeps one time', async () => {
  const page = await openPerson(browser, address, { javaScript: false })
  const sent = sentBy(page)
  const take = async (): Promise<void> => {
    await page.goto(times)
    await page.getByRole('radio').nth(5).check()
    await next(page).click()
  }
  await take()
  await page.locator(`main a[href="/sprawy/${service}/kontakt"]`).click()
  await page.locator('input[name=contact]').fill('bez.skryptu@example.org')
  await page.locator('main form button').first().click()
  await page.waitForURL('**/kontakt/*')
  const reference = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await page.locator('input[name=kod]').fill(context.secrets.confirmCode(reference, 1))
  await next(page).click()
  await page.waitForURL(`**${times}`)
  await take()
  await page.waitForURL('**/dane')
  assert.equal(await holdsOf(page), 1)
  assert.ok(sent.every((body) => !body.includes('proof=')))
  await page.context().close()
})

test('under the highest load the page stays quick while it works; a form sent meanwhile says so, waits and goes once', async () => {
  for (let attempts = 0; attempts < 4_000; attempts += 1) countAttempt(context)
  const { maxnumber } = (await app.inject('/api/v1/proof')).json<{ maxnumber: number }>()
  assert.equal(maxnumber, 128_000)
  const page = await openPerson(browser, address)
  const sent = sentBy(page)
  // A task of the office as dear as any office may ask for: the number sought is the last.
  const task = challengeOf(context.secrets, 1_000_000, Math.floor(Date.now() / 1_000), { salt: 'ab'.repeat(12), part: 0.999_999_9 })
  await page.route('**/api/v1/proof', (route) => route.fulfill({ json: task }))
  const asked = page.waitForResponse('**/api/v1/proof')
  await page.goto(times)
  await asked
  await untilTrue(page, 'performance.getEntriesByType("resource").some(({ name }) => name.endsWith("proof-worker.js"))')
  // Had the page done the work itself, it would answer only when the proof is there.
  await page.getByRole('radio').nth(9).check()
  assert.equal(await proofOf(page), false, 'the time was chosen while the work went on')
  const status = page.locator('main').getByRole('status')
  assert.equal(await status.textContent(), '')
  await next(page).click()
  await next(page).click()
  assert.match((await status.textContent()) ?? '', /Proszę chwilę poczekać/)
  assert.deepEqual([await proofOf(page), sent.length], [false, 0], 'it waits')
  await page.waitForURL('**/dane', { timeout: 60_000 })
  assert.equal(sent.length, 1)
  assert.ok(new URLSearchParams(sent[0]).has('proof'))
  assert.equal(await holdsOf(page), 1)
  await page.context().close()
})

test('where no task is to be had the form goes without a proof, and its answer says what can be done instead', async () => {
  const page = await openPerson(browser, address)
  const sent = sentBy(page)
  await page.route('**/api/v1/proof', (route) => route.abort())
  await page.goto(times)
  await page.getByRole('radio').nth(11).check()
  await next(page).click()
  await page.locator(`main a[href="/sprawy/${service}/kontakt"]`).waitFor()
  assert.deepEqual([sent.length, new URLSearchParams(sent[0]).has('proof')], [1, false])
  await page.context().close()
})
