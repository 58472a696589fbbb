/**
 * The office in a real browser: a desk and a matter from nothing to a time somebody can book, with no
 * restart; what a change would do before it is saved; and the way back. Every page by axe.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { directory } from '../../src/directory/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, untilTrue } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'

const { context } = await testLeszno()
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

test('a desk and a matter come from nothing to a free time, and a change is seen, saved and taken back', async () => {
  const page = await openPerson(browser, address)
  await enterAs(page, address, (await signedIn(context, 'secretary')).headers)
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).first().waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await page.goto('/praca/urzad')
  await assertAccessible(page)
  await page.getByRole('link', { name: 'Stanowiska', exact: true }).last().click()
  await heading('Stanowiska')
  await assertAccessible(page)
  await press('Dodaj: stanowisko')
  await heading('Dodaj: stanowisko')
  await press('Zapisz')
  await page.getByRole('link', { name: 'Proszę wypełnić: Pokój.' }).waitFor()
  await assertAccessible(page)
  await page.getByLabel('Numer lub napis nad stanowiskiem').fill('5')
  await page.getByLabel('Pokój').selectOption({ label: 'Wałowa 5, 22' })
  await page.getByLabel('Czyje to stanowisko').selectOption({ label: 'Wydział Komunikacji' })
  await page.getByLabel('Nie ma źródła: tak przyjęto').check()
  await press('Zapisz')
  await page.getByText('Zapisano: stanowisko: Wałowa 5, 22, 5').waitFor()
  const desk = (await directory(context)).desks.get('walowa-5/22/5')
  assert.ok(desk)
  const letter = (await directory(context)).services.get('rejestracja-pojazdow')?.letter ?? ''
  // Who sits there when: on its own page, seen with its week before it is saved.
  await page.goto(`/praca/grafik/stanowisko/${desk.id}`)
  await page.getByRole('button', { name: 'Dodaj obsadę' }).first().click()
  await heading('Dodaj obsadę')
  for (const weekday of ['poniedziałek', 'wtorek', 'środa', 'czwartek', 'piątek']) await page.getByLabel(weekday, { exact: true }).check()
  await page.getByLabel('Od dnia', { exact: true }).fill('31.06.2020')
  await press('Pokaż tydzień po zmianie')
  await page.getByRole('link', { name: 'Proszę wpisać dzień, na przykład 8.06.2020.' }).waitFor()
  await page.getByLabel('Od dnia', { exact: true }).fill('26.05.2020')
  await press('Zapisz')
  await page.getByText('Zapisano.').first().waitFor()
  await assertAccessible(page)

  await page.goto('/praca/urzad/sprawy/nowe')
  await page.getByLabel('Nazwa', { exact: true }).fill('Znakowanie roweru')
  await page.getByLabel('Kto prowadzi tę sprawę').selectOption({ label: 'Wydział Komunikacji' })
  await page.getByLabel('Czas wizyty w minutach').fill('15')
  await page.getByLabel('Co ile minut zaczynają się wizyty').selectOption('15')
  await page.getByLabel('Ile osób musi przyjść').fill('1')
  await page.getByLabel('Litera numerków').fill(letter)
  for (const group of ['Czy potrzebny jest podpis', 'Rodzaj sprawy', 'Czy prawo wymaga przyjścia osobiście'])
    await page.getByRole('group', { name: group }).getByLabel('nie wiadomo').check()
  await page.getByLabel('Nie ma źródła: tak przyjęto').check()
  await page.getByLabel('Wałowa 5, 22, 5').check()
  await assertAccessible(page)
  await press('Zapisz')
  await heading('Co zmieni ta zmiana')
  await assertAccessible(page)
  await press('Zapisz zmianę')
  await page.getByText('Zapisano: sprawa: Znakowanie roweru').waitFor()

  const citizen = await openPerson(browser, address)
  await citizen.goto('/sprawy/znakowanie-roweru/terminy')
  await citizen.getByRole('radio').first().waitFor()

  await page.goto('/praca/urzad/historia')
  await assertAccessible(page)
  await page.locator('main table a').first().click()
  await heading('Szczegóły zmiany')
  await assertAccessible(page)
  await page.getByRole('button', { name: /^Cofnij te 2 zmiany/ }).click()
  await heading('Co zmieni ta zmiana')
  await press('Zapisz zmianę')
  await page.getByText('Cofnięto zmianę.').waitFor()
  assert.equal((await directory(context)).services.get('znakowanie-roweru')?.closed, true)
  for (const path of ['/praca/urzad/plik', '/praca/urzad/tabela']) {
    await page.goto(path)
    await press('Sprawdź')
    await heading('Wystąpił problem')
    await assertAccessible(page)
  }
  // A table as spreadsheets of Polish Windows write it.
  await page.getByLabel('Można też wybrać plik').setInputFiles({
    name: 'kontakty.csv',
    mimeType: 'text/csv',
    buffer: Buffer.concat([Buffer.from('id;wydzia'), Buffer.from([0xb3])]),
  })
  await untilTrue(page, "document.querySelector('#tabela').value === 'id;wydział'")
})
