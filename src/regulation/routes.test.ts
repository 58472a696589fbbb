import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { advise, hours, importActs, regulationRoutes, ruleBook } from './index.js'

const { context, directory } = await testLeszno()
const app = await testApp(context, regulationRoutes)
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
interface Rule {
  readonly id: string
  readonly until: string | null
  readonly assumed: readonly string[]
  readonly act: string | null
  readonly paragraph: string | null
  readonly setting: string | null
  readonly kind: string
  readonly sentence: string
  readonly parameters: Record<string, unknown>
}
const rulesOn = async (query: string): Promise<Rule[]> => (await get(`/api/v1/rules?${query}`)).json()

const obligations = async (at: string): Promise<number> => (await rulesOn(`at=${at}`)).filter((rule) => rule.kind === 'safety').length

test('the rule book comes back from the database as it was imported', async () => {
  const book = await ruleBook(context)
  const open = hours(book, directory, 'usc', Temporal.PlainDate.from('2020-05-25'))
  assert.deepEqual(open.intervals, [{ from: 450, to: 930 }])
  assert.equal(book.acts.find((act) => act.id === 'K/219/2020')?.from?.toString(), '2020-05-25')
  assert.ok(advise(book, directory, 'dowody-osobiste', new Set(), context.clock.now()))
})

test('an import is repeatable, keeps the moment of first entry, and a wrong file changes nothing', async () => {
  const before = await ruleBook(context)
  const { lesznoActs } = await import('../../tests/support/rules.js')
  assert.deepEqual(await importActs(context.database, lesznoActs(), context.clock.now().add({ hours: 24 })), [])
  context.changes.publish('regulation')
  const after = await ruleBook(context)
  assert.notEqual(after, before)
  assert.equal(after.provisions.length, before.provisions.length)
  assert.deepEqual(
    after.acts.map((act) => act.enteredAt.toString()),
    before.acts.map((act) => act.enteredAt.toString()),
  )
  const errors = await importActs(context.database, { acts: [{ id: 'X' }] }, context.clock.now())
  assert.ok(errors.length > 0 && errors.every((error) => error.field.startsWith('/acts/0')))
  const unknown = {
    acts: [
      {
        id: 'X',
        number: 'X',
        title: 't',
        issuer: 'i',
        rank: 'ordinance',
        provisions: [{ id: 'a', reference: '§ 1', kind: 'admission', parameters: { mode: 'suspended' }, scope: { unit: ['nowhere'] } }],
      },
    ],
  }
  assert.deepEqual(
    (await importActs(context.database, unknown, context.clock.now())).map((error) => error.field),
    ['/acts/0/provisions/0/scope/unit/0'],
  )
})

test('rules at a moment: each with act, paragraph and a sentence', async () => {
  const rules = await rulesOn('at=2020-05-25')
  const own = rules.filter((rule) => rule.act === 'K/219/2020')
  assert.equal(own.length, 26)
  assert.ok(own.every((rule) => rule.paragraph?.startsWith('§ ')))
  assert.ok(own.some((rule) => rule.paragraph === '§ 4' && rule.sentence === 'Poniedziałek: godziny pracy 7:30–15:30.'))
  assert.ok(rules.some((rule) => rule.setting === 'weekly-hours' && rule.act === null))
  assert.ok((await rulesOn('at=2020-05-25T08:00:00+02:00')).length === rules.length)
  assert.ok((await rulesOn('at=2020-05-25T08:00:00%2B02:00')).length === rules.length)
  assert.ok((await rulesOn('')).length === rules.length)
})

test('what applied on 24 May 2020: the text of K/192/2020 is not held, and the answer says so', async () => {
  const notHeld = (await rulesOn('at=2020-05-24')).filter((rule) => rule.kind === 'text-not-held')
  assert.deepEqual(
    notHeld.map((rule) => [rule.act, rule.paragraph]),
    [['K/192/2020', null]],
  )
  assert.match(notHeld[0]?.sentence ?? '', /nie ma w systemie/)
  assert.equal((await rulesOn('at=2020-05-25')).filter((rule) => rule.kind === 'text-not-held').length, 0)
})

