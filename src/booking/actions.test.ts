import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { same } from '../platform/clock.js'
import { findVisit, plannedDesks } from '../visit/index.js'
import { testDatabase } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { bookedVisit, somebody } from '../../tests/support/visits.js'
import { book, expireHolds, hold, makeRequest, move } from './index.js'

const office = await testDatabase()
const { context } = office
await smallOffice(office)
const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-26T${time}:00+02:00`)
const clerk = 'system' as const

test('a booked visit has its place, its history, work in the outbox and its answer under the key', async () => {
  const key = randomUUID()
  const person = somebody()
  const command = { serviceId: 'short', start: at('08:00'), channel: 'phone', person, actor: clerk, key } as const
  const first = await book(context, command)
  assert.ok(first.allowed)
  const visit = await findVisit(context.database.pool, first.reference)
  assert.equal(visit?.state, 'booked')
  assert.equal(visit?.person.name, person.name)
  assert.ok(same(visit?.endsAt ?? null, at('08:15')))
  assert.equal((await plannedDesks(context.database.pool, visit?.id ?? 0)).length, 1)
  const { rows } = await context.database.pool.query('select kind, details from event where visit_id = $1', [visit?.id])
  assert.deepEqual(
    rows.map((row) => row.kind),
    ['booked'],
  )
  const again = await book(context, command)
  assert.ok(again.allowed && again.repeated)
  assert.equal(again.reference, first.reference)
  assert.equal(again.secret, first.secret)
  const other = await book(context, { ...command, start: at('09:00') })
  assert.equal(other.code, 'key-reused')
})

test('as many visits start at a time as there are desks, the next is told the time is taken', async () => {
  for (let desk = 0; desk < 4; desk += 1) await bookedVisit(office, { serviceId: 'short', start: at('10:00') })
  const key = randomUUID()
  const fifth = await book(context, { serviceId: 'short', start: at('10:00'), channel: 'phone', person: somebody(), actor: clerk, key })
  assert.equal(fifth.code, 'slot-taken')
  const { rows } = await context.database.pool.query('select 1 from idempotency_key where key = $1', [key])
  assert.equal(rows.length, 0, 'a refusal is not kept under the key')
})

test('a start between the times of the grid is not offered, which is not the same as taken', async () => {
  const wish = { serviceId: 'short', channel: 'phone', person: somebody(), actor: clerk } as const
  for (const start of [at('10:30').add({ seconds: 30 }), at('10:31')]) {
    assert.equal((await book(context, { ...wish, start, key: randomUUID() })).code, 'not-offered')
    const visit = await bookedVisit(office, { serviceId: 'short', start: at('09:30') })
    const moved = await move(context, { reference: visit.reference, start, actor: 'system' })
    assert.equal(moved.code, 'not-offered')
  }
})

test('a key that was used is refused whatever the new command names', async () => {
  const key = randomUUID()
  const wish = { start: at('15:00'), channel: 'phone', person: somebody(), actor: clerk, key } as const
  assert.ok((await book(context, { ...wish, serviceId: 'short' })).allowed)
  assert.equal((await book(context, { ...wish, serviceId: 'nothing' })).code, 'key-reused')
  const request = { serviceId: 'nothing', times: [], person: somebody(), key }
  assert.equal((await makeRequest(context, request)).code, 'key-reused')
})

test('a matter for two takes two desks of one room, or none', async () => {
  const visit = await bookedVisit(office, { serviceId: 'two', start: at('11:00') })
  assert.equal((await plannedDesks(context.database.pool, visit.id)).length, 2)
  const second = await book(context, {
    serviceId: 'two',
    start: at('11:00'),
    channel: 'phone',
    person: somebody(),
    actor: clerk,
    key: randomUUID(),
  })
  assert.equal(second.code, 'slot-taken', 'one desk is left in each room')
})

test('two open bookings per contact, one for a service and day, and a clerk may pass it with a reason', async () => {
  const person = somebody()
  const wish = { channel: 'phone', person, actor: clerk } as const
  await bookedVisit(office, { ...wish, serviceId: 'short', start: at('12:00') })
  const sameDay = await book(context, { ...wish, serviceId: 'short', start: at('13:00'), key: randomUUID() })
  assert.equal(sameDay.code, 'limit-service-day')
  await bookedVisit(office, { ...wish, serviceId: 'long', start: at('13:00') })
  const third = await book(context, { ...wish, serviceId: 'two', start: at('12:30'), key: randomUUID() })
  assert.equal(third.code, 'limit-open')
  assert.deepEqual('values' in third && third.values, { limit: 2 })
  const excepted = await bookedVisit(office, { ...wish, serviceId: 'two', start: at('12:30'), limitException: 'several-matters' })
  const { rows } = await context.database.pool.query('select kind, reason from event where visit_id = $1 order by id', [excepted.id])
  assert.deepEqual(
    rows.map((row) => [row.kind, row.reason]),
    [
      ['booked', null],
      ['limit-excepted', 'several-matters'],
    ],
  )
})

test('a hold keeps its time until it ends, and gives it back at once after', async () => {
  const held = []
  for (let desk = 0; desk < 4; desk += 1) held.push(await hold(context, { serviceId: 'short', start: at('14:00') }))
  assert.ok(held.every((each) => each.allowed && each.state === 'held'))
  const person = somebody()
  const early = await book(context, { serviceId: 'short', start: at('14:00'), channel: 'phone', person, actor: clerk, key: randomUUID() })
  assert.equal(early.code, 'slot-taken')
  office.clock.moveTo(office.clock.now().add({ minutes: 10 }))
  const later = await book(context, { serviceId: 'short', start: at('14:00'), channel: 'phone', person, actor: clerk, key: randomUUID() })
  assert.ok(later.allowed)
  assert.equal(await expireHolds(context, office.clock.now()), 1, 'the holds nobody wanted the time of')
  const { rows } = await context.database.pool.query(
    `select state, count(*) from visit where starts_at = $1 group by state order by state`,
    [at('14:00')],
  )
  assert.deepEqual(rows, [
    { state: 'booked', count: 1 },
    { state: 'expired', count: 4 },
  ])
})
