/**
 * A database of its own for a test file, cloned from the migrated template, and the context slices
 * are given. The clock stands until a test moves it.
 */
import { readFileSync } from 'node:fs'
import { after } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { importActs } from '../../src/regulation/index.js'
import { openChanges } from '../../src/platform/changes.js'
import { directory, importOffice, type Directory, type OfficeFile } from '../../src/directory/index.js'
import { standingClock } from '../../src/platform/clock.js'
import { noWaysOut } from '../../src/platform/config-messages.js'
import type { Context } from '../../src/platform/context.js'
import { openDatabase, type Database } from '../../src/platform/database.js'
import { projectFile } from '../../src/platform/paths.js'
import { loadSecrets } from '../../src/platform/references.js'

export interface TestOffice {
  readonly context: Context
  readonly clock: ReturnType<typeof standingClock>
  readonly connection: pg.ClientConfig
}

/** Monday 25 May 2020, 7:20 in Leszno: the first day of the ordinance. */
export const firstMorning = Temporal.Instant.from('2020-05-25T05:20:00Z')

interface Options {
  readonly at?: Temporal.Instant
  readonly poolSize?: number
  /** Fills a database with no table in it, instead of a clone of the template. */
  readonly fill?: (empty: Database) => Promise<void>
}

/** Clones the template; closed and dropped when the test file ends. */
export async function testDatabase(options: Options = {}): Promise<TestOffice> {
  const host = process.env['OKIENKO_TEST_SERVER']
  if (host === undefined) throw new Error('run tests with npm test: it starts the database server')
  const office = await openOffice(host, options)
  after(office.close)
  return office
}

/** Clones the template for whoever closes it. */
export async function openOffice(host: string, options: Options = {}): Promise<TestOffice & { close: () => Promise<void> }> {
  const server = { host, user: 'okienko' }
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  // Its files are copied: to write each page of it to the log first takes several times as long.
  const template = options.fill === undefined ? 'template_okienko' : 'template0'
  await admin.query(`create database ${name} template ${template} strategy file_copy`)
  const connection = { ...server, database: name }
  const database = openDatabase(connection, options.poolSize ?? 16, () => undefined)
  await options.fill?.(database)
  const changes = await openChanges(connection, database.pool)
  const clock = standingClock(options.at ?? firstMorning)
  let seed = 1
  const context: Context = {
    database,
    clock,
    secrets: await loadSecrets(database.pool),
    changes,
    log: pino({ level: 'silent' }),
    publicUrl: 'http://okienko.test',
    demonstration: true,
    waysOut: noWaysOut,
    // mulberry32: the same numbers in every run.
    random: () => {
      seed = (seed + 0x6d2b79f5) | 0
      let value = Math.imul(seed ^ (seed >>> 15), 1 | seed)
      value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
      return ((value ^ (value >>> 14)) >>> 0) / 4294967296
    },
  }
  const close = async (): Promise<void> => {
    await changes.close()
    await database.close()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
  return { context, clock, connection, close }
}

/** The example office as its file gives it; `change` bends it for a test. */
export function lesznoFile(change?: (file: any) => void): OfficeFile {
  const file = JSON.parse(readFileSync(projectFile('offices/leszno.json'), 'utf8')) as OfficeFile
  change?.(file)
  return file
}

/** The acts of the example as their file gives them. */
export function lesznoActs(): unknown {
  return JSON.parse(readFileSync(projectFile('offices/leszno-acts.json'), 'utf8'))
}

/** A test database with the Leszno office, its acts, and the shifts of its desks (all staffed, Monday to Friday). */
export async function testLeszno(
  options: { at?: Temporal.Instant; poolSize?: number; change?: (file: any) => void } = {},
): Promise<TestOffice & { directory: Directory }> {
  const office = await testDatabase(options)
  const now = office.clock.now()
  await importOffice(office.context.database, lesznoFile(options.change), { now, demonstration: true })
  const errors = await importActs(office.context.database, lesznoActs(), now)
  if (errors.length > 0) throw new Error(`the acts of the example are wrong: ${JSON.stringify(errors)}`)
  return { ...office, directory: await directory(office.context) }
}
