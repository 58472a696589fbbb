/**
 * How provisions combine, for any provisions: the union grows, the strictest holds, replace has
 * one winner, and the order in which they stand in a file does not matter.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lesznoActs, lesznoDirectory, lesznoRules, actsEntered } from '../../../tests/support/rules.js'
import { instantOf } from '../../platform/clock.js'
import type { Basis } from '../../platform/decision.js'
import {
  advise,
  bookFrom,
  clientsPerDesk,
  concerns,
  hours,
  inForce,
  mayBook,
  mayCall,
  mayEnter,
  safety,
  symptomsRequest,
  urgencyStatement,
  type ActsDocument,
} from '../index.js'
import { applying, subjectOfUnit, winner } from './combine.js'
import { actsNotHeld } from './unknown.js'
import { groundsOf } from './honest.js'
import { checkActs } from '../document.js'

const office = lesznoDirectory()
type ActEntry = ActsDocument['acts'][number]

const anyDay = fc.integer({ min: 0, max: 730 }).map((days) => Temporal.PlainDate.from('2020-05-25').add({ days }))
const anyUnit = fc.constantFrom(...office.units.keys())
const anyScope = fc.record(
  {
    unit: fc.constantFrom(['usc'], ['wydzial-komunikacji']),
    weekday: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    dates: anyDay.map((day) => ({ from: day.toString(), until: day.toString() })),
  },
  { requiredKeys: [] },
)
const anyProvision = fc.oneof(
  fc
    .integer({ min: 7, max: 10 })
    .map((hour) => ({ kind: 'hours', parameters: { intervals: [{ from: `${String(hour).padStart(2, '0')}:00`, to: '16:00' }] } })),
  fc.constant({ kind: 'day-off', parameters: { name: 'x' } }),
  fc.integer({ min: 0, max: 3 }).map((limit) => ({ kind: 'clients-per-desk', parameters: { limit } })),
  fc.constantFrom('gloves', 'visor').map((obligation) => ({ kind: 'safety', parameters: { obligation } })),
)
const anyAct = fc
  .record({
    rank: fc.constantFrom('statute', 'regulation', 'ordinance', 'setting') as fc.Arbitrary<ActEntry['rank']>,
    from: anyDay,
    provisions: fc.array(fc.record({ rule: anyProvision, scope: anyScope, binding: fc.boolean() }), { maxLength: 4 }),
  })
  .map(({ rank, from, provisions }): Omit<ActEntry, 'id' | 'number'> => ({
    title: 't',
    issuer: 'i',
    rank,
    from: from.toString(),
    signedOn: '2020-05-20',
    provisions: provisions.map(({ rule, scope, binding }, index) => ({
      id: `p-${index}`,
      reference: `§ ${index}`,
      binding,
      scope,
      ...rule,
    })),
  }))
const anyActs = fc
  .array(anyAct, { maxLength: 5 })
  .map((acts) => acts.map((act, index): ActEntry => ({ ...act, id: `X/${index}`, number: `X/${index}` })))

const withActs = (more: readonly ActEntry[]) => lesznoRules((acts) => ({ ...acts, acts: [...acts.acts, ...more] }))

const morningOf = (day: string): Temporal.Instant => instantOf(Temporal.PlainDate.from(day), 600)

/** Places of the errors in the acts file bent so. */
function places(change: (acts: any) => void): string[] {
  const acts = structuredClone(lesznoActs())
  change(acts)
  return checkActs(acts).map((error) => error.field)
}

test('replace gives one winner, and the same one in whatever order provisions stand', () => {
  fc.assert(
    fc.property(anyActs, anyUnit, anyDay, fc.infiniteStream(fc.nat()), (acts, unit, day, numbers) => {
      const book = withActs(acts)
      const keyed = book.provisions.map((provision) => ({ provision, key: numbers.next().value as number }))
      const shuffled = {
        ...book,
        acts: book.acts.toReversed(),
        provisions: keyed.toSorted((a, b) => a.key - b.key).map((each) => each.provision),
      }
      const subject = subjectOfUnit(office, unit, day)
      const candidates = applying(book, 'hours', subject)
      const best = winner(candidates, subject)
      assert.equal(best === null, candidates.length === 0)
      assert.equal(best?.provision.id, winner(applying(shuffled, 'hours', subject), subject)?.provision.id)
      assert.deepEqual(hours(book, office, unit, day), hours(shuffled, office, unit, day))
    }),
  )
})

