import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { officeDay, officeMinute, same } from '../../platform/clock.js'
import type { FreedTime, Waiter } from './model.js'
import { answering, fairOrder, fitOf, fitting, freedTimes, isKept, noticeMinutes, offerUntil, releaseAt, type MattersAt } from './rules.js'

const now = Temporal.Instant.from('2020-05-25T10:00:00+02:00')
const day = (date: number): Temporal.PlainDate => Temporal.PlainDate.from({ year: 2020, month: 5, day: date })
const at = (date: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${date}T${time}:00+02:00`)
const matters: MattersAt = new Map([
  ['short', { offering: [1, 2, 3], minutes: 15, counted: 1 }],
  ['long', { offering: [1, 2], minutes: 40, counted: 1 }],
  ['two', { offering: [3], minutes: 30, counted: 2 }],
])

const waiter: fc.Arbitrary<Waiter> = fc
  .record({
    id: fc.integer({ min: 1, max: 1_000_000 }),
    matter: fc.constantFrom('short', 'long', 'two', 'elsewhere'),
    joined: fc.integer({ min: 0, max: 20 }),
    passed: fc.integer({ min: 0, max: 3 }),
    from: fc.integer({ min: 26, max: 29 }),
    to: fc.option(fc.integer({ min: 26, max: 31 })),
    part: fc.constantFrom('morning' as const, 'afternoon' as const, 'any' as const),
    visit: fc.option(
      fc.record({
        hour: fc.integer({ min: 8, max: 15 }),
        date: fc.integer({ min: 26, max: 30 }),
        minutes: fc.constantFrom(15, 30, 40),
        counted: fc.constantFrom(1, 2),
      }),
    ),
  })
  .map(({ joined, from, to, visit, ...rest }) => ({
    ...rest,
    joinedAt: now.subtract({ hours: joined }),
    from: day(from),
    to: to === null ? null : day(to),
    visit: visit && { start: at(visit.date, `${String(visit.hour).padStart(2, '0')}:00`), minutes: visit.minutes, counted: visit.counted },
  }))
const line = fc.uniqueArray(waiter, { selector: ({ id }) => id, maxLength: 30 })
const longLine = fc.uniqueArray(waiter, { selector: ({ id }) => id, minLength: 25, maxLength: 40 })
const freedTime: fc.Arbitrary<FreedTime> = fc
  .record({
    date: fc.integer({ min: 26, max: 29 }),
    hour: fc.integer({ min: 8, max: 14 }),
    minutes: fc.constantFrom(5, 15, 30, 40),
    desks: fc.constantFrom([1], [2], [3], [4], [1, 3], [2, 3]),
  })
  .map(({ date, hour, minutes, desks }) => {
    const start = at(date, `${String(hour).padStart(2, '0')}:00`)
    return { start, end: start.add({ minutes }), desks }
  })

const ids = (list: readonly Waiter[]): number[] => list.map(({ id }) => id)
const time = (start: Temporal.Instant): FreedTime => ({ start, end: start.add({ minutes: 15 }), desks: [1] })
/** Five minutes at a desk, each by a name of its own. */
const cells = ({ start, end, desks }: FreedTime): string[] =>
  desks.flatMap((desk) =>
    Array.from({ length: start.until(end).total('minutes') / 5 }, (_, index) => `${desk} ${start.add({ minutes: index * 5 })}`),
  )

test('the line is the same whatever order it was read in, and nobody is in it twice or lost', () => {
  fc.assert(
    fc.property(line, fc.infiniteStream(fc.nat()), (waiters, dice) => {
      const shuffled = waiters.map((each) => ({ each, key: dice.next().value as number })).toSorted((a, b) => a.key - b.key)
      assert.deepEqual(ids(fairOrder(shuffled.map(({ each }) => each))), ids(fairOrder(waiters)))
      assert.deepEqual(new Set(ids(fairOrder(waiters))), new Set(ids(waiters)))
      assert.equal(fairOrder(waiters).length, waiters.length)
    }),
  )
})

test('who let an offer pass stands behind all who let fewer pass, and before them who joined later', () => {
  fc.assert(
    fc.property(line, (waiters) => {
      const order = fairOrder(waiters)
      for (const [index, before] of order.entries())
        for (const behind of order.slice(index + 1)) {
          assert.ok(before.passed <= behind.passed)
          if (before.passed < behind.passed) continue
          const joined = Temporal.Instant.compare(before.joinedAt, behind.joinedAt)
          assert.ok(joined < 0 || (joined === 0 && before.id < behind.id))
        }
    }),
  )
})

test('the first in line whom the time fits is asked; whoever stands before does not fit and keeps the place', () => {
  fc.assert(
    fc.property(line, freedTime, (waiters, freed) => {
      const fits = fitting(waiters, freed, matters, now)
      const [first] = fits
      const order = fairOrder(waiters)
      const before = first === undefined ? order : order.slice(0, order.indexOf(first.waiter))
      for (const each of before) assert.equal(fitOf(each, freed, matters, now), null)
      const left = order.filter((each) => each !== first?.waiter)
      assert.deepEqual(
        fairOrder(waiters.filter((each) => each !== first?.waiter)).map(({ id }) => id),
        left.map(({ id }) => id),
      )
    }),
  )
})

test('what is offered lies within the freed time, suits, and is earlier than the own visit', () => {
  let offered = 0
  fc.assert(
    fc.property(longLine, freedTime, (waiters, freed) => {
      for (const { waiter: each, start, end, desks } of fitting(waiters, freed, matters, now)) {
        offered += 1
        assert.ok(same(start, freed.start) && Temporal.Instant.compare(end, freed.end) <= 0)
        assert.ok(desks.every((desk) => freed.desks.includes(desk)) && new Set(desks).size === desks.length)
        const need = each.visit ?? (matters.get(each.matter) as { minutes: number; counted: number })
        assert.equal(start.until(end).total('minutes'), need.minutes)
        assert.equal(desks.length, need.counted)
        assert.ok(desks.some((desk) => matters.get(each.matter)?.offering.includes(desk)))
        const on = officeDay(start)
        assert.ok(Temporal.PlainDate.compare(on, each.from) >= 0)
        assert.ok(each.to === null || Temporal.PlainDate.compare(on, each.to) <= 0)
        if (each.part !== 'any') assert.equal(each.part === 'morning', officeMinute(start) < 12 * 60)
        if (each.visit !== null) assert.ok(Temporal.Instant.compare(start, each.visit.start) < 0)
      }
    }),
    { numRuns: 400 },
  )
  assert.ok(offered > 100, 'the property was about something')
})

test('nobody is offered a time that begins within the hour', () => {
  const one: Waiter = { id: 1, matter: 'short', joinedAt: now, passed: 0, from: day(25), to: day(26), part: 'any', visit: null }
  assert.equal(fitOf(one, time(now.add({ minutes: noticeMinutes - 1 })), matters, now), null)
  assert.ok(fitOf(one, time(now.add({ minutes: noticeMinutes })), matters, now))
})

test('times that are freed one after the other: everyone who fits is asked once before anybody who let one pass is asked again', () => {
  fc.assert(
    fc.property(line, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (waiters, answers) => {
      let inLine: readonly Waiter[] = waiters.map((each) => ({
        ...each,
        matter: 'short',
        visit: null,
        from: day(26),
        to: null,
        part: 'any' as const,
        passed: 0,
      }))
      const asked: number[] = []
      for (const taken of answers) {
        const start = at(27, '09:00')
        const [first] = fitting(inLine, { start, end: start.add({ minutes: 15 }), desks: [1] }, matters, now)
        if (first === undefined) break
        const { id } = first.waiter
        // Whoever is asked again let one pass; then nobody is left who was never asked.
        if (asked.includes(id)) assert.ok(inLine.every((each) => asked.includes(each.id)))
        asked.push(id)
        inLine = taken
          ? inLine.filter((each) => each.id !== id)
          : inLine.map((each) => (each.id === id ? { ...each, passed: each.passed + 1 } : each))
      }
      if (waiters.length > 0 && waiters.length <= answers.length) assert.equal(new Set(asked).size, waiters.length)
    }),
  )
})

test('a freed time returns after whole minutes between the two settings, each of them possible', () => {
  const settings = { 'freed-minutes-min': 1, 'freed-minutes-max': 20 }
  const seen = new Set<number>()
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
      const minutes = now.until(releaseAt(now, settings, random)).total('minutes')
      assert.ok(Number.isInteger(minutes) && minutes >= 1 && minutes <= 20)
    }),
  )
  for (let turn = 0; turn < 20; turn += 1) seen.add(now.until(releaseAt(now, settings, turn / 20)).total('minutes'))
  assert.equal(seen.size, 20)
  assert.equal(now.until(releaseAt(now, { 'freed-minutes-min': 7, 'freed-minutes-max': 3 }, 0.99)).total('minutes'), 7)
})

test('an offer lasts its minutes by day, none pass by night, and it never outlives the start', () => {
  const until = (from: Temporal.Instant, start = at(30, '09:00')): string =>
    offerUntil(from, 30, start).toZonedDateTimeISO('Europe/Warsaw').toPlainDateTime().toString({ smallestUnit: 'minute' })
  assert.equal(until(at(25, '10:00')), '2020-05-25T10:30')
  assert.equal(until(at(25, '20:45')), '2020-05-26T07:15')
  assert.equal(until(at(25, '22:00')), '2020-05-26T07:30')
  assert.equal(until(at(26, '03:00')), '2020-05-26T07:30')
  assert.equal(until(at(25, '22:00'), at(26, '07:20')), '2020-05-26T07:20')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5_000 }),
      fc.integer({ min: 5, max: 240 }),
      fc.integer({ min: 60, max: 3_000 }),
      (later, minutes, ahead) => {
        const from = now.add({ minutes: later })
        const start = from.add({ minutes: ahead })
        const end = offerUntil(from, minutes, start)
        assert.ok(Temporal.Instant.compare(end, from) > 0 && Temporal.Instant.compare(end, start) <= 0)
        if (!same(end, start)) {
          assert.ok(from.until(end).total('minutes') >= minutes)
          assert.ok(officeMinute(end) >= answering.from && officeMinute(end) <= answering.to)
        }
      },
    ),
  )
})

test('today’s times are not kept, nor past ones; tomorrow’s are', () => {
  assert.equal(isKept(time(at(25, '15:00')), now), false)
  assert.equal(isKept(time(at(24, '15:00')), now), false)
  assert.equal(isKept(time(at(26, '07:30')), now), true)
})

test('what a visit gives back is its old place less its new one, minute by minute and desk by desk', () => {
  const span = fc
    .record({
      from: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 1, max: 12 }),
      desks: fc.subarray([1, 2, 3], { minLength: 1 }),
    })
    .map(({ from, length, desks }): FreedTime => ({
      start: now.add({ minutes: from * 5 }),
      end: now.add({ minutes: (from + length) * 5 }),
      desks,
    }))
  fc.assert(
    fc.property(span, span, (old, taken) => {
      const gone = new Set(cells(taken))
      const given = freedTimes(old, taken)
      assert.deepEqual(
        given.flatMap(cells).toSorted(),
        cells(old)
          .filter((cell) => !gone.has(cell))
          .toSorted(),
      )
    }),
  )
  fc.assert(fc.property(span, (old) => assert.deepEqual(freedTimes(old, null).flatMap(cells), cells(old))))
})
