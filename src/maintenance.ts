/**
 * Commands that do one thing to the office's database and end. Import, export and backup work beside a
 * running program; migrate and restore want the database of a data folder for themselves.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { machineClock, officeDay } from './platform/clock.js'
import type { Config } from './platform/config.js'
import { openDatabase, type Database } from './platform/database.js'
import { restoreBackup } from './platform/backup/restore.js'
import { writeBackup } from './platform/backup/write.js'
import { openServer, type Server } from './platform/server.js'
import { reasonOf, SetupError, setupWords } from './platform/setup-error.js'
import { plainDay, wallTime } from './platform/words.js'
import { exportOffice } from './directory/index.js'
import { importFile } from './office-import.js'
import { bringUpToDate } from './open.js'

/** The word that says: replace whatever is in the database. */
const replaceWord = 'replace'

export async function migrateCommand(config: Config): Promise<void> {
  await withServer(config, 'alone', (server) =>
    withDatabase(server, async (database) => {
      console.log(setupWords('migrated', { count: (await bringUpToDate(database)).length }))
    }),
  )
}

export async function importCommand(config: Config, words: readonly string[]): Promise<void> {
  const file = fileOf('import', 'offices/leszno.json', words)
  await withServer(config, 'beside', (server) =>
    withDatabase(server, async (database) => {
      await bringUpToDate(database)
      const { code, lines } = await importFile(database, file)
      for (const line of lines) (code === 0 ? console.log : console.error)(line)
      process.exitCode = code
    }),
  )
}

/** The office as a file, for git or another database. */
export async function exportCommand(config: Config, words: readonly string[]): Promise<void> {
  const file = fileOf('export', 'offices/moj-urzad.json', words)
  await withServer(config, 'beside', (server) =>
    withDatabase(server, async (database) => {
      const text = await exportOffice(database)
      if (text === null) throw new SetupError('no-office')
      try {
        writeFileSync(file, text)
      } catch (error) {
        throw new SetupError('file-unwritable', { file, reason: reasonOf(error) })
      }
      console.log(setupWords('exported', { file }))
    }),
  )
}

export async function backupCommand(config: Config, words: readonly string[]): Promise<void> {
  const file = fileOf('backup', 'okienko.backup', words)
  await withServer(config, 'beside', async (server) => {
    const { tables, rows } = await writeBackup(server.connection, file, machineClock.now())
    console.log(setupWords('backed-up', { file, tables, rows }))
  })
}

export async function restoreCommand(config: Config, words: readonly string[]): Promise<void> {
  const file = fileOf('restore', 'okienko.backup', words)
  const replace = words[1] === replaceWord
  await withServer(config, 'alone', async (server) => {
    const { takenAt, tables, rows } = await restoreBackup(server.connection, file, { replace })
    const taken = `${plainDay('pl', officeDay(takenAt))}, ${wallTime(takenAt)}`
    console.log(setupWords('restored', { taken, tables, rows }))
  })
}

function fileOf(command: string, example: string, words: readonly string[]): string {
  const [file] = words
  if (file === undefined || file === '') throw new SetupError('file-missing', { command, example })
  return path.resolve(file)
}

async function withServer(config: Config, use: 'alone' | 'beside', work: (server: Server) => Promise<void>): Promise<void> {
  const server = await openServer(config, { use })
  try {
    await work(server)
  } finally {
    await server.stop()
  }
}

async function withDatabase<Result>(server: Server, work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openDatabase(server.connection, 2, () => undefined)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
