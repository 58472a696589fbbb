/**
 * The whole line as its people walk it, in one sitting on the seeded demonstration: advice, a time,
 * the pass, the door, the ticket, the call on the screen, served. Then all of it once more without
 * JavaScript, for citizen, guard and clerk, and once with a clerk who answers a request.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { prepareDemonstration } from '../../src/demonstration/index.js'
import { duties } from '../../src/duties.js'
import { runDueDuties } from '../../src/platform/duties.js'
import { assertAccessible, openBrowser, openPerson, type Page } from '../support/browser.js'
import { confirmByCode } from '../support/confirming.js'
import { testDatabase } from '../support/office.js'

const { context } = await testDatabase()
const accounts = await prepareDemonstration(context)
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

async function signIn(login: string, javaScript = true): Promise<Page> {
  const page = await openPerson(browser, address, { javaScript })
  await page.goto('/praca/logowanie')
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[type=password]').fill(accounts.find((account) => account.login === login)?.password ?? '')
  await page.locator('main').getByRole('button').first().click()
  await page.waitForURL((url) => !url.pathname.endsWith('/logowanie'))
  return page
}

/** Moves the office's clock by the bar on the page, as whoever shows the demonstration does. */
async function moveClock(page: Page, wall: string): Promise<void> {
  await page.getByLabel('Data i godzina').fill(wall)
  const moved = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Przesuń' }).click()
  await moved
  await runDueDuties(context, duties)
}

/** From the front page to a pass; axe looks at these pages in pages.test.ts. Returns the reference. */
async function bookOnTheWeb(page: Page, name: string): Promise<string> {
  await page.goto('/')
  await page.getByLabel('Jaka to sprawa?').fill('rejestracja pojazdow')
  await page.getByRole('button', { name: 'Szukaj' }).click()
  await page.getByRole('link', { name: 'Rejestracja pojazdów', exact: true }).first().click()
  await page.getByRole('heading', { name: 'Czy trzeba przychodzić?' }).waitFor()
  assert.match(await page.locator('main').innerText(), /§ 2 pkt 1 lit\. b zarządzenia nr K\/219\/2020/)
  await page
    .getByRole('link', { name: 'Nadal muszę przyjść' })
    .or(page.getByRole('button', { name: 'Nadal muszę przyjść' }))
    .first()
    .click()
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Dalej' }).click()
  // The form may wait for its browser's work: the next press is for the next page.
  await page.waitForURL('**/dane')
  await page.getByRole('button', { name: 'Dalej' }).click()
  await page.getByText('Wystąpił problem').waitFor()
  assert.match(await page.title(), /^Błąd: /)
  await page.getByLabel('Imię i nazwisko').fill(name)
  await page.getByLabel('E-mail').fill(`${name.length}.osoba@example.org`)
  await page.locator('#urgent').check()
  await page.getByRole('button', { name: 'Dalej' }).click()
  await page.getByText('Rękawiczki ochronne').waitFor()
  await page.getByRole('button', { name: 'Zarezerwuj wizytę' }).click()
  await page.getByRole('heading', { level: 1, name: 'Potwierdzenie wizyty' }).waitFor()
  await confirmByCode(context, page)
  await page.getByText('Wizyta umówiona').waitFor()
  const reference = new URL(page.url()).pathname.split('/').at(-1) as string
  assert.match(reference, /^[A-HJ-NP-TV-Z2-9]{8}$/)
  return reference
}

async function letIn(guard: Page, code: string): Promise<string> {
  await guard.goto('/praca/wejscie/walowa-5')
  await guard.getByLabel('Kod z przepustki, numer wizyty albo nazwisko').fill(code)
  await guard.getByRole('button', { name: 'Sprawdź' }).click()
  await guard.getByRole('heading', { name: 'Wejście', exact: true }).waitFor()
  const ticket = /Numerek\s+([A-Z] \d{3})/.exec(await guard.locator('main').innerText())?.[1]
  assert.ok(ticket !== undefined, 'the guard sees the ticket')
  return ticket
}

