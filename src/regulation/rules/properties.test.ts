/**
 * What holds of any law: every question has one answer, in whatever order acts are listed; what is
 * repealed is as if it had never been, from that day on; what was answered stays answered; what does
 * not hold yet changes nothing.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { actsEntered, lesznoDirectory } from '../../../tests/support/rules.js'
import { instantOf } from '../../platform/clock.js'
import {
  advise,
  bookFrom,
  checkActs,
  companionAtDesk,
  desksInUse,
  entranceOf,
  hours,
  mayBook,
  mayBringCompanion,
  mayCall,
  mayEnter,
  notCounted,
  personsCounted,
  placeOfVisit,
  priorities,
  releaseOf,
  roomLeft,
  safety,
  screening,
  serviceHours,
  symptomsRequest,
  type ActsDocument,
  type Counts,
  type RuleBook,
} from '../index.js'

type ActEntry = ActsDocument['acts'][number]
type ProvisionEntry = ActEntry['provisions'][number]

const office = lesznoDirectory()
const monday = Temporal.PlainDate.from('2020-05-25')
const anyDay = fc.integer({ min: 0, max: 45 }).map((days) => monday.add({ days }))
/** First days are few, so that acts meet on them. */
const anyFirstDay = fc.constantFrom(0, 7, 20, 21).map((days) => monday.add({ days }))
const serviceIds = ['rejestracja-pojazdow', 'usc-zaswiadczenie-o-stanie-cywilnym', 'dowody-osobiste']

const times = [
  { from: '08:00', to: '16:00' },
  { from: '09:00', to: '12:00' },
  { from: '07:00', to: '18:00' },
]
const rule = (kind: string, ...parameters: Record<string, unknown>[]) =>
  fc.constantFrom(...parameters).map((each) => ({ kind, parameters: each }))
const anyRule = fc.oneof(
  // Where one rule wins over the others a contest has to be had.
  rule('admission', { mode: 'booking-only' }, { mode: 'booking-advised' }, { mode: 'suspended' }),
  rule('hours', { intervals: [times[0]] }, { intervals: [times[1]] }),
  rule(
    'hours',
    ...times.map((each) => ({ intervals: [each] })),
    { intervals: [] },
    { intervals: [times[0]], breaks: [{ from: '12:00', to: '12:30' }] },
    { offset: { opens: 30, closes: -60 } },
    { offset: { opens: 0, closes: 60 }, breaks: [{ from: '10:00', to: '10:15' }] },
  ),
  rule('day-off', { name: 'x' }, { name: 'y', working: true }),
  rule('admission', ...['booking-only', 'booking-optional', 'booking-advised', 'suspended'].map((mode) => ({ mode })), {
    mode: 'booking-only',
    matters: 'need-presence',
  }),
  rule('booking-channel', { channels: ['phone'] }, { channels: ['web', 'email'] }),
  rule(
    'release',
    { rhythm: 'rolling', daysAhead: 7, way: 'first-come' },
    { rhythm: 'daily', daysAhead: 3, at: '06:00', way: 'first-come' },
  ),
  rule(
    'entry',
    { purpose: 'visit', only: true },
    { purpose: 'visit', only: false, entrance: 'od podwórza', proof: 'name-and-matter' },
    { purpose: 'drop-off', only: true },
    { purpose: 'walk-in', only: false },
  ),
  rule('companions', { who: 'needed' }),
  rule(
    'screening',
    { what: 'symptoms' },
    { what: 'temperature' },
    { what: 'temperature', above: 37.3 },
    { what: 'temperature', above: 38 },
  ),
  rule('clients-per-desk', { limit: 1 }, { limit: 2 }),
  rule(
    'building-limit',
    { of: 'inside', limit: 4 },
    { of: 'waiting', limit: 3 },
    { of: 'inside', per: 'room', limit: 1 },
    { of: 'inside', squareMetres: 55, squareMetresEach: 10 },
    { of: 'waiting', per: 'room', limit: 2 },
  ),
  rule('not-counted', { who: 'child-under-13' }),
  rule(
    'safety',
    { obligation: 'gloves' },
    { obligation: 'mask', or: ['visor'] },
    { obligation: 'distance', metres: 2 },
    { obligation: 'mask', advised: true },
  ),
  rule('safety-exemption', { obligation: 'mask', who: 'child', underYears: 5 }, { obligation: 'mask', who: 'health' }),
  rule('priority', { who: 'elderly' }),
  rule('request', { what: 'symptoms-stay-home' }, { what: 'pay-by-transfer', only: true, attachProof: true }),
  rule(
    'remote-channel',
    { channel: 'email', signature: 'any', needs: [] },
    { channel: 'post', signature: 'any', needs: [], quarantineHours: 24 },
    { channel: 'email', signature: 'any', needs: [], withdrawn: true },
    {
      channel: 'drop-off',
      signature: 'any',
      needs: [],
      dropOff: { place: 'box', receipt: 'none', hours: [{ from: '09:00', to: '13:00' }] },
    },
    { channel: 'drop-off', signature: 'any', needs: [], dropOff: { place: 'box', receipt: 'on-request', emptiedEveryMinutes: 30 } },
  ),
)
const anyScope = fc.record(
  {
    building: fc.constantFrom(['walowa-5'], ['karasia-15']),
    room: fc.constantFrom(['walowa-5/4'], [...office.rooms.keys()]),
    unit: fc.constantFrom(['usc'], ['wydzial-komunikacji']),
    service: fc.constantFrom(['rejestracja-pojazdow'], serviceIds),
    weekday: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    season: fc.constantFrom({ from: '06-01', until: '08-31' }, { from: '11-01', until: '06-10' }),
    dates: fc
      .tuple(anyDay, fc.integer({ min: 0, max: 9 }))
      .map(([day, more]) => ({ from: day.toString(), until: day.add({ days: more }).toString() })),
  },
  { requiredKeys: [] },
)
const anyProvisions = fc
  .array(fc.record({ rule: anyRule, scope: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, anyScope), binding: fc.boolean() }), {
    maxLength: 5,
  })
  .map((all) =>
    all.map(({ rule: own, ...each }, index): ProvisionEntry => ({ id: `p-${index}`, reference: `§ ${index}`, ...own, ...each })),
  )

