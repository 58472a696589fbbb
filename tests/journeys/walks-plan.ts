/** The plan of the office: a head's desks, a special day of the secretary, the week of a unit. */
import type { Locator } from 'playwright-core'
import type { Page } from '../support/browser.js'
import type { Tools } from './screenshots.js'

/** Presses, and waits for the page that follows. */
async function pressed(page: Page, button: Locator): Promise<void> {
  const loaded = page.waitForEvent('load')
  await button.click()
  await loaded
}

export async function plan({ signIn, look }: Tools): Promise<void> {
  const head = await signIn('naczelnik')
  await head.goto('/praca/grafik')
  await look(head, 'plan')
  await head.locator('main table a').first().click()
  await head.waitForURL('**/stanowisko/*')
  await look(head, 'plan-desk')
  const desk = new URL(head.url()).pathname
  await head
    .getByRole('link', { name: /^Zmień/ })
    .first()
    .click()
  await head.waitForURL('**/obsada/*')
  await head.locator('input[name=od]').fill('8.06.2020')
  await head.getByLabel('W innych godzinach').check()
  await head.locator('input[name=poczatek]').fill('9:00')
  await head.locator('input[name=koniec]').fill('16:00')
  await head.locator('input[name=przerwa-od]').fill('12:00')
  await head.locator('input[name=przerwa-do]').fill('12:20')
  await pressed(head, head.getByRole('button', { name: 'Pokaż tydzień po zmianie' }))
  await look(head, 'plan-shift-shown')
  await pressed(head, head.getByRole('button', { name: 'Zapisz' }))
  await look(head, 'plan-shift-effects')
  await head.goto(`${desk}/obsada`)
  await pressed(head, head.getByRole('button', { name: 'Zapisz' }))
  await look(head, 'plan-shift-wrong')
  await head.goto(`${desk}/nieobecnosc`)
  await pressed(head, head.getByRole('button', { name: 'Zapisz' }))
  await look(head, 'plan-absence-wrong')
  await head.goto('/praca/moj-wydzial')
  await look(head, 'plan-own-unit')
  await head.context().close()

  const secretary = await signIn('sekretarz')
  await secretary.goto('/praca/grafik/kalendarz/nowy')
  await secretary.getByLabel('Zamknięcie').check()
  await secretary.locator('input[name=od]').fill('9.06.2020')
  await secretary.locator('input[name=godzina-od]').fill('12:00')
  await secretary.locator('input[name=godzina-do]').fill('15:30')
  await secretary.locator('select[name=gdzie]').selectOption('budynek:walowa-5')
  await secretary.locator('input[name=powod]').fill('awaria ogrzewania')
  await pressed(secretary, secretary.getByRole('button', { name: 'Pokaż godziny po zmianie' }))
  await look(secretary, 'plan-day-shown')
  await pressed(secretary, secretary.getByRole('button', { name: 'Zapisz' }))
  await look(secretary, 'plan-day-effects')
  await pressed(secretary, secretary.getByRole('button', { name: 'Zapisz zmianę' }))
  await look(secretary, 'plan-year')
  await secretary.goto('/praca/grafik/kalendarz/nowy')
  await pressed(secretary, secretary.getByRole('button', { name: 'Zapisz' }))
  await look(secretary, 'plan-day-wrong')
  await secretary.goto('/zasady?dzien=2020-06-09')
  await look(secretary, 'plan-day-citizen')
  await secretary.context().close()
}
