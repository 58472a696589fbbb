/**
 * Nothing personal outlives its use: what a visit leaves is erased on its day, and history stays whole.
 */
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import type { Duty } from '../platform/duties.js'
import { eraseAccounts, eraseLimits, erasePassing, eraseRows, personalColumns } from './store.js'

const passingHours = 48
const closedAccountDays = 365

/** Erases everything whose day has come by `now`; returns how many rows lost something. */
export async function erasePersonalData(context: Context, now: Temporal.Instant): Promise<number> {
  const { pool } = context.database
  const day = officeDay(now)
  let erased = 0
  for (const [table, columns] of await personalColumns(pool)) erased += await eraseRows(pool, table, columns, day)
  erased += await eraseLimits(pool, day)
  erased += await eraseAccounts(pool, now.subtract({ hours: closedAccountDays * 24 }))
  await erasePassing(pool, now.subtract({ hours: passingHours }))
  return erased
}

export const privacyDuties: readonly Duty[] = [
  {
    name: 'erase-personal-data',
    everyMinutes: 60,
    async run(context, now) {
      const erased = await erasePersonalData(context, now)
      if (erased > 0) context.log.info({ erased }, 'personal data erased')
    },
  },
]
