/** The contact page and the accessibility declaration in a real browser, wide and narrow, in three languages. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, openBrowser, openPerson, screenshot } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { openProgram } from '../support/program.js'

test('axe finds nothing on the pages about the office, at 1280 and 320 pixels', async () => {
  const { context } = await testLeszno()
  const app = await openProgram(context)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await openBrowser()
  after(() => browser.close())
  const page = await openPerson(browser, address)
  for (const [path, name] of [
    ['/kontakt', 'contact'],
    ['/kontakt?lang=uk', 'contact-uk'],
    ['/deklaracja-dostepnosci?lang=pl', 'declaration'],
  ] as const) {
    await page.goto(path)
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 })
      await assertAccessible(page)
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      assert.equal(wider, 0, `${path} scrolls sideways at ${width} pixels`)
      if (process.env['OKIENKO_PICTURES']) await screenshot(page, `${process.env['OKIENKO_PICTURES']}/${name}-${width}.png`)
    }
  }
})

test('a link from an answer leads to the unit, and its number can be tapped', async () => {
  const { context } = await testLeszno()
  const app = await openProgram(context)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await openBrowser()
  after(() => browser.close())
  const page = await openPerson(browser, address)
  await page.goto('/kontakt#unit-wydzial-spraw-obywatelskich--dowody-osobiste')
  const heading = page.locator('#unit-wydzial-spraw-obywatelskich--dowody-osobiste')
  await heading.waitFor()
  assert.equal(await heading.isVisible(), true)
  assert.equal(await page.getByRole('link', { name: '65 529 81 70' }).getAttribute('href'), 'tel:+48655298170')
})
