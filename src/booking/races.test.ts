/**
 * Racing bookers on real connections of several processes that share only the database. Capacity is
 * reached exactly and never exceeded; and each race once without its guard, to show that it is real.
 *
 * Without a guard means: the constraint's name stays, because the statement speaks to it, but it no
 * longer compares one visit with another.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Context } from '../platform/context.js'
import { testDatabase, type TestOffice } from '../../tests/support/office.js'
import { atOnce, processes } from '../../tests/support/processes.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { somebody } from '../../tests/support/visits.js'
import { book, cancel, confirmHold, hold, move, type Outcome } from './index.js'

interface Race {
  readonly office: TestOffice
  readonly clients: readonly Context[]
}

async function racing(without = ''): Promise<Race> {
  const office = await testDatabase({ poolSize: 4 })
  await smallOffice(office)
  if (without !== '') await office.context.database.pool.query(without)
  const clients = await processes(office, 4, 4)
  // Boards are read before the race, so that all begin with the same picture.
  for (const client of clients) await book(client, wish('short', at(28, '07:30'), { key: randomUUID() }))
  return { office, clients }
}

const at = (day: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${day}T${time}:00+02:00`)
const hours = ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00'] as const
const wish = (serviceId: string, start: Temporal.Instant, change: object = {}) =>
  ({ serviceId, start, channel: 'phone', person: somebody(), actor: 'system', key: randomUUID(), ...change }) as const
const client = ({ clients }: Race, index: number): Context => clients[index % clients.length] as Context
const allowed = (outcomes: readonly Outcome[]): Outcome[] => outcomes.filter((outcome) => outcome.allowed)
const codes = (outcomes: readonly Outcome[]): string[] => [...new Set(outcomes.map((outcome) => outcome.code))].toSorted()

/** Pairs of active places that share a desk at a time: always none. */
async function doubles({ office }: Race): Promise<number> {
  const { rows } = await office.context.database.pool.query<{ pairs: number }>(
    'select count(*) as pairs from place a join place b on a.desk_id = b.desk_id and a.during && b.during and a.visit_id < b.visit_id where a.active and b.active',
  )
  return rows[0]?.pairs ?? -1
}

/** Times the server ended one of two transactions that waited for each other. */
async function deadlocks({ office }: Race): Promise<number> {
  const { rows } = await office.context.database.pool.query<{ count: number }>(
    'select deadlocks as count from pg_stat_database where datname = current_database()',
  )
  return rows[0]?.count ?? -1
}

const unguarded = {
  places: `alter table place drop constraint place_one_per_desk;
    alter table place add constraint place_one_per_desk exclude using gist (visit_id with =, desk_id with =, during with &&) where (active)`,
  limits: 'drop index limit_open_per_contact',
  day: 'drop index limit_service_per_day',
  key: 'alter table idempotency_key drop constraint idempotency_key_pkey',
}

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
  for (const time of hours)
    most = Math.max(most, allowed(await atOnce(40, (index) => book(client(race, index), wish('short', at(26, time))))).length)
  assert.ok(most > 4)
  assert.ok((await doubles(race)) > 0)
})

test('overlapping times of visits of different length never share a desk', async () => {
  const race = await racing()
  for (let round = 0; round < 6; round += 1) {
    const outcomes = await atOnce(48, (index) => {
      const minute = String((index % 12) * 5).padStart(2, '0')
      return book(client(race, index), wish(index % 3 === 0 ? 'long' : 'short', at(26, `${String(8 + round).padStart(2, '0')}:${minute}`)))
    })
    assert.ok(allowed(outcomes).length >= 8, 'the hour is filled')
    assert.deepEqual(
      codes(outcomes).filter((code) => code !== 'done' && code !== 'slot-taken'),
      [],
    )
  }
  assert.equal(await doubles(race), 0)
})

test('overlapping times without the guard do', async () => {
  const race = await racing(unguarded.places)
  for (const time of hours)
    await atOnce(48, (index) =>
      book(client(race, index), wish(index % 2 === 0 ? 'long' : 'short', at(26, index % 4 === 0 ? time.replace(':00', ':10') : time))),
    )
  assert.ok((await doubles(race)) > 0)
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
  assert.equal(await deadlocks(race), 0)
  const { rows } = await race.office.context.database.pool.query<{ lonely: number }>(
    `select count(*) as lonely from visit v where v.state = 'booked' and v.counted <> (select count(*) from place p where p.visit_id = v.id and p.active)`,
  )
  assert.equal(rows[0]?.lonely, 0, 'each has all its places')
})

