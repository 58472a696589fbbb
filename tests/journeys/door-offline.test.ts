/**
 * The door while the server is away, in a real browser: the server is really closed, and the page loaded
 * anew meanwhile. Scans by keys, as a scanner types them; back online everything is sent once, and what
 * does not fit is shown. What the browser kept of the day goes with the day and with signing out.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { cancel } from '../../src/booking/index.js'
import { enter } from '../../src/entrance/index.js'
import { makeDemonstrationAccounts } from '../../src/staff/index.js'
import { findVisit, signedPassText, type Visit } from '../../src/visit/index.js'
import { goingServer } from '../support/away.js'
import { assertAccessible, openBrowser, openPerson, screenshot, untilTrue, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno({
  at: Temporal.Instant.from('2020-05-25T05:30:00Z'),
  change: (file) => file.services.forEach((service: { stepMinutes: number }) => (service.stepMinutes = 5)),
})
const { context, clock } = office
const { pool } = context.database
const at = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const visitAt = (time: string): Promise<Visit> => bookedVisit(office, { serviceId: 'dowody-osobiste', start: at(time) })
const [valid, twice, cancelled, early, tapped] = [
  await visitAt('09:00'),
  await visitAt('09:00'),
  await visitAt('09:00'),
  await visitAt('12:00'),
  await visitAt('09:20'),
]
const passOf = (visit: Visit): string => signedPassText(context, visit, office.directory.office.settings)
clock.moveTo(at('08:55'))
const building = 'walowa-5'
const base = `/praca/wejscie/${building}`
const accounts = {
  accounts: [
    { login: 'wejscie', name: 'Przykładowy Strażnik', roles: ['guard' as const], buildingId: building },
    { login: 'karasia', name: 'Przykładowa Strażniczka', roles: ['guard' as const], buildingId: 'karasia-15' },
  ],
}
const [guard, other] = await makeDemonstrationAccounts(context, { demonstration: accounts })

const browser = await openBrowser()
after(() => browser.close())
const { address, goesAway, comesBack } = await goingServer(context)
const pictures = process.env['OKIENKO_PICTURES']

async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page)
  if (pictures) await screenshot(page, `${pictures}/${name}.png`)
}

async function signIn(page: Page, account = guard, door = base): Promise<void> {
  await page.goto(door)
  await page.getByLabel('Login').fill(account?.login ?? '')
  await page.getByLabel('Hasło').fill(account?.password ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${door}`)
  await page.locator('[data-kept-now="ready"]').waitFor()
}

/** Scans, and waits for the answer that is not the one of before. */
async function scan(page: Page, code: string, heading: string | RegExp): Promise<void> {
  const before = page.locator('[data-answer]')
  const nth = (await before.count()) === 0 ? 0 : Number(await before.getAttribute('data-answer'))
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  if (nth > 0) await page.locator(`[data-answer="${nth + 1}"]`).waitFor()
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** What the browser keeps, as it lies there. */
async function keptBy(
  page: Page,
): Promise<{ lists: { over: boolean; visits: object[]; hashKey: object | null }[]; acts: object[]; pages: number }> {
  return page.evaluate(`(async () => {
    const database = await new Promise((done) => { const opening = indexedDB.open('okienko-door'); opening.onsuccess = () => done(opening.result) })
    const all = (name) => new Promise((done) => { const asking = database.transaction(name).objectStore(name).getAll(); asking.onsuccess = () => done(asking.result) })
    const [lists, acts] = [await all('lists'), await all('acts')]
    database.close()
    const kept = (await caches.has('okienko-door')) ? await (await caches.open('okienko-door')).keys() : []
    return { lists: lists.map(({ over, visits, hashKey }) => ({ over, visits, hashKey })), acts, pages: kept.length }
  })()`)
}

test('the server goes and the door goes on; it comes back, and everything is there once with every conflict', async () => {
  const page = await openPerson(browser, address)
  await signIn(page)
  await look(page, 'door-kept')
  await cancel(context, { reference: cancelled.reference, actor: 'citizen', reason: 'illness' })
  await enter(context, { buildingId: building, code: twice.reference, accountId: 1, now: at('08:50') })
  // Neither is known to the browser: its list is of before.
  const since = await visitAt('09:00')
  await goesAway()

  await scan(page, passOf(valid), /^Wejście$/)
  await page.waitForURL(`**${base}/bez-sieci`)
  await page.getByText(/^Bez łączności od \d/).waitFor()
  await look(page, 'door-offline-come-in')
  await page.reload()
  await page.getByText(/^Bez łączności od \d/).waitFor()
  await page.getByText(/^Wpisy do wysłania: 1/).waitFor()
  await scan(page, early.reference, 'Za wcześnie (od 11:45)')
  await look(page, 'door-offline-too-early')
  await scan(page, passOf(cancelled), /^Wejście$/)
  await scan(page, 'ZZZZ9999', 'Nie ma na liście')
  await look(page, 'door-offline-unknown')
  await scan(page, passOf(twice), /^Wejście$/)
  await scan(page, passOf(since), 'Wejście – podpisana przepustka')
  await look(page, 'door-offline-signed')
  await page.getByRole('button', { name: 'Cofnij wejście' }).click()
  await page.getByText('Wejście cofnięte.').waitFor()
  await scan(page, passOf(since), 'Wejście – podpisana przepustka')
  // The same pass again: at once it is one scan, later somebody who comes back or somebody else.
  await scan(page, passOf(valid), /^Wejście$|Ta sama przepustka przed chwilą|Już w środku/)
  const replayed = (await page.getByRole('heading', { level: 1, name: /^Wejście$/ }).count()) === 0 ? 1 : 0
  // From the list, by a press; then somebody who is no client.
  await page.getByRole('link', { name: /9:20/ }).click()
  await page.getByRole('heading', { level: 1, name: /Za wcześnie|Wejście/ }).waitFor()
  await page.getByText('Wpuść mimo to').click()
  await page.getByLabel('Powód').selectOption('weather')
  await page.getByRole('button', { name: 'Wpuść i zapisz powód' }).click()
  await page.getByText('Wejście zapisane.').waitFor()
  await page.getByRole('button', { name: 'Dostawa' }).click()
  await page.getByText(/^Dostawa – wejście o/).waitFor()
  await page.getByText(`Wpisy do wysłania: ${8 + replayed}`).waitFor()
  await look(page, 'door-offline-list')

  clock.moveTo(at('09:10'))
  await comesBack()
  await page.getByRole('heading', { name: 'Wysłane wpisy' }).waitFor()
  await page
    .getByText(/numerek do podania: D \d+/)
    .first()
    .waitFor()
  await page.getByText('Łączność jest.').waitFor()
  await look(page, 'door-offline-back')
  for (const visit of [valid, twice, since, tapped])
    assert.equal((await findVisit(pool, visit.reference))?.state, 'arrived', visit.reference)
  assert.equal((await findVisit(pool, cancelled.reference))?.state, 'cancelled')
  const { rows } = await pool.query<{ kind: string; count: number }>(
    'select kind, count(*)::int as count from offline_act group by kind order by kind',
  )
  assert.deepEqual(rows, [
    { kind: 'admitted', count: 1 },
    { kind: 'entered', count: 6 + replayed },
    { kind: 'undone', count: 1 },
  ])
  await page.getByRole('link', { name: 'Pokaż wpisy do wyjaśnienia' }).click()
  await page.getByRole('heading', { level: 1, name: /^Do wyjaśnienia/ }).waitFor()
  await page.getByRole('heading', { name: 'Wizyta była już odwołana' }).waitFor()
  await page.getByRole('heading', { name: 'Tę samą przepustkę wpuszczono już o 8:50' }).waitFor()
  await look(page, 'door-conflicts')
  assert.equal((await keptBy(page)).acts.length, 0, 'what was sent is not kept')
  // The next scan is the server's own again.
  await page.goto(base)
  await scan(page, early.reference, 'Za wcześnie (od 11:45)')
  await page.waitForURL(`**${base}?wizyta=*`)
})

test('an envelope gets its number and minute at once, and both stand when the server is back', async () => {
  const page = await openPerson(browser, address)
  const door = '/praca/wejscie/karasia-15'
  await signIn(page, other, door)
  await goesAway()
  await page.goto(`${door}/bez-sieci`)
  await page.getByText(/^Bez łączności od \d/).waitFor()
  const numberShown = async (): Promise<string> => {
    await page.getByRole('heading', { level: 1, name: 'Koperta przyjęta' }).waitFor()
    return page.locator('[data-answer] .okienko-paper__number').innerText()
  }
  await page.getByLabel('Dla którego wydziału są dokumenty').selectOption({ label: 'Wydział Komunikacji' })
  await page.getByRole('button', { name: 'Przyjmij kopertę' }).click()
  const number = await numberShown()
  assert.match(number, /^2020-05-26\/[A-HJ-NP-TV-Z2-9]{8}$/)
  const said = await page.locator('[data-answer]').innerText()
  const minute = /godz\. (\d+:\d\d)/.exec(said)?.[1] ?? ''
  assert.match(said, /wtorek 26 maja 2020.*Miejsce: .*Karasia 15.*Dla: Wydział Komunikacji.*datą złożenia.*§ 1 ust\. 5/s)
  await look(page, 'door-offline-envelope')
  await page.setViewportSize({ width: 390, height: 800 })
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.locator('[data-answer] .okienko-paper__number').isVisible())
  assert.ok(!(await page.getByLabel('Kod z przepustki').isVisible()), 'on paper the receipt alone')
  if (pictures) await screenshot(page, `${pictures}/door-offline-envelope-paper.png`)
  await page.emulateMedia({ media: null })
  await page.getByRole('button', { name: 'Przyjmij kopertę' }).click()
  await page.locator('[data-answer="2"]').waitFor()
  const taken = await numberShown()
  for (const line of ['h1', '.okienko-paper__number']) {
    const box = await page.locator(`[data-answer] ${line}`).boundingBox()
    assert.ok(box !== null && box.y >= 0 && box.y + box.height <= 800, `${line} is in sight of a phone: ${JSON.stringify(box)}`)
  }
  assert.match(await page.locator('[data-answer]').innerText(), /Dla: Biuro Obsługi/)
  assert.notEqual(taken, number)
  await page.getByRole('button', { name: 'Cofnij przyjęcie' }).click()
  await page.getByText('Przyjęcie koperty cofnięte.').waitFor()
  await page.reload()
  await page.getByText(`koperta, ${number}`).waitFor()

  await comesBack()
  await page.getByRole('heading', { name: 'Wysłane wpisy' }).waitFor()
  await page.getByText(`${minute} koperta, ${number}`, { exact: true }).waitFor()
  await page.goto(`${door}/koperty`)
  await page.getByRole('heading', { level: 1, name: 'Lista kopert do przekazania' }).waitFor()
  const row = await page.getByRole('row', { name: number }).innerText()
  assert.match(row, new RegExp(`${number}\\s+${minute}\\s`))
  assert.equal(await page.getByText(taken).count(), 0)
})

