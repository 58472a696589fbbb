/** Reminders by the office's clock. */
import type { Context } from '../../platform/context.js'
import type { Duty } from '../../platform/duties.js'
import { directory } from '../../directory/index.js'
import { roundsNow } from './rules.js'
import { atOnceMax, writeReminders } from './store.js'

export const reminderDuties: readonly Duty[] = [
  { name: 'remind', everyMinutes: 1, run: async (context, now) => void (await remind(context, now)) },
]

/** Causes every reminder that is due; returns how many. */
export async function remind(context: Context, now: Temporal.Instant): Promise<number> {
  const { settings } = (await directory(context)).office
  let made = 0
  for (const round of roundsNow(now, settings)) {
    for (;;) {
      const written = await writeReminders(context.database.pool, round, now)
      made += written
      if (written < atOnceMax) break
    }
  }
  return made
}
