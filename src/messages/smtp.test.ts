/** E-mail against a real SMTP server: TLS, a password, the signature, headers, and what a misbehaving server means. */
import assert from 'node:assert/strict'
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { test } from 'node:test'
import { testCertificate } from '../../tests/support/certificate.js'
import { testDatabase } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { header, mailServer, type Received } from '../../tests/support/smtp.js'
import { directory } from '../directory/index.js'
import type { MailSettings } from '../platform/config-messages.js'
import type { Outgoing } from './model.js'
import { smtp } from './ways/smtp.js'

const database = await testDatabase()
await smallOffice(database)
const { office } = await directory(database.context)

const letter = (change: Partial<Outgoing> = {}): Outgoing => ({
  id: 1,
  at: database.clock.now(),
  language: 'pl',
  to: { email: 'ala@example.pl', phone: null },
  subject: 'Wizyta potwierdzona: środa, 27 maja',
  lines: ['Wizyta w środę, 27 maja o 9:15.', 'Proszę wziąć dowód.'],
  links: [{ href: 'http://okienko.test/l/ABC', label: 'Zobacz wizytę' }],
  messageId: '<1.0123456789ab@okienko.test>',
  reference: 'm1r0t0123456789ab',
  ...change,
})

async function sent(settings: MailSettings, ...letters: readonly Outgoing[]) {
  const way = smtp(settings)
  try {
    const ends = []
    for (const each of letters) ends.push(await way.deliver(each, office))
    return ends
  } finally {
    way.close?.()
  }
}

test('an e-mail arrives as text and HTML, under its own Message-ID, from the office', async () => {
  const server = await mailServer()
  assert.deepEqual(await sent(server.settings, letter()), [{ how: 'accepted', providerId: null }])
  const [mail] = server.received as [Received]
  assert.deepEqual([mail.from, mail.to], ['wizyty@okienko.test', ['ala@example.pl']])
  assert.equal(header(mail, 'Message-ID'), '<1.0123456789ab@okienko.test>')
  assert.equal(header(mail, 'Auto-Submitted'), 'auto-generated')
  assert.match(header(mail, 'From') ?? '', /<wizyty@okienko\.test>$/)
  assert.equal(header(mail, 'Reply-To'), office.email)
  assert.match(header(mail, 'Content-Type') ?? '', /^multipart\/alternative/)
  assert.match(mail.raw, /Content-Type: text\/plain; charset=utf-8/)
  assert.match(mail.raw, /Content-Type: text\/html; charset=utf-8/)
})

test('a clerk’s answer stands in its thread, comes from its mailbox and is not called automatic', async () => {
  const server = await mailServer()
  const references = ['<a@poczta.example>', '<b@poczta.example>']
  const thread = { mailbox: 'podatki@okienko.test', inReplyTo: '<b@poczta.example>', references }
  await sent(server.settings, letter({ thread }))
  const [mail] = server.received as [Received]
  assert.equal(header(mail, 'In-Reply-To'), '<b@poczta.example>')
  assert.equal(header(mail, 'References'), references.join(' '))
  assert.equal(header(mail, 'Auto-Submitted'), null)
  assert.equal(mail.from, 'podatki@okienko.test')
  assert.match(header(mail, 'Reply-To') ?? '', /podatki@okienko\.test/)
})

test('nothing that was typed becomes a header or another recipient', async () => {
  const server = await mailServer()
  const evil = 'x\r\nBcc: ofiara@example.pl\r\n\r\n<script>'
  const thread = {
    mailbox: `a@b.pl\r\nBcc: ofiara@example.pl`,
    inReplyTo: `<b@x>\r\nBcc: ofiara@example.pl`,
    references: ['<a@x> <c@x', `<d@x\n>`],
  }
  const addresses = [
    'a@b.pl, ofiara@example.pl',
    'a@b.pl\r\nRCPT TO:<ofiara@example.pl>',
    '"a b"@c.pl',
    'Ala <a@b.pl>',
    '@b.pl',
    'a@b.pl\0',
  ]
  const ends = await sent(
    server.settings,
    letter({ subject: evil, thread }),
    ...addresses.map((email) => letter({ to: { email, phone: null } })),
  )
  assert.deepEqual(
    ends.map(({ how }) => how),
    ['accepted', ...addresses.map(() => 'refused')],
  )
  const [mail, more] = server.received as [Received, Received | undefined]
  assert.equal(more, undefined)
  assert.deepEqual(mail.to, ['ala@example.pl'])
  assert.deepEqual([header(mail, 'Bcc'), header(mail, 'In-Reply-To'), header(mail, 'References')], [null, null, null])
  assert.equal(mail.from, 'wizyty@okienko.test')
  assert.match(header(mail, 'Subject') ?? '', /^x Bcc: ofiara@example\.pl <script>$/)
})

