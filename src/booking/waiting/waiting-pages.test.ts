/** The line for earlier times on its pages, without script: every page valid, in every language, and nothing taken by looking. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findVisit } from '../../visit/index.js'
import { givesBack, keptTimes, later, personInLine, standing } from '../../../tests/support/line.js'
import { testDatabase } from '../../../tests/support/office.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { openProgram } from '../../../tests/support/program.js'
import { visitor, type Seen } from '../../../tests/support/visitor.js'
import { sendMessages } from '../../../tests/support/line.js'
import { withdraw } from '../index.js'

const at = (day: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${day}T${time}:00+02:00`)
const office = await testDatabase({ at: at(25, '08:00') })
const { context } = office
await smallOffice(office, { 'confirm-minutes': 60 })
const app = await openProgram(context)

/** The link of a message about the entry. */
const link = (reference: string): string => `/o/${reference}-${context.secrets.secretOf(reference)}`

/** What an address shows; the bar of the demonstration has a key of its own each time. */
const shown = async (path: string): Promise<string> =>
  (await app.inject({ url: path })).payload.replaceAll(/name="klucz" value="[^"]*"/g, '')

const referenceOf = (seen: Seen): string =>
  /\/(?:lista|wizyta)\/([A-Z2-9]{8})/.exec(seen.path)?.[1] ?? assert.fail(`no reference in ${seen.path}`)

/** Somebody with a booked visit, at its page. */
async function withVisit(start: Temporal.Instant) {
  const visit = await bookedVisit(office, { serviceId: 'short', start })
  const person = visitor(app)
  await person.open(`/l/${visit.reference}-${context.secrets.secretOf(visit.reference)}`)
  return { person, visit }
}

test('from the page of a visit: into the line, an offer, the old and the new time, and the new one taken', async () => {
  const { person, visit } = await withVisit(at(28, '09:00'))
  const pass = await person.open(`/wizyta/${visit.reference}`)
  assert.match(pass.html, /href="[^"]*\/wczesniej"/)
  const form = await person.open(`/wizyta/${visit.reference}/wczesniej`)
  assert.match(form.text, /zostaje bez zmian, dopóki nowy termin nie zostanie przyjęty/)
  const wrong = await person.send({ od: '', pora: 'morning' }, `/wizyta/${visit.reference}/wczesniej`)
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /Proszę wybrać pierwszy dzień/)
  const joined = await person.send({ od: '2020-05-26', pora: 'morning' }, `/wizyta/${visit.reference}/wczesniej`)
  assert.match(joined.text, /Pierwsze miejsce na liście/)
  const entry = referenceOf(joined)
  assert.equal((await person.open(`/wizyta/${visit.reference}/wczesniej`)).path, `/lista/${entry}`, 'asked again, the entry it has')
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(26, '09:00') }))
  // Who looks at links before the person does, takes nothing.
  const scanner = visitor(app)
  for (let turn = 0; turn < 3; turn += 1) assert.equal((await scanner.open(link(entry))).status, 200)
  assert.equal((await standing(office, entry)).state, 'offered')
  const fresh = visitor(app)
  const offer = await fresh.open(link(entry))
  assert.match(offer.text, /Obecny termin czwartek 28 maja 2020, 9:00/)
  assert.match(offer.text, /Nowy termin wtorek 26 maja 2020, 9:00/)
  assert.match(offer.text, /Czas na odpowiedź do poniedziałek 25 maja 2020, 8:30/)
  const moved = await fresh.send({}, `/lista/${entry}/przyjmij`)
  assert.equal(moved.path, `/wizyta/${visit.reference}`)
  assert.match(moved.text, /wtorek 26 maja 2020, 9:00/)
  assert.match((await fresh.open(`/lista/${entry}`)).text, /Termin został przyjęty/)
})

