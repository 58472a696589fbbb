/**
 * When times become bookable: the three rhythms on the wall of the office, also on the two days of a
 * clock change; who is bound; how the setting and provisions share the days.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { releaseActs, withRelease } from '../../../tests/support/release.js'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { instantOf, officeMinute, officeDay } from '../../platform/clock.js'
import { words } from '../../platform/words.js'
import { checkActs } from '../document.js'
import { inForce, mayBook, provisionSentence, releaseOf, releaseStage, webDays, type BookFacts } from '../index.js'
import { releasedAt } from './release.js'

const office = lesznoDirectory()
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)
const service = 'rejestracja-pojazdow'

const moments: readonly [title: string, rule: Parameters<typeof releasedAt>[0], day: string, at: string][] = [
  ['rolling, at midnight', { rhythm: 'rolling', daysAhead: 14, way: 'first-come' }, '2020-06-15', '2020-06-01T00:00+02:00'],
  ['daily at 6:00', { rhythm: 'daily', daysAhead: 14, minute: 360, way: 'first-come' }, '2020-06-15', '2020-06-01T06:00+02:00'],
  [
    'daily, over the autumn change',
    { rhythm: 'daily', daysAhead: 7, minute: 360, way: 'first-come' },
    '2020-10-30',
    '2020-10-23T06:00+02:00',
  ],
  [
    'daily, on the day after the autumn change',
    { rhythm: 'daily', daysAhead: 7, minute: 360, way: 'first-come' },
    '2020-11-02',
    '2020-10-26T06:00+01:00',
  ],
  [
    'daily, on the day of the autumn change',
    { rhythm: 'daily', daysAhead: 8, minute: 360, way: 'first-come' },
    '2020-11-02',
    '2020-10-25T06:00+01:00',
  ],
  [
    'daily, a minute shown twice is its first showing',
    { rhythm: 'daily', daysAhead: 8, minute: 150, way: 'first-come' },
    '2020-11-02',
    '2020-10-25T02:30+02:00',
  ],
  [
    'daily, a minute that is skipped is the one after',
    { rhythm: 'daily', daysAhead: 1, minute: 150, way: 'first-come' },
    '2020-03-30',
    '2020-03-29T03:30+02:00',
  ],
  [
    'weekly, Friday 7:00 for the next week: Monday',
    { rhythm: 'weekly', weekday: 5, minute: 420, way: 'first-come' },
    '2020-06-08',
    '2020-06-05T07:00+02:00',
  ],
  [
    'weekly, Friday 7:00 for the next week: its Sunday',
    { rhythm: 'weekly', weekday: 5, minute: 420, way: 'first-come' },
    '2020-06-14',
    '2020-06-05T07:00+02:00',
  ],
  [
    'weekly, two weeks before',
    { rhythm: 'weekly', weekday: 1, minute: 420, weeksAhead: 2, way: 'first-come' },
    '2020-06-17',
    '2020-06-01T07:00+02:00',
  ],
  ['weekly, over new year', { rhythm: 'weekly', weekday: 5, minute: 420, way: 'first-come' }, '2021-01-01', '2020-12-25T07:00+01:00'],
  [
    'weekly, a week with the spring change between',
    { rhythm: 'weekly', weekday: 5, minute: 420, way: 'first-come' },
    '2020-03-31',
    '2020-03-27T07:00+01:00',
  ],
]
for (const [title, rule, of, expected] of moments) {
  test(`release: ${title}`, () => assert.equal(releasedAt(rule, day(of)).toString(), at(expected).toString()))
}

test('a release shows the minute of its rule on the wall, but for minutes the wall skips', () => {
  const anyDay = fc.integer({ min: 0, max: 1500 }).map((days) => day('2020-01-01').add({ days }))
  fc.assert(
    fc.property(
      anyDay,
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 7 }),
      (of, minute, daysAhead, weekday) => {
        const daily = releasedAt({ rhythm: 'daily', daysAhead, minute, way: 'first-come' }, of)
        const weekly = releasedAt({ rhythm: 'weekly', weekday, minute, way: 'first-come' }, of)
        const skipped = minute >= 120 && minute < 180 ? 60 : 0
        assert.ok([minute, minute + skipped].includes(officeMinute(daily)))
        assert.equal(officeDay(daily).until(of).days, daysAhead)
        assert.equal(officeDay(weekly).dayOfWeek, weekday)
        // Never on a day of the week that is released, never more than a week before its Monday.
        const before = officeDay(weekly).until(of).days
        assert.ok(before >= of.dayOfWeek && before <= of.dayOfWeek + 6, `${before}`)
      },
    ),
  )
})

test('days of one week are released together, and later days never before earlier ones', () => {
  const book = withRelease('weekly-lot')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), (days) => {
      const first = day('2020-06-01').add({ days })
      const [a, b] = [releaseOf(book, office, service, first), releaseOf(book, office, service, first.add({ days: 1 }))]
      assert.ok(a && b)
      const order = Temporal.Instant.compare(a.at, b.at)
      assert.equal(order === 0, first.dayOfWeek !== 7)
      assert.ok(order <= 0)
      assert.equal(a.lotUntil?.since(a.at).total('minutes'), 2)
    }),
  )
})

const web: BookFacts = {
  serviceId: service,
  channel: 'web',
  start: at('2020-06-09T09:00+02:00'),
  now: at('2020-06-05T06:59:59+02:00'),
  clerk: false,
}
const ruled = withRelease('weekly-lot')
const cases: readonly [title: string, facts: Partial<BookFacts>, code: string][] = [
  ['a second before the release', {}, 'not-yet-released'],
  ['at the release, in the time of the draw', { now: at('2020-06-05T07:00:00+02:00') }, 'by-lot'],
  ['the last second of the draw’s time', { now: at('2020-06-05T07:01:59+02:00') }, 'by-lot'],
  ['after it, before the draw is done', { now: at('2020-06-05T07:02:00+02:00') }, 'lot-being-drawn'],
  ['after the draw what is left may be taken', { now: at('2020-06-05T07:02:00+02:00'), drawn: true }, 'may-book'],
  ['a clerk is not bound by a release for the web', { channel: 'phone', clerk: true }, 'may-book'],
  ['what the draw itself books is not bound', { clerk: true }, 'may-book'],
  ['a citizen who booked by phone and moves is bound as on the web', { channel: 'phone' }, 'not-yet-released'],
  ['a day already released, nearer', { start: at('2020-06-08T09:00+02:00'), now: at('2020-06-06T09:00+02:00'), drawn: true }, 'may-book'],
  [
    'where the provision holds, the setting does not: far days are released too',
    { start: at('2020-06-24T09:00+02:00'), now: at('2020-06-19T08:00+02:00'), drawn: true },
    'may-book',
  ],
  ['today stays too soon', { start: at('2020-06-05T09:00+02:00') }, 'too-soon'],
]
for (const [title, facts, code] of cases) {
  test(`booking under a release: ${title}`, () => {
    const decision = mayBook(ruled, office, { ...web, ...facts })
    assert.equal(decision.code, code)
    if (decision.allowed || code === 'too-soon') return
    assert.deepEqual(decision.basis, [{ kind: 'provision', act: 'W/1/2020', reference: '§ 1', provision: 'W/1/2020#weekly-lot' }])
    assert.ok(decision.next.length > 0)
    for (const language of ['pl', 'en', 'uk'] as const) {
      assert.ok(!words(language)(`regulation.refused.${code}`, decision.values).includes('{'))
      for (const step of decision.next) assert.ok(words(language)(`decision.next.${step.kind}`, step.values).length > 0)
    }
  })
}

test('not-yet-released says the minute of release and names no web times as a way', () => {
  const decision = mayBook(ruled, office, web)
  assert.ok(!decision.allowed)
  assert.deepEqual(decision.values, { at: '2020-06-05T05:00:00Z', date: '05.06.2020', time: '7:00' })
  assert.ok(!decision.next.some((step) => step.kind === 'web'))
})

test('without a provision nothing changes: the horizon of the office holds', () => {
  const plain = lesznoRules()
  const now = at('2020-05-25T07:20+02:00')
  assert.equal(releaseOf(plain, office, service, day('2020-06-09')), null)
  assert.deepEqual(String(webDays(plain, office, service, now).to), '2020-06-08')
  assert.equal(mayBook(plain, office, { ...web, now, start: at('2020-06-09T09:00+02:00') }).code, 'too-far')
})

test('a provision with a scope leaves other matters to the setting', () => {
  const now = at('2020-06-04T12:00+02:00')
  const ids = webDays(ruled, office, service, now)
  assert.equal(String(ids.to), '2020-06-07')
  assert.deepEqual(ids.coming.map((each) => String(each.day)).slice(0, 2), ['2020-06-08', '2020-06-09'])
  assert.equal(String(webDays(ruled, office, 'wydanie-praw-jazdy', now).to), '2020-06-18')
})

test('webDays and mayBook agree on every day, whatever the moment', () => {
  for (const name of ['rolling', 'daily', 'weekly-lot', 'weekdays'] as const) {
    const book = withRelease(name)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 40 }), fc.integer({ min: 1, max: 40 }), (minutes, ahead) => {
        const now = at('2020-06-01T00:00+02:00').add({ minutes })
        const of = officeDay(now).add({ days: ahead })
        const days = webDays(book, office, service, now)
        const coming = days.coming.some((each) => each.day.equals(of))
        const within = Temporal.PlainDate.compare(of, days.from) >= 0 && Temporal.PlainDate.compare(of, days.to) <= 0
        const code = mayBook(book, office, {
          serviceId: service,
          channel: 'web',
          start: instantOf(of, 600),
          now,
          clerk: false,
          drawn: true,
        }).code
        if (within && !coming) assert.ok(code !== 'not-yet-released' && code !== 'too-far', `${name} ${of} ${now} ${code}`)
        else assert.ok(['not-yet-released', 'too-far'].includes(code), `${name} ${of} ${now} ${code}`)
      }),
      { numRuns: 300 },
    )
  }
})

test('stages follow one another and never go back', () => {
  const release = releaseOf(ruled, office, service, day('2020-06-09'))
  assert.ok(release)
  const stages = [-1, 0, 119, 120, 4000].map((seconds) => releaseStage(release, release.at.add({ seconds }), false))
  assert.deepEqual(stages, ['not-yet-released', 'by-lot', 'by-lot', 'lot-being-drawn', 'lot-being-drawn'])
  assert.equal(releaseStage(release, release.at.add({ seconds: 120 }), true), 'open')
})

/** How much is wrong with an acts file bent so. */
const wrong = (change: (parameters: Record<string, unknown>) => void): number => {
  const acts = structuredClone(releaseActs('weekly-lot'))
  change(acts.acts[0]!.provisions[0]!.parameters)
  return checkActs(acts).length
}

test('every rhythm is said in every language, and the file is checked', () => {
  for (const name of ['rolling', 'daily', 'weekly-lot', 'weekdays'] as const) {
    const law = inForce(withRelease(name), office, day('2020-06-05'))
    const own = law.provisions.filter(({ provision }) => provision.kind === 'release')
    assert.ok(own.length > 0)
    for (const language of ['pl', 'en', 'uk'] as const)
      for (const each of own) assert.match(provisionSentence(words(language), office, each), /^\p{Lu}[^{}]+\.$/u)
  }
  assert.equal(
    wrong(() => undefined),
    0,
  )
  assert.ok(wrong((parameters) => delete parameters['lotMinutes']) > 0, 'a draw needs its minutes')
  assert.ok(wrong((parameters) => (parameters['way'] = 'first-come')) > 0, 'minutes of a draw without a draw')
  assert.ok(wrong((parameters) => (parameters['at'] = '24:00')) > 0)
  assert.ok(wrong((parameters) => (parameters['weekday'] = 8)) > 0)
})
