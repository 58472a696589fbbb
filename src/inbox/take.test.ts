/** Mails taken in: threads, requests, what is set apart, and what the program says by itself. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { mailbox, mailOf, otherMailbox, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { guessesOf } from './list-store.js'
import { makeRequest } from '../booking/index.js'
import { othersOf, writeMailboxes } from './store.js'
import { bringBack } from './take.js'

const { context, clock } = await testLeszno()
const { pool } = context.database
await writeMailboxes(pool, [mailbox, otherMailbox])

const rows = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => (await pool.query(text, values)).rows
const sent = async (email: string): Promise<string[]> =>
  (await rows(`select answer from mail where direction = 'out' and person_email = $1 order by id`, [email])).map(({ answer }) =>
    String(answer),
  )
const request = async (email: string): Promise<Record<string, unknown>> =>
  (await rows('select * from request where person_email = $1', [email]))[0] ?? {}

test('a mail of a person becomes a request with a guess, and its sender is told once', async () => {
  assert.equal(await taken(context, { id: '<a1@x>', from: 'Anna <a@poczta.example>' }), 'thread')
  assert.equal(await taken(context, { id: '<a1@x>', from: 'Anna <a@poczta.example>' }), 'known', 'the same mail twice is one')
  const made = await request('a@poczta.example')
  assert.deepEqual(
    { channel: made['channel'], state: made['state'], service: made['service_id'], name: made['person_name'], unit: made['unit_id'] },
    { channel: 'email', state: 'open', service: null, name: 'Anna', unit: 'wydzial-komunikacji' },
  )
  const [thread] = await rows('select guessed_service_id, guess_words from mail_thread where request_id = $1', [made['id']])
  assert.equal(thread?.['guessed_service_id'], 'rejestracja-pojazdow')
  assert.ok(String(thread?.['guess_words']).length > 0)
  const id = Number(made['id'])
  assert.deepEqual([...(await guessesOf(pool, [id, id + 1_000]))], [[id, 'rejestracja-pojazdow']], 'the one list shows it too')
  assert.deepEqual(await sent('a@poczta.example'), ['received'])
  assert.equal((await rows(`select from outbox where kind = 'mail-out'`)).length, 1)
})

test('the same mail by another way, or to another mailbox of the office, is the same; its thread goes on in either', async () => {
  const mail = { id: '<two1@x>', from: 'two@poczta.example', heads: ['Date: Mon, 25 May 2020 07:00:00 +0200'] }
  assert.equal(await taken(context, mail), 'thread')
  const lateWay = mailOf({ ...mail, heads: ['Received: from a by b; Mon, 25 May 2020 07:09:00 +0200', ...mail.heads] })
  assert.equal(await taken(context, Buffer.from(`${lateWay.toString().replaceAll('\r\n', '\n')}\n`)), 'known')
  assert.equal(await taken(context, lateWay, undefined, otherMailbox), 'known')
  const answer = { id: '<two2@x>', from: 'two@poczta.example', answers: '<two1@x>' }
  assert.equal(await taken(context, answer, undefined, otherMailbox), 'joined')
  assert.equal((await rows(`select from request where person_email = 'two@poczta.example'`)).length, 1)
  const bare = 'From: bare@poczta.example\r\nDate: Mon, 25 May 2020 07:00:00 +0200\r\n\r\nDzień dobry'
  assert.equal(await taken(context, Buffer.from(bare)), 'thread')
  assert.equal(await taken(context, Buffer.from(`Received: from a\r\n${bare}`), undefined, otherMailbox), 'known', 'it has no Message-ID')
  const undated = bare.replace(/Date.*\r\n/, '')
  assert.equal(await taken(context, Buffer.from(undated)), 'thread')
  assert.equal(await taken(context, Buffer.from(`X: y\r\n${undated}`)), 'thread', 'said again on another day')
})

test('another mail that bears a known Message-ID is taken in as one of its own, and each thread goes on', async () => {
  const from = 'scanner@poczta.example'
  assert.equal(await taken(context, { id: '<scan@x>', from, text: 'Chcę zarejestrować samochód.' }), 'thread')
  assert.equal(await taken(context, { id: '<scan@x>', from, text: 'Proszę o odpis aktu urodzenia.' }), 'thread')
  assert.equal(await taken(context, { id: '<scan@x>', from: 'inny-skaner@poczta.example', text: 'Chcę zarejestrować samochód.' }), 'thread')
  const [first] = await rows(
    `select t.id, (select message_id from mail m where m.thread_id = t.id and direction = 'out') as told from mail_thread t
     join request r on r.id = t.request_id where r.person_email = $1 order by t.id limit 1`,
    [from],
  )
  const answer = Buffer.from(
    mailOf({ id: '<scan2@x>', from, answers: String(first?.['told']) })
      .toString()
      .replace('References: ', 'References: <scan@x> '),
  )
  assert.equal(await taken(context, answer), 'joined')
  assert.deepEqual(await rows(`select thread_id from mail where message_id = '<scan2@x>'`), [{ thread_id: first?.['id'] }])
})

test('a mail from before identities were kept is known by its Message-ID', async () => {
  await taken(context, { id: '<before@x>', from: 'before@poczta.example' })
  await pool.query(`update mail set identity = null where message_id = '<before@x>'`)
  assert.equal(await taken(context, { id: '<before@x>', from: 'before@poczta.example' }), 'known')
})

test('one sender is told once a day; the next day again', async () => {
  for (const id of ['<b1@x>', '<b2@x>']) await taken(context, { id, from: 'b@poczta.example' })
  assert.deepEqual(await sent('b@poczta.example'), ['received'])
  clock.moveTo(clock.now().add({ hours: 24 }))
  await taken(context, { id: '<b3@x>', from: 'B+sklep@poczta.example' })
  assert.deepEqual(await sent('B+sklep@poczta.example'), ['received'])
})

test('an answer joins its thread, by the mails it names or by the number in its subject from the same sender', async () => {
  await taken(context, { id: '<c1@x>', from: 'c@poczta.example' })
  const { reference } = await request('c@poczta.example')
  assert.equal(await taken(context, { id: '<c2@x>', from: 'c@poczta.example', answers: '<c1@x>' }), 'joined')
  const [out] = await rows(`select message_id from mail where direction = 'out' and person_email = 'c@poczta.example'`)
  assert.equal(await taken(context, { id: '<c3@x>', from: 'c@poczta.example', answers: String(out?.['message_id']) }), 'joined')
  const subject = `Odp: coś [${String(reference)}]`
  assert.equal(await taken(context, { id: '<c4@x>', from: 'c@poczta.example', subject }), 'joined')
  assert.equal(
    await taken(context, { id: '<c5@x>', from: 'obcy@poczta.example', subject }),
    'thread',
    'a number alone opens no thread of another',
  )
})

test('a mail to a thread that is over opens it again', async () => {
  await taken(context, { id: '<d1@x>', from: 'd@poczta.example' })
  const { id } = await request('d@poczta.example')
  await pool.query(`update request set state = 'closed', ended_at = $2, reason = 'doubled' where id = $1`, [id, clock.now().toString()])
  await pool.query('update mail_thread set waits_since = null where request_id = $1', [id])
  await taken(context, { id: '<d2@x>', from: 'd@poczta.example', answers: '<d1@x>' })
  const [now] = await rows(
    'select r.state, r.reason, t.waits_since from request r join mail_thread t on t.request_id = r.id where r.id = $1',
    [id],
  )
  assert.deepEqual([now?.['state'], now?.['reason']], ['open', null])
  assert.ok(now?.['waits_since'] !== null)
  assert.equal((await rows(`select from event where kind = 'request-reopened' and (details ->> 'request')::bigint = $1`, [id])).length, 1)
})

test('attachments are noted, never kept; the sender hears once a thread how papers are handed in', async () => {
  await taken(context, { id: '<e1@x>', from: 'e@poczta.example', file: 'wniosek.pdf' })
  await taken(context, { id: '<e2@x>', from: 'e@poczta.example', answers: '<e1@x>', file: 'drugi.pdf' })
  const mails = await rows(`select direction, files, body from mail where person_email = 'e@poczta.example' order by id`)
  assert.deepEqual(
    mails.map(({ direction }) => direction),
    ['in', 'out', 'in'],
  )
  assert.deepEqual(mails[0]?.['files'], [{ extension: 'pdf', bytes: 5 }])
  assert.match(String(mails[1]?.['body']), /Załączników z e-maila nie zapisujemy/)
  await taken(context, { id: '<f1@x>', from: 'f@poczta.example' })
  await taken(context, { id: '<f2@x>', from: 'f@poczta.example', answers: '<f1@x>', file: 'x.doc' })
  assert.deepEqual(await sent('f@poczta.example'), ['received', 'papers'])
})

test('programs are answered by nobody: what they send is set apart, and a clerk can bring it back', async () => {
  const before = (await rows('select from outbox')).length
  const heads = [['Auto-Submitted: auto-replied'], ['List-Id: <a.example>'], ['X-Spam-Flag: YES'], ['Precedence: bulk']]
  for (const [nth, each] of heads.entries())
    assert.equal(await taken(context, { id: `<g${nth}@x>`, from: 'g@poczta.example', heads: each }), 'set-aside')
  assert.equal(await taken(context, { id: '<quiet@x>', from: 'q@poczta.example', heads: ['X-Auto-Response-Suppress: All'] }), 'thread')
  assert.equal((await rows('select from outbox')).length, before, 'nobody was told')
  const clerk = await signedIn(context, 'service-office')
  const [mail] = await rows(`select id from mail where message_id = '<g2@x>'`)
  const brought = await bringBack(context, Number(mail?.['id']), clerk.accountId)
  assert.equal(brought?.state, 'open')
  assert.equal(await bringBack(context, Number(mail?.['id']), clerk.accountId), null, 'only once')
  assert.equal((await rows('select from outbox')).length, before)
})

test('a report of a failed delivery is told of in the same transaction', async () => {
  const heard: unknown[] = []
  const report = Buffer.from(
    'From: MAILER-DAEMON@b.example\r\nMessage-ID: <r1@x>\r\nContent-Type: multipart/report; boundary=r\r\n\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <17.abc@um.example>\r\n--r--',
  )
  const told = (_: unknown, { messageId, status }: { messageId: string; status: string | null }) =>
    Promise.resolve(void heard.push([messageId, status]))
  assert.equal(await taken(context, report, told), 'set-aside')
  assert.deepEqual(heard, [['<17.abc@um.example>', '5.1.1']])
})

test('what no table can hold is not kept of a head, so that no mail holds up those behind it', async () => {
  const heads = ['Date: 1 Jan 12345 00:00:00 +0000', 'Date: 0000-01-01T00:00:00Z', 'Date: -200000-01-01T00:00:00Z', 'In-Reply-To: <a\0b@c>']
  for (const [nth, head] of heads.entries())
    assert.equal(await taken(context, { id: `<odd${nth}@x>`, from: `odd${nth}@poczta.example`, heads: [head] }), 'thread', head)
  for (const id of ['<odd\0@x>', '=?utf-8?Q?<odder=00@x>?='])
    assert.equal(await taken(context, { id, from: 'o@poczta.example' }), 'thread', id)
  const file = Buffer.from(
    'From: oddest@poczta.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/p\0f\r\nContent-Disposition: attachment; filename=x\r\n\r\nabc\r\n--b--',
  )
  assert.equal(await taken(context, file), 'thread')
})

test('mails in the name of somebody close the form on nobody', async () => {
  for (const id of ['<form1@x>', '<form2@x>', '<form3@x>']) await taken(context, { id, from: 'forma@poczta.example' })
  const person = { name: 'Ewa Forma', email: 'forma@poczta.example', phone: null }
  const made = await makeRequest(context, { serviceId: 'rejestracja-pojazdow', times: [], person, key: randomUUID() })
  assert.equal(made.code, 'done')
})

test('a stranger who answers joins no thread, hears nothing of it and is not taken for its person; the clerk is told', async () => {
  await taken(context, { id: '<own1@x>', from: 'Ola <ola@poczta.example>', subject: 'Sprawa Oli' })
  const { id, reference } = await request('ola@poczta.example')
  const stranger = { from: 'kto@inny.example', subject: 'Witam', answers: '<own1@x>', file: 'x.pdf' }
  assert.equal(await taken(context, { id: '<own2@x>', ...stranger }), 'thread')
  assert.deepEqual(
    (await rows(`select subject from mail where direction = 'out' and person_email = 'kto@inny.example'`)).filter(({ subject }) =>
      String(subject).includes('Oli'),
    ),
    [],
  )
  const made = await request('kto@inny.example')
  const [thread] = await rows('select id from mail_thread where request_id = $1', [made['id']])
  assert.equal(await othersOf(pool, Number(thread?.['id'])), reference)
  await pool.query('update request set person_name = null, person_email = null where id = $1', [id])
  assert.equal(await taken(context, { id: '<own3@x>', ...stranger }), 'thread')
  assert.deepEqual(await rows('select person_email from request where id = $1', [id]), [{ person_email: null }])
})

test('a sender of papers hears once a day how they are handed in, in however many threads', async () => {
  for (const id of ['<p1@x>', '<p2@x>', '<p3@x>']) await taken(context, { id, from: 'papiery@poczta.example', file: 'x.pdf' })
  assert.deepEqual(await sent('papiery@poczta.example'), ['received'])
})
