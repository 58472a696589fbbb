import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { instantOf } from '../../platform/clock.js'
import { words } from '../../platform/words.js'
import { mayEnter, type EntryFacts, type EntryVisit, type RuleBook } from '../index.js'

const book = lesznoRules()
const office = lesznoDirectory()
const at = (day: string, time: string): Temporal.Instant =>
  instantOf(Temporal.PlainDate.from(day), Number(time.split(':')[0]) * 60 + Number(time.split(':')[1]))
const monday = '2020-05-25'
const nine: EntryVisit = { state: 'booked', serviceId: 'rejestracja-pojazdow', buildingId: 'walowa-5', startsAt: at(monday, '9:00') }
const ask = (facts: Partial<EntryFacts>, rules: RuleBook = book) =>
  mayEnter(rules, office, { buildingId: 'walowa-5', purpose: 'visit', at: at(monday, '8:50'), visit: nine, ...facts })

const cases: readonly [title: string, facts: Partial<EntryFacts>, code: string, basis: string, next: string][] = [
  ['a minute before the door opens to the visit', { at: at(monday, '8:44') }, 'too-early', 'entry-early-minutes', 'come-back-at'],
  ['from fifteen minutes before', { at: at(monday, '8:45') }, 'come-in', '§ 1 ust. 5', ''],
  ['at the minute', { at: at(monday, '9:00') }, 'come-in', '§ 1 ust. 5', ''],
  ['late, and served when a desk is free', { at: at(monday, '9:10') }, 'come-in-late', '§ 1 ust. 5,late-minutes', 'wait-for-desk'],
  [
    'too late: a new time is offered',
    { at: at(monday, '9:11') },
    'too-late',
    'late-minutes',
    'web,call-office,request,email-office,advice',
  ],
  ['the visit is tomorrow', { visit: { ...nine, startsAt: at('2020-05-26', '9:00') } }, 'another-day', '', 'come-that-day'],
  ['the visit was yesterday', { at: at('2020-05-26', '8:50') }, 'another-day', '', 'web,call-office,request,email-office,advice'],
  ['the wrong building', { buildingId: 'karasia-15' }, 'wrong-building', '', 'go-to'],
  ['cancelled', { visit: { ...nine, state: 'cancelled' } }, 'cancelled', '', 'web,call-office,request,email-office,advice'],
  [
    'a hold nobody confirmed',
    { visit: { ...nine, state: 'pending' } },
    'not-confirmed',
    '',
    'confirm,clerk-confirms,web,call-office,request,email-office,advice',
  ],
  ['served already', { visit: { ...nine, state: 'served' } }, 'visit-over', '', 'web,call-office,request,email-office,advice'],
  ['a code nobody knows', { visit: 'not-found' }, 'unknown', '', 'search-by-name,web,call-office,request,advice,drop-off'],
  ['no booking', { visit: null }, 'no-booking', '§ 1 ust. 5', 'web,call-office,request,advice,drop-off'],
  [
    'no booking, and it is known what for',
    { visit: null, serviceId: 'podatki-lokalne' },
    'no-booking',
    '§ 1 ust. 5',
    'call-office,request,email-office,advice,drop-off',
  ],
  [
    'no booking, for a matter that wants the person: neither advice nor leaving papers spares the visit',
    { visit: null, serviceId: 'dowody-osobiste' },
    'no-booking',
    '§ 1 ust. 5',
    'call,request,email-office',
  ],
  ['no booking, after hours', { visit: null, at: at(monday, '15:30') }, 'building-closed', '§ 4', 'web,call-office,request,advice'],
  [
    'no booking, on a Sunday',
    { visit: null, at: at('2020-05-31', '10:00') },
    'building-closed',
    'art. 1',
    'web,call-office,request,advice',
  ],
  [
    'the visit falls on a day that became a day off',
    { visit: { ...nine, startsAt: at('2020-06-11', '9:00') }, at: at('2020-06-11', '8:50') },
    'building-closed',
    'art. 1',
    'web,call-office,request,email-office,advice',
  ],
  [
    'back while the visit is open',
    { visit: { ...nine, state: 'arrived', lastEntryAt: at(monday, '8:50') }, at: at(monday, '8:51') },
    'already-in',
    '',
    '',
  ],
  [
    'the same pass within a minute',
    { visit: { ...nine, state: 'arrived', lastEntryAt: at(monday, '8:50') }, at: at(monday, '8:50').add({ seconds: 59 }) },
    'same-pass-again',
    '',
    'check-name',
  ],
  ['back into another building', { visit: { ...nine, state: 'serving' }, buildingId: 'karasia-15' }, 'wrong-building', '', 'go-to'],
  [
    'leaving papers at Karasia 15',
    { purpose: 'drop-off', visit: null, buildingId: 'karasia-15' },
    'drop-off',
    '§ 1 ust. 5',
    'take-receipt',
  ],
  ['leaving papers elsewhere', { purpose: 'drop-off', visit: null }, 'drop-off-elsewhere', '§ 1 ust. 5', 'drop-off'],
  [
    'leaving papers before the service office opens',
    { purpose: 'drop-off', visit: null, buildingId: 'karasia-15', at: at(monday, '7:29') },
    'building-closed',
    '§ 4',
    'call-office',
  ],
  ['a courier', { purpose: 'not-client', visit: null }, 'not-a-client', '', ''],
  ['an ambulance on a Sunday night', { purpose: 'not-client', visit: null, at: at('2020-05-31', '23:00') }, 'not-a-client', '', ''],
  ['a building that is none of the office', { buildingId: 'palace' }, 'unknown-building', '', ''],
  [
    'before the ordinance nobody knows',
    { visit: null, at: at('2020-05-22', '9:00') },
    'rules-not-held',
    '',
    'web,call-office,request,advice',
  ],
]
for (const [title, facts, code, basis, next] of cases) {
  test(`at the door: ${title}`, () => {
    const decision = ask(facts)
    assert.equal(decision.code, code)
    assert.equal(decision.basis.map((each) => (each.kind === 'setting' ? each.setting : each.reference)).join(), basis)
    assert.equal(decision.next.map((step) => step.kind).join(), next)
    for (const language of ['pl', 'en', 'uk'] as const) {
      const t = words(language)
      assert.ok(
        t(`regulation.${decision.allowed ? 'allowed' : 'refused'}.${decision.code}`, 'values' in decision ? decision.values : undefined)
          .length > 0,
      )
      for (const step of decision.next) assert.ok(t(`decision.next.${step.kind}`, step.values).length > 0)
    }
  })
}

