/**
 * The calling order and what a desk may do, as tables of cases and properties. Pure: no database.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allow, refuse } from '../platform/decision.js'
import type { Visit } from '../visit/index.js'
import type { CallingDesk, Waiting } from './model.js'
import { chooseNext, companionsOutside, dueOf, inOrder, mayCallAnyone, mayDoAtDesk, type Arrival } from './rules.js'

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-25T${time}:00+02:00`)
const policy = { 'late-minutes': 10, 'priority-minutes': 15 }
const settings = { 'hold-minutes-max': 30, 'call-again-after-seconds': 60, 'calls-max': 3, 'missed-undo-seconds': 60 }
const desk: CallingDesk = { deskId: 1, overflow: [], serviceIds: ['a', 'b'], staffedDesks: 1, freeDesks: 1 }
let ids = 0

/** Someone who waits, of a group whose target is `target` minutes. */
function person(wish: Partial<Waiting & Arrival>, target = 0): Waiting {
  ids += 1
  const arrivedAt = wish.arrivedAt ?? at('09:00')
  const came = { kind: wish.startsAt ? ('booked' as const) : ('walk-in' as const), startsAt: arrivedAt, arrivedAt, priority: null, ...wish }
  const due = dueOf(came, target, policy)
  return {
    dueAt: due.at,
    dueWhy: due.why,
    forDeskId: null,
    id: ids,
    reference: `R${ids}`,
    ticket: `A${String(ids).padStart(3, '0')}`,
    kind: came.kind,
    serviceId: 'a',
    moreServiceIds: [],
    counted: 1,
    accompanied: 0,
    persons: 1,
    startsAt: arrivedAt,
    arrivedAt,
    ...wish,
  }
}

function called(waiting: readonly Waiting[], where: CallingDesk = desk, now = at('09:00')): Waiting | null {
  const choice = chooseNext(waiting, where, now)
  return choice.kind === 'call' ? choice.next : null
}

test('nobody waits: nobody is called', () => {
  assert.equal(chooseNext([], desk, at('09:00')).kind, 'nobody')
})

test('who is due earliest is called first, whoever came first', () => {
  const early = person({ startsAt: at('09:20'), arrivedAt: at('09:05') })
  const due = person({ startsAt: at('09:10'), arrivedAt: at('09:09') })
  assert.equal(called([early, due]), due)
})

test('someone leaving documents is due on arrival, before a booked person whose time is later', () => {
  const booked = person({ startsAt: at('09:10'), arrivedAt: at('08:56') })
  const papers = person({ kind: 'drop-off', arrivedAt: at('09:01') })
  assert.equal(called([booked, papers]), papers)
})

test('up to ten minutes late keeps the booked turn, later waits in order of arrival', () => {
  const just = person({ startsAt: at('09:00'), arrivedAt: at('09:10') })
  const late = person({ startsAt: at('09:00'), arrivedAt: at('09:11') })
  assert.equal(just.dueAt.toString(), at('09:00').toString())
  assert.equal(late.dueAt.toString(), at('09:11').toString())
  const walkIn = person({ arrivedAt: at('09:10') })
  assert.equal(called([late, walkIn]), walkIn)
})

test('a desk calls only people whose matter it offers', () => {
  const other = person({ serviceId: 'z', arrivedAt: at('08:00') })
  const own = person({ serviceId: 'b', arrivedAt: at('08:59') })
  assert.equal(called([other, own]), own)
  assert.equal(chooseNext([other], desk, at('09:00')).kind, 'nobody')
})

test('the answer says why it is this person’s turn', () => {
  const why = (wish: Partial<Waiting>): string | null => {
    const choice = chooseNext([person(wish)], desk, at('09:00'))
    return choice.kind === 'call' ? choice.next.dueWhy : null
  }
  assert.equal(why({ startsAt: at('09:00'), arrivedAt: at('08:50') }), 'booked-due')
  assert.equal(why({ startsAt: at('08:30'), arrivedAt: at('08:50') }), 'came-late')
  assert.equal(why({ kind: 'drop-off' }), 'by-arrival')
})

test('two persons wait for two free desks of the room; meanwhile single people are called', () => {
  const couple = person({ counted: 2, arrivedAt: at('08:50') })
  const single = person({ arrivedAt: at('08:55') })
  assert.equal(called([couple, single], { ...desk, staffedDesks: 2, freeDesks: 1 }), single)
  assert.equal(called([couple, single], { ...desk, staffedDesks: 2, freeDesks: 2 }), couple)
  const alone = chooseNext([couple], { ...desk, staffedDesks: 2, freeDesks: 1 }, at('09:00'))
  assert.equal(alone.kind, 'more-desks')
})

