/** Two at once: of the times of one mail one is taken, and of two clerks one answers; shown to go wrong without the lock. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { clerkTimes } from '../booking/index.js'
import type { Context } from '../platform/context.js'
import { mailbox, otherMailbox, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { atOnce, processes } from '../../tests/support/processes.js'
import { rewritten } from '../../tests/support/race.js'
import { signedIn } from '../../tests/support/staff.js'
import { acceptTime, answerMail } from './index.js'
import { keepUntilChoices } from './rules.js'
import { lastMailOf, threadOfRequest, writeMailboxes } from './store.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
await writeMailboxes(pool, [mailbox, otherMailbox])
const clerks = [await signedIn(context, 'service-office'), await signedIn(context, 'service-office')]
const clients = await processes(office, 3, 3)
const serviceId = 'rejestracja-pojazdow'
const unlocked = clients.map((each) => rewritten(each, (text) => text.replace('where reference = $1 for update', 'where reference = $1')))

let people = 0

async function thread(): Promise<{ reference: string; seen: number }> {
  const email = `race${(people += 1)}@poczta.example`
  await taken(context, { id: `<${email}>`, from: email })
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [email])
  const reference = rows[0]?.reference ?? ''
  return { reference, seen: await lastMailOf(pool, (await threadOfRequest(pool, reference))?.id ?? 0) }
}

let rounds = 0

/** Three times kept for somebody, on three days (one matter is booked once a day); others each round, since a time just given back is marked in its process for a second. */
async function proposed(): Promise<string[]> {
  const { reference, seen } = await thread()
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-05-28'))
  const starts = days.flatMap((day) => day.starts[rounds]?.start ?? []).slice(0, 3)
  rounds = (rounds + 1) % 20
  assert.equal(starts.length, 3)
  const keep = keepUntilChoices(clock.now())[1] as Temporal.Instant
  const answer = { kind: 'times', serviceId, starts, keep } as const
  const outcome = await answerMail(context, {
    reference,
    actor: `account:${clerks[0]?.accountId ?? 0}`,
    key: randomUUID(),
    own: '',
    answer,
    seen,
  })
  assert.equal(outcome.code, 'done')
  const { rows } = await pool.query<{ reference: string }>(
    `select v.reference from mail_time mt join visit v on v.id = mt.visit_id join mail m on m.id = mt.mail_id join mail_thread t on t.id = m.thread_id
     join request r on r.id = t.request_id where r.reference = $1 order by mt.id`,
    [reference],
  )
  return rows.map((row) => row.reference)
}

/** All three taken at once, each by a process of its own; the answers and how many are booked. */
async function takeAll(by: readonly Context[]): Promise<{ codes: string[]; booked: number }> {
  const times = await proposed()
  const codes = await atOnce(3, (index) =>
    acceptTime(by[index] as Context, times[index] as string).then(
      ({ code }) => code,
      () => 'fault',
    ),
  )
  const { rowCount } = await pool.query(`select from visit where reference = any($1) and state = 'booked'`, [times])
  return { codes: codes.toSorted(), booked: rowCount ?? 0 }
}

test('of three times of one mail taken at once one is booked, and the others hear so', async () => {
  for (let round = 0; round < 6; round += 1)
    assert.deepEqual(await takeAll(clients), { codes: ['done', 'time-other-accepted', 'time-other-accepted'], booked: 1 })
})

test('one time taken by two browsers at once is booked once, and both hear so', async () => {
  const [time = ''] = await proposed()
  const outcomes = await atOnce(3, (index) => acceptTime(clients[index] as Context, time))
  assert.deepEqual(
    outcomes.map(({ code }) => code),
    ['done', 'done', 'done'],
  )
  assert.equal(outcomes.filter((outcome) => outcome.allowed && !outcome.repeated).length, 1)
})

/** Two clerks answer one thread at once, nobody having claimed it; how many mails went out. */
async function answeredAtOnce(by: readonly Context[]): Promise<number> {
  const { reference, seen } = await thread()
  await atOnce(2, (index) =>
    answerMail(by[index] as Context, {
      reference,
      actor: `account:${clerks[index]?.accountId ?? 0}`,
      key: randomUUID(),
      own: `Pytanie ${index}`,
      answer: { kind: 'question' },
      seen,
    }),
  )
  const { rowCount } = await pool.query(
    `select from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id where r.reference = $1 and m.answer = 'question'`,
    [reference],
  )
  return rowCount ?? 0
}

test('of two clerks who answer at once one does', async () => {
  for (let round = 0; round < 8; round += 1) assert.equal(await answeredAtOnce(clients), 1)
})

test('without the lock of the request two clerks answer one mail', async () => {
  let most = 0
  for (let round = 0; round < 60 && most < 2; round += 1) most = Math.max(most, await answeredAtOnce(unlocked))
  assert.equal(most, 2)
})

/** One mail in two mailboxes, taken in at once by two listeners; how many requests it became. */
async function takenAtOnce(by: readonly Context[]): Promise<number> {
  const from = `both${(people += 1)}@poczta.example`
  await atOnce(2, (index) =>
    taken(by[index] as Context, { id: `<${from}>`, from }, undefined, [mailbox, otherMailbox][index]).catch(() => undefined),
  )
  return (await pool.query('select from request where person_email = $1', [from])).rowCount ?? 0
}

test('a mail in two mailboxes, taken in by two listeners at once, is one request', async () => {
  for (let round = 0; round < 8; round += 1) assert.equal(await takenAtOnce(clients), 1)
})

test('without the lock of the mail its key in the schema keeps it one; without both it is two requests', async () => {
  const unlockedMail = clients.map((each) => rewritten(each, (text) => text.replace('pg_advisory_xact_lock($1)', '$1::text')))
  for (let round = 0; round < 8; round += 1) assert.equal(await takenAtOnce(unlockedMail), 1)
  await pool.query('alter table mail drop constraint mail_once; alter table mail add constraint mail_once unique (id)')
  let most = 0
  for (let round = 0; round < 60 && most < 2; round += 1) most = Math.max(most, await takenAtOnce(unlockedMail))
  assert.equal(most, 2)
})

test('without the lock and the guards of the schema two are told that the time is theirs', async () => {
  await pool.query('drop index mail_time_accepted_once; drop index limit_open_per_contact')
  let most = 0
  for (let round = 0; round < 40 && most < 2; round += 1)
    most = Math.max(most, (await takeAll(unlocked)).codes.filter((code) => code === 'done').length)
  assert.ok(most > 1)
})
