/** Whom a supervisor seats where: one person works at one desk. */
import type { Context } from '../../platform/context.js'
import { refuse } from '../../platform/decision.js'
import { directory } from '../../directory/index.js'
import { accountsOf, worksAt, type Role } from '../../staff/index.js'
import { desksOf } from '../desk-store.js'
import type { DeskCommand, QueueAnswer } from '../model.js'
import { closeDesk, openDesk } from '../sessions.js'

/** Who sits at desks. */
export const clerkRoles = ['desk', 'head', 'service-office'] as const satisfies readonly Role[]

/**
 * Opens a desk for a clerk. Any other desk of theirs is closed first, with nobody lost; while
 * somebody is served at it the clerk stays there, and the answer says so.
 */
export async function seatClerk(context: Context, command: DeskCommand & { readonly accountId: number }): Promise<QueueAnswer> {
  const office = await directory(context)
  const desk = office.desks.get(command.desk)
  if (desk === undefined) return refuse('unknown-desk')
  const clerk = (await accountsOf(context, clerkRoles)).find(({ id }) => id === command.accountId)
  if (clerk === undefined || !worksAt(clerk, office, desk)) return refuse('no-such-clerk')
  for (const id of await desksOf(context.database.pool, clerk.id)) {
    const other = office.desksById.get(id)
    if (other === undefined || other.id === desk.id) continue
    const closed = await closeDesk(context, { ...command, desk: other.slug })
    if (!closed.allowed) return closed
  }
  return openDesk(context, command)
}
