/**
 * Draws under several processes: one entry per contact whoever is first, and an order kept by two
 * who answer at once or one that stops in the middle. Each guard is first shown to be needed.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { rewritten } from '../../../tests/support/race.js'
import { testDatabase, type TestOffice } from '../../../tests/support/office.js'
import { atOnce, processes } from '../../../tests/support/processes.js'
import { smallOfficeByLot } from '../../../tests/support/release.js'
import { somebody } from '../../../tests/support/visits.js'
import type { Context } from '../../platform/context.js'
import { enterLot } from '../index.js'
import { settleDraw } from './settle.js'
import { dueDraws, publicOrder } from './store.js'

const release = Temporal.Instant.from('2020-06-05T07:00:30+02:00')
const after = Temporal.Instant.from('2020-06-05T07:02:00+02:00')

async function opened(): Promise<{ office: TestOffice; clients: readonly Context[] }> {
  const office = await testDatabase({ at: release, poolSize: 4 })
  await smallOfficeByLot(office)
  return { office, clients: await processes(office, 4, 4) }
}

const enter = (context: Context, person = somebody()) =>
  enterLot(context, { serviceId: 'short', wishes: [{ start: '2020-06-09T08:00:00Z' }, { any: true }], person, key: randomUUID() })

async function entries(office: TestOffice): Promise<number> {
  return (await office.context.database.pool.query('select from lot_entry')).rows.length
}

test('without its guard one contact has several entries', async () => {
  const { office, clients } = await opened()
  await office.context.database.pool.query(
    'alter table lot_contact drop constraint lot_contact_once; alter table lot_contact add constraint lot_contact_once primary key (draw_id, contact, entry_id)',
  )
  const person = somebody()
  await atOnce(16, (index) => enter(clients[index % 4] as Context, person))
  assert.ok((await entries(office)) > 1)
})

test('one contact, sixteen forms at once in four processes: one entry', async () => {
  const { office, clients } = await opened()
  const person = somebody()
  const outcomes = await atOnce(16, (index) => enter(clients[index % 4] as Context, person))
  assert.equal(outcomes.filter(({ allowed }) => allowed).length, 1)
  assert.deepEqual(new Set(outcomes.filter(({ allowed }) => !allowed).map(({ code }) => code)), new Set(['lot-entered']))
  assert.equal(await entries(office), 1)
})

test('one form sent sixteen times at once: the same entry each time', async () => {
  const { office, clients } = await opened()
  const [person, key] = [somebody(), randomUUID()]
  const outcomes = await atOnce(16, (index) =>
    enterLot(clients[index % 4] as Context, { serviceId: 'short', wishes: [{ any: true }], person, key }),
  )
  assert.equal(new Set(outcomes.map((each) => (each.allowed ? each.reference : each.code))).size, 1)
  assert.equal(await entries(office), 1)
})

/** Forty entries for one time of four desks, then any: who is earlier in the order has the earlier answer. */
async function filled(): Promise<{ office: TestOffice; clients: readonly Context[] }> {
  const race = await opened()
  for (let index = 0; index < 40; index += 1) assert.ok((await enter(race.clients[index % 4] as Context)).allowed)
  race.office.clock.moveTo(after)
  return race
}

/** Ranks whose visit begins at the wished time; the four first when the order was kept. */
async function lucky(office: TestOffice): Promise<number[]> {
  const { rows } = await office.context.database.pool.query<{ rank: number }>(
    `select e.rank from lot_entry e join visit v on v.id = e.visit_id where v.starts_at = '2020-06-09T08:00:00Z' order by e.rank`,
  )
  return rows.map(({ rank }) => rank)
}

async function settledBy(clients: readonly Context[], office: TestOffice): Promise<void> {
  const draw = (await dueDraws(office.context.database.pool, after))[0]
  assert.ok(draw)
  const ends = await Promise.allSettled(clients.map((each) => settleDraw(each, draw, after, 3)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

test('four processes answer at once: each entry once, and in the drawn order', async () => {
  const { office, clients } = await filled()
  await settledBy(clients, office)
  const { pool } = office.context.database
  const order = await publicOrder(pool, 1)
  assert.deepEqual(
    order.map(({ rank }) => rank),
    Array.from({ length: 40 }, (_, index) => index + 1),
  )
  assert.ok(order.every(({ state }) => state === 'won'))
  assert.deepEqual(await lucky(office), [1, 2, 3, 4])
  const { rows } = await pool.query<{ count: number }>("select count(*) as count from outbox where kind = 'lot-won'")
  assert.equal(rows[0]?.count, 40)
})

test('without the lock of the draw the order is lost or answers fail', async () => {
  const { office, clients } = await filled()
  const unlocked = clients.map((each) => rewritten(each, (text) => text.replace('where id = $1 for update', 'where id = $1')))
  const failed = await settledBy(unlocked, office).then(
    () => false,
    () => true,
  )
  assert.ok(failed || (await lucky(office)).join() !== '1,2,3,4')
})

test('a process that stops in the middle leaves whole answers; the next goes on from there', async () => {
  const { office, clients } = await filled()
  const draw = (await dueDraws(office.context.database.pool, after))[0]
  assert.ok(draw)
  let ended = 0
  // The fault comes while the third transaction ends its second entry: that transaction leaves nothing.
  const faulty = rewritten(clients[0] as Context, (text) => {
    if (text.startsWith('update lot_entry set state') && ++ended === 8) throw new Error('the process stops')
    return text
  })
  await assert.rejects(settleDraw(faulty, draw, after, 3), /the process stops/)
  const { pool } = office.context.database
  const states = async (): Promise<string[]> => (await publicOrder(pool, draw.id)).map(({ state }) => state)
  assert.deepEqual((await states()).filter((state) => state === 'won').length, 6)
  const visits = async (): Promise<number> => (await pool.query("select from visit where state = 'booked'")).rows.length
  assert.equal(await visits(), 6, 'no visit without its entry')
  await settleDraw(clients[1] as Context, draw, after, 3)
  assert.ok((await states()).every((state) => state === 'won'))
  assert.equal(await visits(), 40)
  assert.deepEqual(await lucky(office), [1, 2, 3, 4])
})
