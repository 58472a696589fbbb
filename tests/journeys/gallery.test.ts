import { after, test } from 'node:test'
import Fastify from 'fastify'
import { registerShell, uiRoutes } from '../../src/ui/index.js'
import { assertAccessible, openBrowser, openPerson, screenshot } from '../support/browser.js'
import { testDatabase } from '../support/office.js'

test('axe finds nothing in the gallery of components', async () => {
  const { context } = await testDatabase()
  const app = Fastify()
  registerShell(app, context, {
    office: async () => ({ name: 'Urząd Miasta Leszna', phone: '+48655298100', email: 'um@leszno.example', bip: 'https://bip.leszno.pl' }),
  })
  uiRoutes(app, context)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await openBrowser()
  after(async () => {
    await browser.close()
    await app.close()
  })
  const page = await openPerson(browser, address)
  await page.goto('/galeria')
  if (process.env['OKIENKO_PICTURES']) {
    await screenshot(page, `${process.env['OKIENKO_PICTURES']}/gallery-1280.png`)
    await page.setViewportSize({ width: 320, height: 900 })
    await screenshot(page, `${process.env['OKIENKO_PICTURES']}/gallery-320.png`)
  }
  await assertAccessible(page)
})