test('who found no time: a name and a contact, an offer, no, an offer, and booked', async () => {
  const person = visitor(app)
  await person.open('/sprawy/short/lista')
  const empty = await person.send(
    { od: '2020-05-28', do: '2020-05-26', pora: 'any', name: '', phone: '', email: '' },
    '/sprawy/short/lista',
  )
  assert.equal(empty.status, 422)
  assert.match(empty.text, /Ostatni dzień jest wcześniejszy niż pierwszy/)
  assert.match(empty.text, /Proszę wpisać imię i nazwisko/)
  const joined = await person.send(
    { od: '2020-05-26', do: '2020-05-29', pora: 'any', name: 'Zofia Czekająca', phone: '601 234 999', email: '' },
    '/sprawy/short/lista',
  )
  const entry = referenceOf(joined)
  assert.match(joined.text, /Wpis na listę został zapisany/)
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(27, '10:00') }))
  assert.match((await person.open(`/lista/${entry}`)).text, /Nowy termin środa 27 maja 2020, 10:00/)
  const no = await person.send({}, `/lista/${entry}/nie`)
  assert.match(no.text, /Termin dostanie następna osoba/)
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(27, '11:00') }))
  await person.open(`/lista/${entry}`)
  // By the link of the message: the contact is this person's.
  await person.open(link(entry))
  const booked = await person.send({}, `/lista/${entry}/przyjmij`)
  const visit = await findVisit(context.database.pool, referenceOf(booked))
  assert.deepEqual([visit?.state, visit?.person.name, visit?.person.phone], ['booked', 'Zofia Czekająca', '+48601234999'])
})

test('messages say that one is in line, what is offered and until when, and lead there; an answered offer is not spoken of', async () => {
  const reference = await personInLine(context, undefined, { name: 'Ewa Czytająca', email: 'ewa@example.pl', phone: null })
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(28, '14:00') }))
  const read = async () => {
    await sendMessages(context)
    const { rows } = await context.database.pool.query<{ text: string }>(
      `select content::text as text from message where email = 'ewa@example.pl' order by id`,
    )
    return rows.map(({ text }) => text)
  }
  const [joined, offer] = await read()
  assert.match(joined ?? '', /Wpis na listę czekających/)
  assert.match(offer ?? '', /Zwolnił się termin: czwartek 28 maja 2020, 14:00/)
  assert.match(offer ?? '', /Na odpowiedź jest czas do: poniedziałek 25 maja 2020, 8:30/)
  for (const text of [joined, offer])
    assert.ok(text?.includes('line-link') && !text.includes(context.secrets.secretOf(reference)), 'the link is derived')
  const person = visitor(app)
  await person.open(link(reference))
  await person.send({}, `/lista/${reference}/nie`)
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(28, '14:20') }))
  await person.open(`/lista/${reference}`)
  await person.send({}, `/lista/${reference}/opusc`)
  assert.equal((await read()).length, 2, 'the second offer was gone before it was said')
})

test('who never opened a message confirms the visit, as on the web', async () => {
  const person = visitor(app)
  await person.open('/sprawy/short/lista')
  await person.send(
    { od: '2020-05-26', do: '2020-05-29', pora: 'any', name: 'Obca Osoba', phone: '', email: 'nie-moj@example.pl' },
    '/sprawy/short/lista',
  )
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(27, '13:00') }))
  const entry = [...person.cookies.keys()].find((name) => name.startsWith('w_'))?.slice(2) ?? ''
  await person.open(`/lista/${entry}`)
  const booked = await person.send({}, `/lista/${entry}/przyjmij`)
  assert.equal((await findVisit(context.database.pool, referenceOf(booked)))?.state, 'pending')
})

