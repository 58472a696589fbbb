import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { same } from '../platform/clock.js'
import { findVisit, plannedDesks } from '../visit/index.js'
import { testDatabase } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { bookedVisit, somebody } from '../../tests/support/visits.js'
import { book, cancel, confirmHold, hold, move, releaseHold, renewHold, type Outcome } from './index.js'

const office = await testDatabase()
const { context, clock } = office
await smallOffice(office)
const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-26T${time}:00+02:00`)

const held = async (time: string): Promise<string> => {
  const outcome = await hold(context, { serviceId: 'short', start: at(time) })
  assert.ok(outcome.allowed)
  return outcome.reference
}

async function renew(reference: string): Promise<Outcome> {
  const visit = await findVisit(context.database.pool, reference)
  assert.ok(visit !== null)
  return renewHold(context, visit)
}

test('a hold is renewed by each page sent, thirty minutes at most, and worth nothing after', async () => {
  const reference = await held('08:00')
  const begun = clock.now()
  for (const minutes of [8, 16, 24]) {
    clock.moveTo(begun.add({ minutes }))
    const outcome = await renew(reference)
    assert.ok(outcome.allowed)
    assert.ok(same(outcome.heldUntil, begun.add({ minutes: Math.min(minutes + 10, 30) })))
  }
  clock.moveTo(begun.add({ minutes: 30 }))
  assert.equal((await renew(reference)).code, 'hold-expired')
  const confirmed = await confirmHold(context, { reference, person: somebody(), key: randomUUID() })
  assert.equal(confirmed.code, 'hold-expired')
})

test('confirming a hold books it in the name of a person; the same key gives the same answer', async () => {
  const reference = await held('08:30')
  const command = { reference, person: somebody(), key: randomUUID() }
  const first = await confirmHold(context, command)
  assert.ok(first.allowed)
  assert.equal(first.state, 'booked')
  const again = await confirmHold(context, command)
  assert.ok(again.allowed && again.repeated)
  assert.equal((await confirmHold(context, { ...command, key: randomUUID() })).code, 'already-booked')
  assert.equal((await confirmHold(context, { ...command, person: somebody() })).code, 'key-reused')
})

test('a confirmed hold counts towards the limits of its contact', async () => {
  const person = somebody()
  await confirmHold(context, { reference: await held('09:00'), person, key: randomUUID() })
  const second = await confirmHold(context, { reference: await held('09:30'), person, key: randomUUID() })
  assert.equal(second.code, 'limit-service-day')
})

test('every matter of a visit counts for its day, and all of them are one open booking', async () => {
  const person = somebody()
  const both = await hold(context, { serviceId: 'short', moreServiceIds: ['long'], start: at('13:00') })
  assert.ok(both.allowed)
  assert.ok((await confirmHold(context, { reference: both.reference, person, key: randomUUID() })).allowed)
  const wish = { channel: 'phone', person, actor: 'system', start: at('14:30') } as const
  const asked = (serviceId: string, change: object = {}) => book(context, { ...wish, serviceId, key: randomUUID(), ...change })
  assert.equal((await asked('long')).code, 'limit-service-day', 'the further matter')
  const tomorrow = { start: at('14:30').add({ hours: 24 }) }
  const second = await asked('long', { ...tomorrow, moreServiceIds: ['short'] })
  assert.ok(second.allowed, 'two matters are one open booking, so that this is the second')
  assert.equal((await asked('two', tomorrow)).code, 'limit-open')
  assert.ok((await asked('long', { limitException: 'several-matters' })).allowed)
  const moved = () => move(context, { reference: second.reference, start: at('11:30'), actor: 'citizen' })
  assert.equal((await moved()).code, 'limit-service-day')
  assert.ok((await cancel(context, { reference: both.reference, actor: 'citizen', reason: 'citizen-wish' })).allowed)
  assert.ok((await moved()).allowed, 'the day is free again for both')
})

test('a released hold gives its time back at once', async () => {
  const references = [await held('10:00'), await held('10:00'), await held('10:00'), await held('10:00')]
  assert.equal((await hold(context, { serviceId: 'short', start: at('10:00') })).code, 'slot-taken')
  assert.ok((await releaseHold(context, { reference: references[0] ?? '' })).allowed)
  assert.ok((await hold(context, { serviceId: 'short', start: at('10:00') })).allowed)
})

test('a cancelled visit frees its place and its limits, and cannot be cancelled twice', async () => {
  const person = somebody()
  const visit = await bookedVisit(office, { serviceId: 'short', start: at('11:00'), person })
  const command = { reference: visit.reference, actor: 'citizen', reason: 'citizen-wish', key: randomUUID() } as const
  const first = await cancel(context, command)
  assert.ok(first.allowed)
  assert.equal(first.state, 'cancelled')
  assert.ok((await cancel(context, command)).allowed, 'the same key gives the first answer')
  assert.equal((await cancel(context, { ...command, key: randomUUID() })).code, 'already-cancelled')
  assert.deepEqual(await plannedDesks(context.database.pool, visit.id), [])
  await bookedVisit(office, { serviceId: 'short', start: at('11:00'), person })
})

test('a moved visit keeps its reference and secret; the old time is free, also where both overlap', async () => {
  const visit = await bookedVisit(office, { serviceId: 'long', start: at('12:00') })
  const moved = await move(context, { reference: visit.reference, start: at('12:10'), actor: 'citizen' })
  assert.ok(moved.allowed)
  assert.equal(moved.reference, visit.reference)
  assert.equal(moved.secret, context.secrets.secretOf(visit.reference))
  const now = await findVisit(context.database.pool, visit.reference)
  assert.ok(same(now?.startsAt ?? null, at('12:10')) && same(now?.endsAt ?? null, at('12:50')))
  assert.equal(now?.state, 'booked')
})

test('a visit moved to the time it has is there already: nothing is written and nobody is told', async () => {
  const start = at('11:00')
  const { reference } = await bookedVisit(office, { serviceId: 'short', start })
  const written = async (): Promise<unknown> =>
    (
      await context.database.pool.query(
        `select (select count(*) from event) as events, (select count(*) from outbox) as jobs, (select version from visit where reference = $1)`,
        [reference],
      )
    ).rows
  const before = await written()
  const outcome = await move(context, { reference, start, actor: 'citizen', key: randomUUID() })
  assert.ok(outcome.allowed && outcome.repeated && same(outcome.start, start))
  assert.deepEqual(await written(), before)
})

test('a visit that finds no place at the new time keeps the old one', async () => {
  const visit = await bookedVisit(office, { serviceId: 'two', start: at('13:00') })
  for (let desk = 0; desk < 4; desk += 1) await bookedVisit(office, { serviceId: 'short', start: at('14:00') })
  const before = await plannedDesks(context.database.pool, visit.id)
  assert.equal((await move(context, { reference: visit.reference, start: at('14:00'), actor: 'citizen' })).code, 'slot-taken')
  const after = await findVisit(context.database.pool, visit.reference)
  assert.ok(same(after?.startsAt ?? null, at('13:00')))
  assert.deepEqual(await plannedDesks(context.database.pool, visit.id), before)
})

test('a visit whose time has come can no longer be moved or cancelled', async () => {
  const visit = await bookedVisit(office, { serviceId: 'short', start: at('15:00') })
  clock.moveTo(at('15:00'))
  assert.equal((await move(context, { reference: visit.reference, start: at('15:10'), actor: 'citizen' })).code, 'already-started')
  assert.equal((await cancel(context, { reference: visit.reference, actor: 'citizen', reason: 'citizen-wish' })).code, 'already-started')
})
