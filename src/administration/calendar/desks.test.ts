/** Shifts and absences as heads plan them, in the small office on Monday 25 May 2020. */
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
import { loadAbsences, loadShifts, type Shift } from '../../calendar/index.js'
import { directory, officeChanges } from '../../directory/index.js'
import type { Staff } from '../../staff/index.js'
import { administrationRoutes } from '../index.js'
import { changeShift, seenShifts } from './actions.js'
import { changeSteps, endSteps, meeting } from './rules.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-05-25T05:20:00Z') })
const { context, clock } = office
const { desks } = await smallOffice(office)
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const tuesday = day('2020-06-02')
// The desk that is planned here is the one at which somebody is booked.
const visit = await bookedVisit(office, { serviceId: 'short', start: instantOf(tuesday, 480) })
const placed = await context.database.pool.query<{ desk_id: number }>('select desk_id from place where visit_id = $1', [visit.id])
const desk = placed.rows[0]?.desk_id as number
const app = await testApp(context, administrationRoutes)
const head = await signedIn(context, 'head', { unitId: 'unit' })
const own = `/praca/grafik/stanowisko/${desk}`
/** An answer whose body is the text of its main part: shorter to read when a test fails. */
const get = async (url: string, who = head) => mainOf(await app.inject({ url, headers: who.headers }))
const mainOf = ({ statusCode, body }: { statusCode: number; body: string }) => ({
  statusCode,
  body: /<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? body,
})
const post = async (url: string, fields: Record<string, string | string[]>, who = head) => {
  const { headers, payload } = form(fields)
  return mainOf(await app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload }))
}
const seen = (body: string): string => /name="widziane" value="([^"]*)"/.exec(body)?.[1] ?? ''
const shiftsHere = async () => (await loadShifts(context)).filter(({ deskId }) => deskId === desk)
const startsOn = async (on: Temporal.PlainDate): Promise<number> => {
  const answer = await freeStarts(context, { serviceId: 'short', from: on, to: on, now: clock.now() })
  return (answer?.[0]?.starts ?? []).filter(({ desks: free }) => free.includes(desk)).length
}
const shift = (change: Partial<Shift> = {}): Shift => ({
  deskId: desk,
  weekdays: [1, 2, 3],
  from: day('2020-06-01'),
  until: null,
  startsMinute: null,
  endsMinute: null,
  overflow: [],
  ...change,
})

test('a change from a day ends the old shift the day before; before its first day it takes its place', () => {
  const old = { ...shift(), id: 7 }
  const later = shift({ from: day('2020-07-01') })
  assert.deepEqual(
    changeSteps(old, later).map(({ id, after }) => [id, String(after?.from), String(after?.until)]),
    [
      [7, '2020-06-01', '2020-06-30'],
      [null, '2020-07-01', 'null'],
    ],
  )
  assert.deepEqual(
    changeSteps(old, shift({ weekdays: [5] })).map(({ id, after }) => [id, after?.weekdays]),
    [[7, [5]]],
  )
  assert.deepEqual(endSteps(old, day('2020-05-31'))[0]?.after, null)
  assert.deepEqual(endSteps({ ...old, until: day('2020-06-10') }, day('2020-06-20')), [])
})

const at = (startsMinute: number, endsMinute: number) => ({ startsMinute, endsMinute })

test('shifts meet on a weekday both have, at minutes both have, on days both hold', () => {
  const meets = (other: Partial<Shift>): boolean => meeting(shift(at(480, 720)), [shift(other)]) !== null
  assert.ok(meets({}))
  assert.ok(!meets({ weekdays: [4, 5] }))
  assert.ok(!meets(at(720, 900)))
  assert.ok(meets(at(700, 900)))
  assert.ok(!meets({ ...at(400, 900), breaks: [{ from: 480, to: 720 }] }))
  assert.ok(!meets({ from: day('2020-05-01'), until: day('2020-05-31') }))
  // On their one common day, a Monday, only one of them is there.
  assert.ok(!meets({ from: day('2020-05-01'), until: day('2020-06-01'), weekdays: [2, 3] }))
  assert.ok(!meets({ deskId: desk + 1 }))
})

test('the plan and a desk show who is there; nobody else may see it, nor a head of another unit', async () => {
  const plan = await get('/praca/grafik')
  assert.match(plan.body, /poniedziałek–piątek, gdy czynny jest wydział/)
  assert.equal((await get(own)).statusCode, 200)
  assert.match((await get(`${own}?tydzien=2020-06-01`)).body, /wtorek 2 czerwca 2020/)
  for (const role of ['desk', 'guard', 'service-office'] as const)
    assert.equal((await get('/praca/grafik', await signedIn(context, role, { unitId: 'unit' }))).statusCode, 303, role)
  assert.equal((await get(own, await signedIn(context, 'head'))).statusCode, 404)
  for (const url of [`${own}/obsada/999999`, `${own}/obsada/x`, '/praca/grafik/stanowisko/999999', `${own}/nieobecnosc/999999`])
    assert.equal((await get(url)).statusCode, 404, url)
})

