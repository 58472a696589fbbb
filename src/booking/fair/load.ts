/** How many people try to keep times just now, as this process sees it; by the machine's clock. */
import type { Context } from '../../platform/context.js'
import { waitingAttempts } from '../together.js'
import type { Load } from './proof.js'

/** Attempts in each of the last 60 seconds, by second modulo 60. */
interface Minute {
  readonly counts: Uint32Array
  /** The second counted last. */
  last: number
}

const minutes = new WeakMap<Context['database'], Minute>()

/** Counts an attempt to keep a time. */
export function countAttempt(context: Context): void {
  const minute = minuteOf(context)
  minute.counts[minute.last % 60]! += 1
}

export function loadOf(context: Context): Load {
  return { perMinute: minuteOf(context).counts.reduce((sum, count) => sum + count, 0), waiting: waitingAttempts(context.database) }
}

/** Seconds that passed since the last count are emptied. */
function minuteOf({ database }: Context): Minute {
  const second = Math.floor(performance.now() / 1_000)
  let minute = minutes.get(database)
  if (minute === undefined) minutes.set(database, (minute = { counts: new Uint32Array(60), last: second }))
  for (let passed = Math.max(minute.last + 1, second - 59); passed <= second; passed += 1) minute.counts[passed % 60] = 0
  minute.last = second
  return minute
}
