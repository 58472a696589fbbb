import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import type { CaseKind, Directory, YesNoUnknown } from '../../directory/index.js'
import { instantOf } from '../../platform/clock.js'
import { words } from '../../platform/words.js'
import { advise, allMeans, concerns, mayBook, mayEnter, reasonSentence, waySentence, type Means } from '../index.js'

const book = lesznoRules()
const noon = (day: string): Temporal.Instant => instantOf(Temporal.PlainDate.from(day), 12 * 60)
const matter = 'dowody-osobiste'

interface Facts {
  readonly signature: YesNoUnknown
  readonly caseKind: CaseKind
  readonly presence: YesNoUnknown
}

const offices = new Map<string, Directory>()
function officeWhere(facts: Facts): Directory {
  const key = JSON.stringify(facts)
  const known = offices.get(key)
  if (known !== undefined) return known
  const office = lesznoDirectory((file) => ({
    ...file,
    services: file.services.map((each) =>
      each.id !== matter
        ? each
        : {
            ...each,
            signature: { value: facts.signature, source: null },
            caseKind: { value: facts.caseKind, source: null },
            presence: { value: facts.presence, source: null },
          },
    ),
  }))
  offices.set(key, office)
  return office
}

const adviceOn = (day: string, facts: Partial<Facts>, means: readonly Means[], office = (each: Directory): Directory => each) => {
  const given = advise(
    book,
    office(officeWhere({ signature: 'yes', caseKind: 'kpa', presence: 'no', ...facts })),
    matter,
    new Set(means),
    noon(day),
  )
  assert.ok(given)
  return given
}

const all: Means[] = [...allMeans]
const electronic: Means[] = ['epuap-account', 'trusted-profile']
const cases: readonly [title: string, day: string, facts: Partial<Facts>, means: Means[], expected: string][] = [
  ['2020, KPA, signature, ePUAP', '2020-05-25', {}, electronic, 'settle-remotely: epuap post drop-off'],
  [
    '2020, KPA, signature, everything: e-Doręczenia do not reach city offices yet',
    '2020-05-25',
    {},
    all,
    'settle-remotely: epuap post drop-off',
  ],
  ['2020, KPA, signature, nothing', '2020-05-25', {}, [], 'settle-remotely: post drop-off'],
  ['2020, question, no signature', '2020-05-25', { signature: 'no', caseKind: 'question' }, [], 'settle-remotely: email drop-off'],
  [
    '2020, kind unknown: the ordinance does not tell kinds apart',
    '2020-05-25',
    { caseKind: 'unknown' },
    electronic,
    'settle-remotely: epuap drop-off',
  ],
  ['the last day before e-Doręczenia', '2024-12-31', {}, all, 'settle-remotely: epuap post drop-off'],
  ['2025, KPA: both', '2025-01-01', {}, all, 'settle-remotely: e-delivery epuap post drop-off'],
  [
    '2025, e-delivery without a signature does not do where one is required',
    '2025-06-02',
    {},
    ['e-delivery'],
    'settle-remotely: post drop-off',
  ],
  [
    '2025, e-delivery with a personal signature',
    '2025-06-02',
    {},
    ['e-delivery', 'personal-signature'],
    'settle-remotely: e-delivery post drop-off',
  ],
  ['the last day of ePUAP in KPA matters', '2025-12-31', {}, electronic, 'settle-remotely: epuap post drop-off'],
  ['2026, KPA: e-Doręczenia alone', '2026-01-01', {}, all, 'settle-remotely: e-delivery post drop-off'],
  [
    '2026, tax: e-Doręczenia alone of the electronic ways',
    '2026-01-01',
    { caseKind: 'tax' },
    all,
    'settle-remotely: e-delivery post drop-off',
  ],
  ['2026, tax, ePUAP only: post remains', '2026-01-02', { caseKind: 'tax' }, electronic, 'settle-remotely: post drop-off'],
  ['2026, tax, nothing', '2026-01-02', { caseKind: 'tax' }, [], 'settle-remotely: post drop-off'],
  [
    '2026, a question that needs a signature, ePUAP only: leaving papers is no way without coming',
    '2026-01-02',
    { caseKind: 'question' },
    electronic,
    'leave-papers: drop-off',
  ],
  ['2026, KPA, ePUAP only: it does not do any more', '2026-01-02', {}, electronic, 'settle-remotely: post drop-off'],
  ['2026, complaint: ePUAP is still possible', '2026-01-02', { caseKind: 'complaint' }, electronic, 'settle-remotely: epuap drop-off'],
  ['2026, petition', '2026-01-02', { caseKind: 'petition' }, electronic, 'settle-remotely: epuap drop-off'],
  [
    '2026, public information, no signature',
    '2026-01-02',
    { caseKind: 'information', signature: 'no' },
    [],
    'settle-remotely: email drop-off',
  ],
  ['2026, question, no signature', '2026-01-02', { caseKind: 'question', signature: 'no' }, [], 'settle-remotely: email drop-off'],
  ['2026, kind unknown: ring', '2026-01-02', { caseKind: 'unknown' }, all, 'call: '],
  ['signature unknown: ring', '2020-05-25', { signature: 'unknown' }, all, 'call: '],
  ['presence unknown: ring', '2020-05-25', { presence: 'unknown' }, all, 'call: '],
  ['presence required', '2020-05-25', { presence: 'yes' }, all, 'come-in-person: '],
  [
    'presence required, the rest unknown',
    '2026-01-02',
    { presence: 'yes', signature: 'unknown', caseKind: 'unknown' },
    all,
    'come-in-person: ',
  ],
  ['before the ordinance nothing is known but the code of procedure', '2020-05-24', {}, electronic, 'settle-remotely: post'],
  ['before the ordinance, a question: ring', '2020-05-24', { signature: 'no', caseKind: 'question' }, [], 'call: '],
]
for (const [title, day, facts, means, expected] of cases) {
  test(`advice: ${title}`, () => {
    const given = adviceOn(day, facts, means)
    assert.equal(`${given.code}: ${given.ways.map((way) => way.channel).join(' ')}`, expected)
    if (given.code === 'call') assert.equal(given.next[0]?.phone, '+48655298170')
    for (const language of ['pl', 'en', 'uk'] as const) {
      const t = words(language)
      for (const way of given.ways) assert.ok(waySentence(t, way).length > 0)
      for (const reason of given.reasons) assert.ok(reasonSentence(t, reason).length > 0)
    }
  })
}

