/** Which way, when and how often: the rules of sending. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { officeMinute } from '../platform/clock.js'
import { failuresToOpen, isTooLate, leavesAt, openFor, waitAfter, waysOf, type QuietHours } from './rules.js'

const both = { email: 'ala@example.pl', phone: '+48600000001' }
const night: QuietHours = { from: 21, until: 7 }
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)
const sms = { way: 'sms', atOnce: false, usefulUntil: null } as const

test('an e-mail comes first, an SMS where there is none or none is sent', () => {
  assert.deepEqual(waysOf(both, { email: true, sms: true }), ['email', 'sms'])
  assert.deepEqual(waysOf(both, { email: false, sms: true }), ['sms'])
  assert.deepEqual(waysOf({ ...both, email: null }, { email: true, sms: true }), ['sms'])
  assert.deepEqual(waysOf(both, { email: true, sms: true }, 'sms'), ['sms', 'email'])
  assert.deepEqual(waysOf(both, { email: true, sms: false }, 'sms'), ['email'])
  assert.deepEqual(waysOf({ ...both, phone: '+48655298100' }, { email: true, sms: true }, 'sms'), ['email'])
  assert.deepEqual(waysOf({ ...both, email: null }, { email: true, sms: false }), [])
})

test('no SMS goes to a landline; a number of another country may be a mobile’s', () => {
  const sends = { email: true, sms: true }
  assert.deepEqual(waysOf({ ...both, phone: '+48655298100' }, sends), ['email'])
  assert.deepEqual(waysOf({ email: null, phone: '+48655298100' }, sends), [])
  for (const phone of ['+48501234567', '+48459123456', '+48881234567', '+380501234567', '+4930123456'])
    assert.deepEqual(waysOf({ email: null, phone }, sends), ['sms'], phone)
})

test('an SMS that can wait waits out the night; an e-mail and what is asked for now do not', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['2020-05-25T20:59:59+02:00', '2020-05-25T20:59:59+02:00'],
    ['2020-05-25T21:00:00+02:00', '2020-05-26T07:00:00+02:00'],
    ['2020-05-25T23:59:59+02:00', '2020-05-26T07:00:00+02:00'],
    ['2020-05-26T00:00:00+02:00', '2020-05-26T07:00:00+02:00'],
    ['2020-05-26T06:59:59+02:00', '2020-05-26T07:00:00+02:00'],
    ['2020-05-26T07:00:00+02:00', '2020-05-26T07:00:00+02:00'],
    // The nights in which the clock is changed.
    ['2020-03-28T22:00:00+01:00', '2020-03-29T07:00:00+02:00'],
    ['2020-10-24T22:00:00+02:00', '2020-10-25T07:00:00+01:00'],
    ['2020-10-25T02:30:00+02:00', '2020-10-25T07:00:00+01:00'],
  ]
  for (const [now, leaves] of cases) assert.equal(leavesAt(sms, at(now), night).toString(), at(leaves).toString(), now)
  const late = at('2020-05-25T23:00:00+02:00')
  assert.equal(leavesAt({ ...sms, way: 'email' }, late, night), late)
  assert.equal(leavesAt({ ...sms, atOnce: true }, late, night), late)
  assert.equal(leavesAt(sms, late, { from: 7, until: 7 }), late, 'no quiet hours')
})

test('whatever the quiet hours and the change of the clock, it leaves outside them, within a day, and never before it could', () => {
  const hours = fc.integer({ min: 0, max: 23 })
  const instants = fc.oneof(
    fc.integer({ min: 0, max: 525_600 }).map((minutes) => at('2020-01-01T00:00:00Z').add({ minutes })),
    fc.integer({ min: 0, max: 600 }).map((minutes) => at('2020-03-28T20:00:00Z').add({ minutes })),
    fc.integer({ min: 0, max: 600 }).map((minutes) => at('2020-10-24T20:00:00Z').add({ minutes })),
  )
  fc.assert(
    fc.property(instants, hours, hours, (now, from, until) => {
      // The one open hour of a day may be the one the clock leaves out.
      fc.pre((from - until + 24) % 24 !== 1)
      const leaves = leavesAt(sms, now, { from, until })
      const waited = leaves.since(now).total('hours')
      const minute = officeMinute(leaves)
      const quiet = from < until ? minute >= from * 60 && minute < until * 60 : from > until && (minute >= from * 60 || minute < until * 60)
      return waited >= 0 && waited <= 25 && (!quiet || waited === 0)
    }),
    { numRuns: 2_000 },
  )
})

test('too late is the moment itself', () => {
  const usefulUntil = at('2020-05-25T08:00:00Z')
  assert.equal(isTooLate({ usefulUntil }, usefulUntil.subtract({ milliseconds: 1 })), false)
  assert.equal(isTooLate({ usefulUntil }, usefulUntil), true)
  assert.equal(isTooLate({ usefulUntil: null }, usefulUntil), false)
})

const seconds = (tries: number, luck: number): number => waitAfter(tries, luck).total('seconds')

test('waits double up to a limit and differ by luck; a way closes after a few failures in a row', () => {
  assert.deepEqual([seconds(1, 0), seconds(2, 0), seconds(5, 0), seconds(9, 0), seconds(40, 0)], [60, 120, 960, 14_400, 14_400])
  assert.ok(seconds(3, 0.999) > 119 && seconds(3, 0.999) < seconds(3, 0))
  assert.equal(openFor(failuresToOpen - 1, 0).total('seconds'), 0)
  assert.deepEqual([openFor(failuresToOpen, 0).total('seconds'), openFor(100, 0).total('seconds')], [30, 900])
})
