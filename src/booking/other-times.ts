/** Times a visit may be moved to: what is free, without the time it has. Pure. */
import { officeDay } from '../platform/clock.js'
import type { FreeDay } from './availability/board.js'

/** The days without the start a visit has already: to choose it would change nothing. */
export function otherTimes(days: readonly FreeDay[], own: Temporal.Instant): readonly FreeDay[] {
  const ownDay = officeDay(own)
  return days.map((day) => {
    // Days stay the very objects they are: their text is kept with them.
    if (!day.day.equals(ownDay)) return day
    const starts = day.starts.filter(({ start }) => !start.equals(own))
    return starts.length > 0 || day.starts.length === 0 ? { ...day, starts } : { ...day, starts, code: 'all-taken' }
  })
}
