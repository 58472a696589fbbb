/** A client of the API in a thread of its own: sends bookings over kept connections and counts. */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const { port, starts, count, connections } = workerData as { port: number; starts: readonly string[]; count: number; connections: number }
const agent = new Agent({ keepAlive: true, maxSockets: connections })
let sent = 0

const begun = performance.now()
await Promise.all(
  Array.from({ length: connections }, async () => {
    while (sent < count) {
      const turn = sent++
      const status = await post(starts[turn % starts.length] as string)
      if (status !== 201) throw new Error(`a booking of the bench was answered with ${status}`)
    }
  }),
)
parentPort?.postMessage((count * 1_000) / (performance.now() - begun))
agent.destroy()

function post(start: string): Promise<number> {
  const body = JSON.stringify({ service: 'short', start, channel: 'web', person: { name: 'Jan Próbny', email: `${randomUUID()}@example.pl` } })
  return new Promise((resolve, reject) => {
    const sending = request(
      { agent, host: '127.0.0.1', port, method: 'POST', path: '/api/v1/visits', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': randomUUID() } },
      (response) => {
        response.resume()
        response.once('end', () => resolve(response.statusCode ?? 0))
      },
    )
    sending.once('error', reject)
    sending.end(body)
  })
}
