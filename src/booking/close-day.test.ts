/** Closing a day, tried here because only booking makes visits. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { closeDay } from '../visit/index.js'
import { hold } from './index.js'

const office = await testDatabase()
const { context, clock } = office
await smallOffice(office)
const at = (day: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${day}T${time}:00+02:00`)

test('when a day closes nobody is lost: each visit ends as it stood, its places and limits are free, tomorrow stays', async () => {
  const { pool } = context.database
  const states = ['booked', 'arrived', 'called', 'parked', 'serving'] as const
  for (const [index, state] of states.entries()) {
    const visit = await bookedVisit(office, { serviceId: 'short', start: at(26, `${String(8 + index).padStart(2, '0')}:00`) })
    if (state !== 'booked')
      await pool.query("update visit set state = $2, ticket = $3, due_at = starts_at, due_why = 'booked-due' where id = $1", [
        visit.id,
        state,
        `A00${index}`,
      ])
  }
  assert.ok((await hold(context, { serviceId: 'short', start: at(26, '14:00') })).allowed)
  const tomorrow = await bookedVisit(office, { serviceId: 'short', start: at(27, '08:00') })
  clock.moveTo(at(26, '18:00'))
  assert.equal(await closeDay(context, Temporal.PlainDate.from('2020-05-26'), clock.now()), 6)
  assert.equal(await closeDay(context, Temporal.PlainDate.from('2020-05-26'), clock.now()), 0, 'a second run finds nothing')
  const { rows } = await pool.query<{ state: string; was: string }>(
    `select v.state, e.details->>'from' as was from visit v join event e on e.visit_id = v.id and e.reason = 'day-closed' order by e.id`,
  )
  assert.deepEqual(
    rows.map((row) => [row.was, row.state]),
    [
      ['booked', 'missed'],
      ['arrived', 'left'],
      ['called', 'left'],
      ['parked', 'left'],
      ['serving', 'served'],
      ['held', 'expired'],
    ],
  )
  const left = await pool.query('select visit_id from place where active union select visit_id from visit_limit where active')
  assert.deepEqual(
    left.rows.map((row) => row.visit_id),
    [tomorrow.id],
  )
})