test('from advice to served, screen after screen, with axe at the door, the display and the desk', async () => {
  const citizen = await openPerson(browser, address)
  const reference = await bookOnTheWeb(citizen, 'Anna Zmyślona')

  await moveClock(citizen, '2020-05-26T07:00')
  const guard = await signIn('wejscie-walowa-5')
  assert.equal(new URL(guard.url()).pathname, '/praca/wejscie/walowa-5', 'a guard begins at the own door')
  await guard.getByLabel('Kod z przepustki, numer wizyty albo nazwisko').fill(reference)
  await guard.keyboard.press('Enter')
  await guard.getByText('od 7:15').first().waitFor()
  // The same with the camera of a phone, which opens the address in the code.
  const { rows: coded } = await context.database.pool.query<{ id: number }>('select id from visit where reference = $1', [reference])
  await guard.goto(`/q/${context.secrets.passToken(coded[0]?.id ?? 0)}`)
  await assertAccessible(guard)
  await guard.getByRole('button', { name: 'Sprawdź przy wejściu' }).click()
  await guard.getByText('od 7:15').first().waitFor()
  await assertAccessible(guard)

  await moveClock(citizen, '2020-05-26T07:20')
  const ticket = await letIn(guard, reference)
  await assertAccessible(guard)

  const screen = await openPerson(browser, address)
  await screen.goto('/ekran/walowa-5')
  await assertAccessible(screen)
  const clerk = await signIn('pokoj22-1')
  assert.equal(new URL(clerk.url()).pathname, '/praca/stanowisko/walowa-5%2F22%2F1', 'a clerk begins at the own desk')
  await clerk.locator('[data-live-now="live"]').waitFor()
  await screen.locator('[data-live-now="live"]').waitFor()
  // The desk was signed off overnight: the first press opens it, the second calls.
  await clerk.keyboard.press('F2')
  await clerk.getByRole('button', { name: 'Przerwa' }).waitFor()
  await clerk.locator('body:not([data-key-rests])').waitFor()
  await clerk.keyboard.press('F2')
  const calledAt = Date.now()
  await screen.getByText(ticket).first().waitFor({ timeout: 5_000 })
  const shownMs = Date.now() - calledAt
  assert.ok(shownMs < 1_000, `the screen showed the number after ${shownMs} ms`)
  await clerk.getByRole('heading', { name: ticket }).waitFor()
  await clerk.keyboard.press('F7')
  await clerk.getByText('W obsłudze').waitFor()
  await clerk.keyboard.press('F8')
  await clerk.getByText('Nikogo nie ma').waitFor()

  await citizen.goto(`/wizyta/${reference}`)
  assert.doesNotMatch(await citizen.locator('main').innerText(), /Odwołaj wizytę/, 'a served visit cannot be cancelled')
  const { rows } = await context.database.pool.query<{ kind: string }>(
    'select kind from event where visit_id = (select id from visit where reference = $1) order by id',
    [reference],
  )
  const kinds = rows.map((row) => row.kind).filter((kind) => kind !== 'renewed' && kind !== 'refused-entry')
  assert.deepEqual(kinds, ['held', 'pending', 'confirmed', 'entered', 'called', 'started', 'finished'])
})

test('the same without JavaScript, from advice to served, for citizen, guard and clerk', async () => {
  const citizen = await openPerson(browser, address, { javaScript: false })
  const reference = await bookOnTheWeb(citizen, 'Piotr Umowny')
  assert.match(await citizen.locator('main').innerText(), /Numer rezerwacji/)
  const { rows } = await context.database.pool.query<{ at: string }>(
    `select to_char(starts_at at time zone 'Europe/Warsaw' - interval '5 minutes', 'YYYY-MM-DD"T"HH24:MI') as at from visit where reference = $1`,
    [reference],
  )
  await moveClock(citizen, rows[0]?.at ?? '')

  const guard = await signIn('wejscie-walowa-5', false)
  const ticket = await letIn(guard, reference)

  const clerk = await signIn('pokoj22-1', false)
  const press = async (name: RegExp): Promise<void> => {
    await clerk.getByRole('button', { name }).first().click()
  }
  const open = clerk.getByRole('button', { name: /Otwórz/ })
  if ((await open.count()) > 0) await open.first().click()
  await press(/Wezwij następną/)
  await clerk.getByRole('heading', { name: ticket }).waitFor()
  const screen = await openPerson(browser, address, { javaScript: false })
  await screen.goto('/ekran/walowa-5')
  assert.ok((await screen.locator('main').innerText()).includes(ticket), 'the screen shows the number')
  await press(/Rozpocznij/)
  await clerk.getByText('W obsłudze').waitFor()
  await press(/Zakończ/)
  await clerk.getByText('Nikogo nie ma').waitFor()
  const { rows: states } = await context.database.pool.query<{ state: string }>('select state from visit where reference = $1', [reference])
  assert.equal(states[0]?.state, 'served')
})

