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
  const { pool } = context.database
  const { rows: mails } = await pool.query<Record<string, unknown>>(
    `select t.guessed_service_id as guess, t.waits_since is not null as waits, t.papers_told as papers, r.unit_id as unit,
       (select string_agg(coalesce(m.answer, m.language), ' ' order by m.id) from mail m where m.thread_id = t.id) as mails
     from mail_thread t join request r on r.id = t.request_id where r.state = 'open' order by t.id`,
  )
  assert.deepEqual(
    mails.map(({ guess, waits, papers, unit, mails: all }) => [guess, unit, waits, papers, all]),
    [
      ['rejestracja-pojazdow', 'wydzial-komunikacji', true, false, 'pl received'],
      ['wymiana-prawa-jazdy', 'wydzial-komunikacji', true, false, 'uk received'],
      [null, 'biuro-obslugi', true, false, 'pl received question pl'],
      ['wtornik-dowodu-rejestracyjnego', 'wydzial-komunikacji', true, true, 'pl received'],
    ],
    'mails wait: a question, one in Ukrainian, one asked back, one with an attachment',
  )
  const { rows: apart } = await pool.query(`select kind from mail where thread_id is null`)
  assert.deepEqual(apart, [{ kind: 'auto-reply' }])
  const { rows: calls } = await pool.query('select from call_back')
  assert.equal(calls.length, 2)
})

test('a second start on the same data seeds nothing and prints the same accounts', async () => {
  const { context } = await testDatabase()
  const first = await prepareDemonstration(context)
  const count = async (): Promise<unknown> => (await context.database.pool.query('select count(*) from event')).rows[0]
  const events = await count()
  assert.deepEqual(await prepareDemonstration(context), first)
  assert.deepEqual(await count(), events)
})
