/**
 * People of the staff for tests: an account with a role, and the headers of a browser in which the
 * person is signed in. The session is good by the machine's clock, whatever the office's shows.
 */
import type { Context } from '../../src/platform/context.js'
import { machineClock } from '../../src/platform/clock.js'
import { openSession, staffCookie, type Role } from '../../src/staff/index.js'

export interface SignedInHeaders {
  readonly accountId: number
  readonly headers: { readonly cookie: string }
}

/** Makes an account with the role (and place) and signs it in. */
export async function signedIn(
  context: Context,
  role: Role | readonly Role[],
  place: { readonly unitId?: string; readonly deskId?: number; readonly buildingId?: string } = {},
): Promise<SignedInHeaders> {
  const roles = typeof role === 'string' ? [role] : [...role]
  const { rows } = await context.database.pool.query<{ id: number }>(
    `insert into account (login, name, roles, unit_id, desk_id, building_id, created_at) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      `${roles.join('-')}-${crypto.randomUUID().slice(0, 8)}`,
      `Test ${roles.join(' ')}`,
      roles,
      place.unitId ?? null,
      place.deskId ?? null,
      place.buildingId ?? null,
      context.clock.now().toString(),
    ],
  )
  const { accountId, token } = await openSession(context, (rows[0] as { id: number }).id, machineClock.now())
  return { accountId, headers: { cookie: `${staffCookie}=${token}` } }
}
