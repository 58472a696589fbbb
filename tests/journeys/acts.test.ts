/**
 * An act in a real browser: one person writes it, another checks it, it is signed and published, and
 * when its day comes citizens read that it is in force.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { assertAccessible, enterAs, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno()
const { context, clock } = office
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const look = async (page: Page, name: string): Promise<void> => {
  if (process.env['OKIENKO_SHOTS'] !== undefined) await screenshot(page, `${process.env['OKIENKO_SHOTS']}/acts-${name}.png`)
  await assertAccessible(page)
}

test('an act goes from its draft to its first day', async () => {
  const secretary = await openPerson(browser, address)
  await enterAs(secretary, address, (await signedIn(context, 'secretary')).headers)
  await secretary.goto('/praca/akty')
  await look(secretary, 'list')
  await secretary.getByRole('button', { name: 'Nowy akt' }).click()
  await heading(secretary, 'Nowy akt')
  await secretary.getByLabel('Tytuł').fill('w sprawie godzin pracy w poniedziałki')
  await secretary.getByLabel('Pierwszy dzień (opcjonalnie)').fill('8.06.2020')
  await secretary.getByLabel('Gdzie się ogłasza (opcjonalnie)').fill('Biuletyn Informacji Publicznej')
  await look(secretary, 'facts')
  await secretary.getByRole('button', { name: 'Zapisz', exact: true }).click()
  await heading(secretary, 'w sprawie godzin pracy w poniedziałki')
  const draft = new URL(secretary.url()).pathname

  await secretary.getByRole('button', { name: 'Dodaj przepis' }).click()
  await heading(secretary, 'Co ustala ten przepis')
  await look(secretary, 'kinds')
  await secretary.getByLabel('godziny pracy', { exact: true }).check()
  await secretary.getByRole('button', { name: 'Dalej' }).click()
  await heading(secretary, 'Przepis: godziny pracy')
  await secretary.getByLabel('Paragraf').fill('§ 1')
  await secretary.getByLabel('Godziny pracy').fill('7:30–13:00')
  await secretary.getByLabel('poniedziałek').check()
  await secretary.getByRole('button', { name: 'Pokaż zdanie' }).click()
  await secretary.getByText('Poniedziałek: godziny pracy 7:30–13:00.').waitFor()
  await look(secretary, 'provision')
  await secretary.getByRole('button', { name: 'Zapisz przepis' }).click()
  await heading(secretary, 'w sprawie godzin pracy w poniedziałki')

  await bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: Temporal.Instant.from('2020-06-08T14:00:00+02:00') })
  await secretary.getByRole('link', { name: 'Skutki projektu' }).click()
  await heading(secretary, 'Skutki projektu')
  await secretary.getByText('Umówione wizyty, których to dotyczy: 1.').waitFor()
  await secretary.getByLabel('Godzina', { exact: true }).fill('14:00')
  await secretary.getByRole('button', { name: 'Pokaż' }).click()
  await secretary.getByRole('heading', { level: 3, name: 'Osoba bez umówionej wizyty' }).waitFor()
  await look(secretary, 'effects')
  await secretary.goto(draft)
  await heading(secretary, 'w sprawie godzin pracy w poniedziałki')
  await secretary.getByRole('button', { name: 'Wklej lub zmień treść' }).click()
  await heading(secretary, 'Treść aktu')
  await secretary
    .getByLabel('Treść aktu')
    .fill('§ 1\nW poniedziałki urząd pracuje od 7:30 do 13:00.\n§ 2\nZarządzenie wchodzi w życie 8 czerwca 2020 r.')
  await secretary.getByRole('button', { name: 'Zapisz', exact: true }).click()
  await secretary.getByText('W poniedziałki urząd pracuje od 7:30 do 13:00.').waitFor()
  assert.equal(
    await secretary.getByRole('button', { name: 'Sprawdziłam lub sprawdziłem' }).count(),
    0,
    'whoever wrote it does not check it',
  )

  const administrator = await openPerson(browser, address)
  await enterAs(administrator, address, (await signedIn(context, 'administrator')).headers)
  await administrator.goto(draft)
  await administrator.getByRole('button', { name: 'Sprawdziłam lub sprawdziłem' }).click()
  await administrator.getByText('sprawdzony', { exact: true }).waitFor()
  await administrator.context().close()

  await secretary.goto(draft)
  await secretary.getByRole('button', { name: 'Zapisz podpisanie' }).click()
  await heading(secretary, 'Zapisz podpisanie')
  await secretary.getByLabel('Numer w rejestrze').fill('K/230/2020')
  await secretary.getByLabel('Dzień podpisania').fill('25.05.2020')
  await secretary.getByLabel('Kto podpisał').fill('Prezydent Miasta Jan Przykładowy')
  await look(secretary, 'sign')
  await secretary.getByRole('button', { name: 'Zapisz podpisanie' }).click()
  await heading(secretary, 'K/230/2020 w sprawie godzin pracy w poniedziałki')
  await secretary.getByRole('button', { name: 'Zapisz ogłoszenie' }).click()
  await heading(secretary, 'Zapisz ogłoszenie')
  await secretary.getByLabel('Kto odpowiada za treść').fill('Sekretarz Miasta Anna Przykładowa')
  await look(secretary, 'publish')
  await secretary.getByRole('button', { name: 'Zapisz ogłoszenie' }).click()
  await secretary.getByText('wejdzie w życie', { exact: true }).waitFor()
  await look(secretary, 'published')

  clock.moveTo(Temporal.Instant.from('2020-06-08T06:00:00Z'))
  const citizen = await openPerson(browser, address, { javaScript: false })
  await citizen.goto('/akty')
  await citizen.getByRole('link', { name: 'K/230/2020 w sprawie godzin pracy w poniedziałki' }).click()
  await heading(citizen, 'K/230/2020 w sprawie godzin pracy w poniedziałki')
  await citizen.getByText('obowiązuje', { exact: true }).waitFor()
  await citizen.getByRole('link', { name: '§ 1' }).click()
  assert.equal(new URL(citizen.url()).hash, '#par-1')
  await citizen.goto('/zasady')
  await citizen.getByText('§ 1 zarządzenia nr K/230/2020').first().waitFor()
  if (process.env['OKIENKO_SHOTS'] !== undefined) {
    await citizen.goto('/akty/k-230-2020')
    await screenshot(citizen, `${process.env['OKIENKO_SHOTS']}/acts-public.png`)
    await citizen.goto('/akty')
    await screenshot(citizen, `${process.env['OKIENKO_SHOTS']}/acts-public-list.png`)
  }
})
