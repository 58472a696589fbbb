/**
 * A process of its own that reads the outbox and sends, and is killed (SIGKILL) at the step it was
 * told: nothing it would do afterwards is done, and nobody is told.
 *
 * `node sending-child.js '{"connection":…,"kill":"accepted 3","email":…,"sms":…,"now":…}'`
 */
import pg from 'pg'
import { pino } from 'pino'
import { startReaderOnce } from './sending-process.js'
import { openChanges } from '../../src/platform/changes.js'
import { standingClock } from '../../src/platform/clock.js'
import type { WaysOut } from '../../src/platform/config-messages.js'
import { openDatabase } from '../../src/platform/database.js'
import { loadSecrets } from '../../src/platform/references.js'

export interface Told {
  readonly connection: pg.ClientConfig
  /** The step, and at which of its occurrences. */
  readonly kill: readonly [string, number] | null
  readonly waysOut: WaysOut
  readonly now: string
}

const { connection, kill, waysOut, now } = JSON.parse(process.argv[2] ?? '') as Told
let left = kill?.[1] ?? 0
const at = (step: string): void => {
  if (step !== kill?.[0]) return
  left -= 1
  if (left <= 0) process.kill(process.pid, 'SIGKILL')
}
const database = openDatabase(connection, 4, () => undefined)
const changes = await openChanges(connection, database.pool)
await startReaderOnce(
  {
    database,
    changes,
    clock: standingClock(Temporal.Instant.from(now)),
    secrets: await loadSecrets(database.pool),
    log: pino({ level: 'silent' }),
    publicUrl: 'http://okienko.test',
    demonstration: false,
    waysOut,
    random: Math.random,
  },
  at,
)
await changes.close()
await database.close()
