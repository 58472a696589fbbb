/**
 * A backup taken while bookings go on is one moment of the database: what one transaction wrote is
 * in it whole or not at all, and a restore brings exactly that back.
 */
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { firstMorning, testDatabase } from '../support/office.js'
import { restoreBackup } from '../../src/platform/backup/restore.js'
import { writeBackup } from '../../src/platform/backup/write.js'
import { enter } from '../../src/platform/presence.js'
import { projectFile } from '../../src/platform/paths.js'
import { SetupError } from '../../src/platform/setup-error.js'
import { run, start, temporaryFolder } from './program.js'

const base = temporaryFolder()
const office = await testDatabase()
const { pool } = office.context.database
await pool.query(`insert into building (id, facts) values ('b', '{"name": "Ratusz\\t\\\\.\\n\\"ł\\""}')`)
await pool.query(`insert into room (id, building_id, facts) values ('b/1', 'b', '{}')`)
await pool.query(`insert into unit (id, parent_id, facts) values ('a', null, '{}'), ('b', 'a', '{}')`)
await pool.query(`insert into service (id, unit_id, facts) values ('s', 'a', '{}')`)
await pool.query(`insert into desk (slug, room_id, unit_id, facts) select 'b/1/' || n, 'b/1', 'a', '{}' from generate_series(1, 4) n`)
await pool.query(`insert into office (slug, facts, imported_at, demonstration) values ('u', '{}', '2020-05-25T05:20Z', false)`)

/** Books visits one after another on a desk of its own, each in one transaction, until told to stop. */
async function writeVisits(desk: number, going: () => boolean): Promise<number> {
  const client = new pg.Client(office.connection)
  await client.connect()
  let count = 0
  for (; going(); count++) {
    const at = firstMorning.add({ minutes: count * 15 })
    await client.query('begin')
    const { rows } = await client.query<{ id: number }>(
      `insert into visit (reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day, persons, counted, person_name, language, created_at, erase_on)
       values ($1, 'booked', 'booked', 's', 'b', 'b/1', 'phone', $2, $2::timestamptz + interval '15 minutes', '2020-05-25', 1, 1, $3, 'pl', $2, '2020-06-08') returning id`,
      [`D${desk}${String(count).padStart(6, '0')}`, at.toString(), 'Zażółć\tgęślą \\N jaźń'],
    )
    await client.query(
      `insert into place (visit_id, desk_id, during) values ($1, $2, tstzrange($3::timestamptz, $3::timestamptz + interval '15 minutes'))`,
      [rows[0]?.id, desk, at.toString()],
    )
    await client.query(`insert into event (at, visit_id, kind, actor) values ($1, $2, 'booked', 'citizen')`, [at.toString(), rows[0]?.id])
    await client.query('commit')
  }
  await client.end()
  return count
}

const emptyDatabase = async (name: string): Promise<pg.ClientConfig> => {
  await pool.query(`create database ${name}`)
  return { ...office.connection, database: name }
}

async function ask<Row extends pg.QueryResultRow>(connection: pg.ClientConfig, text: string): Promise<Row[]> {
  const client = new pg.Client(connection)
  await client.connect()
  const { rows } = await client.query<Row>(text)
  await client.end()
  return rows
}

const file = path.join(base, 'office.backup')
const copyName = `copy_${process.pid}`

test('a backup with bookings running restores to one moment: every visit with its place and event, sequences ahead', async () => {
  let going = true
  const writers = [1, 2, 3, 4].map((desk) => writeVisits(desk, () => going))
  while (Number((await pool.query('select count(*) as n from visit')).rows[0].n) < 60) await new Promise((resolve) => setImmediate(resolve))
  const summary = await writeBackup(office.connection, file, firstMorning)
  going = false
  const written = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0)
  assert.equal(statSync(file).mode & 0o777, 0o600)

  const copy = await emptyDatabase(copyName)
  const restored = await restoreBackup(copy, file, { replace: false })
  assert.equal(restored.rows, summary.rows)
  const [counts] = await ask<{ visits: number; places: number; events: number; torn: number }>(
    copy,
    `select (select count(*) from visit) as visits, (select count(*) from place) as places, (select count(*) from event) as events,
       (select count(*) from visit v where not exists (select from place p where p.visit_id = v.id) or not exists (select from event e where e.visit_id = v.id)) as torn`,
  )
  assert.ok(counts !== undefined && counts.visits >= 60 && counts.visits <= written)
  assert.deepEqual([counts.places, counts.events, counts.torn], [counts.visits, counts.visits, 0])
  // Everything in the copy is as in the original, down to the odd characters.
  const [{ last } = { last: 0 }] = await ask<{ last: number }>(copy, 'select max(id) as last from visit')
  const same = `select md5(string_agg(v::text, '|' order by id)) as sum, count(*) as n from visit v where id = any (array[1, 2, 3, 50])`
  assert.deepEqual(await ask(copy, same), await ask(office.connection, same))
  assert.deepEqual(await ask(copy, 'select id, facts from building'), await ask(office.connection, 'select id, facts from building'))
  const [{ id } = { id: 0 }] = await ask<{ id: number }>(
    copy,
    `insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, created_at, erase_on)
     values ('NEWVISIT', 'booked', 'walk-in', 's', 'b', 'counter', '2020-05-26Z', '2020-05-26Z', '2020-05-26', 1, 1, '2020-05-26Z', '2020-06-08') returning id`,
  )
  assert.ok(id > last)
})

