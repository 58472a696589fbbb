/** The week of a unit, in the small office on Monday 25 May 2020. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../tests/support/app.js'
import { testDatabase } from '../../../tests/support/office.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { instantOf } from '../../platform/clock.js'
import { boardsUnder } from '../../booking/index.js'
import { addAbsence, loadShifts } from '../../calendar/index.js'
import { directory } from '../../directory/index.js'
import { ruleBook } from '../../regulation/index.js'
import { administrationRoutes } from '../index.js'
import { firstFreeDay, percentOf, unitWeek, type UnitWeek } from './own-unit.js'
import { plannedPlaces } from './store.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-05-25T05:20:00Z') })
const { context, clock } = office
const { desks } = await smallOffice(office)
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const monday = day('2020-06-01')
const at = (on: string, minute: number): Temporal.Instant => instantOf(day(on), minute)

async function week(): Promise<UnitWeek> {
  const [known, book, shifts] = await Promise.all([directory(context), ruleBook(context), loadShifts(context)])
  const boards = await boardsUnder(context, { book, directory: known, shifts }, monday, monday.add({ days: 6 }), clock.now())
  const places = await plannedPlaces(context, desks, at('2020-06-01', 0), at('2020-06-08', 0))
  return unitWeek(known, book, { unitId: 'unit', desks: [...known.desks.values()], boards, places })
}

test('load is booked minutes of open minutes, visits are counted once, and a visit for two takes two desks', async () => {
  await bookedVisit(office, { serviceId: 'long', start: at('2020-06-02', 480) })
  await bookedVisit(office, { serviceId: 'two', start: at('2020-06-02', 600) })
  const { days, desks: loads } = await week()
  const tuesday = days[1]
  const minutes = loads.reduce((sum, each) => sum + (each.days[1]?.bookedMinutes ?? 0), 0)
  assert.deepEqual([tuesday?.visits, tuesday?.openMinutes, tuesday?.bookedMinutes], [2, 4 * 480, minutes])
  const known = await directory(context)
  const two = known.services.get('two')?.durationMinutes ?? 0
  assert.equal(minutes, 40 + 2 * two)
  assert.equal(percentOf({ openMinutes: 480, bookedMinutes: 120 }), 25)
  assert.equal(percentOf({ openMinutes: 0, bookedMinutes: 0 }), 0)
  assert.deepEqual([days[5]?.openMinutes, days[6]?.openMinutes], [0, 0])
})

test('a desk nobody sits at, and a day on which nobody is there, are gaps; a Saturday that is closed is none', async () => {
  assert.deepEqual((await week()).gaps, [])
  await addAbsence(context, { deskId: desks[0] ?? 0, from: at('2020-06-03', 0), until: at('2020-06-04', 0), reason: 'leave' })
  for (const deskId of desks)
    await addAbsence(context, { deskId, from: at('2020-06-04', 0), until: at('2020-06-05', 0), reason: 'training' })
  assert.deepEqual(
    (await week()).gaps.map((gap) => [gap.kind, gap.day.toString(), gap.kind === 'unstaffed' ? gap.desk.id : null]),
    [
      ['unstaffed', '2020-06-03', desks[0]],
      ['idle', '2020-06-04', null],
    ],
  )
})

test('the first free day of a matter is one on which a start lies ahead', async () => {
  const [known, book, shifts] = await Promise.all([directory(context), ruleBook(context), loadShifts(context)])
  const boards = await boardsUnder(context, { book, directory: known, shifts }, day('2020-06-04'), day('2020-06-08'), clock.now())
  const service = known.services.get('short')
  assert.ok(service)
  assert.equal(String(firstFreeDay(known, boards, service, clock.now())), '2020-06-05')
  assert.equal(String(firstFreeDay(known, boards, service, at('2020-06-05', 920))), '2020-06-08')
  assert.equal(firstFreeDay(known, boards, service, at('2020-06-09', 0)), null)
})

test('the page shows the own unit to its head, and any to who keeps the rules', async () => {
  const app = await testApp(context, administrationRoutes)
  const ask = async (url: string, role: 'head' | 'secretary' | 'desk', unitId?: string): Promise<{ statusCode: number; body: string }> =>
    app.inject({ url, headers: (await signedIn(context, role, unitId === undefined ? {} : { unitId })).headers })
  const own = await ask('/praca/moj-wydzial?tydzien=2020-06-01', 'head', 'unit')
  assert.match(own.body, /<h1[^>]*>Wydział Próbny/)
  assert.match(own.body, /7:30–15:30\. Zajęte: \d+%/)
  assert.match(own.body, /czwartek 4 czerwca 2020: nikt nie przyjmuje/)
  assert.match(own.body, /2 wizyty, zajęte \d+%/)
  assert.match((await ask('/praca/moj-wydzial', 'secretary')).body, /<h1[^>]*>Wydział Próbny/)
  assert.match((await ask('/praca/moj-wydzial', 'head')).body, /Konto musi mieć wskazany wydział/)
  assert.equal((await ask('/praca/moj-wydzial?tydzien=x&jednostka=%00', 'head', 'unit')).statusCode, 200)
  assert.equal((await ask('/praca/moj-wydzial', 'desk', 'unit')).statusCode, 303)
})
