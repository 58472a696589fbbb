/** SQL of the look-ups of people: read from the history, by an index of their own. */
import type { Queryable } from '../../platform/database.js'

/** Look-ups on one page. */
export const searchesPerPage = 50

export interface PeopleSearch {
  readonly id: number
  readonly at: Temporal.Instant
  /** Who searched. */
  readonly name: string
  /** `phone` is the console, `door` a door. */
  readonly channel: string
  readonly buildingId: string | null
  readonly by: string
  readonly found: number
}

/** The newest, or those before one of them: one page, and whether there are more. */
export async function peopleSearches(
  database: Queryable,
  before: number | null,
): Promise<{ readonly searches: readonly PeopleSearch[]; readonly more: boolean }> {
  const { rows } = await database.query<PeopleSearch & Record<string, unknown>>(
    `select e.id, e.at, a.name, e.channel, e.building_id as "buildingId", e.details ->> 'by' as by, (e.details ->> 'found')::int as found
     from event e join account a on e.actor = 'account:' || a.id
     where e.kind = 'people-searched' and ($1::bigint is null or e.id < $1) order by e.id desc limit $2`,
    [before, searchesPerPage + 1],
  )
  return { searches: rows.slice(0, searchesPerPage), more: rows.length > searchesPerPage }
}
