/** The office's own words in messages: what may be written, what is told to whoever is second, and that the next message says it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../src/app.js'
import { assertValidPage, textOf } from './support/html.js'
import { composed } from './support/letters.js'
import { testLeszno } from './support/office.js'
import { signedIn } from './support/staff.js'
import { bookedVisit } from './support/visits.js'
import { languages, readMessages, wallTime } from '../src/platform/words.js'
import { mailOf } from '../src/messages/content/mail.js'
import { smsOf } from '../src/messages/content/sms.js'
import { keysOf, messageKinds } from '../src/messages/templates/catalogue.js'
import { checkWording } from '../src/messages/templates/check.js'
import { exampleLetter, exampleValues, originalOf } from '../src/messages/templates/examples.js'

const office = await testLeszno()
const { context, directory } = office
const app = await createApp(context)
const { headers } = await signedIn(context, 'administrator')
const other = (await signedIn(context, 'administrator')).headers
const facts = { office: directory, publicUrl: context.publicUrl, now: context.clock.now() }
const examples = exampleValues(facts, 'pl')
const key = 'booking-messages.booked.subject'
const url = `/praca/szablony/visit-booked/${key}`

const send = (payload: Record<string, string>, as = headers, to = url) =>
  app.inject({
    method: 'POST',
    url: to,
    headers: { ...as, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ w: 'pl', wersja: '0', co: 'zapisz', ...payload }).toString(),
  })

async function page(address: string): Promise<string> {
  const { statusCode, body } = await app.inject({ url: address, headers })
  assert.equal(statusCode, 200, address)
  await assertValidPage(body)
  return body
}

async function subject(): Promise<string | undefined> {
  const start = Temporal.PlainDateTime.from('2020-05-26T09:00').toZonedDateTime('Europe/Warsaw').toInstant()
  await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start: start.add({ minutes: 30 * booked++ }) })
  return (await composed(context)).at(-1)?.letter?.subject
}
let booked = 0

test('every sentence of a message can be edited: the catalogue and the words name the same', () => {
  const known = new Set(messageKinds.flatMap(keysOf))
  const said = [...readMessages('pl').keys()].filter((each) =>
    /^(booking-messages|queue-messages|entrance-messages|inbox-messages|waiting\.message)\./.test(each),
  )
  // The entry of a calendar, and what somebody else has written, are no sentences of the office.
  const others = ['booking-messages.calendar.title', 'inbox-messages.text']
  assert.deepEqual(
    said.filter((each) => !known.has(each) && !others.includes(each)),
    [],
  )
  assert.deepEqual(
    [...known].filter((each) => !said.includes(each)),
    [],
  )
})

test('each kind has a whole example in each language: valid as a page, and short enough as an SMS', async () => {
  for (const kind of messageKinds) {
    for (const language of languages) {
      const letter = exampleLetter(facts, kind, language, new Map())
      await assertValidPage(mailOf(letter, directory.office).html)
      assert.doesNotMatch(JSON.stringify(letter), /[{}]{2}|undefined/)
      assert.ok(smsOf(letter).length > 20)
    }
  }
})

const check = (text: string, of = key, sms = false) =>
  checkWording(text, { original: originalOf(of, 'pl'), language: 'pl', examples, sms: sms ? { diacritics: false, partsMax: 1 } : null })
    ?.code ?? 'well'

test('what may be written: the same places, each as the program’s own has it, and nothing that cannot be said', () => {
  assert.equal(check('Do zobaczenia: {when}'), 'well')
  assert.equal(check('Do zobaczenia'), 'missing')
  assert.equal(check('{when} {name}'), 'unknown')
  for (const broken of ['{when', 'when}  {', '{when, plural}', '{when, foo, bar}', '{when} {}', '{, plural, one {a}}'])
    assert.notEqual(check(broken), 'well', broken)
  assert.equal(check('{when, plural, one {a} other {b}}'), 'kind')
  assert.equal(check('<b>{when}</b>'), 'tag')
  assert.equal(check('  '), 'empty')
  assert.equal(check(`{when}${'a'.repeat(600)}`), 'too-long')
  const door = 'booking-messages.door'
  assert.equal(check('{minutes, plural, one {# minuta} other {# minut}} wcześniej', door), 'well')
  assert.equal(check('{minutes} minut wcześniej', door), 'well')
  assert.equal(check('{minutes, plural, one {# minuta}}', door), 'syntax')
  assert.equal(check(`{where} ${'a'.repeat(160)}`, 'booking-messages.short.where', true), 'sms-long')
})

test('a sentence is previewed, kept and said by the next message; back again the program’s own is', async () => {
  assert.equal(await subject(), 'Wizyta umówiona: wtorek 26 maja 2020, 9:00')
  const preview = await send({ tekst: 'Do zobaczenia: {when}', co: 'podglad' })
  assert.equal(preview.statusCode, 200)
  await assertValidPage(preview.body)
  assert.match(textOf(preview.body), /Do zobaczenia: wtorek 26 maja 2020, 9:20/)
  assert.equal(await subject(), 'Wizyta umówiona: wtorek 26 maja 2020, 9:30', 'a preview keeps nothing')
  assert.equal((await send({ tekst: 'Do zobaczenia: {when}' })).statusCode, 303)
  assert.equal(await subject(), 'Do zobaczenia: wtorek 26 maja 2020, 10:00')
  assert.match(textOf(await page('/praca/szablony')), /Potwierdzenie wizyty \(1 zdanie zmienione\)/)
  assert.match(textOf(await page(url)), /Historia zmian/)
  assert.doesNotMatch(textOf(await page(url)), /mają też inne wiadomości/)
  const shared = textOf(await page('/praca/szablony/visit-booked/booking-messages.service'))
  assert.match(shared, /To zdanie mają też inne wiadomości.*Odwołanie.*Przypomnienie/)
  const second = await send({ tekst: 'Wizyta czeka: {when}' }, other)
  assert.equal(second.statusCode, 409, 'whoever is second is told')
  await assertValidPage(second.body)
  assert.match(textOf(second.body), /Ktoś zmienił to zdanie przed chwilą/)
  assert.match(second.body, /name="wersja" value="1"/)
  const both = await Promise.all(['A {when}', 'B {when}', 'C {when}'].map((tekst) => send({ tekst, wersja: '1' })))
  assert.deepEqual(
    both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
    [303, 409, 409],
    'of several at once one is kept',
  )
  assert.equal((await send({ co: 'oryginal', wersja: '2' })).statusCode, 303)
  assert.equal(await subject(), 'Wizyta umówiona: wtorek 26 maja 2020, 10:30')
})

test('whatever is typed is answered, and only an administrator is asked', async () => {
  for (const tekst of [
    '{',
    '}',
    "'{",
    '<',
    '<b',
    '{when, date, ::}',
    '{when, number, ::.00}',
    '\u0000{when}',
    '{when}{when, select, other {{}}}',
    '#'.repeat(700),
  ]) {
    const answer = await send({ tekst, co: 'podglad' })
    assert.ok(answer.statusCode < 500, tekst)
    await assertValidPage(answer.body)
  }
  const long = `{when} ${'Ż'.repeat(2_000)} koniec`
  const tooLong = await send({ tekst: long })
  assert.equal(tooLong.statusCode, 422)
  assert.ok(tooLong.body.includes(`${long}</textarea>`), 'what is too long comes back whole')
  assert.equal((await app.inject({ url: '/praca/szablony/nothing', headers })).statusCode, 404)
  assert.equal((await app.inject({ url: '/praca/szablony/visit-booked/booking-messages.lapsed', headers })).statusCode, 404)
  const clerk = (await signedIn(context, 'service-office')).headers
  assert.equal((await app.inject({ url: '/praca/szablony', headers: clerk })).statusCode, 303)
  assert.equal((await send({ tekst: 'X {when}' }, clerk)).headers.location, '/praca?brak-uprawnien=1')
})

test('the pages of a kind are valid in each language; the whole mail is a page with nothing from elsewhere', async () => {
  for (const language of languages) {
    await page(`/praca/szablony/visit-moved?w=${language}`)
    const answer = await app.inject({ url: `/praca/szablony/visit-moved/podglad?w=${language}`, headers })
    await assertValidPage(answer.body)
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
  }
})

test('the example of a code is good for as long as the office gives, not until the visit', async () => {
  const minutes = facts.office.office.settings['confirm-minutes']
  const until = wallTime(facts.now.add({ minutes }))
  const { time, when } = exampleValues(facts, 'pl')
  assert.equal(time, until)
  assert.ok(!String(when).endsWith(until))
  assert.match(
    textOf(await page('/praca/szablony/visit-pending')),
    new RegExp(`Jest na to czas do godziny ${until}\\..*Jest wazny do godziny ${until}\\.`),
  )
})
