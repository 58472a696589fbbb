/**
 * The brake on guessing the contact of a visit: so many wrong ones for one reference, then a wait.
 *
 * By the machine's clock, as sign-in is: a demonstration that moves the office's clock lets nobody
 * guess on. A reference nobody has is slowed down like any other, so that nobody learns which exist.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import type { Duty } from '../platform/duties.js'
import { machineClock } from '../platform/clock.js'
import { findVisit, type Visit } from '../visit/index.js'

export const wrongContactsMax = 10
export const lookupWindowMinutes = 15
const keptHours = 24

export type Lookup = { readonly visit: Visit } | { readonly refused: 'unknown' | 'too-many' }

/** The visit of a reference and one of its contacts. A right contact forgives the wrong ones before it. */
export async function lookUp(
  context: Context,
  asked: { reference: string; contact: string },
  machineNow: Temporal.Instant,
): Promise<Lookup> {
  const { pool } = context.database
  const hash = context.secrets.contactHash(`reference:${asked.reference}`)
  const { id, wrong } = await recordLookup(pool, hash, machineNow)
  if (wrong > wrongContactsMax) {
    // Not judged, so not counted: whoever waits out the window may try again.
    await pool.query('delete from lookup_failure where id = $1', [id])
    return { refused: 'too-many' }
  }
  const visit = await findVisit(pool, asked.reference)
  const { phone, email } = visit?.person ?? {}
  if (visit === null || visit.state === 'held' || (phone !== asked.contact && email !== asked.contact)) return { refused: 'unknown' }
  await pool.query('delete from lookup_failure where reference_hash = $1', [hash])
  return { visit }
}

/** Written before it is judged, then counted: of many at once each sees those before it, so no more pass than the limit. */
async function recordLookup(database: Queryable, hash: Buffer, at: Temporal.Instant): Promise<{ id: number; wrong: number }> {
  const inserted = await database.query<{ id: number }>('insert into lookup_failure (reference_hash, at) values ($1, $2) returning id', [
    hash,
    at,
  ])
  const counted = await database.query<{ wrong: number }>(
    'select count(*)::int as wrong from lookup_failure where reference_hash = $1 and at > $2',
    [hash, at.subtract({ minutes: lookupWindowMinutes })],
  )
  return { id: (inserted.rows[0] as { id: number }).id, wrong: (counted.rows[0] as { wrong: number }).wrong }
}

export const passDuties: readonly Duty[] = [
  {
    name: 'forget-lookups',
    everyMinutes: 60,
    async run(context) {
      await context.database.pool.query('delete from lookup_failure where at < $1', [machineClock.now().subtract({ hours: keptHours })])
    },
  },
]
