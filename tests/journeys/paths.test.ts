/**
 * Each path of a citizen, walked in a browser in every language by addresses and names of fields: links,
 * redirects, forms, errors and messages stay in the language. The browser itself is Polish throughout,
 * so that the language can come from the address alone.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { composers } from '../../src/composers.js'
import { cancel, freeStarts, settleDraws } from '../../src/booking/index.js'
import { directory } from '../../src/directory/index.js'
import { readOutbox } from '../../src/messages/index.js'
import { officeDay } from '../../src/platform/clock.js'
import { languages, words, type Language } from '../../src/platform/words.js'
import { inLanguage } from '../../src/ui/index.js'
import { openBrowser, openPerson, type Page } from '../support/browser.js'
import { unmarkedPolish } from '../support/page-checks.js'
import { inRush, officeOfPages } from '../support/public-pages-booking.js'
import { bookedVisit } from '../support/visits.js'

const office = await officeOfPages()
const { context, clock } = office
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

const registration = 'rejestracja-pojazdow'
const byLot = 'miedzynarodowe-prawo-jazdy'
const inLine = 'nabycie-zbycie-pojazdu'
const times = `/sprawy/${registration}/terminy`
const ref = '[A-Z2-9]{8}'
const matter = '/sprawy/[a-z-]+'
/** The form with a field of the name. */
const formOf = (field: string): string => `main form:has([name=${field}]) button`
const formTo = (action: string): string => `main form[action$="${action}"] button`

interface Walker {
  readonly page: Page
  readonly language: Language
  readonly email: string
  /** Opens an address without a language, as who types it would. */
  open(path: string): Promise<void>
  /** Presses a link or a button that leads to a page at `path`, a pattern without the language. */
  press(selector: string, path: string): Promise<void>
  /** Sends a form with something wrong in it: the same page again, with a summary that leads to the field. */
  wrong(selector: string, path: string): Promise<void>
  /** Follows a link of a message. */
  follow(link: string, path: string): Promise<void>
  type(fields: Readonly<Record<string, string>>): Promise<void>
  /** The newest message to this person, whose subject is that of the key. */
  message(subject: string): Promise<Message>
  /** On the page of a code: a wrong one, then the one of the message. */
  typeCode(subject: string, path: string): Promise<void>
  close(): Promise<void>
}

interface Message {
  readonly text: string
  readonly links: readonly string[]
}

let people = 0

async function walker(language: Language, options: { javaScript?: boolean; email?: string } = {}): Promise<Walker> {
  const page = await openPerson(browser, address, options)
  const email = options.email ?? `osoba${(people += 1)}@example.org`
  const prefix = language === 'pl' ? '' : `/${language}`
  let here = ''
  let mailbox: Page | undefined
  const arrived = async (path: string): Promise<void> => {
    here = path
    const { pathname } = new URL(page.url())
    assert.match(pathname, new RegExp(`^${prefix}${path}$`))
    await assertInLanguage(page, language)
  }
  const going = async (go: () => Promise<unknown>, path: string): Promise<void> => {
    await Promise.all([page.waitForEvent('domcontentloaded'), go()])
    await arrived(path)
  }
  const self: Walker = {
    page,
    language,
    email,
    open: (path) => going(() => page.goto(inLanguage(path, language), { waitUntil: 'commit' }), path === '/' ? '/?' : path),
    press: (selector, path) => going(() => page.locator(selector).first().click(), path),
    async wrong(selector, path) {
      await self.press(selector, path)
      const [error] = await page.locator('.govuk-error-summary a').all()
      const field = await (error ?? assert.fail(`no error on ${page.url()}`)).getAttribute('href')
      assert.equal(await page.locator(`main ${field}`).count(), 1, field ?? '')
    },
    follow: (link, path) => going(() => page.goto(link, { waitUntil: 'commit' }), path),
    async type(fields) {
      for (const [name, value] of Object.entries(fields)) await page.fill(`main [name=${name}]`, value)
    },
    message: async (subject) => newestTo((mailbox ??= await page.context().newPage()), { email, language, subject }),
    async typeCode(subject, path) {
      const { text } = await self.message(subject)
      const code = /\b\d{6}\b/.exec(text)?.[0] ?? assert.fail(text)
      await self.type({ kod: code === '000000' ? '000001' : '000000' })
      await self.wrong(formOf('kod'), here)
      await self.type({ kod: code })
      await self.press(formOf('kod'), path)
    },
    close: () => page.context().close(),
  }
  return self
}

