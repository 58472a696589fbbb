/**
 * The camera at the door, in a browser whose camera shows a film of a real pass: read by our own
 * decoder, with the network and without it, once as long as it is held there; and a camera that may not
 * be used, or is none.
 */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { signedPassText } from '../../src/visit/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, screenshot, untilTrue, type Page } from '../support/browser.js'
import { filmOfCode } from '../support/film.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const at = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const visit = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: at('09:00') })
clock.moveTo(at('08:55'))
const base = '/praca/wejscie/walowa-5'
const guard = await signedIn(context, 'guard', { buildingId: 'walowa-5' })
const film = filmOfCode(signedPassText(context, visit, office.directory.office.settings))
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser([
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
])
after(async () => {
  await browser.close()
  await app.close()
  rmSync(path.dirname(film), { recursive: true })
})
const pictures = process.env['OKIENKO_PICTURES']

async function atDoor(): Promise<Page> {
  const page = await openPerson(browser, address)
  await enterAs(page, address, guard.headers)
  await page.goto(base)
  return page
}

const entries = async (): Promise<number> =>
  (await context.database.pool.query('select 1 from entry where visit_id = $1', [visit.id])).rows.length

test('the camera reads a real pass by our own decoder, and once as long as it is held there', async () => {
  const page = await atDoor()
  assert.equal(await page.evaluate("'BarcodeDetector' in globalThis"), false, 'this browser has no reader of its own')
  await page.locator('[data-kept-now="ready"]').waitFor()
  await page.getByRole('button', { name: 'Skanuj aparatem' }).click()
  await page.getByRole('heading', { level: 1, name: /^Wejście$/ }).waitFor()
  await page.waitForURL(`**${base}?wpis=*`)
  // The answer is a new page: the camera is open there too, and the pass still held before it.
  await page.getByText('Proszę pokazać kod do aparatu.').waitFor()
  await untilTrue(page, "Number(document.querySelector('[data-camera]').dataset.looked) >= 5")
  assert.equal(await entries(), 1)
  await assertAccessible(page)
  if (pictures) await screenshot(page, `${pictures}/door-camera.png`)
  await page.getByRole('button', { name: 'Wyłącz aparat' }).click()
  await page.getByRole('button', { name: 'Skanuj aparatem' }).waitFor()
  assert.equal(await page.locator('video').isVisible(), false)
})

test('without the network the camera reads a pass too', async () => {
  const page = await atDoor()
  await page.locator('[data-kept-now="ready"]').waitFor()
  await page.goto(`${base}/bez-sieci`)
  await page.context().setOffline(true)
  await page.getByText(/^Bez łączności od/).waitFor()
  await page.getByRole('button', { name: 'Skanuj aparatem' }).click()
  await page.getByRole('heading', { level: 1, name: /Już w środku|Ta sama przepustka/ }).waitFor()
  await page.context().setOffline(false)
})

test('a camera that may not be used, is in use, or is none: said in words with what to do', async () => {
  for (const [name, sentence] of [
    ['NotAllowedError', 'Przeglądarka nie ma zgody na aparat.'],
    ['NotReadableError', 'Aparatu używa inny program.'],
    ['NotFoundError', 'To urządzenie nie ma aparatu.'],
  ] as const) {
    const page = await openPerson(browser, address)
    await page.addInitScript(`navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '${name}'))`)
    await enterAs(page, address, guard.headers)
    await page.goto(base)
    await page.getByRole('button', { name: 'Skanuj aparatem' }).click()
    await page.getByText(sentence).waitFor()
    await page.context().close()
  }
})

const policy = async (url: string): Promise<string> =>
  String((await app.inject({ url, headers: guard.headers })).headers['permissions-policy'])

test('only the pages of a door may ask for the camera', async () => {
  for (const url of ['/', '/praca', '/sprawy']) assert.match(await policy(url), /camera=\(\)/, url)
  for (const url of [base, `${base}?kod=brak`, `${base}/bez-sieci`]) assert.match(await policy(url), /camera=\(self\)/, url)
})
