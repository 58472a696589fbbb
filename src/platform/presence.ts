/**
 * Who works on a database: programs share a lock of the session, a restore wants it alone. So a
 * restore is refused while a program runs, wherever that runs, and a program does not start in
 * the middle of a restore. The lock ends with the connection, however the process ends.
 */
import pg from 'pg'
import { SetupError } from './setup-error.js'

/** The number of the advisory lock: the letters "okie". */
const presenceKey = 0x6f6b6965
const returnAfterMs = 1_000

export interface Presence {
  leave(): Promise<void>
}

/** Says that a program works on this database; throws when a restore has it. Comes back after an outage. */
export async function enter(connection: pg.ClientConfig): Promise<Presence> {
  let client = await lockWith(connection, 'pg_try_advisory_lock_shared')
  if (client === null) throw new SetupError('restoring')
  let left = false
  const watch = (): void => {
    client?.once('end', () => {
      if (!left) setTimeout(() => void comeBack(), returnAfterMs).unref()
    })
  }
  const comeBack = async (): Promise<void> => {
    if (left) return
    try {
      client = await lockWith(connection, 'pg_try_advisory_lock_shared')
    } catch {
      client = null
    }
    if (client === null) setTimeout(() => void comeBack(), returnAfterMs).unref()
    else watch()
  }
  watch()
  return {
    async leave() {
      left = true
      await client?.end().catch(() => undefined)
    },
  }
}

/** Takes the database for a restore; throws when a program works on it. */
export async function enterAlone(connection: pg.ClientConfig): Promise<Presence> {
  const client = await lockWith(connection, 'pg_try_advisory_lock')
  if (client === null) throw new SetupError('restore-used')
  return { leave: () => client.end().catch(() => undefined) }
}

async function lockWith(
  connection: pg.ClientConfig,
  take: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
): Promise<pg.Client | null> {
  const client = new pg.Client({ ...connection, keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ taken: boolean }>(`select ${take}($1) as taken`, [presenceKey])
  if (rows[0]?.taken === true) return client
  await client.end()
  return null
}
