/** What the slice does by itself: gives up what nobody prints any more, and forgets. */
import { machineClock } from '../platform/clock.js'
import type { Duty } from '../platform/duties.js'
import { giveUpJobs } from './print/jobs.js'
import { forgetJobsBefore } from './print/store.js'
import { forgetTriesBefore } from './store.js'

const keptHours = 24
/** Long enough to see a printer that fails again and again. */
const jobsKeptDays = 30

export const kioskDuties: readonly Duty[] = [
  { name: 'give-up-prints', everyMinutes: 0.5, run: giveUpJobs },
  {
    name: 'forget-kiosks',
    everyMinutes: 60,
    async run(context, now) {
      await forgetTriesBefore(context.database.pool, machineClock.now().subtract({ hours: keptHours }))
      await forgetJobsBefore(context.database.pool, now.subtract({ hours: jobsKeptDays * 24 }))
    },
  },
]
