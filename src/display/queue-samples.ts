/** Every five minutes of a working day the state of the lines is kept; after a year it is erased. */
import { officeDay, instantOf } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import type { Duty } from '../platform/duties.js'
import { directory } from '../directory/index.js'
import { eraseSamples, keepSamples } from './queue-store.js'
import { readQueues, servedBuildings } from './queues.js'

export const sampleMinutes = 5
/** Days a sample is kept. */
export const sampleDays = 365

export async function sampleQueues(context: Context, now: Temporal.Instant): Promise<void> {
  const { pool } = context.database
  const step = sampleMinutes * 60_000
  const at = Temporal.Instant.fromEpochMilliseconds(Math.trunc(now.epochMilliseconds / step) * step)
  for (const building of servedBuildings(await directory(context))) {
    const { groups } = await readQueues(context, building)
    // Of a night and of a group nobody serves and nobody waits for, nothing is kept.
    const worked = groups.filter(({ desks, waiting }) => desks > 0 || waiting > 0)
    await keepSamples(
      pool,
      building.id,
      worked.map(({ letter, waiting, desks, current, minutes, measured }) => ({ letter, at, waiting, desks, current, minutes, measured })),
    )
  }
  await eraseSamples(pool, instantOf(officeDay(now).subtract({ days: sampleDays }), 0))
}

export const displayDuties: readonly Duty[] = [{ name: 'sample-queues', everyMinutes: sampleMinutes, run: sampleQueues }]