test('a program that opens links at the mailbox confirms nothing for the browser that typed it', async () => {
  const stranger = visitor(app)
  await stranger.open('/sprawy/short/lista')
  await stranger.send(
    { od: '2020-05-26', do: '2020-05-29', pora: 'any', name: 'Obca Osoba', phone: '', email: 'skanowany@example.pl' },
    '/sprawy/short/lista',
  )
  const entry = [...stranger.cookies.keys()].find((name) => name.startsWith('w_'))?.slice(2) ?? ''
  await visitor(app).open(link(entry))
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(28, '12:00') }))
  await stranger.open(`/lista/${entry}`)
  const booked = await stranger.send({}, `/lista/${entry}/przyjmij`)
  assert.equal((await findVisit(context.database.pool, referenceOf(booked)))?.state, 'pending')
})

test('an office that sends no messages lets nobody wait for one', async () => {
  const silent = await openProgram({ ...context, demonstration: false })
  const person = visitor(silent)
  const seen = await person.open('/sprawy/short/lista')
  assert.equal(seen.status, 409)
  assert.match(seen.text, /Na listę dopisze pracownik urzędu/)
  assert.doesNotMatch((await person.open('/sprawy/short/terminy')).html, /\/lista/)
})

test('too late is said, the person stays in line; leaving is one step', async () => {
  const reference = await personInLine(context)
  const person = visitor(app)
  await person.open(link(reference))
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(28, '12:00') }))
  await person.open(`/lista/${reference}`)
  office.clock.moveTo(office.clock.now().add({ minutes: 30 }))
  const late = await person.send({}, `/lista/${reference}/przyjmij`)
  assert.equal(late.status, 409)
  assert.match(late.text, /Czas na odpowiedź minął/)
  await later(office, 0)
  assert.deepEqual(await standing(office, reference), { state: 'waiting', passed: 1, offered: null })
  await person.open(`/lista/${reference}`)
  const left = await person.send({}, `/lista/${reference}/opusc`)
  assert.match(left.text, /Wpisu nie ma już na liście/)
})

test('an entry opens to nobody without its secret; a stranger learns nothing', async () => {
  const reference = await personInLine(context)
  const stranger = visitor(app)
  for (const path of [`/lista/${reference}`, '/lista/ABCDEFGH', `/o/${reference}-AAAAAAAAAAAAAAAAAAAAAA`, '/o/x', '/lista/x']) {
    const seen = await stranger.open(path)
    assert.equal(seen.status, 404, path)
    assert.match(seen.text, /Nie ma takiego wpisu/)
  }
  const answer = await app.inject({ method: 'POST', url: `/lista/${reference}/opusc` })
  assert.equal(answer.statusCode, 404)
  assert.equal((await standing(office, reference)).state, 'waiting')
  assert.ok((await withdraw(context, { reference, actor: 'citizen' })).allowed)
})

test('the pages speak English and Ukrainian', async () => {
  const reference = await personInLine(context)
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(29, '13:00') }))
  for (const [language, words] of [
    ['en', /A time was freed/],
    ['uk', /Звільнився час/],
  ] as const) {
    const person = visitor(app, language)
    assert.match((await person.open(link(reference))).text, words)
    assert.equal((await person.open('/sprawy/short/lista')).status, 200)
  }
})

test('the page of times and the free API say of a kept time what they say of a taken one', async () => {
  const start = at(29, '08:00')
  for (let desk = 0; desk < 3; desk += 1) await bookedVisit(office, { serviceId: 'short', start })
  const last = await bookedVisit(office, { serviceId: 'short', start })
  const pages = ['/sprawy/short/terminy', '/api/v1/services/short/free?from=2020-05-29&to=2020-05-29'] as const
  const before = await Promise.all(pages.map(shown))
  assert.doesNotMatch(before[0] ?? '', new RegExp(`value="${start}"`))
  await givesBack(context, last)
  assert.equal(
    (await keptTimes(office)).filter(({ state }) => state === 'held').some(({ starts }) => starts === '29 08:00'),
    true,
  )
  const now = await Promise.all(pages.map(shown))
  assert.ok((now[1]?.length ?? 0) > 1_000 && now[1] === before[1], 'the API')
  assert.ok(now[0] === before[0], 'the page')
})