test('another act never takes an obligation away: the union grows', () => {
  fc.assert(
    fc.property(anyActs, anyDay, (acts, day) => {
      const at = instantOf(day, 600)
      const before = safety(lesznoRules(), at).map((each) => each.obligation)
      const after = new Set(safety(withActs(acts), at).map((each) => each.obligation))
      for (const obligation of before) assert.ok(after.has(obligation))
    }),
  )
})

test('another act never loosens a limit: the strictest holds', () => {
  fc.assert(
    fc.property(anyActs, anyUnit, anyDay, (acts, unit, day) => {
      const subject = subjectOfUnit(office, unit, day)
      const before = clientsPerDesk(lesznoRules(), subject).limit
      const after = clientsPerDesk(withActs(acts), subject)
      assert.ok(before !== null && after.limit !== null && after.limit <= before)
      assert.ok(after.basis.length > 0)
    }),
  )
})

test('decisions name only what says it, under any law', () => {
  fc.assert(
    fc.property(
      anyActs,
      anyDay,
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom(...office.services.keys()),
      (acts, day, minute, serviceId) => {
        const book = withActs(acts)
        const at = instantOf(day, minute)
        const buildingId = office.services.get(serviceId)?.buildingId ?? ''
        // Both throw when a provision is named for what its kind does not ground.
        mayEnter(book, office, { buildingId, purpose: 'visit', at, visit: null })
        mayEnter(book, office, { buildingId, purpose: 'drop-off', at, visit: null })
        mayBook(book, office, { serviceId, channel: 'web', start: at.add({ hours: 30 }), now: at, clerk: false })
      },
    ),
  )
})

/** What each paragraph of the ordinance may be cited for; what is missing here may be cited for nothing. */
const citable: Readonly<Record<string, readonly string[]>> = {
  '§ 1 ust. 1': ['no-booking'],
  '§ 1 ust. 2': ['may-book'],
  '§ 1 ust. 3': ['may-book'],
  '§ 1 ust. 4': ['counted', 'may-call', 'desk-busy', 'not-counted', 'companion-takes-desk', 'companion-no-desk'],
  '§ 1 ust. 5': [
    'come-in',
    'come-in-late',
    'no-booking',
    'drop-off',
    'drop-off-elsewhere',
    'drop-off-not-booked',
    'settle-remotely',
    'means-missing',
  ],
  '§ 2': ['urgent-matters', 'pay-by-transfer'],
  '§ 2 pkt 1 lit. a': ['settle-remotely', 'means-missing'],
  '§ 2 pkt 1 lit. b': ['settle-remotely', 'means-missing'],
  '§ 2 pkt 2': ['settle-remotely', 'means-missing'],
  '§ 3 ust. 1': ['safety'],
  '§ 3 ust. 1 pkt 1': ['safety'],
  '§ 3 ust. 1 pkt 2': ['safety'],
  '§ 3 ust. 1 pkt 3': ['safety'],
  '§ 3 ust. 1 pkt 4': ['safety'],
  '§ 3 ust. 1 pkt 5': ['safety'],
  '§ 3 ust. 2': ['symptoms-stay-home'],
  '§ 4': ['open', 'closed', 'closed-that-day', 'outside-hours', 'building-closed'],
  '§ 5 ust. 1': [],
  '§ 5 ust. 2': [],
  '§ 7': [],
}

test('holds the codes each paragraph may be cited for', () => {
  const own = lesznoRules().provisions.filter((provision) => provision.actId === 'K/219/2020')
  const byParagraph = Map.groupBy(own, (provision) => provision.reference)
  assert.deepEqual([...byParagraph.keys()].toSorted(), Object.keys(citable).toSorted())
  for (const [reference, provisions] of byParagraph) {
    assert.deepEqual([...new Set(provisions.flatMap(groundsOf))].toSorted(), (citable[reference] ?? []).toSorted(), reference)
  }
})

/** Every answer of the slice about a matter at a moment, each with its code and what it rests on. */
function answersAbout(serviceId: string, at: Temporal.Instant, buildingId: string): { code: string; basis: readonly Basis[] }[] {
  const book = lesznoRules()
  const start = at.add({ hours: 24 })
  const visit = { state: 'booked', serviceId, buildingId, startsAt: at }
  const given = advise(book, office, serviceId, new Set(), at)
  return [
    mayEnter(book, office, { buildingId, purpose: 'visit', at, visit: null }),
    mayEnter(book, office, { buildingId, purpose: 'visit', at, visit }),
    mayEnter(book, office, { buildingId, purpose: 'drop-off', at, visit: null }),
    ...(['web', 'phone', 'email', 'request', 'counter'] as const).map((channel) =>
      mayBook(book, office, { serviceId, channel, start, now: at, clerk: true }),
    ),
    mayCall(book, office, { deskSlug: 'walowa-5/4/1', deskBusy: true, visit: null, now: at }),
    mayCall(book, office, { deskSlug: 'walowa-5/4/1', deskBusy: false, visit: null, now: at }),
    hours(book, office, office.services.get(serviceId)?.unitId ?? '', start.toZonedDateTimeISO('Europe/Warsaw').toPlainDate()),
    ...safety(book, at).map(({ basis }) => ({ code: 'safety', basis })),
    { code: 'urgent-matters', basis: urgencyStatement(book, at)?.basis ?? [] },
    { code: 'symptoms-stay-home', basis: symptomsRequest(book, office, at)?.basis ?? [] },
    ...(given?.ways ?? []).map(({ basis }) => ({ code: 'settle-remotely', basis })),
    ...(given?.reasons ?? []),
    { code: 'pay-by-transfer', basis: given?.payment?.basis ?? [] },
  ]
}

