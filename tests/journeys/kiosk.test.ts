/**
 * The kiosk in a real browser: paired by typing a code, worked by a scanner, by fingers and by five
 * keys; it asks before it clears, says when the network is lost, and comes back by itself. Axe looks
 * at every screen, in each look of it.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../src/app.js'
import { machineClock } from '../../src/platform/clock.js'
import { makeDevice } from '../../src/device/index.js'
import { assertAccessible, openBrowser, openPerson, screenshot, untilTrue, type Page } from '../support/browser.js'
import { pairedDevice } from '../support/devices.js'
import { testDatabase, testLeszno } from '../support/office.js'
import { testPrinter } from '../support/printer.js'
import { smallOffice } from '../support/small-office.js'
import { signedIn } from '../support/staff.js'
import { bookedVisit } from '../support/visits.js'
import { staffDesks } from '../support/waiting.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const tomorrow = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const book = (time: string) => bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow(time) })
const [first, second, spoken, early] = [await book('09:00'), await book('09:00'), await book('09:00'), await book('12:00')]
clock.moveTo(tomorrow('08:55'))
const printer = await testPrinter()
let app: FastifyInstance = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const port = Number(new URL(address).port)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
  await printer.close()
})
const pictures = process.env['OKIENKO_PICTURES']

async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page)
  if (!pictures) return
  const before = page.viewportSize()
  for (const [width, height] of [
    [1080, 1920],
    [1280, 1024],
  ] as const) {
    await page.setViewportSize({ width, height })
    await screenshot(page, `${pictures}/${name}-${width}.png`)
  }
  if (before) await page.setViewportSize(before)
}

async function scan(page: Page, code: string): Promise<void> {
  // No click: the field must have the focus by itself.
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

/** A kiosk at work, in a browser with its cookie. */
async function kioskPage(options: { javaScript?: boolean } = {}): Promise<Page> {
  const { cookie } = await pairedDevice(context, 'kiosk', 'walowa-5', { printer: { host: printer.host, port: printer.port } })
  const page = await openPerson(browser, address, options)
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: address }])
  await page.setViewportSize({ width: 1080, height: 1920 })
  return page
}

const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor()

test('a device is paired by its code, and a scanner alone brings a ticket that is printed', async () => {
  const { accountId } = await signedIn(context, 'administrator')
  const settings = { printer: { host: printer.host, port: printer.port } }
  const made = await makeDevice(
    context,
    { kind: 'kiosk', name: 'Kiosk w holu', buildingId: 'walowa-5', settings },
    { accountId, now: clock.now(), machineNow: machineClock.now() },
  )
  const page = await openPerson(browser, address)
  await page.goto('/kiosk')
  await page.waitForURL('**/urzadzenie?dlaczego=not-a-device')
  await look(page, 'pairing')
  await page.getByLabel('Kod urządzenia').fill(made.code)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/kiosk')
  await look(page, 'start')
  await scan(page, `${context.publicUrl}/q/${context.secrets.passToken(first.id)}`)
  await heading(page, 'To jest numerek')
  await page.getByText('D 001').waitFor()
  await page.getByText('Numerek jest wydrukowany.').waitFor()
  await look(page, 'ticket')
  assert.equal(printer.printed.length, 1)
  // The same code again, as when somebody holds it to the reader twice: the same number, and no paper.
  await page.getByRole('link', { name: 'Zakończ' }).click()
  await heading(page, 'Dzień dobry. Czy ma Pan lub Pani umówioną wizytę?')
  await scan(page, first.reference)
  await heading(page, 'To jest numerek')
  await page.getByText('D 001').waitFor()
  await page.getByText('Numerek jest wydrukowany.').waitFor()
  assert.deepEqual([printer.printed.length, printer.connections], [1, 1])
  printer.behaviour = 'paper-out'
  await page.getByRole('link', { name: 'Zakończ' }).click()
  await page.waitForURL('**/kiosk')
  await scan(page, second.reference)
  await page.getByText('Numerek się nie wydrukował').waitFor()
  await look(page, 'ticket-not-printed')
  printer.behaviour = 'works'
})

