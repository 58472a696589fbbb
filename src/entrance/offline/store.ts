/** SQL of the door without a network: what a device is given, what it sends, and what does not fit. */
import type { Queryable } from '../../platform/database.js'
import { visitOf, type Visit, type VisitRow } from '../../visit/index.js'
import type { ActKind, Conflict, ConflictCode } from './model.js'

export interface DayVisit {
  readonly visit: Visit
  /** When it was last let in here; null when it was not, or was seen going out. */
  readonly last: Temporal.Instant | null
}

/** Every visit of a building that day which a pass or a number can name. */
export async function visitsOfDay(client: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<DayVisit[]> {
  const { rows } = await client.query<VisitRow & { last_at: Temporal.Instant | null; last_left_at: Temporal.Instant | null }>(
    `select visit.*, last.at as last_at, last.left_at as last_left_at
     from visit left join lateral (
       select at, left_at from entry where visit_id = visit.id and undone_at is null order by at desc, id desc limit 1
     ) last on true
     where day = $1 and building_id = $2 and state not in ('held', 'expired')
     order by starts_at, visit.id`,
    [day, buildingId],
  )
  return rows.map((row) => ({ visit: visitOf(row), last: row.last_left_at === null ? row.last_at : null }))
}

export interface NewAct {
  readonly key: string
  readonly buildingId: string
  readonly accountId: number
  readonly sentBy: number
  readonly kind: ActKind
  readonly at: Temporal.Instant
  readonly deviceAt: Temporal.Instant
  readonly receivedAt: Temporal.Instant
  readonly told: string | null
}

/** Takes the key of an act in this transaction; false when it was taken before: whoever comes second waits for the first. */
export async function claimAct(client: Queryable, act: NewAct): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into offline_act (key, building_id, account_id, sent_by, kind, at, device_at, received_at, told)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint offline_act_pkey do nothing`,
    [act.key, act.buildingId, act.accountId, act.sentBy, act.kind, act.at, act.deviceAt, act.receivedAt, act.told],
  )
  return rowCount === 1
}

export async function keepAct(
  client: Queryable,
  key: string,
  made: { readonly visitId: number | null; readonly entryId: number | null; readonly conflicts: readonly Conflict[] },
  buildingId: string,
): Promise<void> {
  await client.query('update offline_act set visit_id = $2, entry_id = $3 where key = $1', [key, made.visitId, made.entryId])
  for (const { code, details } of made.conflicts)
    await client.query('insert into offline_conflict (act_key, building_id, code, details) values ($1, $2, $3, $4)', [
      key,
      buildingId,
      code,
      JSON.stringify(details),
    ])
}

/** The entry an act made or was about; null when it is not known here. */
export async function entryOfAct(client: Queryable, key: string, buildingId: string): Promise<number | null> {
  const { rows } = await client.query<{ entry_id: number | null }>('select entry_id from offline_act where key = $1 and building_id = $2', [
    key,
    buildingId,
  ])
  return rows[0]?.entry_id ?? null
}

export interface ListedConflict {
  readonly id: number
  readonly code: ConflictCode
  readonly details: Readonly<Record<string, string | number>>
  readonly kind: ActKind
  readonly at: Temporal.Instant
  readonly startsAt: Temporal.Instant | null
  readonly reference: string | null
  /** Of an envelope. */
  readonly receipt: string | null
  readonly guard: string
}

/** Conflicts nobody said were seen, oldest first. */
export async function openConflicts(client: Queryable, buildingId: string): Promise<ListedConflict[]> {
  const { rows } = await client.query<{
    id: number
    code: ConflictCode
    details: Record<string, string | number>
    kind: ActKind
    at: Temporal.Instant
    starts_at: Temporal.Instant | null
    reference: string | null
    receipt: string | null
    guard: string
  }>(
    `select offline_conflict.id, offline_conflict.code, details, act.kind, act.at, visit.starts_at, visit.reference, visit.receipt, account.name as guard
     from offline_conflict
     join offline_act act on act.key = act_key join account on account.id = act.account_id
     left join visit on visit.id = act.visit_id
     where offline_conflict.building_id = $1 and seen_at is null
     order by act.at, offline_conflict.id limit 200`,
    [buildingId],
  )
  return rows.map(({ starts_at: startsAt, ...row }) => ({ ...row, startsAt }))
}

export async function countConflicts(client: Queryable, buildingId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from offline_conflict where building_id = $1 and seen_at is null',
    [buildingId],
  )
  return rows[0]?.count ?? 0
}

/** Conflicts of acts, by the key of the act. */
export async function conflictsOf(client: Queryable, keys: readonly string[]): Promise<Map<string, Conflict[]>> {
  const { rows } = await client.query<{ act_key: string; code: ConflictCode; details: Record<string, string | number> }>(
    'select act_key, code, details from offline_conflict where act_key = any($1) order by id',
    [keys],
  )
  return Map.groupBy(rows, (row) => row.act_key)
}

/** The tickets of acts that brought somebody in, by the key of the act. */
export async function ticketsOf(client: Queryable, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ key: string; ticket: string }>(
    `select key, ticket from offline_act act
     join visit on visit.id = act.visit_id join entry on entry.id = act.entry_id and undone_at is null
     where key = any($1) and act.kind = 'entered' and ticket is not null and visit.state in ('arrived', 'called', 'serving', 'parked')`,
    [keys],
  )
  return new Map(rows.map(({ key, ticket }) => [key, ticket]))
}

/** Says that a conflict was seen; false when it was before, or is of another door. */
export async function markSeen(
  client: Queryable,
  seen: { readonly id: number; readonly buildingId: string; readonly accountId: number; readonly at: Temporal.Instant },
): Promise<boolean> {
  const { rowCount } = await client.query(
    'update offline_conflict set seen_at = $3, seen_by = $4 where id = $1 and building_id = $2 and seen_at is null',
    [seen.id, seen.buildingId, seen.at, seen.accountId],
  )
  return rowCount === 1
}
