import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { officeDay } from '../../platform/clock.js'
import { commitmentOf, draw, readWishes, wishText } from './rules.js'

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
const references = fc.uniqueArray(fc.stringMatching(/^[A-HJ-NP-TV-Z2-9]{8}$/), { maxLength: 40 })

test('the order has each entry once, whatever order they came in, and anyone can work it out', () => {
  fc.assert(
    fc.property(seeds, references, (seed, entries) => {
      const order = draw(seed, entries)
      assert.deepEqual([...order].toSorted(), [...entries].toSorted())
      assert.deepEqual(draw(seed, entries.toReversed()), order)
      // As the page tells people to check it.
      const numbers = order.map((each) => createHmac('sha256', seed).update(each).digest('hex'))
      assert.deepEqual(numbers, numbers.toSorted())
      assert.equal(commitmentOf(seed), createHash('sha256').update(seed).digest('hex'))
    }),
  )
})

test('every entry has the same chance to be first: over many seeds none is favoured', () => {
  const entries = Array.from({ length: 10 }, (_, index) => `ENTRY${String(index).padStart(3, '2')}`)
  const firsts = new Map<string, number>()
  const draws = 20_000
  for (let round = 0; round < draws; round += 1) {
    const first = draw(createHash('sha256').update(`seed ${round}`).digest(), entries)[0] as string
    firsts.set(first, (firsts.get(first) ?? 0) + 1)
  }
  // Chi square with 9 degrees of freedom: beyond 27.9 once in a thousand.
  const expected = draws / entries.length
  const square = entries.reduce((sum, each) => sum + ((firsts.get(each) ?? 0) - expected) ** 2 / expected, 0)
  assert.ok(square < 27.9, `${square}`)
})

test('an entry joining or leaving changes nobody else’s order', () => {
  fc.assert(
    fc.property(seeds, references, (seed, entries) => {
      if (entries.length === 0) return
      const without = entries.slice(1)
      assert.deepEqual(
        draw(seed, entries).filter((each) => each !== entries[0]),
        draw(seed, without),
      )
    }),
  )
})

const drawn = (day: Temporal.PlainDate): boolean => day.toString() === '2020-06-09'

const read = (...typed: string[]) => readWishes(typed, drawn, officeDay)

test('wishes are times, days and any, each once, three at most, of the draw’s days alone', () => {
  assert.deepEqual(read('2020-06-09T07:00:00Z', '', 'day:2020-06-09', 'any'), [
    { start: '2020-06-09T07:00:00Z' },
    { day: '2020-06-09' },
    { any: true },
  ])
  assert.deepEqual(read('any', 'any'), [{ any: true }])
  assert.deepEqual(read('', ''), [])
  for (const wrong of ['2020-06-10T07:00:00Z', 'day:2020-06-10', 'day:x', 'x', 'anything']) assert.equal(read(wrong), null, wrong)
  assert.equal(read('any', 'day:2020-06-09', '2020-06-09T07:00:00Z', '2020-06-09T07:05:00Z'), null)
  for (const wish of read('2020-06-09T07:00:00Z', 'day:2020-06-09', 'any') ?? []) assert.deepEqual(read(wishText(wish)), [wish])
})
