import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProgram } from '../../tests/support/program.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { confirmContacts } from './confirmations.js'
import { contactsCsv, contactsVcard } from './contact-formats.js'
import { contactHref, contacts, type Contact } from './contacts.js'

const { context, directory, clock } = await testLeszno()
const app = await openProgram(context)
const list = (accept?: string) => app.inject({ url: '/api/v1/contacts', ...(accept === undefined ? {} : { headers: { accept } }) })

interface ContactJson {
  id: string
  name: string
  phones: string[]
  phonesAreOffice: boolean
  email: string
  emailIsOffice: boolean
  room: string | null
  floor: string | null
  building: string | null
  hoursToday: { code: string; intervals: { from: string; to: string }[] } | null
  accessibility: string[]
  otherHours: { day: string; code: string }[]
  services: string[]
  confirmedOn: string | null
}

test('every unit of the office is in the list, with a phone and an e-mail', async () => {
  const answer = await list()
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  assert.equal(answer.headers['vary'], 'Accept')
  const all = answer.json<ContactJson[]>()
  assert.deepEqual(all.map((each) => each.id).toSorted(), ['um-leszno', ...directory.units.keys()].toSorted())
  for (const each of all) assert.ok(each.phones.length > 0 && each.email !== '', each.id)
})

test('a unit without an e-mail shows the office’s and says so; one with its own does not', async () => {
  const all = (await list()).json<ContactJson[]>()
  const usc = all.find((each) => each.id === 'usc')
  assert.deepEqual([usc?.email, usc?.emailIsOffice, usc?.phones], ['um@leszno.pl', true, ['+48655298165']])
  assert.deepEqual([usc?.room, usc?.floor, usc?.building], ['19', 'I', 'walowa-5'])
  const promotion = all.find((each) => each.id === 'wydzial-promocji-i-rozwoju')
  assert.deepEqual([promotion?.email, promotion?.emailIsOffice], ['promo@leszno.pl', false])
  const legal = all.find((each) => each.id === 'biuro-prawne')
  assert.deepEqual([legal?.phones, legal?.phonesAreOffice], [['+48655298100'], true])
})

test('on Monday 25 May 2020 every unit is open until 15:30', async () => {
  const units = (await list()).json<ContactJson[]>().filter((each) => each.hoursToday !== null)
  assert.equal(units.length, directory.units.size)
  for (const unit of units) assert.deepEqual(unit.hoursToday?.intervals, [{ from: '7:30', to: '15:30' }], unit.id)
})

test('the list is given as CSV, vCard or JSON by Accept, and as nothing else', async () => {
  assert.equal((await list('text/csv')).headers['content-type'], 'text/csv; charset=utf-8')
  assert.equal((await list('text/vcard')).headers['content-type'], 'text/vcard; charset=utf-8')
  assert.equal((await list('*/*')).headers['content-type'], 'application/json; charset=utf-8')
  const refused = await list('application/pdf')
  assert.equal(refused.statusCode, 406)
  assert.equal(refused.headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.equal(refused.json().code, 'not-acceptable')
})

test('the CSV read back holds what the JSON holds', async () => {
  const [head, ...rows] = readCsv((await list('text/csv')).body)
  const all = (await list()).json<ContactJson[]>()
  assert.equal(rows.length, all.length)
  for (const [index, row] of rows.entries()) {
    assert.equal(row.length, head?.length)
    const entry = Object.fromEntries((head ?? []).map((column, place) => [column, row[place]]))
    assert.deepEqual(
      [entry['id'], entry['name'], entry['phones'], entry['email']],
      [all[index]?.id, all[index]?.name, all[index]?.phones.join(' '), all[index]?.email],
    )
  }
})

test('the vCards read back hold every unit with its phones, e-mail and address', async () => {
  const body = (await list('text/vcard')).body
  assert.ok(body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75))
  const cards = readVcards(body)
  const all = (await list()).json<ContactJson[]>()
  assert.equal(cards.length, all.length)
  for (const [index, card] of cards.entries()) {
    const entry = all[index]
    assert.equal(card['VERSION']?.[0], '4.0')
    assert.equal(card['FN']?.[0], index === 0 ? 'Urząd Miasta Leszna' : `${entry?.name}, Urząd Miasta Leszna`)
    assert.deepEqual(card['EMAIL'], [entry?.email])
    assert.deepEqual(
      card['TEL']?.slice(0, entry?.phones.length),
      entry?.phones.map((phone) => `tel:${phone}`),
    )
    assert.match(card['ADR']?.[0] ?? '', /Leszno;;(64-100)?;Polska$/)
  }
  assert.equal(new Set(cards.map((card) => card['UID']?.[0])).size, cards.length)
})

