import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addAbsence } from '../calendar/index.js'
import { minuteTime } from '../platform/words.js'
import { testLeszno } from '../../tests/support/office.js'
import { wishOf } from './wish.js'
import { freeStarts, pickFor, type FreeDay } from './index.js'

const office = await testLeszno()
const { context, clock, directory } = office
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const at = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}:00+02:00`)

async function free(serviceId: string, from: string, to = from): Promise<readonly FreeDay[]> {
  const days = await freeStarts(context, { serviceId, from: day(from), to: day(to), now: clock.now() })
  assert.ok(days)
  return days
}

async function one(serviceId: string, on: string): Promise<FreeDay> {
  return (await free(serviceId, on))[0] as FreeDay
}

const times = (found: FreeDay): string[] => found.starts.map((each) => minuteTime(each.minute))

let visits = 0
/** A visit on one desk, written without any of our actions. */
async function take(
  deskSlug: string,
  from: string,
  to: string,
  state = 'booked',
  heldUntil: Temporal.Instant | null = null,
): Promise<void> {
  const desk = directory.desks.get(deskSlug)
  assert.ok(desk)
  const reference = `TESTAA${String(++visits).padStart(2, '0')}`
  await context.database.pool.query(
    `with made as (
       insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, held_until, held_first_at, created_at, erase_on)
       values ($1, $2, 'booked', 'dowody-osobiste', 'walowa-5', 'web', $3, $4, $5, 1, 1, $6, $6, $7, '2030-01-01') returning id)
     insert into place (visit_id, desk_id, during) select id, $8, tstzrange($3, $4) from made`,
    [reference, state, at(from), at(to), from.slice(0, 10), heldUntil, clock.now(), desk.id] as unknown[],
  )
  context.changes.publish(`places:${from.slice(0, 10)}`)
}

test('the first day of the ordinance offers every start from now to the last that ends at 15:30, at three desks', async () => {
  const found = await one('dowody-osobiste', '2020-05-25')
  const { stepMinutes, durationMinutes } = directory.services.get('dowody-osobiste')!
  const expected: string[] = []
  for (let minute = 450; minute + durationMinutes <= 930; minute += stepMinutes) expected.push(minuteTime(minute))
  assert.deepEqual(times(found), expected)
  assert.ok(found.starts.every((start) => start.desks.length === 3))
  assert.equal(found.starts[0]?.start.toString(), '2020-05-25T05:30:00Z')
})

test('an unknown service has no days', async () => {
  assert.equal(await freeStarts(context, { serviceId: 'nothing', from: day('2020-05-25'), to: day('2020-05-25'), now: clock.now() }), null)
})

test('a day without a start says why', async () => {
  const [saturday, sunday] = await free('dowody-osobiste', '2020-05-30', '2020-05-31')
  assert.equal(saturday?.code === 'free', false)
  assert.equal(sunday?.starts.length, 0)
  const corpusChristi = await one('dowody-osobiste', '2020-06-11')
  assert.equal(corpusChristi.code, 'day-off')
  assert.ok(corpusChristi.basis.length > 0)
  assert.equal((await one('dowody-osobiste', '2020-05-22')).code, 'past')
  assert.equal((await one('dowody-osobiste', '2022-05-25')).code, 'not-yet-released')
  assert.equal((await one('skladanie-dokumentow', '2020-05-26')).code, 'not-bookable')
})

test('a visit takes every start it overlaps, at its desk only', async () => {
  await take('walowa-5/4/1', '2020-05-27T09:00', '2020-05-27T09:30')
  const found = await one('dowody-osobiste', '2020-05-27')
  const taken = directory.desks.get('walowa-5/4/1')!.id
  const { durationMinutes } = directory.services.get('dowody-osobiste')!
  for (const start of found.starts) {
    assert.equal(start.desks.includes(taken), start.minute + durationMinutes <= 540 || start.minute >= 570, minuteTime(start.minute))
  }
})

test('an expired hold is free again at its minute, without anybody cleaning up', async () => {
  await take('walowa-5/4/1', '2020-05-28T07:30', '2020-05-28T15:30', 'held', clock.now().add({ minutes: 10 }))
  const { length } = (await one('dowody-osobiste', '2020-05-28')).starts[0]!.desks
  clock.moveTo(clock.now().add({ minutes: 10 }))
  assert.equal((await one('dowody-osobiste', '2020-05-28')).starts[0]!.desks.length, length + 1)
})

test('an absent desk offers nothing meanwhile; with all desks absent the day is not staffed', async () => {
  for (const slug of ['walowa-5/4/1', 'walowa-5/4/2', 'walowa-5/4/3']) {
    await addAbsence(context, {
      deskId: directory.desks.get(slug)!.id,
      from: at('2020-05-29T06:00'),
      until: at('2020-05-29T18:00'),
      reason: 'training',
    })
  }
  assert.equal((await one('dowody-osobiste', '2020-05-29')).code, 'not-staffed')
})

test('picks take one desk after another, then none, without asking the database', async () => {
  const wish = wishOf(directory, { serviceId: 'dowody-osobiste' })!
  const picks = []
  for (let turn = 0; turn < 4; turn++) picks.push(await pickFor(context, wish, at('2020-06-02T08:00'), clock.now()))
  assert.deepEqual(new Set(picks.slice(0, 3).map((pick) => pick?.desks[0])).size, 3)
  assert.equal(picks[3], null)
  picks[0]?.givenBack()
  assert.ok(await pickFor(context, wish, at('2020-06-02T08:00'), clock.now()))
})

test('a start off the grid, in the past or outside the hours is never picked', async () => {
  const wish = wishOf(directory, { serviceId: 'dowody-osobiste' })!
  for (const start of ['2020-06-02T08:01', '2020-05-25T07:00', '2020-06-02T06:00', '2020-06-02T15:30']) {
    assert.equal(await pickFor(context, wish, at(start), clock.now()), null, start)
  }
})
