/**
 * The history of the office: what its people changed, who and when, what it was before and after.
 *
 * Written in the transaction of the change itself, whatever slice the thing belongs to.
 */
import type { Queryable } from '../platform/database.js'

/** A thing of the office as the office file would have it; null: there is none. */
export type Thing = Readonly<Record<string, unknown>> | null

export interface OfficeChange {
  readonly at: Temporal.Instant
  /** Null: a file loaded at the command line. */
  readonly accountId: number | null
  /** What kind of thing: `building`, `room`, `unit`, `desk`, `service`, `shift`, … */
  readonly part: string
  /** Which one, by its id there. */
  readonly subject: string
  readonly before: Thing
  readonly after: Thing
  /** The change this one takes back. */
  readonly undoes?: number
  /** The first change of the same save, with which this one is taken back. */
  readonly savedWith?: number
}

export interface KeptOfficeChange extends OfficeChange {
  readonly id: number
  /** Name of whoever changed it, as staff pages show it. */
  readonly accountName: string | null
  /** The change that took this one back. */
  readonly undoneBy: number | null
  /** How many more were saved with it, where it is the first. */
  readonly more: number
}

/** Keeps one change and gives its number; the caller holds the transaction that makes it. Before and after must differ. */
export async function recordOfficeChange(client: Queryable, change: OfficeChange): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into office_change (at, account_id, part, subject, before, after, undoes, saved_with)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      change.at,
      change.accountId,
      change.part,
      change.subject,
      json(change.before),
      json(change.after),
      change.undoes ?? null,
      change.savedWith ?? null,
    ] as unknown[],
  )
  return (rows[0] as { id: number }).id
}

export interface ChangesAsked {
  readonly part?: string
  readonly subject?: string
  /** Only changes before this number: the next page. */
  readonly before?: number
  readonly id?: number
  /** Only those of one save, by the number of its first. */
  readonly save?: number
  /** Only the first of each save. */
  readonly firsts?: boolean
  readonly limit: number
}

/** Changes, the last one first. */
export async function officeChanges(database: Queryable, asked: ChangesAsked): Promise<KeptOfficeChange[]> {
  const { rows } = await database.query<{
    id: number
    at: Temporal.Instant
    account_id: number | null
    account_name: string | null
    part: string
    subject: string
    before: Thing
    after: Thing
    undoes: number | null
    saved_with: number | null
    undone_by: number | null
    more: number
  }>(
    `select c.id, c.at, c.account_id, a.name as account_name, c.part, c.subject, c.before, c.after, c.undoes, c.saved_with, u.id as undone_by,
       (select count(*) from office_change s where s.saved_with = c.id) as more
     from office_change c left join account a on a.id = c.account_id left join office_change u on u.undoes = c.id
     where ($1::text is null or c.part = $1) and ($2::text is null or c.subject = $2) and ($3::bigint is null or c.id < $3)
       and ($4::bigint is null or c.id = $4) and ($5::bigint is null or c.id = $5 or c.saved_with = $5) and (not $6 or c.saved_with is null)
     order by c.id desc limit $7`,
    [
      asked.part ?? null,
      asked.subject ?? null,
      asked.before ?? null,
      asked.id ?? null,
      asked.save ?? null,
      asked.firsts ?? false,
      asked.limit,
    ],
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    accountId: row.account_id,
    accountName: row.account_name,
    part: row.part,
    subject: row.subject,
    before: row.before,
    after: row.after,
    ...(row.undoes === null ? {} : { undoes: row.undoes }),
    ...(row.saved_with === null ? {} : { savedWith: row.saved_with }),
    undoneBy: row.undone_by,
    more: row.more,
  }))
}

function json(thing: Thing): string | null {
  return thing === null ? null : JSON.stringify(thing)
}
