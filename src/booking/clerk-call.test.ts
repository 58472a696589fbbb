/** What a call came to stands with what was done in it, or neither does: the noting fails in between. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { at } from '../../tests/support/race.js'
import { testDatabase } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { signedIn } from '../../tests/support/staff.js'
import { somebody } from '../../tests/support/visits.js'
import type { Actor } from '../visit/index.js'
import { noteAttempt } from './call-back.js'
import { bookForCaller, keepForCaller } from './clerk-hold.js'
import { cancel, makeRequest, move, type Outcome, type RequestOutcome } from './index.js'
import { accountOf } from './model.js'

const office = await testDatabase({ poolSize: 4 })
await smallOffice(office)
const { context } = office
const { pool } = context.database
const actor: Actor = `account:${(await signedIn(context, 'service-office')).accountId}`
const inCall = { actor, channel: 'phone', inCall: true } as const

/** Everything an act may have written. */
async function written(): Promise<unknown> {
  const { rows } = await pool.query(
    `select (select jsonb_agg(jsonb_build_array(id, state, starts_at) order by id) from visit where state <> 'expired') as visits,
       (select count(*)::int from request) as requests, (select count(*)::int from idempotency_key) as keys,
       (select count(*)::int from event where kind <> 'held') as events, (select count(*)::int from outbox) as outbox,
       (select jsonb_agg(outcome order by id) from phone_call) as calls`,
  )
  return rows[0]
}
const lastOutcome = async (): Promise<unknown> =>
  (await pool.query<{ outcome: string }>('select outcome from phone_call order by id desc limit 1')).rows[0]?.outcome

before(async () => {
  await pool.query(`create function fail_to_note() returns trigger language plpgsql as $$ begin raise exception 'ended in between'; end $$`)
})

/** The act with the noting failing, then as it is: nothing of it stays the first time, both the second. */
async function bothOrNeither(act: () => Promise<Outcome | RequestOutcome>, outcome: string): Promise<string> {
  const stood = await written()
  await pool.query('create trigger fails before insert or update on phone_call for each row execute function fail_to_note()')
  await assert.rejects(act, /ended in between/)
  await pool.query('drop trigger fails on phone_call')
  assert.deepEqual(await written(), stood, 'neither')
  const done = await act()
  assert.ok(done.allowed, done.code)
  assert.equal(await lastOutcome(), outcome, 'both')
  const { rowCount } = await pool.query('update phone_call set ended_at = acted_at where ended_at is null')
  assert.equal(rowCount, 1)
  const again = await act()
  assert.ok(!again.allowed || again.repeated)
  assert.equal((await pool.query('select from phone_call where ended_at is null')).rowCount, 0, 'sent twice, noted once')
  return done.reference
}

const call = (start: Temporal.Instant, change: object = {}) =>
  ({ serviceId: 'short', start, person: somebody(), key: randomUUID(), ...inCall, ...change }) as const

test('a time booked at once, one kept before, its move and its end stand with the call, or neither does', async () => {
  const now = call(at(26, '09:00'))
  const reference = await bothOrNeither(() => bookForCaller(context, now), 'booked')
  const later = call(at(26, '10:00'))
  assert.ok((await keepForCaller(context, { serviceId: 'short', start: later.start, by: { actor, channel: 'phone' } })).allowed)
  await bothOrNeither(() => bookForCaller(context, later), 'booked')
  const key = randomUUID()
  await bothOrNeither(() => move(context, { reference, start: at(26, '11:00'), key, ...inCall }), 'moved')
  const end = randomUUID()
  await bothOrNeither(() => cancel(context, { reference, reason: 'citizen-wish', key: end, ...inCall }), 'cancelled')
})

test('what a call leaves to be done stands with it, or neither does', async () => {
  const command = { serviceId: 'short', times: [], person: somebody(), key: randomUUID(), by: { actor, channel: 'phone' } } as const
  await bothOrNeither(() => makeRequest(context, { ...command, callBack: { wish: 'call', ringAt: null }, inCall: true }), 'task')
})

test('whoever reached the person keeps the request with the attempt, or neither stands', async () => {
  const command = { serviceId: 'short', times: [], person: somebody(), key: randomUUID(), by: { actor, channel: 'phone' } } as const
  const made = await makeRequest(context, { ...command, callBack: { wish: 'call', ringAt: null } })
  assert.ok(made.allowed)
  const { reference } = made
  const stands = async (): Promise<unknown> => {
    const sql = `select claimed_by, (select count(*)::int from call_back_attempt where request_id = r.id) as attempts from request r where reference = $1`
    return (await pool.query(sql, [reference])).rows[0]
  }
  await pool.query('create trigger fails before update on request for each row execute function fail_to_note()')
  await assert.rejects(noteAttempt(context, { reference, actor, result: 'reached' }), /ended in between/)
  await pool.query('drop trigger fails on request')
  assert.deepEqual(await stands(), { claimed_by: null, attempts: 0 })
  assert.ok((await noteAttempt(context, { reference, actor, result: 'reached' })).allowed)
  assert.deepEqual(await stands(), { claimed_by: accountOf(actor), attempts: 1 })
})

test('what is booked at the counter is no call', async () => {
  const { rowCount: before } = await pool.query('select from phone_call')
  const { inCall: _, ...command } = call(at(27, '09:00'))
  assert.ok((await bookForCaller(context, { ...command, channel: 'counter' })).allowed)
  assert.equal((await pool.query('select from phone_call')).rowCount, before)
})