test('after a quarter of an hour the room waits for two persons, if it has two desks at all', () => {
  const couple = person({ counted: 2, arrivedAt: at('08:45') })
  const single = person({ arrivedAt: at('08:50') })
  assert.equal(called([couple, single], { ...desk, staffedDesks: 2, freeDesks: 1 }), null)
  assert.equal(called([couple, single], { ...desk, staffedDesks: 1, freeDesks: 1 }), single)
})

test('a companion for whom the room has no staffed desk waits outside it, and never a person the matter needs', () => {
  const accompanied = person({ counted: 2, accompanied: 1, arrivedAt: at('08:50') })
  const single = person({ arrivedAt: at('08:55') })
  assert.equal(called([accompanied, single], { ...desk, staffedDesks: 1, freeDesks: 1 }), accompanied)
  assert.equal(called([accompanied, single], { ...desk, staffedDesks: 2, freeDesks: 1 }), single)
  for (const [counted, companions, staffedDesks, outside] of [
    [2, 1, 1, 1],
    [2, 1, 2, 0],
    [3, 2, 2, 1],
    [3, 1, 1, 1],
    [2, 0, 1, 0],
  ] as const)
    assert.equal(companionsOutside({ counted, accompanied: companions }, { staffedDesks }), outside)
})

test('a person exempt from the count still takes the desk', () => {
  const child = person({ counted: 0 })
  assert.equal(called([child], { ...desk, freeDesks: 0 }), null)
  assert.equal(called([child]), child)
})

test('the order is total: any shuffle of those who wait calls the same person', () => {
  const someone = fc.record({
    id: fc.integer({ min: 1, max: 1_000 }),
    kind: fc.constantFrom('booked' as const, 'walk-in' as const, 'drop-off' as const),
    start: fc.integer({ min: 0, max: 60 }),
    arrival: fc.integer({ min: 0, max: 60 }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(someone, { selector: (each) => each.id, minLength: 1, maxLength: 12 }), fc.integer(), (crowd, seed) => {
      const people = crowd.map((each) =>
        person({
          id: each.id,
          kind: each.kind,
          startsAt: at('09:00').add({ minutes: each.start }),
          arrivedAt: at('09:00').add({ minutes: each.arrival }),
        }),
      )
      const shuffled = people.toSorted((a, b) => ((a.id * 7919 + seed) % 13) - ((b.id * 7919 + seed) % 13))
      assert.equal(called(people), called(shuffled))
      const order = inOrder(people).map((each) => each.dueAt.epochMilliseconds)
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      )
    }),
  )
})

test('without an hour one is due when the target of the group has passed, with a booked hour at it', () => {
  const walkIn = person({ arrivedAt: at('09:00') }, 20)
  const booked = person({ startsAt: at('09:15'), arrivedAt: at('09:05') }, 20)
  const later = person({ startsAt: at('09:25'), arrivedAt: at('09:05') }, 20)
  assert.equal(called([walkIn, booked, later]), booked)
  assert.equal(called([walkIn, later]), walkIn)
  const tooLate = person({ startsAt: at('08:30'), arrivedAt: at('08:50') }, 20)
  assert.equal(tooLate.dueAt.toString(), at('09:10').toString())
  assert.equal(person({ kind: 'drop-off', arrivedAt: at('09:00') }, 20).dueAt.toString(), at('09:00').toString())
})

test('a priority makes a person due earlier by a quarter of an hour, and is why', () => {
  const before = person({ arrivedAt: at('08:50') }, 20)
  const small = person({ arrivedAt: at('09:00'), priority: 'small-child' }, 20)
  assert.equal(small.dueAt.toString(), at('09:05').toString())
  const choice = chooseNext([before, small], desk, at('09:01'))
  assert.ok(choice.kind === 'call' && choice.next === small && small.dueWhy === 'priority')
})

test('a person sent to a desk is called there and nowhere else, whatever the desk handles', () => {
  const sent = person({ serviceId: 'z', forDeskId: 1 })
  assert.equal(called([sent]), sent)
  assert.equal(called([person({ forDeskId: 2 })]), null)
})

test('a desk takes of another group only those who have waited long enough', () => {
  const taking: CallingDesk = { ...desk, overflow: [{ serviceIds: ['c'], cameBefore: at('08:40') }] }
  const waitedLong = person({ serviceId: 'c', arrivedAt: at('08:40') }, 20)
  const newlyCome = person({ serviceId: 'c', arrivedAt: at('08:41') })
  assert.equal(called([newlyCome, waitedLong], taking), waitedLong)
  assert.equal(called([newlyCome], taking), null)
  const both = person({ moreServiceIds: ['c'], arrivedAt: at('08:41') })
  assert.equal(called([both], taking), null, 'overflow is taken with every matter of the visit or not at all')
})

