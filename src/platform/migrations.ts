/**
 * Brings a database to the present schema by the numbered SQL files of migrations/, each in a
 * transaction of its own, in order, once. Several processes may start at the same time: the first
 * takes a lock, the others find nothing left to do.
 */
import { readFile, readdir } from 'node:fs/promises'
import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import type { Database } from './database.js'
import { projectFile } from './paths.js'

/** Runs every migration not yet run; throws the first failure. Returns the names that ran. */
export async function migrate(database: Database): Promise<string[]> {
  const migrator = new Migrator({
    db: database.kysely as Kysely<any>,
    provider: { getMigrations: readMigrations },
  })
  const { error, results } = await migrator.migrateToLatest()
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
