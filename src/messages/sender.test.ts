/** Sending: noted, retried, closed while the other side is away, and never doubled by those who send together. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import { processes } from '../../tests/support/processes.js'
import { rewritten } from '../../tests/support/race.js'
import { ready, statesOf } from '../../tests/support/sending.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { header, mailServer } from '../../tests/support/smtp.js'
import { standingClock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import type { Delivery, Handed, Outgoing } from './model.js'
import { sendDue } from './sender.js'
import { smtp } from './ways/smtp.js'

const office = await testDatabase({ poolSize: 8 })
await smallOffice(office)
const { context, clock } = office

async function cleared(): Promise<void> {
  await context.database.pool.query('truncate message, message_circuit, message_resend')
}

interface Made extends Delivery {
  readonly letters: Outgoing[]
  end: Handed
}

/** A way that keeps what it is given, and ends as it is told to. */
function way(change: Partial<Delivery> = {}): Made {
  const letters: Outgoing[] = []
  const made: Made = {
    way: 'email',
    name: 'test',
    parallel: 2,
    repeatable: (change.way ?? 'email') === 'email',
    letters,
    end: { how: 'accepted', providerId: null },
    async deliver(letter) {
      letters.push(letter)
      return made.end
    },
    ...change,
  }
  return made
}

test('an SMS put off into the night waits for the morning', async () => {
  await cleared()
  const sms = way({ way: 'sms', repeatable: false })
  clock.moveTo(Temporal.Instant.from('2020-05-25T20:59:50+02:00'))
  await ready(context, { way: 'sms' })
  sms.end = { how: 'later', fault: 'busy' }
  await sendDue(context, sms)
  sms.end = { how: 'accepted', providerId: null }
  clock.moveTo(Temporal.Instant.from('2020-05-26T06:59:00+02:00'))
  await sendDue(context, sms)
  assert.equal(sms.letters.length, 1)
  clock.moveTo(Temporal.Instant.from('2020-05-26T07:00:00+02:00'))
  await sendDue(context, sms)
  assert.deepEqual([sms.letters.length, await statesOf(context)], [2, { sent: 1 }])
})

test('what was put off is not said once the visit was cancelled; another visit’s is, and what is said after', async () => {
  await cleared()
  const sms = way({ way: 'sms', repeatable: false })
  clock.moveTo(Temporal.Instant.from('2020-05-26T23:00:00+02:00'))
  for (const visitId of [7, 8]) await ready(context, { way: 'sms', visitId })
  await sendDue(context, sms)
  await ready(context, { way: 'sms', atOnce: true, visitId: 7 })
  const { rows } = await context.database.pool.query<{ id: number }>(
    `update message set kind = 'visit-cancelled' where at_once returning id::int as id`,
  )
  await sendDue(context, sms)
  await ready(context, { way: 'sms', visitId: 7 })
  clock.moveTo(Temporal.Instant.from('2020-05-27T07:00:00+02:00'))
  await sendDue(context, sms)
  assert.deepEqual(await statesOf(context), { 'dropped nothing-to-say': 1, sent: 3 })
  const cancelled = rows[0]?.id ?? 0
  assert.deepEqual(
    sms.letters.map(({ id }) => id).toSorted((a, b) => a - b),
    [cancelled - 1, cancelled, cancelled + 1],
  )
})

test('a message not accepted now is tried again later and given up in the end; one refused fails at once', async () => {
  await cleared()
  const later = way()
  later.end = { how: 'later', fault: 'EENVELOPE 451' }
  await ready(context)
  await sendDue(context, later)
  await sendDue(context, later)
  assert.deepEqual([later.letters.length, await statesOf(context)], [1, { queued: 1 }], 'not again at once')
  for (let round = 0; round < 20; round += 1) {
    clock.moveTo(clock.now().add({ hours: 4 }))
    await sendDue(context, later)
  }
  assert.deepEqual([later.letters.length, await statesOf(context)], [10, { 'failed gave-up': 1 }])
  assert.equal(new Set(later.letters.map(({ messageId }) => messageId)).size, 1, 'always under the same Message-ID')
  const refusing = way()
  refusing.end = { how: 'refused', reason: 'refused-by-recipient', fault: 'EENVELOPE 550' }
  await ready(context)
  await sendDue(context, refusing)
  assert.deepEqual(await statesOf(context), { 'failed gave-up': 1, 'failed refused-by-recipient': 1 })
})

test('a dead way is closed after a few failures, tried by one message at a time, and loses nothing; the other way goes on', async () => {
  await cleared()
  const dead = way({ way: 'sms', repeatable: false, parallel: 1 })
  dead.end = { how: 'away', fault: 'ECONNREFUSED' }
  await ready(context, { way: 'sms', count: 50, atOnce: true })
  await sendDue(context, dead)
  assert.equal(dead.letters.length, 5, 'five in a row, then nobody asks')
  const mails = way()
  await ready(context, { count: 10 })
  await sendDue(context, mails)
  assert.deepEqual(await statesOf(context, 'email'), { sent: 10 })
  // For three days: one message at a time asks whether it is back.
  for (let quarter = 0; quarter < 4 * 24 * 3; quarter += 1) {
    clock.moveTo(clock.now().add({ minutes: 15 }))
    await sendDue(context, dead)
  }
  assert.equal(dead.letters.length, 5 + 4 * 24 * 3)
  assert.deepEqual(await statesOf(context, 'sms'), { queued: 50 }, 'no message is given up because nobody was there')
  dead.end = { how: 'accepted', providerId: 'x' }
  clock.moveTo(clock.now().add({ minutes: 15 }))
  await sendDue(context, dead)
  assert.deepEqual(await statesOf(context, 'sms'), { sent: 50 })
  const { rows } = await context.database.pool.query('select * from message_circuit')
  assert.deepEqual(rows, [])
})