test('where papers are not taken the page says where they are', async () => {
  const page = await openPerson(browser, address)
  await signIn(page)
  await page.goto(`${base}/bez-sieci`)
  await page.getByRole('button', { name: 'Chce złożyć dokumenty – gdzie' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dokumenty – inny budynek' }).waitFor()
  assert.ok(!(await page.getByRole('button', { name: 'Przyjmij kopertę' }).isVisible()))
  await look(page, 'door-offline-papers-elsewhere')
})

test('what is kept of the day goes when the day is over, by the clock of the device, and signed passes are still read', async () => {
  const page = await openPerson(browser, address)
  await signIn(page)
  const during = await keptBy(page)
  assert.ok((during.lists[0]?.visits.length ?? 0) > 3 && during.pages > 5)
  await goesAway()
  await page.clock.install({ time: new Date(Date.now() + 16 * 3_600_000) })
  await page.goto(`${base}/bez-sieci`)
  await page.getByText('Nie ma listy na dziś.').waitFor()
  await page.getByText('Można sprawdzić tylko podpisane przepustki.').waitFor()
  const kept = await keptBy(page)
  assert.deepEqual(kept.lists, [{ over: true, visits: [], hashKey: null }])
  await scan(page, passOf(valid), 'Inny dzień')
  await look(page, 'door-offline-no-list')
  await page.keyboard.type(valid.reference)
  await page.keyboard.press('Enter')
  await page.getByText('Bez listy można sprawdzić tylko').waitFor()
  await comesBack()
})

test('with signing out everything of the day goes from the browser', async () => {
  const page = await openPerson(browser, address)
  await signIn(page)
  assert.ok((await keptBy(page)).lists.length > 0)
  await page.getByRole('button', { name: 'Wyloguj' }).click()
  await page.getByLabel('Login').waitFor()
  const kept = await keptBy(page)
  assert.deepEqual([kept.lists, kept.pages], [[], 0])
})

test('a clock that is wrong by ten minutes is said, and the entry has the office’s minute all the same', async () => {
  const visit = await visitAt('10:00')
  clock.moveTo(at('09:50'))
  const page = await openPerson(browser, address)
  await page.clock.install({ time: new Date(Date.now() + 600_000) })
  await page.clock.resume()
  await signIn(page)
  await goesAway()
  await scan(page, passOf(visit), /^Wejście$/)
  await page.getByText('Zegar tego urządzenia myli się o 10 min.').waitFor()
  clock.moveTo(at('10:05'))
  await comesBack()
  await page.getByRole('heading', { name: 'Wysłane wpisy' }).waitFor()
  const arrivedAt = (await findVisit(pool, visit.reference))?.arrivedAt
  assert.ok(arrivedAt != null && arrivedAt.since(at('09:50')).total('minutes') < 5, String(arrivedAt))
  await page.getByRole('link', { name: 'Pokaż wpisy do wyjaśnienia' }).click()
  await page.getByRole('heading', { name: 'Zegar urządzenia mylił się o 10 minut' }).waitFor()
})

test('a browser that kept nothing says so in words when the server is away', async () => {
  const page = await openPerson(browser, address)
  await page.addInitScript("Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })")
  await page.addInitScript('delete Navigator.prototype.serviceWorker')
  await page.goto(base)
  await page.getByLabel('Login').fill(guard?.login ?? '')
  await page.getByLabel('Hasło').fill(guard?.password ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${base}`)
  await page.getByText('Ta przeglądarka nie może działać bez łączności.').waitFor()
  await untilTrue(page, 'document.activeElement.id === "kod"')
  await goesAway()
  await page.keyboard.type(early.reference)
  await page.keyboard.press('Enter')
  await page.getByText('Brak łączności. Proszę wpuścić według listy i zapisać wejście później.').waitFor()
  await comesBack()
})
