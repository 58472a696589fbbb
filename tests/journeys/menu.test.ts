/** The menu of the staff: in groups by role, folded on a phone, opened by keys and without a script. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { assertAccessible, enterAs, openBrowser, openPerson, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import type { Role } from '../../src/staff/index.js'

const office = await testLeszno()
const { context } = office
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

async function as(role: Role, options: Parameters<typeof openPerson>[2] = {}): Promise<Page> {
  const page = await openPerson(browser, address, options)
  await enterAs(page, address, (await signedIn(context, role)).headers)
  await page.goto('/praca')
  return page
}
const navigation = (page: Page) => page.getByRole('navigation', { name: 'Menu' })
const groups = async (page: Page): Promise<string[]> => page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts()
const names = async (page: Page): Promise<string[]> => navigation(page).getByRole('link').allInnerTexts()

test('on a phone without a script all pages are folded, opened by keys, and each group has its name', async () => {
  const page = await as('administrator', { javaScript: false, width: 390 })
  assert.deepEqual(await names(page), [], 'folded')
  const fold = page.locator('summary', { hasText: 'Menu' })
  await fold.focus()
  await page.keyboard.press('Enter')
  const lists = navigation(page).getByRole('list')
  assert.equal(await lists.count(), 5)
  const program = navigation(page).getByRole('list', { name: 'Urząd i program' })
  assert.ok((await program.getByRole('link').allInnerTexts()).includes('Wysyłanie wiadomości'))
  assert.ok(
    (await navigation(page).getByRole('list', { name: 'Obsługa osób' }).getByRole('link').allInnerTexts()).includes(
      'Osoby do powiadomienia',
    ),
  )
  const all = await names(page)
  assert.equal(new Set(all).size, all.length, 'no page twice')
  const { right } = await page.evaluate<{ right: number }>('document.querySelector("nav").getBoundingClientRect().toJSON()')
  assert.ok(right <= 390)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/praca/stanowisko')
  await page.context().close()
})

test('on a desk the pages most used are in sight, by role; unfolded, each stands once', async () => {
  const secretary = await as('secretary')
  assert.deepEqual(await names(secretary), ['Akty', 'Co się zmienia', 'Zadania', 'Zgodność', 'Co obowiązuje'])
  assert.deepEqual((await groups(secretary)).slice(-3), ['Zarządzenia i zasady', 'Wydział', 'Urząd i program'])
  await secretary.locator('summary', { hasText: 'Menu' }).click()
  const all = await names(secretary)
  assert.equal(new Set(all).size, all.length)
  assert.ok(all.length > 5)
  await assertAccessible(secretary)
  // Whoever is sent back here reads why, beside what waits.
  const clerk = await as('service-office')
  await clerk.goto('/praca/konta')
  await clerk.getByText('To konto nie ma uprawnień').waitFor()
  await clerk.getByRole('region', { name: 'Co czeka' }).waitFor()
  await assertAccessible(clerk)
  // Beside links that need two rows the word stays beside its mark.
  await clerk.setViewportSize({ width: 900, height: 900 })
  const { height } = (await clerk.locator('summary', { hasText: 'Menu' }).boundingBox()) ?? { height: 0 }
  assert.ok(height < 45, `${height}`)
  const guard = await as('guard')
  assert.equal(await guard.locator('summary', { hasText: 'Menu' }).count(), 1, 'five doors and what changes')
  assert.equal((await names(guard))[0], 'Wejście: Karasia 15')
  await Promise.all([secretary, clerk, guard].map((page) => page.context().close()))
})