test('of several processes one tries a closed way', async () => {
  await cleared()
  const clients = await processes(office, 3, 2)
  const dead = way({ parallel: 1 })
  dead.end = { how: 'away', fault: 'ECONNREFUSED' }
  await ready(context, { count: 30 })
  await sendDue(context, dead)
  dead.letters.length = 0
  clock.moveTo(clock.now().add({ minutes: 20 }))
  await Promise.all(clients.map((client) => sendDue(client, dead)))
  assert.equal(dead.letters.length, 1)
})

test('an SMS nobody answered for is uncertain and is not sent again; an e-mail is, under the same Message-ID', async () => {
  await cleared()
  const silent = way({ way: 'sms', repeatable: false })
  silent.end = { how: 'unknown', fault: 'UND_ERR_SOCKET' }
  const mails = way()
  mails.end = silent.end
  await ready(context, { way: 'sms', atOnce: true })
  await ready(context)
  for (const each of [silent, mails]) await sendDue(context, each)
  clock.moveTo(clock.now().add({ hours: 1 }))
  silent.end = mails.end = { how: 'accepted', providerId: null }
  for (const each of [silent, mails]) await sendDue(context, each)
  assert.deepEqual([silent.letters.length, mails.letters.length], [1, 2])
  assert.equal(mails.letters[0]?.messageId, mails.letters[1]?.messageId)
  assert.deepEqual(await statesOf(context), { sent: 1, 'uncertain uncertain': 1 })
})

test('what helps nobody any more is dropped with its reason, also while its way is closed', async () => {
  await cleared()
  const dead = way({ parallel: 1 })
  dead.end = { how: 'away', fault: 'ECONNREFUSED' }
  await ready(context, { count: 8, usefulUntil: clock.now().add({ hours: 1 }) })
  await sendDue(context, dead)
  assert.deepEqual(await statesOf(context), { queued: 8 })
  clock.moveTo(clock.now().add({ hours: 1 }))
  await sendDue(context, dead)
  assert.deepEqual([dead.letters.length, await statesOf(context)], [5, { 'dropped too-late': 8 }])
})

test('whoever is taken for dead and is not notes no failure over what another did; that it was accepted counts', async () => {
  await cleared()
  const machine = standingClock(clock.now())
  const slow = way({ way: 'sms', repeatable: false })
  const held = Promise.withResolvers<Handed>()
  const begun = Promise.withResolvers<void>()
  await ready(context, { way: 'sms', atOnce: true })
  const sending = sendDue(context, { ...slow, deliver: async () => (begun.resolve(), held.promise) }, { machine })
  await begun.promise
  assert.deepEqual(await statesOf(context), { sending: 1 })
  machine.moveTo(machine.now().add({ minutes: 4 }))
  await sendDue(context, slow, { machine })
  assert.deepEqual([slow.letters.length, await statesOf(context)], [0, { 'uncertain uncertain': 1 }])
  held.resolve({ how: 'accepted', providerId: '17' })
  await sending
  assert.deepEqual(await statesOf(context), { sent: 1 })
})

test('a program that stops begins nothing more, and what it has claimed goes back', async () => {
  await cleared()
  let stopped = false
  const mails = way({ parallel: 1 })
  await ready(context, { count: 12 })
  const deliver = async (letter: Outgoing): Promise<Handed> => {
    mails.letters.push(letter)
    stopped = mails.letters.length === 3
    return mails.end
  }
  await sendDue(context, { ...mails, deliver }, { stopping: () => stopped })
  assert.deepEqual(await statesOf(context), { queued: 9, sent: 3 })
  const { rows } = await context.database.pool.query('select max(tries)::int as tries from message')
  assert.deepEqual(rows, [{ tries: 0 }])
})

/** Several processes send the same messages through one server; how often each arrived. */
async function together(change: (client: Context) => Context): Promise<{ arrived: number; messages: number }> {
  await cleared()
  const clients = (await processes(office, 4, 2)).map(change)
  const server = await mailServer({ connections: 3 })
  await ready(context, { count: 40 })
  const ways = clients.map(() => smtp(server.settings))
  await Promise.allSettled(clients.map((client, index) => sendDue(client, ways[index] as Delivery)))
  for (const each of ways) each.close?.()
  return { arrived: server.received.length, messages: new Set(server.received.map((mail) => header(mail, 'Message-ID'))).size }
}

test('four processes send each message once; without the claim some arrive twice', async () => {
  assert.deepEqual(await together((client) => client), { arrived: 40, messages: 40 })
  const bare = await together((client) =>
    rewritten(client, (text) =>
      text.includes('with due as materialized')
        ? text
            .replace('for update skip locked', '')
            .replace(
              "set state = 'sending', sending_until = $4",
              "set due_at = due_at - interval '0 seconds' * extract(epoch from $4::timestamptz)",
            )
        : text,
    ),
  )
  assert.ok(bare.arrived > 40)
  assert.equal(bare.messages, 40)
})
