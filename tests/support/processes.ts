/**
 * Several processes of one office for race tests: each has its own connections, caches and hints,
 * and shares nothing with the others but the database. The clock is the test's.
 */
import { after } from 'node:test'
import { openChanges } from '../../src/platform/changes.js'
import type { Context } from '../../src/platform/context.js'
import { openDatabase } from '../../src/platform/database.js'
import type { TestOffice } from './office.js'

/** Opens `count` processes with `connections` each; closed when the test file ends. */
export async function processes(office: TestOffice, count: number, connections: number): Promise<readonly Context[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const database = openDatabase(office.connection, connections, () => undefined)
      const changes = await openChanges(office.connection, database.pool)
      after(async () => {
        await changes.close()
        await database.close()
      })
      return { ...office.context, database, changes, random: Math.random }
    }),
  )
}

/** Runs all at once: nobody begins before every one is ready. */
export async function atOnce<Result>(count: number, run: (index: number) => Promise<Result>): Promise<Result[]> {
  const start = Promise.withResolvers<void>()
  const running = Array.from({ length: count }, async (_, index) => {
    await start.promise
    return run(index)
  })
  start.resolve()
  return Promise.all(running)
}
