/**
 * Nobody is sent away empty-handed: from each answer that lets nobody in the guard gives a time, a
 * call-back or the way without a visit, through the booking's own actions. Without script.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { cancel } from '../../booking/index.js'
import { readOutbox } from '../../messages/index.js'
import { findVisit } from '../../visit/index.js'
import { entranceRoutes } from '../routes.js'
import { entranceComposers } from './messages.js'
import { firstTimes, readTimeValue, timeValue } from './rules.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, entranceRoutes)
const guard = await signedIn(context, 'guard', { buildingId: 'walowa-5' })
const at = (time: string, day = '2020-05-26'): Temporal.Instant => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
const serviceId = 'rejestracja-pojazdow'
const door = '/praca/wejscie/walowa-5'
const get = async (url: string) => app.inject({ url, headers: guard.headers })
const post = async (url: string, fields: Record<string, string>) => {
  const sent = form(fields)
  return app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, ...guard.headers } })
}
/** Values of the times a page offers, in their order. */
const timesOn = (html: string): string[] =>
  [...html.matchAll(/name="termin"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="termin"/g)].map((each) => each[1] ?? each[2] ?? '')
const late = await bookedVisit(office, { serviceId, start: at('09:00') })
const cancelled = await bookedVisit(office, { serviceId, start: at('11:00') })
await cancel(context, { reference: cancelled.reference, actor: 'citizen', reason: 'illness' })
const other = await bookedVisit(office, { serviceId, start: at('10:00', '2020-05-28') })
clock.moveTo(at('09:30'))

const time = (hour: string, day?: string) => ({ start: at(hour, day), buildingId: 'walowa-5' })

test('the short list is the first today and the first of a later day; a time is read as it was sent', () => {
  const today = Temporal.PlainDate.from('2020-05-26')
  const starts = [time('10:00'), time('10:15'), time('08:00', '2020-05-28'), time('09:00', '2020-05-28')]
  assert.deepEqual(firstTimes(starts, today), [starts[0], starts[2]])
  assert.deepEqual(firstTimes(starts.slice(2), today), [starts[2]])
  assert.deepEqual(firstTimes([], today), [])
  assert.deepEqual(readTimeValue(timeValue(time('10:00'))), { start: '2020-05-26T08:00:00Z', buildingId: 'walowa-5' })
  for (const wrong of ['', '@', '2020', '2020@', '@walowa-5']) assert.equal(readTimeValue(wrong), null, wrong)
})

test('who comes too late is given the first time today, with nothing asked and the same number', async () => {
  const page = await get(`${door}?wizyta=${late.reference}`)
  await assertValidPage(page.body)
  const [first = ''] = timesOn(page.body)
  assert.match(textOf(page.body), /Spóźnienie.*Co można zrobić od razu.*Nowy termin tej wizyty wtorek 26 maja 2020, (9:[3-5]|10:)/)
  assert.ok(!/name="name"/.test(page.body), 'the name is not asked')
  const given = await post(`${door}/pomoc`, { wizyta: late.reference, kod: 'too-late', sprawa: serviceId, termin: first, co: 'umow' })
  assert.equal(given.headers.location, `${door}?umowiono=${late.reference}`)
  const moved = await findVisit(pool, late.reference)
  assert.ok(moved !== null && moved.day.toString() === '2020-05-26' && Temporal.Instant.compare(moved.startsAt, clock.now()) > 0)
  const { rows } = await pool.query(`select actor, channel from event where visit_id = $1 and kind = 'moved'`, [late.id])
  assert.deepEqual(rows, [{ actor: `account:${guard.accountId}`, channel: 'door' }])
  const shown = await get(given.headers.location)
  await assertValidPage(shown.body)
  assert.match(textOf(shown.body), /Termin podany.*Numer do podyktowania/)
  const slip = await get(`${door}/przepustka/${late.reference}`)
  await assertValidPage(slip.body)
  assert.ok(slip.body.includes('<svg') && !slip.body.includes(late.person.name ?? '?'), 'a code and no name')
})

