/** What other parts of the administration use of the review list. */
import type { Duty } from '../../platform/duties.js'
import { reviewVisits } from './sweep.js'

export { reviewVisits }

export const reviewDuties: readonly Duty[] = [
  { name: 'review-visits', everyMinutes: 5, run: async (context, now) => void (await reviewVisits(context, now)) },
]
