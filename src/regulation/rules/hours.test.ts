import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { hours, type ActsDocument } from '../index.js'
import { easter } from './hours.js'

const book = lesznoRules()
const office = lesznoDirectory()
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const said = (unit: string, on: string, rules = book): string => {
  const open = hours(rules, office, unit, day(on))
  const basis = open.basis.map((each) => (each.kind === 'setting' ? each.setting : `${each.act} ${each.reference}`)).join()
  return `${open.code} ${open.intervals.map(({ from, to }) => `${from}-${to}`).join()} ${basis}`.replaceAll(/ +/g, ' ')
}

const cases: readonly [title: string, unit: string, on: string, expected: string][] = [
  ['Monday: the ordinance, although the page of the unit says 16:00', 'usc', '2020-05-25', 'open 450-930 K/219/2020 § 4'],
  [
    'Monday: the ordinance, although the page of the unit says 17:00',
    'wydzial-ochrony-srodowiska',
    '2020-05-25',
    'open 450-930 K/219/2020 § 4',
  ],
  ['Tuesday cites no paragraph: the usual hours', 'wydzial-organizacyjny', '2020-05-26', 'open 450-930 weekly-hours'],
  ['Tuesday cites no paragraph: the page of the unit', 'usc', '2020-05-26', 'open 450-870 unit-hours'],
  [
    'a section is narrower than its department',
    'wydzial-spraw-obywatelskich/zameldowanie-decyzja',
    '2020-05-26',
    'open 480-900 unit-hours',
  ],
  ['Saturday: nothing gives it hours', 'usc', '2020-05-30', 'closed unit-hours'],
  ['Saturday of the office', 'biuro-obslugi', '2020-05-30', 'closed weekly-hours'],
  ['Sunday is a statutory day off', 'usc', '2020-05-31', 'day-off ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy art. 1'],
  ['Corpus Christi, a Thursday', 'usc', '2020-06-11', 'day-off ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy art. 1'],
  [
    'Easter Monday beats the Monday hours of the ordinance',
    'usc',
    '2021-04-05',
    'day-off ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy art. 1',
  ],
  ['24 December 2024 was a working day', 'biuro-obslugi', '2024-12-24', 'open 480-900 weekly-hours'],
  [
    '24 December is a day off since 2025',
    'biuro-obslugi',
    '2025-12-24',
    'day-off ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy art. 1',
  ],
  ['a Tuesday before the first day of any source is unknown', 'wydzial-organizacyjny', '2020-05-19', 'unknown '],
  ['Monday in summer 2024', 'biuro-obslugi', '2024-07-01', 'open 420-1080 weekly-hours'],
  ['Tuesday in summer 2024: the season is narrower', 'biuro-obslugi', '2024-07-02', 'open 420-840 weekly-hours'],
  ['Monday from September 2024', 'biuro-obslugi', '2024-09-02', 'open 480-1080 weekly-hours'],
]
for (const [title, unit, on, expected] of cases) {
  test(`hours: ${title}`, () => assert.equal(said(unit, on).trim(), expected.trim()))
}

const addAct = (provisions: ActsDocument['acts'][number]['provisions'], facts: Partial<ActsDocument['acts'][number]> = {}) =>
  lesznoRules((acts) => ({
    ...acts,
    acts: [
      ...acts.acts,
      {
        id: 'K/1/2021',
        number: 'K/1/2021',
        title: 't',
        issuer: 'i',
        rank: 'ordinance',
        signedOn: '2020-05-23',
        from: '2020-05-25',
        provisions,
        ...facts,
      },
    ],
  }))
const open = { intervals: [{ from: '08:00', to: '16:00' }] }

test('a default yields to a lower act that names the day', () => {
  const rules = addAct([
    {
      id: 'a',
      reference: '§ 1',
      kind: 'hours',
      parameters: open,
      scope: { unit: ['usc'], dates: { from: '2020-06-11', until: '2020-06-11' } },
    },
  ])
  assert.equal(said('usc', '2020-06-11', rules), 'open 480-960 K/1/2021 § 1')
  assert.match(said('biuro-obslugi', '2020-06-11', rules), /^day-off/)
})

test('a day off in lieu closes the office, and the unit the same act names stays open', () => {
  const dates = { from: '2025-11-10', until: '2025-11-10' }
  const rules = addAct(
    [
      { id: 'a', reference: '§ 1', kind: 'day-off', parameters: { name: 'za święto' }, scope: { dates } },
      { id: 'b', reference: '§ 2', kind: 'hours', parameters: open, scope: { unit: ['usc'], dates } },
    ],
    { from: '2025-02-11', signedOn: '2025-02-11' },
  )
  assert.equal(said('biuro-obslugi', '2025-11-10', rules), 'day-off K/1/2021 § 1')
  assert.equal(said('usc', '2025-11-10', rules), 'open 480-960 K/1/2021 § 2')
})

