/** What the queue does by itself. */
import type { Duty } from '../platform/duties.js'
import { tellNext } from './next/duty.js'
import { learnTimes, noteEstimates } from './estimate/estimates.js'

export const queueDuties: readonly Duty[] = [
  { name: 'learn-times', everyMinutes: 720, run: learnTimes },
  { name: 'note-estimates', everyMinutes: 0.5, run: noteEstimates },
  { name: 'tell-next', everyMinutes: 0.5, run: tellNext },
]
