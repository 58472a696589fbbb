/**
 * The one list of a unit: forms, calls and mails together, the oldest first. What waits longer than
 * the office answers is overdue; a call is due from when the person wanted it. Counted in SQL, so that
 * the heading is right however long the list is.
 */
import type { Queryable } from '../platform/database.js'
import type { CallBackWish, RequestChannel } from './model.js'
import { openRequestsMax, requestColumns, type RequestRow } from './request-store.js'

/** What the list is narrowed to: a channel, or the calls that are due now. */
export const listFilters = ['form', 'phone', 'email', 'ring'] as const
export type ListFilter = (typeof listFilters)[number]

export interface ListedRequest extends RequestRow {
  readonly wish: CallBackWish | null
  /** From when it is rung next; null for whoever is not to be rung. */
  readonly next_at: Temporal.Instant | null
  /** From when an answer is owed. */
  readonly owed_from: Temporal.Instant
  readonly attempts: number
}

export interface ListQuestion {
  /** Null is all. */
  readonly unitIds: readonly string[] | null
  readonly filter: ListFilter | null
  readonly now: Temporal.Instant
}

const owedFrom = 'greatest(r.created_at, r.owed_from, cb.ring_at)'
const open = `from request r left join call_back cb on cb.request_id = r.id
  where r.state = 'open' and r.answered_at is null and ($1::text[] is null or r.unit_id = any($1))`

/** Open requests to which an answer is owed, what has waited longest first. */
export async function listRequests(database: Queryable, { unitIds, filter, now }: ListQuestion): Promise<readonly ListedRequest[]> {
  const { rows } = await database.query<ListedRequest>(
    `select listed.*, ${requestColumns} from (
       select r.id as listed_id, cb.wish, case when cb.wish = 'call' then cb.next_at end as next_at, ${owedFrom} as owed_from,
         (select count(*)::int from call_back_attempt a where a.request_id = r.id) as attempts
       ${open} and ($2::text is null or r.channel = $2 or ($2 = 'ring' and cb.wish = 'call' and cb.next_at <= $3))
       order by ${owedFrom}, r.id limit ${openRequestsMax}
     ) as listed join request on request.id = listed_id order by owed_from, id`,
    [unitIds, filter, now],
  )
  return rows
}

export interface OpenCount {
  readonly open: number
  readonly byChannel: Readonly<Record<RequestChannel, number>>
  /** Calls that are due now. */
  readonly ring: number
  readonly overdue: number
  /** Since when the longest waits; null when nobody does. */
  readonly oldest: Temporal.Instant | null
}

/** How many wait, by channel, and how many too long. */
export async function countOpen(
  database: Queryable,
  { unitIds, now, answerHours }: { unitIds: readonly string[] | null; now: Temporal.Instant; answerHours: number },
): Promise<OpenCount> {
  const { rows } = await database.query<{
    open: number
    form: number
    phone: number
    email: number
    ring: number
    overdue: number
    oldest: Temporal.Instant | null
  }>(
    `select count(*)::int as open, count(*) filter (where r.channel = 'form')::int as form, count(*) filter (where r.channel = 'phone')::int as phone,
       count(*) filter (where r.channel = 'email')::int as email, count(*) filter (where cb.wish = 'call' and cb.next_at <= $2)::int as ring,
       count(*) filter (where ${owedFrom} <= $3)::int as overdue, min(${owedFrom}) as oldest
     ${open}`,
    [unitIds, now, now.subtract({ hours: answerHours })],
  )
  const row = rows[0] ?? { open: 0, form: 0, phone: 0, email: 0, ring: 0, overdue: 0, oldest: null }
  const { form, phone, email, ...count } = row
  return { ...count, byChannel: { form, phone, email } }
}

/** A call another part of the program owes somebody: a row of the list, made and noted where it leads. */
export interface OwedCall {
  readonly href: string
  readonly owedFrom: Temporal.Instant
  readonly matter: string
  readonly unitId: string
  readonly name: string | null
  /** What the person is told. */
  readonly say: string
  readonly attempts: number
}

/** The count with such calls: each waits, by phone, and is due. Pure. */
export function withCalls(
  count: OpenCount,
  calls: readonly OwedCall[],
  { now, answerHours }: { readonly now: Temporal.Instant; readonly answerHours: number },
): OpenCount {
  const since = [...(count.oldest === null ? [] : [count.oldest]), ...calls.map(({ owedFrom: from }) => from)]
  return {
    open: count.open + calls.length,
    byChannel: { ...count.byChannel, phone: count.byChannel.phone + calls.length },
    ring: count.ring + calls.length,
    overdue: count.overdue + calls.filter((call) => isOverdue(call.owedFrom, now, answerHours)).length,
    oldest: since.toSorted((a, b) => Temporal.Instant.compare(a, b))[0] ?? null,
  }
}

/** Has it waited longer than the office answers? */
export function isOverdue(owed: Temporal.Instant, now: Temporal.Instant, answerHours: number): boolean {
  return Temporal.Instant.compare(owed.add({ hours: answerHours }), now) <= 0
}
