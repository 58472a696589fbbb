/** The SQL of a draft: only a hold that still lives takes it; its erasing day is that of its visit. */
import type { Queryable } from '../platform/database.js'
import type { Person, VisitNeed } from '../visit/index.js'

/** What a person said so far; `needs` are those of the whole visit. */
export interface Draft {
  readonly reference: string
  readonly person: Person
  readonly urgent: boolean
  readonly needs: readonly VisitNeed[]
  readonly onBehalf: boolean
}

export async function writeDraft(database: Queryable, draft: Draft & { readonly now: Temporal.Instant }): Promise<boolean> {
  const { rowCount } = await database.query(
    `update visit set person_name = $2, person_email = $3, person_phone = $4, urgent = $5, needs = nullif($7::text[], '{}'), on_behalf = $8
     where reference = $1 and state = 'held' and held_until > $6`,
    [draft.reference, draft.person.name, draft.person.email, draft.person.phone, draft.urgent, draft.now, draft.needs, draft.onBehalf],
  )
  return rowCount === 1
}