/** An act of any rank, with or without a last day. */
const anyAct = fc
  .record({
    rank: fc.constantFrom('statute', 'regulation', 'ordinance', 'setting') as fc.Arbitrary<ActEntry['rank']>,
    from: anyFirstDay,
    lasts: fc.option(fc.integer({ min: 0, max: 30 })),
    provisions: anyProvisions,
  })
  .map(({ rank, from, lasts, provisions }): ActEntry => ({
    id: '',
    number: '',
    title: 't',
    issuer: 'i',
    rank,
    from: from.toString(),
    signedOn: '2020-05-20',
    ...(lasts === null ? {} : { until: from.add({ days: lasts }).toString() }),
    provisions,
  }))

interface Naming {
  readonly from: number
  readonly to: number
  readonly provision: number | null
  readonly upholds: boolean
}

/** Acts that repeal and uphold one another and single provisions, in any way. */
const anyActs = fc
  .tuple(
    fc.array(anyAct, { minLength: 1, maxLength: 4 }),
    fc.array(fc.record({ from: fc.nat(3), to: fc.nat(3), provision: fc.option(fc.nat(4)), upholds: fc.boolean() }), { maxLength: 4 }),
  )
  .map(([acts, namings]) => acts.map((act, index) => withNamings({ ...act, id: `X/${index}`, number: `X/${index}` }, index, acts, namings)))

function withNamings(act: ActEntry, index: number, all: readonly ActEntry[], namings: readonly Naming[]): ActEntry {
  const own = namings.filter(({ from, to }) => from === index && to !== index && to < all.length)
  const named = own.flatMap(({ to, provision, upholds }) => {
    const has = provision !== null && provision < (all[to]?.provisions.length ?? 0)
    return provision === null || has ? [{ upholds, act: `X/${to}`, ...(provision === null ? {} : { provision: `p-${provision}` }) }] : []
  })
  const of = (upholds: boolean) =>
    named
      .filter((each) => each.upholds === upholds)
      .map(({ act: id, provision: word }) => ({ act: id, ...(word === undefined ? {} : { provision: word }) }))
  return { ...act, repeals: of(false), upholds: of(true) }
}

