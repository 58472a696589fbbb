/**
 * Processes that send are killed at every step, by a seeded list, and others go on. Nothing is lost;
 * an e-mail arrives twice only if the kill fell between the server's acceptance and our note of it,
 * and then under one Message-ID; an SMS never does, and is uncertain; nothing is said to be sent
 * that the other side did not accept.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { testDatabase } from '../../tests/support/office.js'
import type { Told } from '../../tests/support/sending-child.js'
import { startReaderOnce } from '../../tests/support/sending-process.js'
import { signedIn } from '../../tests/support/staff.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { header, mailServer } from '../../tests/support/smtp.js'
import { smsapiStandIn } from '../../tests/support/sms-stand-ins.js'
import { machineClock } from '../platform/clock.js'
import { deliveriesOf } from './deliveries.js'
import { messageIdOf } from './names.js'
import { composingMost, composingsMost } from './rules.js'
import { sendDue, sendingSteps } from './sender.js'
import { resend } from './unreached/store.js'

const office = await testDatabase({ poolSize: 6 })
await smallOffice(office)
const { pool } = office.context.database
const [server, gateway] = await Promise.all([mailServer({ connections: 2 }), smsapiStandIn()])
const waysOut = { email: server.settings, sms: { provider: 'smsapi', url: gateway.url, token: gateway.token, from: null } } as const
const context = { ...office.context, demonstration: false, waysOut }
const people = 6

/** Runs a process until it ends or is killed; returns whether it was killed. */
async function run(kill: Told['kill']): Promise<boolean> {
  const told: Told = { connection: office.connection, kill, waysOut, now: office.clock.now().toString() }
  const script = fileURLToPath(new URL('../../tests/support/sending-child.js', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(told)], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (kill?.[0] === 'server-has-it') server.beforeAnswer = () => void child.kill('SIGKILL')
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  server.beforeAnswer = () => undefined
  assert.ok(signal === 'SIGKILL' || code === 0, `the process ended with ${code ?? signal}`)
  return signal === 'SIGKILL'
}

/** Goes on in this process once those that were killed are taken for dead. */
async function goOn(): Promise<void> {
  const machine = { now: () => machineClock.now().add({ minutes: 2 }) }
  office.clock.moveTo(office.clock.now().add(composingMost))
  await startReaderOnce(context, () => undefined)
  const deliveries = deliveriesOf(context)
  for (const delivery of deliveries) await sendDue(context, delivery, { machine })
  office.clock.moveTo(office.clock.now().add({ minutes: 10 }))
  for (const delivery of deliveries) await sendDue(context, delivery, { machine })
  for (const delivery of deliveries) delivery.close?.()
}

interface Row {
  readonly id: number
  readonly outbox_id: number
  readonly way: 'email' | 'sms'
  readonly state: string
  readonly phone: string | null
}

/** The list: every step, early and late; the seed decides which occurrence. */
const seed = Number(process.env['OKIENKO_SEED'] ?? 6)
const steps = ['composing', ...sendingSteps, 'server-has-it']
const kills = steps.flatMap((step, index) => [[step, 1 + ((seed * 7 + index * 3) % 4)] as const])

for (const kill of kills) {
  test(`killed at ${kill[0]}, ${kill[1]}: nothing is lost, doubled without need or said to be sent that was not`, async () => {
    await pool.query('truncate message, message_circuit, message_resend, outbox')
    server.received.length = 0
    gateway.taken.length = 0
    await pool.query(
      `insert into outbox (at, kind, payload) select $1, 'told-twice', jsonb_build_object('n', n) from generate_series(1, $2::int) as n`,
      [office.clock.now(), people],
    )
    assert.equal(await run(kill), true, 'the step came')
    await Promise.all([server.quiet(), gateway.quiet()])
    // What one killed in the middle left is told apart: what the other side had by then, and what we had noted.
    const acceptedBefore = new Set(server.received.map((mail) => header(mail, 'Message-ID')))
    const smsBefore = new Set(gateway.taken.map(({ to }) => `+${to}`))
    const { rows: before } = await pool.query<Row & Record<string, unknown>>('select id, outbox_id, way, state, phone from message')
    for (const { way, state, outbox_id: outboxId, phone } of before) {
      if (state !== 'sent') continue
      assert.ok(
        way === 'email' ? acceptedBefore.has(messageIdOf(context, outboxId)) : smsBefore.has(phone ?? ''),
        'sent is said of what was accepted alone',
      )
    }
    await goOn()
    const { rows } = await pool.query<Row & Record<string, unknown>>('select id, outbox_id, way, state, phone from message order by id')
    assert.deepEqual((await pool.query('select count(*)::int as count from outbox')).rows, [{ count: 0 }])
    assert.equal(rows.length, people * 2, 'each person has one of each way')
    for (const row of rows) {
      const arrived =
        row.way === 'email'
          ? server.received.filter((mail) => header(mail, 'Message-ID') === messageIdOf(context, row.outbox_id)).length
          : gateway.taken.filter(({ to }) => `+${to}` === row.phone).length
      const wasSending = before.find(({ id }) => id === row.id)?.state === 'sending'
      const between =
        wasSending && (row.way === 'email' ? acceptedBefore.has(messageIdOf(context, row.outbox_id)) : smsBefore.has(row.phone ?? ''))
      if (row.way === 'email') {
        assert.equal(row.state, 'sent')
        assert.equal(arrived, between ? 2 : 1, 'twice only where the kill fell between their acceptance and our note')
      } else {
        assert.equal(row.state, wasSending ? 'uncertain' : 'sent')
        assert.equal(arrived, row.state === 'sent' || between ? 1 : 0, 'an SMS never goes twice')
      }
    }
    // At most one of each way side by side per sender was in hand.
    assert.ok(rows.filter(({ state }) => state === 'uncertain').length <= 4)
  })
}

test('a message that ends the process each time it is made is given up with a reason of its own; the others go out', async () => {
  await pool.query('truncate message, message_circuit, message_resend, outbox')
  server.received.length = 0
  await pool.query(
    `insert into outbox (at, kind, payload) select $1, 'told-twice', jsonb_build_object('n', n, 'visit', n) from generate_series(1, $2::int) as n`,
    [office.clock.now(), people],
  )
  const poison = ['composing 3', 1] as const
  for (let begun = 1; begun <= composingsMost; begun += 1) {
    assert.equal(await run(poison), true, `it ended the process, ${begun}`)
    // All were begun with it; then those before it go out, then those after it, since they were begun less often.
    assert.equal((await pool.query('select from outbox')).rowCount, [people, people - 2][begun - 1] ?? 1, 'the others are not its fault')
    office.clock.moveTo(office.clock.now().add(composingMost))
  }
  assert.equal(await run(poison), false, 'it is not made any more')
  const { rows } = await pool.query(
    `select way, state, reason, visit_id, content -> 'payload' ->> 'n' as n from message where state <> 'sent'`,
  )
  assert.deepEqual(rows, [{ way: null, state: 'failed', reason: 'crashed', visit_id: 3, n: '3' }])
  assert.equal(server.received.length, people - 1)
  assert.equal((await pool.query('select from outbox')).rowCount, 0)
  const { accountId } = await signedIn(office.context, 'administrator')
  assert.equal(await resend(pool, { way: null, reason: 'crashed' }, { accountId, now: office.clock.now(), most: 10 }), 1)
  assert.equal(await run(null), false)
  assert.equal(server.received.length, people, 'made again once the fault is mended')
})
