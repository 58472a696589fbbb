/**
 * What a head sees of the last weeks: calls and what they came to, forms and mails, how long people
 * wait for an answer. Sums by day and unit; only the days shown are read, however long the history is.
 */
import { instantOf, officeZone } from '../platform/clock.js'
import type { Queryable } from '../platform/database.js'
import type { Role } from '../staff/index.js'
import { callOutcomes, type CallOutcome } from './clerk-call.js'
import type { RequestChannel } from './model.js'

export const summaryRoles: readonly Role[] = ['head', 'secretary', 'service-office', 'administrator']

/** Days shown, today among them. */
export const summaryDays = 28

export interface SummaryQuestion {
  /** Null is all; calls about nobody's matter are counted only there. */
  readonly unitIds: readonly string[] | null
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly now: Temporal.Instant
}

export interface DayOfUnit {
  /** ISO date. */
  readonly day: string
  /** Null: nobody knows whose matter it was. */
  readonly unitId: string | null
  readonly calls: Readonly<Record<CallOutcome, number>>
  readonly requests: Readonly<Record<RequestChannel, number>>
}

export interface WaitOfUnit {
  readonly unitId: string
  /** Ended in these days. */
  readonly answered: number
  readonly medianMinutes: number | null
  readonly longestMinutes: number | null
  readonly open: number
  readonly oldest: Temporal.Instant | null
}

export interface Summary {
  /** Newest day first; days and units without anything are left out. */
  readonly days: readonly DayOfUnit[]
  readonly waits: readonly WaitOfUnit[]
  /** How long a call lasts, the middle one of those with a beginning and an end. */
  readonly callSeconds: number | null
}

export async function summaryOf(database: Queryable, question: SummaryQuestion): Promise<Summary> {
  const [days, waits, callSeconds] = await Promise.all([
    daysOf(database, question),
    waitsOf(database, question),
    medianCall(database, question),
  ])
  return { days, waits, callSeconds }
}

/** The days as instants: what an index on a time is asked with. */
function spanOf({ unitIds, from, to }: SummaryQuestion): readonly [readonly string[] | null, Temporal.Instant, Temporal.Instant] {
  return [unitIds, instantOf(from, 0), instantOf(to.add({ days: 1 }), 0)]
}

const within = (time: string): string => `($1::text[] is null or unit_id = any($1)) and ${time} >= $2 and ${time} < $3`
const dayOf = (time: string): string => `to_char(${time} at time zone '${officeZone}', 'YYYY-MM-DD')`

async function daysOf(database: Queryable, question: SummaryQuestion): Promise<readonly DayOfUnit[]> {
  const { rows } = await database.query<{ day: string; unit_id: string | null; what: string; count: number }>(
    `select ${dayOf('opened_at')} as day, unit_id, outcome as what, count(*)::int as count from phone_call
     where outcome is not null and ${within('opened_at')} group by 1, 2, 3
     union all
     select ${dayOf('created_at')}, unit_id, channel, count(*)::int from request where ${within('created_at')} group by 1, 2, 3
     order by 1 desc, 2 nulls last`,
    [...spanOf(question)],
  )
  return [...Map.groupBy(rows, (row) => `${row.day} ${row.unit_id ?? ''}`).values()].map((same) => {
    const of = (what: string): number => same.find((row) => row.what === what)?.count ?? 0
    const [{ day, unit_id: unitId }] = same as [(typeof rows)[0]]
    const calls = Object.fromEntries(callOutcomes.map((outcome) => [outcome, of(outcome)])) as Record<CallOutcome, number>
    return { day, unitId, calls, requests: { form: of('form'), phone: of('phone'), email: of('email') } }
  })
}

/** From when an answer was owed to the end; a call is owed from when the person wanted it. */
async function waitsOf(database: Queryable, question: SummaryQuestion): Promise<readonly WaitOfUnit[]> {
  const { rows } = await database.query<{
    unit_id: string
    answered: number
    median: number | null
    longest: number | null
    open: number
    oldest: Temporal.Instant | null
  }>(
    `with ended as (
       select unit_id, extract(epoch from greatest(ended_at - greatest(created_at, coalesce(ring_at, created_at)), interval '0')) / 60 as minutes
       from request left join call_back on request_id = id where ended_at is not null and ${within('ended_at')}
     ), answered as (
       select unit_id, count(*)::int as answered, percentile_cont(0.5) within group (order by minutes)::float8 as median, max(minutes)::float8 as longest
       from ended group by unit_id
     ), waiting as (
       select unit_id, count(*)::int as open, min(created_at) as oldest from request
       where state = 'open' and ($1::text[] is null or unit_id = any($1)) group by unit_id
     )
     select unit_id, coalesce(answered, 0) as answered, median, longest, coalesce(open, 0) as open, oldest
     from answered full join waiting using (unit_id) order by open desc nulls last, unit_id`,
    [...spanOf(question)],
  )
  return rows.map((row) => ({
    unitId: row.unit_id,
    answered: row.answered,
    medianMinutes: row.median === null ? null : Math.round(row.median),
    longestMinutes: row.longest === null ? null : Math.round(row.longest),
    open: row.open,
    oldest: row.oldest,
  }))
}

async function medianCall(database: Queryable, question: SummaryQuestion): Promise<number | null> {
  const { rows } = await database.query<{ seconds: number | null }>(
    `select percentile_cont(0.5) within group (order by extract(epoch from ended_at - opened_at))::float8 as seconds from phone_call
     where ended_at > opened_at and ${within('opened_at')}`,
    [...spanOf(question)],
  )
  const seconds = rows[0]?.seconds ?? null
  return seconds === null ? null : Math.round(seconds)
}