test('nobody is passed over for ever: who comes after a person is due goes before only within the bounds of lateness and priority', () => {
  const bound = policy['late-minutes'] + policy['priority-minutes']
  const someone = fc.record({
    booked: fc.boolean(),
    start: fc.integer({ min: -90, max: 240 }),
    came: fc.integer({ min: 0, max: 240 }),
    priority: fc.constantFrom(null, 'small-child' as const),
  })
  fc.assert(
    fc.property(fc.array(someone, { minLength: 2, maxLength: 20 }), fc.integer({ min: 0, max: 60 }), (crowd, target) => {
      const people = crowd.map(({ booked, start, came, priority }) =>
        person(
          {
            kind: booked ? 'booked' : 'walk-in',
            startsAt: at('08:00').add({ minutes: start }),
            arrivedAt: at('08:00').add({ minutes: came }),
            priority,
          },
          target,
        ),
      )
      const order = inOrder(people)
      for (const [place, me] of order.entries())
        for (const before of order.slice(0, place)) {
          const cameAfterDue = before.arrivedAt.since(me.dueAt).total('minutes')
          assert.ok(cameAfterDue <= bound, `who came ${cameAfterDue} minutes after the other was due is called before`)
        }
    }),
  )
})

test('a desk calls nobody while closed, on a break, or with a client', () => {
  const paragraph = [{ kind: 'provision', act: 'K/219/2020', reference: '§ 1 ust. 4', provision: 'x' }] as const
  const law = { free: allow('may-call', paragraph), occupied: refuse('desk-busy', paragraph) } as const
  const free = { id: 1, open: true, paused: false, occupied: false }
  assert.equal(mayCallAnyone(free, law).allowed, true)
  assert.equal(mayCallAnyone({ ...free, open: false }, law).code, 'desk-not-open')
  assert.equal(mayCallAnyone({ ...free, paused: true }, law).code, 'desk-paused')
  const busy = mayCallAnyone({ ...free, occupied: true }, law)
  assert.equal(busy.code, 'client-at-desk')
  assert.deepEqual(busy.basis, paragraph)
  assert.deepEqual(mayCallAnyone({ ...free, paused: true }, law).basis, [], 'a break rests on no paragraph')
})

function visit(wish: Partial<Visit>): Visit {
  return { state: 'called', deskId: 1, calledAt: at('09:00'), calledCount: 1, endedAt: null, ticket: 'A001', ...wish } as Visit
}

const may = (action: Parameters<typeof mayDoAtDesk>[0], wish: Partial<Visit>, now = at('09:01')): string =>
  mayDoAtDesk(action, visit(wish), 1, settings, now).code

test('called twice, a minute apart, then missed', () => {
  assert.equal(may('recall', {}, at('09:00').add({ seconds: 59 })), 'call-again-later')
  assert.equal(may('recall', {}, at('09:00').add({ seconds: 60 })), 'yes')
  assert.equal(may('miss', {}), 'call-again-first')
  assert.equal(
    may('miss', { calledCount: 2 }, at('09:00').add({ seconds: 59 })),
    'miss-later',
    'a minute to come after the second call too',
  )
  assert.equal(may('miss', { calledCount: 2 }, at('09:01')), 'yes')
  const later = mayDoAtDesk('miss', visit({ calledCount: 2 }), 1, settings, at('09:00'))
  assert.deepEqual(later.allowed ? null : [later.basis, later.values?.['time']], [
    [{ kind: 'setting', setting: 'call-again-after-seconds' }],
    '09:01:00',
  ])
})

test('what another desk called belongs to that desk', () => {
  for (const action of ['recall', 'start', 'finish', 'miss', 'undo-miss'] as const) {
    assert.equal(may(action, { deskId: 2 }), 'at-another-desk')
  }
})

test('a second press finds it done', () => {
  assert.equal(may('start', { state: 'serving' }), 'repeated')
  assert.equal(may('finish', { state: 'served' }), 'repeated')
  assert.equal(may('miss', { state: 'missed' }), 'repeated')
  assert.equal(may('undo-miss', { state: 'arrived', deskId: null }), 'repeated')
  assert.equal(may('recall', { calledCount: 2 }, at('09:00').add({ seconds: 2 })), 'repeated')
})

test('only what was begun is finished, only who was called is served', () => {
  assert.equal(may('finish', {}), 'not-started')
  assert.equal(may('start', { state: 'arrived', deskId: null }), 'not-called')
  assert.equal(may('start', { state: 'booked', deskId: null }), 'not-inside')
  assert.equal(may('recall', { state: 'serving' }), 'being-served')
  assert.equal(may('start', { state: 'cancelled' }), 'already-cancelled')
})

test('"did not come" is taken back for sixty seconds', () => {
  assert.equal(may('undo-miss', { state: 'missed', endedAt: at('09:00') }, at('09:01')), 'yes')
  assert.equal(may('undo-miss', { state: 'missed', endedAt: at('09:00') }, at('09:01').add({ seconds: 1 })), 'undo-too-late')
})
