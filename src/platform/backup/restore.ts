/**
 * `npm run restore FILE`: the database as it was when the backup was taken.
 *
 * The file is read to its end before anything is touched. Then one transaction drops the tables,
 * makes them by the migrations the backup names, fills them and sets the sequences: the restore
 * happens whole or not at all. Newer migrations run afterwards. Programs and other restores are
 * kept out by the lock of presence.ts.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openDatabase } from '../database.js'
import { knownMigrations, migrate, migrateTo } from '../migrations.js'
import { enterAlone } from '../presence.js'
import { reasonOf, SetupError } from '../setup-error.js'
import { quoted } from './catalogue.js'
import { formatVersion, type Footer, type Header } from './format.js'
import { BrokenBackup, readParts, type Part } from './read.js'

export interface RestoreSummary {
  readonly takenAt: Temporal.Instant
  readonly tables: number
  readonly rows: number
}

/** Fills the database of `connection` from `file`. `replace`: whatever office is there goes. */
export async function restoreBackup(connection: pg.ClientConfig, file: string, { replace }: { replace: boolean }): Promise<RestoreSummary> {
  const { header, footer } = await check(file)
  const presence = await enterAlone(connection)
  try {
    const client = new pg.Client(connection)
    client.on('error', () => undefined)
    await client.connect()
    try {
      if (!replace && (await hasContent(client))) throw new SetupError('restore-not-empty', { file })
      await client.query('begin')
      await dropTables(client)
      await dropFunctions(client)
      await migrateTo(onlyClient(client), header.migrations.at(-1) ?? '')
      await fill(client, file)
      await setSequences(client, footer)
      await client.query('commit')
    } catch (error) {
      throw error instanceof SetupError ? error : new SetupError('restore-failed', { reason: reasonOf(error) })
    } finally {
      await client.end().catch(() => undefined)
    }
    const database = openDatabase(connection, 2, () => undefined)
    try {
      await migrate(database)
    } finally {
      await database.close()
    }
    return { takenAt: Temporal.Instant.from(header.takenAt), tables: footer.tables, rows: footer.rows }
  } finally {
    await presence.leave()
  }
}

/** Reads the whole file once: a backup with a header, an end, and as many rows as it says. */
async function check(file: string): Promise<{ header: Header; footer: Footer }> {
  let header: Header | null = null
  let footer: Footer | null = null
  let rows = 0
  try {
    for await (const part of readParts(file)) {
      if (part.kind === 'header') header = part.header
      else if (part.kind === 'rows') rows += part.count
      else if (part.kind === 'footer') footer = part.footer
    }
    if (header === null || footer === null || footer.rows !== rows) throw new BrokenBackup('rows are missing')
  } catch (error) {
    if (error instanceof BrokenBackup) throw new SetupError('backup-broken', { file, reason: error.message })
    throw new SetupError('file-unreadable', { file, reason: reasonOf(error) })
  }
  const known = await knownMigrations()
  const unknown = header.migrations.find((name) => !known.includes(name))
  if (unknown !== undefined || header.version > formatVersion)
    throw new SetupError('backup-newer', { file, migration: unknown ?? `format ${header.version}` })
  return { header, footer }
}

/** True when an office is here already. */
async function hasContent(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.office') is not null as there`)
  if (rows[0]?.there !== true) return false
  const { rowCount } = await client.query('select 1 from public.office limit 1')
  return rowCount === 1
}

async function dropTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`,
  )
  if (rows.length > 0) await client.query(`drop table ${rows.map((row) => `public.${quoted(row.name)}`).join(', ')} cascade`)
}

/** Functions of migrations, which would be made once more; those of extensions stay with their extension. */
async function dropFunctions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`,
  )
  if (rows.length > 0) await client.query(`drop function ${rows.map(({ name }) => name).join(', ')} cascade`)
}

/** Runs the copies of the file, table by table. */
async function fill(client: pg.Client, file: string): Promise<void> {
  const parts = readParts(file)
  for await (const part of { [Symbol.asyncIterator]: () => unclosed(parts) }) {
    if (part.kind !== 'table') continue
    const { name, columns } = part.table
    // What the migrations wrote themselves is in the backup too.
    await client.query(`delete from ${quoted(name)}`)
    await pipeline(
      Readable.from(rowsOf(parts)),
      client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`)),
    )
  }
}

/** The rows up to the end of the table, taken from the same reader. */
async function* rowsOf(parts: AsyncGenerator<Part>): AsyncGenerator<Buffer> {
  for await (const part of { [Symbol.asyncIterator]: () => unclosed(parts) }) {
    if (part.kind === 'table-end') return
    if (part.kind === 'rows') yield part.rows
  }
}

/** The generator without its `return`: leaving a loop over it early does not end it. */
function unclosed(parts: AsyncGenerator<Part>): AsyncIterator<Part> {
  return { next: () => parts.next() }
}

async function setSequences(client: pg.Client, footer: Footer): Promise<void> {
  for (const { name, value, called } of footer.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [`public.${quoted(name)}`, value, called])
  }
}

/** A Kysely whose every query runs on this client, inside its open transaction. */
function onlyClient(client: pg.Client): Kysely<unknown> {
  const held = { query: client.query.bind(client), release: () => undefined }
  return new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: { connect: async () => held, end: async () => undefined, options: {} } }),
  })
}
