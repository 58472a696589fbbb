import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import { visitStates } from '../visit/index.js'
import { prepareDemonstration } from './prepare.js'

test('the demonstration opens with a visit in every state and all desks staffed', async () => {
  const { context } = await testDatabase()
  const accounts = await prepareDemonstration(context)
  assert.ok(accounts.some((account) => account.roles.includes('guard')))
  const { rows: states } = await context.database.pool.query<{ state: string; count: number }>(
    'select state, count(*) as count from visit group by state',
  )
  const found = new Map(states.map((row) => [row.state, row.count]))
  assert.deepEqual(
    visitStates.filter((state) => !found.has(state)),
    [],
  )
  assert.ok((found.get('booked') ?? 0) >= 50)
  const { rows: desks } = await context.database.pool.query(
    'select from desk where not closed and id not in (select desk_id from desk_session)',
  )
  assert.equal(desks.length, 0)
  const { rows: over } = await context.database.pool.query<{ service_id: string; out: boolean; state: string }>(
    `select state, service_id, exists (select from entry where visit_id = visit.id and left_at is not null) as out
     from visit where state in ('served', 'missed') order by state`,
  )
  assert.deepEqual(
    over.map((row) => [row.state, row.out]),
    [
      ['missed', true],
      ['served', false],
    ],
    'what is over so early can be believed: one had gone out again',
  )
  assert.equal(over[1]?.service_id, 'usc-zaswiadczenie-o-stanie-cywilnym')
})

test('a second start on the same data seeds nothing and prints the same accounts', async () => {
  const { context } = await testDatabase()
  const first = await prepareDemonstration(context)
  const count = async (): Promise<unknown> => (await context.database.pool.query('select count(*) from event')).rows[0]
  const events = await count()
  assert.deepEqual(await prepareDemonstration(context), first)
  assert.deepEqual(await count(), events)
})