test('nobody who is turned back at the door is left without a next step', () => {
  for (const [title, facts, code] of cases) {
    const decision = ask(facts)
    if (!decision.allowed && code !== 'unknown-building') assert.ok(decision.next.length > 0, title)
  }
})

test('"too early" says from when', () => {
  const decision = ask({ at: at(monday, '8:20') })
  assert.equal(!decision.allowed && decision.values?.['time'], '8:45')
})

const repealed = lesznoRules((acts) => ({
  ...acts,
  acts: [
    ...acts.acts,
    {
      id: 'K/9/2021',
      number: 'K/9/2021',
      title: 'uchyla',
      issuer: 'i',
      rank: 'ordinance',
      from: '2021-07-01',
      repeals: ['K/219/2020'],
      provisions: [],
    },
  ],
}))

test('after the act goes one may come in without a booking, and a late one as a walk-in', () => {
  assert.deepEqual(
    [ask({ visit: null, at: at('2021-07-01', '9:00') }, repealed).code, ask({ visit: null, at: at('2021-06-30', '9:00') }, repealed).code],
    ['walk-in', 'no-booking'],
  )
  const late = ask({ visit: { ...nine, startsAt: at('2021-07-01', '9:00') }, at: at('2021-07-01', '9:30') }, repealed)
  assert.deepEqual([late.code, late.basis], ['walk-in', [{ kind: 'setting', setting: 'late-minutes' }]])
  assert.deepEqual(ask({ visit: { ...nine, startsAt: at('2021-07-01', '9:00') }, at: at('2021-07-01', '9:00') }, repealed).basis, [])
})

/** The ordinance with another § 1 ust. 1, and without a word on who may come in. */
function modeAlone(mode: string): RuleBook {
  return lesznoRules((acts) => ({
    ...acts,
    acts: acts.acts.map((act) => ({
      ...act,
      provisions: act.provisions
        .filter((each) => each.kind !== 'entry')
        .map((each) => (each.kind === 'admission' ? { ...each, parameters: { mode } } : each)),
    })),
  }))
}

/** One without a booking, and one who comes too late. */
function withoutTime(rules: RuleBook): string[] {
  return [ask({ visit: null }, rules), ask({ at: at(monday, '9:11') }, rules)].map(
    ({ code, basis }) => `${code} ${basis.map((each) => (each.kind === 'setting' ? each.setting : each.reference)).join()}`,
  )
}

test('an act that gives service to the booked only and says nothing of the door lets nobody in without a booking', () => {
  assert.deepEqual(withoutTime(modeAlone('booking-only')), ['no-booking § 1 ust. 1', 'too-late late-minutes'])
  assert.deepEqual(withoutTime(modeAlone('booking-optional')), ['walk-in § 1 ust. 1', 'walk-in late-minutes'])
})

test('before the ordinance the booked come in, and are told that the rules of the day are not known', () => {
  const before = { ...nine, startsAt: at('2020-05-22', '9:00') }
  for (const time of ['8:50', '9:05', '9:30']) {
    const decision = ask({ visit: before, at: at('2020-05-22', time) })
    assert.deepEqual([decision.allowed, decision.code, decision.basis], [true, 'come-in-rules-not-held', []])
    assert.match(words('pl')('regulation.allowed.come-in-rules-not-held'), /nie wiadomo/)
  }
})

test('while admission is suspended nobody comes in but those who are no clients', () => {
  const suspended = lesznoRules((acts) => ({
    ...acts,
    acts: [
      ...acts.acts,
      {
        id: 'K/9/2021',
        number: 'K/9/2021',
        title: 't',
        issuer: 'i',
        rank: 'ordinance',
        from: '2021-03-01',
        provisions: [{ id: 'a', reference: '§ 1', kind: 'admission', parameters: { mode: 'suspended' } }],
      },
    ],
  }))
  const then = { at: at('2021-03-01', '8:50'), visit: { ...nine, startsAt: at('2021-03-01', '9:00') } }
  assert.equal(ask(then, suspended).code, 'admission-suspended')
  assert.equal(ask({ ...then, purpose: 'drop-off', buildingId: 'karasia-15', visit: null }, suspended).code, 'admission-suspended')
  assert.equal(ask({ ...then, purpose: 'not-client', visit: null }, suspended).code, 'not-a-client')
})