test('over TLS and with a password; a server nobody vouches for and a wrong password get nothing', async () => {
  for (const tls of ['required', 'implicit'] as const) {
    const server = await mailServer({ ...testCertificate, tls, password: 'tajne hasło' })
    assert.deepEqual(await sent(server.settings, letter()), [{ how: 'accepted', providerId: null }], tls)
    assert.equal(server.received[0]?.secure, true)
    const [stranger] = await sent({ ...server.settings, ca: null }, letter())
    assert.equal(stranger?.how, 'away', JSON.stringify(stranger))
    const [wrong] = await sent({ ...server.settings, password: 'inne' }, letter())
    assert.deepEqual(wrong, { how: 'away', fault: 'EAUTH 535' })
    assert.equal(server.received.length, 1)
  }
  const plain = await mailServer()
  const [refused] = await sent({ ...plain.settings, tls: 'required' }, letter())
  assert.equal(refused?.how, 'away', 'a server without TLS gets nothing where TLS is asked for')
  assert.equal(plain.received.length, 0)
})

test('the signature of the domain holds, and a changed mail breaks it', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const server = await mailServer()
  const dkim = { domain: 'okienko.test', selector: 'proba', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) }
  await sent({ ...server.settings, dkim }, letter())
  const [mail] = server.received as [Received]
  const key = publicKey.export({ type: 'spki', format: 'pem' })
  assert.deepEqual(checkDkim(mail.raw, key), { domain: 'okienko.test', selector: 'proba', body: true, head: true })
  assert.equal(checkDkim(mail.raw.replace('dow', 'DOW'), key).body, false)
  assert.equal(checkDkim(mail.raw.replace(/^Subject: ./m, 'Subject: X'), key).head, false)
})

/** A field as `relaxed` has it (RFC 6376, 3.4.2). */
const relaxed = (field: string): string => {
  const colon = field.indexOf(':')
  const value = field
    .slice(colon + 1)
    .replaceAll(/\r\n/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()
  return `${field.slice(0, colon).toLowerCase().trim()}:${value}`
}

/** Checks a signature by RFC 6376, relaxed/relaxed, rsa-sha256: written anew, from the RFC alone. */
function checkDkim(
  raw: string,
  publicKey: string,
): { domain: string | undefined; selector: string | undefined; body: boolean; head: boolean } {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  const body = raw.slice(head.length + 4)
  const fields = head.split(/\r\n(?![ \t])/).map((field) => ({ name: field.slice(0, field.indexOf(':')).toLowerCase(), field }))
  const signature = fields.find(({ name }) => name === 'dkim-signature')?.field ?? ''
  const tags = Object.fromEntries(
    relaxed(signature)
      .slice('dkim-signature:'.length)
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replaceAll(' ', '')]),
  ) as Record<string, string>
  const canonical = `${body
    .replaceAll(/[ \t]+\r\n/g, '\r\n')
    .replaceAll(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '')}\r\n`
  const bodyHash = createHash('sha256').update(canonical).digest('base64')
  const left = [...fields]
  const signed = (tags['h'] ?? '').split(':').flatMap((name) => {
    const index = left.findLastIndex((each) => each.name === name.toLowerCase())
    return index < 0 ? [] : left.splice(index, 1).map(({ field }) => `${relaxed(field)}\r\n`)
  })
  const own = relaxed(signature).replace(/([;:] ?b=)[^;]*/, '$1')
  return {
    domain: tags['d'],
    selector: tags['s'],
    body: tags['bh'] === bodyHash,
    head: verify('sha256', Buffer.from(signed.join('') + own), createPublicKey(publicKey), Buffer.from(tags['b'] ?? '', 'base64')),
  }
}

test('what a refusal, a lost connection and a dead server say of the message', async () => {
  const server = await mailServer()
  const end = async (mood: typeof server.mood) => {
    server.mood = mood
    const [handed] = await sent(server.settings, letter())
    return handed?.how === 'refused' ? handed.reason : handed?.how
  }
  assert.equal(await end('recipient-later'), 'later')
  assert.equal(await end('recipient-never'), 'refused-by-recipient')
  assert.equal(await end('content-never'), 'not-accepted')
  assert.equal(await end('drops-before'), 'unknown')
  assert.equal(await end('drops-after'), 'unknown')
  assert.equal(server.received.length, 1, 'what was lost on the way is not said again behind our back')
  await server.close()
  assert.equal(await end('kind'), 'away')
})
