/**
 * Each path of a citizen, walked in a browser in every language by addresses and names of fields: links,
 * redirects, forms, errors and messages stay in the language. The browser itself is Polish throughout,
 * so that the language can come from the address alone.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { cancel, freeStarts, settleDraws } from '../../src/booking/index.js'
import { officeDay } from '../../src/platform/clock.js'
import { languages, type Language } from '../../src/platform/words.js'
import { openBrowser } from '../support/browser.js'
import { inRush, officeOfPages } from '../support/public-pages-booking.js'
import { bookedVisit } from '../support/visits.js'
import { assertInLanguage, formOf, formTo, openWalker, type Message, type Walker } from '../support/walker.js'

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

const walker = (language: Language, options: { javaScript?: boolean; email?: string } = {}): Promise<Walker> =>
  openWalker({ context, browser, address }, language, options)

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
  await inRush(office, () =>
    together(
      async (person, nth) => {
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
      },
      { javaScript: false },
    ),
  )
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
