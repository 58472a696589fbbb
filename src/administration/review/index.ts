/** What other parts of the administration use of the review list. */
import type { Context } from '../../platform/context.js'
import type { Duty } from '../../platform/duties.js'
import { reviewVisits as look } from './sweep.js'

/** The look after a change that is saved already: should it fail, the change stands and the duty looks again. */
export async function reviewVisits(
  context: Context,
  now: Temporal.Instant,
): Promise<{ readonly opened: number; readonly settled: number }> {
  try {
    return await look(context, now)
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string }
    context.log.error({ fault: name, code }, 'visits could not be reviewed after a change')
    return { opened: 0, settled: 0 }
  }
}

export const reviewDuties: readonly Duty[] = [
  { name: 'review-visits', everyMinutes: 5, run: async (context, now) => void (await look(context, now)) },
]
