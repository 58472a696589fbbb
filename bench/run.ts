/**
 * `npm run bench`: prints `name=value` lines. Names a group or several to measure less:
 * `npm run bench -- booking pages`.
 *
 * Figures ending in `_vs_…`, `_ratio` and `_growth` compare two things measured in turn in this run
 * and are what to quote; the rest are this machine's and only informative. A figure beyond its
 * bound is named at the end. The server writes to disk as a real office's does.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { startEmbeddedServer } from '../src/platform/embedded/server.js'
import { availabilityFigures } from './availability.js'
import { bookingFigures } from './booking.js'
import { callingBench } from './calling.js'
import { consoleBench } from './console.js'
import { dryRunBench } from './dry-run.js'
import { fairnessBench } from './fairness.js'
import type { Figures } from './harness.js'
import { inboxBench } from './inbox.js'
import { liveBench } from './live.js'
import { messagesBench } from './messages.js'
import { nextCallBench } from './next-call.js'
import { pagesBench } from './pages.js'
import { plansBench } from './plans.js'
import { rushBench } from './rush.js'
import { searchFigures } from './search.js'
import { benchStart } from './start.js'

const groups: Readonly<Record<string, (server: pg.ClientConfig) => Promise<Figures>>> = {
  availability: availabilityFigures,
  booking: bookingFigures,
  calling: callingBench,
  console: consoleBench,
  'dry-run': dryRunBench,
  fairness: fairnessBench,
  inbox: inboxBench,
  live: liveBench,
  messages: messagesBench,
  'next-call': nextCallBench,
  pages: pagesBench,
  rush: rushBench,
  search: searchFigures,
  start: benchStart,
}

/** Only when named: it prints plans to be read. */
const onRequest: typeof groups = { plans: plansBench }

/** What each figure is held to: at most, or at least. */
const bounds: Readonly<Record<string, { readonly most: number } | { readonly least: number }>> = {
  intake_per_s: { least: 50 },
  availability_vs_floor: { most: 3 },
  availability_holds_ratio: { most: 1.5 },
  month_cold_vs_fetch: { most: 2 },
  month_warm_ms: { most: 1 },
  booking_vs_reference: { least: 0.45 },
  storm_vs_reference: { least: 0.3 },
  http_bookings_vs_reference: { least: 0.25 },
  booking_growth: { most: 1.2 },
  next_call_growth: { most: 1.2 },
  next_call_p95_ms: { most: 120 },
  next_call_steady_p95_ms: { most: 25 },
  next_call_double: { most: 0 },
  console_key_to_state_ms: { most: 150 },
  dry_run_10k_ms: { most: 2_000 },
  live_hint_ms: { most: 300 },
  live_fanout_ms: { most: 1_500 },
  live_kb_per_display: { most: 25 },
  // Twice the actor's part of the contacts; without the rules more than half.
  fair_lot_share: { most: 200 / 2_100 },
  fair_off_share: { least: 0.5 },
  messages_per_s: { least: 200 },
  booking_beside_messages: { most: 1.1 },
  rush_p99_ms: { most: 1_000 },
  rush_desk_max_ms: { most: 200 },
  rush_unanswered: { most: 0 },
  rush_server_errors: { most: 0 },
  rush_given_twice: { most: 0 },
  pages_per_s: { least: 5_000 },
  pages_uncached_per_s: { least: 400 },
  search_p95_ms: { most: 5 },
}

const asked = process.argv.slice(2)
const all = { ...groups, ...onRequest }
const unknown = asked.filter((name) => !Object.hasOwn(all, name))
if (unknown.length > 0) {
  console.error(`no such group: ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}`)
  process.exit(1)
}
const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-bench-'))
const server = await startEmbeddedServer(path.join(folder, 'postgres'), { safe: true })
const beyond: string[] = []
try {
  for (const [name, measure] of Object.entries(asked.length > 0 ? all : groups)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    for (const [figure, value] of Object.entries(await measure(server.connection))) {
      console.log(`${figure}=${Number(value.toPrecision(4))}`)
      const bound = bounds[figure]
      if (bound === undefined) continue
      if ('most' in bound ? value > bound.most : value < bound.least)
        beyond.push(`${figure} is beyond its bound of ${'most' in bound ? bound.most : bound.least}`)
    }
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
for (const line of beyond) console.log(`# ${line}`)
