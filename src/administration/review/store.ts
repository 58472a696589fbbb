/** All SQL of the review list. */
import type { Queryable } from '../../platform/database.js'
import type { Basis } from '../../platform/decision.js'
import { visitOf, type VisitRow } from '../../visit/index.js'
import type { CallAttempt, CallResult, KeepReason, ReviewCount, ReviewItem, ReviewOutcome, Told } from './model.js'

/** A visit that does not fit, and why. */
export interface FoundVisit {
  readonly visitId: number
  readonly startsAt: Temporal.Instant
  readonly code: string
  readonly basis: readonly Basis[]
  readonly values?: Readonly<Record<string, string | number>>
  readonly dueAt: Temporal.Instant
}

/** Looks that write come one after another: two would lock the same visits in orders of their own. */
export async function oneAtATime(client: Queryable): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtext('review_item'))")
}

/**
 * Opens an item for each visit that has none, unless the office keeps it for the very same reason; returns
 * how many. A visit that was moved or ended since it was judged is left out.
 */
export async function insertItems(client: Queryable, found: readonly FoundVisit[], now: Temporal.Instant): Promise<number> {
  if (found.length === 0) return 0
  const { rowCount } = await client.query(
    `with given as (
       select * from jsonb_to_recordset($1::jsonb) as each (visit bigint, starts timestamptz, code text, basis jsonb, details jsonb, due timestamptz)
     ), fresh as (
       select given.* from given join visit v on v.id = given.visit and v.starts_at = given.starts and v.state in ('pending', 'booked')
       where not exists (select from review_item open where open.visit_id = v.id and open.outcome is null)
         and not exists (
           select from review_item kept where kept.visit_id = v.id and kept.outcome = 'kept' and kept.starts_at = v.starts_at
             and kept.code = given.code and kept.basis = given.basis)
       order by v.id for update of v
     ), made as (
       insert into review_item (visit_id, opened_at, starts_at, code, basis, details, due_at)
       select visit, $2, starts, code, basis, details, due from fresh
       on conflict (visit_id) where outcome is null do nothing returning visit_id, code
     ), marked as (
       update visit set review = 'open' from made where visit.id = made.visit_id
     )
     insert into event (at, visit_id, kind, actor, reason) select $2, visit_id, 'review-opened', 'system', code from made`,
    [
      JSON.stringify(
        found.map(({ visitId, startsAt, code, basis, values, dueAt }) => ({
          visit: visitId,
          starts: startsAt.toString(),
          code,
          basis,
          details: values ?? {},
          due: dueAt.toString(),
        })),
      ),
      now,
    ],
  )
  return rowCount ?? 0
}

/**
 * Settles items nobody has to decide any more: the visit was moved or is over, or it fits again; returns how many.
 * What was put on the list after the look began, by a law the look did not know, is left to the next.
 * @param unfit ids of the visits ahead that do not fit
 */
export async function settleByThemselves(client: Queryable, unfit: readonly number[], now: Temporal.Instant): Promise<number> {
  const { rowCount } = await client.query(
    `with gone as (
       select item.id, item.visit_id, case
         when v.state = 'cancelled' then 'cancelled'
         when v.state not in ('pending', 'booked') then 'over'
         when v.starts_at <> item.starts_at then 'moved'
         else 'fits-again' end as outcome
       from review_item item join visit v on v.id = item.visit_id
       where item.outcome is null
         and (v.state not in ('pending', 'booked') or v.starts_at <> item.starts_at or v.starts_at > $2 and item.visit_id <> all ($1) and item.opened_at <= $2)
       order by v.id for update of v
     ), marked as (
       update visit set review = null from gone where visit.id = gone.visit_id and visit.review is not null
     ), told as (
       insert into event (at, visit_id, kind, actor, reason) select $2, visit_id, 'review-gone', 'system', outcome from gone
     )
     update review_item set outcome = gone.outcome, settled_at = $2 from gone where review_item.id = gone.id and review_item.outcome is null`,
    [unfit, now],
  )
  return rowCount ?? 0
}

type ItemRow = VisitRow & {
  item_id: number
  item_opened_at: Temporal.Instant
  item_starts_at: Temporal.Instant
  item_code: string
  item_basis: Basis[]
  item_due_at: Temporal.Instant
  item_outcome: ReviewOutcome | null
  item_reason: string | null
  item_settled_at: Temporal.Instant | null
  item_told: Told | null
  responsible_id: number | null
  responsible_name: string | null
  settled_by_name: string | null
}

const itemSql = `select v.*, item.id as item_id, item.opened_at as item_opened_at, item.starts_at as item_starts_at, item.code as item_code,
    item.basis as item_basis, item.due_at as item_due_at, item.outcome as item_outcome, item.reason as item_reason,
    item.settled_at as item_settled_at, item.told as item_told, item.responsible_id, who.name as responsible_name, by.name as settled_by_name
  from review_item item join visit v on v.id = item.visit_id
    left join account who on who.id = item.responsible_id left join account by on by.id = item.settled_by`

function itemOf(row: ItemRow): ReviewItem {
  return {
    id: row.item_id,
    visit: visitOf(row),
    openedAt: row.item_opened_at,
    startsAt: row.item_starts_at,
    code: row.item_code,
    basis: row.item_basis,
    dueAt: row.item_due_at,
    responsible: row.responsible_id === null ? null : { id: row.responsible_id, name: row.responsible_name ?? '' },
    outcome: row.item_outcome,
    reason: row.item_reason,
    settledAt: row.item_settled_at,
    settledBy: row.settled_by_name,
    told: row.item_told,
  }
}

