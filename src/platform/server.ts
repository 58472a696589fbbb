/**
 * The PostgreSQL of this run: the embedded one of the data folder, or the one of DATABASE_URL.
 * Commands beside a running program use its embedded server rather than start a second one.
 */
import pg from 'pg'
import type { Config } from './config.js'
import { connectionToRunning, startEmbeddedServer } from './embedded/server.js'
import { reasonOf, SetupError, setupWords } from './setup-error.js'

export interface Server {
  readonly kind: 'embedded' | 'given'
  readonly connection: pg.ClientConfig
  /** For the person at the terminal: which server, which version, where. */
  readonly description: string
  /** Stops the server when it is ours. */
  stop(): Promise<void>
}

export interface ServerUse {
  /** `alone`: refuse while a program runs on the same data folder. `beside`: use the server it runs. */
  readonly use: 'alone' | 'beside'
  readonly onRestart?: () => void
}

const oldestVersion = 15
const connectWithinMs = 10_000

export async function openServer(config: Config, { use, onRestart }: ServerUse): Promise<Server> {
  if (config.databaseUrl !== null) return givenServer(config.databaseUrl)
  const folder = config.dataFolder
  const running = use === 'beside' ? connectionToRunning(folder) : null
  if (running !== null) {
    try {
      return await embedded(running, folder, async () => undefined)
    } catch {
      // Left by a program that is gone, or just stopping: starting our own settles it.
    }
  }
  const server = await startEmbeddedServer(folder, { safe: true, ...(onRestart ? { onRestart } : {}) })
  return embedded(server.connection, folder, () => server.stop())
}

async function embedded(connection: pg.ClientConfig, folder: string, stop: () => Promise<void>): Promise<Server> {
  const version = await versionOf(connection)
  return { kind: 'embedded', connection, description: setupWords('database-embedded', { version, folder }), stop }
}

async function givenServer(url: string): Promise<Server> {
  const connection = { connectionString: url }
  let version: string
  try {
    version = await versionOf(connection)
  } catch (error) {
    throw new SetupError('database-away', { reason: reasonOf(error) })
  }
  if (Number.parseInt(version, 10) < oldestVersion) throw new SetupError('database-old', { version })
  return { kind: 'given', connection, description: setupWords('database-given', { version }), stop: async () => undefined }
}

/** "18.4" */
async function versionOf(connection: pg.ClientConfig): Promise<string> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectWithinMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return rows[0]?.server_version.split(' ')[0] ?? '0'
  } finally {
    await client.end().catch(() => undefined)
  }
}
