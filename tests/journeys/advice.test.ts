/** "Do I have to come?" in a real browser: without script to the chosen way and its count, with script to a copied account. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, openBrowser, openPerson } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { openProgram } from '../support/program.js'

const { context } = await testLeszno()
const app = await openProgram(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(() => browser.close())

async function counted(): Promise<unknown[]> {
  const { rows } = await context.database.pool.query('select service_id, way, count from advice_count')
  return rows
}

test('without script a person answers, is told one way, chooses it and is counted once, however often the page is loaded', async () => {
  const page = await openPerson(browser, address, { javaScript: false })
  await page.goto('/sprawy/rejestracja-pojazdow')
  await page.getByRole('checkbox', { name: 'konto na ePUAP' }).check()
  await page.getByRole('checkbox', { name: 'profil zaufany lub certyfikat kwalifikowany' }).check()
  await page.getByRole('button', { name: 'Pokaż, jak to załatwić' }).click()
  assert.equal(new URL(page.url()).search, '?odpowiedz=tak&mam=epuap-account&mam=trusted-profile')
  await page.getByRole('heading', { name: 'Proponowany sposób: ePUAP' }).waitFor()
  await page.getByRole('button', { name: 'Załatwię to bez wizyty (ePUAP)' }).click()
  await page.getByRole('heading', { level: 1, name: 'Bez wizyty: ePUAP' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/sprawy/rejestracja-pojazdow/bez-wizyty/epuap')
  await page.reload()
  await page.goBack()
  await page.goForward()
  assert.equal(await page.getByText('/umleszno/SkrytkaESP').isVisible(), true)
  assert.equal(await page.getByRole('button', { name: 'Kopiuj' }).count(), 0, 'a button that could do nothing is not shown')
  assert.deepEqual(await counted(), [{ service_id: 'rejestracja-pojazdow', way: 'epuap', count: 1 }])
  await page.context().close()
})

test('with script an account is copied as digits alone, and that is said', async () => {
  const page = await openPerson(browser, address)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address })
  await page.goto('/sprawy/usuniecie-drzew')
  await page.getByRole('button', { name: /^Kopiuj ?: Numer rachunku$/ }).click()
  await page.getByText('Skopiowano').waitFor()
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), '26102030880000830200057513')
  await page.context().close()
})

test('axe finds nothing on the pages of advice, at both widths, with everything unfolded', async () => {
  const page = await openPerson(browser, address)
  for (const path of [
    '/sprawy/rejestracja-pojazdow',
    '/sprawy/rejestracja-pojazdow?odpowiedz=tak&mam=epuap-account&mam=trusted-profile&lang=uk',
    '/sprawy/zgloszenie-budowy?lang=en',
    '/sprawy/usc-zaswiadczenie-o-stanie-cywilnym?lang=pl',
    '/sprawy/rejestracja-pojazdow/bez-wizyty/poczta',
    '/sprawy/paszporty',
  ]) {
    await page.goto(path)
    await page.evaluate(`document.querySelectorAll('main details').forEach((each) => { each.open = true })`)
    await assertAccessible(page)
  }
  await page.context().close()
})
