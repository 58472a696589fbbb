/**
 * What follows an act, in a real browser: somebody reads what changes and says so, hangs the poster up
 * and says so, and looks from a figure at its events. With axe at each stop, and without script.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { assertAccessible, enterAs, openBrowser, openPerson, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno()
const { context } = office
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })

test('from reading an act to the poster that hangs and the events behind a figure', async () => {
  await bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: Temporal.Instant.from('2020-05-26T09:00:00+02:00') })
  const page = await openPerson(browser, address)
  await enterAs(page, address, head.headers)
  await page.goto('/praca')
  await page.getByRole('main').getByRole('link', { name: 'Co się zmienia' }).click()
  await heading(page, 'Co się zmienia')
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Przeczytałam lub przeczytałem K/219/2020' }).click()
  await page.getByText('przeczytane 25 maja 2020').waitFor()
  await page.getByText('Przeczytali wszyscy, razem 1.').waitFor()

  await page.getByText('Menu', { exact: true }).click()
  await page.getByRole('list', { name: 'Zarządzenia i zasady' }).getByRole('link', { name: 'Zadania' }).click()
  await heading(page, 'Zadania z zarządzeń')
  await assertAccessible(page)
  await page.getByRole('link', { name: 'Plakat do druku Wałowa 5' }).click()
  await heading(page, 'ul. Wałowa 5, Leszno')
  await page.goto('/praca/zadania')
  await page.getByRole('button', { name: 'Plakat wisi Wałowa 5' }).click()
  await page.getByRole('button', { name: 'Plakat nie wisi Wałowa 5' }).waitFor()

  await page.getByText('Menu', { exact: true }).click()
  await page.getByRole('link', { name: 'Zgodność' }).click()
  await heading(page, 'Zgodność z zarządzeniami')
  await assertAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'telefon', exact: true }).first().click()
  await heading(page, 'Umówione wizyty, według sposobu')
  await page.getByRole('cell', { name: 'umówiono wizytę' }).waitFor()
  await assertAccessible(page)
  await page.getByRole('link', { name: 'Wstecz' }).click()
  await heading(page, 'Zgodność z zarządzeniami')
  await page.context().close()
})

test('without script the same is said and kept', async () => {
  const page = await openPerson(browser, address, { javaScript: false, width: 320 })
  await enterAs(page, address, (await signedIn(context, 'secretary')).headers)
  await page.goto('/praca/co-sie-zmienia')
  await page.getByRole('button', { name: 'Przeczytałam lub przeczytałem K/219/2020' }).click()
  await page.getByText('przeczytane 25 maja 2020').waitFor()
  await page.goto('/praca/zgodnosc')
  await page.getByLabel('Od dnia').fill('jutro')
  await page.getByRole('button', { name: 'Pokaż ten czas' }).click()
  await page.getByText('Wystąpił problem').waitFor()
  assert.equal(await page.getByLabel('Od dnia').inputValue(), 'jutro')
  await page.context().close()
})
