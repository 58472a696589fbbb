/**
 * `npm run test:mail`: the tests of mail that want the servers a city has, and those of intake once more
 * against Dovecot. Ends with 1 when one fails or the servers are not there.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { officeAddress, password, startMailServers } from './servers.js'

const runner = fileURLToPath(new URL('../support/run.js', import.meta.url))
const run = (file: string, settings: Record<string, string> = {}): boolean =>
  spawnSync(process.execPath, [runner, file], { stdio: 'inherit', env: { ...process.env, ...settings } }).status === 0

const servers = await startMailServers()
let passed = false
try {
  const user = encodeURIComponent(officeAddress)
  passed = run('dist/src/inbox/listen.test.js', { OKIENKO_TEST_IMAP: `imap://${user}:${password}@127.0.0.1:${servers.imapPort}` })
} finally {
  await servers.stop()
}
passed = run('dist/tests/mail-servers/real.js') && passed
process.exit(passed ? 0 : 1)
