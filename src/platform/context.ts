/**
 * What every slice is given: the database, the clock, secrets, changes and the log. Nothing here
 * knows a visit. Slices take it as their first argument; rules never do.
 */
import type { Logger } from 'pino'
import type { Changes } from './changes.js'
import type { Clock } from './clock.js'
import type { WaysOut } from './config-messages.js'
import type { Database } from './database.js'
import type { Secrets } from './references.js'

export interface Context {
  readonly database: Database
  readonly clock: Clock
  readonly secrets: Secrets
  readonly changes: Changes
  readonly log: Logger
  /** Address the world reaches the office at, without a slash at the end; links in messages and QR codes begin with it. */
  readonly publicUrl: string
  /** The demonstration of the example office: its bar, accounts and mailbox exist only here. */
  readonly demonstration: boolean
  /** How messages leave, by the settings; in a demonstration what has no setting goes to its mailbox. */
  readonly waysOut: WaysOut
  /** A random number from 0 to below 1: an argument so that a simulated day repeats. */
  readonly random: () => number
}
