/**
 * A process that takes mails in and dies at a point of its work, as by a power cut. What it is to do
 * comes as JSON in its first argument; it says `idle` whenever the point was passed in vain.
 */
import { noWaysOut } from '../../../src/platform/config-messages.js'
import pg from 'pg'
import { pino } from 'pino'
import { listen } from '../../../src/inbox/listen.js'
import type { Mailbox } from '../../../src/inbox/mailboxes.js'
import { openChanges } from '../../../src/platform/changes.js'
import { standingClock } from '../../../src/platform/clock.js'
import type { Context } from '../../../src/platform/context.js'
import { openDatabase } from '../../../src/platform/database.js'
import { loadSecrets } from '../../../src/platform/references.js'

export interface ChildWork {
  readonly connection: pg.ClientConfig
  readonly mailbox: Mailbox
  readonly at: string
  /** Dies at the point for the nth time. */
  readonly point: string
  readonly nth: number
}

const work = JSON.parse(process.argv[2] ?? '{}') as ChildWork
const database = openDatabase(work.connection, 4, () => undefined)
const context = {
  database,
  clock: standingClock(Temporal.Instant.from(work.at)),
  secrets: await loadSecrets(database.pool),
  changes: await openChanges(work.connection, database.pool),
  log: pino({ level: 'silent' }),
  publicUrl: 'http://okienko.test',
  demonstration: true,
  waysOut: noWaysOut,
  random: Math.random,
} as Context

let passed = 0
await listen(context, work.mailbox, new AbortController().signal, {
  waitMs: { first: 20, most: 200 },
  at(point) {
    if (point === work.point && (passed += 1) === work.nth) process.kill(process.pid, 'SIGKILL')
  },
})
