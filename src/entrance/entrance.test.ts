/**
 * The door, through the real actions: every answer it can give, what letting in writes, and races of
 * two guards with one pass. Wałowa 5 and Karasia 15, Tuesday 26 May 2020.
 */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { staffDesks } from '../../tests/support/waiting.js'
import { cancel } from '../booking/index.js'
import { callNext } from '../queue/index.js'
import { findVisit, signedPassText, type Visit } from '../visit/index.js'
import { answer, enter, leave, recordRefusal, undoEntry } from './actions.js'
import { dropOff, notClient } from './admissions.js'
import { doorEntries, doorView, searchBySurname } from './inside.js'
import { recentEntriesMax, type Entry } from './model.js'
import { answerOfEntry } from './once.js'

const office = await testLeszno({
  at: Temporal.Instant.from('2020-05-25T05:30:00Z'),
  // Starts every five minutes: each test has a time of its own.
  change: (file) => file.services.forEach((service: { stepMinutes: number }) => (service.stepMinutes = 5)),
})
const { context, clock } = office
const { pool } = context.database
const here = 'walowa-5'
const serviceId = 'rejestracja-pojazdow'
const at = (time: string, day = '2020-05-26'): Temporal.Instant => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
let accountId = 0
let visits = 0

before(async () => {
  accountId = (await signedIn(context, 'guard', { buildingId: here })).accountId
})

/** A visit on Tuesday; each at a time of its own, so that tests do not meet. */
async function visitAt(time: string, name = 'Jan Próbny'): Promise<Visit> {
  visits += 1
  return bookedVisit(office, { serviceId, start: at(time), person: { name, email: `door${visits}@example.pl`, phone: null } })
}

const code = async (visit: Visit | string, now: Temporal.Instant, buildingId = here): Promise<string> =>
  (await answer(context, { buildingId, purpose: 'visit', code: typeof visit === 'string' ? visit : visit.reference, at: now })).decision
    .code

test('the door answers each case by its code', async () => {
  const visit = await visitAt('10:00')
  const cancelled = await visitAt('10:00')
  await cancel(context, { reference: cancelled.reference, actor: 'citizen', reason: 'illness' })
  const signed = signedPassText(context, visit, office.directory.office.settings)
  const cases: readonly (readonly [string, string, Temporal.Instant, string])[] = [
    ['from a quarter of an hour before', visit.reference, at('09:45'), 'come-in'],
    ['a minute earlier', visit.reference, at('09:44'), 'too-early'],
    ['at the minute', visit.reference, at('10:00'), 'come-in'],
    ['ten minutes late', visit.reference, at('10:10'), 'come-in-late'],
    ['eleven minutes late', visit.reference, at('10:11'), 'too-late'],
    ['the day before', visit.reference, at('10:00', '2020-05-25'), 'another-day'],
    ['the day after', visit.reference, at('10:00', '2020-05-27'), 'another-day'],
    ['after hours', visit.reference, at('20:00'), 'building-closed'],
    ['cancelled', cancelled.reference, at('10:00'), 'cancelled'],
    ['a code nobody has', 'ABCD2345', at('10:00'), 'unknown'],
    ['text that is no code', '!!!', at('10:00'), 'unknown'],
    ['the pass of the visit', context.secrets.passToken(visit.id), at('10:00'), 'come-in'],
    ['its address', `https://wizyty.example.pl/q/${context.secrets.passToken(visit.id)}`, at('10:00'), 'come-in'],
    ['the signed text of its QR code', signed, at('10:00'), 'come-in'],
    ['the same from a scanner that sends small letters', signed.toLowerCase(), at('10:00'), 'come-in'],
    ['a signed text of a visit that is nobody’s', signed.replace(/[A-Z2-7]{148}$/, 'B'.repeat(148)), at('10:00'), 'unknown'],
    [
      'the reference in small letters with a space',
      `${visit.reference.slice(0, 4)} ${visit.reference.slice(4)}`.toLowerCase(),
      at('10:00'),
      'come-in',
    ],
    ['a pass made elsewhere', 'A'.repeat(22), at('10:00'), 'unknown'],
  ]
  for (const [what, name, now, expected] of cases) assert.equal(await code(name, now), expected, what)
  assert.equal(await code(visit, at('10:00'), 'karasia-15'), 'wrong-building')
  await pool.query(`update visit set state = 'pending' where id = $1`, [visit.id])
  assert.equal(await code(visit, at('10:00')), 'not-confirmed')
  await pool.query(`update visit set state = 'booked' where id = $1`, [visit.id])
  const nobody = await answer(context, { buildingId: here, purpose: 'visit', code: null, at: at('10:00') })
  assert.equal(nobody.decision.code, 'no-booking')
  assert.ok(nobody.decision.basis.some((each) => each.kind === 'provision' && each.reference === '§ 1 ust. 5'))
})

