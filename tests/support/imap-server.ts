/** hoodiecrow-imap in a thread of its own: its timers for idle connections would keep a test waiting for half an hour. */
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'
import hoodiecrow from 'hoodiecrow-imap'

const server = hoodiecrow({
  plugins: ['ID', 'IDLE', 'UIDPLUS', 'LITERALPLUS', 'NAMESPACE', 'ENABLE', 'SASL-IR'],
  users: { ala: { password: 'kot' } },
  storage: { INBOX: { messages: [] }, '': { folders: {} } },
})
server.listen(0, '127.0.0.1', () => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage((server.server.address() as AddressInfo).port)
})
