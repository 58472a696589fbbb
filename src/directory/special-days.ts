/**
 * Special days in the database: every version read, and versions begun and ended.
 * Nothing is ever deleted, so that an old answer can be given again.
 */
import type { Queryable } from '../platform/database.js'
import type { SpecialDay, SpecialDayKind } from './model.js'

/** What somebody enters. */
export type SpecialDayFacts = Omit<SpecialDay, 'enteredAt' | 'removedAt'>

type Facts = Pick<SpecialDay, 'buildings' | 'units' | 'intervals' | 'reason' | 'restsOn'>

interface Row {
  readonly id: string
  readonly kind: SpecialDayKind
  readonly from_day: Temporal.PlainDate
  readonly until_day: Temporal.PlainDate
  readonly facts: Facts
  readonly entered_at: Temporal.Instant
  readonly removed_at: Temporal.Instant | null
}

/** Every version, in the order they were entered. */
export async function loadSpecialDays(client: Queryable): Promise<SpecialDay[]> {
  const { rows } = await client.query<Row>(
    'select id, kind, from_day, until_day, facts, entered_at, removed_at from special_day order by version',
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    from: row.from_day,
    until: row.until_day,
    buildings: row.facts.buildings,
    units: row.facts.units,
    intervals: row.facts.intervals,
    reason: row.facts.reason,
    restsOn: row.facts.restsOn,
    enteredAt: row.entered_at,
    removedAt: row.removed_at,
  }))
}

/** Special days are changed one after the other: whoever reads them after this sees what the one before wrote. */
export async function lockSpecialDays(client: Queryable): Promise<void> {
  await client.query('lock table special_day in share row exclusive mode')
}

/** Ends the version that holds, if any, and begins another; null only ends it. The caller publishes `regulation`. */
export async function writeSpecialDay(client: Queryable, id: string, facts: SpecialDayFacts | null, at: Temporal.Instant): Promise<void> {
  // A version is never ended before it was entered, should a clock have been put back.
  await client.query('update special_day set removed_at = greatest($2, entered_at) where id = $1 and removed_at is null', [id, at])
  if (facts === null) return
  const { buildings, units, intervals, reason, restsOn } = facts
  await client.query('insert into special_day (id, kind, from_day, until_day, facts, entered_at) values ($1, $2, $3, $4, $5, $6)', [
    id,
    facts.kind,
    facts.from,
    facts.until,
    JSON.stringify({ buildings, units, intervals, reason, restsOn } satisfies Facts),
    at,
  ] as unknown[])
}
