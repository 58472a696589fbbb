/**
 * How an office and its acts get into a database: the example's when a demonstration starts for
 * the first time, and any file named by `npm run import FILE`.
 */
import { readFileSync } from 'node:fs'
import { machineClock } from './platform/clock.js'
import type { Context } from './platform/context.js'
import type { Database } from './platform/database.js'
import { projectFile } from './platform/paths.js'
import { SetupError, setupWords } from './platform/setup-error.js'
import { words } from './platform/words.js'
import { importCommand as importOfficeFile, importOffice, readOffice, type OfficeFile } from './directory/index.js'
import { importActs } from './regulation/index.js'

const exampleFile = projectFile('offices/leszno.json')
const exampleActsFile = projectFile('offices/leszno-acts.json')

/** The example office as its file gives it. */
export function exampleOffice(): OfficeFile {
  const { office, problems } = readOffice(readFileSync(exampleFile, 'utf8'))
  if (office === null) throw new Error(`the example office has errors: ${JSON.stringify(problems[0])}`)
  return office
}

/** Loads the example office and its acts into the database of a demonstration. */
export async function importExample(context: Context): Promise<void> {
  const now = context.clock.now()
  const wrong = await importActs(context.database, JSON.parse(readFileSync(exampleActsFile, 'utf8')), now)
  if (wrong.length > 0) throw new Error(`the acts of the example have errors: ${JSON.stringify(wrong[0])}`)
  // The office last: it is what says that the example is there.
  await importOffice(context.database, exampleOffice(), { now, demonstration: true })
  for (const topic of ['directory', 'regulation']) context.changes.publish(topic)
}

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
  return { code: 1, lines: wrong.map(({ field, message, values }) => setupWords('acts-wrong', { file, place: field, what: say(message, values) })) }
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