test('without JavaScript the pass is changed and given back', async () => {
  const citizen = await openPerson(browser, address, { javaScript: false })
  const reference = await bookOnTheWeb(citizen, 'Piotr Umowny-Zmienny')
  await citizen.locator('.govuk-button-group a[href$="/zmien"]').click()
  await citizen.getByRole('radio').nth(3).check()
  await citizen.locator('main').getByRole('button').first().click()
  await citizen.getByText('Termin wizyty został zmieniony').waitFor()
  await citizen.goto(`/wizyta/${reference}`)
  await citizen.locator('a[href$="/odwolaj"]').click()
  await citizen.getByRole('button', { name: 'Odwołaj wizytę' }).click()
  await citizen.getByRole('heading', { level: 1, name: 'Wizyta została odwołana' }).waitFor()
  await citizen.goto(`/wizyta/${reference}`)
  assert.match(await citizen.locator('main').innerText(), /odwołana/i)
  const guard = await signIn('wejscie-walowa-5', false)
  await guard.goto('/praca/wejscie/walowa-5')
  await guard.getByLabel('Kod z przepustki, numer wizyty albo nazwisko').fill(reference)
  await guard.getByRole('button', { name: 'Sprawdź' }).click()
  await guard
    .getByText(/odwołana/i)
    .first()
    .waitFor()
})

test('a caller of another unit: number to tap, a request in its list, booked by a clerk', async () => {
  const citizen = await openPerson(browser, address)
  await citizen.goto('/sprawy/dowody-osobiste')
  assert.equal((await citizen.locator('main a[href="tel:+48655298170"]').count()) > 0, true, 'the number can be tapped')
  assert.equal(await citizen.locator('a[href$="/terminy"]').count(), 0)
  await citizen.getByRole('link', { name: 'Można wysłać prośbę o termin' }).click()
  await citizen.getByLabel('Imię i nazwisko').fill('Halina Ćwiczebna')
  await citizen.getByLabel('Telefon').fill('655 298 100')
  for (const box of await citizen.getByRole('checkbox').all()) await box.check()
  await citizen.locator('main').getByRole('button').first().click()
  await citizen.waitForURL(/\/prosba\/[A-Z2-9]{8}$/)

  const clerk = await signIn('obsluga')
  await clerk.goto('/praca/prosby')
  await clerk.getByText('Halina Ćwiczebna').first().waitFor()
  await assertAccessible(clerk)
  await clerk
    .getByRole('row', { name: /Halina Ćwiczebna/ })
    .getByRole('link')
    .click()
  await clerk.getByRole('button', { name: 'Umów wizytę' }).waitFor()
  await assertAccessible(clerk)
  await clerk.locator('input[name=start]').nth(2).check()
  await clerk.getByRole('button', { name: 'Umów wizytę' }).click()
  await clerk.waitForURL('**/wizyta/*')
  await assertAccessible(clerk)
  assert.match(await clerk.locator('main').innerText(), /Halina Ćwiczebna/)
  const { rows } = await context.database.pool.query<{ state: string; channel: string; request: string }>(
    `select v.state, v.channel, r.state as request from visit v join request r on r.visit_id = v.id where v.person_name = 'Halina Ćwiczebna'`,
  )
  assert.deepEqual(rows, [{ state: 'booked', channel: 'request', request: 'booked' }])
})
