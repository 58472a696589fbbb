/** E-mail as a way to book, walked in the demonstration: written on the page, answered by a clerk, one press books. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composers } from '../src/composers.js'
import { bookingRoutes } from '../src/booking/index.js'
import { inboxRoutes, writeMailboxes } from '../src/inbox/index.js'
import { parseMail } from '../src/inbox/parse/parse.js'
import { messageRoutes, readOutbox } from '../src/messages/index.js'
import type { Context } from '../src/platform/context.js'
import { languages } from '../src/platform/words.js'
import { form, testApp } from './support/app.js'
import { testLeszno } from './support/office.js'
import { signedIn } from './support/staff.js'
import { visitor, type Seen } from './support/visitor.js'
import { composeMail } from '../src/demonstration/mail/compose.js'
import { demonstrationMailboxes, ofUnit, shared } from '../src/demonstration/mail/mailboxes.js'
import { textCharactersMax, writeRoutes } from '../src/demonstration/mail/routes.js'

const { context } = await testLeszno()
const { pool } = context.database
await writeMailboxes(pool, demonstrationMailboxes)
const app = await testApp(context, messageRoutes, inboxRoutes, bookingRoutes, writeRoutes)
const clerk = await signedIn(context, 'service-office')
const page = '/skrzynka/napisz'
const mail = {
  name: 'Anna Zmyślona',
  email: 'anna@example.pl',
  skrzynka: shared.id,
  temat: 'Rejestracja samochodu',
  text: 'Dzień dobry,\n\nchcę zarejestrować samochód. Proszę o termin.',
}

const clerkSees = async (url: string): Promise<string> => (await app.inject({ url, headers: clerk.headers })).body
const clerkSends = async (url: string, fields: Record<string, string | string[]>) => {
  const { payload, headers } = form(fields)
  return app.inject({ method: 'POST', url, payload, headers: { ...headers, cookie: clerk.headers.cookie } })
}
const articles = ({ html }: Seen): string[] => html.match(/<article[\s\S]*?<\/article>/g) ?? []
const hrefIn = (text: string, pattern: RegExp): string =>
  pattern.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? assert.fail(`${pattern} in ${text}`)

async function letters(): Promise<string[]> {
  await readOutbox(context, composers)
  return articles(await visitor(app).open('/skrzynka'))
}

test('written on the page it is a request; two times are proposed; one press of the link books', async () => {
  const person = visitor(app)
  await person.open(page)
  const sent = await person.send({ ...mail, zalacznik: 'skan' }, page)
  assert.match(sent.text, /nową prośbę/)
  const { rows } = await pool.query<{ reference: string }>(
    `select r.reference from request r join mail_thread t on t.request_id = r.id where r.person_email = $1 and r.channel = 'email'`,
    [mail.email],
  )
  const reference = rows[0]?.reference ?? ''
  const thread = `/praca/poczta/${reference}`
  assert.match(await clerkSees('/praca/poczta'), new RegExp(thread))
  assert.match(await clerkSees('/praca/prosby'), new RegExp(thread))
  const [acknowledged] = await letters()
  assert.match(acknowledged ?? '', /anna@example\.pl/)
  assert.match(acknowledged ?? '', /załącznik/i, 'how papers are handed in')

  assert.equal((await clerkSends(`${thread}/odpowiadam`, {})).statusCode, 303)
  const opened = await clerkSees(thread)
  const fields = {
    co: 'times',
    widziano: hrefIn(opened, /name="widziano" value="(\d+)"/),
    sprawa: 'rejestracja-pojazdow',
    dla: 'rejestracja-pojazdow',
    keep: hrefIn(opened, /name="keep"[^>]*value="([^"]+)"/),
  }
  const later = await clerkSends(`${thread}/odpowiedz`, { ...fields, pokaz: '2020-05-29' })
  const starts = [...later.body.matchAll(/name="start"[^>]*value="(2020-[^"]+)"/g)].map(([, start]) => start ?? '')
  const answered = await clerkSends(`${thread}/odpowiedz`, { ...fields, start: starts.slice(0, 2) })
  assert.equal(answered.statusCode, 303, answered.body)

  const [letter = ''] = await letters()
  const links = [...letter.matchAll(/href="[^"]*(\/t\/[^"]+)"/g)].map(([, href]) => href ?? '')
  assert.equal(links.length, 2)
  // The mailbox shows a letter to be answered; the answer stands in the same thread, without what it quotes.
  const answer = visitor(app)
  await answer.open(hrefIn(letter, /href="(\/skrzynka\/napisz\?odpowiedz=\d+)"/))
  const joined = await answer.send({ text: 'Wybiorę drugi termin.' }, page)
  assert.match(joined.text, /wątku/)
  const { rows: mails } = await pool.query<{ body: string; subject: string; person_email: string }>(
    `select m.body, m.subject, m.person_email from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id
     where r.reference = $1 and m.direction = 'in' order by m.id`,
    [reference],
  )
  assert.deepEqual(
    mails.map(({ body, person_email: from }) => [body, from]),
    [
      [mail.text, mail.email],
      ['Wybiorę drugi termin.', mail.email],
    ],
  )
  assert.match(mails[1]?.subject ?? '', /^Re: Rejestracja samochodu \[/)

  await person.open(links[1] ?? '')
  assert.match((await person.send({})).path, /\/wizyta\//)
  const { rows: visits } = await pool.query(
    `select v.state, v.channel, v.person_name, v.person_email from request r join visit v on v.id = r.visit_id where r.reference = $1`,
    [reference],
  )
  assert.deepEqual(visits, [{ state: 'booked', channel: 'email', person_name: mail.name, person_email: mail.email }])
})

test('the same form sent twice is one mail', async () => {
  const person = visitor(app)
  const seen = await person.open(page)
  const key = hrefIn(seen.html, /name="klucz" value="([^"]+)"/)
  const twice = [1, 2].map(() => app.inject({ method: 'POST', url: page, ...form({ ...mail, email: 'dwa@example.pl', klucz: key }) }))
  assert.deepEqual(
    (await Promise.all(twice))
      .map(({ headers }) => String(headers.location).split('=')[1])
      .toSorted((a = '', b = '') => a.localeCompare(b)),
    ['known', 'thread'],
  )
  assert.equal((await pool.query(`select from request where person_email = 'dwa@example.pl'`)).rowCount, 1)
})

test('what is wrong is said at its field in each language, and what was typed stays', async () => {
  for (const language of languages) {
    const person = visitor(app, language)
    await person.open(page)
    const empty = await person.send({ name: '', email: '', skrzynka: 'inna', temat: 'x'.repeat(300), text: ' ' }, page)
    assert.equal(empty.status, 422)
    for (const field of ['name', 'email', `skrzynka-${shared.id}`, 'temat', 'text'])
      assert.ok(empty.html.includes(`href="#${field}"`), field)
    const long = await person.send({ ...mail, email: 'a@b', text: 'ż'.repeat(textCharactersMax + 1) }, page)
    assert.equal(long.status, 422)
    assert.ok(long.html.includes('Rejestracja samochodu') && long.html.includes('href="#email"') && long.html.includes('href="#text"'))
  }
  for (const odpowiedz of ['0', '999999', 'x', '1; drop'])
    assert.equal((await app.inject({ url: `${page}?odpowiedz=${encodeURIComponent(odpowiedz)}` })).statusCode, 404)
  assert.equal((await pool.query(`select from mail where person_email = 'a@b'`)).rowCount, 0)
})

test('a mail that quotes what it answers is read without it, in each language', async () => {
  for (const language of languages) {
    const raw = await composeMail({
      messageId: '<odp@pokaz.example>',
      from: { name: null, address: mail.email },
      to: ofUnit,
      subject: 'Re: x',
      text: 'Tak, proszę.',
      at: context.clock.now(),
      answers: {
        messageId: '<b@x>',
        references: ['<a@x>'],
        who: `Urząd Miasta Leszna w Lesznie przy ulicy o długiej nazwie <${ofUnit.address}>`,
        at: context.clock.now(),
        language,
        text: 'Dzień dobry\n\nProponujemy terminy.\n',
      },
      scan: true,
    })
    const read = await parseMail(raw)
    assert.deepEqual(
      [read.text, read.references, read.files.length, read.kind],
      ['Tak, proszę.', ['<a@x>', '<b@x>'], 1, 'person'],
      language,
    )
  }
})

test('only so many mails a minute; the form keeps what was typed', async () => {
  const limited = await testApp(context, writeRoutes)
  const statuses: number[] = []
  for (let sent = 0; sent < 21; sent += 1) {
    const fields = form({ ...mail, email: `wiele${sent}@example.pl`, klucz: crypto.randomUUID() })
    const answer = await limited.inject({ method: 'POST', url: page, ...fields })
    statuses.push(answer.statusCode)
    if (sent === 20) assert.ok(answer.body.includes('wiele20@example.pl') && answer.headers['retry-after'] !== undefined)
  }
  assert.deepEqual(statuses, [...Array.from({ length: 20 }, () => 303), 429])
})

test('a real office has no such page, nor has a demonstration whose e-mails leave', async () => {
  const smtp = { email: {} } as Context['waysOut']
  for (const change of [{ demonstration: false }, { waysOut: { ...context.waysOut, ...smtp } }]) {
    const other = await testApp({ ...context, ...change }, writeRoutes)
    assert.equal((await other.inject({ url: page })).statusCode, 404)
    assert.equal((await other.inject({ method: 'POST', url: page, ...form(mail) })).statusCode, 404)
  }
})