test('safety in 2020 and none in 2023, by the API', async () => {
  assert.deepEqual(
    [await obligations('2020-05-25'), await obligations('2022-05-15'), await obligations('2022-05-16'), await obligations('2023-05-25')],
    [6, 6, 0, 0],
  )
})

test('what was known before the acts were entered: no act', async () => {
  assert.deepEqual(
    (await rulesOn('at=2020-05-25&known=2020-05-24')).filter((rule) => rule.act !== null),
    [],
  )
  assert.ok((await rulesOn('at=2020-05-25&known=2020-05-25')).some((rule) => rule.act === 'K/219/2020'))
})

const badQueries = [
  'at=yesterday',
  'at=2020-02-30',
  'at=2020-13-01',
  'at=',
  'known=x',
  'at=99999-01-01',
  'at=2020-05-25T25:00Z',
  'at=2020-05-25T10:00',
  'at=2020-05-25T10:00:00%2B99:00',
  `at=${'9'.repeat(300)}`,
  'at=a&at=b',
]
for (const query of badQueries) {
  test(`a moment that is none is the asker's error: ${query.slice(0, 40)}`, async () => {
    const answer = await get(`/api/v1/rules?${query}`)
    assert.equal(answer.statusCode, 422)
    assert.equal(answer.json().code, 'invalid-input')
  })
}

test('advice by the API, with the number to ring where a fact is unknown', async () => {
  const unsettled = [...directory.services.values()].find((service) => service.presence.value === 'unknown')
  assert.ok(unsettled)
  const advice = (await get(`/api/v1/advice?service=${unsettled.id}&means=epuap-account,trusted-profile&at=2020-05-25`)).json()
  assert.equal(advice.code, 'call')
  assert.match(advice.next[0].phone, /^\+48\d{9}$/)
  const presence = (await get('/api/v1/advice?service=usc-zaswiadczenie-do-malzenstwa')).json()
  assert.deepEqual(
    [presence.code, presence.ways, presence.payment.accounts[0].account],
    ['come-in-person', [], '26102030880000830200057513'],
  )
  const english = (await get('/api/v1/advice?service=usc-zaswiadczenie-do-malzenstwa&lang=en')).json()
  assert.match(english.sentence, /in person/)
  assert.equal((await get('/api/v1/advice?service=dowody-osobiste&means=')).statusCode, 200)
})

test('advice on wrong questions is a clear error', async () => {
  assert.equal((await get('/api/v1/advice')).statusCode, 422)
  assert.equal((await get('/api/v1/advice?service=dowody-osobiste&means=fax')).statusCode, 422)
  assert.equal((await get('/api/v1/advice?service=dowody-osobiste&at=never')).statusCode, 422)
  const unknown = await get('/api/v1/advice?service=paszport')
  assert.deepEqual([unknown.statusCode, unknown.json().code], [404, 'unknown-service'])
  const elsewhere = await app.inject('/api/v1/advice?service=paszporty')
  assert.deepEqual([elsewhere.statusCode, elsewhere.json().code], [404, 'not-handled-here'])
  assert.equal(elsewhere.json().next[0].href, '/sprawy/paszporty')
  assert.match(elsewhere.json().title, /Wielkopolski Urząd Wojewódzki/)
})

const pages = [
  '/zasady',
  '/zasady?dzien=2020-05-24',
  '/zasady?dzien=25.05.2020',
  '/zasady?dzien=2026-01-02&lang=uk',
  '/zasady?dzien=2023-05-25&lang=en',
  '/zasady?dzien=32.13.2020',
]
for (const page of pages) {
  test(`the page ${page} is valid HTML`, async () => {
    const answer = await get(page)
    assert.equal(answer.statusCode, page.includes('32.13') ? 422 : 200)
    await assertValidPage(answer.body)
  })
}

