/**
 * Settings, all from the environment. Each wrong one is a sentence that names it, says what is
 * expected, and ends the program; none is guessed or silently replaced. An empty one is not set.
 */
import path from 'node:path'
import pg from 'pg'
import { readWaysOut, type WaysOut } from './config-messages.js'
import { projectFile } from './paths.js'
import { SetupError } from './setup-error.js'

export type ClockSetting =
  /** Not set: the demonstration's own clock, or in a real office the machine's. */
  | { readonly kind: 'usual' }
  | { readonly kind: 'real' }
  /** Shows `at` when the program starts and runs on. */
  | { readonly kind: 'from'; readonly at: Temporal.Instant }

export interface Config {
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  /** Folder of the embedded server and other state, absolute. */
  readonly dataFolder: string
  /** A PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | null
  readonly clock: ClockSetting
  /** Address the world reaches the office at, without a slash at the end; null: where the program listens. */
  readonly publicUrl: string | null
  /** Folder of the files an office gives for its pages, absolute; it need not be there. */
  readonly mediaFolder: string
  readonly waysOut: WaysOut
  /** A file that names the mailboxes to read, absolute; null: none is read. */
  readonly mailboxesFile: string | null
}

/** Beside the office file of the example. */
export const usualMediaFolder = projectFile('offices', 'media')

/** Reads the settings; throws a SetupError for the first wrong one. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const value = (name: string): string | null => environment[name]?.trim() || null
  const waysOut = readWaysOut(value)
  const mailboxesFile = readFile(value('OKIENKO_MAILBOXES'))
  // What comes in is answered; an answer that cannot leave would wait for the person for ever.
  if (mailboxesFile !== null && waysOut.email === null) throw new SetupError('mailboxes-unanswered')
  return {
    port: readPort(value('PORT') ?? '8080'),
    host: value('HOST') ?? '127.0.0.1',
    dataFolder: path.resolve(value('OKIENKO_DATA') ?? 'data'),
    databaseUrl: readDatabaseUrl(value('DATABASE_URL')),
    clock: readClock(value('OKIENKO_CLOCK')),
    publicUrl: readPublicUrl(value('OKIENKO_URL')),
    mediaFolder: path.resolve(value('OKIENKO_MEDIA') ?? usualMediaFolder),
    waysOut,
    mailboxesFile,
  }
}

function readFile(value: string | null): string | null {
  return value === null ? null : path.resolve(value)
}

function readPort(value: string): number {
  const port = Number(value)
  if (!/^\d{1,5}$/.test(value) || port > 65_535) throw new SetupError('port', { value })
  return port
}

function readDatabaseUrl(value: string | null): string | null {
  if (value === null) return null
  // The value is never repeated: it holds a password.
  if (!/^postgres(ql)?:\/\//.test(value)) throw new SetupError('database-url')
  try {
    new pg.Client({ connectionString: value })
  } catch {
    throw new SetupError('database-url')
  }
  return value
}

function readClock(value: string | null): ClockSetting {
  if (value === null) return { kind: 'usual' }
  if (value === 'real') return { kind: 'real' }
  try {
    return { kind: 'from', at: Temporal.Instant.from(value) }
  } catch {
    throw new SetupError('clock', { value })
  }
}

function readPublicUrl(value: string | null): string | null {
  if (value === null) return null
  const url = URL.parse(value)
  const plain =
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  if (!plain) throw new SetupError('url', { value })
  return url.origin
}