/** The page says its language, has one heading, no words of another language unmarked, and leads on only to pages in it. */
async function assertInLanguage(page: Page, language: Language): Promise<void> {
  const url = page.url()
  const { said, headings, ways } = await page.evaluate(() => ({
    said: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    ways: [...document.querySelectorAll('main a[href^="/"], footer a[href^="/"], main form[action^="/"]')].map(
      (each) => each.getAttribute('href') ?? each.getAttribute('action') ?? '',
    ),
  }))
  assert.deepEqual({ said, headings, url }, { said: language, headings: 1, url })
  const astray = ways.filter((way) => !way.startsWith('/api/') && languageOf(way) !== language)
  assert.deepEqual(astray, [], url)
  if (language !== 'pl') assert.deepEqual(await unmarkedPolish(page, language), [], url)
}

const languageOf = (path: string): string => /^\/(en|uk)(?=[/?#]|$)/.exec(path)?.[1] ?? 'pl'

/** Names that are Polish in every language; a message is plain text and cannot mark them. */
const { office: own, services, buildings, units, rooms } = await directory(context)
const names = [
  own.name,
  ...[services, buildings, units].flatMap((each) => [...each.values()].map(({ name }) => name)),
  ...[...buildings.values()].map((each) => each.address),
  // Room 7 is no word, and would be found in numbers of visits.
  ...[...rooms.values()].map(({ number }) => number).filter((number) => number.length > 3),
].toSorted((one, other) => other.length - one.length)

/** One reads after the other: a row that another takes at the moment would be no message yet. */
let reading = Promise.resolve(0)

/** Reads the mailbox in the person's language: their newest message is in it, as are its links. */
async function newestTo(mailbox: Page, wanted: { email: string; language: Language; subject: string }): Promise<Message> {
  const { email, language, subject } = wanted
  reading = reading.then(() => readOutbox(context, composers))
  await reading
  await mailbox.goto(inLanguage('/skrzynka', language), { waitUntil: 'domcontentloaded' })
  const letter = mailbox.locator('article', { hasText: email }).first()
  const said = await letter.innerText()
  const [expected = ''] = words(language)(subject, { when: '…' }).split('…')
  assert.ok((await letter.locator('h2').innerText()).startsWith(expected), `${expected} – ${said}`)
  assert.equal(await letter.locator('[lang]').count(), 0, said)
  const links = (await letter.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))).map((link) =>
    link.replace(context.publicUrl, ''),
  )
  assert.deepEqual([...new Set(links.map(languageOf))], links.length > 0 ? [language] : [], links.join(' '))
  await letter.evaluate((article, known) => {
    const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = texts.currentNode
      node.nodeValue = known.reduce((text, name) => text.replaceAll(name, ''), node.nodeValue ?? '')
    }
    // Other people's are in their languages.
    for (const other of document.querySelectorAll('article')) if (other !== article) other.remove()
  }, names)
  if (language !== 'pl') assert.deepEqual(await unmarkedPolish(mailbox, language), [])
  return { text: said, links }
}

const linkTo = ({ links, text }: Message, pattern: RegExp): string => links.find((link) => pattern.test(link)) ?? assert.fail(text)

/** On the page of times: the nth of them, and what follows. */
async function choose(person: Walker, nth: number, path: string): Promise<void> {
  await person.page.locator('[name=start]').nth(nth).check()
  await person.press(formOf('start'), path)
}

/** From the page of times to the page of the code, with wrong details once. */
async function toCode(person: Walker, nth: number): Promise<void> {
  const details = `/rezerwacja/${ref}/dane`
  await choose(person, nth, details)
  await person.type({ name: 'Jan Nowak', phone: '12', email: person.email })
  await person.wrong(formOf('name'), details)
  await person.type({ phone: '' })
  await person.press(formOf('name'), `/rezerwacja/${ref}/sprawdz`)
  await person.press(formTo('/sprawdz'), `/wizyta/${ref}/potwierdz`)
}

