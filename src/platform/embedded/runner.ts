/**
 * How PostgreSQL's programs are run by this user. PostgreSQL refuses to work as root, so for root
 * there are ways to run it with less, tried in this order:
 *
 * 1. `unshare --user`: root outside, nobody in its own eyes; works in a folder only root can enter;
 * 2. `setpriv` to the user `nobody` who keeps the one right to pass closed folders;
 * 3. plain `nobody`, with the programs and the data in a folder that user can reach;
 * 4. none: one sentence says to use an ordinary user or DATABASE_URL.
 *
 * Data that belongs to an ordinary user is served as that user, so that both may start the program.
 */
import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { SetupError } from '../setup-error.js'
import { nativeFolder } from './binaries.js'

const nobody = 65_534

export interface Runner {
  /** Folder with bin, lib and share. */
  readonly native: string
  /** The data directory of the cluster, without links. */
  readonly cluster: string
  /** The user whose files the server works with. */
  readonly owner: number
  /** Words put before a program, such as `unshare --user`. */
  readonly prefix: readonly string[]
  /** The user and group to change to, where no program does it for us. */
  readonly as: { readonly uid: number; readonly gid: number } | null
}

export type Way = 'unshare' | 'setpriv' | 'nobody'

/**
 * Chooses how to run, and gives the cluster's files to the user it will run as.
 * @param folder the data folder; the cluster is `postgres` inside it
 */
export function chooseRunner(folder: string, ways: readonly Way[] = ['unshare', 'setpriv', 'nobody']): Runner {
  const native = nativeFolder()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const cluster = clusterOf(folder)
  const user = process.getuid?.() ?? 0
  if (user !== 0) return { native, cluster, owner: user, prefix: [], as: null }

  const owner = lstatSync(cluster, { throwIfNoEntry: false })?.uid ?? 0
  if (owner === 0 && ways.includes('unshare')) {
    const runner = { native, cluster, owner: 0, prefix: ['unshare', '--user'], as: null }
    if (works(runner)) return runner
  }
  if (ways.includes('setpriv')) {
    const runner = { native, cluster, owner: owner || nobody, prefix: setpriv(owner || nobody), as: null }
    if (works(runner)) {
      if (existsSync(cluster)) give(cluster, runner.owner)
      return runner
    }
  }
  const runner = ways.includes('nobody') ? reachable(native, folder, owner || nobody) : null
  if (runner === null) throw new SetupError('no-runner')
  return runner
}

/** Where the cluster of a data folder is, or will be: `postgres` inside it, or where that was moved to. */
export function clusterOf(folder: string): string {
  const cluster = path.join(existsSync(folder) ? realpathSync(folder) : folder, 'postgres')
  return lstatSync(cluster, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(cluster) : cluster
}

/** `setpriv` to a user who may still pass folders closed to everyone, and is not root in PostgreSQL's eyes. */
function setpriv(uid: number): string[] {
  const rights = '+dac_override,+dac_read_search'
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    `--inh-caps=${rights}`,
    `--ambient-caps=${rights}`,
    '--securebits=+no_setuid_fixup',
  ]
}

/** Plain `nobody`: what it cannot reach is copied or moved to where it can. */
function reachable(native: string, folder: string, uid: number): Runner | null {
  const here = { native, cluster: clusterOf(folder), owner: uid, prefix: [], as: { uid, gid: uid } }
  if (canReach(here)) return here
  const name = `okienko-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 12)}`
  for (const base of ['/var/lib', '/var/tmp', os.tmpdir()]) {
    const home = path.join(base, name)
    try {
      mkdirSync(home, { recursive: true })
      const found = lstatSync(home)
      if (!found.isDirectory() || (found.uid !== 0 && found.uid !== uid)) continue
      chownSync(home, uid, uid)
      chmodSync(home, 0o700)
      const programs = path.join(home, 'programs')
      rmSync(programs, { recursive: true, force: true })
      cpSync(native, programs, { recursive: true, verbatimSymlinks: true })
      give(programs, uid)
      const there = { ...here, native: programs, cluster: path.join(home, 'postgres') }
      if (!canReach(there)) continue
      moveCluster(folder, there.cluster)
      give(there.cluster, uid)
      return there
    } catch {
      // A folder that cannot be written or is too small: the next one may do.
    }
  }
  return null
}

/** True when plain `nobody` can run the programs and use a folder beside the cluster. */
function canReach(runner: Runner): boolean {
  const probe = `${runner.cluster}.probe`
  rmSync(probe, { recursive: true, force: true })
  mkdirSync(probe, { mode: 0o700 })
  chownSync(probe, runner.owner, runner.owner)
  const reached = works({ ...runner, cluster: probe })
  rmSync(probe, { recursive: true })
  if (reached && existsSync(runner.cluster)) give(runner.cluster, runner.owner)
  return reached
}

/** Moves the cluster, unless it was moved before, and leaves a link in its place. */
function moveCluster(folder: string, target: string): void {
  const from = clusterOf(folder)
  const link = path.join(realpathSync(folder), 'postgres')
  if (from === target) return
  if (existsSync(from)) {
    rmSync(target, { recursive: true, force: true })
    cpSync(from, target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    renameSync(from, `${from}.moved`)
  }
  rmSync(link, { force: true })
  symlinkSync(target, link)
  rmSync(`${from}.moved`, { recursive: true, force: true })
}

/** Gives a folder and all in it to a user; PostgreSQL insists on owning its data. */
function give(folder: string, uid: number): void {
  if (!existsSync(folder) || lstatSync(folder).uid === uid) return
  for (const entry of readdirSync(folder, { recursive: true })) lchownSync(path.join(folder, String(entry)), uid, uid)
  // The folder itself last: its owner says that all in it was given.
  chownSync(folder, uid, uid)
}

/** True when `postgres` starts this way, is not root in its own eyes, and can write where its data is. */
function works(runner: Runner): boolean {
  const place = existsSync(runner.cluster) ? runner.cluster : path.dirname(runner.cluster)
  const script = '[ "$(id -u)" != 0 ] && "$0" --version >/dev/null && [ -w "$1" ] && [ -x "$1" ]'
  const [command, args] = commandOf(runner, '/bin/sh', ['-c', script, path.join(runner.native, 'bin/postgres'), place])
  return spawnSync(command, args, { stdio: 'ignore', cwd: '/', ...runner.as }).status === 0
}

/** A command as this runner runs it. */
export function commandOf(runner: Runner, program: string, args: readonly string[]): [string, string[]] {
  const [first, ...rest] = [...runner.prefix, program, ...args]
  return [first as string, rest]
}

/** The words that make the kernel stop the server when this program dies, where the system has them. */
export function withParent(): string[] {
  return process.platform === 'linux' && isOnPath('setpriv') ? ['setpriv', '--pdeathsig', 'INT'] : []
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
