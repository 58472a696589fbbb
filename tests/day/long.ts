/**
 * `npm run test:long`: plays and reads the weeks of a thousand seeds, a few at a time, and ends with 1
 * when a reader finds anything. `OKIENKO_SEEDS=201-1000` goes on where an earlier run was stopped.
 */
import { rmSync } from 'node:fs'
import { startTestServer } from '../support/server.js'
import { readWeek, seedsOf, sumOf, type ReadWeek } from './run.js'

const atOnce = 4
const seeds = seedsOf(process.env['OKIENKO_SEEDS'] ?? '1-1000')
const server = await startTestServer()
const weeks: ReadWeek[] = []
const from = performance.now()
let next = 0
try {
  await Promise.all(Array.from({ length: atOnce }, work))
} finally {
  await server.stop()
  rmSync(server.folder, { recursive: true, force: true })
}
const wrong = weeks.filter(({ problems }) => problems.length > 0)
console.log(`seeds ${seeds[0]}–${seeds.at(-1)}: ${weeks.length} weeks in ${Math.round((performance.now() - from) / 1_000)} s`)
console.log(sumOf(weeks))
console.log(wrong.length === 0 ? 'nothing wrong' : `wrong with seeds ${wrong.map(({ seed }) => seed).join(' ')}`)
process.exit(wrong.length === 0 ? 0 : 1)

async function work(): Promise<void> {
  for (let seed = seeds[next++]; seed !== undefined; seed = seeds[next++]) {
    const week = await readWeek(server.host, seed)
    weeks.push(week)
    if (week.problems.length > 0) console.log([`seed ${seed}:`, ...week.problems].join('\n  '))
    else if (weeks.length % 10 === 0) console.log(`${weeks.length} of ${seeds.length} weeks, up to seed ${seed}`)
  }
}
