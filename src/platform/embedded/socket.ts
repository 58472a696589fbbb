/**
 * The folder of the server's Unix socket. A socket's path has a limit of about a hundred bytes,
 * whatever the disk allows, so a deep data folder gets its socket in the temporary folder.
 */
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { SetupError } from '../setup-error.js'
import type { Runner } from './runner.js'

const pathBytesMax = 100
export const socketPort = 5432
const socketName = `.s.PGSQL.${socketPort}`

/** The folder for the socket of the server on `dataFolder`, made, and closed to everyone else. */
export function socketFolder(dataFolder: string, runner: Runner): string {
  // A server run as plain nobody cannot write in root's data folder.
  if (fits(dataFolder) && runner.as === null) return dataFolder
  const user = process.getuid?.() ?? 0
  const name = `okienko-${user}-${createHash('sha256').update(realpathSync(dataFolder)).digest('hex').slice(0, 12)}`
  const folder = [os.tmpdir(), '/tmp'].map((base) => path.join(base, name)).find(fits)
  if (folder === undefined) throw new SetupError('socket-folder', { folder: os.tmpdir() })
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, { mode: 0o700 })
  // The temporary folder is everybody's: a name someone else took first is not used.
  const found = lstatSync(folder)
  if (!found.isDirectory() || (found.uid !== user && found.uid !== runner.owner)) throw new SetupError('socket-folder', { folder })
  chmodSync(folder, 0o700)
  if (runner.as !== null) chownSync(folder, runner.as.uid, runner.as.gid)
  return folder
}

/** Removes the folder when it was made for the socket alone. */
export function removeSocketFolder(folder: string, dataFolder: string): void {
  if (folder === dataFolder) removeSocket(folder)
  else rmSync(folder, { recursive: true, force: true })
}

/** Removes what a server that is gone left in the folder. */
export function removeSocket(folder: string): void {
  for (const name of [socketName, `${socketName}.lock`]) rmSync(path.join(folder, name), { force: true })
}

function fits(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, socketName)) <= pathBytesMax
}
