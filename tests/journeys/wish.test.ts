/** Several persons, needs, the calendar of days: in a browser, clean for assistive technology at every width and in every language. */
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { languages } from '../../src/platform/words.js'
import { assertAccessible, openBrowser, screenshot, widths } from '../support/browser.js'
import { testLeszno } from '../support/office.js'

const office = await testLeszno()
const app = await createApp(office.context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})
const pictures = process.env['OKIENKO_PICTURES']
const service = 'rejestracja-pojazdow'

test('two persons with needs book by keyboard and pointer, and every page on the way is clean', async () => {
  for (const language of languages) {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${address}/?lang=${language}`)
    const look = async (name: string): Promise<void> => {
      await assertAccessible(page)
      if (pictures === undefined || language !== 'pl') return
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        await screenshot(page, `${pictures}/wish-${name}-${width}.png`)
      }
    }
    await page.goto(`${address}/sprawy/${service}/terminy?osoby=9`)
    await look('wrong')
    await page.goto(`${address}/sprawy/${service}/wizyta`)
    await look('form')
    await page.check('input[name=osoby][value="2"]')
    await page.check('input[name=dluzej]')
    await page.click('main form button[class=govuk-button]')
    await look('times')
    await page.goto(`${page.url()}&widok=miesiac`)
    await look('month')
    await page.click('.okienko-month a')
    await look('day')
    await page.check('input[name=start]')
    await page.click('main form button[class=govuk-button]')
    await look('details')
    await page.fill('[name=name]', 'Łucja Próbna')
    await page.fill('[name=phone]', `60177700${languages.indexOf(language)}`)
    await page.check('input[value=interpreter]')
    await page.check('input[name=behalf]')
    await page.click('main form button[class=govuk-button]')
    await look('check')
    await page.context().close()
  }
})
