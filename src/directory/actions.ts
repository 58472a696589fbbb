/**
 * The office in memory, read once per process and again when it changes.
 */
import type { Context } from '../platform/context.js'
import type { Database } from '../platform/database.js'
import type { Directory } from './model.js'
import { buildDirectory } from './rules.js'
import { readDirectory } from './store.js'

const cached = new WeakMap<Context, { directory: Promise<Directory> | null }>()

/** The office; throws when none was imported. Read again after a hint on `directory`. */
export function directory(context: Context): Promise<Directory> {
  let entry = cached.get(context)
  if (entry === undefined) {
    const fresh: { directory: Promise<Directory> | null } = { directory: null }
    context.changes.subscribe('directory', () => {
      fresh.directory = null
    })
    cached.set(context, fresh)
    entry = fresh
  }
  const kept = entry
  if (kept.directory === null) {
    const reading = read(context.database)
    kept.directory = reading
    // A failed read is not kept: the next caller tries again.
    reading.catch(() => {
      if (kept.directory === reading) kept.directory = null
    })
  }
  return kept.directory
}

async function read(database: Database): Promise<Directory> {
  const rows = await readDirectory(database.pool)
  if (rows === null) throw new Error('no office was imported: run npm run import FILE')
  return buildDirectory(rows)
}

/** True when an office was imported into this database. */
export async function hasOffice(database: Database): Promise<boolean> {
  return (await readDirectory(database.pool)) !== null
}
