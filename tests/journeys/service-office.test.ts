/**
 * The service office in a real browser, by keyboard alone: a caller is booked, found, moved and
 * cancelled, and a request ended, with axe at each stop.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { makeRequest } from '../../src/booking/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { somebody } from '../support/visits.js'

const office = await testLeszno()
const { context } = office
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})
const clerk = await signedIn(context, 'service-office')

async function openOffice(path: string): Promise<Page> {
  const page = await openPerson(browser, address)
  await enterAs(page, address, clerk.headers)
  await page.goto(path)
  return page
}

/** Looks at the page with axe, and keeps a picture when asked for by OKIENKO_PICTURES. */
async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page)
  const folder = process.env['OKIENKO_PICTURES']
  if (folder !== undefined) await screenshot(page, `${folder}/${name}.png`)
}

/** Presses Tab until the thing with this id or name has the focus, as a person without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 150; pressed += 1) {
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`no way by Tab to ${selector}`)
}

test('a caller is booked, found, moved and cancelled without a mouse', async () => {
  const page = await openOffice('/praca/obsluga')
  // The field for the matter has the focus at once.
  await page.keyboard.type('dowod')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/umow/dowody-osobiste')
  await tabTo(page, '[name="start"]')
  await page.keyboard.press('Space')
  await tabTo(page, '[name="name"]')
  await page.keyboard.type('Zofia Przykładowa')
  await page.keyboard.press('F8')
  await page.waitForURL('**/wizyta/*')
  assert.doesNotMatch(await page.title(), /Zofia/)
  const reference = (await page.locator('[data-reference]').getAttribute('data-reference')) ?? ''
  assert.match(reference, /^[A-Z2-9]{8}$/)

  await page.goto('/praca/obsluga')
  await page.keyboard.press('F3')
  await page.keyboard.type('przykladowa')
  await page.keyboard.press('F3')
  await page.getByText('Znaleziono 1 wizytę').waitFor()
  await look(page, 'service-office-found')
  assert.doesNotMatch(page.url(), /przykladowa/)
  await tabTo(page, `a[href="/praca/obsluga/wizyta/${reference}"]`)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/wizyta/${reference}`)
  await tabTo(page, 'a[href$="/zmien"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/zmien')
  await look(page, 'service-office-move')
  await tabTo(page, '[name="start"]')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('F8')
  await page.getByText('Termin wizyty został zmieniony').waitFor()
  await tabTo(page, 'a[href$="/odwolaj"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/odwolaj')
  await look(page, 'service-office-cancel')
  await tabTo(page, '[name="powod"]')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByText('Wizyta została odwołana').waitFor()
})

test('wrong input has the focus on what is wrong; the oldest request is ended', async () => {
  const page = await openOffice('/praca/obsluga/umow/dowody-osobiste')
  await page.keyboard.press('F8')
  await page.getByText('Wystąpił problem').waitFor()
  assert.match(await page.title(), /^Błąd:/)
  await look(page, 'service-office-wrong')

  await makeRequest(context, {
    serviceId: 'dowody-osobiste',
    times: [{ weekday: 2, part: 'morning' }],
    person: somebody('Ewa Przykładowa'),
    key: randomUUID(),
  })
  await page.goto('/praca/prosby')
  await look(page, 'requests')
  await tabTo(page, 'td a[href^="/praca/prosby/"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/prosby/*')
  await look(page, 'request')
  await tabTo(page, '[name="sposob"]')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByText('Żadna prośba nie czeka').waitFor()
})