test('too early says from when, another building says where', async () => {
  const visit = await visitAt('10:30')
  const early = await answer(context, { buildingId: here, purpose: 'visit', code: visit.reference, at: at('09:00') })
  assert.ok(!early.decision.allowed)
  assert.equal(early.decision.values?.['time'], '10:15')
  assert.deepEqual(early.decision.basis, [{ kind: 'setting', setting: 'entry-early-minutes' }])
  const wrong = await answer(context, { buildingId: 'karasia-15', purpose: 'visit', code: visit.reference, at: at('10:30') })
  assert.ok(!wrong.decision.allowed)
  assert.match(String(wrong.decision.values?.['address']), /Wałowa 5/)
})

test('an answer writes nothing', async () => {
  const visit = await visitAt('11:00')
  await code(visit, at('11:00'))
  assert.equal((await findVisit(pool, visit.reference))?.state, 'booked')
  const { rows } = await pool.query('select 1 from entry where visit_id = $1', [visit.id])
  assert.equal(rows.length, 0)
})

test('letting in makes the visit arrived with a ticket; the same scan again is the same answer, later a warning, later a return', async () => {
  const visit = await visitAt('11:00')
  const scan = async (seconds: number) =>
    enter(context, { buildingId: here, code: visit.reference, accountId, now: at('10:55').add({ seconds }) })
  const first = await scan(0)
  assert.equal(first.decision.code, 'come-in')
  assert.equal(first.visit?.state, 'arrived')
  const letter = office.directory.services.get(serviceId)?.letter ?? ''
  assert.match(first.visit?.ticket ?? '', new RegExp(`^${letter}\\d{3}$`))
  const again = await scan(8)
  assert.deepEqual(
    [again.repeated, again.decision.code, again.entry?.id, again.visit?.ticket],
    [true, 'come-in', first.entry?.id, first.visit?.ticket],
  )
  const soon = await scan(40)
  assert.deepEqual([soon.decision.allowed, soon.decision.code, soon.visit?.ticket], [true, 'same-pass-again', first.visit?.ticket])
  const later = await scan(200)
  assert.deepEqual([later.decision.allowed, later.decision.code], [true, 'already-in'])
  const { rows } = await pool.query(
    `select kind, count(*) from event where visit_id = $1 and kind in ('entered', 'admitted') group by kind order by kind`,
    [visit.id],
  )
  assert.deepEqual(rows, [
    { kind: 'admitted', count: 2 },
    { kind: 'entered', count: 1 },
  ])
})

test('two guards scan one pass at once: one arrival, one ticket, the same answer for both', async () => {
  const visit = await visitAt('11:15')
  const scans = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      enter(context, { buildingId: here, code: visit.reference, accountId, now: at('11:10').add({ milliseconds: index }) }),
    ),
  )
  assert.equal(new Set(scans.map((each) => each.visit?.ticket)).size, 1)
  assert.equal(scans.filter((each) => !each.repeated).length, 1)
  const { rows } = await pool.query(
    `select count(*) filter (where kind = 'entered') as entered, (select count(*) from entry where visit_id = $1) as entries from event where visit_id = $1`,
    [visit.id],
  )
  assert.deepEqual(rows[0], { entered: 1, entries: 1 })
})