test('whoever has no booking picks the matter by its everyday words and is booked by the door; sent twice it is one visit', async () => {
  const asked = await get(`${door}?kod=brak&szukaj=samoch%C3%B3d`)
  await assertValidPage(asked.body)
  assert.match(textOf(asked.body), /W jakiej sprawie/)
  assert.match(asked.body, /kod=brak&amp;sprawa=rejestracja-pojazdow#pomoc/)
  const none = await get(`${door}?kod=brak&szukaj=qqqqq`)
  assert.match(textOf(none.body), /Nie ma takiej sprawy/)
  const page = await get(`${door}?kod=brak&sprawa=${serviceId}`)
  await assertValidPage(page.body)
  const [first = '', second = ''] = timesOn(page.body)
  assert.match(first, /^2020-05-26T/)
  assert.match(second, /^2020-05-27T/)
  const key = crypto.randomUUID()
  const fields = { wizyta: '', kod: 'no-booking', sprawa: serviceId, termin: first, klucz: key, co: 'umow' }
  const nameless = await post(`${door}/pomoc`, { ...fields, name: '' })
  assert.equal(nameless.statusCode, 422)
  await assertValidPage(nameless.body)
  assert.match(textOf(nameless.body), /Wystąpił problem/)
  const booked = await post(`${door}/pomoc`, { ...fields, name: 'Jan Bezumowy' })
  const again = await post(`${door}/pomoc`, { ...fields, name: 'Jan Bezumowy' })
  assert.match(String(booked.headers.location), /\?umowiono=[A-Z0-9]{8}$/)
  assert.equal(again.headers.location, booked.headers.location)
  const visit = await findVisit(pool, String(booked.headers.location).split('=')[1] ?? '')
  assert.deepEqual([visit?.state, visit?.channel, visit?.bookedBy, visit?.person.phone], ['booked', 'door', guard.accountId, null])
  assert.equal((await pool.query(`select 1 from visit where person_name = 'Jan Bezumowy'`)).rowCount, 1)
})

test('a time somebody else took a moment before is said, and the list is fresh', async () => {
  const page = await get(`${door}?kod=brak&sprawa=${serviceId}`)
  const [first = ''] = timesOn(page.body)
  for (let left = 0; left < 30; left += 1) {
    const next = timesOn((await get(`${door}?kod=brak&sprawa=${serviceId}`)).body)[0]
    if (next !== first) break
    await bookedVisit(office, { serviceId, start: Temporal.Instant.from(readTimeValue(first)?.start ?? '') })
  }
  const taken = await post(`${door}/pomoc`, {
    wizyta: '',
    kod: 'no-booking',
    sprawa: serviceId,
    termin: first,
    name: 'Ewa Druga',
    co: 'umow',
  })
  assert.equal(taken.statusCode, 409)
  await assertValidPage(taken.body)
  assert.notEqual(timesOn(taken.body)[0], first)
  assert.match(taken.body, /role="alert"/)
  assert.match(taken.body, /value="Ewa Druga"/, 'what was typed stays')
})

test('a cancelled visit is booked again for the same person, whose name nobody types or sees', async () => {
  const page = await get(`${door}?wizyta=${cancelled.reference}`)
  const [, later = ''] = timesOn(page.body)
  const given = await post(`${door}/pomoc`, { wizyta: cancelled.reference, kod: 'cancelled', sprawa: serviceId, termin: later, co: 'umow' })
  const visit = await findVisit(pool, String(given.headers.location).split('=')[1] ?? '')
  assert.equal(visit?.person.name, cancelled.person.name)
  assert.notEqual(visit?.reference, cancelled.reference)
})

test('a visit nobody confirmed is confirmed by taking a time at the door', async () => {
  const pending = await bookedVisit(office, { serviceId, start: at('14:00', '2020-05-28') })
  await pool.query(`update visit set state = 'pending', confirm_until = $2 where id = $1`, [pending.id, at('12:00')])
  const [first = ''] = timesOn((await get(`${door}?wizyta=${pending.reference}`)).body)
  const given = await post(`${door}/pomoc`, {
    wizyta: pending.reference,
    kod: 'not-confirmed',
    sprawa: serviceId,
    termin: first,
    co: 'umow',
  })
  assert.equal(given.headers.location, `${door}?umowiono=${pending.reference}`)
  const visit = await findVisit(pool, pending.reference)
  assert.deepEqual([visit?.state, visit?.day.toString()], ['booked', '2020-05-26'])
})

test('every answer that lets nobody in has help; too early has none, and the visit of another day may come today', async () => {
  for (const path of [`?wizyta=${other.reference}`, '?kod=brak', '?kod=nieznany'])
    assert.match(textOf((await get(door + path)).body), /Co można zrobić od razu/, path)
  const page = await get(`${door}?wizyta=${other.reference}`)
  assert.match(timesOn(page.body)[0] ?? '', /^2020-05-26T/)
  const soon = await bookedVisit(office, { serviceId, start: at('13:00') })
  assert.ok(!textOf((await get(`${door}?wizyta=${soon.reference}`)).body).includes('Co można zrobić od razu'))
  const karasia = await signedIn(context, 'guard', { buildingId: 'karasia-15' })
  const elsewhere = await app.inject({ url: `/praca/wejscie/karasia-15?wizyta=${soon.reference}`, headers: karasia.headers })
  assert.match(textOf(elsewhere.body), /Inny budynek.*Co można zrobić od razu/)
})

test('a call-back stands in the list of the unit, written down by the guard; without a contact it is asked for', async () => {
  const fields = { wizyta: '', kod: 'no-booking', sprawa: serviceId, co: 'telefon', name: 'Ola Dzwonek', klucz: crypto.randomUUID() }
  const missing = await post(`${door}/pomoc`, fields)
  assert.equal(missing.statusCode, 422)
  const asked = await post(`${door}/pomoc`, { ...fields, phone: '600 100 200' })
  assert.equal(asked.headers.location, `${door}?info=call-back`)
  assert.match(textOf((await get(`${door}?info=call-back`)).body), /na liście wydziału/)
  const { rows } = await pool.query(
    `select r.service_id, r.state, e.actor, e.channel from request r join event e on e.kind = 'request-made' and (e.details ->> 'request')::bigint = r.id
     where r.person_phone = '+48600100200'`,
  )
  assert.deepEqual(rows, [{ service_id: serviceId, state: 'open', actor: `account:${guard.accountId}`, channel: 'door' }])
})

test('the way without a visit is printed with its basis, and mailed to whoever leaves an e-mail', async () => {
  const slip = await get(`${door}/zdalnie/${serviceId}`)
  await assertValidPage(slip.body)
  assert.match(textOf(slip.body), /Bez wizyty w urzędzie/)
  assert.match(textOf(slip.body), /Podstawa: § 2|Proszę najpierw zadzwonić/)
  assert.equal((await get(`${door}/zdalnie/nie-ma`)).statusCode, 404)
  const fields = { wizyta: '', kod: 'no-booking', sprawa: serviceId, co: 'mail' }
  assert.equal((await post(`${door}/pomoc`, { ...fields, email: 'to nie adres' })).statusCode, 422)
  assert.equal((await post(`${door}/pomoc`, { ...fields, email: '' })).statusCode, 422)
  assert.equal((await post(`${door}/pomoc`, { ...fields, email: 'zdalna@example.pl' })).headers.location, `${door}?info=remote-sent`)
  await readOutbox({ ...context, demonstration: true }, entranceComposers)
  const { rows } = await pool.query(`select kind, state, content::text from message where email = 'zdalna@example.pl'`)
  assert.equal(rows.length, 1)
  assert.match(String(rows[0]?.content), /Jak załatwić sprawę bez wizyty/)
  assert.match(String(rows[0]?.content), /"\/sprawy\/rejestracja-pojazdow"/)
})

test('bad input is answered, never a fault', async () => {
  for (const fields of [
    {},
    { sprawa: 'nie-ma' },
    { wizyta: 'ZZZZ9999' },
    { sprawa: serviceId, kod: 'no-booking', termin: '@', name: 'X Y' },
    { sprawa: serviceId, termin: '2020-05-26T07:00:00Z@nie-ma', name: 'X Y' },
  ])
    assert.ok((await post(`${door}/pomoc`, { co: 'umow', ...fields })).statusCode < 500, JSON.stringify(fields))
  assert.equal((await get(`${door}/przepustka/${cancelled.reference}`)).statusCode, 404)
  assert.equal((await get(`${door}/przepustka/x`)).statusCode, 404)
})
