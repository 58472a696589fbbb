/** `npm run test:long`: plays and reads the week of many seeds. */
import { rmSync } from 'node:fs'
import { startTestServer } from '../support/server.js'
import { playWeek } from './week/play.js'
import { problemsIn, readHistory } from './reader/index.js'

const server = await startTestServer()
const [from = 1, to = from] = (process.env['OKIENKO_SEEDS'] ?? '1-3').split('-').map(Number)
for (let seed = from; seed <= to; seed += 1) {
  const t = performance.now()
  const { office, ledger, estimates, people } = await playWeek(server.host, seed)
  const t2 = performance.now()
  const history = await readHistory(office.contexts[0].database.pool)
  const problems = problemsIn(history, { ...ledger, names: people.map(({ name }) => name) })
  console.log(
    seed,
    Math.round(t2 - t),
    Math.round(performance.now() - t2),
    history.events.length,
    problems.length,
    problems.slice(0, 12),
    JSON.stringify(estimates),
  )
  if (seed === from) console.log(JSON.stringify([...ledger.counts].toSorted(), null, 0))
  await office.close()
}
await server.stop()
rmSync(server.folder, { recursive: true, force: true })
