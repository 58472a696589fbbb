/**
 * What an earlier run may have left on the data: a server whose program was killed, or a
 * `postmaster.pid` that now names somebody else's process. Called with the data lock held, so a
 * server found running belongs to nobody.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { SetupError } from '../setup-error.js'

const stopWithinMs = 15_000
const stepMs = 20

export interface RunningServer {
  readonly pid: number
  /** Folder of its socket. */
  readonly socketFolder: string
}

/** Stops a server left running on the cluster, and makes a stale `postmaster.pid` harmless. */
export async function clearLeftovers(cluster: string): Promise<void> {
  const left = runningServer(cluster)
  if (left !== null) {
    // SIGINT is a clean stop; SIGQUIT gives up the rest, which the log makes good at the next start.
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      try {
        process.kill(left.pid, signal)
      } catch {
        // Gone already, or not ours to stop: the wait tells which.
      }
      if (await isGone(cluster, left.pid)) return
    }
    throw new SetupError('foreign-server', { folder: cluster, pid: left.pid })
  }
  const file = path.join(cluster, 'postmaster.pid')
  const lines = readLines(file)
  const pid = Number(lines?.[0])
  if (lines === null || !isAlive(pid)) return
  // The process number was given to another program. PostgreSQL takes its parent's number for a
  // stale one, and still reads the shared memory key in the other lines: removing the file would
  // let it start beside backends of a killed server.
  lines[0] = String(process.pid)
  writeFileSync(file, lines.join('\n'))
}

/** The live server of the cluster, or null. */
export function runningServer(cluster: string): RunningServer | null {
  const lines = readLines(path.join(cluster, 'postmaster.pid'))
  const pid = Number(lines?.[0])
  if (lines === null || !isAlive(pid) || !isServerOf(pid, cluster)) return null
  return { pid, socketFolder: lines[4] ?? '' }
}

function readLines(file: string): string[] | null {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 1) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

function isServerOf(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)) return /postgres/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))
    } catch {
      // Another user's process: its command line is still readable.
    }
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return command.some((word) => /(^|\/)postgres$/.test(word)) && command.includes(cluster)
    } catch {
      return false
    }
  }
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return /postgres/.test(stdout) && stdout.includes(cluster)
}

async function isGone(cluster: string, pid: number): Promise<boolean> {
  for (let waited = 0; waited < stopWithinMs; waited += stepMs) {
    if (!isAlive(pid) || !isServerOf(pid, cluster)) return true
    await new Promise((resolve) => setTimeout(resolve, stepMs))
  }
  return false
}
