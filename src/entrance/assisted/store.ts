/** SQL of the letters asked for at the door. */
import type { Queryable } from '../../platform/database.js'

export type LetterKind = 'remote-way' | 'receipt'

export interface NewLetter {
  readonly kind: LetterKind
  readonly serviceId: string
  readonly visitId: number | null
  readonly email: string
  readonly accountId: number
  readonly now: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/** A letter and its row of the outbox, in one statement. */
export async function insertLetter(client: Queryable, letter: NewLetter): Promise<void> {
  await client.query(
    `with made as (
       insert into door_letter (kind, service_id, visit_id, email, account_id, created_at, erase_on)
       values ($1, $2, $3, $4, $5, $6, $7) returning id, kind
     ) insert into outbox (at, kind, payload) select $6, 'door-' || kind, jsonb_build_object('letter', id) from made`,
    [letter.kind, letter.serviceId, letter.visitId, letter.email, letter.accountId, letter.now, letter.eraseOn],
  )
}

export interface LetterRow {
  readonly service_id: string
  readonly visit_id: number | null
  readonly email: string | null
  readonly erase_on: Temporal.PlainDate
}

export async function findLetter(database: Queryable, id: number): Promise<LetterRow | null> {
  const { rows } = await database.query<LetterRow>('select service_id, visit_id, email, erase_on from door_letter where id = $1', [id])
  return rows[0] ?? null
}
