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
const ref = '[A-Z2-9]{8}'
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
  fill(fields: Readonly<Record<string, string>>): Promise<void>
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
    const loaded = page.waitForEvent('domcontentloaded')
    await go()
    await loaded
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
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) await page.fill(`main [name=${name}]`, value)
    },
    message: async (subject) => newestTo((mailbox ??= await page.context().newPage()), { email, language, subject }),
    async typeCode(subject, path) {
      const { text } = await self.message(subject)
      const code = /\b\d{6}\b/.exec(text)?.[0] ?? assert.fail(text)
      await self.fill({ kod: code === '000000' ? '000001' : '000000' })
      await self.wrong(formOf('kod'), here)
      await self.fill({ kod: code })
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
const names = await (async () => {
  const { office: own, services, buildings, units, rooms } = await directory(context)
  const all = [own.name, ...[...services.values(), ...units.values()].map(({ name }) => name), ...[...buildings.values()].flatMap((each) => [each.name, each.address])]
  return [...new Set([...all, ...[...rooms.values()].map(({ number }) => number)])].toSorted((one, other) => other.length - one.length)
})()

/** Reads the mailbox in the person's language: their newest message is in it, as are its links. */
async function newestTo(mailbox: Page, wanted: { email: string; language: Language; subject: string }): Promise<Message> {
  const { email, language, subject } = wanted
  await readOutbox(context, composers)
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

/** From the page of times to the page of the code. */
async function toCode(person: Walker, service: string, time: number): Promise<void> {
  const times = `/sprawy/${service}/terminy`
  await person.page.locator('[name=start]').nth(time).check()
  await person.press(formOf('start'), `/rezerwacja/${ref}/dane`)
  await person.fill({ name: 'Jan Nowak', phone: '12', email: person.email })
  await person.wrong(formOf('name'), `/rezerwacja/${ref}/dane`)
  await person.fill({ phone: '' })
  await person.press(formOf('name'), `/rezerwacja/${ref}/sprawdz`)
  assert.ok((await person.page.locator(`main a[href*="${times}"], main a[href*="/dane"]`).count()) > 0)
  await person.press(formTo('/sprawdz'), `/wizyta/${ref}/potwierdz`)
}

const typed = { pl: 'przerejstrowanie auta', en: 'register a car', uk: 'перереєстрація авто' } as const

for (const [nth, language] of languages.entries()) {
  test(`${language}: from words to a visit, over the self-check to another time, and cancelled by the message's link in one step`, async () => {
    const person = await walker(language)
    const { page } = person
    await person.open('/')
    await page.fill('[name=q]', typed[language])
    await person.press('form[role=search] button', '/sprawy')
    await person.press(`main a[href$="/sprawy/${registration}"]`, `/sprawy/${registration}`)
    await page.locator('main [name=mam]').first().check()
    await person.press(formOf('mam'), `/sprawy/${registration}`)
    assert.equal(new URL(page.url()).searchParams.get('odpowiedz'), 'tak')
    const times = `/sprawy/${registration}/terminy`
    await person.press(`main a[href$="${times}"]`, times)
    await person.wrong(formOf('start'), times)
    await toCode(person, registration, nth * 3)
    await person.typeCode('booking-messages.pending.subject', `/wizyta/${ref}`)
    await person.message('booking-messages.booked.subject')
    for (const answer of ['#bez-objawow', '#z-objawami']) await page.locator(`details${answer} summary`).click()
    await assertInLanguage(page, language)
    await person.press('details#z-objawami a[href$="/zmien"]', `/wizyta/${ref}/zmien`)
    await page.locator('[name=start]').nth(nth * 3 + 1).check()
    await person.press(formOf('start'), `/wizyta/${ref}`)
    const moved = await person.message('booking-messages.moved.subject')
    const phone = await walker(language, { email: person.email })
    await phone.follow(linkTo(moved, /\/odwolaj$/), `/wizyta/${ref}/odwolaj`)
    await phone.press(formTo('/odwolaj'), `/wizyta/${ref}`)
    await phone.message('booking-messages.cancelled.subject')
    await phone.press(`main a[href$="/sprawy/${registration}"]`, `/sprawy/${registration}`)
    await phone.close()
    await person.close()
  })

  test(`${language}: to a matter by a life event, and by its unit`, async () => {
    const person = await walker(language)
    await person.open('/')
    await person.press('main a[href*="/sytuacje/przeprowadzka"]', '/sytuacje/przeprowadzka')
    await person.press('main li a[href*="/sprawy/"]', '/sprawy/[a-z-]+')
    await person.open('/sprawy')
    await person.page.click('main a[href$="#wydzial-usc"]')
    await person.press('main a[href*="wydzial=usc"]', '/sprawy')
    assert.equal(new URL(person.page.url()).searchParams.get('wydzial'), 'usc')
    await person.press('main li a[href*="/sprawy/"]', '/sprawy/usc-[a-z-]+')
    await person.close()
  })

  test(`${language}: in line from the page of times, an offered time is taken; in line for an earlier one, and left`, async () => {
    const person = await walker(language)
    await person.open(`/sprawy/${inLine}/terminy`)
    await person.press(`main a[href$="/sprawy/${inLine}/lista"]`, `/sprawy/${inLine}/lista`)
    await person.fill({ name: 'Jan Nowak', email: '' })
    await person.wrong(formOf('name'), `/sprawy/${inLine}/lista`)
    await person.fill({ email: person.email })
    await person.press(formOf('name'), `/lista/${ref}`)
    const joined = await person.message('waiting.message.joined.subject')
    await person.follow(linkTo(joined, /\/o\//), `/lista/${ref}`)
    await freed(inLine)
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

  test(`${language}: in a rush, without script, a contact is shown by its code and the same time is chosen again`, async () => {
    const person = await walker(language, { javaScript: false })
    const times = `/sprawy/${registration}/terminy`
    await inRush(office, async () => {
      await person.open(times)
      await person.page.locator('[name=start]').nth(12 + nth).check()
      await person.press(formOf('start'), times)
      const contact = `/sprawy/${registration}/kontakt`
      await person.press(`main a[href$="${contact}"]`, contact)
      await person.fill({ contact: 'x' })
      await person.wrong(formOf('contact'), contact)
      await person.fill({ contact: person.email })
      await person.press(formOf('contact'), `${contact}/${ref}`)
      await person.typeCode('booking-messages.contact-code.subject', times)
      await toCode(person, registration, 12 + nth)
    })
    await person.close()
  })
}

/** Somebody else gives back the first free time of a coming day. */
async function freed(serviceId: string): Promise<void> {
  const now = clock.now()
  const from = officeDay(now).add({ days: 1 })
  const days = await freeStarts(context, { serviceId, from, to: from.add({ days: 7 }), now })
  const start = days?.flatMap(({ starts }) => starts)[0]?.start ?? assert.fail('nothing is free')
  const { reference } = await bookedVisit(office, { serviceId, start })
  assert.ok((await cancel(context, { reference, actor: 'citizen', reason: 'citizen-wish' })).allowed)
}

// Last: the clock never goes back.
test('in every language: into the draw with wishes, confirmed by the code, and after the draw to the visit', async () => {
  const entered: Walker[] = []
  for (const language of languages) {
    const person = await walker(language)
    const draw = `/sprawy/${byLot}/losowanie`
    await person.open(`/sprawy/${byLot}/terminy`)
    await person.press(`main a[href$="${draw}"]`, draw)
    await person.fill({ name: 'Jan Nowak', email: person.email })
    await person.wrong(formOf('wishes'), draw)
    await person.page.selectOption('#wish1', { index: 3 })
    await person.page.selectOption('#wish2', 'any')
    await person.press(formOf('wishes'), `/losowanie/${ref}/potwierdz`)
    const { links } = await person.message('booking-messages.lot-code.subject')
    assert.ok(links.some((link) => /\/losowanie\/.*\/potwierdz\//.test(link)))
    await person.typeCode('booking-messages.lot-code.subject', `/losowanie/${ref}`)
    entered.push(person)
  }
  clock.moveTo(clock.now().add({ minutes: 61 }))
  await settleDraws(context, clock.now())
  for (const person of entered) {
    await person.follow(person.page.url(), `/losowanie/${ref}`)
    const won = await person.message('booking-messages.lot-won.subject')
    await person.press('main a[href*="/losowania/"]', '/losowania/\\d+')
    await person.follow(linkTo(won, /\/l\/[^/]+$/), `/wizyta/${ref}`)
    await person.close()
  }
})

test('in every language: who comes after the hour takes the same time again by the link of the message', async () => {
  const late: Walker[] = []
  for (const [nth, language] of languages.entries()) {
    const person = await walker(language)
    await person.open(`/sprawy/${registration}/terminy`)
    await toCode(person, registration, 20 + nth)
    late.push(person)
  }
  clock.moveTo(clock.now().add({ minutes: 61 }))
  for (const person of late) {
    await person.fill({ kod: '123456' })
    await person.press(formOf('kod'), `/wizyta/${ref}`)
    const lapsed = await person.message('booking-messages.lapsed.subject')
    const phone = await walker(person.language, { email: person.email })
    await phone.follow(linkTo(lapsed, /\/l\/[^/]+$/), `/wizyta/${ref}`)
    await phone.press(formTo('/ponownie'), `/rezerwacja/${ref}/sprawdz`)
    await phone.press(formTo('/sprawdz'), `/wizyta/${ref}/potwierdz`)
    await phone.typeCode('booking-messages.pending.subject', `/wizyta/${ref}`)
    await phone.close()
    await person.close()
  }
})
