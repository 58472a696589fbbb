/** What was planned is taken back through the history, in the example office on Monday 25 May 2020. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { instantOf } from '../../platform/clock.js'
import { loadAbsences, loadShifts } from '../../calendar/index.js'
import { officeChanges } from '../../directory/index.js'
import { hours, ruleBook } from '../../regulation/index.js'
import type { Staff } from '../../staff/index.js'
import { runOf, wholeOffice } from '../office/actions.js'
import { undoSave } from '../office/undo.js'
import { absenceThing, seenText } from './things.js'
import { changeAbsence, changeShift, changeSpecialDay, seenShifts } from './actions.js'

const example = await testLeszno()
const { context, directory: office, clock } = example
const { accountId } = await signedIn(context, 'secretary')
const staff: Staff = { accountId, name: '', roles: ['secretary'], unitId: null, deskId: null, buildingId: null, via: 'session' }
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const deskId = office.desks.get('walowa-5/22/1')?.id ?? 0
const shifts = async () => (await loadShifts(context)).filter((each) => each.deskId === deskId)
const lastSave = async (): Promise<number> => {
  const [last] = await officeChanges(context.database.pool, { limit: 1 })
  return last?.savedWith ?? last?.id ?? 0
}

test('a change of a shift from a day on is one save and is taken back whole', async () => {
  const before = await shifts()
  const [old] = before
  assert.ok(old)
  const to = { ...old, from: day('2020-06-10'), startsMinute: 480, endsMinute: 600 }
  const seen = seenShifts(office, await loadShifts(context), deskId)
  assert.deepEqual(await changeShift(context, staff, { deskId, shiftId: old.id, seen, to }), { saved: true })
  assert.equal((await shifts()).length, 2)
  assert.deepEqual(await undoSave(context, staff, await lastSave()), { kind: 'undone' })
  assert.deepEqual(
    (await shifts()).map((each) => ({ ...each, from: each.from.toString(), until: each.until })),
    before.map((each) => ({ ...each, from: each.from.toString(), until: each.until })),
  )
})

test('an absence is taken back, and one that somebody changed since is not', async () => {
  const absence = { deskId, from: instantOf(day('2020-06-02'), 600), until: instantOf(day('2020-06-02'), 660), reason: 'leave' } as const
  await changeAbsence(context, staff, { deskId, absenceId: null, seen: '', to: absence })
  const first = await lastSave()
  await context.database.pool.query("update absence set reason = 'training'")
  assert.equal((await undoSave(context, staff, first)).kind, 'later')
  await context.database.pool.query("update absence set reason = 'leave'")
  assert.equal((await undoSave(context, staff, first)).kind, 'undone')
  assert.deepEqual(await loadAbsences(context, clock.now(), null), [])
})

test('what was taken away does not come back beside what was planned there since', async () => {
  const at = (from: number, to: number) =>
    ({ deskId, from: instantOf(day('2020-06-03'), from), until: instantOf(day('2020-06-03'), to), reason: 'leave' }) as const
  const kept = async () => (await loadAbsences(context, clock.now(), null)).map(({ from, until }) => `${from}/${until}`)
  await changeAbsence(context, staff, { deskId, absenceId: null, seen: '', to: at(600, 660) })
  const [old] = await loadAbsences(context, clock.now(), null)
  assert.ok(old)
  const seen = seenText(absenceThing('walowa-5/22/1', old))
  assert.deepEqual(await changeAbsence(context, staff, { deskId, absenceId: old.id, seen, to: null }), { saved: true })
  const taken = await lastSave()
  await changeAbsence(context, staff, { deskId, absenceId: null, seen: '', to: at(630, 700) })
  const since = await lastSave()
  const before = await kept()
  const outcome = await undoSave(context, staff, taken)
  assert.equal(outcome.kind, 'wrong')
  assert.deepEqual(outcome.kind === 'wrong' && outcome.conflicts.map(({ message }) => message), ['directory-staff.import.absences-meet'])
  assert.deepEqual(await kept(), before, 'nothing of it was written')
  assert.equal((await undoSave(context, staff, since)).kind, 'undone')
  assert.equal((await undoSave(context, staff, taken)).kind, 'undone', 'now there is room')
  assert.equal((await undoSave(context, staff, taken)).kind, 'already')
  await context.database.pool.query('delete from absence')
})

test('a special day is taken back for now; what was known meanwhile stays known', async () => {
  const tuesday = day('2020-06-02')
  const facts = {
    id: '',
    kind: 'closure',
    from: tuesday,
    until: tuesday,
    buildings: [],
    units: [],
    intervals: [],
    reason: 'x',
    restsOn: null,
  } as const
  const usual = hours(await ruleBook(context), office, 'usc', tuesday)
  await changeSpecialDay(context, staff, { id: null, seen: '', to: facts })
  const meanwhile = clock.now()
  assert.equal(hours(await ruleBook(context), office, 'usc', tuesday).code, 'closed')
  clock.moveTo(meanwhile.add({ minutes: 5 }))
  assert.equal((await undoSave(context, staff, await lastSave())).kind, 'undone')
  assert.deepEqual(hours(await ruleBook(context), office, 'usc', tuesday), usual)
  assert.equal(hours(await ruleBook(context), office, 'usc', tuesday, meanwhile).code, 'closed')
})

test('an office file with other absences and special days shows what it would change', async () => {
  const start = instantOf(day('2020-06-03'), 480)
  const visit = await bookedVisit(example, { serviceId: 'dowody-osobiste', start })
  const whole = await wholeOffice(context.database.pool)
  const touched = async (change: object): Promise<readonly string[]> =>
    (await runOf(context, whole, { ...whole.file, ...change })).touched.map(({ visit: { reference }, code }) => `${reference} ${code}`)
  assert.deepEqual(await touched({}), [])
  const closure = {
    id: 'x',
    kind: 'closure',
    from: '2020-06-03',
    until: '2020-06-03',
    buildings: ['walowa-5'],
    units: [],
    intervals: [],
    reason: 'x',
    restsOn: null,
  }
  assert.deepEqual(await touched({ specialDays: [closure] }), [`${visit.reference} closed-that-day`])
  const absences = whole.file.desks.map(({ slug }) => ({
    desk: slug,
    from: start.toString(),
    until: start.add({ hours: 1 }).toString(),
    reason: 'training',
  }))
  assert.deepEqual(await touched({ absences }), [`${visit.reference} desk-not-open`])
})

test('who plans a desk waits for whoever changes the office, and plans none that was closed or given away meanwhile', async () => {
  const plans = (seen: string) => [
    () =>
      changeShift(context, staff, {
        deskId,
        shiftId: null,
        seen,
        to: { deskId, weekdays: [6], from: day('2020-07-01'), until: null, startsMinute: null, endsMinute: null, overflow: [] },
      }),
    () =>
      changeAbsence(context, staff, {
        deskId,
        absenceId: null,
        seen: '',
        to: { deskId, from: instantOf(day('2020-07-02'), 600), until: instantOf(day('2020-07-02'), 660), reason: 'leave' },
      }),
  ]
  const seen = seenShifts(office, await loadShifts(context), deskId)
  for (const change of ['closed = true', "unit_id = 'usc'"])
    for (const plan of plans(seen)) {
      const client = await context.database.pool.connect()
      try {
        await client.query('begin')
        await client.query('select from office for update')
        const planned = plan()
        const early = await Promise.race([planned, new Promise((resolve) => setTimeout(resolve, 300, 'waits'))])
        assert.equal(early, 'waits')
        await client.query(`update desk set ${change} where id = $1`, [deskId])
        await client.query('commit')
        assert.deepEqual(await planned, { saved: false, why: 'gone' })
      } finally {
        client.release()
      }
      await context.database.pool.query("update desk set closed = false, unit_id = 'wydzial-komunikacji' where id = $1", [deskId])
    }
})
