/**
 * "Co obowiązuje" in a real browser: from day to day by its links, on a desk's screen and the
 * smallest phone, in three languages.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { openBrowser, openPerson, widths } from '../support/browser.js'
import { testLeszno } from '../support/office.js'

const { context } = await testLeszno()
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

for (const width of widths) {
  test(`a person goes back a day and reads what is not known (${width} pixels)`, async () => {
    const page = await openPerson(browser, address, { width })
    await page.goto('/zasady')
    await page.getByRole('heading', { level: 1, name: 'Zasady na dzień: poniedziałek 25 maja 2020' }).waitFor()
    assert.ok((await page.getByText('§ 4 zarządzenia nr K/219/2020').count()) > 0)
    if (process.env['OKIENKO_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['OKIENKO_SHOTS']}/zasady-${width}.png`, fullPage: true })
    await page.getByRole('link', { name: 'Poprzedni dzień' }).click()
    await page.getByText('Jego treści nie ma w systemie', { exact: false }).waitFor()
    await page.getByLabel('Inny dzień').fill('wczoraj')
    await page.getByRole('button', { name: 'Pokaż' }).click()
    await page.getByRole('heading', { name: 'Wystąpił problem' }).waitFor()
    await page.getByLabel('Inny dzień').fill('2.01.2026')
    await page.getByRole('button', { name: 'Pokaż' }).click()
    await page.getByRole('heading', { level: 1, name: 'piątek 2 stycznia 2026' }).waitFor()
    await page.goto('/zasady?lang=uk')
    await page.getByRole('heading', { level: 1, name: 'Правила на день' }).waitFor()
    await page.close()
  })
}
