/**
 * The guard's screen in a real browser: a scanner is a keyboard, so nothing but keys is used, once
 * with the page's script and once without; axe looks at every answer.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { notClient } from '../../src/entrance/index.js'
import { makeDemonstrationAccounts } from '../../src/staff/index.js'
import { findVisit } from '../../src/visit/index.js'
import { assertAccessible, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const tomorrow = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const [first, second, third] = [
  await bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow('09:00') }),
  await bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow('09:00') }),
  await bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow('12:00') }),
]
clock.moveTo(tomorrow('08:55'))
const [guard, administrator, clerk] = await makeDemonstrationAccounts(context, {
  demonstration: {
    accounts: [
      { login: 'wejscie', name: 'Przykładowy Strażnik', roles: ['guard'], buildingId: 'walowa-5' },
      { login: 'admin', name: 'Przykładowa Administratorka', roles: ['administrator'] },
      { login: 'obsluga', name: 'Przykładowa Obsługa', roles: ['service-office'] },
    ],
  },
})
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})
const pictures = process.env['OKIENKO_PICTURES']

async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page)
  if (pictures) await screenshot(page, `${pictures}/${name}.png`)
}

async function signIn(page: Page, account: { login: string; password: string } | undefined, path: string): Promise<void> {
  await page.goto(path)
  await page.getByLabel('Login').fill(account?.login ?? '')
  await page.getByLabel('Hasło').fill(account?.password ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${path}`)
}

async function scan(page: Page, code: string): Promise<void> {
  // No click: the field must have the focus by itself.
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

test('a guard works by scanner alone: let in, too early, unknown, the next one while the answer shows', async () => {
  const page = await openPerson(browser, address)
  await page.goto('/praca/wejscie/walowa-5')
  await look(page, 'sign-in')
  await signIn(page, guard, '/praca/wejscie/walowa-5')
  await look(page, 'door')
  await scan(page, `${context.publicUrl}/q/${context.secrets.passToken(first.id)}`)
  await page.getByRole('heading', { level: 1, name: 'Wejście' }).waitFor()
  await page
    .getByText(/D 001$/)
    .first()
    .waitFor()
  await look(page, 'door-come-in')
  await scan(page, third.reference)
  await page.getByRole('heading', { level: 1, name: 'Za wcześnie (od 11:45)' }).waitFor()
  await look(page, 'door-too-early')
  await scan(page, 'ZZZZ9999')
  await page.getByRole('heading', { level: 1, name: 'Nie znamy tego kodu' }).waitFor()
  await look(page, 'door-unknown')
  await scan(page, 'prób')
  await page.getByRole('heading', { name: /Znaleziono/ }).waitFor()
  await look(page, 'door-surname')
  await page.getByRole('link', { name: /9:00/ }).last().click()
  await page.getByRole('button', { name: 'Wpuść', exact: false }).first().waitFor()
  await page.keyboard.press('F2')
  await page
    .getByText(/D 002$/)
    .first()
    .waitFor()
  await page.keyboard.press('F8')
  await page.getByText('Wejście cofnięte.').waitFor()
  assert.equal((await findVisit(context.database.pool, second.reference))?.state, 'booked')
  await page.goto('/praca/wejscie/walowa-5?kod=brak')
  await look(page, 'door-no-booking')
  // What is folded away is read on the dark ground too.
  await page.goto(`/praca/wejscie/walowa-5?wizyta=${third.reference}`)
  for (const summary of await page.locator('main summary').all()) await summary.click()
  await look(page, 'door-unfolded')
})

test('the answer is in sight after a scan, on a desk’s screen and on a phone', async () => {
  const page = await openPerson(browser, address)
  await signIn(page, guard, '/praca/wejscie/walowa-5')
  for (const [width, height] of [
    [1280, 720],
    [390, 800],
  ] as const) {
    await page.setViewportSize({ width, height })
    // The page before has the same heading: only the next one counts.
    const loaded = page.waitForEvent('load')
    await scan(page, third.reference)
    await loaded
    const heading = page.getByRole('heading', { level: 1, name: 'Za wcześnie' })
    await heading.waitFor()
    const box = await heading.boundingBox()
    assert.ok(box !== null && box.y >= 0 && box.y + box.height <= height, `the heading at ${width} × ${height}: ${JSON.stringify(box)}`)
    assert.equal(await page.evaluate('document.activeElement.id'), 'kod')
  }
})

test('without the network a scan is answered by what the browser keeps, and with it by the server again', async () => {
  const page = await openPerson(browser, address)
  await signIn(page, guard, '/praca/wejscie/walowa-5')
  await page.locator('[data-kept-now="ready"]').waitFor()
  await page.context().setOffline(true)
  await scan(page, third.reference)
  await page.waitForURL('**/bez-sieci')
  await page.getByRole('heading', { level: 1, name: 'Za wcześnie (od 11:45)' }).waitFor()
  await page.context().setOffline(false)
  await page.getByText('Łączność jest.').waitFor()
  await scan(page, third.reference)
  await page.waitForURL('**?wizyta=*')
  await page.getByRole('heading', { level: 1, name: 'Za wcześnie (od 11:45)' }).waitFor()
})

test('the list at the door changes by itself when another guard lets somebody in', async () => {
  const page = await openPerson(browser, address)
  await signIn(page, guard, '/praca/wejscie/walowa-5')
  await page.locator('[data-live-now="live"]').waitFor()
  const inside = Number(/\d+/.exec(await page.getByRole('heading', { name: /^W środku/ }).innerText())?.[0])
  await notClient(context, { buildingId: 'walowa-5', accountId: 1, now: clock.now(), purpose: 'delivery' })
  await page.getByRole('heading', { name: new RegExp(`^W środku: ${inside + 1} `) }).waitFor({ timeout: 5_000 })
})

test('the door works without script', async () => {
  const page = await openPerson(browser, address, { javaScript: false })
  await signIn(page, guard, '/praca/wejscie/walowa-5')
  await page.getByLabel('Kod z przepustki').fill(second.reference)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Wejście' }).waitFor()
  await page.getByRole('button', { name: 'Dostawa' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dostawa – wejście' }).waitFor()
  const papers = await openPerson(browser, address, { javaScript: false })
  await signIn(papers, clerk, '/praca/wejscie/karasia-15')
  await papers.getByRole('button', { name: 'Składa dokumenty' }).click()
  await papers.getByText('2020-05-26/001').first().waitFor()
})

test('the menu and the accounts are clear to axe', async () => {
  const page = await openPerson(browser, address)
  await signIn(page, administrator, '/praca')
  await look(page, 'menu')
  await page.getByRole('link', { name: 'Konta', exact: true }).first().click()
  await page.waitForURL('**/praca/konta')
  await look(page, 'accounts')
  await page.goto('/praca/wejscie/karasia-15')
  await page.getByRole('button', { name: 'Składa dokumenty' }).click()
  await page.getByText('2020-05-26/').first().waitFor()
  await look(page, 'door-drop-off')
  await page.getByRole('button', { name: 'Dostawa' }).click()
  await page.getByText(/Dostawa – wejście/).waitFor()
  await look(page, 'door-not-client')
})
