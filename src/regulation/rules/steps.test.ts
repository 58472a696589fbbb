/** Whoever is refused a visit is led to the advice of the matter, where the matter can be settled without one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withRelease } from '../../../tests/support/release.js'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import type { Directory } from '../../directory/index.js'
import { instantOf } from '../../platform/clock.js'
import type { Decision } from '../../platform/decision.js'
import { bookRefusals, entryNo, mayBook, mayEnter, type BookFacts, type EntryFacts, type RuleBook } from '../index.js'

const book = lesznoRules()
const office = lesznoDirectory()
const at = (day: string, time: string): Temporal.Instant =>
  instantOf(Temporal.PlainDate.from(day), Number(time.split(':')[0]) * 60 + Number(time.split(':')[1]))
const withMode = (mode: 'suspended' | 'booking-only'): RuleBook =>
  lesznoRules((acts) => ({
    ...acts,
    acts: acts.acts.map((act) => ({
      ...act,
      provisions: act.provisions.map((each) => (each.kind === 'admission' ? { ...each, parameters: { mode } } : each)),
    })),
  }))
const suspended = withMode('suspended')
/** An act besides that lets so few in, or wait. */
const limited = (of: 'inside' | 'waiting'): RuleBook =>
  lesznoRules((acts) => ({
    ...acts,
    acts: acts.acts.map((act) =>
      act.id === 'K/219/2020'
        ? {
            ...act,
            provisions: [...act.provisions, { id: 'limit', reference: '§ 9', kind: 'building-limit', parameters: { limit: 8, of } }],
          }
        : act,
    ),
  }))
/** The ordinance with one rule more. */
const withRule = (kind: string, parameters: Record<string, unknown>, scope = {}): RuleBook =>
  lesznoRules((acts) => ({
    ...acts,
    acts: acts.acts.map((act) =>
      act.id === 'K/219/2020'
        ? { ...act, provisions: [...act.provisions, { id: 'more', reference: '§ 9', kind, parameters, scope }] }
        : act,
    ),
  }))
/** Direct service for matters alone that need the person; and nobody is needed in any. */
const sparing = lesznoRules((acts) => ({
  ...acts,
  acts: acts.acts.map((act) => ({
    ...act,
    provisions: act.provisions.map((each) =>
      each.kind === 'admission' ? { ...each, parameters: { mode: 'booking-only', matters: 'need-presence' } } : each,
    ),
  })),
}))
const atBox = withRule('remote-channel', {
  channel: 'drop-off',
  signature: 'any',
  needs: [],
  dropOff: { place: 'box', receipt: 'none', hours: [{ from: '10:00', to: '11:00' }] },
})
const rooms = [...office.rooms.keys()]
const inArea = withRule('building-limit', { of: 'inside', per: 'area', limit: 1 }, { room: rooms })
const areaFull = { inside: 8, waiting: 8, coming: 1, roomId: rooms[0] ?? '', rooms: new Map([[rooms[0] ?? '', { inside: 1, waiting: 1 }]]) }
const full = { inside: 8, waiting: 8, coming: 1 }
const byLot = withRelease('weekly-lot')
const withoutHours = lesznoDirectory((file) => ({ ...file, hours: [] }))

const now = at('2020-05-25', '7:20')
const bookings: readonly [Partial<BookFacts>, RuleBook?, Directory?][] = [
  [{ channel: 'web', start: at('2020-05-25', '7:00'), clerk: true }],
  [{ start: at('2020-05-25', '7:00') }],
  [{ start: at('2020-05-25', '9:00') }],
  [{ start: at('2020-07-25', '9:00') }],
  [{ start: at('2020-05-31', '9:00') }],
  [{ start: at('2020-05-30', '9:00') }],
  [{ start: at('2020-05-26', '22:00') }],
  [{ start: at('2020-05-26', '9:00'), openBookings: 9 }],
  [{ start: at('2020-05-26', '9:00'), sameServiceThatDay: true }],
  [{ start: at('2020-05-26', '9:00') }, suspended],
  [{ start: at('2020-05-26', '9:00') }, sparing],
  [{ start: at('2020-05-26', '9:00') }, book, withoutHours],
  [{ start: at('2020-05-22', '9:00'), now: at('2020-05-20', '9:00'), clerk: true }],
  [{ channel: 'web', start: at('2020-06-09', '9:00'), now: at('2020-06-05', '6:59') }, byLot],
  [{ channel: 'web', start: at('2020-06-09', '9:00'), now: at('2020-06-05', '7:01') }, byLot],
  [{ channel: 'web', start: at('2020-06-09', '9:00'), now: at('2020-06-05', '7:02') }, byLot],
]

