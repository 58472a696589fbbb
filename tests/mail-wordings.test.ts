/** Mails that answer mails, in the office's own words: changed on the page, said by the next mail, in any language and process. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../src/app.js'
import { threadOfRequest, answerMail, lastMailOf, type Answer } from '../src/inbox/index.js'
import { writeMailboxes } from '../src/inbox/store.js'
import { clerkTimes } from '../src/booking/index.js'
import { mailOf, wordings } from '../src/messages/index.js'
import type { Context } from '../src/platform/context.js'
import { assertValidPage, textOf } from './support/html.js'
import { composed } from './support/letters.js'
import { mailbox, taken } from './support/mails/office.js'
import { testLeszno } from './support/office.js'
import { processes } from './support/processes.js'
import { until } from './support/race.js'
import { signedIn } from './support/staff.js'

const office = await testLeszno()
const { context } = office
const { pool } = context.database
await writeMailboxes(pool, [mailbox])
const app = await createApp(context)
const { headers } = await signedIn(context, 'administrator')
const clerk = await signedIn(context, 'service-office')

const change = (kind: string, key: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: `/praca/szablony/${kind}/inbox-messages.${key}`,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ w: 'pl', wersja: '0', co: 'zapisz', ...fields }).toString(),
  })

const texts = {
  pl: 'Dzień dobry, chcę zarejestrować samochód.',
  en: 'Hello, I want to register my car.',
  uk: 'Добрий день, хочу зареєструвати авто.',
}
let people = 0
/** A mail comes in to a process; its sender, and what the office says by itself. */
async function comesIn(language: keyof typeof texts, to: Context = context, subject = 'Auto'): Promise<{ email: string; said: string }> {
  const email = `osoba${(people += 1)}@poczta.example`
  await taken(to, { from: email, subject, text: texts[language] })
  return { email, said: await last(email) }
}

async function last(email: string): Promise<string> {
  const { rows } = await pool.query<{ body: string }>(
    `select body from mail where direction = 'out' and person_email = $1 order by id desc limit 1`,
    [email],
  )
  return rows[0]?.body ?? ''
}

async function answered(email: string, answer: Answer, own = ''): Promise<string> {
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [email])
  const reference = rows[0]?.reference ?? ''
  const thread = await threadOfRequest(pool, reference)
  const seen = await lastMailOf(pool, thread?.id ?? 0)
  const command = { reference, actor: `account:${clerk.accountId}`, key: crypto.randomUUID(), own, answer, seen } as const
  assert.equal((await answerMail(context, command)).code, 'done')
  return last(email)
}

test('a sentence changed on the page stands in the acknowledgement of the next mail, in its language alone; back again the usual one does', async () => {
  const own = {
    pl: 'Mamy Państwa list pod numerem {reference}.',
    en: 'We have your letter, number {reference}.',
    uk: 'Ваш лист у нас, номер {reference}.',
  }
  const expected = {
    pl: /Mamy Państwa list pod numerem \w{4} \w{4}\./,
    en: /We have your letter, number \w{4} \w{4}\./,
    uk: /Ваш лист у нас, номер \w{4} \w{4}\./,
  }
  const usual = { pl: /Państwa e-mail dotarł do urzędu/, en: /Your e-mail has reached the office/, uk: /надійшов до установи/ }
  for (const language of ['pl', 'en', 'uk'] as const) {
    assert.match((await comesIn(language)).said, usual[language])
    const preview = await change('mail-received', 'received', { w: language, tekst: own[language], co: 'podglad' })
    assert.equal(preview.statusCode, 200)
    await assertValidPage(preview.body)
    assert.match(textOf(preview.body), expected[language])
    assert.doesNotMatch(textOf(preview.body), /SMS/, 'an answer to a mail is never an SMS')
    assert.match((await comesIn(language)).said, usual[language], 'a preview keeps nothing')
    assert.equal((await change('mail-received', 'received', { w: language, tekst: own[language] })).statusCode, 303)
    assert.match((await comesIn(language)).said, expected[language])
  }
  assert.equal((await change('mail-received', 'received', { tekst: 'Mamy Państwa list.' })).statusCode, 422, 'the number has to stay')
  assert.equal((await change('mail-received', 'received', { w: 'en', co: 'oryginal', wersja: '1' })).statusCode, 303)
  assert.match((await comesIn('en')).said, usual.en)
  assert.match((await comesIn('uk')).said, expected.uk)
})