function saysSigned(signature: YesNoUnknown): boolean {
  const given = adviceOn('2020-05-25', { signature, caseKind: 'kpa' }, [])
  return given.ways.some((way) => /podpisan/i.test(waySentence(words('pl'), way)))
}

test('what is sent or left is said to be signed only where the matter needs a signature', () => {
  assert.deepEqual([saysSigned('yes'), saysSigned('no')], [true, false])
})

test('advice says by which source it knows whether one must come and sign', () => {
  const given = advise(
    book,
    lesznoDirectory((file) => ({
      ...file,
      services: file.services.map((each) =>
        each.id === matter ? { ...each, presence: { value: 'yes', source: 'https://example.pl' } } : each,
      ),
    })),
    matter,
    new Set(),
    noon('2020-05-25'),
  )
  assert.deepEqual(given?.sources.presence, { value: 'yes', source: 'https://example.pl' })
  assert.equal(given.sources.signature.value, lesznoDirectory().services.get(matter)?.signature.value)
})

test('the address of e-Doręczenia no source gives is said to be unknown, with the number to ask', () => {
  const way = adviceOn('2026-01-02', {}, all).ways[0]
  assert.deepEqual([way?.address, way?.call?.phone], [null, '+48655298100'])
})

test('a letter has its address as on an envelope, with the department that handles the matter', () => {
  const post = adviceOn('2026-06-01', {}, []).ways.find((way) => way.channel === 'post')
  assert.deepEqual(post?.lines, ['Urząd Miasta Leszna', 'Wydział Spraw Obywatelskich', 'ul. Kazimierza Karasia 15', '64-100 Leszno'])
})

test('an e-mail goes to the unit, else to the office, and the way says which', () => {
  const question = { signature: 'no', caseKind: 'question' } as const
  const own = lesznoDirectory((file) => ({
    ...file,
    units: file.units.map((unit) => (unit.id === 'wydzial-spraw-obywatelskich' ? { ...unit, email: 'wso@example.pl' } : unit)),
    services: file.services.map((each) =>
      each.id === matter
        ? {
            ...each,
            signature: { value: 'no', source: null },
            caseKind: { value: 'question', source: null },
            presence: { value: 'no', source: null },
          }
        : each,
    ),
  }))
  const ofOffice = adviceOn('2026-06-01', question, []).ways.find((way) => way.channel === 'email')
  const ofUnit = adviceOn('2026-06-01', question, [], () => own).ways.find((way) => way.channel === 'email')
  assert.deepEqual([ofOffice?.address, ofOffice?.ofOffice], ['um@leszno.pl', true])
  assert.deepEqual([ofUnit?.address, ofUnit?.ofOffice], ['wso@example.pl', false])
})

