/** Days that are not as the week says, in the example office: a table of what wins, and what always holds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { specialDayKinds, type SpecialDay } from '../../directory/index.js'
import { hours, type ActsDocument, type RuleBook } from '../index.js'

const office = lesznoDirectory()
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const entered = Temporal.Instant.from('2020-05-20T08:00:00Z')
const special = (kind: SpecialDay['kind'], from: string, change: Partial<SpecialDay> = {}): SpecialDay => ({
  id: `${kind}-${from}`,
  kind,
  from: day(from),
  until: day(from),
  buildings: [],
  units: [],
  intervals: [],
  reason: 'powód',
  restsOn: null,
  enteredAt: entered,
  removedAt: null,
  ...change,
})
const at = (from: number, to: number) => ({ intervals: [{ from, to }] })
const withDays = (days: readonly SpecialDay[], book = lesznoRules()): RuleBook => ({ ...book, specialDays: days })
const said = (unit: string, on: string, book: RuleBook, known?: Temporal.Instant): string => {
  const open = hours(book, office, unit, day(on), known)
  const basis = open.basis.map((each) => (each.kind === 'setting' ? each.setting : `${each.act} ${each.reference}`)).join()
  return [open.code, open.intervals.map(({ from, to }) => `${from}-${to}`).join(), basis, open.name].filter(Boolean).join(' ')
}
const addAct = (rank: 'ordinance' | 'regulation', scope: object, parameters: object = at8to16): RuleBook =>
  lesznoRules((acts) => ({
    ...acts,
    acts: [
      ...acts.acts,
      {
        id: 'K/1/2020',
        number: 'K/1/2020',
        title: 't',
        issuer: 'i',
        rank,
        from: '2020-05-25',
        provisions: [{ id: 'a', reference: '§ 1', kind: 'hours', parameters, scope }],
      } as ActsDocument['acts'][number],
    ],
  }))
const at8to16 = { intervals: [{ from: '08:00', to: '16:00' }] }
const monday = '2020-06-08'
const tuesday = '2020-06-09'
const thatDay = (on: string) => ({ dates: { from: on, until: on } })

const table: readonly [title: string, days: readonly SpecialDay[], unit: string, on: string, expected: string, book?: RuleBook][] = [
  ['a closure takes the whole of a Monday of the ordinance', [special('closure', monday)], 'usc', monday, 'closed special-day powód'],
  [
    'a closure takes some of it, and the rest still rests on the ordinance',
    [special('closure', monday, at(600, 720))],
    'usc',
    monday,
    'open 450-600,720-930 K/219/2020 § 4,special-day powód',
  ],
  [
    'a closure takes away from an act that names the day',
    [special('closure', tuesday)],
    'usc',
    tuesday,
    'closed special-day powód',
    addAct('ordinance', thatDay(tuesday)),
  ],
  [
    'a closure outside the hours is nothing to say',
    [special('closure', tuesday, at(1000, 1100))],
    'usc',
    tuesday,
    'open 450-870 unit-hours',
  ],
  [
    'a holiday stays a holiday under a closure',
    [special('closure', '2020-06-11')],
    'usc',
    '2020-06-11',
    'day-off ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy art. 1 Boże Ciało',
  ],
  ['a day off in lieu', [special('day-off', '2020-06-12')], 'usc', '2020-06-12', 'day-off special-day powód'],
  [
    'a day off in lieu yields to an act that names the day',
    [special('day-off', tuesday)],
    'usc',
    tuesday,
    'open 480-960 K/1/2020 § 1',
    addAct('ordinance', thatDay(tuesday)),
  ],
  [
    'a working Saturday without hours has those of Friday',
    [special('working-day', '2020-06-20')],
    'usc',
    '2020-06-20',
    'open 450-870 special-day,unit-hours powód',
  ],
  [
    'a working Saturday with hours of its own',
    [special('working-day', '2020-06-20', at(540, 720))],
    'usc',
    '2020-06-20',
    'open 540-720 special-day powód',
  ],
  [
    'a working day does not open a holiday by the way',
    [special('working-day', '2020-06-11')],
    'usc',
    '2020-06-11',
    'day-off ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy art. 1 Boże Ciało',
  ],
  ['a deliberate opening does', [special('opening', '2020-06-11', at(600, 720))], 'usc', '2020-06-11', 'open 600-720 special-day powód'],
  ['other hours on a Monday of the ordinance', [special('hours', monday, at(450, 1020))], 'usc', monday, 'open 450-1020 special-day powód'],
  [
    'other hours over a range open no Sunday',
    [special('hours', '2020-06-12', { ...at(600, 720), until: day('2020-06-16') })],
    'usc',
    '2020-06-14',
    'day-off ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy art. 1 niedziela',
  ],
  [
    'other hours yield to an act that names the day',
    [special('hours', tuesday, at(600, 720))],
    'usc',
    tuesday,
    'open 480-960 K/1/2020 § 1',
    addAct('ordinance', thatDay(tuesday)),
  ],
  [
    'and do not yield to a later ordinance for the weekday',
    [special('hours', tuesday, at(600, 720))],
    'usc',
    tuesday,
    'open 600-720 special-day powód',
    addAct('ordinance', { weekday: [2] }),
  ],
  [
    'what binds from above is kept',
    [special('opening', tuesday, at(600, 720))],
    'usc',
    tuesday,
    'closed K/1/2020 § 1',
    addAct('regulation', { weekday: [2] }, { intervals: [] }),
  ],
  [
    'a unit stays open on the day off of the office',
    [
      special('day-off', '2020-06-12'),
      special('hours', '2020-06-12', { ...at(600, 720), units: ['usc'], enteredAt: entered.subtract({ hours: 1 }) }),
    ],
    'usc',
    '2020-06-12',
    'open 600-720 special-day powód',
  ],
  [
    'of two for the same place the one entered last',
    [
      special('hours', tuesday, at(600, 720)),
      special('hours', tuesday, { ...at(500, 800), id: 'b', enteredAt: entered.add({ hours: 1 }) }),
    ],
    'usc',
    tuesday,
    'open 500-800 special-day powód',
  ],
  [
    'a closure of the building closes the unit that was to be open',
    [special('closure', tuesday, { buildings: ['walowa-5'] }), special('hours', tuesday, { ...at(600, 720), units: ['usc'] })],
    'usc',
    tuesday,
    'closed special-day powód',
  ],
  [
    'another building is not touched',
    [special('closure', tuesday, { buildings: ['karasia-15'] })],
    'usc',
    tuesday,
    'open 450-870 unit-hours',
  ],
  [
    'what is said of a department holds for its sections',
    [special('closure', tuesday, { units: ['wydzial-spraw-obywatelskich'] })],
    'wydzial-spraw-obywatelskich/dowody-osobiste',
    tuesday,
    'closed special-day powód',
  ],
]
for (const [title, days, unit, on, expected, book] of table)
  test(`special day: ${title}`, () => assert.equal(said(unit, on, withDays(days, book)), expected))

test('what was known before a day was entered, and after it was taken back, is answered again', () => {
  const removed = entered.add({ hours: 48 })
  const days = [special('closure', tuesday, { removedAt: removed })]
  const usual = 'open 450-870 unit-hours'
  const answers = [entered.subtract({ seconds: 1 }), entered, removed.subtract({ seconds: 1 }), removed].map(
    (known) => hours(withDays(days), office, 'usc', day(tuesday), known).code,
  )
  assert.deepEqual(answers, ['open', 'closed', 'closed', 'open'])
  assert.equal(said('usc', tuesday, withDays(days)), usual)
})

const anySpecial = fc
  .record({
    kind: fc.constantFrom(...specialDayKinds),
    first: fc.integer({ min: 0, max: 40 }),
    length: fc.integer({ min: 0, max: 5 }),
    from: fc.integer({ min: 0, max: 1300 }),
    minutes: fc.integer({ min: 1, max: 139 }),
    whole: fc.boolean(),
    where: fc.constantFrom({}, { buildings: ['walowa-5'] }, { units: ['usc'] }, { units: ['wydzial-komunikacji'] }),
    hour: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ kind, first, length, from, minutes, whole, where, hour }, index = 0) => {
    const start = day('2020-06-01').add({ days: first })
    const open = kind === 'opening' || kind === 'hours'
    return special(kind, start.toString(), {
      id: `s-${kind}-${first}-${from}-${hour}-${index}`,
      until: kind === 'opening' || kind === 'working-day' ? start : start.add({ days: length }),
      intervals: whole && !open ? [] : [{ from, to: from + minutes }],
      enteredAt: entered.add({ hours: hour }),
      ...where,
    })
  })
const anyDays = fc.uniqueArray(anySpecial, { maxLength: 6, selector: ({ id }) => id })
const someDay = fc.integer({ min: 0, max: 45 }).map((days) => day('2020-06-01').add({ days }))
const someUnit = fc.constantFrom('usc', 'wydzial-komunikacji', 'biuro-obslugi')
const law = lesznoRules()

test('a closure never adds a minute, the order of entries in memory does not matter, and intervals stay in order', () => {
  fc.assert(
    fc.property(anyDays, someDay, someUnit, (days, on, unit) => {
      const answer = hours(withDays(days, law), office, unit, on)
      assert.deepEqual(hours(withDays(days.toReversed(), law), office, unit, on), answer)
      answer.intervals.forEach((each, index) => assert.ok(each.from < each.to && each.from >= (answer.intervals[index - 1]?.to ?? 0)))
      assert.equal(answer.code === 'open', answer.intervals.length > 0)
      const withoutClosures = hours(
        withDays(
          days.filter(({ kind }) => kind !== 'closure'),
          law,
        ),
        office,
        unit,
        on,
      )
      for (const { from, to } of answer.intervals)
        assert.ok(
          withoutClosures.intervals.some((each) => each.from <= from && to <= each.to),
          'open where it would not be',
        )
      for (const each of days.filter(({ kind, intervals }) => kind === 'closure' && intervals.length === 0))
        if (
          Temporal.PlainDate.compare(each.from, on) <= 0 &&
          Temporal.PlainDate.compare(on, each.until) <= 0 &&
          each.buildings.length + each.units.length === 0
        )
          assert.deepEqual(answer.intervals, [])
    }),
    { numRuns: 300 },
  )
})

test('an old moment gives its old answer after any later entry, and a day taken back leaves no trace', () => {
  fc.assert(
    fc.property(anyDays, anyDays, someDay, someUnit, (before, later, on, unit) => {
      const moment = entered.add({ hours: 10 })
      const first = hours(withDays(before, law), office, unit, on, moment)
      const after = later.map((each, index) => ({ ...each, id: `later-${index}`, enteredAt: moment.add({ hours: 1 + index }) }))
      assert.deepEqual(hours(withDays([...before, ...after], law), office, unit, on, moment), first)
      const takenBack = after.map((each) => ({ ...each, removedAt: each.enteredAt.add({ hours: 1 }) }))
      assert.deepEqual(hours(withDays([...before, ...takenBack], law), office, unit, on), hours(withDays(before, law), office, unit, on))
    }),
    { numRuns: 200 },
  )
})
