/**
 * The demonstration's clock: a row of the database, so that every process shows the same time.
 *
 * It runs on with the machine, is moved forward only, and stands while no process runs: the next
 * start goes on from the last time a process wrote down.
 */
import type { Changes } from './changes.js'
import type { Clock } from './clock.js'
import type { Queryable } from './database.js'

export interface OfficeClock extends Clock {
  /** Moves every process's clock to `at`; false when that is not later than now. */
  moveTo(at: Temporal.Instant): Promise<boolean>
  close(): void
}

/** How often a process writes down the time it shows. */
const seenEveryMs = 5_000
/** Unseen for longer than this, the clock stood still: nobody was running. */
const stoodAfterSeconds = 30

interface ClockRow extends Record<string, unknown> {
  office_at: Temporal.Instant
  machine_at: Temporal.Instant
  seen_at: Temporal.Instant
}

/** Opens the shared clock, made at `start` when there is none yet. */
export async function openOfficeClock(
  database: Queryable,
  changes: Changes,
  machine: Clock,
  start: Temporal.Instant,
): Promise<OfficeClock> {
  await database.query('insert into office_clock (office_at, machine_at, seen_at) values ($1, $2, $1) on conflict do nothing', [
    start,
    machine.now(),
  ])
  let row = await readRow(database)
  const shown = (): Temporal.Instant => row.office_at.add(machine.now().since(row.machine_at))
  if (shown().since(row.seen_at).total('seconds') > stoodAfterSeconds) {
    await database.query('update office_clock set office_at = seen_at, machine_at = $1 where office_at = $2 and machine_at = $3', [
      machine.now(),
      row.office_at,
      row.machine_at,
    ])
    row = await readRow(database)
  }
  const refresh = async (): Promise<void> => {
    row = await readRow(database)
  }
  const unsubscribe = changes.subscribe('clock', () => void refresh().catch(() => undefined))
  const timer = setInterval(() => {
    // An outage of the database leaves the clock running on what it last read.
    void database
      .query('update office_clock set seen_at = greatest(seen_at, $1)', [shown()])
      .then(refresh)
      .catch(() => undefined)
  }, seenEveryMs)
  timer.unref()

  return {
    now: shown,
    async moveTo(at) {
      const { rowCount } = await database.query(
        `update office_clock set office_at = $1, machine_at = $2, seen_at = $1
         where office_at + ($2::timestamptz - machine_at) < $1::timestamptz`,
        [at, machine.now()],
      )
      await refresh()
      if (rowCount === 1) changes.publish('clock')
      return rowCount === 1
    },
    close() {
      clearInterval(timer)
      unsubscribe()
    },
  }
}

async function readRow(database: Queryable): Promise<ClockRow> {
  const { rows } = await database.query<ClockRow>('select office_at, machine_at, seen_at from office_clock')
  return rows[0] as ClockRow
}
