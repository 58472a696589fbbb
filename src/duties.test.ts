import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { firstMorning, testLeszno } from '../tests/support/office.js'
import { signedIn } from '../tests/support/staff.js'
import { book, hold } from './booking/index.js'
import { composers } from './composers.js'
import { duties } from './duties.js'
import { readOutbox } from './messages/index.js'
import { instantOf, officeDay } from './platform/clock.js'
import type { Context } from './platform/context.js'
import { runDueDuties } from './platform/duties.js'
import { openDesk } from './queue/index.js'
import { findVisit } from './visit/index.js'

const today = officeDay(firstMorning)

async function booked(context: Context, minute: number): Promise<string> {
  const outcome = await book(context, {
    serviceId: 'rejestracja-pojazdow',
    start: instantOf(today, minute),
    channel: 'phone',
    person: { name: 'Anna Zmyślona', email: 'anna@example.org', phone: '+48655298100' },
    actor: 'system',
    key: randomUUID(),
  })
  assert.ok(outcome.allowed)
  return outcome.reference
}

test('a hold nobody renewed is given back', async () => {
  const { context, clock } = await testLeszno()
  const held = await hold(context, { serviceId: 'rejestracja-pojazdow', start: instantOf(today.add({ days: 1 }), 600) })
  assert.ok(held.allowed)
  clock.moveTo(firstMorning.add({ minutes: 11 }))
  await runDueDuties(context, duties)
  assert.equal((await findVisit(context.database.pool, held.reference))?.state, 'expired')
})

test('a booking nobody came for is missed once the day is over, not before', async () => {
  const { context, clock } = await testLeszno()
  const reference = await booked(context, 600)
  clock.moveTo(instantOf(today, 23 * 60 + 59))
  await runDueDuties(context, duties)
  assert.equal((await findVisit(context.database.pool, reference))?.state, 'booked')
  clock.moveTo(instantOf(today.add({ days: 1 }), 15))
  await runDueDuties(context, duties)
  assert.equal((await findVisit(context.database.pool, reference))?.state, 'missed')
})

test('fourteen days after the visit nothing personal is left, and the history is whole', async () => {
  const { context, clock } = await testLeszno()
  const reference = await booked(context, 600)
  await readOutbox(context, composers)
  const messages = async (): Promise<unknown[]> => (await context.database.pool.query('select state, email from message')).rows
  assert.deepEqual(await messages(), [{ state: 'sent', email: 'anna@example.org' }])
  const history = async (): Promise<unknown[]> => (await context.database.pool.query('select kind, actor from event order by id')).rows
  clock.moveTo(instantOf(today.add({ days: 13 }), 600))
  await runDueDuties(context, duties)
  assert.equal((await findVisit(context.database.pool, reference))?.person.name, 'Anna Zmyślona')
  const before = await history()
  clock.moveTo(instantOf(today.add({ days: 14 }), 600))
  await runDueDuties(context, duties)
  assert.deepEqual((await findVisit(context.database.pool, reference))?.person, { name: null, email: null, phone: null })
  assert.deepEqual(await history(), before)
  const everything = await context.database.pool.query<{ text: string }>(
    `select coalesce(string_agg(v::text, ' '), '') as text from (select v::text as v from visit v union all select l::text from visit_limit l union all select o::text from outbox o union all select m::text from message m union all select e::text from event e union all select k::text from idempotency_key k) all_rows`,
  )
  assert.doesNotMatch(everything.rows[0]?.text ?? '', /Zmyślona|example\.org|655298100|Numer rezerwacji/)
  assert.deepEqual(await messages(), [{ state: 'sent', email: null }], 'what is left may be counted')
})

test('a desk somebody forgot to close is not staffed the next day', async () => {
  const { context, clock } = await testLeszno()
  const { accountId } = await signedIn(context, 'desk')
  await openDesk(context, { desk: 'walowa-5/22/1', actor: `account:${accountId}`, accountId, now: clock.now() })
  const open = async (): Promise<number> => (await context.database.pool.query('select from desk_session')).rows.length
  clock.moveTo(instantOf(today, 23 * 60))
  await runDueDuties(context, duties)
  assert.equal(await open(), 1)
  clock.moveTo(instantOf(today.add({ days: 1 }), 10))
  await runDueDuties(context, duties)
  assert.equal(await open(), 0)
})
