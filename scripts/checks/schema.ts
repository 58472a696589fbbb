/**
 * database/schema.sql is the sum of the migrations, so that a reader sees the end and not the steps.
 *
 * Written from the server's own catalogue: tables with columns and comments, constraints, indexes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openDatabase, type Queryable } from '../../src/platform/database.js'
import { startEmbeddedServer } from '../../src/platform/embedded/server.js'
import { migrate } from '../../src/platform/migrations.js'
import { projectFile } from '../../src/platform/paths.js'

const file = projectFile('database/schema.sql')

export async function schemaProblems(): Promise<string[]> {
  const wanted = await withFreshDatabase(describeSchema)
  const written = readFileSync(file, { encoding: 'utf8', flag: 'a+' })
  return wanted === written ? [] : ['database/schema.sql is not the sum of the migrations; run: npm run check -- schema --write']
}

export async function writeSchema(): Promise<void> {
  writeFileSync(file, await withFreshDatabase(describeSchema))
}

async function withFreshDatabase<Result>(work: (database: Queryable) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-schema-'))
  const server = await startEmbeddedServer(folder, { safe: false })
  try {
    const database = openDatabase(server.connection, 2, () => undefined)
    await migrate(database)
    const result = await work(database.pool)
    await database.close()
    return result
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The schema as text: one block a table, in alphabetical order. */
export async function describeSchema(database: Queryable): Promise<string> {
  const { rows } = await database.query<{ text: string }>(
    `select format(E'-- %s\\ncreate table %I (\\n%s\\n)%s%s', obj_description(c.oid), c.relname,
       (select string_agg(format('  %I %s%s%s, -- %s', a.attname, format_type(a.atttypid, a.atttypmod),
           case when a.attnotnull then ' not null' else '' end,
           case when a.attidentity <> '' then ' generated always as identity' when d.oid is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
           col_description(c.oid, a.attnum)), E'\\n' order by a.attnum)
          from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
       (select coalesce(string_agg(format(E'\\n  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.conname), '')
          from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'),
       (select coalesce(string_agg(E'\\n  ' || pg_get_indexdef(i.indexrelid), '' order by i.indexrelid::regclass::text), '')
          from pg_index i where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid))
     ) as text
     from pg_class c
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%'
     order by c.relname`,
    [],
  )
  return `-- The sum of migrations/: for reading, never run.\n\n${rows.map((row) => row.text).join('\n\n')}\n`
}