const typed = { pl: 'przerejstrowanie auta', en: 'register a car', uk: 'перереєстрація авто' } as const

/** People of all languages walk at once, each by another time of the same page. */
function together<T>(walk: (person: Walker, nth: number) => Promise<T>, options?: { javaScript: boolean }): Promise<T[]> {
  return Promise.all(languages.map(async (language, nth) => walk(await walker(language, options), nth)))
}

/** All of them go on, each as they are. */
async function goOn(everybody: readonly Walker[], walk: (person: Walker) => Promise<unknown>): Promise<void> {
  await Promise.all(everybody.map(walk))
}

test('from words to a visit, over the self-check to another time, and cancelled by the link of the message in one step', async () => {
  await together(async (person, nth) => {
    const { page, language } = person
    await person.open('/')
    await person.type({ q: typed[language] })
    await person.press('form[role=search] button', '/sprawy')
    await person.press(`main a[href$="/sprawy/${registration}"]`, `/sprawy/${registration}`)
    await page.locator('main [name=mam]').first().check()
    await person.press(formOf('mam'), `/sprawy/${registration}`)
    assert.equal(new URL(page.url()).searchParams.get('odpowiedz'), 'tak')
    await person.press(`main a[href$="${times}"]`, times)
    await person.wrong(formOf('start'), times)
    await toCode(person, nth * 3)
    await person.typeCode('booking-messages.pending.subject', `/wizyta/${ref}`)
    await person.message('booking-messages.booked.subject')
    for (const answer of ['#bez-objawow', '#z-objawami']) await page.locator(`details${answer} summary`).click()
    await assertInLanguage(page, language)
    await person.press('details#z-objawami a[href$="/zmien"]', `/wizyta/${ref}/zmien`)
    await choose(person, nth * 3 + 1, `/wizyta/${ref}`)
    const moved = await person.message('booking-messages.moved.subject')
    const phone = await walker(language, { email: person.email })
    await phone.follow(linkTo(moved, /\/odwolaj$/), `/wizyta/${ref}/odwolaj`)
    await phone.press(formTo('/odwolaj'), `/wizyta/${ref}`)
    await phone.message('booking-messages.cancelled.subject')
    await phone.press(`main a[href$="/sprawy/${registration}"]`, `/sprawy/${registration}`)
    await phone.close()
    await person.close()
  })
})

test('to a matter by a life event, and by its unit', async () => {
  await together(async (person) => {
    await person.open('/')
    await person.press('main a[href*="/sytuacje/"]', '/sytuacje/[a-z-]+')
    await person.press('main li a[href*="/sprawy/"]', matter)
    await person.open('/sprawy')
    await person.page.click('main a[href$="#wydzial-usc"]')
    await person.press('main a[href*="wydzial=usc"]', '/sprawy')
    assert.equal(new URL(person.page.url()).searchParams.get('wydzial'), 'usc')
    await person.press('main li a[href*="/sprawy/"]', matter)
    await person.close()
  })
})

test('in a rush, without script, a contact is shown by its code and the time is chosen again', async () => {
  const walk = async (person: Walker, nth: number): Promise<void> => {
    await person.open(times)
    await choose(person, 12 + nth, times)
    const contact = `/sprawy/${registration}/kontakt`
    await person.press(`main a[href$="${contact}"]`, contact)
    await person.type({ contact: 'x' })
    await person.wrong(formOf('contact'), contact)
    await person.type({ contact: person.email })
    await person.press(formOf('contact'), `${contact}/${ref}`)
    await person.typeCode('booking-messages.contact-code.subject', times)
    await toCode(person, 12 + nth)
    await person.close()
  }
  await inRush(office, () => together(walk, { javaScript: false }))
})