test('a refusal lets nobody in; an override does, with its reason beside the code of the answer', async () => {
  const visit = await visitAt('11:45')
  const refused = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('11:00') })
  assert.equal(refused.entry, null)
  assert.equal((await findVisit(pool, visit.reference))?.state, 'booked')
  const let_in = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('11:00'), override: 'weather' })
  assert.deepEqual([let_in.entry?.code, let_in.entry?.overrideReason, let_in.visit?.state], ['too-early', 'weather', 'arrived'])
  const { rows } = await pool.query(`select reason, details from event where visit_id = $1 and kind = 'entered'`, [visit.id])
  assert.equal(rows[0].reason, 'weather')
  assert.equal(rows[0].details.override, true)
  const stranger = await enter(context, { buildingId: here, code: 'ABCD2345', accountId, now: at('11:00'), override: 'clerk-confirmed' })
  assert.deepEqual([stranger.entry?.code, stranger.visit], ['unknown', null])
  const elsewhere = await enter(context, {
    buildingId: 'karasia-15',
    code: (await visitAt('12:00')).reference,
    accountId,
    now: at('11:55'),
    override: 'instruction',
  })
  assert.deepEqual([elsewhere.entry?.code, elsewhere.visit?.state, elsewhere.visit?.ticket], ['wrong-building', 'booked', null])
})

test('an entry can be undone; the ticket waits for the person; once called only the entry is taken back', async () => {
  const visit = await visitAt('12:15')
  const first = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('12:12') })
  const undo = { entryId: first.entry?.id ?? 0, buildingId: here, accountId, now: at('12:13') }
  const both = await Promise.all([undoEntry(context, undo), undoEntry(context, undo)])
  assert.ok(both.every((each) => 'undoneAt' in each))
  assert.equal((await findVisit(pool, visit.reference))?.state, 'booked')
  const { rows } = await pool.query(`select 1 from event where visit_id = $1 and kind = 'entry-undone'`, [visit.id])
  assert.equal(rows.length, 1)
  const second = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('12:14') })
  assert.deepEqual([second.decision.code, second.visit?.ticket], ['come-in', first.visit?.ticket])
  await pool.query(`update visit set state = 'called' where id = $1`, [visit.id])
  const late = await undoEntry(context, { entryId: second.entry?.id ?? 0, buildingId: here, accountId, now: at('12:15') })
  assert.ok('undoneAt' in late && late.undoneAt !== null && late.visitGoesOn)
  assert.equal((await findVisit(pool, visit.reference))?.state, 'called')
  const { rows: last } = await pool.query(`select kind, details from event where visit_id = $1 order by id desc limit 1`, [visit.id])
  assert.deepEqual([last[0].kind, last[0].details.visit], ['entry-undone', 'called'])
  const unknown = await undoEntry(context, { entryId: 987_654_321, buildingId: here, accountId, now: at('12:15') })
  assert.ok('allowed' in unknown && unknown.code === 'entry-unknown')
})

