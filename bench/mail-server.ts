/** The SMTP server of the measurements, in a thread of its own; says where it listens. */
import { parentPort } from 'node:worker_threads'
import { openMailServer } from '../tests/support/smtp.js'

const server = await openMailServer()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(server.settings)
