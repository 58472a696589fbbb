/**
 * What a backup holds of a database, read from its own catalogue: every table of the schema
 * `public` in an order in which rows never refer to rows that come later, and every sequence.
 * The list of migrations is kept apart: a restore makes it by running them.
 */
import type { Queryable } from '../database.js'

export interface Table {
  readonly name: string
  /** Columns to copy; generated ones are computed again. */
  readonly columns: readonly string[]
}

export interface Sequence {
  readonly name: string
  readonly value: string
  readonly called: boolean
}

const notCopied = ['kysely_migration', 'kysely_migration_lock']

/** Tables, those others refer to first. */
export async function readTables(client: Queryable): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] }>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select distinct r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid
             where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname`,
  )
  const waiting = rows.filter((row) => !notCopied.includes(row.name))
  const ordered: Table[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex((row) => row.refers.every((name) => ordered.some((table) => table.name === name)))
    if (next === -1) throw new Error(`tables refer to each other in a circle: ${waiting.map((row) => row.name).join(', ')}`)
    const [row] = waiting.splice(next, 1)
    if (row !== undefined) ordered.push({ name: row.name, columns: row.columns })
  }
  return ordered
}

/**
 * Sequences and identity columns. They do not obey transactions: read after the rows, they are
 * never behind them.
 */
export async function readSequences(client: Queryable): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string; value: string | null; start: string }>(
    `select sequencename as name, last_value::text as value, start_value::text as start from pg_sequences where schemaname = 'public' order by sequencename`,
  )
  return rows.map((row) => ({ name: row.name, value: row.value ?? row.start, called: row.value !== null }))
}

/** An identifier as SQL wants it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
