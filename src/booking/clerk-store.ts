/** How a clerk finds a visit: by reference, by phone, or by part of a name and a day. */
import type { Queryable } from '../platform/database.js'
import { visitOf, type Visit, type VisitRow } from '../visit/index.js'
import type { Search } from './clerk-rules.js'

/** Longest list a clerk is shown: more is asked to be narrowed. */
export const foundMax = 30

const marks = ['ąćęłńóśźż', 'acelnoszz'] as const

/** Visits of the days that match any reading of the search, the next first. A phone or reference is looked for on every day. */
export async function findVisits(
  database: Queryable,
  search: Search,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<readonly Visit[]> {
  const { rows } = await database.query<VisitRow>(
    `select * from visit
     where state not in ('held', 'expired') and (
       reference = $1 or person_phone = $2
       or (day between $4 and $5 and $3::text is not null and position($3 in translate(lower(person_name), '${marks[0]}', '${marks[1]}')) > 0))
     order by starts_at, id limit ${foundMax + 1}`,
    [search.reference, search.phone, search.name, from, to],
  )
  return rows.map(visitOf)
}
