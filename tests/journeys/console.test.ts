/**
 * Calls by keyboard alone: ten callers are booked, one is found, moved and cancelled. Keys besides the
 * name and the phone are counted, and how much of the time is the server's.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { makeRequest } from '../../src/booking/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { textOf } from '../support/html.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { somebody } from '../support/visits.js'

const keysMax = 25
const { context, clock } = await testLeszno()
const app = await createApp(context)
let serverMs = 0
app.addHook('onResponse', async (_request, reply) => void (serverMs += reply.elapsedTime))
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
const faults: Error[] = []
after(async () => {
  assert.deepEqual(faults, [], 'no script fails')
  await browser.close()
  await app.close()
})
const clerk = await signedIn(context, 'service-office')
const { pool } = context.database

async function openConsole(javaScript = true): Promise<Page> {
  const page = await openPerson(browser, address, { javaScript })
  page.on('pageerror', (fault) => faults.push(fault))
  await enterAs(page, address, clerk.headers)
  await page.goto('/praca/obsluga')
  return page
}

async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page)
  const folder = process.env['OKIENKO_PICTURES']
  if (folder === undefined) return
  await screenshot(page, `${folder}/${name}.png`)
  await page.setViewportSize({ width: 390, height: 900 })
  await screenshot(page, `${folder}/${name}-390.png`)
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** Hands that count: names and phones are typed all the same, and not counted. */
function hands(page: Page): {
  press(...keys: string[]): Promise<void>
  type(text: string): Promise<void>
  said(text: string): Promise<void>
  readonly keys: number
} {
  let keys = 0
  return {
    async press(...pressed) {
      for (const key of pressed) {
        await page.keyboard.press(key)
        keys += 1
      }
    },
    async type(text) {
      await page.keyboard.type(text)
      keys += text.length
    },
    said: (text) => page.keyboard.type(text),
    get keys() {
      return keys
    },
  }
}

const focusOn = (page: Page, selector: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector)

/** Office time passes, so that a key pressed a second ago is no second press. */
const rest = (page: Page): Promise<unknown> => page.waitForFunction(() => document.body.dataset['keyRests'] === undefined)

const callers = [
  ['dow', 'Zofia Łęcka', '601000001'],
  ['rej poj', 'Adam Nowak', ''],
  ['prawo ja', 'Ewa Przykładowa', '601000003'],
  ['dow', 'Jan Próbny', ''],
  ['meld', 'Olga Zmyślona', '601000005'],
  ['rej poj', 'Piotr Zmyślony', '601000006'],
  ['dow', 'Wanda Klawiszowa', ''],
  ['slub', 'Marek Przykład', '601000008'],
  ['rej poj', 'Iga Testowa', '601000009'],
  ['dow', 'Leon Ostatni', '601000010'],
] as const

test('ten callers are booked by keys alone, each by at most 25 besides the name', async (t) => {
  const page = await openConsole()
  await look(page, 'console')
  const counts: number[] = []
  const from = performance.now()
  for (const [index, [words, name, phone]] of callers.entries()) {
    const hand = hands(page)
    await rest(page)
    await hand.press('F2')
    await page.getByText('Rozmowa od').waitFor()
    await focusOn(page, '#szukana-sprawa')
    await hand.type(words)
    if (index === 0) {
      await page.getByRole('option').first().waitFor()
      await look(page, 'console-suggested')
    }
    await hand.press('Enter')
    await page.waitForURL('**/umow/*')
    await focusOn(page, 'input[name="start"]')
    if (index === 0) await look(page, 'console-book')
    await hand.press('1', '2', 'Enter')
    await page.getByText('Nikt inny go teraz nie weźmie').waitFor()
    await focusOn(page, 'input[name="name"]')
    if (index === 0) await look(page, 'console-kept')
    await hand.said(name)
    if (phone !== '') {
      await hand.press('Tab')
      await hand.said(phone)
    }
    await hand.press('Enter')
    await page.waitForURL('**/wizyta/*')
    await page.getByRole('heading', { name: 'Do odczytania rozmówcy' }).waitFor()
    if (index === 0) await look(page, 'console-booked')
    counts.push(hand.keys)
  }
  const wholeMs = performance.now() - from
  t.diagnostic(
    `keys besides the name and phone: ${counts.join(', ')}; of ${Math.round(wholeMs)} ms the server's part ${Math.round(serverMs)} ms`,
  )
  assert.ok(counts.every((keys) => keys <= keysMax))
  const { rows } = await pool.query(
    `select count(*)::int as visits from visit where state = 'booked' and channel = 'phone' and booked_by = $1`,
    [clerk.accountId],
  )
  assert.deepEqual(rows, [{ visits: callers.length }])
  const calls = await pool.query<{ outcome: string | null; ended: boolean }>(
    `select outcome, ended_at is not null as ended from phone_call where account_id = $1 order by id`,
    [clerk.accountId],
  )
  assert.deepEqual(
    calls.rows,
    callers.map((_, index) => ({ outcome: 'booked', ended: index < callers.length - 1 })),
  )
  assert.equal((await pool.query(`select from visit where state = 'held' and kind = 'booked'`)).rowCount, 0)
})

