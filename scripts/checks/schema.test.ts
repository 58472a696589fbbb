import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'

test('every table and column says what it is', async () => {
  const { context } = await testDatabase()
  const { rows } = await context.database.pool.query(
    `select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%'
       and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)`,
  )
  assert.deepEqual(rows, [])
})

test('a text in a table with people says whether it is personal, and when it is erased', async () => {
  const { context } = await testDatabase()
  const { rows } = await context.database.pool.query(
    `with described as (
       select c.oid, c.relname, a.attname, a.atttypid::regtype::text as type, coalesce(col_description(c.oid, a.attnum), '') as comment
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%')
     select relname, attname from described
     where type in ('text', 'text[]') and oid in (select oid from described where comment like '%personal; erase%')
       and comment !~ 'not personal' and comment !~ 'personal; erase .*(after|when)'`,
  )
  assert.deepEqual(rows, [])
})

test('every foreign key has an index to find its rows by', async () => {
  const { context } = await testDatabase()
  const { rows } = await context.database.pool.query(
    `select k.conrelid::regclass::text as table, k.conname from pg_constraint k
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace
       and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1])`,
  )
  assert.deepEqual(rows, [])
})
