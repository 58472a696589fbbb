/** What the slice does by itself. */
import { machineClock } from '../platform/clock.js'
import type { Duty } from '../platform/duties.js'
import { forgetGuessesBefore } from './store.js'

const keptHours = 24

export const deviceDuties: readonly Duty[] = [
  {
    name: 'forget-pairing-guesses',
    everyMinutes: 60,
    run: (context) => forgetGuessesBefore(context.database.pool, machineClock.now().subtract({ hours: keptHours })),
  },
]
