/**
 * A visit booked by keyboard alone, from the front page to the pass: every stop is marked and in
 * sight, the order is that of the page, nothing holds the focus, the skip link skips.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { openBrowser, openPerson, widths, type Page, untilTrue } from '../support/browser.js'
import { newestMessage } from '../support/confirming.js'
import { testLeszno } from '../support/office.js'
import { focused, type Focused } from '../support/page-checks.js'

const office = await testLeszno()
const app = await createApp(office.context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

/** Stops on any page at most; more is a trap. */
const stopsMax = 250

/** Presses Tab until the focus stands on what is named; every stop on the way is marked and in sight. */
async function tabTo(page: Page, name: RegExp): Promise<Focused> {
  for (let stops = 0; stops < stopsMax; stops++) {
    await page.keyboard.press('Tab')
    const here = await focused(page)
    if (here === null) continue
    assert.ok(here.marked, `${page.url()}: the focus on "${here.name}" is not marked`)
    assert.ok(here.inSight, `${page.url()}: the focus on "${here.name}" is out of sight`)
    if (name.test(here.name)) return here
  }
  return assert.fail(`${page.url()}: no stop named ${name}`)
}

async function arrive(page: Page, where: RegExp): Promise<void> {
  await page.waitForURL(where)
  await page.waitForLoadState('load')
}

/** From the top through the whole page and out of it: the order of the page, no stop twice. */
async function walkThrough(page: Page): Promise<void> {
  const places: number[] = []
  for (let stops = 0; stops < stopsMax; stops++) {
    await page.keyboard.press('Tab')
    const here = await focused(page)
    if (here === null) break
    assert.ok(here.marked && here.inSight, `${page.url()}: "${here.name}" is marked and in sight`)
    const place = await page.evaluate<number>('[...document.querySelectorAll("*")].indexOf(document.activeElement)')
    // The parts of a date are stops of one field.
    if (place !== places.at(-1)) places.push(place)
    assert.ok(stops < stopsMax - 1, `${page.url()} lets the focus go`)
  }
  assert.ok(places.length > 5)
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    `${page.url()}: the order of the stops is that of the page`,
  )
  assert.equal(new Set(places).size, places.length)
}

for (const width of widths) {
  test(`a visit is booked by keyboard alone at ${width} px`, async () => {
    const page = await openPerson(browser, address, { width })
    await page.goto('/')
    await walkThrough(page)
    await page.reload()
    await tabTo(page, /^Wszystkie sprawy$/)
    await page.keyboard.press('Enter')
    await arrive(page, /\/sprawy$/)
    await tabTo(page, /^Rejestracja pojazdów$/)
    await page.keyboard.press('Enter')
    await arrive(page, /\/sprawy\/rejestracja-pojazdow$/)
    await walkThrough(page)
    await page.reload()
    await tabTo(page, /^(Nadal muszę przyjść|Wybierz termin|Wybieram termin)/)
    await page.keyboard.press('Enter')
    await arrive(page, /\/terminy$/)
    // The skip link is first, in sight once it has the focus, and skips what all pages share.
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.className'), 'govuk-skip-link')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.closest("main") !== null'), true)
    // What the visit is for and which times are shown stand before the times: a few links, no more.
    for (let stops = 1; (await page.evaluate('document.activeElement.name')) !== 'start'; stops++) {
      assert.ok(stops <= 8, 'the first free time is a few stops from the skip link')
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    assert.equal(await page.evaluate('document.activeElement.checked'), true)
    await page.keyboard.press('Enter')
    await arrive(page, /\/dane$/)
    await tabTo(page, /^Imię i nazwisko/)
    await page.keyboard.type('Jan Klawiaturowy')
    await tabTo(page, /^Telefon/)
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    // What is wrong is read first, and leads to its field.
    await untilTrue(page, "document.activeElement.className.includes('govuk-error-summary')")
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.name'), 'phone')
    await page.keyboard.press('Control+A')
    await page.keyboard.type(`603 345 ${width % 1000}`.padEnd(11, '0'))
    await page.keyboard.press('Enter')
    await arrive(page, /\/sprawdz$/)
    await walkThrough(page)
    await page.reload()
    await tabTo(page, /^Zarezerwuj wizytę$/)
    await page.keyboard.press('Enter')
    await arrive(page, /\/potwierdz$/)
    await walkThrough(page)
    await page.reload()
    const { code } = await newestMessage(office.context, page)
    await tabTo(page, /^Kod z wiadomości/)
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await arrive(page, /\/wizyta\/[A-Z2-9]{8}$/)
    await walkThrough(page)
    await page.context().close()
  })
}