test('documents are left at Karasia 15 with a ticket and a receipt number, and at no other building', async () => {
  const given = await dropOff(context, { buildingId: 'karasia-15', accountId, now: at('09:00') })
  assert.equal(given.decision.code, 'drop-off')
  assert.deepEqual([given.visit?.kind, given.visit?.state, given.visit?.channel], ['drop-off', 'arrived', 'door'])
  assert.equal(given.visit?.receipt, '2020-05-26/001')
  assert.ok(given.visit?.ticket)
  for (const building of office.directory.buildings.keys()) {
    if (building === 'karasia-15') continue
    const refused = await dropOff(context, { buildingId: building, accountId, now: at('09:00') })
    assert.deepEqual([refused.decision.allowed, refused.decision.code, refused.entry], [false, 'drop-off-elsewhere', null], building)
  }
  assert.equal((await dropOff(context, { buildingId: 'karasia-15', accountId, now: at('20:00') })).decision.code, 'building-closed')
  const undo = { entryId: given.entry?.id ?? 0, accountId, now: at('09:01') }
  for (const act of [undoEntry, leave]) {
    const elsewhere = await act(context, { ...undo, buildingId: here })
    assert.ok('allowed' in elsewhere && elsewhere.code === 'entry-unknown', 'another door knows nothing of the entry')
  }
  const undone = await undoEntry(context, { ...undo, buildingId: 'karasia-15' })
  assert.ok('undoneAt' in undone)
  assert.equal((await findVisit(pool, given.visit?.reference ?? ''))?.state, 'cancelled')
})

test('papers are taken at a desk of the service office: the drop-off is called there like any other', async () => {
  const given = await dropOff(context, { buildingId: 'karasia-15', accountId, now: at('09:05') })
  const desk = 'karasia-15/biuro-obslugi/1'
  await staffDesks(context, [desk])
  const called = await callNext(context, { desk, actor: `account:${accountId}`, now: at('09:06') })
  assert.ok(called.allowed && called.visit !== null)
  assert.equal(called.visit.reference, given.visit?.reference)
  const late = await undoEntry(context, { entryId: given.entry?.id ?? 0, buildingId: 'karasia-15', accountId, now: at('09:07') })
  assert.ok('undoneAt' in late && late.visitGoesOn)
  assert.equal((await findVisit(pool, given.visit?.reference ?? ''))?.state, 'called')
})

test('a tap that comes twice with its key is one entry, at once or later', async () => {
  const key = crypto.randomUUID()
  const taps = await Promise.all(
    Array.from({ length: 6 }, () => dropOff(context, { buildingId: 'karasia-15', accountId, now: at('09:10'), key })),
  )
  assert.equal(new Set(taps.map((each) => each.visit?.receipt)).size, 1)
  assert.equal(taps.filter((each) => !each.repeated).length, 1)
  const other = await notClient(context, { buildingId: here, accountId, now: at('09:10'), key, purpose: 'staff' })
  assert.equal(other.decision.code, 'key-reused')
})

test('who is not a client comes in at any hour, and counts only in who is inside', async () => {
  const count = async (): Promise<number> =>
    (await doorView(context, 'poniatowskiego-11', at('20:00'))).inside.reduce((sum, each) => sum + each.count, 0)
  const earlier = await count()
  const entries = []
  for (const purpose of ['staff', 'delivery', 'emergency', 'official', 'companion', 'interpreter'] as const) {
    const given = await notClient(context, { buildingId: 'poniatowskiego-11', accountId, now: at('20:00'), purpose })
    assert.deepEqual([given.decision.code, given.decision.basis, given.visit], ['not-a-client', [], null])
    entries.push(given.entry?.id ?? 0)
  }
  assert.equal(await count(), earlier + 6)
  await leave(context, { entryId: entries[0] ?? 0, buildingId: 'poniatowskiego-11', accountId, now: at('20:05') })
  await undoEntry(context, { entryId: entries[1] ?? 0, buildingId: 'poniatowskiego-11', accountId, now: at('20:05') })
  assert.equal(await count(), earlier + 4)
})

