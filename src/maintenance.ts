/**
 * Commands that do one thing to the office's database and end.
 */
import type { Config } from './platform/config.js'
import { openDatabase } from './platform/database.js'
import { openServer, type Server } from './platform/server.js'
import { setupWords } from './platform/setup-error.js'
import { bringUpToDate } from './open.js'

export async function migrateCommand(config: Config): Promise<void> {
  await withServer(config, 'alone', async (server) => {
    const database = openDatabase(server.connection, 2, () => undefined)
    try {
      console.log(setupWords('migrated', { count: (await bringUpToDate(database)).length }))
    } finally {
      await database.close()
    }
  })
}

export async function importCommand(_config: Config, _words: readonly string[]): Promise<void> {}
export async function backupCommand(_config: Config, _words: readonly string[]): Promise<void> {}
export async function restoreCommand(_config: Config, _words: readonly string[]): Promise<void> {}

async function withServer(config: Config, use: 'alone' | 'beside', work: (server: Server) => Promise<void>): Promise<void> {
  const server = await openServer(config, { use })
  try {
    await work(server)
  } finally {
    await server.stop()
  }
}
