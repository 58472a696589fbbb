/**
 * The office's mail with the servers a city has: what is booked on the web is confirmed by a code that
 * came by mail, a mail becomes a request and its answer a visit, what cannot be delivered comes back
 * and is noted. Run by `npm run test:mail`, which starts the servers.
 */
import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import ICAL from 'ical.js'
import { ImapFlow } from 'imapflow'
import nodemailer from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { createApp } from '../../src/app.js'
import { book, clerkTimes } from '../../src/booking/index.js'
import { composers } from '../../src/composers.js'
import { answerMail, readMailboxes, startInbox } from '../../src/inbox/index.js'
import { lastMailOf, threadOfRequest } from '../../src/inbox/store.js'
import { messagesOfVisits, startReader } from '../../src/messages/index.js'
import { readConfig } from '../../src/platform/config.js'
import { findVisit } from '../../src/visit/index.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { visitor } from '../support/visitor.js'
import { citizenAddress, closedAddress, officeAddress, password, startMailServers } from './servers.js'

const folder = mkdtempSync(path.join(tmpdir(), 'okienko-real-mail-'))
// Before the office's own: its database is closed once nobody holds a connection.
const closers: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true })
})
const servers = await startMailServers()
const file = (name: string, content: string): string => {
  const whole = path.join(folder, name)
  writeFileSync(whole, content)
  return whole
}
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const passwordFile = file('password', password)
const user = encodeURIComponent(officeAddress)
// As an office sets it up: by the settings of the environment.
const config = readConfig({
  OKIENKO_SMTP: `smtp://${user}@127.0.0.1:${servers.smtpPort}`,
  OKIENKO_SMTP_PASSWORD_FILE: passwordFile,
  OKIENKO_SMTP_CA: servers.authority,
  OKIENKO_MAIL_FROM: officeAddress,
  OKIENKO_DKIM_SELECTOR: 'wizyty',
  OKIENKO_DKIM_KEY: file('dkim.pem', privateKey),
  OKIENKO_MAILBOXES: file(
    'mailboxes.json',
    JSON.stringify([
      {
        id: 'kontakt',
        name: 'Skrzynka urzędu',
        otherwise: 'biuro-obslugi',
        imap: `imaps://${user}@127.0.0.1:${servers.imapsPort}`,
        passwordFile,
        authorityFile: servers.authority,
        from: officeAddress,
      },
    ]),
  ),
})
const office = await testLeszno()
const context = { ...office.context, waysOut: config.waysOut }
const { pool } = context.database
const app = await createApp(context)
await app.ready()
const stopReader = startReader(context, composers)
const stopInbox = startInbox(context, readMailboxes(config.mailboxesFile), { waitMs: { first: 50, most: 500 } })
closers.push(
  () => servers.stop(),
  () => app.close(),
  stopReader,
  stopInbox,
)

const serviceId = 'rejestracja-pojazdow'

