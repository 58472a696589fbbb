/**
 * Racing bookers on real connections of several processes that share only the database. Capacity is
 * reached exactly and never exceeded; and each race once without its guard, to show that it is real.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atOnce } from '../../tests/support/processes.js'
import {
  allowed,
  at,
  attemptsAsked,
  client,
  codes,
  deadlocks,
  desksFree,
  doubles,
  living,
  misplaced,
  mostInRoom,
  racing,
  rewritten,
  unguarded,
  until,
  wish,
  type Race,
} from '../../tests/support/race.js'
import { somebody } from '../../tests/support/visits.js'
import type { Context } from '../platform/context.js'
import { book, cancel, hold, move, type Outcome } from './index.js'

const hours = ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00'] as const

test('forty people want one time at four desks: four get it, the others are told it is taken', async () => {
  const race = await racing()
  for (const time of ['09:00', '10:00', '11:00']) {
    const outcomes = await atOnce(40, (index) => book(client(race, index), wish('short', at(26, time))))
    assert.equal(allowed(outcomes).length, 4)
    assert.deepEqual(codes(outcomes), ['done', 'slot-taken'])
  }
  assert.equal(await doubles(race), 0)
})

test('the same race without the guard of places books desks twice', async () => {
  const race = await racing(unguarded.places)
  let most = 0
  await untilSeen(async (day) => {
    for (const time of hours)
      most = Math.max(most, allowed(await atOnce(40, (index) => book(client(race, index), wish('short', at(day, time))))).length)
    return most > 4 && (await doubles(race)) > 0
  })
})

/** Races one day after the other until the race is seen: on a slow machine those who race may miss one another for a whole day. */
async function untilSeen(raceOn: (day: number) => Promise<boolean>): Promise<void> {
  for (const day of [26, 27, 28, 29]) if (await raceOn(day)) return
  assert.fail('without its guard nothing went wrong in four days: the race is none')
}

const minutesOf = { short: 15, long: 40, two: 30 } as const
interface Wished {
  readonly matter: keyof typeof minutesOf
  readonly start: Temporal.Instant
}

test('overlapping times of visits of different length never share a desk, and none of those wished stays free', async () => {
  const race = await racing()
  for (let round = 0; round < 6; round += 1) {
    const wishes = Array.from({ length: 48 }, (_, index): Wished => {
      const minute = String((index % 12) * 5).padStart(2, '0')
      return { matter: index % 3 === 0 ? 'long' : 'short', start: at(26, `${String(8 + round).padStart(2, '0')}:${minute}`) }
    })
    const outcomes = await atOnce(48, (index) => {
      const { matter, start } = wishes[index] as Wished
      return book(client(race, index), wish(matter, start))
    })
    assert.deepEqual(codes(outcomes), ['done', 'slot-taken'])
    assert.equal(await doubles(race), 0)
    const refused = wishes.filter((_, index) => outcomes[index]?.code === 'slot-taken')
    await askAgain(race, refused)
  }
  assert.equal(await misplaced(race), 0)
})

/**
 * Everyone who was refused asks again, at the same process: the answer is what the database has. A
 * process may say "taken" for a second after it was refused a longer visit there; not longer.
 */
async function askAgain(race: Race, refused: readonly Wished[]): Promise<void> {
  for (const [index, { matter, start }] of refused.entries()) {
    const free = await desksFree(race, start, minutesOf[matter])
    const again = (): Promise<Outcome> => book(client(race, index), wish(matter, start))
    const outcome = free > 0 ? await until(again, ({ allowed: done }) => done) : await again()
    assert.equal(outcome.code, free > 0 ? 'done' : 'slot-taken', `${matter} at ${start}, ${free} desks free`)
  }
  for (const { matter, start } of refused) assert.equal(await desksFree(race, start, minutesOf[matter]), 0, `${matter} at ${start}`)
}