test('whoever goes out and comes back with an open visit is let in without a warning and counts once', async () => {
  const visit = await visitAt('13:00')
  const first = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('12:50') })
  await leave(context, { entryId: first.entry?.id ?? 0, buildingId: here, accountId, now: at('12:50').add({ seconds: 20 }) })
  const back = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('12:50').add({ seconds: 40 }) })
  assert.deepEqual([back.decision.code, back.visit?.ticket], ['already-in', first.visit?.ticket])
  const clients = (await doorView(context, here, at('12:51'))).inside.find((each) => each.purpose === 'visit')
  const { rows } = await pool.query(
    `select count(distinct visit_id) from entry join visit on visit.id = visit_id where entry.building_id = $1 and visit.state = 'arrived' and undone_at is null and left_at is null`,
    [here],
  )
  assert.ok((clients?.count ?? 0) >= rows[0].count)
})

test('whoever was let in twice by one pass has gone out once; nobody inside is missing from the list', async () => {
  const clients = async (now: Temporal.Instant): Promise<number> =>
    (await doorView(context, here, now)).inside.find((each) => each.purpose === 'visit')?.count ?? 0
  const visit = await visitAt('13:30')
  const earlier = await clients(at('13:20'))
  const first = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('13:20') })
  const second = await enter(context, { buildingId: here, code: visit.reference, accountId, now: at('13:20').add({ seconds: 15 }) })
  assert.deepEqual([second.decision.code, second.decision.next.map((step) => step.kind)], ['same-pass-again', ['check-name']])
  const shown = await answerOfEntry(context, second.entry as Entry)
  assert.deepEqual([shown.decision, shown.passUsedAt?.toString()], [second.decision, at('13:20').toString()], 'read again it says the same')
  assert.equal(await clients(at('13:21')), earlier + 1)
  for (let tap = 0; tap < recentEntriesMax; tap += 1)
    await notClient(context, { buildingId: here, accountId, now: at('13:21'), purpose: 'staff' })
  const listed = await doorEntries(context, here, { now: at('13:22'), which: 'recent' })
  assert.ok(listed.more && listed.entries.some((entry) => entry.id === first.entry?.id))
  await leave(context, { entryId: second.entry?.id ?? 0, buildingId: here, accountId, now: at('13:22') })
  assert.equal(await clients(at('13:22')), earlier)
  const without = await doorEntries(context, here, { now: at('13:22'), which: 'recent' })
  assert.ok(!without.entries.some((entry) => entry.visitId === visit.id))
  const all = await doorEntries(context, here, { now: at('13:22'), which: 'all' })
  assert.ok(all.entries.some((entry) => entry.visitId === visit.id) && !all.more)
})

test('a refusal is history when the guard says so, once for one person at the door', async () => {
  const visit = await visitAt('13:15')
  const said = await answer(context, { buildingId: here, purpose: 'visit', code: visit.reference, at: at('12:00') })
  await recordRefusal(context, { answer: said, accountId })
  await recordRefusal(context, { answer: said, accountId })
  const { rows } = await pool.query(`select reason, building_id, actor from event where visit_id = $1 and kind = 'refused-entry'`, [
    visit.id,
  ])
  assert.deepEqual(rows, [{ reason: 'too-early', building_id: here, actor: `account:${accountId}` }])
})

test('the list shows the next half hour, and a surname finds today’s visits in every building', async () => {
  await visitAt('14:00', 'Łucja Żółta-Gęś')
  clock.moveTo(at('13:35'))
  const view = await doorView(context, here, clock.now())
  assert.ok(view.expected.some((each) => each.initials === 'Ł. Ż. G.'))
  for (const typed of ['żółta', 'Gęś', 'łuc', 'zolta', 'GES', 'Żółta Łucja', 'lucja zolta-g', 'z\u0307o\u0301łta']) {
    const found = await searchBySurname(context, { surname: typed, buildingId: 'karasia-15', accountId, now: clock.now() })
    assert.equal(found.length, 1, typed)
  }
  assert.equal((await searchBySurname(context, { surname: '%', buildingId: here, accountId, now: clock.now() })).length, 0)
  for (const typed of ['olta', 'Żółta Anna', '-'])
    assert.equal((await searchBySurname(context, { surname: typed, buildingId: here, accountId, now: clock.now() })).length, 0, typed)
})