test('fingers: the number on the keys of the screen, each look of it, three languages, and help', async () => {
  const page = await kioskPage()
  await page.goto('/kiosk')
  await page.getByRole('link', { name: 'Tak, mam umówioną wizytę' }).click()
  await heading(page, 'Proszę przyłożyć kod albo wpisać numer wizyty')
  await look(page, 'code')
  for (const key of early.reference) await page.getByRole('button', { name: key, exact: true }).click()
  assert.equal(await page.getByLabel('Numer wizyty').inputValue(), early.reference)
  await page.getByRole('button', { name: 'Dalej' }).click()
  await heading(page, 'Za wcześnie. Wejście od 11:45.')
  await look(page, 'too-early')
  for (const [key, name] of [
    ['Większy tekst', 'larger'],
    ['Kontrast', 'contrast'],
    ['Wszystko niżej', 'low'],
  ] as const) {
    await page.getByRole('button', { name: key }).click()
    await page.locator(`.okienko-kiosk--${name}`).waitFor()
    await look(page, `too-early-${name}`)
  }
  await page.getByRole('link', { name: 'Українська' }).click()
  await page.waitForURL('**/uk/kiosk/odpowiedz')
  await look(page, 'too-early-uk')
  await page.getByRole('link', { name: 'Мені потрібна допомога' }).click()
  await heading(page, 'Допомога')
  await look(page, 'help-uk')
  await page.getByRole('link', { name: 'Завершити' }).click()
  await heading(page, 'Dzień dobry. Czy ma Pan lub Pani umówioną wizytę?')
  assert.equal(await page.locator('.okienko-kiosk--low').count(), 0, 'nothing is left of the person')
})

test('targets are at least 20 mm, and in the low look nothing stands in the upper half', async () => {
  const page = await kioskPage()
  const least = (20 / 25.4) * 96 - 0.5
  for (const path of ['/kiosk', '/kiosk/wizyta', '/kiosk/zapomniane', '/kiosk/sprawy', '/kiosk/sprawa/dowody-osobiste']) {
    await page.goto(path)
    for (const target of await page
      .locator('.okienko-kiosk__main a, .okienko-kiosk button, .okienko-kiosk input:not([type=hidden]), .okienko-kiosk__foot a')
      .all()) {
      const box = await target.boundingBox()
      // What is folded away in the question about time is not there yet.
      if (box === null) continue
      assert.ok(box.width >= least && box.height >= least, `${path}: ${await target.innerText()} ${box.width} × ${box.height}`)
    }
  }
  await page.goto('/kiosk')
  await page.getByRole('button', { name: 'Wszystko niżej' }).click()
  await page.locator('.okienko-kiosk--low').waitFor()
  for (const path of ['/kiosk', '/kiosk/wizyta', '/kiosk/sprawy', '/kiosk/sprawa/dowody-osobiste']) {
    await page.goto(path)
    for (const target of await page.locator('.okienko-kiosk a, .okienko-kiosk button, .okienko-kiosk h1').all()) {
      const box = await target.boundingBox()
      if (box !== null) assert.ok(box.y >= 960 && box.y + box.height <= 1920, `${path}: ${await target.innerText()} at ${box.y}`)
    }
  }
})

test('the languages can be read in each look', async () => {
  // Axe says nothing of letters in the very colour of their ground.
  const page = await kioskPage()
  for (const key of [null, 'Kontrast']) {
    await page.goto('/kiosk')
    if (key !== null) await page.getByRole('button', { name: key }).click()
    if (key !== null) await page.locator('.okienko-kiosk--contrast').waitFor()
    const colours = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.okienko-languages li > *')].map((each) => getComputedStyle(each).color)`,
    )
    const ground = await page.evaluate<string>(`getComputedStyle(document.querySelector('.okienko-kiosk')).backgroundColor`)
    assert.equal(colours.length, 3)
    assert.ok(!colours.includes(ground), `${colours.join()} on ${ground}`)
  }
})

test('five keys are enough: down, up, ok, help; the hour and digits are typed, and a wrong one is said', async () => {
  const page = await kioskPage()
  await page.goto('/kiosk')
  const focused = (text: string): Promise<void> => untilTrue(page, `document.activeElement.innerText.includes(${JSON.stringify(text)})`)
  await page.keyboard.press('ArrowUp')
  await focused('Nie mam umówionej wizyty')
  await page.keyboard.press('Enter')
  await heading(page, 'Czego dotyczy sprawa?')
  await look(page, 'matters')
  await page.getByRole('link', { name: 'Wydział Komunikacji' }).click()
  await heading(page, 'Jaka to sprawa?')
  await look(page, 'matters-groups')
  await page.goto('/kiosk/sprawa/dowody-osobiste')
  await heading(page, 'Nie można teraz wejść bez umówionej wizyty.')
  await look(page, 'no-booking')
  await page.keyboard.press('F1')
  await heading(page, 'Pomoc')
  await page.goto('/kiosk/zapomniane')
  await look(page, 'hour')
  await scan(page, '0900')
  await heading(page, 'Jakie są cztery ostatnie cyfry telefonu podanego przy umawianiu?')
  await scan(page, '1234')
  await page.getByText('Nie znaleźliśmy jednej takiej wizyty').waitFor()
  await look(page, 'phone-not-found')
})