function bookOf(acts: readonly ActEntry[]): RuleBook {
  assert.deepEqual(checkActs({ acts }), [])
  return bookFrom({ acts }, actsEntered)
}

const rooms = new Map<string, Counts>([['walowa-5/4', { inside: 3, waiting: 2 }]])

/** Every answer of the slice about a day, and about a booking asked for and had on two days that lie before `end`. */
function answers(book: RuleBook, day: Temporal.PlainDate, known?: Temporal.Instant): string {
  return JSON.stringify(
    serviceIds.flatMap((serviceId) => {
      const service = office.services.get(serviceId)
      assert.ok(service)
      const at = instantOf(day, 600)
      const place = { ...placeOfVisit(office, { serviceId, buildingId: service.buildingId, roomId: null }), day }
      const door = { buildingId: service.buildingId, at, ...(known === undefined ? {} : { known }) }
      const visit = { state: 'booked', serviceId, buildingId: service.buildingId, startsAt: at }
      const room = { inside: 4, waiting: 2, coming: 1, roomId: 'walowa-5/4', rooms }
      const asked = { serviceId, start: instantOf(day, 660), now: at, clerk: true, ...(known === undefined ? {} : { known }) }
      const desk = office.desksOf(serviceId)[0]
      return [
        hours(book, office, service.unitId, day, known),
        serviceHours(book, office, service, day, known),
        mayEnter(book, office, { ...door, purpose: 'visit', visit, room }),
        mayEnter(book, office, { ...door, purpose: 'visit', visit, screened: 'stays-out' }),
        mayEnter(book, office, { ...door, purpose: 'visit', visit: null, serviceId }),
        mayEnter(book, office, { ...door, purpose: 'visit', visit: { ...visit, startsAt: instantOf(day, 560) } }),
        mayEnter(book, office, { ...door, purpose: 'drop-off', visit: null }),
        mayEnter(book, office, { ...door, buildingId: 'karasia-15', purpose: 'drop-off', visit: null }),
        ...(['web', 'phone', 'counter'] as const).map((channel) => mayBook(book, office, { ...asked, channel })),
        ...(desk === undefined
          ? []
          : [
              mayCall(book, office, {
                deskSlug: desk.slug,
                deskBusy: false,
                visit: null,
                now: at,
                ...(known === undefined ? {} : { known }),
              }),
            ]),
        advise(book, office, serviceId, new Set(), at, known),
        releaseOf(book, office, serviceId, day, 'web', known),
        personsCounted(book, office, service, at, known),
        safety(book, at, place, known),
        screening(book, place, known),
        priorities(book, place, known),
        entranceOf(book, place, known),
        roomLeft(book, { ...place, roomId: 'walowa-5/4' }, { inside: 3, waiting: 1, rooms }, known),
        [...desksInUse(book, office, 'walowa-5/4', day, known).slugs],
        notCounted(book, place, known),
        companionAtDesk(book, { subject: place, desks: 2, counted: 1 }, known),
        mayBringCompanion(book, { subject: place, needed: false }, known),
        symptomsRequest(book, office, at, null, known),
      ]
    }),
  )
}

const runs = { numRuns: 40 }

test('every question has an answer, the same one in whatever order acts and provisions are listed', () => {
  fc.assert(
    fc.property(anyActs, anyDay, fc.infiniteStream(fc.nat()), (acts, day, numbers) => {
      const book = bookOf(acts)
      const shuffled = <Of>(list: readonly Of[]): Of[] =>
        list
          .map((each) => ({ each, key: numbers.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ each }) => each)
      const other = { ...book, acts: shuffled(book.acts), provisions: shuffled(book.provisions) }
      assert.equal(answers(other, day), answers(book, day))
    }),
    runs,
  )
})

const repealing = (from: Temporal.PlainDate, more: Partial<ActEntry>): ActEntry => ({
  id: 'R',
  number: 'R',
  title: 't',
  issuer: 'i',
  rank: 'ordinance',
  from: from.toString(),
  provisions: [],
  ...more,
})

