/**
 * Runs the built program as its own process, as `npm start` does, for tests of its life. Whatever
 * a test leaves running is killed when its file ends, and counts as its failure.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { projectFile } from '../../src/platform/paths.js'

const startWithinMs = 60_000

export interface Program {
  readonly url: string
  readonly process: ChildProcess
  /** Everything printed so far. */
  printed(): string
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly ms: number }>
}

export type Settings = Readonly<Record<string, string>>

/** A folder of its own for the tests of a file, short enough for a socket. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(process.env['OKIENKO_TEST_FOLDER'] ?? os.tmpdir(), 'life-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts the program and waits until it listens. `prefix`: words before node, such as setpriv. */
export async function start(settings: Settings, prefix: readonly string[] = []): Promise<Program> {
  const [command, ...args] = [...prefix, process.execPath, projectFile('dist/src/main.js')]
  const child = spawn(command, args, { env: environment(settings), stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  void ended.then(() => running.delete(child))
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not started in time: ${output}`)), startWithinMs)
    const read = (text: string): void => {
      output += text
      const found = /Okienko działa: (\S+)\n/.exec(output)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    }
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', read)
    void ended.then((code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  return {
    url,
    process: child,
    printed: () => output,
    async stop(signal = 'SIGTERM') {
      const from = performance.now()
      child.kill(signal)
      return { code: await ended, ms: performance.now() - from }
    },
  }
}

/** Runs a command of the program to its end. */
export function run(
  words: readonly string[],
  settings: Settings,
): { readonly code: number | null; readonly output: string; readonly errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [projectFile('dist/src/main.js'), ...words], {
    env: environment(settings),
    encoding: 'utf8',
    timeout: startWithinMs,
  })
  return { code: status, output: stdout, errors: stderr }
}

/** Process number of the server on a data folder. */
export function serverOf(folder: string): number {
  return Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** A folder whose path has as many characters. */
export function deepFolder(base: string, characters: number): string {
  let folder = base
  while (folder.length + 50 < characters) folder = path.join(folder, 'f'.repeat(49))
  folder = path.join(folder, 'g'.repeat(Math.max(1, characters - folder.length - 1)))
  mkdirSync(folder, { recursive: true })
  return folder
}

function environment(settings: Settings): Record<string, string> {
  const { PATH = '/usr/bin:/bin', TMPDIR } = process.env
  return { PATH, ...(TMPDIR ? { TMPDIR } : {}), NODE_ENV: 'test', PORT: '0', ...settings }
}
