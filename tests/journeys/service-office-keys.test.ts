/**
 * The service office by keys: Back leads to what was found, a key leads to its field, any time is a
 * few presses away, and a server that is away takes nothing typed with it.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { book } from '../../src/booking/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { somebody } from '../support/visits.js'

const { context } = await testLeszno()
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

const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.name || document.activeElement.id')

test('F3 leads to the search, Enter searches, and Back from the visit leads to what was found', async () => {
  const outcome = await book(context, {
    serviceId: 'dowody-osobiste',
    start: Temporal.Instant.from('2020-05-26T07:00:00Z'),
    channel: 'phone',
    person: somebody('Wanda Wracająca'),
    actor: `account:${clerk.accountId}`,
    key: randomUUID(),
  })
  assert.ok(outcome.allowed)
  const page = await openOffice('/praca/obsluga')
  await page.keyboard.press('F3')
  assert.equal(await focused(page), 'szukane')
  await page.keyboard.type('wracajaca')
  await page.keyboard.press('Enter')
  await page.getByText('Znaleziono 1 wizytę').waitFor()
  await page.locator(`a[href="/praca/obsluga/wizyta/${outcome.reference}"]`).click()
  await page.waitForURL(`**/wizyta/${outcome.reference}`)
  await page.goBack()
  await page.getByText('Znaleziono 1 wizytę').waitFor()
})

test('a time late in the week is chosen by a dozen keys, and later days keep what was typed', async () => {
  const page = await openOffice('/praca/obsluga/umow/rejestracja-pojazdow')
  await page.locator('[name="name"]').focus()
  await page.keyboard.type('Wanda Klawiszowa')
  await page.locator('[name="start"]').first().focus()
  for (const key of ['PageDown', 'PageDown', 'PageDown', 'End', 'ArrowLeft']) await page.keyboard.press(key)
  const chosen = await page.locator('[name="start"]:checked').getAttribute('value')
  assert.match(chosen ?? '', /^2020-05-26T1[23]/, 'the afternoon of the second day')
  await page.keyboard.press('F7')
  await page.locator('legend', { hasText: 'czwartek 28 maja 2020' }).waitFor()
  assert.equal(await page.locator('[name="name"]').inputValue(), 'Wanda Klawiszowa')
  assert.equal(await page.locator('[name="start"]:checked').getAttribute('value'), chosen)
  assert.equal(await focused(page), 'start')
})

test('a family is booked by keys alone; whoever books the usual visit passes none of its fields', async () => {
  const page = await openOffice('/praca/obsluga/umow/rejestracja-pojazdow')
  assert.equal(await focused(page), 'start')
  const passed = new Set<string>()
  for (let pressed = 0; (await focused(page)) !== 'name' && pressed < 30; pressed += 1) {
    await page.keyboard.press('Tab')
    passed.add(await focused(page))
  }
  assert.ok(passed.has('name') && !['osoby', 'sprawa', 'dluzej', 'needs', 'behalf', 'budynek'].some((name) => passed.has(name)))

  await page.keyboard.type('Wanda Rodzinna')
  await page.locator('.okienko-console__book summary').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'osoby')
  for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  await assertAccessible(page)
  await page.keyboard.press('F6')
  await page.getByText(', 3 osoby, ').waitFor()
  assert.equal(await focused(page), 'start')
  await assertAccessible(page)
  await page.keyboard.press('Space')
  await page.keyboard.press('F8')
  await page.waitForURL('**/wizyta/*')
  assert.match((await page.locator('main').textContent()) ?? '', /Liczba osób\s*3/)
})

test('while the server is away the page stays and says so; the next press books once', async () => {
  const page = await openOffice('/praca/obsluga/umow/dowody-osobiste')
  await page.locator('[name="name"]').focus()
  await page.keyboard.type('Wanda Trwała')
  await page.locator('[name="start"]').first().focus()
  await page.keyboard.press('Space')
  await page.context().setOffline(true)
  await page.keyboard.press('F8')
  await page.getByText('Nie ma łączności z serwerem').waitFor()
  assert.equal(await page.locator('[name="name"]').inputValue(), 'Wanda Trwała')
  await page.context().setOffline(false)
  await page.waitForTimeout(1_000)
  await page.keyboard.press('F8')
  await page.waitForURL('**/wizyta/*')
  await page.getByRole('heading', { name: 'Do odczytania rozmówcy' }).waitFor()
})

test('a session that ended takes nothing typed: the page says so and offers to sign in beside it', async () => {
  const page = await openOffice('/praca/obsluga/umow/dowody-osobiste')
  await page.locator('[name="name"]').focus()
  await page.keyboard.type('Wanda Cierpliwa')
  await page.context().clearCookies()
  await page.keyboard.press('F8')
  await page.getByText('Sesja się skończyła').waitFor()
  assert.equal(await page.locator('[name="name"]').inputValue(), 'Wanda Cierpliwa')
  await page.getByRole('link', { name: 'Zaloguj się w nowej karcie' }).waitFor()
})
