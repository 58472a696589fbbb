/**
 * A rush: 10,000 citizens in a minute, a third of them in the first ten seconds, for 200 times. They
 * are a process of their own on the same machine, which also solves their proofs of work.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { createApp } from '../src/app.js'
import { machineClock, runningClock } from '../src/platform/clock.js'
import type { Context } from '../src/platform/context.js'
import { listenWide } from '../src/platform/http/listen.js'
import { directory, type OfficeFile } from '../src/directory/index.js'
import { smallActs } from '../tests/support/small-office.js'
import { signedIn } from '../tests/support/staff.js'
import { fairOffice } from './fairness-model.js'
import type { Figures } from './harness.js'
import { openBenchOffice } from './office.js'
import type { RushOrder, RushReport } from './rush-client.js'

const citizens = Number(process.env['RUSH_CITIZENS'] ?? 10_000)
const seconds = 60
const desks = 4
const now = Temporal.Instant.from('2020-06-05T07:00:00+02:00')

/** Milliseconds as citizens see them; `rush_load` is the machine's load average over the minute, at the end. */
export async function rushBench(server: pg.ClientConfig): Promise<Figures> {
  const opened = await openBenchOffice(server, 'bench_rush', {
    office: officeFile(),
    acts: smallActs,
    now,
    poolSize: 12,
    demonstration: false,
  })
  const context: Context = { ...opened.context, clock: runningClock(now, machineClock.now()) }
  const app = await createApp(context)
  try {
    const port = await listenWide(app, { host: '127.0.0.1', port: 0 })
    const desk = [...(await directory(context)).desks.values()][0]
    const clerk = await signedIn(context, 'desk', { unitId: 'unit', ...(desk ? { deskId: desk.id } : {}) })
    const report = await rush({
      port,
      citizens,
      path: '/sprawy/short/terminy',
      seconds,
      deskPath: `/praca/stanowisko/${encodeURIComponent(desk?.slug ?? '')}/stan`,
      deskCookie: clerk.headers.cookie,
      seed: 7,
    })
    return { ...figuresOf(report), ...(await given(context)), rush_load: os.loadavg()[0] ?? Number.NaN }
  } finally {
    await app.close()
    await opened.close()
  }
}

/** Two days of fifty starts at four desks, with work at its lowest step. */
function officeFile(): OfficeFile {
  const file = fairOffice(desks)
  return { ...file, settings: { ...file.settings, 'booking-horizon-days': 5, 'proof-hashes-max': 1_000 } }
}

async function rush(order: RushOrder): Promise<RushReport> {
  const client = spawn(process.execPath, [fileURLToPath(new URL('rush-client.js', import.meta.url)), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  client.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(client, 'close')) as [number]
  if (code !== 0) throw new Error(`the citizens ended with ${code}`)
  return JSON.parse(said) as RushReport
}

function figuresOf({ ms, late, desk, statuses, booked, turnedAway, unanswered }: RushReport): Figures {
  const errors = Object.entries(statuses).reduce((sum, [status, count]) => sum + (Number(status) >= 500 ? count : 0), 0)
  return {
    rush_citizens: booked + turnedAway + unanswered,
    rush_answers: ms.length,
    rush_p50_ms: quantile(ms, 0.5),
    rush_p99_ms: quantile(ms, 0.99),
    rush_max_ms: quantile(ms, 1),
    rush_generator_late_p99_ms: quantile(late, 0.99),
    rush_desk_p50_ms: quantile(desk, 0.5),
    rush_desk_max_ms: quantile(desk, 1),
    rush_booked: booked,
    rush_unanswered: unanswered,
    rush_server_errors: errors,
  }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** What the database says was given, and given twice. */
async function given({ database }: Context): Promise<Figures> {
  const { rows } = await database.pool.query<{ given: number; twice: number }>(
    `select (select count(*) from visit where state = 'booked') as given,
       (select count(*) from place a join place b on a.desk_id = b.desk_id and a.during && b.during and a.visit_id < b.visit_id
         where a.active and b.active) as twice`,
  )
  return { rush_given: rows[0]?.given ?? Number.NaN, rush_given_twice: rows[0]?.twice ?? Number.NaN }
}
