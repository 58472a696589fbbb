/** Special days from the form to what citizens and the door are told, in the small office on Monday 25 May 2020. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, testApp } from '../../../tests/support/app.js'
import { testDatabase } from '../../../tests/support/office.js'
import { processes } from '../../../tests/support/processes.js'
import { rewritten } from '../../../tests/support/race.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { instantOf } from '../../platform/clock.js'
import { freeStarts } from '../../booking/index.js'
import { addAbsence, loadShifts } from '../../calendar/index.js'
import { directory, officeChanges, type SpecialDayFacts } from '../../directory/index.js'
import { hours, mayEnter, regulationRoutes, ruleBook } from '../../regulation/index.js'
import type { Staff } from '../../staff/index.js'
import { administrationRoutes } from '../index.js'
import { transaction } from '../../platform/database.js'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { changeSpecialDay } from './actions.js'
import { calendarYear, withSpecialDay } from './special.js'
import { calendarParts } from './parts.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-05-25T05:20:00Z') })
const { context, clock } = office
await smallOffice(office)
const app = await testApp(context, administrationRoutes, regulationRoutes)
const secretary = await signedIn(context, 'secretary')
const head = await signedIn(context, 'head', { unitId: 'unit' })
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const tuesday = day('2020-06-02')
const calendar = '/praca/grafik/kalendarz'
const mainOf = ({ statusCode, body }: { statusCode: number; body: string }) => ({
  statusCode,
  body: /<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? body,
})
const get = async (url: string, who = secretary) => mainOf(await app.inject({ url, headers: who.headers }))
const post = async (url: string, fields: Record<string, string>, who = secretary) => {
  const { headers, payload } = form(fields)
  return mainOf(await app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload }))
}
const seen = (body: string): string => /name="widziane" value="([^"]*)"/.exec(body)?.[1] ?? ''
const hoursOn = async (on: Temporal.PlainDate) => hours(await ruleBook(context), await directory(context), 'unit', on)
const startsOn = async (on: Temporal.PlainDate) =>
  (await freeStarts(context, { serviceId: 'short', from: on, to: on, now: clock.now() }))?.[0]
const typed = (change: Record<string, string> = {}): Record<string, string> => ({
  rodzaj: 'closure',
  od: '2.06.2020',
  do: '',
  'godzina-od': '',
  'godzina-do': '',
  gdzie: 'urzad',
  powod: 'awaria ogrzewania',
  akt: '',
  widziane: '',
  zrob: 'zapisz',
  ...change,
})
const held = async () => (await ruleBook(context)).specialDays.filter(({ removedAt }) => removedAt === null)

test('a closure is shown, asks first because visits are touched, and then holds for everybody at once', async () => {
  const visit = await bookedVisit(office, { serviceId: 'short', start: instantOf(tuesday, 480) })
  const shown = await post(`${calendar}/nowy`, typed({ zrob: 'pokaz' }))
  assert.match(shown.body, /nieczynne \(awaria ogrzewania\)/)
  const asked = await post(`${calendar}/nowy`, typed())
  assert.match(asked.body, /wizyty, których to dotyczy: 1\./)
  assert.deepEqual(await held(), [])
  const before = clock.now()
  clock.moveTo(clock.now().add({ minutes: 1 }))
  assert.equal((await post(`${calendar}/nowy`, typed({ potwierdzam: 'tak' }))).statusCode, 303)

  assert.deepEqual(await hoursOn(tuesday), {
    intervals: [],
    code: 'closed',
    name: 'awaria ogrzewania',
    basis: [{ kind: 'setting', setting: 'special-day' }],
  })
  const free = await startsOn(tuesday)
  assert.deepEqual([free?.code, free?.starts.length, free?.name], ['closed', 0, 'awaria ogrzewania'])
  assert.match((await app.inject('/zasady?dzien=2020-06-02')).body, /nieczynne \((<[^>]*>)?awaria ogrzewania/)
  const known = await directory(context)
  const [building] = [...known.buildings.keys()]
  const door = mayEnter(await ruleBook(context), known, {
    buildingId: building ?? '',
    purpose: 'visit',
    at: instantOf(tuesday, 600),
    visit: null,
  })
  assert.deepEqual([door.code, door.basis], ['building-closed', [{ kind: 'setting', setting: 'special-day' }]])
  // Before it was entered nothing was known of it, and that is answered still.
  assert.equal(hours(await ruleBook(context), known, 'unit', tuesday, before).code, 'open')
  const { rows } = await context.database.pool.query('select 1 from review_item where visit_id = $1', [visit.id])
  assert.equal(rows.length, 1)
  assert.match((await get(calendar)).body, /wtorek 2 czerwca 2020.*Zamknięcie: awaria ogrzewania.*cały urząd/s)
})

test('it is changed as another version and taken back; the history has each step', async () => {
  const url = `${calendar}/closure-2020-06-02`
  const widziane = seen((await get(url)).body)
  const part = typed({ 'godzina-od': '10:00', 'godzina-do': '12:00', widziane })
  assert.equal((await post(url, part)).statusCode, 303)
  assert.deepEqual((await hoursOn(tuesday)).intervals, [
    { from: 450, to: 600 },
    { from: 720, to: 930 },
  ])
  const late = await post(url, { ...part, powod: 'szkolenie' })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /Zamknięcie, 10:00–12:00: awaria ogrzewania/)
  assert.equal((await post(url, typed({ zrob: 'usun', widziane: seen(late.body) }))).statusCode, 303)
  assert.equal((await hoursOn(tuesday)).basis.length, 1)
  assert.equal((await get(url)).statusCode, 404)
  const changes = await officeChanges(context.database.pool, { part: 'special-day', limit: 5 })
  assert.deepEqual(
    changes.map(({ subject, before, after }) => [subject, before?.['intervals'] ?? null, after?.['intervals'] ?? null]),
    [
      ['closure-2020-06-02', [{ from: 600, to: 720 }], null],
      ['closure-2020-06-02', [], [{ from: 600, to: 720 }]],
      ['closure-2020-06-02', null, []],
    ],
  )
})

test('wrong input, and entries that would change nothing, are answered by sentences', async () => {
  const cases: readonly [Record<string, string>, RegExp][] = [
    [{ rodzaj: '' }, /Proszę wybrać, jaki to dzień/],
    [{ od: 'jutro' }, /Proszę wpisać dzień/],
    [{ od: '24.05.2020' }, /już minął/],
    [{ do: '1.06.2020' }, /Koniec musi być po początku/],
    [{ do: '1.07.2022' }, /dłużej niż 366 dni/],
    [{ rodzaj: 'working-day', do: '3.06.2020' }, /osobno na każdy dzień/],
    [{ rodzaj: 'opening', od: '6.06.2020' }, /Proszę wpisać godzinę/],
    [{ rodzaj: 'hours', 'godzina-od': '12:00', 'godzina-do': '9:00' }, /Koniec musi być po początku/],
    [{ rodzaj: 'day-off', 'godzina-od': '8:00', 'godzina-do': '9:00' }, /trwa cały dzień/],
    [{ gdzie: 'komorka:nie-ma' }, /kogo to dotyczy/],
    [{ powod: '' }, /Proszę napisać powód/],
    [{ powod: 'x'.repeat(121) }, /Najwyżej 120 znaków/],
    [{ rodzaj: 'working-day' }, /jest czynny jak zwykle/],
    [{ rodzaj: 'hours', od: '6.06.2020', 'godzina-od': '8:00', 'godzina-do': '9:00' }, /urząd jest nieczynny/],
    [{ 'godzina-od': '20:00', 'godzina-do': '21:00' }, /niczego nie zmieni/],
  ]
  for (const [change, says] of cases) {
    const answer = await post(`${calendar}/nowy`, typed(change))
    assert.equal(answer.statusCode, 422, String(says))
    assert.match(answer.body, says)
  }
  assert.deepEqual(await held(), [])
})

test('a working Saturday gives starts where the desks are staffed, and another entry for the same day is refused', async () => {
  const saturday = day('2020-06-06')
  await context.database.pool.query("update shift set weekdays = '{1,2,3,4,5,6}'")
  context.changes.publish('calendar')
  assert.equal((await startsOn(saturday))?.starts.length, 0)
  const work = typed({ rodzaj: 'working-day', od: '6.06.2020', powod: 'za 12 czerwca', akt: 'K/300/2020' })
  assert.equal((await post(`${calendar}/nowy`, work)).statusCode, 303)
  assert.ok(((await startsOn(saturday))?.starts.length ?? 0) > 0)
  const again = await post(`${calendar}/nowy`, typed({ rodzaj: 'day-off', od: '5.06.2020', do: '7.06.2020', powod: 'inne' }))
  assert.equal(again.statusCode, 422)
  assert.match(again.body, /jest już wpis: sobota 6 czerwca 2020, Dzień roboczy/)
})

test('a head enters days for the own unit alone, and cannot change what holds for the office', async () => {
  const elsewhere = await post(`${calendar}/nowy`, typed({ od: '9.06.2020' }), head)
  assert.equal(elsewhere.statusCode, 422)
  assert.match(elsewhere.body, /kogo to dotyczy/)
  const own = typed({
    rodzaj: 'hours',
    od: '9.06.2020',
    'godzina-od': '7:30',
    'godzina-do': '17:00',
    gdzie: 'komorka:unit',
    powod: 'dyżur',
  })
  assert.equal((await post(`${calendar}/nowy`, own, head)).statusCode, 303)
  assert.deepEqual((await hoursOn(day('2020-06-09'))).intervals, [{ from: 450, to: 1020 }])
  assert.equal((await get(`${calendar}/hours-2020-06-09`, head)).statusCode, 200)
  assert.equal((await get(`${calendar}/working-day-2020-06-06`, head)).statusCode, 404)
  assert.equal((await get(calendar, await signedIn(context, 'desk'))).statusCode, 303)
})

test('of those who enter something for the same day from two processes one is told; without the lock both would stand', async () => {
  const clients = await processes(office, 2, 3)
  const staff = { accountId: secretary.accountId } as Staff
  const race = async (contexts: readonly (typeof context)[], on: string): Promise<number> => {
    const facts = {
      id: '',
      from: day(on),
      until: day(on),
      buildings: [],
      units: [],
      intervals: [{ from: 480, to: 600 }],
      reason: 'x',
      restsOn: null,
    }
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => {
        const to: SpecialDayFacts = { ...facts, kind: index % 2 === 0 ? 'hours' : 'opening' }
        return changeSpecialDay(contexts[index % 2] as typeof context, staff, { id: null, seen: '', to })
      }),
    )
    return outcomes.filter((each) => each.status === 'fulfilled' && each.value.saved).length
  }
  const without = clients.map((each) => rewritten(each, (text) => (text.startsWith('lock table special_day') ? 'select 1' : text)))
  let most = 0
  for (let tries = 1; tries <= 20 && most < 2; tries += 1) most = await race(without, `2020-07-${String(tries).padStart(2, '0')}`)
  assert.ok(most > 1, 'the race is there')
  assert.equal(await race(clients, '2020-08-04'), 1)
})

test('shifts, absences and special days are written back as they were, under their numbers', async () => {
  const { pool } = context.database
  const [shift] = await loadShifts(context)
  const absence = await addAbsence(context, {
    deskId: shift?.deskId ?? 0,
    from: instantOf(tuesday, 600),
    until: instantOf(tuesday, 660),
    reason: 'leave',
  })
  const subjects = { shift: String(shift?.id), absence: String(absence), 'special-day': 'working-day-2020-06-06' }
  for (const each of calendarParts) {
    const { part } = each
    const subject = subjects[part as keyof typeof subjects]
    const before = await each.read(pool, subject, false)
    assert.ok(before !== null, part)
    await transaction(context.database, async (client) => {
      assert.deepEqual(await each.read(client, subject, true), before)
      await each.write(client, subject, null, clock.now())
    })
    assert.equal(await each.read(pool, subject, false), null, part)
    await each.write(pool, subject, before, clock.now())
    assert.deepEqual(await each.read(pool, subject, false), before, part)
  }
})

test('a year lists the days off of the law, also one on which a unit is opened, and counts the days that are worked', () => {
  const [law, known] = [lesznoRules(), lesznoDirectory()]
  const year = calendarYear(known, law, 2020)
  assert.deepEqual(
    year.holidays.map(({ day: each }) => each.toString().slice(5)),
    ['01-01', '01-06', '04-12', '04-13', '05-01', '05-03', '05-31', '06-11', '08-15', '11-01', '11-11', '12-25', '12-26'],
  )
  assert.equal(year.workingDays[5], 21)
  const opened = {
    id: 'x',
    kind: 'opening',
    from: day('2020-06-11'),
    until: day('2020-06-11'),
    buildings: [],
    units: ['usc'],
    intervals: [{ from: 480, to: 600 }],
  } as const
  const then = calendarYear(known, withSpecialDay(law, null, { ...opened, reason: 'x', restsOn: null }, clock.now()), 2020)
  assert.deepEqual([then.holidays.length, then.workingDays[5]], [13, 22])
})