test('overlapping times without the guard do', async () => {
  const race = await racing(unguarded.places)
  await untilSeen(async (day) => {
    for (const time of hours)
      await atOnce(48, (index) =>
        book(client(race, index), wish(index % 2 === 0 ? 'long' : 'short', at(day, index % 4 === 0 ? time.replace(':00', ':10') : time))),
      )
    return (await doubles(race)) > 0
  })
})

test('a room of three desks takes one visit for two and one person beside, never more', async () => {
  const race = await racing()
  for (let hour = 8; hour < 14; hour += 1) {
    const start = at(26, `${String(hour).padStart(2, '0')}:00`)
    const outcomes = await atOnce(24, (index) => book(client(race, index), wish('two', start)))
    assert.equal(allowed(outcomes).length, 1, 'the second pair finds one desk left in each room')
    const alone = await atOnce(24, (index) => book(client(race, index), wish('short', start)))
    assert.equal(allowed(alone).length, 2)
  }
  assert.equal(await doubles(race), 0)
  assert.equal(await mostInRoom(race, at(26, '08:00'), at(26, '14:00')), 3)
  assert.equal(await deadlocks(race), 0)
  assert.equal(await misplaced(race), 0, 'each has all its places')
})

test('visits for two without the guard of places fill a room beyond its desks', async () => {
  const race = await racing(unguarded.places)
  await untilSeen(async (day) => {
    for (const time of hours) await atOnce(24, (index) => book(client(race, index), wish('two', at(day, time))))
    return (await mostInRoom(race, at(day, '08:00'), at(day, '14:00'))) > 3
  })
})

test('the same key sent to four processes at once is one visit, and all get its answer', async () => {
  const race = await racing()
  for (let round = 0; round < 12; round += 1) {
    const command = wish('short', at(26, `${String(8 + (round % 6)).padStart(2, '0')}:${round < 6 ? '00' : '30'}`))
    const outcomes = await atOnce(12, (index) => book(client(race, index), command))
    assert.equal(allowed(outcomes).length, 12, codes(outcomes).join())
    assert.equal(new Set(outcomes.map((outcome) => (outcome.allowed ? outcome.reference : ''))).size, 1)
  }
})

test('the same key without its guard books more than once', async () => {
  const race = await racing(`${unguarded.key};${unguarded.limits};${unguarded.day}`)
  await untilSeen(async (day) => {
    let most = 0
    for (const time of hours) {
      const command = wish('short', at(day, time))
      const outcomes = await atOnce(8, (index) => book(client(race, index), command))
      most = Math.max(most, new Set(outcomes.flatMap((outcome) => (outcome.allowed ? [outcome.reference] : []))).size)
    }
    return most > 1
  })
})

test('one contact gets two open bookings however many it asks for at once', async () => {
  const race = await racing()
  for (let round = 0; round < 6; round += 1) {
    const person = { ...somebody(), phone: `+4860000000${round}` }
    const outcomes = await atOnce(16, (index) =>
      book(
        client(race, index),
        wish(index % 2 === 0 ? 'short' : 'long', at(26 + (index % 3), `${String(8 + round).padStart(2, '0')}:00`), { person }),
      ),
    )
    assert.equal(allowed(outcomes).length, 2, codes(outcomes).join())
  }
})

test('one contact gets one visit in a matter and day', async () => {
  const race = await racing()
  const person = somebody()
  const outcomes = await atOnce(16, (index) =>
    book(client(race, index), wish('short', at(26, `${String(8 + (index % 6)).padStart(2, '0')}:00`), { person })),
  )
  assert.equal(allowed(outcomes).length, 1)
  assert.deepEqual(codes(outcomes), ['done', 'limit-service-day'])
})