/** Open items of these matters by the start of their visits; of one day only where it is given. */
export async function openItems(client: Queryable, serviceIds: readonly string[], day: Temporal.PlainDate | null): Promise<ReviewItem[]> {
  const { rows } = await client.query<ItemRow>(
    `${itemSql} where item.outcome is null and v.service_id = any ($1) and ($2::date is null or v.day = $2) order by v.starts_at, v.id`,
    [serviceIds, day],
  )
  return rows.map(itemOf)
}

/** Items decided, the last first. */
export async function settledItems(client: Queryable, serviceIds: readonly string[], limit: number): Promise<ReviewItem[]> {
  const { rows } = await client.query<ItemRow>(
    `${itemSql} where item.outcome is not null and v.service_id = any ($1) order by item.settled_at desc, item.id desc limit $2`,
    [serviceIds, limit],
  )
  return rows.map(itemOf)
}

export async function findItem(client: Queryable, id: number): Promise<ReviewItem | null> {
  const { rows } = await client.query<ItemRow>(`${itemSql} where item.id = $1`, [id])
  return rows[0] === undefined ? null : itemOf(rows[0])
}

export async function countItems(client: Queryable, serviceIds: readonly string[], now: Temporal.Instant): Promise<ReviewCount> {
  const { rows } = await client.query<{ open: number; late: number; next: Temporal.Instant | null; to_call: number }>(
    `select count(*) filter (where item.outcome is null)::int as open,
       count(*) filter (where item.outcome is null and item.due_at <= $2)::int as late,
       min(item.due_at) filter (where item.outcome is null and item.due_at > $2) as next,
       count(*) filter (where item.outcome is not null and ${toCall})::int as to_call
     from review_item item join visit v on v.id = item.visit_id
     where (item.outcome is null or item.told in ('message', 'call')) and v.service_id = any ($1)`,
    [serviceIds, now],
  )
  const [row] = rows
  return { open: row?.open ?? 0, late: row?.late ?? 0, next: row?.next ?? null, toCall: row?.to_call ?? 0 }
}

/** Whoever gave no address a message reaches, or whose message of it did not arrive; one that was overtaken by another was not to. */
const toCall = `(item.told = 'call' or item.told = 'message' and exists (
  select from message m where m.visit_id = v.id and m.at >= item.settled_at and m.kind in ('visit-moved', 'visit-cancelled')
    and (m.state = 'failed' or m.state = 'dropped' and m.reason <> 'nothing-to-say')))`

/** Those still to be told by phone, the visit that is soonest first. */
export async function itemsToCall(client: Queryable, serviceIds: readonly string[]): Promise<ReviewItem[]> {
  const { rows } = await client.query<ItemRow>(
    `${itemSql} where item.told in ('message', 'call') and v.service_id = any ($1) and ${toCall} order by least(v.starts_at, item.starts_at), item.id`,
    [serviceIds],
  )
  return rows.map(itemOf)
}

/** Marks an item decided; false when it was decided meanwhile. The visit is locked by the caller. */
export async function settleItem(
  client: Queryable,
  id: number,
  how: {
    readonly outcome: 'kept' | 'moved' | 'cancelled'
    readonly reason?: KeepReason
    readonly at: Temporal.Instant
    readonly by: number
    readonly told: Told | null
  },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update review_item set outcome = $2, reason = $3, settled_at = $4, settled_by = $5, told = $6 where id = $1 and outcome is null`,
    [id, how.outcome, how.reason ?? null, how.at, how.by, how.told],
  )
  return rowCount === 1
}

/** Marks a visit as kept, or as nothing special. */
export async function markVisit(client: Queryable, visitId: number, review: 'kept' | null): Promise<void> {
  await client.query('update visit set review = $2, version = version + 1 where id = $1', [visitId, review])
}

/** Puts somebody in charge of open items. */
export async function writeResponsible(client: Queryable, ids: readonly number[], accountId: number): Promise<void> {
  await client.query('update review_item set responsible_id = $2 where id = any ($1) and outcome is null', [ids, accountId])
}

export async function insertAttempt(
  client: Queryable,
  attempt: { readonly itemId: number; readonly at: Temporal.Instant; readonly by: number; readonly result: CallResult },
): Promise<void> {
  await client.query('insert into call_attempt (item_id, at, account_id, result) values ($1, $2, $3, $4)', [
    attempt.itemId,
    attempt.at,
    attempt.by,
    attempt.result,
  ])
}

export async function writeTold(client: Queryable, id: number, told: 'done' | 'given-up'): Promise<boolean> {
  const { rowCount } = await client.query(`update review_item set told = $2 where id = $1 and told in ('message', 'call')`, [id, told])
  return rowCount === 1
}

/** Attempts of these items, the first first. */
export async function attemptsOf(client: Queryable, itemIds: readonly number[]): Promise<CallAttempt[]> {
  const { rows } = await client.query<{ item_id: number; at: Temporal.Instant; name: string; result: CallResult }>(
    'select item_id, at, name, result from call_attempt join account on account.id = account_id where item_id = any ($1) order by call_attempt.id',
    [itemIds],
  )
  return rows.map(({ item_id: itemId, ...attempt }) => ({ itemId, ...attempt }))
}