/** Acts of which the first repeals and upholds nothing, so that it can be taken away alone. */
const withFirst = anyActs.map(
  ([first, ...others]) => [{ ...(first as ActEntry), repeals: [], upholds: [] }, ...others] as [ActEntry, ...ActEntry[]],
)

const box = (from: string, to: string) => ({
  id: 'p',
  reference: '§ 1',
  kind: 'remote-channel',
  parameters: { channel: 'drop-off', signature: 'any', needs: [], dropOff: { place: 'box', receipt: 'none', hours: [{ from, to }] } },
  scope: {},
  binding: false,
})

test('two ways to leave papers are told in one order, however their acts are listed', () => {
  const act = (id: string, provision: ReturnType<typeof box>) =>
    ({ ...repealing(monday, { id, number: id }), provisions: [provision] }) as unknown as ActEntry
  const book = bookOf([act('X/0', box('09:00', '13:00')), act('X/1', box('14:00', '16:00'))])
  const other = { ...book, acts: book.acts.toReversed(), provisions: book.provisions.toReversed() }
  assert.equal(answers(other, monday), answers(book, monday))
})

test('an act repealed from a day: before as with it, from then on as without it', () => {
  fc.assert(
    fc.property(withFirst, anyDay, anyDay, ([first, ...others], day, from) => {
      const after = answers(bookOf([first, ...others, repealing(from, { repeals: [first.id] })]), day)
      const left = Temporal.PlainDate.compare(day, from) < 0 ? [first, ...others] : others.map((act) => without(act, first.id))
      assert.equal(after, answers(bookOf(left), day))
    }),
    runs,
  )
})

/** The act without what it says of another, which is gone. */
function without(act: ActEntry, id: string): ActEntry {
  const others = (list: ActEntry['repeals']): NonNullable<ActEntry['repeals']> =>
    (list ?? []).filter((named) => (typeof named === 'string' ? named : named.act) !== id)
  return { ...act, repeals: others(act.repeals), upholds: others(act.upholds) }
}

const withProvision = fc.tuple(withFirst, fc.nat()).filter(([[first]]) => first.provisions.length > 0)

test('one provision repealed from a day: before as with it, from then on as if the act had never had it', () => {
  fc.assert(
    fc.property(withProvision, anyDay, anyDay, ([[first, ...others], index], day, from) => {
      const gone = first.provisions[index % first.provisions.length] as ProvisionEntry
      const acts = [first, ...others.map((act) => without(act, first.id))]
      const after = answers(bookOf([...acts, repealing(from, { repeals: [{ act: first.id, provision: gone.id }] })]), day)
      const rest = { ...first, provisions: first.provisions.filter(({ id }) => id !== gone.id) }
      const left = Temporal.PlainDate.compare(day, from) < 0 ? acts : [rest, ...acts.slice(1)]
      assert.equal(after, answers(bookOf(left), day))
    }),
    runs,
  )
})

test('one provision upheld by the act that repeals the rest stays, and it alone', () => {
  fc.assert(
    fc.property(withProvision, anyDay, anyDay, ([[first, ...others], index], day, from) => {
      const kept = first.provisions[index % first.provisions.length] as ProvisionEntry
      const acts = [first, ...others.map((act) => without(act, first.id))]
      const by = repealing(from, { repeals: [first.id], upholds: [{ act: first.id, provision: kept.id }] })
      const left = Temporal.PlainDate.compare(day, from) < 0 ? acts : [{ ...first, provisions: [kept] }, ...acts.slice(1)]
      assert.equal(answers(bookOf([...acts, by]), day), answers(bookOf(left), day))
    }),
    runs,
  )
})

/** The book after somebody entered acts, new ones or new versions of those it has: as the store keeps it. */
function learned(book: RuleBook, acts: readonly ActEntry[], at: Temporal.Instant): RuleBook {
  const more = bookFrom({ acts }, at)
  const ids = new Set(more.acts.map(({ id }) => id))
  const old = {
    supersededAt: at,
    conditions: [],
    acts: book.acts.filter(({ id }) => ids.has(id)),
    provisions: book.provisions.filter(({ actId }) => ids.has(actId)),
  }
  return {
    conditions: book.conditions,
    acts: [...book.acts.filter(({ id }) => !ids.has(id)), ...more.acts],
    provisions: [...book.provisions.filter(({ actId }) => !ids.has(actId)), ...more.provisions],
    replaced: [...book.replaced, old],
    specialDays: book.specialDays,
  }
}

