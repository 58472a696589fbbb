import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { same } from '../../platform/clock.js'
import { findVisit } from '../../visit/index.js'
import { givesBack, inLine, keptTimes, later, personInLine, standing } from '../../../tests/support/line.js'
import { testDatabase, type TestOffice } from '../../../tests/support/office.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { bookedVisit, somebody } from '../../../tests/support/visits.js'
import { acceptOffer, book, cancel, decline, expireHolds, freeStarts, join, joinForVisit, move, withdraw } from '../index.js'

const at = (day: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${day}T${time}:00+02:00`)
const day = (date: number): Temporal.PlainDate => Temporal.PlainDate.from({ year: 2020, month: 5, day: date })

async function office(time = '10:00'): Promise<TestOffice> {
  const opened = await testDatabase({ at: at(25, time), poolSize: 4 })
  await smallOffice(opened)
  return opened
}

const booksAt = (one: TestOffice, start: Temporal.Instant, serviceId = 'short') =>
  book(one.context, { serviceId, start, channel: 'web', person: somebody(), actor: 'citizen', key: randomUUID() })

/** All four desks booked at a time; the last visit. */
async function full(one: TestOffice, start: Temporal.Instant): Promise<{ reference: string }> {
  for (let desk = 0; desk < 3; desk += 1) await bookedVisit(one, { serviceId: 'short', start })
  return bookedVisit(one, { serviceId: 'short', start })
}

test('a cancelled visit’s time is kept at its very place and returns by itself between the two settings', async () => {
  const one = await office()
  const minutes = new Set<number>()
  for (const time of ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00']) {
    const visit = await full(one, at(26, time))
    await givesBack(one.context, visit)
    const kept = (await keptTimes(one)).at(-1)
    assert.deepEqual([kept?.starts, kept?.state, kept?.places], [`26 ${time}`, 'held', 1])
    assert.ok(kept !== undefined && Number.isInteger(kept.minutes) && kept.minutes >= 1 && kept.minutes <= 20, String(kept?.minutes))
    minutes.add(kept.minutes)
    assert.equal((await booksAt(one, at(26, time))).code, 'slot-taken')
  }
  assert.ok(minutes.size > 2, 'the minute is another each time')
  one.clock.moveTo(one.clock.now().add({ minutes: 20 }))
  await expireHolds(one.context, one.clock.now())
  for (const time of ['08:00', '13:00']) assert.equal((await booksAt(one, at(26, time))).code, 'done')
})

test('who books at the minute it returns needs no duty to have run, and not a minute sooner', async () => {
  const one = await office()
  await givesBack(one.context, await full(one, at(26, '09:00')))
  const [kept] = await keptTimes(one)
  assert.ok(kept)
  one.clock.moveTo(one.clock.now().add({ minutes: kept.minutes }).subtract({ milliseconds: 1 }))
  assert.equal((await booksAt(one, at(26, '09:00'))).code, 'slot-taken')
  one.clock.moveTo(one.clock.now().add({ milliseconds: 1 }))
  assert.equal((await booksAt(one, at(26, '09:00'))).code, 'done')
})

test('nothing outside tells a kept time from a taken one', async () => {
  const one = await office()
  await full(one, at(26, '09:00'))
  const visit = await full(one, at(26, '11:00'))
  const shown = async () => {
    const days = await freeStarts(one.context, { serviceId: 'short', from: day(26), to: day(26), now: one.clock.now() })
    return JSON.stringify(days?.map(({ starts, code }) => [code, starts.map(({ start, desks }) => [start.toString(), desks])]))
  }
  const before = await shown()
  await givesBack(one.context, visit)
  assert.equal(await shown(), before)
  const [taken, kept] = [await booksAt(one, at(26, '09:00')), await booksAt(one, at(26, '11:00'))]
  assert.deepEqual(kept, taken)
  const reference = (await one.context.database.pool.query<{ reference: string }>(`select reference from visit where kind = 'kept'`))
    .rows[0]?.reference
  for (const outcome of [
    await move(one.context, { reference: reference ?? '', start: at(26, '14:00'), actor: 'citizen' }),
    await cancel(one.context, { reference: reference ?? '', actor: 'citizen', reason: 'citizen-wish' }),
  ])
    assert.equal(outcome.code, 'hold-released')
})

test('today’s time returns to all at once, and so does one the program gave back', async () => {
  const one = await office()
  await givesBack(one.context, await full(one, at(25, '14:00')))
  const tomorrow = await full(one, at(26, '14:00'))
  await cancel(one.context, { reference: tomorrow.reference, actor: 'system', reason: 'mistake' })
  assert.deepEqual(await keptTimes(one), [])
  assert.equal((await booksAt(one, at(26, '14:00'))).code, 'done')
})

test('a moved visit’s old time is kept; where both overlap, what is left of it', async () => {
  const one = await office()
  const visit = await bookedVisit(one, { serviceId: 'long', start: at(27, '09:00') })
  assert.ok((await move(one.context, { reference: visit.reference, start: at(28, '09:00'), actor: 'account:1' })).allowed)
  assert.deepEqual(
    (await keptTimes(one)).map(({ starts, places }) => [starts, places]),
    [['27 09:00', 1]],
  )
  for (let desk = 0; desk < 3; desk += 1) await bookedVisit(one, { serviceId: 'long', start: at(28, '09:00') })
  for (let desk = 0; desk < 3; desk += 1) await bookedVisit(one, { serviceId: 'long', start: at(28, '09:40') })
  assert.ok((await move(one.context, { reference: visit.reference, start: at(28, '09:20'), actor: 'citizen' })).allowed)
  assert.deepEqual(
    (await keptTimes(one)).map(({ starts, places }) => [starts, places]),
    [
      ['27 09:00', 1],
      ['28 09:00', 1],
    ],
  )
})

test('the first in line is offered the time for half an hour, the next after, then all; who let it pass goes behind', async () => {
  const one = await office()
  const first = await inLine(one, at(28, '09:00'))
  await later(one, 1)
  const second = await inLine(one, at(28, '10:00'))
  await givesBack(one.context, await full(one, at(26, '09:00')))
  assert.equal((await standing(one, first.entry)).offered, '26 09:00')
  assert.equal((await standing(one, second.entry)).offered, null)
  assert.equal((await booksAt(one, at(26, '09:00'))).code, 'slot-taken')
  await later(one, 29)
  assert.equal((await standing(one, first.entry)).state, 'offered')
  await later(one, 1)
  assert.deepEqual(await standing(one, first.entry), { state: 'waiting', passed: 1, offered: null })
  assert.equal((await standing(one, second.entry)).offered, '26 09:00')
  const [kept] = await keptTimes(one)
  assert.ok(kept && kept.minutes >= 31 && kept.minutes <= 50)
  assert.equal((await acceptOffer(one.context, { reference: first.entry, actor: 'citizen' })).code, 'offer-passed')
  await later(one, 30)
  assert.deepEqual(await standing(one, second.entry), { state: 'waiting', passed: 1, offered: null })
  await expireHolds(one.context, one.clock.now())
  await later(one, 20)
  await expireHolds(one.context, one.clock.now())
  assert.equal((await booksAt(one, at(26, '09:00'))).code, 'done')
})

test('a chain of three: each visit moves up into the time before it, and the last place is kept', async () => {
  const one = await office()
  const [a, b, c] = [await inLine(one, at(26, '10:00')), await inLine(one, at(27, '10:00')), await inLine(one, at(28, '10:00'))]
  await givesBack(one.context, await full(one, at(26, '09:00')))
  for (const [entry, start, next] of [
    [a, at(26, '09:00'), b],
    [b, at(26, '10:00'), c],
    [c, at(27, '10:00'), null],
  ] as const) {
    const outcome = await acceptOffer(one.context, { reference: entry.entry, actor: 'citizen' })
    assert.ok(outcome.allowed, outcome.code)
    assert.equal(outcome.visit, entry.visit.reference)
    const moved = await findVisit(one.context.database.pool, entry.visit.reference)
    assert.ok(moved && same(moved.startsAt, start) && moved.state === 'booked')
    if (next !== null) assert.ok((await standing(one, next.entry)).offered)
  }
  assert.deepEqual(
    (await keptTimes(one)).map(({ starts, state, places }) => [starts, state, places]),
    [
      ['26 09:00', 'expired', 0],
      ['26 10:00', 'expired', 0],
      ['27 10:00', 'expired', 0],
      ['28 10:00', 'held', 1],
    ],
  )
  const { rows } = await one.context.database.pool.query<{ kind: string }>('select kind from outbox order by id')
  assert.equal(rows.filter(({ kind }) => kind === 'visit-moved').length, 3)
  assert.equal(rows.filter(({ kind }) => kind === 'waiting-offer').length, 3)
})

test('who found no time is booked in their own name by accepting, within the limits of the contact', async () => {
  const one = await office()
  const person = somebody('Zofia Czekająca')
  const reference = await personInLine(one.context, undefined, person)
  await givesBack(one.context, await full(one, at(26, '09:00')))
  const outcome = await acceptOffer(one.context, { reference, actor: 'citizen' })
  assert.ok(outcome.allowed && outcome.visit !== null)
  const visit = await findVisit(one.context.database.pool, outcome.visit)
  assert.deepEqual([visit?.state, visit?.person.name, visit?.person.email], ['booked', person.name, person.email])
  const again = await acceptOffer(one.context, { reference, actor: 'citizen' })
  assert.ok(again.allowed && again.repeated && again.visit === outcome.visit)
  // The entry is over, so that the contact may stand in line again; a visit for that day it has already.
  const second = await personInLine(one.context, undefined, person)
  await givesBack(one.context, await full(one, at(26, '11:00')))
  const limited = await acceptOffer(one.context, { reference: second, actor: 'citizen' })
  assert.equal(limited.code, 'limit-service-day')
  assert.equal((await standing(one, second)).offered, '26 11:00', 'refused, nothing was lost')
})

test('invented people stand behind whoever opened the link of the message, however early they came', async () => {
  const one = await office()
  const invented = await Promise.all(Array.from({ length: 5 }, () => personInLine(one.context, undefined, undefined, { opened: false })))
  one.clock.moveTo(one.clock.now().add({ minutes: 1 }))
  const there = await personInLine(one.context)
  await givesBack(one.context, await bookedVisit(one, { serviceId: 'short', start: at(27, '10:00') }))
  assert.deepEqual((await standing(one, there)).state, 'offered')
  for (const each of invented) assert.deepEqual(await standing(one, each), { state: 'waiting', passed: 1, offered: null })
})

test('declining keeps the place in line, and the time goes to the next; the same time is not offered twice', async () => {
  const one = await office()
  const [first, second] = [await personInLine(one.context), await personInLine(one.context)]
  await givesBack(one.context, await full(one, at(26, '09:00')))
  assert.ok((await decline(one.context, { reference: first, actor: 'citizen' })).allowed)
  assert.deepEqual(await standing(one, first), { state: 'waiting', passed: 0, offered: null })
  assert.equal((await standing(one, second)).offered, '26 09:00')
  assert.ok((await withdraw(one.context, { reference: second, actor: 'citizen' })).allowed)
  assert.equal((await standing(one, second)).state, 'withdrawn')
  assert.equal((await standing(one, first)).offered, null)
  const [kept] = await keptTimes(one)
  assert.ok(kept && kept.minutes <= 20, 'nobody is left: it returns to all')
  await givesBack(one.context, await full(one, at(26, '10:00')))
  assert.equal((await standing(one, first)).offered, '26 10:00')
})

test('a time goes to whoever it fits: in length, in part of the day, in persons, and earlier than the own', async () => {
  const one = await office()
  const long = await inLine(one, at(28, '09:00'), 'long')
  const two = await inLine(one, at(28, '10:00'), 'two')
  const earlier = await inLine(one, at(26, '08:00'))
  const fits = await inLine(one, at(29, '09:00'))
  await givesBack(one.context, await full(one, at(26, '09:00')))
  for (const { entry } of [long, two, earlier]) assert.equal((await standing(one, entry)).offered, null)
  assert.equal((await standing(one, fits.entry)).offered, '26 09:00')
})

test('a longer time given up for a shorter visit: the rest is kept too', async () => {
  const one = await office()
  const short = await inLine(one, at(29, '09:00'))
  const long = await bookedVisit(one, { serviceId: 'long', start: at(26, '09:00') })
  await givesBack(one.context, long)
  assert.ok((await acceptOffer(one.context, { reference: short.entry, actor: 'citizen' })).allowed)
  assert.deepEqual(
    (await keptTimes(one)).filter(({ state }) => state === 'held').map(({ starts, places }) => [starts, places]),
    [
      ['29 09:00', 1],
      ['26 09:15', 1],
    ],
  )
})

test('a cancelled visit leaves the line, and what it was offered goes to the next', async () => {
  const one = await office()
  const [first, second] = [await inLine(one, at(28, '09:00')), await inLine(one, at(28, '10:00'))]
  await givesBack(one.context, await full(one, at(26, '09:00')))
  await givesBack(one.context, first.visit)
  assert.equal((await standing(one, first.entry)).state, 'ended')
  assert.equal((await standing(one, second.entry)).offered, '26 09:00')
  assert.equal((await acceptOffer(one.context, { reference: first.entry, actor: 'citizen' })).code, 'entry-ended')
})

test('a visit moved by itself to an earlier time than the offered one stays in line, and the offer goes to the next', async () => {
  const one = await office()
  const [first, second] = [await inLine(one, at(28, '09:00')), await inLine(one, at(28, '10:00'))]
  await givesBack(one.context, await full(one, at(27, '09:00')))
  assert.equal((await standing(one, first.entry)).offered, '27 09:00')
  assert.ok((await move(one.context, { reference: first.visit.reference, start: at(26, '14:00'), actor: 'citizen' })).allowed)
  assert.deepEqual(await standing(one, first.entry), { state: 'waiting', passed: 0, offered: null })
  assert.equal((await standing(one, second.entry)).offered, '27 09:00')
})

test('a visit stands in line once, a contact once in a matter; nobody who cannot be told', async () => {
  const one = await office()
  const { visit, entry } = await inLine(one, at(28, '09:00'))
  const again = await joinForVisit(one.context, { reference: visit.reference, actor: 'citizen', from: day(26), part: 'any' })
  assert.ok(again.allowed && again.repeated && again.reference === entry)
  const person = somebody()
  await personInLine(one.context, undefined, person)
  const command = { serviceId: 'short', from: day(26), to: day(30), part: 'any', person, language: 'pl', actor: 'citizen' } as const
  assert.equal((await join(one.context, { ...command, key: randomUUID() })).code, 'entry-doubled')
  assert.ok((await join(one.context, { ...command, serviceId: 'long', key: randomUUID() })).allowed)
  const nobody = await bookedVisit(one, { serviceId: 'short', start: at(28, '10:00'), person: { name: 'Jan', email: null, phone: null } })
  assert.equal(
    (await joinForVisit(one.context, { reference: nobody.reference, actor: 'citizen', from: day(26), part: 'any' })).code,
    'contact-needed',
  )
})

test('entries end with their last day, with a word to those who have no visit', async () => {
  const one = await office()
  const person = await personInLine(one.context, day(27))
  const { entry, visit } = await inLine(one, at(27, '09:00'))
  await later(one, 24 * 60)
  assert.equal((await standing(one, person)).state, 'waiting')
  await later(one, 24 * 60)
  assert.equal((await standing(one, person)).state, 'ended')
  assert.equal((await standing(one, entry)).state, 'ended')
  assert.equal((await findVisit(one.context.database.pool, visit.reference))?.state, 'booked')
  const { rows } = await one.context.database.pool.query<{ payload: { entry: number } }>(
    `select payload from outbox where kind = 'waiting-ended'`,
  )
  assert.equal(rows.length, 1)
})

test('events and the outbox carry numbers, codes and times only', async () => {
  const one = await office()
  const person = { name: 'Zofia Czekająca', email: 'zofia@example.pl', phone: '+48601222333' }
  const reference = await personInLine(one.context, undefined, person)
  await givesBack(one.context, await full(one, at(26, '09:00')))
  await acceptOffer(one.context, { reference, actor: 'citizen' })
  const { rows } = await one.context.database.pool.query<{ text: string }>(
    `select coalesce(string_agg(e::text, ' '), '') || (select coalesce(string_agg(o::text, ' '), '') from outbox o) as text from event e`,
  )
  assert.doesNotMatch(rows[0]?.text ?? '', /zofia|Zofia|601222333/)
  const { rows: kinds } = await one.context.database.pool.query<{ kind: string }>('select distinct kind from event order by kind')
  assert.deepEqual(
    kinds.map(({ kind }) => kind).filter((kind) => /kept|waiting|offer/.test(kind)),
    ['kept', 'offer-accepted', 'offer-made', 'waiting-joined'],
  )
})