test('no cell of the CSV runs as a formula in a spreadsheet, and phones stay phones', () => {
  for (const name of ['=1+1', '@sum(a1)', '-1', '+cmd', '+48|calc'])
    assert.equal(readCsv(contactsCsv([named(name)], directory))[1]?.[2], `'${name}`)
  const row = readCsv(contactsCsv([named('Biuro = A')], directory))[1]
  assert.deepEqual([row?.[2], row?.[3], row?.[5]], ['Biuro = A', '+48655298100 +48655298110', '+48655298131'])
})

test('commas, quotes, semicolons, backslashes and line ends survive both forms', () => {
  const odd = 'Biuro "A"; B, C\\D\nE'
  const contact = named(odd)
  assert.equal(readCsv(contactsCsv([contact], directory))[1]?.[2], odd)
  assert.equal(readVcards(contactsVcard([contact], 'https://okienko.test', 'Urząd'))[0]?.['FN']?.[0], `${odd}, Urząd`)
})

test('the contact page is valid in each language and names every unit, phone and room', async () => {
  for (const language of ['pl', 'en', 'uk']) {
    const page = await app.inject(`/kontakt?lang=${language}`)
    assert.equal(page.statusCode, 200)
    await assertValidPage(page.body)
  }
  const html = (await app.inject('/kontakt')).body
  const text = textOf(html)
  for (const unit of directory.units.values()) {
    assert.ok(text.includes(unit.name), unit.name)
    assert.ok(html.includes(`id="${contactHref(unit.id).split('#')[1]}"`), unit.id)
    for (const phone of unit.phones) assert.ok(html.includes(`href="tel:${phone}"`), phone)
  }
  assert.match(text, /Lista może być niepełna/)
  assert.equal(text.match(/numer i adres ogólny urzędu: 65 529 81 00 , um@leszno\.pl/g)?.length, unitsWithout(true))
  assert.equal(text.match(/um@leszno\.pl \(adres ogólny urzędu\)/g)?.length, unitsWithout(false))
  assert.match(text, /7:30–15:30/)
})

test('the list can be taken from the page as a file', async () => {
  for (const [form, type] of [
    ['json', 'application/json'],
    ['csv', 'text/csv'],
    ['vcf', 'text/vcard'],
  ] as const) {
    const answer = await app.inject(`/kontakt/lista.${form}`)
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['content-type'], `${type}; charset=utf-8`)
  }
  for (const form of ['exe', '__proto__', 'constructor', 'toString'])
    assert.equal((await app.inject(`/kontakt/lista.${form}`)).statusCode, 404, form)
})

test('services say how each may be booked: the web for Wydział Komunikacji only', async () => {
  const services = (await app.inject('/api/v1/services')).json<{ id: string; unit: string; channels: string[] }[]>()
  assert.equal(services.length, directory.services.size)
  assert.deepEqual(Object.keys(services[0] ?? {}), ['id', 'name', 'unit', 'building', 'durationMinutes', 'channels'])
  for (const service of services) {
    assert.equal(service.channels.includes('web'), service.unit.startsWith('wydzial-komunikacji'), service.id)
    if (service.id !== 'skladanie-dokumentow')
      assert.ok(service.channels.includes('phone') && service.channels.includes('request'), service.id)
  }
})

