/**
 * Runs the tests: starts one PostgreSQL for all, makes the template database each test file
 * clones, runs the files of dist/ in processes of their own, and stops the server. Arguments narrow
 * the files: `npm test -- dist/src/booking`. No test found is a failure, and so is a PostgreSQL that
 * a test left running. At the end it says which files took longest.
 */
import { spawnSync } from 'node:child_process'
import { globSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { projectRoot } from '../../src/platform/paths.js'
import { startTestServer } from './server.js'

/** The longest files, as told at the end of a run: begun first, so that none is waited for alone at the end. */
const longFirst = [
  'dist/tests/day/week.test.js',
  'dist/tests/journeys/pages.test.js',
  'dist/tests/journeys/walks.test.js',
  'dist/tests/journeys/paths.test.js',
  'dist/tests/lifecycle/start.test.js',
  'dist/tests/day/day.test.js',
  'dist/tests/journeys/voice.test.js',
  'dist/tests/journeys/kiosk.test.js',
  'dist/tests/journeys/line.test.js',
  'dist/src/booking/races.test.js',
  'dist/src/booking/waiting/waiting-races.test.js',
  'dist/tests/journeys/citizen.test.js',
  'dist/tests/journeys/citizen-without-script.test.js',
  'dist/tests/journeys/wish.test.js',
  'dist/tests/journeys/keyboard.test.js',
  'dist/tests/journeys/pass.test.js',
  'dist/tests/journeys/door.test.js',
  'dist/tests/lifecycle/backup.test.js',
]
const rank = (file: string): number => (longFirst.indexOf(file) + longFirst.length + 1) % (longFirst.length + 1)

const server = await startTestServer()
const { folder } = server
let status = 1
try {
  const named = process.argv.slice(2)
  const patterns = named.length > 0 ? named : ['dist']
  const found = patterns.flatMap((each) =>
    statSync(path.join(projectRoot, each), { throwIfNoEntry: false })?.isDirectory()
      ? globSync(`${each}/**/*.test.js`, { cwd: projectRoot })
      : globSync(each, { cwd: projectRoot }),
  )
  if (found.length === 0) throw new Error(`no tests found in ${patterns.join(', ')}`)
  const files = [...new Set(found)].toSorted().toSorted((a, b) => rank(a) - rank(b))
  status = (await passes(files)) ? 0 : 1
} finally {
  await server.stop()
  const left = serversIn(folder)
  if (left.length > 0) {
    console.error(`a test left PostgreSQL running: ${left.join(', ')}`)
    for (const pid of left) process.kill(pid, 'SIGQUIT')
    status = 1
  }
  rmSync(folder, { recursive: true, force: true })
}
process.exit(status)

/** Runs the files, each in a process of its own, and tells how it went. */
async function passes(files: readonly string[]): Promise<boolean> {
  // What one file has compiled the next need not: each begins with the whole program.
  const compiled = path.join(folder, 'compiled')
  Object.assign(process.env, {
    OKIENKO_TEST_SERVER: server.host,
    OKIENKO_TEST_FOLDER: folder,
    NODE_COMPILE_CACHE: compiled,
    NODE_ENV: 'test',
  })
  let passed = true
  const seconds = new Map<string, number>()
  const tests = run({ files: files.map((file) => path.join(projectRoot, file)), cwd: projectRoot, concurrency: 2 })
  tests.on('test:summary', ({ success, file, duration_ms: ms }) => {
    passed &&= success
    if (file !== undefined) seconds.set(path.relative(projectRoot, file), ms / 1_000)
  })
  await pipeline(tests, new spec(), process.stdout, { end: false })
  const longest = [...seconds].toSorted(([, a], [, b]) => b - a).slice(0, 15)
  if (files.length > 1) console.log(longest.map(([file, took]) => `${took.toFixed(1).padStart(7)} s ${file}`).join('\n'))
  return passed
}

/** Process numbers of servers whose data is under the folder. */
function serversIn(under: string): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' })
  const lines = (stdout ?? '').split('\n').filter((line) => line.includes(`postgres -D ${under}`))
  return lines.map((line) => Number.parseInt(line, 10))
}