test('what a clerk answers begins and ends in the office’s words, and so does the subject of a mail without one', async () => {
  assert.equal((await change('mail-question', 'hello', { tekst: 'Szanowni Państwo,' })).statusCode, 303)
  assert.equal((await change('mail-question', 'question', { tekst: 'Czekamy na odpowiedź.' })).statusCode, 303)
  assert.equal((await change('mail-closed', 'closed.not-our-matter', { tekst: 'To sprawa innego urzędu.' })).statusCode, 303)
  assert.equal((await change('mail-received', 'untitled.subject', { tekst: 'List do urzędu' })).statusCode, 303)
  const { email, said } = await comesIn('pl', context, '')
  assert.match(said, /^Szanowni Państwo,/)
  assert.match(
    await answered(email, { kind: 'question' }, 'Który samochód?'),
    /^Szanowni Państwo,\n\nKtóry samochód\?\n\nCzekamy na odpowiedź\.$/,
  )
  assert.match(await answered(email, { kind: 'closed', reason: 'not-our-matter' }), /To sprawa innego urzędu\./)
  const letters = (await composed(context)).flatMap(({ letter }) => letter ?? [])
  assert.ok(letters.filter(({ to }) => to.email === email).every(({ subject }) => /^Re: List do urzędu \[\w{4} \w{4}\]$/.test(subject)))
})

test('in an answer in another language the place, which stays Polish, is marked as such; the link of a time is in the office’s words', async () => {
  assert.equal((await change('mail-times', 'times.take', { w: 'en', tekst: 'This one: {when}' })).statusCode, 303)
  const { email } = await comesIn('en')
  const serviceId = 'rejestracja-pojazdow'
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-05-28'))
  const starts = days.flatMap((day) => day.starts.map(({ start }) => start)).slice(0, 1)
  const said = await answered(email, { kind: 'times', serviceId, starts, keep: context.clock.now().add({ hours: 10 }) })
  const letters = (await composed(context)).flatMap(({ letter }) => letter ?? [])
  const letter = letters.find(({ to, links }) => to.email === email && links.length > 0)
  assert.match(letter?.links[0]?.label ?? '', /^This one: Thursday 28 May 2020/)
  assert.ok(letter)
  const { html, text } = mailOf(letter, office.directory.office)
  assert.match(html, /Place: <span lang="pl">ul\. [^<]+<\/span>/, said)
  assert.match(text, /Place: ul\. /)
  assert.doesNotMatch(html + text, /[\uE000\uE001]/)
  await assertValidPage(html)
})

test('how long an answer takes is said with the office’s setting it rests on', async () => {
  const { said } = await comesIn('pl')
  assert.match(
    said,
    /Odpowiemy najpóźniej w ciągu 3 dni roboczych\.\n\nPodstawa: ustawienie urzędu: w ile dni roboczych odpowiada się na e-mail/,
  )
})

test('a process that remembers the words hears of a change made in another, and its next mail says it', async () => {
  const [there] = await processes(office, 1, 4)
  assert.ok(there !== undefined)
  assert.equal((await wordings(there)).get('pl')?.get('inbox-messages.received.more'), undefined)
  assert.equal((await change('mail-received', 'received.more', { tekst: 'Dopisać można w odpowiedzi.' })).statusCode, 303)
  await until(
    () => wordings(there),
    (own) => own.get('pl')?.has('inbox-messages.received.more') === true,
  )
  assert.match((await comesIn('pl', there)).said, /Dopisać można w odpowiedzi\./)
})

test('words are read once, however many messages say them', async () => {
  let readings = 0
  const query = pool.query.bind(pool)
  const counting = Object.assign(Object.create(pool) as typeof pool, {
    query: (...asked: unknown[]) => {
      if (String(asked[0]).includes('message_text')) readings += 1
      return (query as (...given: unknown[]) => unknown)(...asked)
    },
  })
  const one: Context = { ...context, database: { ...context.database, pool: counting } }
  for (let nth = 0; nth < 4; nth += 1) await comesIn('pl', one)
  assert.equal(readings, 1)
})
