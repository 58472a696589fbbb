/**
 * Nobody is sent away empty-handed, and nobody is let into a full building, in a real browser: by
 * keyboard alone, and once without script; axe looks at every screen.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { enter } from '../../src/entrance/index.js'
import { importActs, type ActsDocument } from '../../src/regulation/index.js'
import { findVisit } from '../../src/visit/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const { pool } = context.database
const tomorrow = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const serviceId = 'rejestracja-pojazdow'
const late = await bookedVisit(office, { serviceId, start: tomorrow('09:00') })
const [first, second] = [
  await bookedVisit(office, { serviceId, start: tomorrow('09:45') }),
  await bookedVisit(office, { serviceId, start: tomorrow('09:45') }),
]
clock.moveTo(tomorrow('09:35'))
const guard = await signedIn(context, 'guard', { buildingId: 'walowa-5' })
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})
const door = '/praca/wejscie/walowa-5'
const pictures = process.env['OKIENKO_PICTURES']

async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page)
  if (!pictures) return
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await screenshot(page, `${pictures}/${name}-${width}.png`)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

async function atDoor(options: { javaScript?: boolean } = {}): Promise<Page> {
  const page = await openPerson(browser, address, options)
  await enterAs(page, address, guard.headers)
  await page.goto(door)
  return page
}

async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

test('who comes too late has a new time by one key, hears it, and gets the pass on paper', async () => {
  const page = await atDoor()
  await scan(page, late.reference)
  await page.getByRole('heading', { level: 1, name: 'Spóźnienie' }).waitFor()
  await page.locator('html[data-tone-heard="wait"]').waitFor()
  await look(page, 'help-too-late')
  await page.keyboard.press('F4')
  await page.getByRole('heading', { level: 1, name: 'Termin podany' }).waitFor()
  await page.locator('html[data-tone-heard="yes"]').waitFor()
  await look(page, 'help-given')
  assert.ok(Temporal.Instant.compare((await findVisit(pool, late.reference))?.startsAt ?? late.startsAt, clock.now()) > 0)
  await page.keyboard.press('F6')
  await page.getByRole('heading', { level: 1, name: 'Przepustka' }).waitFor()
  await look(page, 'help-pass')
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.getByRole('img', { name: 'Kod przepustki' }).isVisible())
  assert.equal(await page.getByRole('button', { name: 'Drukuj' }).isVisible(), false)
})

test('the sound is switched off for this browser and stays off; the answer is said in words all the same', async () => {
  const page = await atDoor()
  await page.getByRole('button', { name: 'Dźwięk odpowiedzi: włączony' }).click()
  const off = page.getByRole('button', { name: 'Dźwięk odpowiedzi: wyłączony' })
  await off.waitFor()
  await page.getByLabel('Kod z przepustki').focus()
  await scan(page, 'ZZZZ9999')
  await page.getByRole('heading', { level: 1, name: 'Nie znamy tego kodu' }).waitFor()
  await page.waitForLoadState('load')
  await off.waitFor()
  assert.equal(await page.locator('html').getAttribute('data-tone-heard'), null)
})

test('whoever has no booking is given one by keyboard alone: the matter in everyday words, the first time, a name', async () => {
  const page = await atDoor()
  await page.goto(`${door}?kod=brak`)
  const search = page.getByLabel('W jakiej sprawie przychodzi ta osoba?')
  await search.focus()
  await page.keyboard.type('samochód')
  await page.keyboard.press('Enter')
  const matter = page.getByRole('link', { name: 'Rejestracja pojazdów', exact: true })
  await matter.waitFor()
  await look(page, 'help-search')
  await matter.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('radio').first().waitFor()
  await look(page, 'help-matter')
  await page.keyboard.press('F4')
  await page.getByText('Wystąpił problem').waitFor()
  await look(page, 'help-error')
  await page.getByLabel('Imię i nazwisko').focus()
  await page.keyboard.type('Ola Bezumowy')
  // A key pressed just before rests for a moment, so that pressed twice it does nothing twice.
  await page.locator('body:not([data-key-rests])').waitFor()
  await page.keyboard.press('F4')
  await page.getByRole('heading', { level: 1, name: 'Termin podany' }).waitFor()
  assert.equal((await pool.query(`select 1 from visit where person_name = 'Ola Bezumowy' and channel = 'door'`)).rowCount, 1)
  await page.goto(`${door}/zdalnie/${serviceId}`)
  await page.getByRole('heading', { level: 1, name: 'Bez wizyty w urzędzie' }).waitFor()
  await look(page, 'help-remote')
})

test('without script a call-back is written down', async () => {
  const page = await atDoor({ javaScript: false })
  await page.goto(`${door}?kod=brak&sprawa=${serviceId}`)
  await page.getByLabel('Imię i nazwisko').fill('Ewa Dzwonek')
  await page.getByLabel('Telefon', { exact: true }).fill('600 100 200')
  await page.getByRole('button', { name: 'Prośba o telefon' }).click()
  await page.getByText('Prośba o telefon jest na liście wydziału.').waitFor()
})

test('a full building: the door says so by itself when another guard gives the last place, and the count is put right', async () => {
  const acts: ActsDocument = {
    acts: [
      {
        id: 'K/300/2020',
        number: 'K/300/2020',
        title: 'w sprawie liczby osób',
        issuer: 'Prezydent',
        rank: 'ordinance',
        from: '2020-05-01',
        provisions: [{ id: 'inside', reference: '§ 1', kind: 'building-limit', parameters: { limit: 1, of: 'inside' } }],
      },
    ],
  }
  assert.deepEqual(await importActs(context.database, acts, clock.now()), [])
  context.changes.publish('regulation')
  const page = await atDoor()
  await page.getByText('Może wejść 1 osoba.').waitFor()
  await page.locator('[data-live-now="live"]').waitFor()
  const { entry } = await enter(context, { buildingId: 'walowa-5', code: first.reference, accountId: guard.accountId, now: clock.now() })
  assert.ok(entry)
  await page.getByText('Pełno – proszę nikogo nie wpuszczać.').waitFor({ timeout: 5_000 })
  await scan(page, second.reference)
  await page.getByRole('heading', { level: 1, name: 'Budynek pełny' }).waitFor()
  await page.locator('html[data-tone-heard="wait"]').waitFor()
  await look(page, 'help-full')
  await page.locator('summary', { hasText: 'Popraw liczbę osób' }).click()
  await page.getByLabel('Ilu klientów jest teraz w budynku').fill('0')
  await page.getByLabel('Dlaczego').selectOption('went-out-unseen')
  await page.getByRole('button', { name: 'Zapisz poprawkę' }).click()
  await page.getByText('Poprawka zapisana.').waitFor()
  await page.getByLabel('Kod z przepustki').focus()
  await scan(page, second.reference)
  await page.getByRole('heading', { level: 1, name: 'Wejście', exact: true }).waitFor()
  await look(page, 'help-come-in')
  await page.goto(`${door}/ewakuacja`)
  await page.getByRole('heading', { level: 1, name: 'Lista osób w budynku' }).waitFor()
  await look(page, 'help-evacuation')
})
