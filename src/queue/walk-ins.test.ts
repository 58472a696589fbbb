/**
 * Tickets without a booked hour: who gets one, what is said to who does not, and the day's last
 * ticket wanted by many at once.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase, testLeszno } from '../../tests/support/office.js'
import { processes } from '../../tests/support/processes.js'
import { rewritten } from '../../tests/support/race.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { staffDesks } from '../../tests/support/waiting.js'
import { allow, refuse } from '../platform/decision.js'
import { mayWalkIn, takeWalkIn, type WalkInCommand } from './index.js'
import { mayTakeTicket, type TicketFacts } from './walk-in-rules.js'

const most = 5
const office = await testDatabase({ poolSize: 4 })
await smallOffice(office, {}, { mode: 'booking-optional', queueGroups: [{ letter: 'A', name: 'Próby', from: 100, walkInsPerDay: most }] })
const { context, clock } = office
const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-25T${time}:00+02:00`)
clock.moveTo(at('09:00'))
await staffDesks(context, ['hall/1/1'])

const wish = (change: Partial<WalkInCommand> = {}): WalkInCommand => ({
  serviceId: 'short',
  buildingId: 'hall',
  now: clock.now(),
  channel: 'kiosk',
  actor: 'citizen',
  ...change,
})

test('a ticket is a visit that waits, numbered from the first of its group, due when the target has passed', async () => {
  const answer = await takeWalkIn(context, wish())
  assert.ok(answer.allowed)
  const { visit } = answer
  assert.deepEqual([visit.ticket, visit.state, visit.kind, visit.channel], ['A100', 'arrived', 'walk-in', 'kiosk'])
  assert.equal(visit.dueAt?.toString(), at('09:20').toString())
  assert.deepEqual([visit.person.name, visit.person.phone], [null, null])
})

test('the same key gives the same ticket; another matter under it is refused', async () => {
  const key = randomUUID()
  const [one, two] = await Promise.all([takeWalkIn(context, wish({ key })), takeWalkIn(context, wish({ key }))])
  assert.ok(one.allowed && two.allowed)
  assert.equal(one.visit.id, two.visit.id)
  assert.notEqual(one.repeated, two.repeated)
  assert.equal((await takeWalkIn(context, wish({ key, serviceId: 'long' }))).code, 'key-reused')
})

test('the last tickets of a day are wanted by twenty at once: so many are given as there are', async () => {
  const clients = await processes(office, 4, 4)
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => takeWalkIn(clients[index % 4] ?? context, wish())))
  assert.equal(answers.filter(({ allowed }) => allowed).length, most - 2)
  assert.deepEqual([...new Set(answers.map(({ code }) => code))].toSorted(), ['no-more-tickets', 'walk-in'])
  const { rows } = await context.database.pool.query<{ count: number }>("select count(*) from visit where kind = 'walk-in'")
  assert.equal(rows[0]?.count, most)
})

test('without the limit in the counter more are given than there are', async () => {
  await context.database.pool.query('update walk_in_counter set given = $1', [most - 1])
  const clients = (await processes(office, 4, 4)).map((each) =>
    rewritten(each, (text) => text.replace('where $3::int is null or counter.given < $3', 'where $3::int is null or $3 > 0')),
  )
  let given = 0
  for (let round = 0; round < 20 && given <= 1; round += 1) {
    await context.database.pool.query('update walk_in_counter set given = $1', [most - 1])
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => takeWalkIn(clients[index % 4] ?? context, wish())))
    given = answers.filter(({ allowed }) => allowed).length
  }
  assert.ok(given > 1)
})

test('a matter of another building, or none, is no ticket; nor is any where the act lets only the booked come', async () => {
  assert.equal((await takeWalkIn(context, wish({ serviceId: 'nie-ma' }))).code, 'unknown-service')
  assert.equal((await takeWalkIn(context, wish({ buildingId: 'elsewhere' }))).code, 'unknown-service')
  const leszno = await testLeszno()
  const answer = await mayWalkIn(leszno.context, { serviceId: 'dowody-osobiste', buildingId: 'walowa-5', now: at('09:00') })
  assert.equal(answer.code, 'no-booking')
  assert.ok(answer.basis.some((each) => each.kind === 'provision' && each.act === 'K/219/2020'))
  assert.ok(answer.next.length > 0)
})

test('tickets stop when the turn would come after closing, and when nobody is at work', () => {
  const facts: TicketFacts = {
    entry: allow('walk-in'),
    given: 0,
    givenMax: null,
    now: 15 * 60,
    closes: 15 * 60 + 30,
    desks: 2,
    workBefore: 30,
    takes: 15,
  }
  assert.equal(mayTakeTicket(facts).code, 'walk-in')
  const late = mayTakeTicket({ ...facts, workBefore: 31 })
  assert.deepEqual([late.code, late.allowed ? null : late.values], ['not-before-closing', { time: '15:30' }])
  assert.equal(mayTakeTicket({ ...facts, desks: 0 }).code, 'nobody-handles')
  assert.equal(mayTakeTicket({ ...facts, given: 3, givenMax: 3 }).code, 'no-more-tickets')
  assert.equal(mayTakeTicket({ ...facts, entry: refuse('admission-suspended') }).code, 'admission-suspended')
})
