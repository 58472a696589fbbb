/** Mails meant to break a reader, and what must still be found in each. */
import { gzipSync } from 'node:zlib'

export interface HostileMail {
  readonly name: string
  readonly raw: () => Buffer
  /** Read by its head alone. */
  readonly headOnly?: boolean
  readonly address?: string | null
  readonly subject?: string
  /** What its text must not hold. */
  readonly never?: readonly RegExp[]
}

const head = (more = ''): string => `Message-ID: <zly@poczta.example>\r\nFrom: Zły <zly@poczta.example>\r\nSubject: Sprawa\r\n${more}`
const text = (heads: string, body: string): Buffer => Buffer.from(`${heads}\r\n${body}`)
const nested = (levels: number): string => {
  const open = Array.from({ length: levels }, (_, nth) => `Content-Type: multipart/mixed; boundary="b${nth}"\r\n\r\n--b${nth}\r\n`)
  return `${open.join('')}Content-Type: text/plain\r\n\r\nna dnie`
}

export const hostileMails: readonly HostileMail[] = [
  { name: 'forty megabytes', raw: () => text(head(), 'x'.repeat(40 * 1024 * 1024)), headOnly: true, subject: 'Sprawa' },
  { name: 'one line of seven megabytes', raw: () => text(head(), 'ab '.repeat(2_300_000)), subject: 'Sprawa' },
  { name: 'ten thousand parts in each other', raw: () => Buffer.from(`${head()}${nested(10_000)}`), headOnly: true, subject: 'Sprawa' },
  { name: 'three hundred parts in each other', raw: () => Buffer.from(`${head()}${nested(300)}`), headOnly: true, subject: 'Sprawa' },
  {
    name: 'ten thousand parts in a row',
    raw: () => Buffer.from(`${head()}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nczęść\r\n'.repeat(10_000)}--b--`),
    headOnly: true,
  },
  { name: 'heads of ten megabytes', raw: () => Buffer.from(`${head()}X-Long: ${'y'.repeat(7_000_000)}\r\n\r\ntekst`), headOnly: true },
  {
    name: 'lines in a subject and a name',
    raw: () =>
      text(
        'Message-ID: <a@b>\r\nFrom: =?utf-8?Q?Jan=0D=0ABcc:_inni@example.com?= <zly@poczta.example>\r\nSubject: =?utf-8?Q?Sprawa=0D=0ABcc:_inni@example.com=0D=0A=0D=0AZ?=\r\n',
        'tekst',
      ),
    subject: 'Sprawa Bcc: inni@example.com Z',
  },
  {
    name: 'lines in an address',
    raw: () => text('From: "x" <zly@poczta.example\r\n\tBcc: inni@example.com>\r\nSubject: Sprawa\r\n', 'tekst'),
    subject: 'Sprawa',
  },
  {
    name: 'a bomb in a packed file',
    raw: () =>
      Buffer.from(
        `${head()}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nw załączniku\r\n--b\r\nContent-Type: application/gzip; name=a.gz\r\nContent-Disposition: attachment; filename=a.gz\r\nContent-Transfer-Encoding: base64\r\n\r\n${gzipSync(Buffer.alloc(50_000_000)).toString('base64')}\r\n--b--`,
      ),
  },
  {
    name: 'scripts, pictures from elsewhere and styles',
    raw: () =>
      text(
        head('Content-Type: text/html; charset=utf-8\r\n'),
        '<style>@import url(http://x.example/a.css)</style><body onload="alert(1)">Dzień dobry<script>alert("zło")</script><img src="http://x.example/1.gif" onerror="alert(2)" alt="obraz"><iframe src="http://x.example"></iframe><a href="javascript:alert(3)">tu</a></body>',
      ),
    never: [/alert/, /http:/, /@import/, /javascript/],
  },
  { name: 'a hundred thousand open tags', raw: () => text(head('Content-Type: text/html\r\n'), `${'<div><b>'.repeat(100_000)}dno`) },
  { name: 'tags that never close', raw: () => text(head('Content-Type: text/html\r\n'), '<a <!-- '.repeat(100_000)) },
  {
    name: 'an alphabet there is not',
    raw: () => text(head('Content-Type: text/plain; charset="x-nie-ma-takiego"\r\n'), 'tekst'),
    subject: 'Sprawa',
  },
  {
    name: 'bytes of no alphabet',
    raw: () =>
      Buffer.concat([Buffer.from(head('Content-Type: text/plain; charset=utf-8\r\n\r\n')), Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x80])]),
  },
  { name: 'zero bytes', raw: () => Buffer.from(`${head()}\r\na\0b\0c`), never: [/\0/] },
  {
    name: 'zero bytes in the subject',
    raw: () => text('From: zly@poczta.example\r\nSubject: a\0b =?utf-8?Q?c=00d?=\r\n', 'x'),
    never: [/\0/],
  },
  { name: 'no sender', raw: () => text('Subject: Sprawa\r\n', 'tekst'), address: null, subject: 'Sprawa' },
  {
    name: 'many senders',
    raw: () =>
      text(`From: ${Array.from({ length: 5_000 }, (_, nth) => `o${nth}@poczta.example`).join(', ')}\r\nSubject: Sprawa\r\n`, 'tekst'),
    address: 'o0@poczta.example',
  },
  { name: 'nothing at all', raw: () => Buffer.alloc(0), address: null, subject: '' },
  { name: 'noise', raw: () => Buffer.from(Array.from({ length: 5_000 }, (_, nth) => (nth * 7919) % 256)) },
  { name: 'a million quotes', raw: () => text(head(), '> > > >\n'.repeat(1_000_000)), headOnly: true },
  { name: 'sentences that nearly begin a quotation', raw: () => text(head(), `${'W dniu '.repeat(50)}\n`.repeat(20_000)) },
  { name: 'coded words without end', raw: () => text(`From: zly@poczta.example\r\nSubject: ${'=?utf-8?Q?'.repeat(8_000)}\r\n`, 'tekst') },
  { name: 'references without end', raw: () => text(head(`References: ${'<a@b> '.repeat(15_000)}\r\n`), 'tekst') },
]
