/**
 * A small proxy before several processes of one office, as a real one stands before a real office: a
 * connection goes to the next process that is there, and ends with it.
 */
import net from 'node:net'
import { after } from 'node:test'

export interface Proxy {
  readonly url: string
  /** Connections open now, by the port behind. */
  open(port: number): number
}

/** Listens until the test file ends. */
export async function openProxy(ports: readonly number[]): Promise<Proxy> {
  const open = new Map<number, Set<net.Socket>>(ports.map((port) => [port, new Set()]))
  const clients = new Set<net.Socket>()
  let turn = 0
  const server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    clients.add(client)
    client.on('close', () => clients.delete(client))
    client.on('error', () => client.destroy())
    turn += 1
    tryFrom(client, turn, 0)
  })
  const tryFrom = (client: net.Socket, first: number, tried: number): void => {
    const port = ports[(first + tried) % ports.length]
    // Nobody is there: whoever asked comes again.
    if (port === undefined || tried >= ports.length) return void client.destroy()
    const behind = net.connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true })
    behind.once('error', () => tryFrom(client, first, tried + 1))
    behind.once('connect', () => {
      behind.removeAllListeners('error')
      behind.on('error', () => client.destroy())
      open.get(port)?.add(behind)
      behind.on('close', () => {
        open.get(port)?.delete(behind)
        client.destroy()
      })
      client.on('close', () => behind.destroy())
      client.pipe(behind)
      behind.pipe(client)
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.close()
    for (const client of clients) client.destroy()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    open: (port) => open.get(port)?.size ?? 0,
  }
}
