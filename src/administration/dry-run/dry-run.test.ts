/**
 * A draft seen before it is law: the days, the visits it would touch, and what does not fit. The small
 * office on 25 May 2020, a Monday.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { smallActs, smallOffice } from '../../../tests/support/small-office.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { instantOf } from '../../platform/clock.js'
import { freeStarts } from '../../booking/index.js'
import { answer, enter, recordRefusal } from '../../entrance/index.js'
import { officeDate } from '../../calendar/index.js'
import { directory } from '../../directory/index.js'
import { bookFrom, ruleBook, type ActsDocument, type Law } from '../../regulation/index.js'
import { findings } from './findings.js'
import { withDraft } from './law.js'
import type { DryRun, World } from './model.js'
import { dryRunOfActs } from './read.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-05-25T05:20:00Z') })
const { context, clock } = office
await smallOffice(office)
const monday = Temporal.PlainDate.from('2020-06-08')
const at = (time: string, day = monday): Temporal.Instant =>
  instantOf(day, Temporal.PlainTime.from(time).since(Temporal.PlainTime.from('00:00')).total('minutes'))

type DraftAct = ActsDocument['acts'][number]
const draft = (provisions: DraftAct['provisions'], change: Partial<DraftAct> = {}): Law =>
  bookFrom(
    {
      acts: [
        {
          id: 'P/2/2020',
          number: 'P/2/2020',
          title: 'w sprawie zmiany',
          issuer: 'Burmistrz',
          rank: 'ordinance',
          from: '2020-06-01',
          provisions,
          ...change,
        },
      ],
    },
    clock.now(),
  )
const shortMondays = {
  id: 'mondays',
  reference: '§ 1',
  kind: 'hours',
  parameters: { intervals: [{ from: '07:30', to: '13:00' }] },
  scope: { weekday: [1] },
}
const run = (law: Law): Promise<DryRun> => dryRunOfActs(context, law, clock.now())
const touchedOf = ({ touched }: DryRun) =>
  touched.map(({ visit, code }) => `${visit.startsAt.toZonedDateTimeISO('Europe/Warsaw').toPlainTime().toString().slice(0, 5)} ${code}`)

test('Mondays that end at 13:00 touch the visits that end later, each by its paragraph, and nothing else', async () => {
  for (const time of ['08:00', '12:45', '12:50', '13:00', '15:15']) await bookedVisit(office, { serviceId: 'short', start: at(time) })
  await bookedVisit(office, { serviceId: 'short', start: at('14:00', monday.subtract({ days: 3 })) })
  const found = await run(draft([shortMondays]))
  assert.deepEqual([found.from.toString(), found.to.toString()], ['2020-06-01', '2020-06-15'])
  assert.deepEqual(touchedOf(found), ['12:50 outside-hours', '13:00 outside-hours', '15:15 outside-hours'])
  assert.deepEqual(found.touched[0]?.basis, [{ kind: 'provision', act: 'P/2/2020', reference: '§ 1', provision: 'P/2/2020#mondays' }])
  assert.deepEqual(
    found.days.map(({ day, before, after }) => [day.toString(), before.intervals[0]?.to, after.intervals[0]?.to]),
    [
      ['2020-06-01', 930, 780],
      ['2020-06-08', 930, 780],
      ['2020-06-15', 930, 780],
    ],
  )
  // Each of the four desks loses the starts of the shortest matter from 12:50 to 15:15, on a grid of five minutes.
  const [first] = found.days
  assert.equal((first?.before.starts ?? 0) - (first?.after.starts ?? 0), 4 * 30)
  assert.deepEqual(
    found.findings.map(({ code }) => code),
    ['unit-without-email'],
  )
})

test('a draft changes nothing: free starts, the book in force and the visits are as they were', async () => {
  const ask = (): Promise<unknown> => freeStarts(context, { serviceId: 'short', from: monday, to: monday, now: clock.now() })
  const before = [JSON.stringify(await ask()), await ruleBook(context)]
  await run(draft([shortMondays]))
  assert.deepEqual(JSON.stringify(await ask()), before[0])
  assert.equal(await ruleBook(context), before[1])
})

test('service that is suspended touches every visit until it ends', async () => {
  const found = await run(
    draft([{ id: 'suspended', reference: '§ 4', kind: 'admission', parameters: { mode: 'suspended' } }], { until: '2020-06-09' }),
  )
  assert.equal(found.to.toString(), '2020-06-09')
  assert.deepEqual(new Set(found.touched.map(({ code }) => code)), new Set(['admission-suspended']))
  assert.equal(found.touched.length, 6)
})

test('a rule that another always overrules is named with the one that wins, and one without a day too', async () => {
  const found = await run(
    draft([
      shortMondays,
      {
        ...shortMondays,
        id: 'mondays-again',
        reference: '§ 2',
        parameters: { intervals: [{ from: '08:00', to: '12:00' }] },
        scope: { weekday: [1], unit: ['unit'] },
      },
      { ...shortMondays, id: 'long-ago', reference: '§ 3', scope: { dates: { from: '2019-01-01', until: '2019-01-31' } } },
    ]),
  )
  const shadowed = found.findings.filter(({ code }) => code === 'shadowed' || code === 'never-applies')
  assert.deepEqual(
    shadowed.map(({ code, provision, basis }) => [
      code,
      provision,
      basis.map((each) => (each.kind === 'provision' ? each.reference : each.setting)),
    ]),
    [
      ['shadowed', 'P/2/2020#mondays', ['§ 2']],
      ['never-applies', 'P/2/2020#long-ago', []],
    ],
  )
})

test('a matter for two persons where the law gives each one desk, in rooms that have one, is named', async () => {
  const known = await directory(context)
  const alone: World['directory'] = {
    ...known,
    desksOf: (id) => known.desksOf(id).filter(({ roomId }) => roomId === 'hall/2'),
  }
  const boards = [{ date: officeDate(monday) }] as unknown as World['boards']
  const world = { book: bookFrom(smallActs, clock.now()), directory: alone, boards }
  const free = { ...world, book: bookFrom({ acts: [] }, clock.now()) }
  assert.deepEqual(
    findings(free, world, draft([])).filter(({ code }) => code === 'room-too-small'),
    [
      {
        code: 'room-too-small',
        serviceId: 'two',
        values: { persons: 2, desks: 1 },
        basis: [{ kind: 'provision', act: 'P/1/2020', reference: '§ 3', provision: 'P/1/2020#one-per-desk' }],
      },
    ],
  )
  // It was so before: a draft is not told what it does not change.
  assert.ok(!findings(world, world, draft([])).some(({ code }) => code === 'room-too-small'))
})

test('a matter with no way left, a way a statute takes away, and a condition that ends are named', async () => {
  const known = await directory(context)
  const [id, service] = [...known.services][0] ?? []
  assert.ok(id !== undefined && service !== undefined)
  const presence = { ...service, presence: { value: 'yes', source: null } } as const
  const must: World['directory'] = { ...known, services: new Map([...known.services, [id, presence]]) }
  const statute: DraftAct = {
    id: 'statute',
    number: 'Dz.U. 2020 poz. 1',
    title: 'o doręczeniach',
    issuer: 'Sejm',
    rank: 'statute',
    from: '2020-06-09',
    provisions: [
      {
        id: 'no-epuap',
        reference: 'art. 1',
        kind: 'remote-channel',
        parameters: { channel: 'epuap', signature: 'any', needs: [], withdrawn: true },
      },
    ],
  }
  const conditions = [{ id: 'epidemic', title: 'stan epidemii', from: '2020-03-20', until: '2020-06-09' }]
  const own = draft(
    [
      { id: 'suspended', reference: '§ 1', kind: 'admission', parameters: { mode: 'suspended' } },
      { id: 'epuap', reference: '§ 2', kind: 'remote-channel', parameters: { channel: 'epuap', signature: 'any', needs: [] } },
    ],
    { condition: 'epidemic' },
  )
  const days = ['2020-06-08', '2020-06-09', '2020-06-10'].map((day) => ({ date: officeDate(Temporal.PlainDate.from(day)) }))
  const book = bookFrom({ conditions, acts: [...smallActs.acts, statute] }, clock.now())
  const world = { book, directory: must, boards: days.slice(0, 2) as unknown as World['boards'] }
  const said = (boards: typeof days): string[] =>
    findings(world, { ...world, book: withDraft(book, own), boards: boards as unknown as World['boards'] }, own)
      .filter(({ code }) => code !== 'unit-without-email')
      .map(({ code, serviceId = '', provision = '', basis }) =>
        [code, serviceId, provision, ...basis.map((each) => (each.kind === 'provision' ? each.reference : each.setting))]
          .filter((each) => each !== '')
          .join(' '),
      )
  assert.deepEqual(said(days.slice(0, 2)), [`no-way-left ${id} § 1`, 'statute-conflict P/2/2020#epuap art. 1'])
  // On the tenth the condition is over, and the draft with it: the matter is booked again.
  assert.deepEqual(said(days), ['statute-conflict P/2/2020#epuap art. 1', 'condition-ended'])
  assert.deepEqual(said(days.slice(0, 1)), [`no-way-left ${id} § 1`])
})

test('of a draft with the number of an act in force the draft stands', async () => {
  const book = await ruleBook(context)
  const then = withDraft(book, draft([shortMondays], { id: 'P/1/2020' }))
  assert.deepEqual(
    then.provisions.map(({ id }) => id),
    ['P/1/2020#mondays'],
  )
  assert.equal(book.provisions.length, 3)
})

test('an act entered after its first day shows what was answered since: at the door, and to visits that took place', async () => {
  const guard = (await signedIn(context, 'guard')).accountId
  const visit = await bookedVisit(office, { serviceId: 'short', start: at('14:00', Temporal.PlainDate.from('2020-06-01')) })
  const morning = await bookedVisit(office, { serviceId: 'short', start: at('09:00', Temporal.PlainDate.from('2020-06-01')) })
  const before = await run(draft([shortMondays]))
  assert.equal(before.meanwhile, null)
  for (const [each, time] of [
    [morning, '08:55'],
    [visit, '13:55'],
  ] as const) {
    clock.moveTo(at(time, Temporal.PlainDate.from('2020-06-01')))
    const entered = await enter(context, { buildingId: each.buildingId, code: each.reference, accountId: guard, now: clock.now() })
    assert.equal(entered.decision.code, 'come-in')
  }
  const asked = { buildingId: visit.buildingId, purpose: 'visit', code: null, at: clock.now() } as const
  await recordRefusal(context, { answer: await answer(context, asked), accountId: guard })
  clock.moveTo(at('08:00', Temporal.PlainDate.from('2020-06-02')))
  const { meanwhile } = await run(draft([shortMondays]))
  assert.equal(meanwhile?.from.toString(), '2020-06-01')
  assert.deepEqual(meanwhile.answers, [
    { said: 'come-in', would: 'building-closed', count: 1 },
    { said: 'no-booking', would: 'building-closed', count: 1 },
  ])
  assert.deepEqual(meanwhile.visits, [{ code: 'outside-hours', count: 1 }])
})
