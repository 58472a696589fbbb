/** Several persons and needs, in a browser and every language. Axe looks at the pages before the form in pages.test.ts. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { languages } from '../../src/platform/words.js'
import { inLanguage } from '../../src/ui/index.js'
import { assertAccessible, openBrowser, openPerson } from '../support/browser.js'
import { testLeszno } from '../support/office.js'

const office = await testLeszno()
const app = await createApp(office.context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})
const service = 'rejestracja-pojazdow'

for (const [index, language] of languages.entries()) {
  test(`two persons with needs choose a day of the month and book, in ${language}; their forms are clean`, async () => {
    const page = await openPerson(browser, address)
    await page.goto(inLanguage(`/sprawy/${service}/wizyta`, language))
    await page.check('input[name=osoby][value="2"]')
    await page.check('input[name=dluzej]')
    await page.click('main form button[class=govuk-button]')
    await page.goto(`${page.url()}&widok=miesiac`)
    await page.click('.okienko-month a')
    await page.check('input[name=start]')
    await page.click('main form button[class=govuk-button]')
    await page.waitForURL('**/dane')
    assert.equal(await page.locator('html').getAttribute('lang'), language)
    await assertAccessible(page)
    await page.fill('[name=name]', 'Łucja Próbna')
    await page.fill('[name=phone]', `60177700${index}`)
    await page.check('input[value=interpreter]')
    await page.check('input[name=behalf]')
    await page.click('main form button[class=govuk-button]')
    await page.waitForURL('**/sprawdz')
    await assertAccessible(page)
    await page.context().close()
  })
}
