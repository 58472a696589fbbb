/** Reminders: who gets one, once, whoever runs the duty, and at a cost that does not grow with the history. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Context } from '../../platform/context.js'
import { composed } from '../../../tests/support/letters.js'
import { testDatabase } from '../../../tests/support/office.js'
import { processes } from '../../../tests/support/processes.js'
import { at, rewritten } from '../../../tests/support/race.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { smsOf } from '../../messages/index.js'
import { cancel, move } from '../changes.js'
import { remind } from './duties.js'
import { roundsNow } from './rules.js'
import { remindText, remindValues } from './store.js'

const settings = { 'remind-hour': 17, 'remind-minutes': 120 }
const kinds = ['visit-reminder']
const person = (phone: string | null = null) => ({ name: 'Jan Próbny', email: `${randomUUID()}@example.pl`, phone })

const kindsAt = (wall: string): string[] =>
  roundsNow(Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Warsaw').toInstant(), settings).map(
    ({ kind, days }) => `${kind} ${days.at(-1)}`,
  )

test('from the hour of the setting until midnight it is tomorrow’s turn, also on the days the clock is changed; 0 is never', () => {
  assert.deepEqual(kindsAt('2020-05-25T16:59'), ['hours 2020-05-26'])
  assert.deepEqual(kindsAt('2020-05-25T17:00'), ['day 2020-05-26', 'hours 2020-05-26'])
  assert.deepEqual(kindsAt('2020-05-26T00:00'), ['hours 2020-05-27'])
  assert.deepEqual(kindsAt('2020-10-24T17:00'), ['day 2020-10-25', 'hours 2020-10-25'])
  assert.deepEqual(kindsAt('2020-10-25T16:59'), ['hours 2020-10-26'])
  assert.deepEqual(roundsNow(at(25, '18:00'), { 'remind-hour': 0, 'remind-minutes': 0 }), [])
})

test('the day before and shortly before: once each; moved, anew; not of what was booked after that moment, nor without a contact', async () => {
  const office = await testDatabase()
  await smallOffice(office, settings)
  const { context, clock } = office
  const run = async (): Promise<readonly string[]> => {
    await remind(context, clock.now())
    return (await composed(context, kinds)).map(({ letter }) => letter?.subject ?? 'nothing')
  }
  const first = await bookedVisit(office, { serviceId: 'short', start: at(27, '09:00'), person: person('+48601234567') })
  await bookedVisit(office, { serviceId: 'short', start: at(27, '10:00'), person: { name: 'Bez kontaktu', email: null, phone: null } })
  clock.moveTo(at(26, '16:59'))
  assert.deepEqual(await run(), [])
  clock.moveTo(at(26, '17:00'))
  assert.deepEqual(await run(), ['Przypomnienie o wizycie: środa 27 maja 2020, 9:00'])
  assert.deepEqual(await run(), [], 'once')
  await bookedVisit(office, { serviceId: 'short', start: at(27, '11:00') })
  assert.deepEqual(await run(), [], 'whoever books in the evening knows')
  clock.moveTo(at(27, '06:59'))
  assert.deepEqual(await run(), [])
  clock.moveTo(at(27, '07:00'))
  await remind(context, clock.now())
  const [shortly] = await composed(context, kinds)
  assert.equal(shortly?.message?.first, 'sms')
  assert.ok(shortly?.message?.to.email, 'where no SMS is sent it goes by e-mail')
  assert.ok(shortly?.message?.usefulUntil?.equals(at(27, '09:00')))
  const sms = shortly?.letter == null ? '' : smsOf(shortly.letter)
  assert.match(sms, /^Urzad Probny: przypominamy o wizycie sr\.? 27\.05, 9:00, numer [A-Z2-9]{8}\. Miejsce: ul\. Probna 1/)
  assert.match(sms, /Odwolanie: http:\/\/okienko\.test\/l\/\S+\/odwolaj$/)
  assert.ok((await move(context, { reference: first.reference, start: at(29, '09:00'), actor: 'citizen', key: randomUUID() })).allowed)
  clock.moveTo(at(28, '17:00'))
  assert.deepEqual(await run(), ['Przypomnienie o wizycie: piątek 29 maja 2020, 9:00'])
  clock.moveTo(at(29, '07:00'))
  await remind(context, clock.now())
  assert.ok((await cancel(context, { reference: first.reference, actor: 'citizen', reason: 'citizen-wish', key: randomUUID() })).allowed)
  assert.deepEqual(
    (await composed(context, kinds)).map(({ message }) => message),
    [null],
    'nobody is reminded of what was cancelled meanwhile',
  )
})

/** How many reminders several processes write that all run the duty at once. */
async function raced(without: string, change: (text: string) => string): Promise<number> {
  const office = await testDatabase({ poolSize: 4 })
  await smallOffice(office, settings)
  for (let minute = 0; minute < 60; minute += 15)
    for (const hour of ['08', '09', '10']) {
      const start = at(26, `${hour}:${String(minute).padStart(2, '0')}`)
      for (let each = 0; each < 3; each += 1) await bookedVisit(office, { serviceId: 'short', start })
    }
  office.clock.moveTo(at(25, '17:00'))
  const { pool } = office.context.database
  if (without !== '') await pool.query(without)
  const clients: Context[] = (await processes(office, 4, 2)).map((each) => rewritten(each, change))
  await Promise.all(clients.map((each) => remind(each, office.clock.now())))
  const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from outbox where kind = 'visit-reminder'`)
  return rows[0]?.count ?? -1
}

// Each looks before the others have written: what is read says nothing of what they write now.
const slow = (text: string): string =>
  text
    .replace('on conflict on constraint reminder_once do nothing', '')
    .replace('with due as (', 'with due as materialized (')
    .replace(' from due', ' from due, (select pg_sleep(0.02)) as slow')

test('four processes at once write each reminder once; without the key they write it again', async () => {
  assert.equal(await raced('', (text) => text), 36)
  assert.ok((await raced('alter table reminder drop constraint reminder_once', slow)) > 36)
})

test('only visits of the days asked are looked at, whatever the history holds', async () => {
  const office = await testDatabase()
  await smallOffice(office, settings)
  const { pool } = office.context.database
  await bookedVisit(office, { serviceId: 'short', start: at(26, '09:00') })
  await pool.query(`insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, created_at, erase_on, ticket, person_email)
    select 'H' || n, 'served', 'booked', 'short', 'hall', 'web', day + interval '9 hours', day + interval '10 hours', day, 1, 1, day, day, 'H' || n, 'a@example.pl'
    from generate_series(1, 30000) as n, lateral (select date '2020-05-24' - (n % 700)::int as day) as days`)
  await pool.query(
    `insert into reminder (visit_id, kind, starts_at, at) select id, 'day', starts_at, starts_at from visit where state = 'served'`,
  )
  await pool.query('analyze visit, reminder, event')
  for (const round of roundsNow(at(25, '17:00'), settings)) {
    const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: object; 'Shared Hit Blocks'?: number }] }>(
      `explain (analyze, buffers, format json) ${remindText}`,
      remindValues(round, at(25, '17:00')),
    )
    const plan = JSON.stringify(rows[0])
    for (const table of ['visit', 'reminder'])
      assert.doesNotMatch(plan, new RegExp(`"Seq Scan"[^{}]*"Relation Name":"${table}"`), `${round.kind}: ${table} is read by an index`)
    const hit = /"Shared Hit Blocks":(\d+)/.exec(plan)?.[1]
    assert.ok(Number(hit) < 200, `${round.kind}: ${hit} pages`)
  }
})
