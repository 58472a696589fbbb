/**
 * The one door to PostgreSQL: a pool of connections whose statements are prepared under a name.
 *
 * Times come and go as Temporal values, `date` as PlainDate, `bigint` as number. Sessions run in
 * UTC, so that nothing depends on where the server stands; no query asks the server for the time.
 */
import { createHash } from 'node:crypto'
import pg from 'pg'

/** Longest a statement waits for a lock before the person is asked to try again (see docs/locking.md). */
export const lockTimeoutMs = 3_000

pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text))
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => Temporal.PlainDate.from(text))
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a number from the database is too large')
  return value
})

const names = new Map<string, string>()

function statementName(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = `s_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
    names.set(text, name)
  }
  return name
}

function toParameter(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString()
  if (Array.isArray(value)) return value.map(toParameter)
  return value
}

/** A connection that prepares each statement with parameters once and calls it by name ever after. */
export class NamedStatementClient extends pg.Client {
  // The overloads of pg are many and all end here; callers see pg's own types.
  override query(config: any, values?: any, callback?: any): any {
    if (typeof config === 'string' && Array.isArray(values) && values.length > 0) {
      return super.query({ name: statementName(config), text: config, values: values.map(toParameter) }, callback)
    }
    if (typeof config === 'object' && config !== null && Array.isArray(config.values)) {
      const parameters = config.values.map(toParameter)
      const plain = typeof config.text === 'string' && typeof config.submit !== 'function'
      return super.query(
        plain ? { ...config, name: config.name ?? statementName(config.text), values: parameters } : config,
        values,
        callback,
      )
    }
    return super.query(config, values, callback)
  }
}

export interface Database {
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool. `onOutage` hears of connections the server closed: an outage, not a reason to exit. */
export function openDatabase(connection: pg.ClientConfig, poolSize: number, onOutage: (error: Error) => void): Database {
  const pool = new pg.Pool({
    ...connection,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    Client: NamedStatementClient as unknown as new () => pg.Client & pg.PoolClient,
    options: `-c timezone=UTC -c lock_timeout=${lockTimeoutMs} -c client_min_messages=warning`,
  })
  let closing = false
  pool.on('error', (error) => {
    // A connection already told to end may still hear that the server stops: that is no outage.
    if (!closing) onOutage(error)
  })
  return {
    pool,
    async close() {
      closing = true
      await pool.end()
    },
  }
}

/** Anything that runs one statement: the pool, or a client inside a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>>
}

/** Runs `work` in one transaction on one connection; rolls back when it throws. */
export async function transaction<Result>(database: Database, work: (client: Queryable) => Promise<Result>): Promise<Result> {
  const client = await database.pool.connect()
  let broken: Error | undefined
  // A connection the server ends while it is lent out tells it twice: to the statement, and as an event that ends the process unless it is heard.
  const lost = (error: Error): void => {
    broken = error
  }
  client.on('error', lost)
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.removeListener('error', lost)
    client.release(broken)
  }
}

/** The named constraint a statement broke, or null when the error is something else. */
export function brokenConstraint(error: unknown): string | null {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23') ? (error.constraint ?? null) : null
}

/** True when a lock was not had in time, or the server ended one of two transactions that waited for each other. */
export function isLockFailure(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01')
}

/** True when the server cannot be reached or is going down: the edge answers 503 and says to try again. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: string }).code ?? ''
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '08006', '08001', '08003'].includes(
      code,
    ) || /Connection terminated|timeout exceeded when trying to connect|not queryable|client was closed/i.test(error.message)
  )
}
