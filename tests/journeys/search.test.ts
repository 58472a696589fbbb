/**
 * Finding a matter in a real browser: by typing with an error, by life event, by unit; by the keyboard
 * alone, and without script. Axe looks at these pages in pages.test.ts.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openBrowser, openPerson } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { openProgram } from '../support/program.js'

const { context } = await testLeszno()
const app = await openProgram(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(() => browser.close())

test('with the keyboard alone: a matter typed with an error is found, told and opened', async () => {
  const page = await openPerson(browser, address)
  await page.goto('/')
  await page.getByRole('searchbox', { name: 'Jaka to sprawa?' }).focus()
  await page.keyboard.type('przerejstrowanie auta')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sprawy?q=*')
  assert.match((await page.getByRole('status').textContent()) ?? '', /^Znaleziono \d+ spraw/)
  const first = page.locator('main ul a').first()
  assert.equal(await first.textContent(), 'Rejestracja pojazdów')
  await first.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sprawy/rejestracja-pojazdow')
})

test('without script: from the first page over a life event to a matter, and from the list to a unit', async () => {
  const page = await openPerson(browser, address, { javaScript: false, width: 320 })
  await page.goto('/')
  await page.getByRole('link', { name: 'Przeprowadzka i nowy adres' }).click()
  await page.waitForURL('**/sytuacje/przeprowadzka')
  await page.getByRole('link', { name: 'Zaświadczenia z akt ewidencji ludności' }).click()
  await page.waitForURL('**/sprawy/zaswiadczenia-ewidencja-ludnosci')
  await page.goto('/sprawy')
  await page.getByRole('region', { name: 'Wydziały i biura' }).getByRole('link', { name: 'Urząd Stanu Cywilnego' }).click()
  await page.waitForURL('**/sprawy#wydzial-usc')
  await page.getByRole('heading', { name: 'Urząd Stanu Cywilnego' }).getByRole('link').click()
  await page.waitForURL('**/sprawy?wydzial=usc')
  assert.equal(await page.locator('main li a').count(), 3)
})