const recognises = (office: Directory): Directory => ({ ...office, office: { ...office.office, epuapRecognised: true } })

test('an office that recognises ePUAP takes it after 2025, and says that this is its own setting', () => {
  const given = adviceOn('2026-01-02', {}, electronic, recognises)
  assert.deepEqual(
    given.ways.map((way) => way.channel),
    ['epuap', 'post', 'drop-off'],
  )
  assert.deepEqual(given.ways[0]?.basis.at(-1), { kind: 'setting', setting: 'epuap-recognised' })
  assert.ok(!given.reasons.some((reason) => reason.code === 'channel-withdrawn' && reason.channel === 'epuap'))
  assert.deepEqual(adviceOn('2025-06-02', {}, electronic, recognises).ways, adviceOn('2025-06-02', {}, electronic).ways)
})

const questions: readonly [title: string, day: string, facts: Partial<Facts>, expected: string][] = [
  ['2020, signature: ePUAP and one of two signatures', '2020-06-01', {}, 'epuap-account; trusted-profile, qualified-certificate'],
  ['2020, no signature: nothing', '2020-06-01', { signature: 'no', caseKind: 'question' }, ''],
  [
    '2025, signature: both ways, so signatures are told apart',
    '2025-06-02',
    {},
    'epuap-account; trusted-profile, qualified-certificate; personal-signature; e-delivery',
  ],
  ['2026, KPA: e-Doręczenia and any signature', '2026-06-01', {}, 'trusted-profile, qualified-certificate, personal-signature; e-delivery'],
  ['2026, no signature: e-Doręczenia alone', '2026-06-01', { signature: 'no', caseKind: 'question' }, 'e-delivery'],
  ['presence required: nothing', '2026-06-01', { presence: 'yes' }, ''],
  ['presence unknown: nothing', '2026-06-01', { presence: 'unknown' }, ''],
  ['signature unknown: nothing', '2020-06-01', { signature: 'unknown' }, ''],
]
for (const [title, day, facts, expected] of questions)
  test(`asked: ${title}`, () => {
    assert.equal(
      adviceOn(day, facts, [])
        .questions.map((each) => each.join(', '))
        .join('; '),
      expected,
    )
  })

test('the Secretary is told that the ordinance recommends what the law no longer recognises', () => {
  const kinds = (day: string): string[] => concerns(book, noon(day)).map((each) => each.kind)
  assert.ok(!kinds('2025-12-31').includes('channel-withdrawn'))
  assert.ok(
    concerns(book, noon('2026-01-01')).some(
      (each) => each.kind === 'channel-withdrawn' && each.basis.kind === 'provision' && each.basis.reference === '§ 2 pkt 1 lit. a',
    ),
  )
  assert.ok(kinds('2022-05-16').includes('lapsed-condition'))
  assert.ok(!kinds('2022-05-15').includes('lapsed-condition'))
  const grounds = (day: string) =>
    concerns(book, noon(day)).flatMap((each) => (each.kind === 'legal-basis-ended' ? [`${each.act} ${each.ground} ${each.since}`] : []))
  assert.deepEqual(grounds('2020-05-29'), [])
  assert.deepEqual(grounds('2020-05-30'), ['K/219/2020 Dz.U. 2020 poz. 878 2020-05-30'])
  const hanging = book.acts.map((act) => (act.id === 'K/219/2020' ? { ...act, conditionId: 'state-of-epidemic' } : act))
  const lapsed = (day: string) =>
    concerns({ ...book, acts: hanging }, noon(day)).some((each) => each.kind === 'act-lapsed' && each.act === 'K/219/2020')
  assert.ok(lapsed('2022-05-16') && !lapsed('2022-05-15'))
})

const anyDay = fc.integer({ min: 0, max: 3000 }).map((days) => Temporal.PlainDate.from('2020-01-01').add({ days }).toString())
const anyMeans = fc.subarray(all)
const anyFact = fc.constantFrom<YesNoUnknown>('yes', 'no', 'unknown')
const anyKind = fc.constantFrom<CaseKind>('kpa', 'tax', 'complaint', 'petition', 'information', 'question', 'unknown')

test('a matter that requires presence is never advised away', () => {
  fc.assert(
    fc.property(anyDay, anyMeans, anyFact, anyKind, (day, means, signature, caseKind) => {
      const given = adviceOn(day, { presence: 'yes', signature, caseKind }, means)
      assert.deepEqual([given.code, given.ways.length], ['come-in-person', 0])
    }),
  )
})

