/**
 * One program per data folder. The lock is the operating system's own on a file, so that it ends
 * with the process that holds it, however that process ends; a file with a process number could
 * lie after a crash. SQLite, which comes with Node, is used for nothing but its file lock: Node
 * itself offers none.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { reasonOf, SetupError } from '../setup-error.js'

export interface DataLock {
  release(): void
}

const sqliteBusy = 5

/** Takes the folder, made if missing, for this process; null when another process has it. */
export function lockData(folder: string): DataLock | null {
  let file: DatabaseSync | null = null
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    file = new DatabaseSync(path.join(folder, 'lock'), { timeout: 0 })
    // With its journal in memory nothing is ever written beside the lock.
    file.exec('pragma journal_mode = memory')
    file.exec('begin exclusive')
  } catch (error) {
    file?.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) return null
    throw new SetupError('data-folder', { folder, reason: reasonOf(error) })
  }
  const held = file
  return { release: () => held.close() }
}
