/**
 * A letter as e-mail and as SMS, without a database: what stands in it, what cannot get into it, and
 * that its calendar part is read by a parser that shares nothing with whoever wrote it.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import ICAL from 'ical.js'
import { languages, pageWords } from '../../platform/words.js'
import { theme } from '../../ui/index.js'
import { assertValidPage } from '../../../tests/support/html.js'
import type { Letter } from '../model.js'
import { mailOf } from './mail.js'
import { smsOf, smsParts } from './sms.js'

const office = { name: 'Urząd Próbny', addressLines: ['ul. Próbna 1', '64-100 Próba'], phone: '+48655298100', email: 'urzad@example.pl' }
const letter = (change: Partial<Letter> = {}): Letter => ({
  id: 1,
  at: Temporal.Instant.from('2020-05-25T05:20:00Z'),
  language: 'pl',
  to: { email: 'osoba@example.pl', phone: null },
  subject: 'Wizyta umówiona: wtorek 26 maja 2020, 9:20',
  lines: [
    'Numer rezerwacji: K7MP QX2D',
    'Zdanie, które jest dłuższe niż jedna linia zwykłego tekstu, więc gdzieś musi się złamać między słowami.',
  ],
  links: [
    { href: 'https://okienko.example/l/K7MPQX2D-0123456789abcdefghijkl', label: 'Zobacz wizytę' },
    { href: 'https://okienko.example/l/K7MPQX2D-0123456789abcdefghijkl/odwolaj', label: 'Odwołaj wizytę' },
  ],
  ...change,
})

test('HTML and plain text say the same, whole and signed; a line of text is short, an address unbroken', async () => {
  const unit = { name: 'Wydział Próbny', phone: '+48655298111' }
  const { subject, text, html, calendar } = mailOf(letter({ unit }), office)
  assert.equal(subject, letter().subject)
  assert.equal(calendar, null)
  const joined = text.replaceAll('\n', ' ')
  for (const said of [subject, ...letter().lines, 'Wydział Próbny', 'Urząd Próbny', '64-100 Próba']) {
    assert.ok(joined.includes(said), `in the text: ${said}`)
    assert.ok(html.includes(said), `in the HTML: ${said}`)
  }
  assert.match(text, /\n-- \nWydział Próbny\n/)
  assert.match(text, /Telefon: 65 529 81 11/)
  for (const { href, label } of letter().links) {
    assert.ok(text.includes(`${label}:\n${href}`))
    assert.ok(html.includes(`href="${href}"`))
  }
  for (const line of text.split('\n')) assert.ok(line.length <= 72 || line.startsWith('https://'), line)
  await assertValidPage(html)
})

test('in each language the page says its language, has one heading, no picture and nothing from elsewhere', async () => {
  for (const language of languages) {
    const { html } = mailOf(letter({ language }), office)
    assert.ok(html.startsWith(`<!DOCTYPE html><html lang="${language}"`))
    assert.equal(html.split('<h1>').length, 2)
    assert.doesNotMatch(html, /<img|<script|src=|@import|url\(/)
    await assertValidPage(html)
  }
})

test('what stays Polish is marked in the HTML of a mail in another language, and nowhere else', async () => {
  const t = pageWords('uk')
  const place = t.polish('ul. Próbna 1')
  const marked = letter({
    language: 'uk',
    lines: [`Місце: ${place}`],
    links: [{ href: 'https://x.example/', label: place }],
  })
  const { text, html } = mailOf(marked, office)
  assert.match(html, /<p>Місце: <span lang="pl">ul\. Próbna 1<\/span><\/p>/)
  assert.doesNotMatch(text + html + smsOf(marked), /[\uE000\uE001]/)
  await assertValidPage(html)
})

test('colours are those of the theme, and no other; by night the page says so to whoever shows it', () => {
  const { html } = mailOf(letter(), office)
  const known = new Set(Object.values(theme.colours))
  const named = html.match(/#[0-9a-f]{3,8}\b/gi) ?? []
  assert.ok(named.length > 8)
  assert.deepEqual(
    named.filter((colour) => !known.has(colour)),
    [],
  )
  assert.match(html, /<meta name="color-scheme" content="light dark"/)
  assert.match(html, /prefers-color-scheme: dark/)
})

test('what somebody typed is text: no markup, no header, no other address', async () => {
  const sly = '<script>alert(1)</script> "x" & https://evil.example'
  const { subject, html } = mailOf(letter({ subject: `Wizyta\r\nBcc: ktos@example.pl ${sly}`, lines: [sly] }), office)
  assert.doesNotMatch(subject, /[\r\n]/)
  assert.doesNotMatch(html, /<script/)
  assert.doesNotMatch(html, /href="https:\/\/evil/)
  await assertValidPage(html)
})

const entry = {
  method: 'request',
  uid: 'K7MPQX2D@um',
  sequence: 2,
  startsAt: '2020-10-25T07:00:00Z',
  endsAt: '2020-10-25T07:30:00Z',
  title: 'Wizyta w urzędzie: Dowody; osobiste, "x"',
  place: 'ul. Wałowa 5, pokój 4',
} as const

test('the calendar part adds, updates and cancels one entry; organiser is the office, nobody else is named', () => {
  for (const [method, told, status] of [
    ['request', 'REQUEST', 'CONFIRMED'],
    ['cancel', 'CANCEL', 'CANCELLED'],
  ] as const) {
    const { calendar } = mailOf(letter({ calendar: { ...entry, method } }), office)
    assert.equal(calendar?.method, told)
    const parsed = new ICAL.Component(ICAL.parse(calendar?.content ?? ''))
    assert.equal(parsed.getFirstPropertyValue('method'), told)
    const part = parsed.getFirstSubcomponent('vevent')
    assert.ok(part)
    const event = new ICAL.Event(part)
    assert.deepEqual([event.uid, event.sequence, event.summary, event.location], [entry.uid, 2, entry.title, entry.place])
    assert.equal(part.getFirstPropertyValue('status'), status)
    assert.equal(event.startDate.toUnixTime(), Temporal.Instant.from(entry.startsAt).epochMilliseconds / 1000)
    assert.equal(String(part.getFirstPropertyValue('organizer')), 'mailto:urzad@example.pl')
    assert.deepEqual(
      event.attendees.map((each) => String(each.getFirstValue()).toLowerCase()),
      ['mailto:osoba@example.pl'],
    )
    for (const line of (calendar?.content ?? '').split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75)
  }
  assert.equal(mailOf(letter({ calendar: entry, to: { email: null, phone: '+48601234567' } }), office).calendar, null)
})

test('parts are counted as the network counts them', () => {
  assert.deepEqual(smsParts('a'.repeat(160)), { alphabet: 'gsm', parts: 1 })
  assert.deepEqual(smsParts('a'.repeat(161)), { alphabet: 'gsm', parts: 2 })
  assert.deepEqual(smsParts('€'.repeat(80)), { alphabet: 'gsm', parts: 1 })
  assert.deepEqual(smsParts('€'.repeat(81)), { alphabet: 'gsm', parts: 2 })
  assert.deepEqual(smsParts(`${'a'.repeat(152)}€${'a'.repeat(152)}`), { alphabet: 'gsm', parts: 3 })
  assert.deepEqual(smsParts('ж'.repeat(70)), { alphabet: 'ucs-2', parts: 1 })
  assert.deepEqual(smsParts('ж'.repeat(71)), { alphabet: 'ucs-2', parts: 2 })
  assert.deepEqual(smsParts('ą'), { alphabet: 'ucs-2', parts: 1 })
})

test('Polish letters lose their marks unless they are kept; Ukrainian stays', () => {
  const short = ['Zażółć gęślą jaźń – „tak”. ŁÓDŹ']
  assert.equal(smsOf(letter({ short })), 'Zazolc gesla jazn - "tak". LODZ')
  assert.equal(smsOf(letter({ short }), { diacritics: true, partsMax: 3 }), 'Zażółć gęślą jaźń - "tak". ŁÓDŹ')
  assert.equal(smsOf(letter({ short: ['Візит, ul. Wałowa'] })), 'Візит, ul. Wałowa')
})

test('what does not fit is left out from the end, at a sentence, and an address is whole or not there', () => {
  const link = 'https://okienko.example/l/K7MPQX2D-0123456789abcdefghijkl/odwolaj'
  for (let length = 1; length < 400; length += 1) {
    const short = ['Wizyta 26.05, 9:20, numer K7MPQX2D.', `Pierwsze ${'a'.repeat(length)}. Drugie zdanie.`, `Odwołanie: ${link}`]
    const text = smsOf(letter({ short }), { diacritics: false, partsMax: 2 })
    assert.ok(smsParts(text).parts <= 2)
    assert.ok(text.startsWith('Wizyta 26.05, 9:20, numer K7MPQX2D.'))
    assert.ok(!text.includes('https:') || text.endsWith(link))
    assert.match(text, /(\.|odwolaj)$/)
  }
  const long = smsOf(letter({ short: ['słowo '.repeat(100)] }), { diacritics: false, partsMax: 1 })
  assert.match(long, /slowo\.\.\.$/)
  assert.equal(smsParts(long).parts, 1)
})

test('a letter that says nothing short is its subject and first link', () => {
  assert.equal(smsOf(letter({ subject: 'Temat' })), `Temat ${letter().links[0]?.href}`)
})
