/**
 * An act in a real browser: one person writes it, another checks it, it is signed and published, and
 * when its day comes citizens read that it is in force. Forty visits of the afternoons it takes away are
 * brought to an end one by one or together, and none by itself.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { assertAccessible, enterAs, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { randomUUID } from 'node:crypto'
import { book, bookingComposers } from '../../src/booking/index.js'
import { readOutbox } from '../../src/messages/index.js'
import { somebody } from '../support/visits.js'

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

const monday = '2020-06-08'

/** Forty visits on the Monday from 13:00 on, three of them of people without an address. */
async function fortyVisits(): Promise<void> {
  let booked = 0
  for (const { id } of office.directory.services.values()) {
    for (let quarter = 0; quarter < 10; quarter += 1) {
      for (let desk = 0; desk < 6 && booked < 40; desk += 1) {
        const start = Temporal.Instant.from(`${monday}T13:00:00+02:00`).add({ minutes: 15 * quarter })
        const person = booked % 13 === 5 ? { name: `Osoba bez adresu ${booked}`, email: null, phone: null } : somebody()
        const outcome = await book(context, { channel: 'phone', person, actor: 'system', key: randomUUID(), serviceId: id, start })
        if (!outcome.allowed) break
        booked += 1
      }
    }
  }
  assert.equal(booked, 40)
}

async function openCount(): Promise<number> {
  const { rows } = await context.database.pool.query<{ count: number }>(
    'select count(*)::int as count from review_item where outcome is null',
  )
  return rows[0]?.count ?? 0
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

  await fortyVisits()
  await secretary.getByRole('link', { name: 'Skutki projektu' }).click()
  await heading(secretary, 'Skutki projektu')
  await secretary.getByText('Umówione wizyty, których to dotyczy: 40.').waitFor()
  await secretary.getByLabel('Godzina', { exact: true }).fill('14:00')
  await secretary.getByRole('button', { name: 'Pokaż' }).click()
  await secretary.getByRole('heading', { level: 3, name: 'Osoba bez umówionej wizyty przy drzwiach' }).waitFor()
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

  await toTheEnd(secretary)

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

/** Every visit of the list is decided on, and everybody knows. */
async function toTheEnd(secretary: Page): Promise<void> {
  const choose = (nth: number) => secretary.getByRole('checkbox').nth(nth)
  await secretary.goto('/praca/przeglad')
  await secretary.getByText('Do rozstrzygnięcia: 40. Po terminie: 0.').waitFor()
  await look(secretary, 'review')
  await secretary.getByRole('button', { name: 'Zaproponuj nowe terminy' }).click()
  await secretary.getByRole('link', { name: 'Proszę zaznaczyć co najmniej jedną wizytę.' }).waitFor()
  await look(secretary, 'review-wrong')

  await choose(0).check()
  await choose(1).check()
  await secretary.getByLabel('Dlaczego wizyta zostaje').selectOption({ label: 'Pracownik przyjmie tę osobę o umówionej godzinie' })
  await secretary.getByRole('button', { name: 'Zostaw wybrane' }).click()
  await secretary.getByText('Rozstrzygnięte wizyty: 2.').waitFor()
  for (const nth of [0, 1, 2, 3, 4]) await choose(nth).check()
  await secretary.getByRole('button', { name: 'Odwołaj z wiadomością' }).click()
  await heading(secretary, 'Odwołać 5 wizyt?')
  await look(secretary, 'review-cancel')
  await secretary.getByRole('button', { name: 'Odwołaj wizyty' }).click()
  await secretary.getByText('Rozstrzygnięte wizyty: 5.').waitFor()

  await secretary.getByRole('link', { name: 'Zaznacz wszystkie' }).click()
  await secretary.getByRole('link', { name: 'Odznacz wszystkie' }).waitFor()
  await secretary.getByRole('button', { name: 'Zaproponuj nowe terminy' }).click()
  await heading(secretary, 'Nowe terminy')
  await look(secretary, 'review-move')
  await secretary.getByRole('button', { name: 'Przenieś wizyty' }).click()
  await secretary.getByText('Rozstrzygnięte wizyty: 30.').waitFor()
  // Nobody is moved who cannot be told: those without a contact are decided on by themselves.
  await secretary.getByText('Do rozstrzygnięcia: 3.').waitFor()
  await secretary.getByRole('link', { name: 'Zaznacz wszystkie' }).click()
  await secretary.getByRole('link', { name: 'Odznacz wszystkie' }).waitFor()
  await secretary.getByRole('button', { name: 'Odwołaj z wiadomością' }).click()
  await heading(secretary, 'Odwołać 3 wizyty?')
  await secretary.getByText('Bez adresu do wiadomości: 3.').waitFor()
  await secretary.getByRole('button', { name: 'Odwołaj wizyty' }).click()
  await secretary.getByText('Rozstrzygnięte wizyty: 3.').waitFor()
  await secretary.getByText('Nie ma wizyt do przejrzenia.').waitFor()
  assert.equal(await openCount(), 0)

  await readOutbox(context, bookingComposers)
  await secretary.getByRole('link', { name: 'Do kogo zadzwonić: 3' }).click()
  await heading(secretary, 'Do kogo zadzwonić')
  await look(secretary, 'review-calls')
  for (let left = 3; left > 0; left -= 1) {
    await secretary.getByRole('radio', { name: 'Osoba wie' }).first().check()
    await secretary.getByRole('button', { name: 'Zapisz', exact: true }).first().click()
    if (left > 1)
      await secretary
        .locator('main section')
        .nth(left - 1)
        .waitFor({ state: 'detached' })
  }
  await secretary.getByText('Nie ma do kogo dzwonić.').waitFor()
  await secretary.goto('/praca/przeglad/zalatwione')
  await heading(secretary, 'Rozstrzygnięte wizyty')
  await look(secretary, 'review-settled')
}