test('the addresses of the directory are described by OpenAPI', async () => {
  const { openapi, paths } = (await app.inject('/api/v1/openapi.json')).json<{ openapi: string; paths: Record<string, unknown> }>()
  assert.match(openapi, /^3\.1/)
  for (const path of ['/api/v1/contacts', '/api/v1/services']) assert.ok(path in paths, path)
})

test('the schema of office files is published', async () => {
  const answer = await app.inject('/schemas/office.json')
  assert.equal(answer.headers['content-type'], 'application/schema+json; charset=utf-8')
  assert.equal(answer.json().$schema, 'https://json-schema.org/draft/2020-12/schema')
})

test('the accessibility declaration has every id of the technical conditions and claims nothing unknown', async () => {
  const ids = [
    'wstep',
    'podmiot',
    'url',
    'data-publikacja',
    'data-aktualizacja',
    'status',
    'ocena',
    'data-sporzadzenie',
    'data-przeglad',
    'data-deklaracja-przeglad',
    'audytor',
    'kontakt',
    'osoba',
    'email',
    'telefon',
    'procedura',
    'architektura',
    'aplikacje',
  ]
  for (const language of ['pl', 'en', 'uk']) {
    const html = (await app.inject(`/deklaracja-dostepnosci?lang=${language}`)).body
    await assertValidPage(html)
    for (const id of ids) assert.ok(html.includes(`id="a11y-${id}"`), id)
  }
  const text = textOf((await app.inject('/deklaracja-dostepnosci')).body)
  assert.match(text, /Data publikacji strony: nie podano/)
  assert.match(text, /65 529 81 28/)
})

test('sections stand under their department', async () => {
  const ids = (
    await contacts(directory, Temporal.PlainDate.from('2020-05-25'), async () => ({ intervals: [], code: 'unknown', basis: [] }))
  ).map((each) => each.id)
  assert.equal(ids[0], 'um-leszno')
  assert.equal(ids.indexOf('wydzial-komunikacji/prawa-jazdy'), ids.indexOf('wydzial-komunikacji') + 1)
})