test('a shift is shown before it is saved, and what takes starts asks first; the change stands in the history', async () => {
  const [old] = await shiftsHere()
  const url = `${own}/obsada/${old?.id}`
  const before = await startsOn(tuesday)
  const page = await get(url)
  const fields = {
    dni: ['2'],
    od: '1.06.2020',
    do: '',
    kiedy: 'godziny',
    poczatek: '10:00',
    koniec: '12:00',
    'przerwa-od': '11:00',
    'przerwa-do': '11:30',
  }
  const widziane = seen(page.body)
  const shown = await post(url, { ...fields, widziane, zrob: 'pokaz' })
  assert.match(shown.body, /Po zmianie/)
  assert.match(shown.body, /10:00–11:00, 11:30–12:00; 14 wolnych terminów/)
  assert.equal(await startsOn(tuesday), before)
  const asked = await post(url, { ...fields, widziane, zrob: 'zapisz' })
  assert.match(asked.body, /Co zmieni ten zapis/)
  assert.match(asked.body, /wizyty, których to dotyczy: 1\./)
  assert.equal(await startsOn(tuesday), before)
  const done = await post(url, { ...fields, widziane, zrob: 'zapisz', potwierdzam: 'tak' })
  assert.equal(done.statusCode, 303)
  assert.deepEqual(
    (await shiftsHere()).map((each) => [each.weekdays, String(each.from), String(each.until), each.startsMinute, each.breaks]),
    [
      [[1, 2, 3, 4, 5], String(old?.from), '2020-05-31', null, []],
      [[2], '2020-06-01', 'null', 600, [{ from: 660, to: 690 }]],
    ],
  )
  assert.equal(await startsOn(tuesday), 14)
  const changes = await officeChanges(context.database.pool, { part: 'shift', limit: 5 })
  assert.deepEqual(
    changes.map(({ before: was, after }) => [was?.['until'] ?? null, after?.['until'] ?? null, after?.['breaks'] ?? null]),
    [
      [null, null, [{ from: 660, to: 690 }]],
      [null, '2020-05-31', null],
    ],
  )
  // The visit at 8:00 is not cancelled: it waits to be looked at.
  const { rows } = await context.database.pool.query('select 1 from review_item where visit_id = $1', [visit.id])
  assert.equal(rows.length, 1)
})

test('wrong input is answered by sentences at the fields, and nothing is saved', async () => {
  const url = `${own}/obsada`
  const widziane = seen((await get(url)).body)
  const good = {
    dni: ['4'],
    od: '2.06.2020',
    do: '',
    kiedy: 'wydzial',
    poczatek: '',
    koniec: '',
    'przerwa-od': '',
    'przerwa-do': '',
    widziane,
    zrob: 'zapisz',
  }
  const cases: readonly [Record<string, string | string[]>, RegExp][] = [
    [{ dni: [] }, /co najmniej jeden dzień/],
    [{ dni: ['9'] }, /co najmniej jeden dzień/],
    [{ od: '31.02.2020' }, /Proszę wpisać dzień/],
    [{ od: '24.05.2020' }, /Ten dzień już minął/],
    [{ do: '1.06.2020' }, /Koniec musi być po początku/],
    [{ kiedy: 'godziny', poczatek: '25:00', koniec: '12:00' }, /Proszę wpisać godzinę/],
    [{ kiedy: 'godziny', poczatek: '12:00', koniec: '8:00' }, /Koniec musi być po początku/],
    [{ kiedy: 'godziny', poczatek: '8:00', koniec: '12:00', 'przerwa-od': '13:00', 'przerwa-do': '14:00' }, /Przerwa musi leżeć/],
    [{ dni: ['2'] }, /inną obsadę: wtorek, 10:00–12:00/],
  ]
  const before = await shiftsHere()
  for (const [change, says] of cases) {
    const answer = await post(url, { ...good, ...change })
    assert.equal(answer.statusCode, 422, String(says))
    assert.match(answer.body, says)
  }
  assert.deepEqual(await shiftsHere(), before)
  // Beyond the hours of the unit is a warning, not an error.
  const late = await post(url, { ...good, kiedy: 'godziny', poczatek: '14:00', koniec: '17:00', zrob: 'pokaz' })
  assert.match(late.body, /nieczynny: czwartek, 15:30–17:00/)
})

