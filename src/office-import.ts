/**
 * How an office and its acts get into a real office's database: by `npm run import FILE`.
 */
import { readFileSync } from 'node:fs'
import { machineClock } from './platform/clock.js'
import type { Database } from './platform/database.js'
import { SetupError, setupWords } from './platform/setup-error.js'
import { words } from './platform/words.js'
import { importCommand as importOfficeFile } from './directory/index.js'
import { importActs } from './regulation/index.js'

/** Loads an office file or an acts file; returns what to print. A SetupError or exit code 1 means that nothing was changed. */
export async function importFile(database: Database, file: string): Promise<{ readonly code: 0 | 1; readonly lines: readonly string[] }> {
  const { rows } = await database.pool.query<{ demonstration: boolean }>('select demonstration from office')
  if (rows[0]?.demonstration === true) throw new SetupError('import-demonstration')
  const now = machineClock.now()
  const acts = actsDocument(file)
  if (acts === null) return importOfficeFile(database, file, { now, demonstration: false })
  const wrong = await importActs(database, acts, now)
  if (wrong.length === 0) return { code: 0, lines: [setupWords('imported-acts', { file })] }
  const say = words('pl')
  return {
    code: 1,
    lines: wrong.map(({ field, message, values }) => setupWords('acts-wrong', { file, place: field, what: say(message, values) })),
  }
}

/** The file's document when it holds acts; null for anything else, which the reader of office files judges. */
function actsDocument(file: string): unknown {
  try {
    const document = JSON.parse(readFileSync(file, 'utf8')) as unknown
    return typeof document === 'object' && document !== null && 'acts' in document ? document : null
  } catch {
    return null
  }
}
