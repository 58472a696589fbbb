/**
 * Compliance: figures from what really happened at desks and doors, each with its events; and what a
 * history that broke a rule would show.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dropOff, enter, notClient, recordRefusal, undoEntry } from '../../../entrance/index.js'
import { callNext, closeDesk, finish, openDesk, start } from '../../../queue/index.js'
import { assertValidPage, textOf } from '../../../../tests/support/html.js'
import { testLeszno } from '../../../../tests/support/office.js'
import { openProgram } from '../../../../tests/support/program.js'
import { signedIn } from '../../../../tests/support/staff.js'
import { bookedVisit } from '../../../../tests/support/visits.js'
import { waits } from '../../../../tests/support/waiting.js'
import { combinations } from '../../../regulation/index.js'
import type { Period } from './model.js'
import { mechanismsOf, readPeriod } from './rules.js'
import { buildingPeaks, countEvents, deskPeak, listEvents, roomPeaks } from './store.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T07:00:00Z') })
const { context, clock } = office
const { pool } = context.database
const app = await openProgram(context)
const secretary = await signedIn(context, 'secretary')
const guard = await signedIn(context, 'guard')
const get = (url: string, headers = secretary.headers) => app.inject({ url, headers })
const today = Temporal.PlainDate.from('2020-05-25')
const day: Period = { from: today, to: today }
const room = 'walowa-5/4'
const later = (seconds: number): void => clock.moveTo(clock.now().add({ seconds }))
const at = (desk: string) => ({ desk: `${room}/${desk}`, actor: `account:${guard.accountId}` as const, now: clock.now() })
const mostInside = async (on: Temporal.PlainDate) => (await buildingPeaks(pool, { from: on, to: on })).map(({ persons }) => persons)
const door = { buildingId: 'walowa-5', accountId: guard.accountId }

test('a day at two desks and a door: one client a desk, who came without a booking, who could not come in', async () => {
  for (const desk of ['1', '2']) await openDesk(context, { ...at(desk), accountId: guard.accountId })
  for (const desk of ['1', '2', '1']) {
    await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })
    later(10)
    const called = await callNext(context, at(desk))
    assert.ok(called.allowed && called.visit, called.code)
    const command = { ...at(desk), reference: called.visit.reference }
    later(10)
    assert.ok((await start(context, { ...command, now: clock.now() })).allowed)
    // The first at desk 1 goes at the very moment the second there is called: the order of writing tells.
    if (desk === '1') assert.ok((await finish(context, { ...command, now: clock.now() })).allowed)
  }
  assert.equal((await deskPeak(pool, day))?.visits, 1)
  const { peak, overCount } = await roomPeaks(pool, day)
  assert.deepEqual([peak?.persons, peak?.staffedDesks, peak?.roomId, overCount], [2, 2, room, 0])

  const visit = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: Temporal.Instant.from('2020-05-26T09:00:00+02:00') })
  const refused = await enter(context, { ...door, code: visit.reference, now: clock.now() })
  assert.equal(refused.entry, null)
  await recordRefusal(context, { answer: refused, accountId: guard.accountId })
  assert.ok((await enter(context, { ...door, code: visit.reference, now: clock.now(), override: 'weather' })).entry)
  assert.ok((await notClient(context, { ...door, purpose: 'delivery', now: clock.now(), key: null })).entry)
  assert.ok((await dropOff(context, { ...door, buildingId: 'karasia-15', now: clock.now(), key: null })).entry)
  const back = await dropOff(context, { ...door, buildingId: 'karasia-15', now: clock.now(), key: null })
  assert.ok(back.entry)
  await undoEntry(context, { ...door, buildingId: 'karasia-15', entryId: back.entry.id, now: clock.now() })
  assert.deepEqual(await countEvents(pool, 'refusals', day), [{ what: 'another-day', count: 1 }])
  assert.deepEqual(
    new Set((await countEvents(pool, 'without-booking', day)).map(({ what, count }) => `${what} ${count}`)),
    new Set(['override 1', 'delivery 1', 'drop-off 1']),
  )
  assert.deepEqual(await countEvents(pool, 'drop-offs', day), [{ what: 'karasia-15', count: 1 }])
  // The delivery is no client; who gave the papers back never came.
  assert.deepEqual(
    (await buildingPeaks(pool, day)).map(({ buildingId, persons }) => `${buildingId} ${persons}`),
    ['karasia-15 1', 'walowa-5 1'],
  )
  assert.deepEqual(await countEvents(pool, 'bookings', day), [{ what: 'phone', count: 1 }])
})

test('the page tells the figures by paragraph, and each number leads to its events without anything of a person', async () => {
  const answer = await get('/praca/zgodnosc')
  assert.equal(answer.statusCode, 200)
  await assertValidPage(answer.body)
  const text = textOf(answer.body)
  assert.match(text, /Najwięcej klientów naraz przy jednym stanowisku: 1\./)
  assert.match(text, /Najwięcej naraz: 2 osoby\. Obsadzone stanowiska: 2\./)
  assert.match(text, /K\/219\/2020 w sprawie zasad bezpośredniej obsługi/)
  assert.match(text, /§ 1 ust\. 4 .*? Baza danych: inaczej nie da się zapisać\./)
  assert.match(text, /§ 3 ust\. 1 pkt 1 .*? Program tego nie widzi\./)
  const links = [...answer.body.matchAll(/href="(\/praca\/zgodnosc\/zdarzenia[^"]+)"/g)].map((match) =>
    (match[1] as string).replaceAll('&amp;', '&'),
  )
  assert.ok(links.length > 8, String(links.length))
  for (const link of links) {
    const list = await get(link)
    assert.equal(list.statusCode, 200, link)
    assert.doesNotMatch(list.body, /Próbny|osoba\d+@/)
    assert.match(textOf(list.body), /Numer Kiedy Co Gdzie Powód \d+/, link)
  }
  const refusals = await get('/praca/zgodnosc/zdarzenia?co=refusals')
  await assertValidPage(refusals.body)
  assert.match(textOf(refusals.body), /25 maja 2020, 9:\d\d nie mogła wejść .*wizyta w innym dniu/)
})

test('a history in which a desk has two clients and a room more than its desks shows it', async () => {
  const rows = await Promise.all(
    [1, 2, 3].map(() => bookedVisit(office, { serviceId: 'dowody-osobiste', start: Temporal.Instant.from('2020-05-27T09:00:00+02:00') })),
  )
  const wednesday = Temporal.PlainDate.from('2020-05-27')
  const desk = office.directory.desks.get(`${room}/3`)?.id
  for (const { id } of rows)
    await pool.query(`insert into event (at, visit_id, kind, actor, desk_id) values ('2020-05-27T07:05:00Z', $1, 'called', 'system', $2)`, [
      id,
      desk,
    ])
  const bad: Period = { from: wednesday, to: wednesday }
  assert.equal((await deskPeak(pool, bad))?.visits, 3)
  const { over, overCount } = await roomPeaks(pool, bad)
  assert.deepEqual([over[0]?.persons, over[0]?.staffedDesks, overCount], [3, 2, 1])
  const { events } = await listEvents(pool, 'desk', bad, `${room}/3`, 1)
  assert.equal(events.length, 3)
})

test('who went out is not inside any more, whoever comes after', async () => {
  const thursday = Temporal.PlainDate.from('2020-05-28')
  const stays = [
    ['08:00', '08:20'],
    ['08:10', null],
    ['08:20', null],
  ]
  for (const [from, until] of stays)
    await pool.query(
      `insert into entry (at, building_id, purpose, account_id, code, override_reason, left_at)
       values ('2020-05-28'::date + $1::time, 'walowa-5', 'visit', $2, 'no-booking', 'weather', '2020-05-28'::date + $3::time)`,
      [from, guard.accountId, until],
    )
  assert.deepEqual(await mostInside(thursday), [2])
  // Nobody stays over night, whether seen to go or not.
  assert.deepEqual(await mostInside(thursday.add({ days: 1 })), [])
})

test('a desk left open from the day before is staffed', async () => {
  const tuesday = { from: today.add({ days: 1 }), to: today.add({ days: 1 }) }
  assert.equal((await closeDesk(context, at('2'))).code, 'client-at-desk')
  const visit = await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: Temporal.Instant.from('2020-05-26T07:00:00Z') })
  await pool.query(`insert into event (at, visit_id, kind, actor, desk_id) values ('2020-05-26T07:05:00Z', $1, 'called', 'system', $2)`, [
    visit.id,
    office.directory.desks.get(`${room}/1`)?.id,
  ])
  const { peak, overCount } = await roomPeaks(pool, tuesday)
  assert.equal(overCount, 0)
  assert.equal(peak?.persons, 1)
})

test('a list is paged, what nobody has is not found, and only those who keep the rules see it', async () => {
  await pool.query(
    `insert into event (at, kind, actor, reason, building_id) select '2020-05-24T08:00:00Z', 'refused-entry', 'system', 'no-booking', 'walowa-5' from generate_series(1, 60)`,
  )
  const sunday = 'co=refusals&od=2020-05-24&do=2020-05-24'
  const first = await get(`/praca/zgodnosc/zdarzenia?${sunday}&ktore=no-booking`)
  assert.match(textOf(first.body), /Starsze/)
  const second = await get(`/praca/zgodnosc/zdarzenia?${sunday}&ktore=no-booking&strona=2`)
  assert.equal([...second.body.matchAll(/<tr class="govuk-table__row">/g)].length, 11)
  for (const wrong of ['co=nic', 'co=refusals&od=jutro']) assert.equal((await get(`/praca/zgodnosc/zdarzenia?${wrong}`)).statusCode, 404)
  assert.notEqual((await get('/praca/zgodnosc', guard.headers)).statusCode, 200)
})

test('a period is set against the acts of that time, and each paragraph counts its own days and purposes', async () => {
  const before = textOf((await get('/praca/zgodnosc?od=1.04.2020&do=21.04.2020')).body)
  assert.doesNotMatch(before, /K\/219\/2020 w sprawie/)
  const answer = await get('/praca/zgodnosc?od=20.05.2020&do=25.05.2020')
  await assertValidPage(answer.body)
  const text = textOf(answer.body)
  // Sixty were answered on the 24th, when the ordinance of the 25th was not yet in force.
  assert.match(text, /bez umówionej wizyty 60/)
  const ours = text.slice(text.indexOf('K/219/2020 w sprawie'), text.indexOf('K/192/2020 w sprawie'))
  assert.match(ours, /W tym czasie obowiązuje od 25 maja 2020 do 25 maja 2020\./)
  assert.doesNotMatch(ours, /: 60\./)
  assert.match(text, /K\/192\/2020 w sprawie .*? W tym czasie obowiązuje od 20 maja 2020 do 24 maja 2020\./)
  // Of the entries without a booking the paragraph speaks of clients, not of the delivery or the papers.
  const [, admission = ''] = /§ 1 ust\. 1 (.*?) § 1 ust\. 2 /.exec(ours) ?? []
  assert.match(admission, /Wejścia, wpuszczono mimo odpowiedzi: 1\./)
  assert.doesNotMatch(admission, /dostawa|dokumentów|towarzysząca|: [2-9]/)
  assert.match(ours, /Nie mogli wejść, wizyta w innym dniu: 1\./)
  assert.match(answer.body, /co=refusals&amp;od=2020-05-25&amp;do=2020-05-25&amp;ktore=another-day/)
})

test('a period is read or said to be wrong, and every kind of provision has something that holds it up', async () => {
  const wrong = await get('/praca/zgodnosc?od=31.06.2020&do=1.01.2020')
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.equal(readPeriod({ from: '', to: '' }, today).period.from.toString(), '2020-04-26')
  const messages = (from: string, to: string) => readPeriod({ from, to }, today).errors.map(({ message }) => message.split('.').at(-1))
  assert.deepEqual(messages('1.01.2020', '25.05.2020'), ['too-long'])
  assert.deepEqual(messages('25.05.2020', '24.05.2020'), ['before'])
  assert.deepEqual(messages('x', 'y'), ['no-day', 'no-day'])
  for (const kind of Object.keys(combinations)) assert.ok(mechanismsOf({ kind: kind as keyof typeof combinations }).length > 0, kind)
})