test('holds that run out during a race give their times to exactly as many', async () => {
  const race = await racing()
  const start = at(26, '09:00')
  const held = await atOnce(12, (index) => hold(client(race, index), { serviceId: 'short', start }))
  assert.equal(allowed(held).length, 4)
  race.office.clock.moveTo(race.office.clock.now().add({ minutes: 10 }))
  const late = allowed(held).map(async (outcome, index) =>
    outcome.allowed ? confirmHold(client(race, index), { reference: outcome.reference, person: somebody(), key: randomUUID() }) : null,
  )
  const [outcomes, confirmed] = await Promise.all([
    atOnce(40, (index) => book(client(race, index), wish('short', start))),
    Promise.all(late),
  ])
  assert.equal(allowed(outcomes).length, 4)
  assert.ok(confirmed.every((outcome) => outcome?.code === 'hold-expired'))
  assert.equal(await doubles(race), 0)
})

test('a hold confirmed at its last moment while others want its time is kept by one of them', async () => {
  const race = await racing()
  for (let hour = 8; hour < 14; hour += 1) {
    const start = at(26, `${String(hour).padStart(2, '0')}:00`)
    const held = allowed(await atOnce(4, (index) => hold(client(race, index), { serviceId: 'short', start })))
    const [confirmed, others] = await Promise.all([
      atOnce(4, (index) =>
        confirmHold(client(race, index), {
          reference: (held[index] as { reference: string }).reference,
          person: somebody(),
          key: randomUUID(),
        }),
      ),
      atOnce(12, (index) => book(client(race, index), wish('short', start))),
    ])
    assert.equal(allowed(confirmed).length, 4)
    assert.equal(allowed(others).length, 0)
  }
  assert.equal(await doubles(race), 0)
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
  let visits = 0
  for (let round = 0; round < 12; round += 1) {
    const command = wish('short', at(26, `${String(8 + (round % 6)).padStart(2, '0')}:${round < 6 ? '00' : '30'}`))
    const outcomes = await atOnce(8, (index) => book(client(race, index), command))
    visits += new Set(outcomes.flatMap((outcome) => (outcome.allowed ? [outcome.reference] : []))).size
  }
  assert.ok(visits > 12)
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

test('visits that swap their times, with pairs booked meanwhile, wait for nobody in a circle', async () => {
  const race = await racing()
  const visits: string[] = []
  for (const time of ['09:00', '09:30']) {
    for (let desk = 0; desk < 3; desk += 1) {
      const outcome = await book(client(race, desk), wish('long', at(26, time === '09:30' ? '09:40' : time)))
      if (outcome.allowed) visits.push(outcome.reference)
    }
  }
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
  const { rows } = await race.office.context.database.pool.query<{ count: number }>(
    `select count(*) as count from visit v join place p on p.visit_id = v.id and p.active where v.reference = any($1) and lower(p.during) = v.starts_at`,
    [visits],
  )
  assert.equal(rows[0]?.count, visits.length, 'each kept one place, at its own time')
})

test('three thousand attempts on fresh starts, held, booked, moved and cancelled, without one deadlock', async () => {
  const race = await racing()
  const minutes = Array.from({ length: 84 }, (_, index) => 450 + index * 5)
  const starts = minutes.flatMap((minute) =>
    [27, 28].map((day) => at(day, `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)),
  )
  const kinds = ['short', 'long', 'two'] as const
  let attempts = 0
  const outcomes = await atOnce(16, async (index) => {
    const seen = new Set<string>()
    const mine = client(race, index)
    for (let turn = 0; turn < 190; turn += 1) {
      const start = starts[(turn * 7 + (turn % 3)) % starts.length] as Temporal.Instant
      attempts += 1
      const outcome =
        turn % 5 === 4
          ? await hold(mine, { serviceId: 'short', start })
          : await book(mine, wish(kinds[(turn + index) % 3] as string, start))
      seen.add(outcome.code)
      if (outcome.allowed && outcome.state === 'booked' && turn % 4 === 0) {
        attempts += 1
        seen.add(
          (
            await move(mine, {
              reference: outcome.reference,
              start: starts[(turn * 11) % starts.length] as Temporal.Instant,
              actor: 'system',
            })
          ).code,
        )
      }
      if (outcome.allowed && outcome.state === 'booked' && turn % 2 === 0) {
        attempts += 1
        seen.add((await cancel(mine, { reference: outcome.reference, actor: 'system', reason: 'mistake' })).code)
      }
    }
    return seen
  })
  assert.ok(attempts >= 3_000)
  const seen = [...new Set(outcomes.flatMap((each) => [...each]))].toSorted()
  assert.deepEqual(seen, ['done', 'slot-taken'])
  assert.equal(await deadlocks(race), 0)
  assert.equal(await doubles(race), 0)
})

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
