/**
 * Brings a database to the present schema by the numbered SQL files of migrations/, each in a
 * transaction of its own, in order, once. Several processes may start at the same time: the first
 * takes a lock, the others find nothing left to do.
 */
import { readFile, readdir } from 'node:fs/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator, type Migration, type MigrationResultSet } from 'kysely/migration'
import type { Database } from './database.js'
import { projectFile } from './paths.js'

/** Runs every migration not yet run; throws the first failure. Returns the names that ran. */
export async function migrate(database: Database): Promise<string[]> {
  const migrator = new Migrator({ db: kyselyOf(database) as Kysely<any>, provider: { getMigrations: readMigrations } })
  return ranOf(await migrator.migrateToLatest())
}

/** The database as the migrator knows it. It and nobody else: slices write their SQL themselves. */
export function kyselyOf({ pool }: Database): Kysely<unknown> {
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
}

/** Runs the migrations up to one, inside the transaction that is open on the only connection of `only`. */
export async function migrateTo(only: Kysely<unknown>, last: string): Promise<string[]> {
  const migrator = new Migrator({ db: only as Kysely<any>, provider: { getMigrations: readMigrations }, disableTransactions: true })
  return ranOf(await migrator.migrateTo(last))
}

/** Names of the migrations of this program, in order. */
export async function knownMigrations(): Promise<string[]> {
  return Object.keys(await readMigrations())
}

/** Name of a migration the database has and this program does not know; null when there is none. */
export async function newerMigration(database: Database): Promise<string | null> {
  const { rows } = await database.pool.query<{ there: boolean }>(`select to_regclass('kysely_migration') is not null as there`)
  if (rows[0]?.there !== true) return null
  const known = await knownMigrations()
  const run = await database.pool.query<{ name: string }>('select name from kysely_migration order by name')
  return run.rows.find((row) => !known.includes(row.name))?.name ?? null
}

function ranOf({ error, results }: MigrationResultSet): string[] {
  if (error !== undefined) throw error
  return (results ?? []).map((result) => result.migrationName)
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const folder = projectFile('migrations')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  const entries = await Promise.all(
    files.map(async (file): Promise<[string, Migration]> => {
      const text = await readFile(`${folder}/${file}`, 'utf8')
      return [file.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }]
    }),
  )
  return Object.fromEntries(entries)
}
