/**
 * Polish mails as they come to an office, made of templates from a seed, each with what a reader
 * should find: subject, sender, text without quotes and signature, language.
 */
import type { Language } from '../../../src/platform/words.js'
import { encodeBody, encodeWord, type Charset, type Transfer } from './encode.js'

export interface MadeMail {
  readonly name: string
  readonly raw: Buffer
  readonly expected: {
    readonly subject: string
    readonly address: string
    readonly name: string
    readonly text: string
    readonly language: Language
  }
}

type Random = () => number

/** The same numbers in every run (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <Thing>(random: Random, things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)] as Thing

const names = [
  'Żaneta Gęś',
  'Łukasz Wójcik',
  'Anna Kowalska',
  'Józef Źrebięcy',
  'Małgorzata Śliwa',
  'Paweł Dąb',
  'Ewa Nowak',
  'Sławomir Częstochowski',
]
const matters: readonly (readonly [subject: string, sentence: string])[] = [
  ['Rejestracja samochodu', 'Chciałbym umówić wizytę w sprawie rejestracji samochodu sprowadzonego z Niemiec.'],
  ['Dowód osobisty dla córki', 'Córka kończy 12 lat i potrzebujemy dowodu osobistego, bo w lipcu jedziemy za granicę.'],
  ['Wymiana prawa jazdy', 'Moje prawo jazdy traci ważność w czerwcu. Jak mogę je wymienić?'],
  ['zameldowanie – pytanie', 'Przeprowadziłem się na ul. Święciechowską i chcę się zameldować na stałe.'],
  ['Odpis aktu urodzenia', 'Proszę o informację, jak otrzymać odpis zupełny aktu urodzenia mojego ojca.'],
  ['Ślub cywilny', 'Chcielibyśmy wziąć ślub w sierpniu. Jakie dokumenty są potrzebne i kiedy można przyjść?'],
  ['Podatek od nieruchomości', 'Dostałem decyzję o podatku i nie rozumiem, skąd wzięła się ta kwota.'],
  ['Działalność gospodarcza', 'Zawieszam działalność od pierwszego czerwca, czy muszę przyjść osobiście?'],
  ['wycinka drzewa', 'Na działce mam stary jesion, który grozi przewróceniem. Czy potrzebne jest zezwolenie?'],
]
const times = [
  'Najlepiej pasowałby mi wtorek przed południem.',
  'Pracuję do 15:00, więc proszę o późną godzinę.',
  'Mogę przyjść w każdy dzień oprócz środy.',
  'Czy jest wolny termin w tym tygodniu?',
  'Proszę o telefon: 601 234 567.',
]
const greetings = ['Dzień dobry,', 'Szanowni Państwo,', 'Witam serdecznie,', 'Dzień dobry']
const farewells = ['Pozdrawiam', 'Z poważaniem', 'Z góry dziękuję za odpowiedź', 'Serdecznie pozdrawiam']
const quoted = 'Dzień dobry, w odpowiedzi na Pani pytanie proszę podać numer sprawy.\n\nUrząd Miasta Leszna\ntel. 65 529 81 00'

const foreign: readonly { language: Language; subject: string; text: string }[] = [
  {
    language: 'en',
    subject: 'Appointment for residence registration',
    text: 'Dear Sir or Madam,\n\nI would like to register my residence in Leszno. When can I come?\n\nKind regards',
  },
  {
    language: 'uk',
    subject: 'Запис на прийом: ПЕСЕЛЬ',
    text: 'Доброго дня,\n\nхочу отримати номер ПЕСЕЛЬ для дитини. Коли можна прийти?\n\nДякую',
  },
]

interface Said {
  readonly subject: string
  readonly name: string
  readonly address: string
  readonly text: string
  readonly language: Language
}

/** How a program writes a mail: further heads and the parts of its text. */
interface Shape {
  readonly name: string
  readonly subject?: (subject: string) => string
  readonly heads?: readonly string[]
  /** Plain text as sent; null: none. */
  readonly plain: ((said: Said) => string) | null
  readonly html?: (said: Said) => string
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const paragraphs = (text: string): string =>
  text
    .split('\n\n')
    .map((each) => `<p>${escape(each).replaceAll('\n', '<br>\r\n')}</p>`)
    .join('\n')
const lineQuoted = quoted
  .split('\n')
  .map((line) => `> ${line}`.trimEnd())
  .join('\n')
const re = (subject: string): string => `Re: ${subject}`
const answersHeads = [
  'In-Reply-To: <okienko-17@um.leszno.example>',
  'References: <pierwszy@poczta.example>\r\n <okienko-17@um.leszno.example>',
]

const shapes: readonly Shape[] = [
  { name: 'plain', plain: ({ text }) => text },
  { name: 'signed', plain: ({ text, name }) => `${text}\n\n-- \n${name}\ntel. 601 234 567` },
  { name: 'iphone', heads: ['X-Mailer: iPhone Mail (17E262)'], plain: ({ text }) => `${text}\n\nWysłano z iPhone’a` },
  {
    name: 'gmail reply',
    subject: re,
    heads: answersHeads,
    plain: ({ text }) => `${text}\n\npon., 25 maj 2020 o 10:12 Urząd Miasta Leszna <um@leszno.example> napisał(a):\n\n${lineQuoted}\n`,
    html: ({ text }) =>
      `<div dir="ltr">${paragraphs(text)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">pon., 25 maj 2020 o 10:12 Urząd &lt;<a href="mailto:um@leszno.example">um@leszno.example</a>&gt; napisał(a):<br></div><blockquote class="gmail_quote">${paragraphs(quoted)}</blockquote></div>`,
  },
  {
    name: 'gmail reply broken',
    subject: re,
    heads: answersHeads,
    plain: ({ text }) =>
      `${text}\n\nW dniu poniedziałek, 25 maja 2020 Urząd Miasta Leszna w Lesznie przy Karasia 15 \n<um@leszno.example> napisał(a):\n\n${lineQuoted}\n`,
  },
  {
    name: 'thunderbird reply',
    subject: re,
    heads: answersHeads,
    plain: ({ text }) => `${text}\n\nW dniu 25.05.2020 o 10:12, Urząd Miasta pisze:\n${lineQuoted}\n`,
  },
  {
    name: 'outlook reply',
    subject: (subject) => `ODP: ${subject}`,
    heads: [...answersHeads, 'X-Mailer: Microsoft Outlook 16.0', 'Thread-Index: AdYx0000'],
    plain: ({ text }) =>
      `${text}\n\nFrom: Urząd Miasta Leszna <um@leszno.example> \nSent: Monday, May 25, 2020 10:12 AM\nTo: Ktoś <ktos@poczta.example>\nSubject: Sprawa\n\n${quoted}\n`,
    html: ({ text }) =>
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm}</style></head><body>${paragraphs(text)}<div style="border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Urząd</p></div></body></html>`,
  },
  {
    name: 'outlook reply in Polish',
    subject: (subject) => `Odp: ${subject}`,
    heads: answersHeads,
    plain: ({ text }) =>
      `${text}\n\n________________________________\nOd: Urząd Miasta Leszna <um@leszno.example>\nWysłane: poniedziałek, 25 maja 2020 10:12\nDo: Ktoś\nTemat: Sprawa\n\n${quoted}\n`,
  },
  {
    name: 'apple reply',
    subject: re,
    heads: [...answersHeads, 'Mime-Version: 1.0 (Mac OS X Mail 13.4)'],
    plain: ({ text }) =>
      `${text}\n\n> Wiadomość napisana przez Urząd Miasta <um@leszno.example> w dniu 25.05.2020, o godz. 10:12:\n> \n${lineQuoted}\n`,
  },
  { name: 'old outlook reply', subject: re, plain: ({ text }) => `${text}\n\n-----Wiadomość oryginalna-----\nOd: Urząd\n\n${quoted}\n` },
  { name: 'original message', subject: re, plain: ({ text }) => `${text}\n\n-----Original Message-----\nFrom: Urząd\n\n${quoted}\n` },
  { name: 'answers between', subject: re, plain: ({ text }) => `> Czy podać numer sprawy?\n\n${text}\n\n> Jaki dzień Pani pasuje?\n` },
  {
    name: 'gmail forward',
    subject: (subject) => `Fwd: ${subject}`,
    plain: ({ text }) =>
      `---------- Forwarded message ---------\nOd: Mąż <maz@poczta.example>\nDate: pon., 25 maj 2020 o 10:12\nSubject: sprawa\nTo: <ktos@poczta.example>\n\n\n${text}\n`,
  },
  {
    name: 'quoted forward',
    subject: (subject) => `Fwd: ${subject}`,
    plain: ({ text }) =>
      `-------- Wiadomość oryginalna --------\n${text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}\n`,
  },
  {
    name: 'html only',
    plain: null,
    html: ({ text }) =>
      `<html><head><title>x</title><style>p { color: red }</style></head><body>${paragraphs(text)}<img src="http://sledzenie.example/1.gif"><script>alert(1)</script></body></html>`,
  },
  {
    name: 'html only reply of gmail',
    subject: re,
    heads: answersHeads,
    plain: null,
    html: ({ text }) =>
      `<div>${paragraphs(text)}</div><div class="gmail_quote">Urząd napisał(a):<blockquote>${paragraphs(quoted)}</blockquote></div>`,
  },
]

