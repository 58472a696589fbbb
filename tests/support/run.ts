/**
 * Runs the tests: starts one PostgreSQL for all, makes the template database each test file
 * clones, runs `node --test` over dist/, and stops the server. Arguments narrow the files:
 * `npm test -- dist/src/booking`. No test found is a failure, and so is a PostgreSQL that a test
 * left running.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../../src/platform/paths.js'
import { startTestServer } from './server.js'

const server = await startTestServer()
const { folder } = server
let status = 1
try {
  const named = process.argv.slice(2)
  const patterns = named.length > 0 ? named : ['dist']
  const files = patterns.flatMap((each) =>
    statSync(path.join(projectRoot, each), { throwIfNoEntry: false })?.isDirectory()
      ? globSync(`${each}/**/*.test.js`, { cwd: projectRoot })
      : globSync(each, { cwd: projectRoot }),
  )
  if (files.length === 0) throw new Error(`no tests found in ${patterns.join(', ')}`)
  const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files.toSorted()], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, OKIENKO_TEST_SERVER: server.host, OKIENKO_TEST_FOLDER: folder, NODE_ENV: 'test' },
  })
  const [code] = (await once(tests, 'exit')) as [number | null]
  status = code ?? 1
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

/** Process numbers of servers whose data is under the folder. */
function serversIn(under: string): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' })
  const lines = (stdout ?? '').split('\n').filter((line) => line.includes(`postgres -D ${under}`))
  return lines.map((line) => Number.parseInt(line, 10))
}
