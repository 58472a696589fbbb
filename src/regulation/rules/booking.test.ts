import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { instantOf } from '../../platform/clock.js'
import { words } from '../../platform/words.js'
import { mayBook, mayCall, type BookFacts, type CallFacts } from '../index.js'

const book = lesznoRules()
const office = lesznoDirectory()
const at = (day: string, time: string): Temporal.Instant =>
  instantOf(Temporal.PlainDate.from(day), Number(time.split(':')[0]) * 60 + Number(time.split(':')[1]))
const web: BookFacts = {
  serviceId: 'rejestracja-pojazdow',
  channel: 'web',
  start: at('2020-05-26', '9:00'),
  now: at('2020-05-25', '7:20'),
  clerk: false,
}

const cases: readonly [title: string, facts: Partial<BookFacts>, code: string, basis: string][] = [
  ['tomorrow on the web', {}, 'may-book', '§ 1 ust. 3'],
  ['today on the web', { start: at('2020-05-25', '9:00') }, 'too-soon', 'booking-from-next-day'],
  [
    'today, by a clerk for a caller',
    { start: at('2020-05-25', '9:00'), channel: 'phone', clerk: true },
    'may-book',
    '§ 1 ust. 2,§ 1 ust. 3',
  ],
  ['today, at the door', { start: at('2020-05-25', '9:00'), channel: 'door', clerk: true }, 'may-book', ''],
  ['fourteen days ahead', { start: at('2020-06-08', '9:00') }, 'may-book', '§ 1 ust. 3'],
  ['fifteen days ahead', { start: at('2020-06-09', '9:00') }, 'too-far', 'booking-horizon-days'],
  ['a time that has passed', { start: at('2020-05-25', '7:20') }, 'in-the-past', ''],
  ['on Saturday', { start: at('2020-05-30', '9:00') }, 'closed-that-day', 'weekly-hours'],
  ['on a Sunday', { start: at('2020-05-31', '9:00') }, 'day-off', 'art. 1'],
  ['the last start that ends by closing, on Monday', { start: at('2020-06-01', '15:00'), durationMinutes: 30 }, 'may-book', '§ 1 ust. 3'],
  ['a start that would end after closing, on Monday', { start: at('2020-06-01', '15:15'), durationMinutes: 30 }, 'outside-hours', '§ 4'],
  ['before the office opens, on Tuesday', { start: at('2020-05-26', '7:15') }, 'outside-hours', 'weekly-hours'],
  ['a matter only rung for, on the web', { serviceId: 'dowody-osobiste' }, 'channel-not-offered', ''],
  ['leaving papers is never booked', { serviceId: 'skladanie-dokumentow', channel: 'phone' }, 'drop-off-not-booked', '§ 1 ust. 5'],
  ['a matter the office does not have', { serviceId: 'paszport' }, 'unknown-service', ''],
  ['a third open booking', { openBookings: 2 }, 'limit-open', 'open-bookings-per-contact'],
  ['a second visit in the matter that day', { sameServiceThatDay: true }, 'limit-service-day', 'one-per-service-and-day'],
  ['a clerk passes the limits with a reason', { openBookings: 2, sameServiceThatDay: true, limitExcepted: true }, 'may-book', '§ 1 ust. 3'],
]
for (const [title, facts, code, basis] of cases) {
  test(`booking: ${title}`, () => {
    const decision = mayBook(book, office, { ...web, ...facts })
    assert.equal(decision.code, code)
    assert.equal(decision.basis.map((each) => (each.kind === 'setting' ? each.setting : each.reference)).join(), basis)
    if (!decision.allowed) assert.ok(decision.next.length > 0)
    for (const language of ['pl', 'en', 'uk'] as const) {
      assert.ok(
        words(language)(
          `regulation.${decision.allowed ? 'allowed' : 'refused'}.${decision.code}`,
          'values' in decision ? decision.values : undefined,
        ).length > 0,
      )
      for (const step of decision.next) assert.ok(words(language)(`decision.next.${step.kind}`, step.values).length > 0)
    }
  })
}

test('how one may book is judged when one asks, hours at the start of the visit', () => {
  // Asked before the ordinance for a day under it: the web was not open then.
  const early = mayBook(book, office, { ...web, now: at('2020-05-22', '9:00'), start: at('2020-05-26', '9:00') })
  assert.equal(early.code, 'channel-not-offered')
  const byPhone = mayBook(book, office, { ...web, channel: 'phone', now: at('2020-05-22', '9:00'), start: at('2020-05-26', '9:00') })
  assert.deepEqual([byPhone.code, byPhone.basis], ['may-book-rules-not-held', []])
  const atCounter = mayBook(book, office, { ...web, channel: 'counter', now: at('2020-05-22', '9:00'), start: at('2020-05-26', '9:00') })
  assert.equal(atCounter.code, 'may-book')
})

test('a desk calls whom it may', () => {
  const arrived = { state: 'arrived', serviceId: 'dowody-osobiste', buildingId: 'walowa-5', day: Temporal.PlainDate.from('2020-05-25') }
  const facts: CallFacts = { deskSlug: 'walowa-5/4/1', deskBusy: false, now: at('2020-05-25', '9:00'), visit: arrived }
  const code = (change: Partial<CallFacts>, visit: Partial<NonNullable<CallFacts['visit']>> = {}): string =>
    mayCall(book, office, { ...facts, ...change, visit: { ...arrived, ...visit } }).code
  assert.equal(code({}), 'may-call')
  assert.equal(code({ deskBusy: true }), 'desk-busy')
  assert.equal(code({}, { state: 'booked' }), 'not-arrived')
  assert.equal(code({}, { state: 'served' }), 'visit-over')
  assert.equal(code({}, { day: Temporal.PlainDate.from('2020-05-26') }), 'not-today')
  assert.equal(code({}, { buildingId: 'karasia-15' }), 'not-in-this-building')
  assert.equal(code({}, { serviceId: 'rejestracja-pojazdow' }), 'not-offered-here')
  assert.equal(code({ deskSlug: 'nowhere' }), 'unknown-desk')
  // Before anyone is chosen: only what holds for whomever it will be.
  const anyone = (deskBusy: boolean): string => mayCall(book, office, { ...facts, deskBusy, visit: null }).code
  assert.deepEqual([anyone(false), anyone(true)], ['may-call', 'desk-busy'])
})