test('nobody’s turn outlasts the person: asked after half a minute, cleared after another', async () => {
  const page = await kioskPage()
  await page.goto('/kiosk/wizyta')
  const ask = page.locator('[data-kiosk-ask]')
  assert.deepEqual([await ask.getAttribute('data-kiosk-ask'), await ask.getAttribute('data-kiosk-clear')], ['30', '30'])
  // A second stands for the half minute: the page asks its own marks how long to wait.
  const waits = (asked: number, cleared: number): Promise<void> =>
    page.evaluate(`Object.assign(document.querySelector('[data-kiosk-ask]').dataset, { kioskAsk: ${asked}, kioskClear: ${cleared} })`)
  await waits(1, 600)
  await page.getByRole('alertdialog').waitFor()
  await look(page, 'more-time')
  await waits(600, 600)
  await page.getByRole('button', { name: 'Tak, potrzebuję więcej czasu' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  assert.match(page.url(), /\/kiosk\/wizyta$/, 'the turn goes on')
  await waits(1, 1)
  await page.getByRole('alertdialog').waitFor()
  await page.waitForURL('**/kiosk')
})

/** Remembers which sounds a page began to play, and which still do. */
const ear = `
  globalThis.played = []
  const real = HTMLMediaElement.prototype.play
  HTMLMediaElement.prototype.play = function () {
    played.push(this)
    return real.call(this)
  }
  globalThis.heard = () => played.map((sound) => new URL(sound.src).pathname.replace(/^.assets.[^/]*.audio.(.*).opus$/, '$1'))
  globalThis.sounding = () => played.filter((sound) => !sound.paused && !sound.ended).length`

test('the screen is read aloud once that is asked for: how it goes, the screen, each key; a new sentence ends the one before', async () => {
  const page = await kioskPage()
  await page.addInitScript(ear)
  await page.goto('/kiosk/wizyta')
  const words = await page.evaluate<{ clips: Record<string, string> }>("fetch('/kiosk/mowa').then((answer) => answer.json())")
  const clip = (text: string): string => {
    const found = words.clips[text]
    assert.ok(found !== undefined, text)
    return found
  }
  const hears = (texts: readonly string[]): Promise<void> =>
    untilTrue(page, `heard().join().includes(${JSON.stringify(texts.map(clip).join())})`)
  assert.deepEqual(await page.evaluate('heard()'), [], 'nothing by itself')
  await page.keyboard.press('F9')
  await page.locator('[data-speech-on="yes"]').waitFor({ state: 'attached' })
  await hears(['Ten ekran jest czytany', 'Strzałka w dół czyta następny przycisk'])
  await page.keyboard.press('F9')
  await hears(['Proszę przyłożyć kod albo wpisać numer wizyty', 'Numer wizyty', 'Osiem znaków z potwierdzenia wizyty'])
  // The keys: the focus is heard, and what was being said ends.
  await page.locator('.okienko-kiosk__field').press('ArrowUp')
  await page.locator('a[href="/kiosk/zapomniane"]').focus()
  await hears(['Nie mam przy sobie numeru'])
  await untilTrue(page, 'sounding() <= 1')
  await page.getByLabel('Numer wizyty').press('K')
  await untilTrue(page, "heard().at(-1) === 'pl/letter-k'")
  await page.keyboard.press('F8')
  await hears(['Głośność'])
  await untilTrue(page, 'played.at(-1).volume === 1')
  await look(page, 'code-spoken')
  // Leaving ends all; the next screen is read, and how it goes is not said twice.
  await page.getByRole('link', { name: 'Wstecz' }).click()
  await heading(page, 'Dzień dobry. Czy ma Pan lub Pani umówioną wizytę?')
  await hears(['Dzień dobry', 'Czy ma Pan lub Pani umówioną wizytę'])
  assert.ok(!(await page.evaluate<string[]>('heard()')).includes(clip('Ten ekran jest czytany')))
  // The question about time is heard too.
  await page.evaluate("Object.assign(document.querySelector('[data-kiosk-ask]').dataset, { kioskAsk: 0, kioskClear: 600 })")
  await page.getByRole('alertdialog').waitFor()
  await hears(['Czy potrzeba więcej czasu', 'Bez odpowiedzi za'])
  await page.getByRole('alertdialog').getByRole('link', { name: 'Zakończ' }).click()
  await page.locator('[data-speech-on="no"]').waitFor({ state: 'attached' })
  assert.deepEqual(await page.evaluate('heard()'), [], 'the next person is not read to')
})

test('a number on paper and where to wait are heard; leaving in the middle ends the sound', async () => {
  const page = await kioskPage()
  await page.addInitScript(ear)
  await page.goto('/kiosk')
  await page.getByRole('button', { name: 'Słuchaj' }).click()
  await page.locator('[data-speech-on="yes"]').waitFor({ state: 'attached' })
  await page.goto('/kiosk/wizyta')
  await scan(page, spoken.reference)
  await heading(page, 'To jest numerek')
  await untilTrue(page, "heard().some((name, index, all) => name === 'pl/letter-d' && /^pl.\\d+$/.test(all[index + 1] ?? ''))")
  // What no clip says: that it is on the screen; where the machine has a voice of its own, by that one and no other.
  const { clips } = await page.evaluate<{ clips: Record<string, string> }>("fetch('/kiosk/mowa').then((answer) => answer.json())")
  await page.evaluate("document.querySelector('h1').textContent = 'Coś nowego'")
  await page.keyboard.press('F9')
  await untilTrue(page, `heard().includes(${JSON.stringify(clips['Ta część jest tylko na ekranie'])})`)
  await page.evaluate(`
    globalThis.read = []
    globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text } }
    speechSynthesis.getVoices = () => [{ name: 'far', lang: 'pl-PL', localService: false }, { name: 'near', lang: 'pl-PL', localService: true }]
    speechSynthesis.speak = (said) => { read.push(said.voice.name + ': ' + said.text); said.dispatchEvent(new Event('end')) }`)
  await page.keyboard.press('F9')
  await untilTrue(page, "read[0] === 'near: Coś nowego'")
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
  await untilTrue(page, 'sounding() === 0')
  const count = await page.evaluate<number>('played.length')
  await page.waitForTimeout(600)
  assert.equal(await page.evaluate('played.length'), count, 'nothing more is said')
})

test('the network is lost: the screen points to a person and shows no number; it comes back by itself', async () => {
  const page = await kioskPage()
  // Its own clock is ten minutes slow: nothing goes by it.
  await page.clock.install({ time: Date.now() - 600_000 })
  await page.goto('/kiosk/wizyta')
  await app.close()
  await page.clock.runFor(6_000)
  await page.getByText('Kiosk nie ma teraz łączności').waitFor()
  await page.getByText('Proszę podejść do osoby przy wejściu').first().waitFor()
  await page.setViewportSize({ width: 1080, height: 1920 })
  if (pictures) await screenshot(page, `${pictures}/lost-1080.png`)
  await page.clock.runFor(60_000)
  assert.match(page.url(), /\/kiosk\/wizyta$/, 'the page stays: nothing leads to the browser’s own error')
  app = await createApp(context)
  await app.listen({ port, host: '127.0.0.1' })
  await page.clock.runFor(11_000)
  await heading(page, 'Dzień dobry. Czy ma Pan lub Pani umówioną wizytę?')
})

test('without script: a number by the keys of the screen, and a ticket', async () => {
  const third = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow('09:15') })
  clock.moveTo(tomorrow('09:05'))
  const page = await kioskPage({ javaScript: false })
  await page.goto('/kiosk/wizyta')
  for (const key of third.reference) await page.getByRole('button', { name: key, exact: true }).click()
  await page.getByRole('button', { name: 'Dalej' }).click()
  await heading(page, 'To jest numerek')
})

test('where one may walk in: from the tree of matters to a ticket', async () => {
  const small = await testDatabase()
  await smallOffice(small, {}, { mode: 'booking-optional' })
  small.clock.moveTo(Temporal.Instant.from('2020-05-25T07:00:00Z'))
  await staffDesks(small.context, ['hall/1/1'])
  const { cookie } = await pairedDevice(small.context, 'kiosk', 'hall')
  const its = await createApp(small.context)
  const there = await its.listen({ port: 0, host: '127.0.0.1' })
  try {
    const page = await openPerson(browser, there)
    const [name = '', value = ''] = cookie.split('=')
    await page.context().addCookies([{ name, value, url: there }])
    await page.goto('/en/kiosk')
    await page.getByRole('link', { name: 'I have no appointment' }).click()
    await page.getByRole('link', { name: 'Sprawa krótka' }).click()
    await heading(page, 'Do you want a ticket?')
    await look(page, 'take')
    await page.getByRole('button', { name: 'Yes, a ticket please' }).click()
    await page.getByText('A 001').waitFor()
    await look(page, 'ticket-walk-in')
  } finally {
    await its.close()
  }
})