test('no general letter by ePUAP in matters of the code of procedure or of taxes from 2026 on, unless the office recognises it', () => {
  const from2026 = fc.integer({ min: 0, max: 2000 }).map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString())
  const ofLaw = fc.constantFrom<CaseKind>('kpa', 'tax')
  fc.assert(
    fc.property(from2026, anyMeans, anyFact, anyFact, ofLaw, (day, means, presence, signature, caseKind) => {
      const given = adviceOn(day, { presence, signature, caseKind }, means)
      assert.ok(given.ways.every((way) => way.channel !== 'epuap'))
    }),
  )
})

test('only what changes the advice is asked, and once', () => {
  fc.assert(
    fc.property(anyDay, anyFact, anyKind, (day, signature, caseKind) => {
      const waysWith = (means: readonly Means[]): string => {
        const { code, ways } = adviceOn(day, { signature, caseKind }, means)
        return `${code}: ${ways.map((way) => way.channel).join(' ')}`
      }
      const { questions: asked } = adviceOn(day, { signature, caseKind }, [])
      const told = asked.flat()
      assert.equal(new Set(told).size, told.length)
      for (const means of subsets(all)) {
        // What is not asked makes no difference, nor which of a question's means a person has.
        const answered = asked.flatMap((question) => (question.some((each) => means.includes(each)) ? question.slice(0, 1) : []))
        assert.equal(waysWith(means), waysWith(answered), `${day} ${means.join(' ')}`)
      }
      for (const question of asked) {
        const others = subsets(asked.filter((each) => each !== question).map(([first]) => first as Means))
        assert.ok(
          others.some((means) => waysWith(means) !== waysWith([...means, question[0] as Means])),
          `${day}: ${question.join(', ')} changes nothing`,
        )
      }
    }),
    { numRuns: 60 },
  )
})

function subsets(means: readonly Means[]): Means[][] {
  return means.reduce<Means[][]>((found, each) => [...found, ...found.map((some) => [...some, each])], [[]])
}

test('advice always leaves the visit open, and never guesses what is unknown', () => {
  fc.assert(
    fc.property(anyDay, anyMeans, anyFact, anyFact, anyKind, (day, means, presence, signature, caseKind) => {
      const given = adviceOn(day, { presence, signature, caseKind }, means)
      assert.ok(given.next.length > 0)
      if (presence === 'unknown' || (presence === 'no' && signature === 'unknown')) assert.equal(given.code, 'call')
      for (const way of given.ways) assert.ok(way.basis.length > 0, 'every way has its ground')
    }),
  )
})

test('with more means no way is lost but the one meant for those who lack them', () => {
  fc.assert(
    fc.property(anyDay, anyMeans, anyMeans, anyKind, (day, some, more, caseKind) => {
      const fewer = adviceOn(day, { caseKind }, some)
      const others = new Set(adviceOn(day, { caseKind }, [...some, ...more]).ways.map((way) => way.channel))
      for (const way of fewer.ways) assert.ok(way.channel === 'post' || others.has(way.channel), way.channel)
    }),
  )
})

test('advice and requests never refuse: decisions are the same without them', () => {
  const without = lesznoRules((acts) => ({
    ...acts,
    acts: acts.acts.map((act) => ({
      ...act,
      // An act left without any rule is not one whose rules are unknown.
      textHeld: act.id !== 'K/192/2020',
      provisions: act.provisions.filter((each) => !['request', 'remote-channel', 'safety', 'safety-exemption'].includes(each.kind)),
    })),
  }))
  const office = lesznoDirectory()
  const services = [...office.services.keys()]
  fc.assert(
    fc.property(
      anyDay,
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom(...services),
      fc.integer({ min: -20, max: 20 }),
      (day, minute, serviceId, ahead) => {
        const now = instantOf(Temporal.PlainDate.from(day), minute)
        const start = instantOf(Temporal.PlainDate.from(day).add({ days: ahead }), 9 * 60)
        const buildingId = office.services.get(serviceId)?.buildingId ?? ''
        const booking = { serviceId, channel: 'phone' as const, start, now, clerk: true }
        const entry = { buildingId, purpose: 'visit' as const, at: now, visit: { state: 'booked', serviceId, buildingId, startsAt: start } }
        assert.equal(mayBook(book, office, booking).code, mayBook(without, office, booking).code)
        assert.equal(mayEnter(book, office, entry).code, mayEnter(without, office, entry).code)
      },
    ),
  )
})