test('a restored database has the same schema as a migrated one', async () => {
  const schema = `select string_agg(format('%s.%s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull), ' ' order by c.relname, a.attnum) as text,
    (select string_agg(pg_get_constraintdef(oid), ' ' order by conname, conrelid::regclass::text) from pg_constraint where connamespace = 'public'::regnamespace) as constraints
    from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0`
  assert.deepEqual(await ask({ ...office.connection, database: copyName }, schema), await ask(office.connection, schema))
})

test('an office that is there is replaced only when told so, and not while a program works on it', async () => {
  const copy = { ...office.connection, database: copyName }
  await assert.rejects(restoreBackup(copy, file, { replace: false }), { key: 'restore-not-empty' })
  const presence = await enter(copy)
  await assert.rejects(restoreBackup(copy, file, { replace: true }), { key: 'restore-used' })
  await presence.leave()
  await restoreBackup(copy, file, { replace: true })
  assert.deepEqual(await ask(copy, `select 1 from visit where reference = 'NEWVISIT'`), [])
})

test('a file that is cut short, damaged, changed or something else is refused before anything is touched', async () => {
  const copy = { ...office.connection, database: copyName }
  const before = await ask(copy, 'select count(*) as n from visit')
  const whole = readFileSync(file)
  const broken = path.join(base, 'broken')
  const cases: (() => void)[] = [
    () => truncateSync(broken, whole.length - 20),
    () => appendFileSync(broken, 'more'),
    () => writeFileSync(broken, 'something else'),
    () => writeFileSync(broken, ''),
    () => writeFileSync(broken, Buffer.concat([whole.subarray(0, 400), Buffer.from([7, 7, 7]), whole.subarray(403)])),
  ]
  for (const change of cases) {
    writeFileSync(broken, whole)
    change()
    await assert.rejects(
      restoreBackup(copy, broken, { replace: true }),
      (error) => error instanceof SetupError && error.key === 'backup-broken',
    )
  }
  await assert.rejects(restoreBackup(copy, path.join(base, 'none'), { replace: true }), { key: 'file-unreadable' })
  assert.deepEqual(await ask(copy, 'select count(*) as n from visit'), before)
})

test('by DATABASE_URL: a real office is imported, starts with one link for its administrator, is backed up running and restored stopped', async () => {
  const name = `real_${process.pid}`
  await emptyDatabase(name)
  const settings = {
    DATABASE_URL: `postgresql://okienko@/${name}?host=${encodeURIComponent(String(office.connection.host))}&port=5432`,
    OKIENKO_DATA: path.join(base, 'unused'),
  }
  const empty = run([], settings)
  assert.deepEqual([empty.code, empty.errors.includes('npm run import')], [1, true])
  assert.equal(run(['import', projectFile('offices/leszno.json')], settings).code, 0)
  const program = await start(settings)
  assert.match(program.printed(), /Pierwsze logowanie: .*\/praca\/haslo\/\S+/)
  assert.doesNotMatch(program.printed(), /Konta pokazowe/)
  const saved = path.join(base, 'real.backup')
  assert.equal(run(['backup', saved], settings).code, 0)
  assert.match(run(['restore', saved, 'replace'], settings).errors, /Na tej bazie działa program/)
  assert.equal((await program.stop()).code, 0)
  assert.match(run(['restore', saved], settings).errors, /dopisz słowo „replace”/)
  assert.equal(run(['restore', saved, 'replace'], settings).code, 0)
})

test('on the embedded server: backed up beside the running program, restored into other data', async () => {
  const settings = { OKIENKO_DATA: path.join(base, 'd') }
  const program = await start(settings)
  const saved = path.join(base, 'embedded.backup')
  const backup = run(['backup', saved], settings)
  assert.equal(backup.code, 0, backup.errors)
  assert.match(run(['restore', saved, 'replace'], settings).errors, /używa już inny/)
  await program.stop()
  const other = { OKIENKO_DATA: path.join(base, 'e') }
  assert.equal(run(['restore', saved], other).code, 0)
  const moved = await start(other)
  assert.deepEqual(accountLines(moved.printed()), accountLines(program.printed()))
  await moved.stop()
})

function accountLines(printed: string): string[] {
  return printed.split('\n').filter((line) => /[A-Z0-9]{4}-[A-Z0-9]{4}-/.test(line))
}