test('in line from the page of times, a time that is freed is offered and taken; in line for an earlier one, and left', async () => {
  const list = `/sprawy/${inLine}/lista`
  const waiting = await together(async (person) => {
    await person.open(`/sprawy/${inLine}/terminy`)
    await person.press(`main a[href$="${list}"]`, list)
    await person.type({ name: 'Jan Nowak', email: '' })
    await person.wrong(formOf('name'), list)
    await person.type({ email: person.email })
    await person.press(formOf('name'), `/lista/${ref}`)
    const joined = await person.message('waiting.message.joined.subject')
    await person.follow(linkTo(joined, /\/o\//), `/lista/${ref}`)
    return person
  })
  for (const _ of waiting) await freed()
  await goOn(waiting, async (person) => {
    const offer = await person.message('waiting.message.offer.subject')
    await person.follow(linkTo(offer, /\/o\//), `/lista/${ref}`)
    await person.press(formTo('/przyjmij'), `/wizyta/${ref}`)
    await person.message('booking-messages.booked.subject')
    await person.press('main a[href$="/wczesniej"]', `/wizyta/${ref}/wczesniej`)
    await person.press(formTo('/wczesniej'), `/lista/${ref}`)
    await person.message('waiting.message.joined.subject')
    await person.press(formTo('/opusc'), `/lista/${ref}`)
    await person.press('main a[href*="/wizyta/"]', `/wizyta/${ref}`)
    await person.close()
  })
})

/** Somebody else gives back the first free time of a coming day. */
async function freed(): Promise<void> {
  const now = clock.now()
  const from = officeDay(now).add({ days: 1 })
  const days = await freeStarts(context, { serviceId: inLine, from, to: from.add({ days: 7 }), now })
  const start = days?.flatMap(({ starts }) => starts)[0]?.start ?? assert.fail('nothing is free')
  const { reference } = await bookedVisit(office, { serviceId: inLine, start })
  assert.ok((await cancel(context, { reference, actor: 'citizen', reason: 'citizen-wish' })).allowed)
}

// The last two: the clock never goes back.
test('into the draw with wishes, confirmed by the code, and after the draw to the visit', async () => {
  const draw = `/sprawy/${byLot}/losowanie`
  const entered = await together(async (person) => {
    await person.open(`/sprawy/${byLot}/terminy`)
    await person.press(`main a[href$="${draw}"]`, draw)
    await person.type({ name: 'Jan Nowak', email: person.email })
    await person.wrong(formOf('wishes'), draw)
    await person.page.selectOption('#wish1', { index: 3 })
    await person.page.selectOption('#wish2', 'any')
    await person.press(formOf('wishes'), `/losowanie/${ref}/potwierdz`)
    await person.typeCode('booking-messages.lot-code.subject', `/losowanie/${ref}`)
    return person
  })
  clock.moveTo(clock.now().add({ minutes: 61 }))
  await settleDraws(context, clock.now())
  await goOn(entered, async (person) => {
    await person.follow(person.page.url(), `/losowanie/${ref}`)
    const won = await person.message('booking-messages.lot-won.subject')
    await person.press('main a[href*="/losowania/"]', '/losowania/\\d+')
    await person.follow(linkTo(won, /\/l\/[^/]+$/), `/wizyta/${ref}`)
    await person.close()
  })
})

test('who comes after the hour takes the same time again by the link of the message', async () => {
  const late = await together(async (person, nth) => {
    await person.open(times)
    await toCode(person, 20 + nth)
    return person
  })
  clock.moveTo(clock.now().add({ minutes: 61 }))
  await goOn(late, async (person) => {
    await person.type({ kod: '123456' })
    await person.press(formOf('kod'), `/wizyta/${ref}`)
    const lapsed = await person.message('booking-messages.lapsed.subject')
    const phone = await walker(person.language, { email: person.email })
    await phone.follow(linkTo(lapsed, /\/l\/[^/]+$/), `/wizyta/${ref}`)
    await phone.press(formTo('/ponownie'), `/rezerwacja/${ref}/sprawdz`)
    await phone.press(formTo('/sprawdz'), `/wizyta/${ref}/potwierdz`)
    await phone.typeCode('booking-messages.pending.subject', `/wizyta/${ref}`)
    await phone.close()
    await person.close()
  })
})
