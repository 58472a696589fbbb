/** Mails as they come, read; and mails meant to break the reader, which break nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostileMails } from '../../../tests/support/mails/hostile.js'
import { makeMail } from '../../../tests/support/mails/generate.js'
import { reportOf } from '../../../tests/support/mails/office.js'
import type { MailKind } from './model.js'
import { parseMail } from './parse.js'

/** Spaces and line ends differ between plain text and HTML; words do not. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

test('a thousand Polish mails are read: subject, sender, text without quotes, language', async () => {
  for (let nth = 0; nth < 1_000; nth += 1) {
    const { name, raw, expected } = makeMail(nth)
    const { subject, from, text, language, kind, headOnly } = await parseMail(raw)
    assert.deepEqual(
      { subject, address: from?.address, name: from?.name, text: plain(text), language, kind, headOnly },
      { ...expected, text: plain(expected.text), kind: 'person', headOnly: false },
      name,
    )
  }
})

test('mails meant to break the reader are read in bounded time, by their head where need be', async () => {
  for (const hostile of hostileMails) {
    const raw = hostile.raw()
    const from = performance.now()
    const mail = await parseMail(raw)
    const took = performance.now() - from
    assert.ok(took < 5_000, `${hostile.name} took ${Math.round(took)} ms`)
    assert.ok(mail.text.length <= 20_000 && mail.subject.length <= 300 && mail.references.length <= 40, hostile.name)
    assert.equal(/[\r\n]/.test(`${mail.subject}${mail.from?.name ?? ''}${mail.from?.address ?? ''}`), false, hostile.name)
    assert.match(mail.messageId, /^<[^<>\s]+>$/)
    for (const never of hostile.never ?? []) assert.doesNotMatch(`${mail.subject}\n${mail.text}`, never, hostile.name)
    if (hostile.headOnly !== undefined) assert.equal(mail.headOnly, hostile.headOnly, hostile.name)
    if (hostile.address !== undefined) assert.equal(mail.from?.address ?? null, hostile.address, hostile.name)
    if (hostile.subject !== undefined) assert.equal(mail.subject, hostile.subject, hostile.name)
  }
})

test('what programs send is told from what people send', async () => {
  const cases: readonly (readonly [heads: string, kind: MailKind])[] = [
    ['From: a@b.example\r\nSubject: Sprawa', 'person'],
    ['From: a@b.example\r\nSubject: Sprawa\r\nAuto-Submitted: no', 'person'],
    ['From: a@b.example\r\nSubject: x\r\nAuto-Submitted: auto-replied (vacation)', 'auto-reply'],
    ['From: a@b.example\r\nSubject: Automatyczna odpowiedź: Rejestracja', 'auto-reply'],
    ['From: a@b.example\r\nSubject: x\r\nX-Autoreply: yes', 'auto-reply'],
    ['From: a@b.example\r\nSubject: x\r\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent', 'auto-reply'],
    ['From: a@b.example\r\nSubject: x\r\nPrecedence: auto_reply', 'auto-reply'],
    ['From: a@b.example\r\nSubject: x\r\nPrecedence: bulk', 'list'],
    ['From: a@b.example\r\nSubject: x\r\nList-Id: <wiadomosci.example>', 'list'],
    ['From: a@b.example\r\nSubject: x\r\nX-Spam-Flag: YES', 'spam'],
    ['From: a@b.example\r\nSubject: x\r\nX-Spam-Status: No, score=1', 'person'],
    ['From: MAILER-DAEMON@b.example\r\nReturn-Path: <>\r\nSubject: Undelivered', 'bounce'],
  ]
  for (const [heads, kind] of cases) assert.equal((await parseMail(Buffer.from(`${heads}\r\n\r\ntekst`))).kind, kind, heads)
})

test('a report of a failed delivery names our message and the status; one of a delay is none, whatever its status', async () => {
  const id = '<okienko-17@um.example>'
  for (const status of ['5.1.1', '4.4.7']) {
    const { kind, bounce } = await parseMail(reportOf(id, 'failed', status))
    assert.equal(kind, 'bounce')
    assert.deepEqual(bounce, { messageId: id, status })
    const late = await parseMail(reportOf(id, 'delayed', status))
    assert.deepEqual([late.kind, late.bounce], ['auto-reply', null])
  }
})

const part = (heads: string, body: string): string => `--b\r\n${heads}\r\n\r\n${body}\r\n`

test('attachments are noted by ending and size; pictures of a signature are none', async () => {
  const mail = await parseMail(
    Buffer.from(
      `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part('Content-Type: text/plain', 'w załączeniu')}${part('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="Mój wniosek.PDF"', 'pdf')}${part('Content-Type: image/png\r\nContent-Disposition: inline; filename=logo.png', 'png')}--b--`,
    ),
  )
  assert.deepEqual(mail.files, [{ extension: 'pdf', bytes: 4 }])
})