test('a working Saturday has the hours the act gives it', () => {
  const rules = addAct([
    { id: 'a', reference: '§ 1', kind: 'hours', parameters: open, scope: { dates: { from: '2020-06-20', until: '2020-06-20' } } },
  ])
  assert.equal(said('usc', '2020-06-20', rules), 'open 480-960 K/1/2021 § 1')
})

const workedOff = { name: 'za 12 czerwca', working: true }
const saturday = { dates: { from: '2020-06-20', until: '2020-06-20' } }

test('a working Saturday to which the act gives no hours has those of Friday, or the hours that another paragraph gives it', () => {
  const off = { id: 'a', reference: '§ 1', kind: 'day-off', parameters: workedOff, scope: saturday }
  assert.equal(said('usc', '2020-06-20', addAct([off])), 'open 450-870 K/1/2021 § 1,unit-hours')
  assert.equal(said('biuro-obslugi', '2020-06-20', addAct([off])), 'open 450-930 K/1/2021 § 1,weekly-hours')
  const given = { id: 'b', reference: '§ 2', kind: 'hours', parameters: open, scope: saturday }
  assert.equal(said('usc', '2020-06-20', addAct([off, given])), 'open 480-960 K/1/2021 § 1,K/1/2021 § 2')
  const ofUsc = { ...off, scope: { ...saturday, unit: ['usc'] } }
  assert.deepEqual(
    ['usc', 'biuro-obslugi'].map((unit) => said(unit, '2020-06-20', addAct([ofUsc])).split(' ')[0]),
    ['open', 'closed'],
  )
})

test('a holiday that an act makes a working day has the hours of its weekday', () => {
  const dates = { from: '2020-06-11', until: '2020-06-11' }
  const rules = addAct([{ id: 'a', reference: '§ 1', kind: 'day-off', parameters: workedOff, scope: { dates } }])
  assert.equal(said('usc', '2020-06-11', rules), 'open 450-870 K/1/2021 § 1,unit-hours')
})

test('6 January is a day off since 2011', () => {
  assert.deepEqual(
    ['2010-01-06', '2011-01-06'].map((on) => hours(book, office, 'usc', day(on)).code),
    ['open', 'day-off'],
  )
})

test('of two ordinances the later in force wins, whatever the order of the file', () => {
  const later = [{ id: 'a', reference: '§ 9', kind: 'hours', parameters: open, scope: { weekday: [1] } }]
  assert.equal(said('usc', '2020-06-08', addAct(later, { from: '2020-06-01' })), 'open 480-960 K/1/2021 § 9')
  assert.equal(said('usc', '2020-05-25', addAct(later, { from: '2020-06-01' })), 'open 450-930 K/219/2020 § 4')
})

test('a binding rule of higher rank wins over an ordinance', () => {
  const rules = addAct([{ id: 'a', reference: '§ 3', kind: 'hours', parameters: { intervals: [] } }], { rank: 'regulation' })
  assert.equal(said('usc', '2020-05-25', rules), 'closed K/1/2021 § 3')
})

test('"known" asks what was known then: nothing was, before the acts were entered', () => {
  const monday = day('2020-05-25')
  assert.equal(hours(book, office, 'usc', monday, Temporal.Instant.from('2020-05-22T11:59:00Z')).code, 'open')
  assert.deepEqual(hours(book, office, 'usc', monday, Temporal.Instant.from('2020-05-22T11:59:00Z')).basis, [
    { kind: 'setting', setting: 'unit-hours' },
  ])
  assert.equal(hours(book, office, 'usc', monday, Temporal.Instant.from('2020-05-22T12:00:00Z')).basis[0]?.kind, 'provision')
})

test('there are thirteen statutory days off a year, fourteen since 2025, every year from 2020 to 2030', () => {
  // Easter Sundays, as any calendar gives them.
  const easters = [
    '2020-04-12',
    '2021-04-04',
    '2022-04-17',
    '2023-04-09',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2029-04-01',
    '2030-04-21',
  ]
  assert.deepEqual(
    easters.map((text) => String(easter(Number(text.slice(0, 4))))),
    easters,
  )
  for (let year = 2020; year <= 2030; year += 1) {
    const first = day(`${year}-01-01`)
    const days = Array.from({ length: first.daysInYear }, (_, index) => first.add({ days: index }))
    const off = days.filter((each) => hours(book, office, 'biuro-obslugi', each).code === 'day-off' && each.dayOfWeek !== 7)
    // Thirteen days, fourteen since 2025, less those on a Sunday (Easter and Pentecost always are).
    const statutory = days.filter(
      (each) =>
        ['01-01', '01-06', '05-01', '05-03', '08-15', '11-01', '11-11', '12-25', '12-26', ...(year >= 2025 ? ['12-24'] : [])].includes(
          each.toString().slice(5),
        ) && each.dayOfWeek !== 7,
    )
    assert.equal(off.length, statutory.length + 2, String(year))
  }
})
