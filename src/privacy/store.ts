/**
 * Erasure reads the labels of the schema: a column whose comment says
 * `personal; erase 14 days after visit` is emptied once its row's `erase_on` has come.
 */
import { officeDay } from '../platform/clock.js'
import type { Queryable } from '../platform/database.js'

/** Columns labelled for erasure after the visit, by table. */
export async function personalColumns(database: Queryable): Promise<Map<string, string[]>> {
  const { rows } = await database.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and col_description(c.oid, a.attnum) like '%personal; erase 14 days after visit%'
       and exists (select from pg_attribute e where e.attrelid = c.oid and e.attname = 'erase_on')
     order by 1, 2`,
  )
  const columns = new Map<string, string[]>()
  for (const { table, column } of rows) columns.set(table, [...(columns.get(table) ?? []), column])
  return columns
}

/** Empties the columns in rows whose day has come; returns how many rows were emptied. Names come from the catalogue. */
export async function eraseRows(database: Queryable, table: string, columns: readonly string[], day: Temporal.PlainDate): Promise<number> {
  const emptied = columns.map((column) => `"${column}" = null`).join(', ')
  const filled = columns.map((column) => `"${column}" is not null`).join(' or ')
  const { rowCount } = await database.query(`update "${table}" set ${emptied} where erase_on <= $1 and (${filled})`, [day])
  return rowCount ?? 0
}

/** A contact stands against a limit only while its visit is open: what is over goes once its day is past, long before the rest. */
export async function eraseLimits(database: Queryable, day: Temporal.PlainDate): Promise<number> {
  const { rowCount } = await database.query('delete from visit_limit where not active and day < $1', [day])
  return rowCount ?? 0
}

/** Accounts closed a year ago lose name and login; the number stays, since events name it. */
export async function eraseAccounts(database: Queryable, closedBefore: Temporal.Instant): Promise<number> {
  const { rowCount } = await database.query(
    `update account set name = '-', login = 'erased-' || id, password = null where closed_at <= $1 and name <> '-'`,
    [closedBefore],
  )
  return rowCount ?? 0
}

/** First answers to commands, outbox rows, codes that showed a contact and counts of messages are of no use after two days. */
export async function erasePassing(database: Queryable, before: Temporal.Instant): Promise<void> {
  await database.query('delete from idempotency_key where at < $1', [before])
  await database.query('delete from outbox where at < $1', [before])
  await database.query('delete from contact_check where created_at < $1', [before])
  await database.query('delete from message_count where day < $1', [officeDay(before)])
  await database.query('delete from mail_acknowledged where day < $1', [officeDay(before)])
}
