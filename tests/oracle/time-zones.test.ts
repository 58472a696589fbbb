/**
 * The same tests with the server in three zones: nothing the program says may depend on where it
 * stands.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { test } from 'node:test'

for (const zone of ['UTC', 'Europe/Warsaw', 'America/New_York']) {
  test(`free starts are exact with the server in ${zone}`, { timeout: 120_000 }, async () => {
    const child = spawn(process.execPath, ['--test', '--test-reporter=tap', path.join(import.meta.dirname, 'free-starts.oracle.js')], {
      // NODE_TEST_CONTEXT would make the child report to this process instead of printing.
      env: { ...process.env, TZ: zone, NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    const [code] = (await once(child, 'exit')) as [number | null]
    assert.equal(code, 0, output)
    assert.match(output, /^# pass 3$/m, output)
  })
}
