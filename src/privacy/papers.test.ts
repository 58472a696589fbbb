/** Papers left at the door: what visits leave is erased, and the receipt stays whole with the name that was given for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { dropOff, entranceRoutes } from '../entrance/index.js'
import { erasePersonalData } from './index.js'

test('erasing keeps receipts for the years of the file plan; an e-mail given for one goes after the office’s days', async () => {
  const { context, clock } = await testLeszno({ at: Temporal.Instant.from('2020-05-26T07:05:00Z') })
  const { pool } = context.database
  const guard = await signedIn(context, 'guard', { buildingId: 'karasia-15' })
  const app = await testApp(context, entranceRoutes)
  const given = await dropOff(context, {
    buildingId: 'karasia-15',
    accountId: guard.accountId,
    now: clock.now(),
    unitId: 'wydzial-komunikacji',
  })
  const url = `/praca/wejscie/karasia-15/potwierdzenie/${given.visit?.reference ?? ''}`
  const sent = form({ wpis: String(given.entry?.id), co: 'mail', name: 'Jan Składający', email: 'koperta@example.pl' })
  const answer = await app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, ...guard.headers } })
  assert.equal(answer.statusCode, 303)
  const letters = async (): Promise<number | null> => (await pool.query('select 1 from door_letter where email is not null')).rowCount
  assert.equal(await letters(), 1)
  await erasePersonalData(context, clock.now().add({ hours: 24 * 40 }))
  assert.equal(await letters(), 0)
  const { rows } = await pool.query('select d.person_name, unit_id, receipt from drop_off d join visit on visit.id = visit_id')
  assert.deepEqual(rows, [{ person_name: 'Jan Składający', unit_id: 'wydzial-komunikacji', receipt: '2020-05-26/001' }])
})