test('the page says hours, paragraphs and what is not known, with the days around', async () => {
  const monday = (await get('/zasady?dzien=2020-05-25')).body
  assert.match(monday, /poniedziałek 25 maja 2020/)
  assert.match(monday, /7:30–15:30/)
  assert.match(monday, /§ 4 zarządzenia nr K\/219\/2020/)
  assert.match(monday, /dzien=2020-05-24/)
  assert.match(monday, /dzien=2020-05-26/)
  assert.match((await get('/zasady?dzien=2020-05-24')).body, /K\/192\/2020 \(w sprawie ograniczenia wykonywania zadań/)
})

test('what is assumed is said of the rule it concerns, and of no other', async () => {
  const assumed = (await rulesOn('at=2020-05-25')).filter((rule) => rule.act === 'K/219/2020' && rule.assumed.length > 0)
  assert.deepEqual(
    assumed.map((rule) => rule.id),
    ['K/219/2020#monday-hours'],
  )
  const page = (await get('/zasady?dzien=2020-05-25')).body
  assert.equal(page.split('ostatni dzień godzin z § 4 nieznany').length, 2)
})

test('an act that is repealed shows its last day and by what, in the API and on the page', async () => {
  const notHeld = (await rulesOn('at=2020-05-20')).find((rule) => rule.kind === 'text-not-held')
  assert.deepEqual([notHeld?.act, notHeld?.until], ['K/192/2020', '2020-05-24'])
  const page = (await get('/zasady?dzien=2020-05-20')).body
  assert.match(page, /od 22 kwietnia 2020, do 24 maja 2020 \(uchyla go § 6 zarządzenia nr K\/219\/2020\)/)
})

test('an act that hangs on the state of epidemic ends with it', async () => {
  const page = (await get('/zasady?dzien=2020-05-26')).body
  assert.match(page, /do 29 maja 2020 \(dopóki trwa stan epidemii\)/)
  assert.doesNotMatch(page, /do odwołania/)
})

test('§§ 4–8: what the act repeals and upholds, on what it rests, where it is published, who carries it out', async () => {
  const page = (await get('/zasady?dzien=2020-05-25')).body
  for (const said of [
    /od 25 maja 2020/,
    /Traci moc: K\/192\/2020 \(§ 6\)/,
    /Utrzymuje w mocy: K\/187\/2020 \(§ 4\)/,
    /Podstawa prawna: art\. 33 ust\. 3/,
    /Ogłoszenie: Biuletyn Informacji Publicznej/,
    /Wykonanie zarządzenia: Sekretarz Miasta/,
    /podjęcia działań profilaktycznych, mających na celu ochronę życia i zdrowia pracowników/,
  ])
    assert.match(page, said)
})

test('units that keep the same hours stand together: the most of them as the others, a section with its department', async () => {
  const tuesday = (await get('/zasady?dzien=2020-05-26')).body
  assert.match(tuesday, /pozostałe wydziały i biura/)
  assert.match(tuesday, /Wydział Spraw Obywatelskich – /)
  assert.match((await get('/zasady?dzien=2020-05-25')).body, /wszystkie wydziały i biura/)
  assert.match((await get('/zasady?dzien=2020-06-07')).body, /<strong>niedziela<\/strong>/)
})

test('the day is shown in the form in which it is asked for', async () => {
  for (const day of ['2020-05-24', '24.05.2020']) assert.match((await get(`/zasady?dzien=${day}`)).body, /value="24\.05\.2020"/)
  assert.match((await get('/zasady?dzien=jutro')).body, /value="jutro"/)
})

test('the secretary sees rules that contradict each other or lost their ground; a citizen and a guard do not', async () => {
  const secretary = (await signedIn(context, 'secretary')).headers
  const guard = (await signedIn(context, 'guard')).headers
  const { body: page } = await get('/zasady?dzien=2026-01-02', secretary)
  await assertValidPage(page)
  assert.match(page, /Na co zwrócić uwagę/)
  assert.match(page, /§ 2 pkt 1 lit\. a zarządzenia nr K\/219\/2020: zaleca sposób/)
  assert.match(page, /§ 3 ust\. 1 pkt 2 zarządzenia nr K\/219\/2020: nie działa od 16 maja 2022, bo ustał stan epidemii/)
  for (const other of [{}, guard]) assert.doesNotMatch((await get('/zasady?dzien=2026-01-02', other)).body, /Na co zwrócić uwagę/)
})

test('advice by the API says what the office file knows of the matter, and by which source', async () => {
  const { sources } = (await get('/api/v1/advice?service=usc-zaswiadczenie-do-malzenstwa')).json()
  assert.equal(sources.presence.value, 'yes')
  assert.match(sources.presence.source, /^http/)
})