test('who saves what somebody changed meanwhile is shown what stands now, and nothing typed is lost', async () => {
  const url = `${own}/obsada`
  const widziane = seen((await get(url)).body)
  const fields = { od: '2.06.2020', do: '', kiedy: 'wydzial', poczatek: '', koniec: '', 'przerwa-od': '', 'przerwa-do': '', zrob: 'zapisz' }
  assert.equal((await post(url, { ...fields, dni: ['4'], widziane })).statusCode, 303)
  const second = await post(url, { ...fields, dni: ['5'], widziane })
  assert.equal(second.statusCode, 409)
  assert.match(second.body, /Ktoś zmienił to w tym samym czasie/)
  assert.match(second.body, /czwartek, gdy czynny jest wydział/)
  assert.match(second.body, /value="5" checked/)
  assert.equal((await post(url, { ...fields, dni: ['5'], widziane: seen(second.body) })).statusCode, 303)
})

test('a shift is ended; the days before stay', async () => {
  const friday = (await shiftsHere()).find(({ weekdays }) => weekdays[0] === 5)
  const url = `${own}/obsada/${friday?.id}/koniec`
  const widziane = seen((await get(url)).body)
  assert.equal((await post(url, { do: '1.05.2020', widziane, zrob: 'zapisz' })).statusCode, 422)
  assert.equal((await post(url, { do: '12.06.2020', widziane, zrob: 'zapisz', potwierdzam: 'tak' })).statusCode, 303)
  assert.deepEqual([(await startsOn(day('2020-06-05'))) > 0, await startsOn(day('2020-06-19'))], [true, 0])
})

test('an absence is added, changed and taken back, each with its free starts and in the history', async () => {
  const url = `${own}/nieobecnosc`
  const before = await startsOn(tuesday)
  const widziane = seen((await get(url)).body)
  const fields = { powod: 'training', od: '2.06.2020', 'od-godziny': '10:00', do: '', 'do-godziny': '11:00', widziane: '', zrob: 'zapisz' }
  assert.equal(widziane, '')
  for (const [change, says] of [
    [{ powod: '' }, /Proszę wybrać powód/],
    [{ od: '1.05.2020' }, /już minął/],
    [{ 'do-godziny': '9:00' }, /Koniec musi być po początku/],
    [{ do: '2.06.2022', 'do-godziny': '' }, /dłużej niż 366 dni/],
  ] as const) {
    const answer = await post(url, { ...fields, ...change })
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, says)
  }
  assert.match((await post(url, fields)).body, /Co zmieni ten zapis/)
  assert.equal((await post(url, { ...fields, potwierdzam: 'tak' })).statusCode, 303)
  assert.equal(await startsOn(tuesday), before - 10)
  assert.equal((await post(url, { ...fields, 'od-godziny': '10:30', potwierdzam: 'tak' })).statusCode, 422)
  const [absence] = await loadAbsences(context, clock.now(), null)
  const page = await get(`${url}/${absence?.id}`)
  assert.match(page.body, /value="10:00"/)
  const removed = await post(`${url}/${absence?.id}`, { ...fields, widziane: seen(page.body), zrob: 'usun' })
  assert.equal(removed.statusCode, 303)
  assert.equal(await startsOn(tuesday), before)
  assert.equal((await post(`${url}/${absence?.id}`, { ...fields, widziane: seen(page.body), zrob: 'usun' })).statusCode, 404)
  assert.deepEqual(
    (await officeChanges(context.database.pool, { part: 'absence', limit: 5 })).map(({ before: was, after }) => [
      was?.['reason'] ?? null,
      after?.['reason'] ?? null,
    ]),
    [
      ['training', null],
      [null, 'training'],
    ],
  )
})

test('of heads who add a shift for the same time from two processes one is told; without the lock of the desk several would be made', async () => {
  const clients = await processes(office, 2, 3)
  const known = await directory(context)
  const staff = { accountId: head.accountId } as Staff
  const saturdays = async (deskId: number): Promise<number> =>
    (await loadShifts(context)).filter((each) => each.deskId === deskId && each.weekdays.includes(6)).length
  const race = async (deskId: number, contexts: readonly (typeof context)[]) => {
    const seenNow = seenShifts(known, await loadShifts(context), deskId)
    const to = shift({ deskId, weekdays: [6] })
    return Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        changeShift(contexts[index % 2] as typeof context, staff, { deskId, shiftId: null, seen: seenNow, to }),
      ),
    )
  }
  const [unlocked, locked] = desks.filter((each) => each !== desk) as [number, number]
  const without = clients.map((each) => rewritten(each, (text) => text.replace(' for no key update', '')))
  for (let tries = 0; tries < 20 && (await saturdays(unlocked)) < 2; tries += 1) {
    await context.database.pool.query('delete from shift where desk_id = $1 and weekdays = $2', [unlocked, [6]])
    await race(unlocked, without)
  }
  assert.ok((await saturdays(unlocked)) > 1, 'the race is there')
  const outcomes = await race(locked, clients)
  assert.equal(outcomes.filter(({ saved }) => saved).length, 1)
  assert.equal(await saturdays(locked), 1)
})