/** One contact asks at once for visits of one matter, of another with it first, and of both the other way round; how many touch `short`. */
async function sameMatter(race: Race): Promise<{ outcomes: Outcome[]; most: number }> {
  const ways = [['short'], ['long', 'short'], ['short', 'long']]
  const outcomes: Outcome[] = []
  let most = 0
  for (let round = 0; round < 9 && most <= 1; round += 1) {
    const person = { ...somebody(), phone: `+4860000010${round}` }
    const made = await atOnce(18, (index) => {
      const [serviceId = '', ...moreServiceIds] = ways[index % 3] ?? []
      return book(
        client(race, index),
        wish(serviceId, at(26 + (round % 3), `${String(8 + (index % 6)).padStart(2, '0')}:00`), { moreServiceIds, person }),
      )
    })
    outcomes.push(...made)
    most = Math.max(most, allowed(made).length)
  }
  return { outcomes, most }
}

test('one contact gets one visit that touches a matter and day, wherever the matter stands in it, by that guard alone', async () => {
  const { outcomes, most } = await sameMatter(await racing(unguarded.limits))
  assert.equal(most, 1)
  // Nobody waited in a circle, which would say to try again.
  assert.deepEqual(
    codes(outcomes).filter((code) => code !== 'slot-taken'),
    ['done', 'limit-service-day'],
  )
})

test('without the guard of a day a matter is booked twice, as the first and as a further one', async () => {
  const { most } = await sameMatter(await racing(`${unguarded.limits};${unguarded.day}`))
  assert.ok(most > 1)
})

test('without the guards of limits one contact gets more', async () => {
  const race = await racing(`${unguarded.limits};${unguarded.day}`)
  let most = 0
  for (let round = 0; round < 20 && most <= 2; round += 1) {
    const person = somebody()
    const outcomes = await atOnce(16, (index) =>
      book(
        client(race, index),
        wish('short', at(26 + (index % 3), `${String(8 + (index % 6)).padStart(2, '0')}:${round < 10 ? '00' : '30'}`), { person }),
      ),
    )
    most = Math.max(most, allowed(outcomes).length)
  }
  assert.ok(most > 2)
})

/** Six visits that fill three desks from 9:00 to 10:20. */
async function threeDesksFull(race: Race): Promise<string[]> {
  const outcomes: Outcome[] = []
  for (const time of ['09:00', '09:40'])
    for (let desk = 0; desk < 3; desk += 1) outcomes.push(await book(client(race, desk), wish('long', at(26, time))))
  return outcomes.flatMap((outcome) => (outcome.allowed ? [outcome.reference] : []))
}

test('visits that swap their times, with pairs booked meanwhile, wait for nobody in a circle', async () => {
  const race = await racing()
  const visits = await threeDesksFull(race)
  assert.equal(visits.length, 6)
  for (let round = 0; round < 15; round += 1) {
    const outcomes = await atOnce(18, (index) => {
      const reference = visits[index % visits.length] as string
      if (index % 6 === 5) return book(client(race, index), wish('two', at(26, '09:00')))
      return move(client(race, index), {
        reference,
        start: at(26, ['09:00', '09:20', '09:40', '10:00'][(index + round) % 4] as string),
        actor: 'system',
      })
    })
    assert.deepEqual(
      codes(outcomes).filter((code) => code !== 'done' && code !== 'slot-taken'),
      [],
    )
  }
  assert.equal(await doubles(race), 0)
  assert.equal(await deadlocks(race), 0)
  assert.equal(await misplaced(race), 0, 'each kept one place, at its own time')
})

/** Every forty minutes of the ten days that may be booked: 120 times, none of which overlaps another. */
const freshStarts = Array.from({ length: 14 }, (_, day) => Temporal.PlainDate.from('2020-05-26').add({ days: day }))
  .filter((day) => day.dayOfWeek <= 5)
  .flatMap((day) =>
    Array.from({ length: 12 }, (_, turn) =>
      day
        .toZonedDateTime({ timeZone: 'Europe/Warsaw', plainTime: '07:30' })
        .add({ minutes: 40 * turn })
        .toInstant(),
    ),
  )
  // The first of them was booked at before the race.
  .filter((start) => !start.equals(at(28, '07:30')))

