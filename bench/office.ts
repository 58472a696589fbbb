/**
 * A database of its own on the server of the measurements, with an office, and the context the
 * actions are given: one way for every measurement.
 */
import pg from 'pg'
import { pino } from 'pino'
import { importOffice, type OfficeFile } from '../src/directory/index.js'
import { openChanges } from '../src/platform/changes.js'
import { standingClock } from '../src/platform/clock.js'
import { noWaysOut } from '../src/platform/config-messages.js'
import type { Context } from '../src/platform/context.js'
import { openDatabase, type Database } from '../src/platform/database.js'
import { migrate } from '../src/platform/migrations.js'
import { loadSecrets } from '../src/platform/references.js'
import { importActs } from '../src/regulation/index.js'

export interface BenchOffice {
  readonly context: Context
  close(): Promise<void>
}

export interface BenchSettings {
  readonly office: OfficeFile
  readonly acts: unknown
  /** The office's time during the measurement. */
  readonly now: Temporal.Instant
  readonly poolSize: number
  /** In a demonstration no page is taken from memory unasked. */
  readonly demonstration?: boolean
  /** Writes the past, over a connection of its own: a server process that wrote a million rows stays slower for it. */
  readonly fill?: (database: Database) => Promise<void>
}

/** Makes the database `name`, anew if it was there; `close` drops it. */
export async function openBenchOffice(server: pg.ClientConfig, name: string, settings: BenchSettings): Promise<BenchOffice> {
  const { now, demonstration = true } = settings
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  const connection = { ...server, database: name }
  const filling = openDatabase(connection, 1, () => undefined)
  await migrate(filling)
  await importOffice(filling, settings.office, { now, demonstration })
  const errors = await importActs(filling, settings.acts, now)
  if (errors.length > 0) throw new Error('the acts of the bench office are wrong')
  await settings.fill?.(filling)
  await filling.close()
  const database = openDatabase(connection, settings.poolSize, () => undefined)
  const changes = await openChanges(connection, database.pool)
  const context: Context = {
    database,
    clock: standingClock(now),
    secrets: await loadSecrets(database.pool),
    changes,
    log: pino({ level: 'silent' }),
    publicUrl: 'http://okienko.test',
    demonstration,
    waysOut: noWaysOut,
    random: Math.random,
  }
  return {
    context,
    async close() {
      await changes.close()
      await database.close()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
