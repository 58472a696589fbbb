/**
 * The thread that asks: plain sockets, one question at a time on each, no more parsing than it takes
 * to find the end of an answer. A client that costs as much as the server would measure itself.
 */
import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import type { HttpLoad } from './harness.js'

const { host, port, path, headers = {}, connections = 8, seconds = 3 } = workerData as HttpLoad
const question = [
  `GET ${path} HTTP/1.1`,
  `Host: ${host}:${port}`,
  ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  '',
  '',
].join('\r\n')

let answers = 0
let stopped = false

function ask(socket: Socket): void {
  let received: Buffer = Buffer.alloc(0)
  socket.setNoDelay(true)
  socket.on('error', (error) => {
    if (!stopped) throw error
  })
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const length = lengthOfAnswer(received)
    if (length === null || received.length < length) return
    received = received.subarray(length)
    answers++
    if (stopped) socket.destroy()
    else socket.write(question)
  })
  socket.write(question)
}

/** Bytes of the first answer, head and body; null while the head is not whole. */
function lengthOfAnswer(received: Buffer): number | null {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = received.toString('latin1', 0, end)
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`${path} answered ${head.split('\r\n')[0]}`)
  const length = /content-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return end + 4 + Number(length)
  const last = received.indexOf('0\r\n\r\n', end + 4)
  return last < 0 ? null : last + 5
}

const sockets = Array.from({ length: connections }, () => connect(port, host))
for (const socket of sockets) socket.once('connect', () => ask(socket))
// The first half second warms up.
setTimeout(() => {
  answers = 0
  const begun = performance.now()
  setTimeout(() => {
    stopped = true
    const perSecond = answers / ((performance.now() - begun) / 1_000)
    for (const socket of sockets) socket.destroy()
    // A worker's port has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    parentPort?.postMessage(perSecond)
  }, seconds * 1_000)
}, 500)