const charsets: readonly Charset[] = ['utf-8', 'iso-8859-2', 'windows-1250']
const transfers: readonly Transfer[] = ['8bit', 'quoted-printable', 'base64']

/** The mail of a number: shapes, alphabets and codings in turn, the rest by the seed. */
export function makeMail(nth: number, seed = 7): MadeMail {
  const random = seeded(seed * 100_003 + nth)
  const shape = shapes[nth % shapes.length] as Shape
  const other = nth % 11 === 10 ? pick(random, foreign) : null
  // The old alphabets know no Cyrillic and no typographer's apostrophe.
  const charset = other !== null || shape.name === 'iphone' ? 'utf-8' : (charsets[Math.floor(nth / shapes.length) % 3] as Charset)
  const transfer = transfers[Math.floor(nth / (shapes.length * 3)) % 3] as Transfer
  const [about, asked] = pick(random, matters)
  const name = pick(random, names)
  const subject = `${other?.subject ?? (charset === 'utf-8' ? about : about.replace('–', '-'))}${random() < 0.3 ? ` (${Math.floor(random() * 900) + 100})` : ''}`
  const text = other?.text ?? `${pick(random, greetings)}\n\n${asked} ${pick(random, times)}\n\n${pick(random, farewells)}\n${name}`
  const said: Said = {
    subject: (shape.subject ?? String)(subject),
    name,
    address: `osoba.${nth}@poczta.example`,
    text,
    language: other?.language ?? 'pl',
  }
  return {
    name: `${nth}: ${shape.name}, ${charset}, ${transfer}`,
    raw: assemble(said, shape, { charset, transfer, nth, attachment: random() < 0.15, word: random() < 0.5 ? 'B' : 'Q' }),
    expected: { subject: said.subject, address: said.address, name, text, language: said.language },
  }
}

