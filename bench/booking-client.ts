/**
 * The thread that books over the API: plain sockets kept open, one booking at a time on each, and no
 * more parsing than it takes to find the end of an answer, so that the client does not measure itself.
 */
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

const { port, starts, proofs, count, connections } = workerData as {
  port: number
  starts: readonly string[]
  /** One solved task for each booking. */
  proofs: readonly string[]
  count: number
  connections: number
}
let sent = 0
let answered = 0

function question(): string {
  const start = starts[sent % starts.length] as string
  const body = JSON.stringify({
    service: 'short',
    start,
    channel: 'web',
    proof: proofs[sent],
    person: { name: 'Jan Próbny', email: `${randomUUID()}@example.pl` },
  })
  const head = [
    'POST /api/v1/visits HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Idempotency-Key: ${randomUUID()}`,
  ]
  sent += 1
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

function ask(socket: Socket, done: () => void): void {
  let received = ''
  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1')
    const end = received.indexOf('\r\n\r\n')
    const length = Number(/content-length: *(\d+)/i.exec(received)?.[1] ?? Number.NaN)
    if (end < 0 || received.length < end + 4 + length) return
    if (!received.startsWith('HTTP/1.1 201')) throw new Error(`a booking of the bench was answered with ${received.slice(0, 40)}`)
    received = ''
    answered += 1
    if (sent < count) socket.write(question())
    else if (answered === count) done()
  })
  socket.write(question())
}

const begun = performance.now()
const sockets = Array.from({ length: connections }, () => connect(port, '127.0.0.1'))
await new Promise<void>((resolve) => {
  for (const socket of sockets) socket.once('connect', () => ask(socket, resolve))
})
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage((count * 1_000) / (performance.now() - begun))
for (const socket of sockets) socket.destroy()