test('hours an act gives need no word of how old they are', async () => {
  assert.doesNotMatch(await contactsAt('2020-05-25T08:00:00+02:00'), /\( ?(?:według|potwierdzone)/)
})

test('a unit is found by its name, by a matter it handles and by everyday words; in vain the number of the office is given', async () => {
  clock.moveTo(Temporal.Instant.from('2020-05-25T08:00:00+02:00'))
  for (const [typed, name] of [
    ['komunikacji', 'Wydział Komunikacji'],
    ['rejestracja samochodu', 'Wydział Komunikacji'],
    ['wycinka drzewa', 'Wydział Ochrony Środowiska'],
  ] as const) {
    const page = await app.inject(`/kontakt?q=${encodeURIComponent(typed)}`)
    await assertValidPage(page.body)
    const text = textOf(page.body).split('Znaleziono')[1] ?? ''
    assert.match(text.slice(0, 200), new RegExp(name, 'i'), typed)
  }
  assert.match(
    textOf((await app.inject('/kontakt?q=komunikacji')).body),
    /Adres ul\. Wałowa 5, Leszno Dostępność budynku Nie mamy opisu dostępności tego budynku\. Proszę zadzwonić przed przyjściem: 65 529 81 28/,
  )
  const vain = await app.inject('/kontakt?q=zzzzzz')
  await assertValidPage(vain.body)
  assert.match(textOf(vain.body), /Znaleziono 0 miejsc Nic takiego nie ma na liście\. Można zadzwonić na numer ogólny: 65 529 81 00\./)
})

test('days soon that are not as usual are told before they come, on the page and in the list', async () => {
  assert.match(
    await contactsAt('2020-06-05T08:00:00+02:00'),
    /Inne godziny w najbliższych dniach czwartek 11 czerwca 2020: nieczynne \(Boże Ciało\) /,
  )
  const all = (await list()).json<ContactJson[]>()
  assert.deepEqual(
    all.find(({ id }) => id === 'usc')?.otherHours.map(({ day, code }) => [day, code]),
    [['2020-06-11', 'day-off']],
  )
  assert.doesNotMatch(await contactsAt('2020-06-15T08:00:00+02:00'), /Inne godziny/)
})

test('the list has a fragment for the BIP, and each unit says when it was last confirmed', async () => {
  const before = (await list()).json<ContactJson[]>().find(({ id }) => id === 'usc')
  assert.equal(before?.confirmedOn, null)
  assert.ok((before?.services.length ?? 0) > 0)
  const { rows } = await context.database.pool.query<{ id: number }>(
    "insert into account (login, name, roles, created_at) values ('szef', 'Szef', '{head}', $1) returning id",
    [clock.now().toString()],
  )
  await confirmContacts(context, ['usc'], rows[0]?.id ?? 0)
  assert.equal((await list()).json<ContactJson[]>().find(({ id }) => id === 'usc')?.confirmedOn, '2020-06-15')
  const fragment = await app.inject('/kontakt/bip.html')
  assert.equal(fragment.headers['content-type'], 'text/html; charset=utf-8')
  assert.doesNotMatch(fragment.body, /class=|<script|<html/)
  assert.match(textOf(fragment.body), /Urząd Stanu Cywilnego 65 529 81 65 .* 15 czerwca 2020/)
  assert.match(await contactsAt('2020-06-15T08:00:00+02:00'), /Dane potwierdzone 15 czerwca 2020/)
})

test('hours of a page say how old it is', async () => {
  assert.match(await contactsAt('2024-07-02T08:00:00+02:00'), /7:00–14:00 \( ?potwierdzone na lato 2024 r\. \(pilotaż\) ?\)/)
  assert.match(await contactsAt('2026-11-24T08:00:00+01:00'), /7:30–14:30 \( ?według strony bez daty ?\)/)
})

async function contactsAt(instant: string): Promise<string> {
  clock.moveTo(Temporal.Instant.from(instant))
  return textOf((await app.inject('/kontakt')).body)
}

/** Units that give no e-mail, themselves or by their department; those that give no phone either, or a phone. */
function unitsWithout(phoneToo: boolean): number {
  return [...directory.units.values()].filter((unit) => {
    const line = directory.unitAndParents(unit.id)
    return line.every((each) => each.email === null) && line.every((each) => each.phones.length === 0) === phoneToo
  }).length
}

function named(name: string): Contact {
  return {
    id: 'x',
    parentId: null,
    name,
    phones: ['+48655298100', '+48655298110'],
    phonesAreOffice: false,
    fax: '+48655298131',
    email: 'a@example.pl',
    emailIsOffice: false,
    building: null,
    address: 'ul. Żółta 1, 64-100 Leszno',
    room: null,
    hours: { intervals: [], code: 'closed', basis: [] },
    hoursAsOf: null,
    source: null,
    exceptions: [],
    confirmedOn: null,
  }
}

/** RFC 4180, as a reader that shares nothing with the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string
    if (quoted) {
      if (letter !== '"') field += letter
      else if (text[at + 1] === '"') {
        field += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === ',') {
      row.push(field)
      field = ''
    } else if (letter === '\r' && text[at + 1] === '\n') {
      rows.push([...row, field])
      row = []
      field = ''
      at += 1
    } else field += letter
  }
  assert.equal(field, '')
  return rows
}

/** RFC 6350: unfolds, then reads each card's properties and takes escapes back. */
function readVcards(text: string): Record<string, string[]>[] {
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const cards: Record<string, string[]>[] = []
  for (const line of lines) {
    if (line === 'BEGIN:VCARD') cards.push({})
    const parts = /^([A-Z]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)$/.exec(line)
    if (parts === null) continue
    const value = (parts[2] ?? '').replaceAll(/\\(.)/g, (_all, letter: string) => (letter === 'n' ? '\n' : letter))
    const card = cards.at(-1) as Record<string, string[]>
    const name = parts[1] as string
    card[name] = [...(card[name] ?? []), value]
  }
  return cards
}