interface Wire {
  readonly charset: Charset
  readonly transfer: Transfer
  readonly nth: number
  readonly attachment: boolean
  readonly word: 'B' | 'Q'
}

function assemble(said: Said, shape: Shape, { charset, transfer, nth, attachment, word }: Wire): Buffer {
  const part = (type: string, text: string): Buffer =>
    Buffer.concat([
      Buffer.from(`Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: ${transfer}\r\n\r\n`),
      encodeBody(text, charset, transfer),
      Buffer.from('\r\n'),
    ])
  const texts = [
    ...(shape.plain === null ? [] : [part('text/plain', shape.plain(said))]),
    ...(shape.html === undefined ? [] : [part('text/html', shape.html(said))]),
  ]
  let body = texts.length > 1 ? multipart('alternative', `alt${nth}`, texts) : (texts[0] as Buffer)
  if (attachment) {
    const file = Buffer.from(
      'Content-Type: application/pdf; name="wniosek.pdf"\r\nContent-Disposition: attachment; filename="wniosek.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n',
    )
    body = multipart('mixed', `mix${nth}`, [body, file])
  }
  const heads = [
    `Message-ID: <mail-${nth}@poczta.example>`,
    `Date: Mon, 25 May 2020 ${String(6 + (nth % 12)).padStart(2, '0')}:${String(nth % 60).padStart(2, '0')}:00 +0200`,
    `From: ${encodeWord(said.name, charset, word)} <${said.address}>`,
    'To: um@leszno.example',
    `Subject: ${encodeWord(said.subject, charset, word)}`,
    ...(shape.heads?.some((each) => each.toLowerCase().startsWith('mime-version')) ? [] : ['MIME-Version: 1.0']),
    ...(shape.heads ?? []),
  ]
  return Buffer.concat([Buffer.from(`${heads.join('\r\n')}\r\n`), body])
}

function multipart(kind: string, boundary: string, parts: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
}
