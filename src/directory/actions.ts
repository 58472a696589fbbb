/**
 * The office in memory, read once per process and again when it changes.
 */
import type { Database } from '../platform/database.js'
import { remembered } from '../platform/remembered.js'
import type { Directory } from './model.js'
import { buildDirectory } from './rules.js'
import { readDirectory } from './store.js'

/** The office; throws when none was imported. Read again after a hint on `directory`. */
export const directory = remembered('directory', ({ database }) => read(database))

async function read(database: Database): Promise<Directory> {
  const rows = await readDirectory(database.pool)
  if (rows === null) throw new Error('no office was imported: run npm run import FILE')
  return buildDirectory(rows)
}

/** True when an office was imported into this database. */
export async function hasOffice(database: Database): Promise<boolean> {
  return (await readDirectory(database.pool)) !== null
}