test('every refusal to book leads to the advice of its matter, unless the law wants the person there', () => {
  const seen = new Set<string>()
  for (const service of office.services.values())
    for (const [facts, rules = book, of = office] of bookings) {
      const decision = mayBook(rules, of, { serviceId: service.id, channel: 'phone', start: now, now, clerk: false, ...facts })
      if (decision.allowed) continue
      seen.add(decision.code)
      const leads = !service.dropOff && service.presence.value !== 'yes'
      assert.equal(advised(decision), leads ? `/sprawy/${service.id}` : null, `${decision.code} ${service.id}`)
    }
  const withoutMatter = ['unknown-service']
  assert.deepEqual([...seen, ...withoutMatter].toSorted(), [...bookRefusals].toSorted())
})

/** Refusals that tell when or where to come: the person has a visit, or only the wrong door. */
const comeAnyway = new Set<string>([
  'too-early',
  'wrong-building',
  'drop-off-elsewhere',
  'unknown-building',
  'building-full',
  'area-full',
  'drop-off-closed',
  'line-full',
])

test('every refusal at the door leads to advice, of the matter where it is known', () => {
  const seen = new Set<string>()
  for (const service of office.services.values()) {
    const visit = { state: 'booked', serviceId: service.id, buildingId: service.buildingId, startsAt: at('2020-05-26', '9:00') }
    const entries: readonly [Partial<EntryFacts>, RuleBook?][] = [
      [{ visit: { ...visit, state: 'cancelled' } }],
      [{ visit: { ...visit, state: 'held' } }],
      [{ visit: { ...visit, state: 'served' } }],
      [{ visit, at: at('2020-05-27', '9:00') }],
      [{ visit, at: at('2020-05-26', '9:30') }],
      [{ visit, at: at('2020-05-26', '8:00') }],
      [{ visit, at: at('2020-05-26', '23:00') }],
      [{ visit, buildingId: 'jana-pawla-ii-21a' }],
      [{ visit }, suspended],
      [{ visit: null, serviceId: service.id }],
      [{ visit: 'not-found', serviceId: service.id }],
      [{ visit: null, serviceId: service.id, at: at('2020-05-22', '9:00') }],
      [{ visit: null, serviceId: service.id, at: at('2020-05-26', '23:00') }],
      [{ visit: null, serviceId: service.id }, suspended],
      [{ visit, room: full }, limited('inside')],
      [{ visit, room: full }, limited('waiting')],
      [{ visit, room: areaFull }, inArea],
      [{ visit: null, serviceId: service.id }, sparing],
      [{ visit, screened: 'stays-out' }, withRule('screening', { what: 'symptoms' })],
      [{ visit: null, purpose: 'drop-off' }, atBox],
      [{ visit: null, buildingId: 'nowhere' }],
      [{ visit: null, purpose: 'drop-off', buildingId: 'walowa-5' }],
    ]
    for (const [facts, rules = book] of entries) {
      const decision = mayEnter(rules, office, {
        buildingId: service.buildingId,
        purpose: 'visit',
        at: at('2020-05-26', '9:00'),
        visit: null,
        ...facts,
      })
      if (decision.allowed) continue
      seen.add(decision.code)
      if (comeAnyway.has(decision.code) || service.dropOff) continue
      assert.equal(advised(decision), service.presence.value === 'yes' ? null : `/sprawy/${service.id}`, `${decision.code} ${service.id}`)
      const leavesPapers = decision.next.some((step) => step.kind === 'drop-off')
      assert.ok(!leavesPapers || service.presence.value !== 'yes', `${decision.code} ${service.id}`)
    }
  }
  assert.deepEqual([...seen].toSorted(), [...entryNo].toSorted())
})

test('where it is not known what for, the list of matters is where advice begins', () => {
  const decision = mayEnter(book, office, { buildingId: 'walowa-5', purpose: 'visit', at: at('2020-05-26', '9:00'), visit: null })
  assert.equal(advised(decision), '/sprawy')
})

function advised(decision: Decision): string | null {
  return decision.next.find((step) => step.kind === 'advice')?.href ?? null
}
