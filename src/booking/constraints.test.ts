import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import { words } from '../platform/words.js'
import { constraints } from './constraints.js'

const office = await testDatabase()

test('every named constraint and unique index of the tables a booking writes has a meaning, and no other', async () => {
  const { rows } = await office.context.database.pool.query<{ name: string }>(
    `select conname as name from pg_constraint join pg_class t on t.oid = conrelid
     where relname in ('visit', 'place', 'visit_limit', 'request', 'idempotency_key', 'waiting', 'waiting_contact', 'waiting_offer') and contype <> 'n'
     union select i.relname from pg_index join pg_class i on i.oid = indexrelid join pg_class t on t.oid = indrelid
     where t.relname in ('visit', 'place', 'visit_limit', 'request', 'idempotency_key', 'waiting', 'waiting_contact', 'waiting_offer') and indisunique
     order by name`,
  )
  assert.deepEqual(
    rows.map((row) => row.name),
    Object.keys(constraints).toSorted(),
  )
})

test('every refusal a constraint becomes has its sentence in each language', () => {
  for (const meaning of Object.values(constraints)) {
    if (meaning.means !== 'retried') continue
    for (const language of ['pl', 'en', 'uk'] as const) assert.ok(words(language).has(`booking.refused.${meaning.refusal}`))
  }
})
