/**
 * Estimates on a real database: what is said of who waits, kept once for each visit, and held against
 * what happened; and what a month of services teaches.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantOf, officeDay } from '../../platform/clock.js'
import { testLeszno } from '../../../tests/support/office.js'
import { staffDesks, waits } from '../../../tests/support/waiting.js'
import { callNext, estimates, finish, pauseDesk, start } from '../index.js'
import { learnTimes, noteEstimates } from './estimates.js'
import { expectedCalls, seeded, meanOf, paceOf, spreadOf } from './rules.js'
import { readError, readLearned } from './store.js'

const office = await testLeszno()
const { context, clock, directory } = office
const { pool } = context.database
const service = 'dowody-osobiste'
const desk = 'walowa-5/4/1'
const planned = directory.services.get(service)?.durationMinutes ?? 0
clock.moveTo(instantOf(officeDay(clock.now()), 9 * 60))
const now = () => clock.now()
const later = (minutes: number): void => clock.moveTo(now().add({ minutes }))
const minutes = (at: Temporal.Instant | undefined): number => (at === undefined ? Number.NaN : at.since(now()).total('minutes'))
const command = () => ({ desk, actor: 'system' as const, now: now() })

test('where nobody works nothing is said; with a desk each further person is called about a matter later', async () => {
  const people = [await waits(context, { serviceId: service, arrivedAt: now() })]
  for (let nth = 0; nth < 3; nth += 1) people.push(await waits(context, { serviceId: service, arrivedAt: now().add({ seconds: nth + 1 }) }))
  assert.equal((await estimates(context, 'walowa-5', now())).visits.size, 0)
  await staffDesks(context, [desk])
  later(1)
  const answer = await estimates(context, 'walowa-5', now())
  const said = answer.visits
  const abouts = people.map(({ id }) => minutes(said.get(id)?.aboutAt))
  assert.equal(Math.round(abouts[0] as number), 0)
  for (const [place, about] of abouts.entries())
    assert.ok(Math.abs(about - place * planned) < planned * 0.5 * Math.max(1, place), `${place}: ${about}`)
  for (const { id } of people) {
    const { lowAt, aboutAt, highAt } = said.get(id) as { lowAt: Temporal.Instant; aboutAt: Temporal.Instant; highAt: Temporal.Instant }
    assert.ok(Temporal.Instant.compare(lowAt, aboutAt) <= 0 && Temporal.Instant.compare(aboutAt, highAt) <= 0)
  }
  const joining = answer.groups.get(directory.services.get(service)?.letter ?? '')
  assert.ok(minutes(joining?.aboutAt) > (abouts[3] as number), 'whoever joins the line now comes after all of it')
  assert.equal(answer.groups.has('A'), false, 'no desk at work handles that line')
  assert.equal(await estimates(context, 'walowa-5', now()), answer, 'the same for all who ask within seconds')
})

test('what was said first is kept once and held against the call', async () => {
  await noteEstimates(context, now())
  const first = await pool.query('select visit_id, about_at from estimate order by visit_id')
  assert.equal(first.rowCount, 4)
  later(1)
  await noteEstimates(context, now())
  assert.deepEqual((await pool.query('select visit_id, about_at from estimate order by visit_id')).rows, first.rows)
  const answer = await callNext(context, command())
  assert.ok(answer.allowed && answer.visit !== null)
  const error = await readError(pool, 'walowa-5', officeDay(now()), officeDay(now()))
  assert.equal(error?.count, 1)
  assert.ok((error?.errorMinutes ?? 99) < 3 && (error?.waitMinutes ?? 0) > 0)
  await start(context, { ...command(), reference: answer.visit.reference })
  later(planned)
  await finish(context, { ...command(), reference: answer.visit.reference })
})

test('a break with an end puts off what is said until then', async () => {
  await pauseDesk(context, { ...command(), until: now().add({ minutes: 30 }) })
  later(1)
  const said = [...(await estimates(context, 'walowa-5', now())).visits.values()]
  assert.ok(said.length === 3 && said.every(({ lowAt }) => minutes(lowAt) >= 29 - 0.1))
})

test('a month of services teaches how long a matter takes; a matter never seen keeps what is planned', async () => {
  await pool.query(
    `insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, created_at,
       arrived_at, called_at, called_count, serving_at, ended_at, ticket, due_at, due_why, erase_on)
     select 'L' || n, 'served', 'walk-in', $2, 'walowa-5', 'kiosk', at, at, at::date, 1, 1, at, at, at, 1, at, at + make_interval(mins => 4 + n % 3),
       'D' || n, at, 'by-arrival', at::date + 14
     from (select n, ($1::date - 1 - n % 20)::timestamptz + interval '10 hours' as at from generate_series(1, 200) n) past`,
    [officeDay(now()), service],
  )
  await learnTimes(context, now())
  const learned = await readLearned(pool)
  const spread = learned.get(service) ?? []
  assert.equal(spread.length, 11)
  assert.ok(Math.abs(meanOf(spread) - 5) < 0.3, `${meanOf(spread)}`)
  assert.equal(learned.has('wydanie-praw-jazdy'), false)
})

const person = (id: number, asks = false) => ({ id, serviceIds: ['a'], due: id, comesIn: 0, forDeskId: null, comes: 1, asks })

test('asking for whoever would join a line changes what is said of nobody', () => {
  const scene = {
    desks: [{ id: 1, serviceIds: ['a'], restsFor: 0, closesIn: null, busy: null }],
    people: [person(1), person(2), person(3)],
    spread: () => [5, 10, 15],
    ...paceOf([]),
    gapMinutes: 0.5,
  }
  const asked = expectedCalls({ ...scene, people: [...scene.people, person(-1, true)] }, seeded(7))
  assert.deepEqual(
    asked.filter(({ id }) => id > 0),
    expectedCalls(scene, seeded(7)),
  )
  assert.equal(asked.length, 4)
})

/** The pace after so many services that each took 14 minutes instead of 10. */
const slow = (count: number): number => paceOf(Array.from({ length: count }, () => ({ minutes: 14, expected: 10 }))).pace

test('the pace of a day follows what is seen, slowly at first', () => {
  assert.equal(paceOf([]).pace, 1)
  assert.ok(slow(1) < 1.1 && slow(30) > 1.3 && slow(30) < 1.4)
  assert.ok(paceOf([]).paceDeviation > paceOf(Array.from({ length: 30 }, () => ({ minutes: 10, expected: 10 }))).paceDeviation)
  assert.equal(meanOf(spreadOf([], 10)) > 8 && meanOf(spreadOf([], 10)) < 12, true)
})