/** Asks until there is an answer; real servers take their time. */
async function wait<Found>(what: string, ask: () => Promise<Found | null | undefined>): Promise<Found> {
  const until = Date.now() + 30_000
  for (;;) {
    const found = await ask()
    if (found !== null && found !== undefined) return found
    if (Date.now() > until) assert.fail(`${what} did not come\n${servers.logs()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What lies in the citizen's mailbox, the newest last, as a program of another maker reads it. */
async function letters(): Promise<readonly Email[]> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: servers.imapsPort,
    secure: true,
    tls: { ca: readFileSync(servers.authority, 'utf8') },
    auth: { user: citizenAddress, pass: password },
    logger: false,
  })
  await client.connect()
  try {
    await client.mailboxOpen('INBOX')
    const sources: Buffer[] = []
    for await (const { source } of client.fetch('1:*', { source: true })) if (source !== undefined) sources.push(source)
    return await Promise.all(sources.map((source) => PostalMime.parse(source)))
  } catch (error) {
    // An empty mailbox has no mail number 1.
    if (client.mailbox !== false && client.mailbox.exists === 0) return []
    throw error
  } finally {
    await client.logout()
  }
}

const letter = (what: string, is: (mail: Email) => boolean): Promise<Email> =>
  wait(what, async () => (await letters()).findLast((each) => is(each)))
const head = (mail: Email, name: string): string => mail.headers.find(({ key }) => key === name)?.value ?? ''

/** A mail from another server, as the citizen's own provider would bring it. */
async function write(mail: { readonly subject: string; readonly text: string; readonly inReplyTo?: string }): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: servers.relayPort, ignoreTLS: true })
  const { messageId } = await transport.sendMail({ from: `Jan Próbny <${citizenAddress}>`, to: officeAddress, ...mail })
  transport.close()
  return messageId
}

interface Request extends Record<string, unknown> {
  readonly reference: string
  readonly state: string
  readonly channel: string
}

async function requestOf(messageId: string): Promise<Request | undefined> {
  const { rows } = await pool.query<Request>(
    `select r.reference, r.state, r.channel from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id
     where m.message_id = $1`,
    [messageId],
  )
  return rows[0]
}

test('a code comes by mail, and the visit it confirms with an entry for the calendar', async () => {
  const citizen = visitor(app)
  const times = `/sprawy/${serviceId}/terminy`
  const start = /name="start"[^>]*value="([^"]+)"/.exec((await citizen.open(times)).html)?.[1] ?? assert.fail('no time is free')
  const details = await citizen.send({ start }, times)
  const check = await citizen.send({ name: 'Jan Próbny', email: citizenAddress }, details.path)
  const waiting = await citizen.send({}, check.path)
  const reference = /\/wizyta\/([A-Z2-9]{8})\/potwierdz/.exec(waiting.path)?.[1] ?? assert.fail(waiting.path)
  const asked = await letter('the code', (mail) => /\b\d{6}\b/.test(mail.text ?? ''))
  const code = /\b(\d{6})\b/.exec(asked.text ?? '')?.[1] ?? ''
  assert.match(head(asked, 'dkim-signature'), /d=urzad\.example; .*s=wizyty/s)
  assert.equal(head(asked, 'auto-submitted'), 'auto-generated')
  const done = await citizen.send({ kod: code }, waiting.path)
  assert.match(done.path, new RegExp(`/wizyta/${reference}$`))
  const booked = await letter('the confirmation', (mail) => mail.attachments.some(({ mimeType }) => mimeType === 'text/calendar'))
  const [part] = booked.attachments.filter(({ mimeType }) => mimeType === 'text/calendar')
  const text = typeof part?.content === 'string' ? part.content : new TextDecoder().decode(part?.content)
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  assert.equal(calendar.getFirstPropertyValue('method'), 'REQUEST')
  const visit = (await findVisit(pool, reference)) ?? assert.fail(reference)
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? assert.fail('no event'))
  assert.equal(event.startDate.toJSDate().getTime(), visit.startsAt.epochMilliseconds)
  const told = await wait('what became of them', async () => {
    const all = await messagesOfVisits(pool, [visit.id])
    return all.length === 2 && all.every(({ state }) => state === 'sent') ? all : null
  })
  assert.deepEqual(
    told.map(({ kind, way }) => `${kind} ${way}`),
    ['visit-pending email', 'visit-booked email'],
  )
})

test('a mail becomes a request, its answer comes in the thread, and one press takes a proposed time', async () => {
  const messageId = await write({ subject: 'Rejestracja auta', text: 'Dzień dobry, chcę zarejestrować samochód. Kiedy mogę przyjść?' })
  const request = await wait('the request', () => requestOf(messageId))
  assert.deepEqual([request.state, request.channel], ['open', 'email'])
  const received = await letter('the acknowledgement', (mail) => mail.inReplyTo === messageId)
  assert.equal(head(received, 'auto-submitted'), 'auto-replied')

  const clerk = await signedIn(context, 'service-office')
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-05-28'))
  const starts = days.flatMap((each) => each.starts.map(({ start }) => start)).slice(0, 2)
  const thread = (await threadOfRequest(pool, request.reference)) ?? assert.fail('no thread')
  const keep = context.clock.now().add({ hours: 30 })
  const command = {
    reference: request.reference,
    actor: `account:${clerk.accountId}`,
    key: randomUUID(),
    own: 'Dzień dobry, proszę wybrać termin.',
    answer: { kind: 'times', serviceId, starts, keep },
    seen: (await lastMailOf(pool, thread.id)) ?? 0,
  } as const
  const answered = await answerMail(context, command)
  assert.ok(answered.allowed, JSON.stringify(answered))
  const proposal = await letter('the answer', (mail) => /\/t\/[A-Z2-9]{8}-/.test(mail.text ?? ''))
  assert.equal(proposal.references?.includes(messageId), true, 'it stands in the thread')
  assert.equal(proposal.from?.address, officeAddress)
  const links = [...(proposal.text ?? '').matchAll(/(\/(?:uk\/|en\/)?t\/[A-Z2-9]{8}-[A-Za-z0-9_-]+)/g)].map(([link]) => link)
  assert.equal(links.length, 2)

  const citizen = visitor(app)
  const page = await citizen.open(links[0] ?? '')
  assert.equal((await requestOf(messageId))?.state, 'open', 'looking takes nothing')
  const taken = await citizen.send({}, page.path)
  const reference = /\/wizyta\/([A-Z2-9]{8})/.exec(taken.path)?.[1] ?? assert.fail(taken.path)
  const visit = (await findVisit(pool, reference)) ?? assert.fail(reference)
  assert.deepEqual([visit.state, visit.channel], ['booked', 'email'])
  assert.equal((await requestOf(messageId))?.state, 'booked')
  await letter('the confirmation', (mail) => (mail.text ?? '').includes(`${reference.slice(0, 4)} ${reference.slice(4)}`))
})

test('what is taken by one server and refused by the next comes back, and the message is no longer said to be sent', async () => {
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-05-29'))
  const clerk = await signedIn(context, 'service-office')
  const outcome = await book(context, {
    serviceId,
    start: days.flatMap((each) => each.starts)[0]?.start ?? assert.fail('no time is free'),
    channel: 'phone',
    person: { name: 'Ewa Zamknięta', email: closedAddress, phone: null },
    actor: `account:${clerk.accountId}`,
    key: randomUUID(),
  })
  assert.ok(outcome.allowed)
  const visit = (await findVisit(pool, outcome.reference)) ?? assert.fail(outcome.reference)
  const [message] = await wait('the report', async () => {
    const all = await messagesOfVisits(pool, [visit.id])
    return all[0]?.state === 'failed' ? all : null
  })
  assert.deepEqual([message?.state, message?.reason], ['failed', 'bounced'])
})

test('what is written while the mailbox is away is a request once it is back, and only once', async () => {
  await servers.stopImap()
  const messageId = await write({ subject: 'Dowód osobisty', text: 'Dzień dobry, skończył mi się dowód osobisty.' })
  assert.equal(await requestOf(messageId), undefined)
  await servers.startImap()
  await wait('the request', () => requestOf(messageId))
  const { rowCount } = await pool.query('select from mail where message_id = $1', [messageId])
  assert.equal(rowCount, 1)
})