test('a caller is found by phone, moved and cancelled as fast; once the visit is over the phone finds nothing', async (t) => {
  const page = await openConsole()
  const hand = hands(page)
  await hand.press('F2')
  await page.getByText('Rozmowa od').waitFor()
  await hand.press('F3')
  await hand.said('601 000 003')
  await hand.press('Enter')
  await page.getByText('Znaleziono 1 wizytę').waitFor()
  await focusOn(page, 'td a')
  await hand.press('Enter')
  await page.waitForURL('**/wizyta/*')
  const found = hand.keys
  await hand.press('F6')
  await page.waitForURL('**/zmien')
  await focusOn(page, 'input[name="start"]')
  await hand.press('2', '3', 'Enter', 'Enter')
  await page.getByText('Termin wizyty został zmieniony').waitFor()
  const moved = hand.keys
  await rest(page)
  await hand.press('F10')
  await page.waitForURL('**/odwolaj')
  await focusOn(page, 'input[name="powod"]')
  await hand.press('Space', 'Enter')
  await page.getByText('Wizyta została odwołana').waitFor()
  t.diagnostic(`keys besides the phone: found by ${found}, moved by ${moved - found}, cancelled by ${hand.keys - moved}`)
  assert.ok(hand.keys <= keysMax)
  const { rows } = await pool.query(`select outcome from phone_call where account_id = $1 order by id desc limit 1`, [clerk.accountId])
  assert.deepEqual(rows, [{ outcome: 'cancelled' }])
  await page.goto('/praca/obsluga')
  await page.locator('[name="szukane"]').fill('601000003')
  await page.keyboard.press('Enter')
  await page.getByText('Nie znaleziono wizyty').waitFor()
})

test('leaving the page gives a kept time back; one that ran out is said to, and booked while it is free', async () => {
  const page = await openConsole()
  await page.goto('/praca/obsluga/umow/dowody-osobiste')
  await focusOn(page, 'input[name="start"]')
  for (const key of ['1', '1', 'Enter']) await page.keyboard.press(key)
  await page.getByText('Nikt inny go teraz nie weźmie').waitFor()
  assert.equal((await pool.query(`select from visit where state = 'held' and kind = 'booked'`)).rowCount, 1)
  await page.locator('input[name="start"]:checked').focus()
  await page.keyboard.press('ArrowRight')
  await page.getByText('Wybrany termin nie jest wstrzymany').waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.getByText('Nikt inny go teraz nie weźmie').waitFor()
  await app.inject({ method: 'POST', url: '/praca/obsluga/pusc', headers: clerk.headers })
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByText('Wybrany termin nie jest wstrzymany').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Nikt inny go teraz nie weźmie').waitFor()
  await page.goto('/praca/prosby')
  const from = performance.now()
  while ((await pool.query(`select from visit where state = 'held' and kind = 'booked'`)).rowCount !== 0)
    assert.ok(performance.now() - from < 10_000)

  await page.clock.install()
  await page.goto('/praca/obsluga/umow/dowody-osobiste')
  await focusOn(page, 'input[name="start"]')
  const chosen = (await page.locator('[data-day] input[data-digit="1"]').first().getAttribute('value')) ?? ''
  for (const key of ['1', '1', 'Enter']) await page.keyboard.press(key)
  await page.getByText('Nikt inny go teraz nie weźmie').waitFor()
  clock.moveTo(clock.now().add({ minutes: 6 }))
  await page.clock.fastForward('06:00')
  await page.getByText('Wstrzymanie skończyło się o').waitFor()
  await page.keyboard.type('Wanda Cierpliwa')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/wizyta/*')
  const { rows } = await pool.query<{ starts_at: Temporal.Instant }>(`select starts_at from visit where person_name = 'Wanda Cierpliwa'`)
  assert.equal(rows[0]?.starts_at.toString(), chosen, 'it was still free, and is booked')
})

test('without script the same is done by lists and buttons', async () => {
  const page = await openConsole(false)
  await page.locator('button', { hasText: 'Nowa rozmowa' }).click()
  await page.locator('[name="sprawa"]').fill('dow')
  await page.locator('button', { hasText: 'Pokaż sprawy' }).click()
  await page.locator('a[href="/praca/obsluga/umow/dowody-osobiste"]').click()
  await page.locator('[name="start"]').first().check()
  await page.locator('button', { hasText: 'Wstrzymaj termin' }).click()
  await page.getByText('Nikt inny go teraz nie weźmie').waitFor()
  await page.locator('[name="name"]').fill('Ewa Bezskryptowa')
  await page.locator('button', { hasText: 'Umów wizytę' }).last().click()
  await page.getByRole('heading', { name: 'Do odczytania rozmówcy' }).waitFor()
})

test('who runs the unit begins with what waits too long and who is to be rung; others do not', async () => {
  const made = await makeRequest(context, {
    serviceId: 'dowody-osobiste',
    times: [],
    person: somebody('Olga Czekająca'),
    key: randomUUID(),
    callBack: { wish: 'call', ringAt: null },
  })
  assert.ok(made.allowed)
  clock.moveTo(clock.now().add({ hours: 25 }))
  const menu = async (unitId: string): Promise<string> =>
    textOf((await app.inject({ url: '/praca', headers: (await signedIn(context, 'head', { unitId })).headers })).payload)
  assert.match(await menu('wydzial-spraw-obywatelskich'), /1 prośba czeka po terminie na odpowiedź.*Trzeba oddzwonić do 1 osoby/)
  assert.doesNotMatch(await menu('wydzial-komunikacji'), /po terminie na odpowiedź|oddzwonić do/)
})