test('three thousand attempts on fresh starts, held, booked, moved and cancelled, fill each start exactly, without one deadlock', async () => {
  const race = await racing('', 8, 3)
  const before = await attemptsAsked(race)
  const seen = new Set<string>()
  let movable: string[] = []
  for (const start of freshStarts) {
    const fromElsewhere = movable
    const outcomes = await atOnce(36, (index) => {
      const mine = client(race, index)
      if (index < 32) {
        const turn = Math.floor(index / 8)
        return turn === 3 ? hold(mine, { serviceId: 'short', start }) : book(mine, wish(turn === 1 ? 'long' : 'short', start))
      }
      const reference = fromElsewhere[index - 32] ?? 'none'
      return index < 34
        ? move(mine, { reference, start, actor: 'system' })
        : cancel(mine, { reference, actor: 'system', reason: 'mistake' })
    })
    const came = allowed(outcomes.slice(0, 34))
    assert.equal(came.length, 4, `${start}: ${codes(outcomes).join()}`)
    assert.equal(await living(race, start), 4)
    for (const { code } of outcomes) seen.add(code)
    movable = came.flatMap((outcome) => (outcome.allowed && outcome.state === 'booked' ? [outcome.reference] : []))
  }
  const asked = (await attemptsAsked(race)) - before
  assert.ok(asked >= 3_000, `the database was asked ${asked} times`)
  // A visit nobody knows is one that was not left over from the start before; 'try-again' would be a circle or a wait.
  assert.deepEqual([...seen].filter((code) => code !== 'unknown-visit').toSorted(), ['done', 'slot-taken'])
  assert.equal(await deadlocks(race), 0)
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
})

test('attempts that insert plainly make circles, which the server ends and counts', async () => {
  // The constraint looks a moment after a place is written, not at once: two must else meet within microseconds to wait for
  // each other. And the server looks for circles sooner than it usually does, so that the test need not wait a second for each.
  const race = await racing(
    `alter table place drop constraint place_one_per_desk;
     alter table place add constraint place_one_per_desk
       exclude using gist (desk_id with =, during with &&) where (active) deferrable initially deferred;
     create function tarry() returns trigger language plpgsql as $$ begin perform pg_sleep(0.02); return null; end $$;
     create constraint trigger "A before the constraint by its name" after insert on place
       deferrable initially deferred for each row execute function tarry();
     do $$ begin execute format('alter database %I set deadlock_timeout = ''20ms''', current_database()); end $$`,
    8,
    3,
    {},
    plainly,
  )
  let counted = 0
  for (const start of freshStarts) {
    await atOnce(16, (index) => book(client(race, index), wish('short', start)))
    counted = await deadlocks(race)
    if (counted > 0) break
  }
  assert.ok(counted > 0)
})

/** A process that does not tell the database what to do about a place that is taken. */
const plainly = (context: Context): Context =>
  rewritten(context, (text) => text.replace('on conflict on constraint place_one_per_desk do nothing', ''))

test('bookings that go together do not suffer for one the server cannot take', async () => {
  const race = await racing()
  const program = client(race, 0)
  // Forms refuse such an address; this is about a fault nobody has thought of.
  const unwritable = { ...somebody(), email: 'a\u0000b@example.pl' }
  const outcomes = await Promise.allSettled(
    Array.from({ length: 24 }, (_, index) =>
      book(program, wish('short', at(26, hours[index % 6] as string), index === 9 ? { person: unwritable } : {})),
    ),
  )
  assert.deepEqual(
    outcomes.map(({ status }, index) => (status === 'rejected' ? index : null)).filter((index) => index !== null),
    [9],
  )
  for (let desk = 0; desk < 4; desk += 1) await assert.rejects(book(program, wish('short', at(27, '09:00'), { person: unwritable })))
  assert.equal((await book(program, wish('short', at(27, '09:00')))).code, 'done', 'a fault hides no time')
})
