/**
 * Periodic work by the office's clock: holds that lapse, days that close, data that is erased.
 *
 * A duty runs when its time has passed on the office's clock, also when a demonstration jumps a
 * day. Any process may run it, one at a time: the row of the duty is claimed in one statement.
 */
import type { Context } from './context.js'

export interface Duty {
  readonly name: string
  /** Office minutes between two runs, at least a second: 0.05 is three seconds. */
  readonly everyMinutes: number
  run(context: Context, now: Temporal.Instant): Promise<void>
}

const lookEveryMs = 1_000

/** Starts looking after the duties; returns how to stop, which waits for the one that runs. */
export function startDuties(context: Context, duties: readonly Duty[]): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const look = (): void => {
    if (busy) return
    busy = true
    running = runDueDuties(context, duties).finally(() => {
      busy = false
    })
  }
  const timer = setInterval(look, lookEveryMs)
  const unsubscribe = context.changes.subscribe('clock', look)
  return async () => {
    clearInterval(timer)
    unsubscribe()
    await running
  }
}

/** Runs every duty that is due now and not claimed by another process. A failing duty is logged and tried at its next time. */
export async function runDueDuties(context: Context, duties: readonly Duty[]): Promise<void> {
  for (const duty of duties) {
    const now = context.clock.now()
    try {
      if (await claim(context, duty, now)) await duty.run(context, now)
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string }
      context.log.error({ duty: duty.name, fault: name, code }, 'a duty failed')
    }
  }
}

async function claim(context: Context, duty: Duty, now: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await context.database.pool.query(
    `insert into duty (name, ran_at) values ($1, $2)
     on conflict (name) do update set ran_at = excluded.ran_at where duty.ran_at <= $3`,
    [duty.name, now, now.subtract({ milliseconds: Math.round(duty.everyMinutes * 60_000) })],
  )
  return rowCount === 1
}
