/**
 * Papers left at Karasia 15: the receipt says what, for whom and when, on paper and by mail; the daily
 * list; and how long it is kept. Erasing what is personal of visits leaves receipts whole.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { readOutbox } from '../../messages/index.js'
import { undoEntry } from '../actions.js'
import { entranceComposers } from '../assisted/messages.js'
import { entranceRoutes } from '../routes.js'
import { entranceDuties } from './duties.js'
import { keptUntil, leftAtMinute } from './rules.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-26T07:05:00Z') })
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, entranceRoutes)
const guard = await signedIn(context, 'guard', { buildingId: 'karasia-15' })
const door = '/praca/wejscie/karasia-15'
const unitId = 'wydzial-komunikacji'
const get = async (url: string) => app.inject({ url, headers: guard.headers })
const post = async (url: string, fields: Record<string, string>) => {
  const sent = form(fields)
  return app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, ...guard.headers } })
}
const leave = async (wydzial: string): Promise<{ entryId: string; reference: string }> => {
  const left = await post(`${door}/dokumenty`, { wydzial, klucz: crypto.randomUUID() })
  const entryId = String(left.headers.location).split('=')[1] ?? ''
  const { rows } = await pool.query('select reference from visit v join entry e on e.visit_id = v.id where e.id = $1', [entryId])
  return { entryId, reference: String(rows[0]?.reference) }
}

test('file plans count full years from the next one', () => {
  assert.equal(keptUntil(Temporal.PlainDate.from('2020-05-26'), 5).toString(), '2025-12-31')
  assert.equal(keptUntil(Temporal.PlainDate.from('2020-01-01'), 1).toString(), '2021-12-31')
})

test('the receipt says that a sealed envelope was left, for which unit and when; a name only where it was given', async () => {
  const { entryId, reference } = await leave(unitId)
  const page = await get(`${door}?wpis=${entryId}`)
  await assertValidPage(page.body)
  assert.match(
    textOf(page.body),
    /Numer 2020-05-26\/001\. Zamknięta koperta dla: Wydział Komunikacji\. Złożona: wtorek 26 maja 2020, godz\. 9:05\./,
  )
  const receipt = await get(`${door}/potwierdzenie/${reference}`)
  await assertValidPage(receipt.body)
  assert.match(textOf(receipt.body), /2020-05-26\/001.*godz\. 9:05.*Karasia 15.*Dla: Wydział Komunikacji.*datą złożenia.*Przyjęto/)
  assert.ok(!textOf(receipt.body).includes('Złożył'))
  for (const wrong of [
    { co: 'nazwisko', name: '' },
    { co: 'nazwisko', name: '<b>' },
    { co: 'mail', email: 'nie' },
  ]) {
    const answer = await post(`${door}/potwierdzenie/${reference}`, { wpis: entryId, ...wrong })
    assert.equal(answer.statusCode, 422)
    await assertValidPage(answer.body)
  }
  await post(`${door}/potwierdzenie/${reference}`, { wpis: entryId, co: 'nazwisko', name: 'Jan Składający' })
  assert.match(textOf((await get(`${door}/potwierdzenie/${reference}`)).body), /Złożył\(a\): Jan Składający/)
  assert.equal((await get(`${door}/potwierdzenie/ZZZZ9999`)).statusCode, 404)
  const elsewhere = await signedIn(context, 'guard', { buildingId: 'walowa-5' })
  assert.equal(
    (await app.inject({ url: `/praca/wejscie/walowa-5/potwierdzenie/${reference}`, headers: elsewhere.headers })).statusCode,
    404,
  )
})

test('mailed to whoever leaves an e-mail; of papers taken back nothing is said', async () => {
  const { entryId, reference } = await leave(unitId)
  const sent = await post(`${door}/potwierdzenie/${reference}`, { wpis: entryId, co: 'mail', email: 'koperta@example.pl' })
  assert.equal(sent.headers.location, `${door}?wpis=${entryId}&info=receipt-sent`)
  const back = await leave(unitId)
  await post(`${door}/potwierdzenie/${back.reference}`, { wpis: back.entryId, co: 'mail', email: 'cofniete@example.pl' })
  await undoEntry(context, { entryId: Number(back.entryId), buildingId: 'karasia-15', accountId: guard.accountId, now: clock.now() })
  await readOutbox({ ...context, demonstration: true }, entranceComposers)
  const { rows } = await pool.query(`select email, state, content::text from message where kind = 'door-receipt' order by id`)
  assert.deepEqual(
    rows.map(({ email, state }) => [email, state]),
    [
      ['koperta@example.pl', 'sent'],
      [null, 'dropped'],
    ],
  )
  assert.match(String(rows[0]?.content), /Zamknięta koperta.*godz\. 9:05.*Wydział Komunikacji.*datą złożenia/)
  assert.equal((await get(`${door}/potwierdzenie/${back.reference}`)).statusCode, 404)
})

test('the list has each unit’s envelopes with totals and lines to sign; a unit nobody knows is sorted by the service office', async () => {
  await leave('nie-ma')
  const list = await get(`${door}/koperty`)
  await assertValidPage(list.body)
  const text = textOf(list.body)
  assert.match(text, /wtorek 26 maja 2020\. Razem: 3 koperty\./)
  assert.match(
    text,
    /Wydział Komunikacji.*1 2020-05-26\/001 9:05 Jan Składający 2 2020-05-26\/002 9:05 –.*Razem: 2 koperty\. Przekazano.*Odebrano/,
  )
  assert.match(text, /Razem: 1 koperta\./)
  assert.match(textOf((await get(`${door}/koperty?dzien=2020-05-25`)).body), /Razem: 0 kopert/)
  for (const wrong of ['x', '2020-13-45', '']) assert.equal((await get(`${door}/koperty?dzien=${wrong}`)).statusCode, 200)
})

test('a typed minute is today’s and has begun', () => {
  const now = Temporal.Instant.from('2020-05-26T07:05:30Z')
  const read = (typed: string): string | undefined => leftAtMinute(typed, now)?.toString()
  for (const typed of ['9:05', '09:05', '9.05', ' 9:05 ']) assert.equal(read(typed), '2020-05-26T07:05:00Z', typed)
  assert.equal(read('0:00'), '2020-05-25T22:00:00Z')
  for (const typed of ['9:06', '25:00', '8:60', '9', '905', 'x', '-1:00']) assert.equal(read(typed), undefined, typed)
})

test('an envelope written down later is filed at the minute it was left, and the event tells so; nobody is inside', async () => {
  clock.moveTo(Temporal.Instant.from('2020-05-26T14:10:00Z'))
  const inside = /W środku: \d+/.exec(textOf((await get(door)).body))?.[0]
  const key = crypto.randomUUID()
  const fields = { wydzial: unitId, godzina: '11:20', klucz: key }
  const left = await post(`${door}/dokumenty`, fields)
  const entryId = /wpis=(\d+)$/.exec(String(left.headers.location))?.[1] ?? ''
  assert.equal((await post(`${door}/dokumenty`, fields)).headers.location, left.headers.location, 'the same tap again')
  const page = await get(`${door}?wpis=${entryId}`)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Koperta przyjęta.*Złożona: wtorek 26 maja 2020, godz\. 11:20\./)
  assert.equal(/W środku: \d+/.exec(textOf(page.body))?.[0], inside)
  assert.doesNotMatch(textOf(page.body), /Można wejść|Wejście o/)
  assert.ok((await get(door)).body.includes(`href="${door}?wpis=${entryId}"`), 'the way to its receipt, later too')
  const { rows } = await pool.query(
    `select event.at, event.kind, event.reason, details, ticket, state, filed_at, created_at from event
     join visit on visit.id = event.visit_id join drop_off on drop_off.visit_id = visit.id
     where event.visit_id = (select visit_id from entry where id = $1)`,
    [entryId],
  )
  assert.deepEqual(
    rows.map(({ kind, reason, ticket, state }) => [kind, reason, ticket, state]),
    [['receipt-given', 'written-later', null, 'left']],
  )
  const [{ at, details, filed_at: filedAt, created_at: createdAt }] = rows
  assert.deepEqual([at, createdAt, filedAt, details.filed].map(String), [
    '2020-05-26T14:10:00Z',
    '2020-05-26T14:10:00Z',
    '2020-05-26T09:20:00Z',
    '2020-05-26T09:20:00Z',
  ])
  await undoEntry(context, { entryId: Number(entryId), buildingId: 'karasia-15', accountId: guard.accountId, now: clock.now() })
  assert.ok(!textOf((await get(`${door}/koperty`)).body).includes('11:20'))
})

test('a minute still to come is told beside its field; one at which nothing could be left is answered as it was then', async () => {
  for (const godzina of ['16:11', 'rano']) {
    const answer = await post(`${door}/dokumenty`, { wydzial: unitId, godzina, klucz: crypto.randomUUID() })
    assert.equal(answer.statusCode, 422)
    await assertValidPage(answer.body)
    assert.match(textOf(answer.body), /dzisiejszą godzinę, która już minęła/)
  }
  const before = await pool.query('select 1 from drop_off')
  const early = await post(`${door}/dokumenty`, { wydzial: unitId, godzina: '6:00', klucz: crypto.randomUUID() })
  assert.equal(early.statusCode, 200)
  assert.match(textOf(early.body), /Budynek zamknięty/)
  await assertValidPage(early.body)
  assert.equal((await pool.query('select 1 from drop_off')).rowCount, before.rowCount)
})

test('receipts are kept through the last day of their years, and deleted the day after', async () => {
  const kept = await pool.query('select 1 from drop_off')
  const [duty] = entranceDuties
  await duty?.run(context, Temporal.Instant.from('2025-12-31T20:00:00Z'))
  assert.equal((await pool.query('select 1 from drop_off')).rowCount, kept.rowCount)
  await duty?.run(context, Temporal.Instant.from('2026-01-01T08:00:00Z'))
  assert.equal((await pool.query('select 1 from drop_off')).rowCount, 0)
})
