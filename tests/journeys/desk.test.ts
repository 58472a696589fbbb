/**
 * A desk in a real browser, by keyboard alone: call, call again, start, finish; focus goes to the
 * number after each act and is not stolen by what happens elsewhere.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { instantOf, officeDay } from '../../src/platform/clock.js'
import { callNext, openDesk as takeDesk, spacedTicket } from '../../src/queue/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, untilTrue } from '../support/browser.js'
import { serveByKeys, timeKeys } from '../support/desk-by-keys.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { staffDesks, waits } from '../support/waiting.js'

const office = await testLeszno()
const { context, clock } = office
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})
const clerk = await signedIn(context, 'desk', { unitId: 'wydzial-spraw-obywatelskich' })
const arrive = () => waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now(), name: 'Zofia Przykładowa' })

/** Presses the key named in the session once more when the next page has loaded, as a finger too quick for the test's own. */
const pressAgain = `addEventListener('load', () => {
  const key = document.body.dataset.keyRests && sessionStorage.getItem('again')
  if (!key) return
  sessionStorage.removeItem('again')
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
})`

async function openDesk(javaScript = true) {
  const page = await openPerson(browser, address, { javaScript })
  await page.addInitScript(pressAgain)
  await enterAs(page, address, clerk.headers)
  await page.goto('/praca/stanowisko/walowa-5%2F4%2F1')
  return page
}

test('by function keys alone, with axe at each stop', async () => {
  await arrive()
  const page = await openDesk()
  await page.locator('[data-live-now="live"]').waitFor()
  await assertAccessible(page)
  // The key that opened the desk rests for a moment, so that pressed twice it calls nobody: here as soon as the page is there.
  await page.evaluate("sessionStorage.setItem('again', 'F2')")
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: 'Przerwa' }).waitFor()
  await untilTrue(page, "sessionStorage.getItem('again') === null")
  await page.locator('body:not([data-key-rests])').waitFor()
  await page.getByRole('heading', { name: 'Nikogo nie ma' }).waitFor()
  await page.keyboard.press('F2')
  const number = page.getByRole('heading', { name: 'D 001' })
  await number.waitFor()
  // The focus is on the number, as soon as the page's script has run.
  await untilTrue(page, "document.activeElement.id === 'teraz'")
  assert.doesNotMatch(await page.title(), /Zofia|D 001/)
  await assertAccessible(page)

  // Someone else comes: the count changes, the focus stays.
  await arrive()
  context.changes.publish('queue:walowa-5')
  await page.getByText('Czeka 1 osoba').waitFor()
  assert.equal(await page.evaluate('document.activeElement.id'), 'teraz')

  clock.moveTo(clock.now().add({ seconds: 60 }))
  await page.keyboard.press('F4')
  await page.getByText('2 razy').waitFor()
  await page.keyboard.press('F7')
  await page.getByText('W obsłudze').waitFor()
  await assertAccessible(page)
  await page.keyboard.press('F8')
  await page.getByRole('heading', { name: 'Nikogo nie ma' }).waitFor()
})

test('who was called elsewhere is gone from the list by itself, and what came too late is a sentence', async () => {
  await staffDesks(context, ['walowa-5/4/2'])
  const page = await openDesk()
  await page.getByText('Czeka 1 osoba').waitFor()
  await callNext(context, { desk: 'walowa-5/4/2', actor: 'account:1', now: clock.now() })
  await page.getByText('Nikt nie czeka').first().waitFor()
  await page.keyboard.press('F2')
  await page.getByText('Nikt nie czeka na to stanowisko.').waitFor()
  await assertAccessible(page)
})

test('without script the buttons are forms', async () => {
  await arrive()
  const page = await openDesk(false)
  await page.getByRole('button', { name: 'Wezwij następną osobę' }).click()
  await page.getByRole('button', { name: 'Rozpocznij obsługę' }).click()
  await page.getByRole('button', { name: 'Zakończ' }).click()
  await page.getByRole('heading', { name: 'Nikogo nie ma' }).waitFor()
})

test('people are called, served and finished by keys alone, in their order', async (told) => {
  const day = officeDay(clock.now())
  clock.moveTo(instantOf(day, 9 * 60))
  await context.database.pool.query('delete from live_place')
  await context.database.pool.query("update visit set state = 'left' where state in ('arrived', 'called', 'serving', 'parked')")
  const tickets: string[] = []
  for (let person = 0; person < 12; person += 1) tickets.push(spacedTicket((await arrive()).ticket ?? ''))
  await context.database.pool.query('delete from desk_session')
  await takeDesk(context, { desk: 'walowa-5/4/1', actor: 'system', now: clock.now(), accountId: clerk.accountId })
  const page = await openPerson(browser, address)
  await enterAs(page, address, clerk.headers)
  await timeKeys(page)
  await page.goto('/praca/stanowisko/walowa-5%2F4%2F1')
  await page.locator('#wezwij').waitFor()
  const { took, numbers } = await serveByKeys(page, 12)
  assert.deepEqual(numbers, tickets)
  assert.equal(took.length, 36)
  await page.getByText('Nikt nie czeka').waitFor()
  told.diagnostic(`key to new state, milliseconds: median ${Math.round(took.toSorted((a, b) => a - b)[18] ?? 0)}`)
})
