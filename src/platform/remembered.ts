/**
 * What is read whole from the database, seldom changes and is asked for all the time: kept in memory
 * in each process, and read again once a hint says that it changed (changes.ts).
 */
import type { Context } from './context.js'

/** A reading that is remembered until a hint on the topic; one that failed is not, so that the next caller tries again. */
export function remembered<Kept>(topic: string, read: (context: Context) => Promise<Kept>): (context: Context) => Promise<Kept> {
  const readings = new WeakMap<Context, Promise<Kept>>()
  const watched = new WeakSet<Context>()
  return (context) => {
    const kept = readings.get(context)
    if (kept !== undefined) return kept
    if (!watched.has(context)) {
      watched.add(context)
      // A reading that has begun may be from before the change: whoever asks after the hint reads anew.
      context.changes.subscribe(topic, () => readings.delete(context))
    }
    const reading = read(context)
    readings.set(context, reading)
    reading.catch(() => {
      if (readings.get(context) === reading) readings.delete(context)
    })
    return reading
  }
}
