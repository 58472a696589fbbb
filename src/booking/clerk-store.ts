/** How a clerk finds a visit: by reference, by phone, or by part of a name and a day. */
import type { Queryable } from '../platform/database.js'
import { visitOf, type Visit, type VisitRow } from '../visit/index.js'
import type { Search } from './clerk-rules.js'

/** Longest list a clerk is shown: more is asked to be narrowed. */
export const foundMax = 30

export interface Within {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly today: Temporal.PlainDate
  /** Matters the clerk sees. */
  readonly serviceIds: readonly string[]
}

/** The name as `folded` leaves it, words apart: small letters without marks. */
const foldedName = `regexp_replace(regexp_replace(normalize(translate(lower(person_name), 'ł', 'l'), nfd), '[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g')`

/**
 * Visits that match any reading of the search, the next first: of the days by name, on every day by
 * reference, and by phone only while a visit is still to come or not over: there is no history of a
 * person. Every word typed must begin a word of the name, in any order.
 */
export async function findVisits(database: Queryable, search: Search, { from, to, today, serviceIds }: Within): Promise<readonly Visit[]> {
  const { rows } = await database.query<VisitRow>(
    `select * from visit
     where state not in ('held', 'expired') and service_id = any($6) and (
       reference = $1 or (person_phone = $2 and day >= $7 and ended_at is null)
       or (day between $4 and $5 and $3::text is not null and not exists (
         select from unnest(string_to_array($3, ' ')) as typed (word)
         where position(' ' || word in ' ' || coalesce(${foldedName}, '')) = 0)))
     order by starts_at, id limit ${foundMax + 1}`,
    [search.reference, search.phone, search.name, from, to, serviceIds, today],
  )
  return rows.map(visitOf)
}
