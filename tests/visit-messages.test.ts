/** What is said of a visit through its life: the calendar part, what is urgent, what an SMS says. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import ICAL from 'ical.js'
import { testApp } from './support/app.js'
import { assertValidPage } from './support/html.js'
import { composed, type Composed } from './support/letters.js'
import { testLeszno } from './support/office.js'
import { bookedVisit } from './support/visits.js'
import { mailOf, smsOf, smsParts } from '../src/messages/index.js'
import { passRoutes } from '../src/pass/index.js'
import { cancel, move } from '../src/booking/index.js'

const office = await testLeszno()
const { context } = office
const app = await testApp(context, passRoutes)
const at = (text: string): Temporal.Instant => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Warsaw').toInstant()
const serviceId = 'nabycie-zbycie-pojazdu'

async function said(): Promise<Composed> {
  const [only, ...others] = await composed(context)
  assert.equal(others.length, 0)
  assert.ok(only)
  return only
}

interface Entry {
  readonly method: string
  readonly uid: string
  readonly sequence: number
  readonly start: number
}

function entryOf(text: string): Entry {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const event = calendar.getFirstSubcomponent('vevent')
  assert.ok(event)
  const { uid, sequence, startDate } = new ICAL.Event(event)
  return { method: String(calendar.getFirstPropertyValue('method')), uid, sequence, start: startDate.toUnixTime() }
}

function partOf({ letter }: Composed): Entry {
  assert.ok(letter)
  const content = mailOf(letter, office.directory.office).calendar?.content
  assert.ok(content, 'the mail has a calendar part')
  return entryOf(content)
}

async function fileOf(reference: string): Promise<Entry> {
  const headers = { cookie: `w_${reference}=${context.secrets.secretOf(reference)}` }
  return entryOf((await app.inject({ url: `/wizyta/${reference}/kalendarz.ics`, headers })).body)
}

const seconds = (instant: Temporal.Instant): number => instant.epochMilliseconds / 1000
const change = { actor: 'citizen', key: '' } as const

test('booked adds, moved updates, cancelled takes away one entry of the calendar, over a change of the clock; the file of the pass is the same', async () => {
  const autumn = await testLeszno({ at: at('2020-10-20T08:00') })
  const [first, second] = [at('2020-10-23T09:00'), at('2020-10-26T09:00')]
  const visit = await bookedVisit(autumn, { serviceId, start: first })
  const parts: Entry[] = []
  const take = async (): Promise<void> => {
    const [only] = await composed(autumn.context)
    assert.ok(only)
    parts.push(partOf(only))
  }
  await take()
  assert.ok((await move(autumn.context, { ...change, reference: visit.reference, start: second, key: randomUUID() })).allowed)
  await take()
  assert.ok((await cancel(autumn.context, { ...change, reference: visit.reference, reason: 'citizen-wish', key: randomUUID() })).allowed)
  await take()
  assert.deepEqual(
    parts.map(({ method, sequence, start }) => [method, sequence, start]),
    [
      ['REQUEST', 0, seconds(first)],
      ['REQUEST', 1, seconds(second)],
      ['CANCEL', 2, seconds(second)],
    ],
  )
  assert.equal(new Set(parts.map(({ uid }) => uid)).size, 1)
})

test('the part of a mail and the file of the pass page name one entry in one state', async () => {
  const { reference } = await bookedVisit(office, { serviceId, start: at('2020-05-27T09:00') })
  const part = partOf(await said())
  const file = await fileOf(reference)
  assert.deepEqual({ ...file, method: '' }, { ...part, method: '' })
  assert.deepEqual([file.method, part.method], ['PUBLISH', 'REQUEST'])
})

test('a clerk who books by phone gets the reference to a mobile too; the text is of few parts and ends with the way to cancel', async () => {
  const person = { name: 'Jan Próbny', email: 'jan@example.pl', phone: '+48601234567' }
  const { reference } = await bookedVisit(office, { serviceId, start: at('2020-05-27T10:00'), person })
  const { message, letter } = await said()
  assert.ok(message?.both && message.atOnce && letter)
  assert.ok(message.usefulUntil?.equals(at('2020-05-27T10:00')))
  const text = smsOf(letter)
  assert.match(text, /^Urzad Miasta Leszna: wizyta sr\.? 27\.05, 10:00, numer /)
  assert.ok(text.includes(reference))
  assert.match(text, /ul\. Walowa 5/)
  assert.match(text, /odwolaj$/)
  assert.deepEqual(smsParts(text), { alphabet: 'gsm', parts: 2 })
})

test('a change for today or tomorrow goes both ways and at once, also by the old time; a far one that the office makes waits', async () => {
  const because = { code: 'outside-hours', basis: [] } as const
  const moved = async (from: string, to: string): Promise<Composed> => {
    const { reference } = await bookedVisit(office, { serviceId, start: at(from) })
    await said()
    const outcome = await move(context, { reference, start: at(to), actor: 'system', because, key: randomUUID() })
    assert.ok(outcome.allowed, outcome.code)
    return said()
  }
  const near = await moved('2020-05-26T11:00', '2020-06-02T11:00')
  assert.deepEqual([near.message?.both, near.message?.atOnce], [true, true])
  const far = await moved('2020-05-28T11:00', '2020-06-02T12:00')
  assert.deepEqual([far.message?.both, far.message?.atOnce], [false, false])
  assert.match(far.letter?.lines.join(' ') ?? '', /Powód: zmieniły się godziny pracy/)
  assert.match(far.letter === null ? '' : smsOf(far.letter), /Powod: zmienily sie godziny pracy/)
  const { reference } = await bookedVisit(office, { serviceId, start: at('2020-05-26T13:00') })
  await said()
  assert.ok((await cancel(context, { ...change, reference, reason: 'citizen-wish', key: randomUUID() })).allowed)
  const gone = await said()
  assert.deepEqual([gone.message?.both, gone.message?.atOnce], [true, true])
})

test('the unit signs, with its phone; the same in English', async () => {
  await bookedVisit(office, { serviceId, start: at('2020-05-27T12:00'), language: 'en' })
  const { letter } = await said()
  assert.ok(letter)
  const { text } = mailOf(letter, office.directory.office)
  assert.match(text, /-- \nWydział Komunikacji/)
  assert.match(text, /Phone: /)
})

test('in a language that is not the office’s, its own names are marked in the HTML; text, SMS and calendar have no marks', async () => {
  for (const [language, day] of [
    ['en', '2020-05-28T12:00'],
    ['uk', '2020-05-28T12:30'],
  ] as const) {
    await bookedVisit(office, { serviceId, start: at(day), language })
    const { letter } = await said()
    assert.ok(letter)
    const mail = mailOf(letter, office.directory.office)
    assert.match(mail.html, /<span lang="pl">ul\. [^<]+<\/span>/, `${language}: the place`)
    assert.match(mail.html, /<span lang="pl">Zawiadomienie[^<]+<\/span>/, `${language}: the matter as the office calls it`)
    for (const plain of [mail.subject, mail.text, mail.html, mail.calendar?.content ?? '', smsOf(letter), ...(letter.short ?? [])])
      assert.doesNotMatch(plain, /[\uE000\uE001]/)
    await assertValidPage(mail.html)
  }
})
