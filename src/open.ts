/**
 * Opens what every slice is given: database, changes, secrets, the office's clock and the log.
 * Whether this is the demonstration is decided here, once: the embedded server with no office
 * in it, or with the example office that the demonstration put there itself.
 */
import { randomInt } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { openChanges } from './platform/changes.js'
import { machineClock, runningClock, type Clock } from './platform/clock.js'
import type { ClockSetting, Config } from './platform/config.js'
import type { Context } from './platform/context.js'
import { openDatabase, type Database, type Queryable } from './platform/database.js'
import { migrate, newerMigration } from './platform/migrations.js'
import { openOfficeClock } from './platform/office-clock.js'
import { enter } from './platform/presence.js'
import { loadSecrets } from './platform/references.js'
import type { Server } from './platform/server.js'
import { SetupError } from './platform/setup-error.js'

/** Connections of one process: measured best on two cores, and eight processes fit a server's usual hundred. */
const poolSize = 12
/** Monday 25 May 2020, 7:20 in Leszno: the first day of the ordinance, before the desks open. */
const demonstrationStart = Temporal.Instant.from('2020-05-25T05:20:00Z')

/** A number from 0 to below 1 that nobody outside can foresee: by it freed times return, and equals are chosen among. */
const unforeseeable = (): number => randomInt(2 ** 32) / 2 ** 32

export interface Opened {
  readonly context: Context
  close(): Promise<void>
}

/** Brings the database to the present schema and opens the context on it. */
export async function openContext(config: Config, server: Server, publicUrl: string): Promise<Opened> {
  const closers: (() => Promise<void> | void)[] = []
  const close = async (): Promise<void> => {
    for (const each of closers.toReversed()) await each()
  }
  try {
    const log = pino({ level: server.kind === 'given' ? 'info' : 'warn' }, pino.destination({ dest: 2, sync: true }))
    const presence = await enter(server.connection)
    closers.push(() => presence.leave())
    const database = openDatabase(server.connection, poolSize, (error) =>
      log.warn({ code: (error as { code?: string }).code }, 'the database closed a connection'),
    )
    closers.push(() => database.close())
    await bringUpToDate(database)
    const demonstration = server.kind === 'embedded' && (await isDemonstration(database.pool))
    if (server.kind === 'embedded' && !demonstration) log.level = 'info'
    const changes = await openChanges(server.connection, database.pool)
    closers.push(() => changes.close())
    let clock = usualClock(config.clock)
    if (demonstration && config.clock.kind !== 'real') {
      const start = config.clock.kind === 'from' ? config.clock.at : demonstrationStart
      const shared = await openOfficeClock(database.pool, changes, machineClock, start)
      closers.push(() => shared.close())
      // An instant asked for is reached also on older data; the clock never goes back.
      if (config.clock.kind === 'from') await shared.moveTo(start)
      clock = shared
    }
    const secrets = await loadSecrets(database.pool)
    const context: Context = {
      database,
      clock,
      secrets,
      changes,
      log,
      publicUrl,
      demonstration,
      waysOut: config.waysOut,
      random: unforeseeable,
    }
    return { context, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Runs what is missing; a database that a newer program changed is left alone. */
export async function bringUpToDate(database: Database): Promise<string[]> {
  const newer = await newerMigration(database)
  if (newer !== null) throw new SetupError('database-newer', { migration: newer })
  return migrate(database)
}

async function isDemonstration(database: Queryable): Promise<boolean> {
  const { rows } = await database.query<{ demonstration: boolean } & pg.QueryResultRow>('select demonstration from office')
  return rows[0]?.demonstration ?? true
}

function usualClock(setting: ClockSetting): Clock {
  return setting.kind === 'from' ? runningClock(setting.at, machineClock.now()) : machineClock
}