test('every answer cites a paragraph of the ordinance only for what the paragraph says', () => {
  const cited = new Set<string>()
  fc.assert(
    fc.property(
      anyDay,
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom(...office.services.keys()),
      fc.constantFrom(...office.buildings.keys()),
      (day, minute, serviceId, buildingId) => {
        for (const { code, basis } of answersAbout(serviceId, instantOf(day, minute), buildingId)) {
          for (const each of basis) {
            if (each.kind !== 'provision' || each.act !== 'K/219/2020') continue
            cited.add(each.reference)
            assert.ok((citable[each.reference] ?? []).includes(code), `${code} by ${each.reference}`)
          }
        }
      },
    ),
    { numRuns: 300 },
  )
  // The sweep really asks: all paragraphs that can be cited were, but § 1 ust. 1, which § 1 ust. 5 says more nearly.
  const silent = Object.keys(citable).filter((each) => citable[each]?.length !== 0 && !cited.has(each))
  assert.deepEqual(
    silent.filter((each) => !['§ 1 ust. 1', '§ 2 pkt 1 lit. a', '§ 2 pkt 1 lit. b', '§ 2 pkt 2'].includes(each)),
    [],
  )
})

test('what applied on 24 May 2020: an act whose text is not held', () => {
  const book = lesznoRules()
  const sunday = Temporal.PlainDate.from('2020-05-24')
  assert.deepEqual(
    actsNotHeld(book, sunday).map((act) => act.number),
    ['K/192/2020'],
  )
  assert.deepEqual(
    inForce(book, office, sunday)
      .acts.map((act) => act.number)
      .filter((number) => number.startsWith('K/')),
    ['K/187/2020', 'K/192/2020'],
  )
  assert.deepEqual(actsNotHeld(book, sunday.add({ days: 1 })), [])
  assert.deepEqual(
    inForce(book, office, sunday.add({ days: 1 }))
      .acts.map((act) => act.number)
      .filter((number) => number.startsWith('K/')),
    ['K/187/2020', 'K/219/2020'],
  )
})

test('two acts of one rank and scope that disagree are shown to the Secretary', () => {
  const other: ActEntry = {
    id: 'K/2/2021',
    number: 'K/2/2021',
    title: 't',
    issuer: 'i',
    rank: 'ordinance',
    from: '2021-01-01',
    provisions: [{ id: 'a', reference: '§ 1', kind: 'hours', parameters: { intervals: [] }, scope: { weekday: [1] } }],
  }
  const conflicts = (day: string): number => concerns(withActs([other]), morningOf(day)).filter((each) => each.kind === 'conflict').length
  assert.deepEqual([conflicts('2020-12-31'), conflicts('2021-01-01')], [0, 2])
})

test('the acts file of the example is right, and what is wrong is named with its place', () => {
  assert.deepEqual(checkActs(lesznoActs()), [])
  assert.deepEqual(
    places((acts) => (acts.acts[0].from = '25.05.2020')),
    ['/acts/0/from'],
  )
  assert.deepEqual(
    places((acts) => (acts.acts[0].provisions[3].parameters.channels = ['fax'])),
    ['/acts/0/provisions/3/parameters/channels/0'],
  )
  assert.deepEqual(
    places((acts) => (acts.acts[1].id = acts.acts[0].id)),
    ['/acts/1/id'],
  )
  assert.deepEqual(
    places((acts) => (acts.acts[0].provisions[0].condition = 'plague')),
    ['/acts/0/provisions/0/condition'],
  )
  assert.ok(places((acts) => delete acts.acts).length > 0)
  assert.ok(checkActs(null).length > 0)
  assert.ok(bookFrom(lesznoActs(), actsEntered).provisions.length > 50)
})
