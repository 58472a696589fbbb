import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visitStates, type Visit, type VisitState } from './model.js'
import { isOpen, mayDo, visitActions, visitTime, type VisitAction } from './rules.js'

const now = Temporal.Instant.from('2020-05-26T07:00:00Z')
const settings = { 'hold-minutes-max': 30, 'call-again-after-seconds': 60, 'calls-max': 3, 'missed-undo-seconds': 60 }

function visit(change: Partial<Visit>): Visit {
  return {
    id: 1,
    reference: 'K7MPQX2D',
    state: 'booked',
    kind: 'booked',
    serviceId: 'short',
    moreServiceIds: [],
    doneServiceIds: [],
    buildingId: 'hall',
    roomId: 'hall/1',
    channel: 'web',
    startsAt: now.add({ minutes: 30 }),
    endsAt: now.add({ minutes: 45 }),
    day: Temporal.PlainDate.from('2020-05-26'),
    persons: 1,
    counted: 1,
    accompanied: 0,
    companionsOutside: 0,
    person: { name: 'Jan', email: null, phone: null },
    language: 'pl',
    urgent: false,
    needs: [],
    onBehalf: false,
    heldUntil: now.add({ minutes: 5 }),
    heldFirstAt: now,
    confirmUntil: null,
    bookedBy: null,
    createdAt: now,
    arrivedAt: null,
    dueAt: null,
    dueWhy: null,
    priority: null,
    forDeskId: null,
    review: null,
    calledAt: now.subtract({ seconds: 90 }),
    calledCount: 0,
    servingAt: null,
    endedAt: now.subtract({ seconds: 30 }),
    deskId: null,
    ticket: 'A001',
    receipt: null,
    version: 0,
    ...change,
  }
}

/** In which states each act is open; every other pair is refused. */
const open: Readonly<Record<VisitAction, readonly VisitState[]>> = {
  renew: ['held'],
  confirm: ['held'],
  release: ['held'],
  'confirm-pending': ['pending'],
  cancel: ['pending', 'booked'],
  move: ['pending', 'booked'],
  admit: ['booked'],
  call: ['arrived', 'parked'],
  recall: ['called'],
  start: ['called'],
  finish: ['serving'],
  miss: ['called'],
  'undo-miss': ['missed'],
  leave: ['arrived', 'called', 'parked'],
  redirect: ['pending', 'booked', 'arrived', 'called', 'serving', 'parked'],
  park: ['called', 'serving'],
  return: ['parked'],
  transfer: ['arrived', 'called', 'serving', 'parked'],
  prioritise: ['arrived', 'parked'],
  'next-matter': ['serving'],
}

test('each act is open in its states and in no other, and a refusal always has a code', () => {
  for (const action of visitActions) {
    for (const state of visitStates) {
      const answer = mayDo(action, visit({ state }), now, settings)
      assert.equal(answer.allowed, open[action].includes(state), `${action} of a visit that is ${state}`)
      assert.ok(answer.code.length > 0)
    }
  }
})

test('a hold is worth nothing from the minute it runs out', () => {
  const held = visit({ state: 'held', heldUntil: now.add({ minutes: 1 }) })
  assert.equal(mayDo('confirm', held, now.add({ seconds: 59 }), settings).allowed, true)
  const late = mayDo('confirm', held, now.add({ minutes: 1 }), settings)
  assert.deepEqual([late.code, late.basis], ['hold-expired', [{ kind: 'setting', setting: 'hold-minutes' }]])
})

test('a hold kept as long as may be cites that setting when it runs out; one given back says so', () => {
  const longest = visit({ state: 'held', heldUntil: now.add({ minutes: 30 }) })
  assert.deepEqual(mayDo('renew', longest, now.add({ minutes: 30 }), settings).basis, [{ kind: 'setting', setting: 'hold-minutes-max' }])
  const released = visit({ state: 'expired', heldUntil: now.add({ minutes: 5 }), endedAt: now.add({ minutes: 2 }) })
  assert.deepEqual(mayDo('renew', released, now.add({ minutes: 6 }), settings).code, 'hold-released')
  const expired = visit({ state: 'expired', heldUntil: now.add({ minutes: 5 }), endedAt: now.add({ minutes: 5 }) })
  assert.deepEqual(mayDo('renew', expired, now.add({ minutes: 6 }), settings).code, 'hold-expired')
})

test('a booked visit is ahead until its minute, late while it is still let in, then past', () => {
  const times = [0, 30, 31, 40, 41].map((minutes) => visitTime(visit({}), now.add({ minutes }), 10))
  assert.deepEqual(times, ['ahead', 'ahead', 'late', 'late', 'past'])
})

test('a visit is moved and cancelled until its time comes, then no more', () => {
  for (const action of ['move', 'cancel'] as const) {
    assert.equal(mayDo(action, visit({}), now.add({ minutes: 29 }), settings).allowed, true)
    assert.equal(mayDo(action, visit({}), now.add({ minutes: 30 }), settings).code, 'already-started')
    assert.equal(mayDo(action, visit({ state: 'arrived' }), now, settings).code, 'already-inside')
    assert.equal(mayDo(action, visit({ state: 'cancelled' }), now, settings).code, 'already-cancelled')
  }
})

test('a second call comes a minute after the first, a missed visit is taken back within one; both are settings', () => {
  const called = visit({ state: 'called', calledAt: now })
  assert.equal(mayDo('recall', called, now.add({ seconds: 59 }), settings).code, 'call-again-later')
  assert.equal(mayDo('recall', called, now.add({ seconds: 60 }), settings).allowed, true)
  const missed = visit({ state: 'missed', endedAt: now })
  assert.equal(mayDo('undo-miss', missed, now.add({ seconds: 60 }), settings).allowed, true)
  const late = mayDo('undo-miss', missed, now.add({ seconds: 61 }), settings)
  assert.deepEqual([late.code, late.basis], ['undo-too-late', [{ kind: 'setting', setting: 'missed-undo-seconds' }]])
})

test('somebody already inside is not admitted again, somebody else’s state says what it is', () => {
  const codes = Object.fromEntries(visitStates.map((state) => [state, mayDo('admit', visit({ state }), now, settings).code]))
  assert.deepEqual(codes, {
    held: 'not-confirmed',
    pending: 'not-confirmed',
    booked: 'may',
    arrived: 'already-inside',
    called: 'already-inside',
    serving: 'already-inside',
    parked: 'already-inside',
    served: 'already-served',
    expired: 'hold-expired',
    cancelled: 'already-cancelled',
    missed: 'already-missed',
    left: 'already-ended',
    redirected: 'already-ended',
  })
})

test('a visit is open from the hold to the end', () => {
  assert.deepEqual(visitStates.filter(isOpen), ['held', 'pending', 'booked', 'arrived', 'called', 'serving', 'parked'])
})
