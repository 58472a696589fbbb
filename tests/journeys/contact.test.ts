/** The way to a unit's number in a real browser; axe looks at the contact page in pages.test.ts. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openBrowser, openPerson } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { openProgram } from '../support/program.js'

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
