/** SQL of contacts shown to be somebody's own. */
import type { Queryable } from '../../platform/database.js'
import type { Language } from '../../platform/words.js'

export interface ContactCheck {
  readonly reference: string
  readonly email: string | null
  readonly phone: string | null
  readonly language: Language
}

export async function insertCheck(
  client: Queryable,
  check: ContactCheck & { contact: Buffer; now: Temporal.Instant; eraseOn: Temporal.PlainDate },
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into contact_check (reference, contact, email, phone, language, created_at, erase_on)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [check.reference, check.contact, check.email, check.phone, check.language, check.now, check.eraseOn],
  )
  return (rows[0] as { id: number }).id
}

export async function sentSince(client: Queryable, contact: Buffer, since: Temporal.Instant): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*) as count from contact_check where contact = $1 and created_at > $2',
    [contact, since],
  )
  return rows[0]?.count ?? 0
}

export async function findCheck(
  database: Queryable,
  id: number,
): Promise<(ContactCheck & { readonly createdAt: Temporal.Instant }) | null> {
  const { rows } = await database.query<{
    reference: string
    email: string | null
    phone: string | null
    language: Language
    createdAt: Temporal.Instant
  }>('select reference, email, phone, language, created_at as "createdAt" from contact_check where id = $1', [id])
  return rows[0] ?? null
}

/** The phone or e-mail a code was sent to; null once it is erased. */
export async function contactOfCheck(database: Queryable, reference: string): Promise<Pick<ContactCheck, 'email' | 'phone'> | null> {
  const { rows } = await database.query<Pick<ContactCheck, 'email' | 'phone'>>(
    'select email, phone from contact_check where reference = $1 and (email is not null or phone is not null)',
    [reference],
  )
  return rows[0] ?? null
}

/** Counts a try of a code sent since a moment; null, with nothing counted, when it is older or was tried five times. */
export async function countCheckTry(database: Queryable, reference: string, since: Temporal.Instant): Promise<Buffer | null> {
  const { rows } = await database.query<{ contact: Buffer }>(
    'update contact_check set tries = tries + 1 where reference = $1 and tries < 5 and created_at > $2 returning contact',
    [reference, since],
  )
  return rows[0]?.contact ?? null
}