test('what was answered at a minute is answered again, whatever is entered later', () => {
  const later = [1, 5, 9].map((days) => actsEntered.add({ hours: 24 * days }))
  fc.assert(
    fc.property(fc.array(anyActs, { minLength: 2, maxLength: 4 }), anyDay, ([first = [], ...entered], day) => {
      let book = bookOf(first)
      const said = [{ known: actsEntered, answer: answers(book, day) }]
      for (const [index, acts] of entered.entries()) {
        const at = later[index] as Temporal.Instant
        book = learned(book, acts, at)
        said.push({ known: at, answer: answers(book, day) })
        for (const { known, answer } of said) assert.equal(answers(book, day, known), answer)
      }
    }),
    runs,
  )
})

test('an act that is not in force yet changes no answer before its first day', () => {
  fc.assert(
    fc.property(anyActs, anyAct, anyDay, fc.array(fc.nat(3), { maxLength: 2 }), (acts, act, day, ends) => {
      const from = Temporal.PlainDate.from(act.from ?? '')
      const coming = { ...act, id: 'N', number: 'N', repeals: ends.filter((index) => index < acts.length).map((index) => `X/${index}`) }
      fc.pre(Temporal.PlainDate.compare(day, from) < 0)
      assert.equal(answers(bookOf([...acts, coming]), day), answers(bookOf(acts), day))
    }),
    runs,
  )
})

const plain = (id: string, from: string, more: Partial<ActEntry> = {}): ActEntry => ({
  ...repealing(Temporal.PlainDate.from(from), more),
  id,
  number: id,
})
const gloves: ProvisionEntry = { id: 'gloves', reference: '§ 1', kind: 'safety', parameters: { obligation: 'gloves' } }
const isWorn = (acts: readonly ActEntry[], day: string): boolean =>
  safety(bookOf(acts), instantOf(Temporal.PlainDate.from(day), 600)).length > 0

test('an act that was taken away before its first day never repeals', () => {
  const first = plain('A', '2020-05-01', { provisions: [gloves] })
  const second = plain('B', '2020-07-01', { repeals: ['A'] })
  assert.deepEqual([isWorn([first, second], '2020-06-30'), isWorn([first, second], '2020-07-01')], [true, false])
  const third = plain('C', '2020-06-01', { repeals: ['B'] })
  assert.equal(isWorn([first, second, third], '2020-07-01'), true)
})

test('what was repealed does not come back when the act that repealed it goes', () => {
  const first = plain('A', '2020-05-01', { provisions: [gloves] })
  const second = plain('B', '2020-06-01', { repeals: ['A'], until: '2020-06-30' })
  const third = plain('C', '2020-06-15', { repeals: ['B'] })
  for (const acts of [
    [first, second],
    [first, second, third],
  ])
    assert.equal(isWorn(acts, '2020-07-10'), false)
})

test('a provision repealed by an act that never takes force stays too', () => {
  const first = plain('A', '2020-05-01', { provisions: [gloves] })
  const second = plain('B', '2020-07-01', { repeals: [{ act: 'A', provision: 'gloves' }] })
  const third = plain('C', '2020-06-01', { repeals: ['B'] })
  assert.deepEqual([isWorn([first, second], '2020-07-01'), isWorn([first, second, third], '2020-07-01')], [false, true])
})

test('a file that repeals or upholds a provision nobody has is refused with its place', () => {
  const acts = [
    plain('A', '2020-05-01', { provisions: [gloves] }),
    plain('B', '2020-07-01', { repeals: [{ act: 'A', provision: 'mask' }] }),
  ]
  assert.deepEqual(
    checkActs({ acts }).map(({ field }) => field),
    ['/acts/1/repeals/0/provision'],
  )
})
