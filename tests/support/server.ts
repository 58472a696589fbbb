/** The PostgreSQL of tests and screenshots: started in a folder of its own, with the migrated template databases are cloned from. */
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { openDatabase } from '../../src/platform/database.js'
import { startEmbeddedServer } from '../../src/platform/embedded/server.js'
import { migrate } from '../../src/platform/migrations.js'

export interface TestServer {
  /** Everything the server wrote; whoever started it removes it. */
  readonly folder: string
  /** Folder of the socket, which clients take as host. */
  readonly host: string
  readonly stop: () => Promise<void>
}

export async function startTestServer(): Promise<TestServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-test-'))
  const server = await startEmbeddedServer(folder, { safe: false })
  const admin = new pg.Client(server.connection)
  await admin.connect()
  await admin.query('create database template_okienko')
  await admin.end()
  const database = openDatabase({ ...server.connection, database: 'template_okienko' }, 2, () => undefined)
  await migrate(database)
  await database.close()
  return { folder, host: String(server.connection.host), stop: () => server.stop() }
}
