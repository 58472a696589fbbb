/**
 * Listening, so that everybody is let in at once.
 *
 * Node takes one new connection from a listening socket in each turn of its loop, and in a rush turns
 * are long: people waited three seconds before they were heard, and the program looked idle. Several
 * sockets of one address are asked each turn, and the kernel shares newcomers out among them.
 */
import { once } from 'node:events'
import net from 'node:net'
import type { FastifyInstance } from 'fastify'

/** More let nobody in sooner (measured with 333 new connections a second). */
const socketsOfAddress = 16
/** Connections that may wait in the kernel for each socket. */
const backlog = 4_096

export interface ListenAddress {
  readonly host: string
  /** 0 for a free one. */
  readonly port: number
}

/**
 * Listens until the app is closed; the port it listens on. Where the system shares no address, or
 * nobody shares it, it is one socket.
 * @throws what `net.Server` emits: EADDRINUSE for an address somebody listens on, be it with us.
 */
export async function listenWide(app: FastifyInstance, { host, port }: ListenAddress): Promise<number> {
  if (process.platform !== 'linux') {
    await app.listen({ host, port, backlog })
    return portOf(app.server)
  }
  const shared = { host, port: await freePort({ host, port }), backlog, reusePort: true }
  const doors = Array.from({ length: socketsOfAddress - 1 }, () =>
    net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => void app.server.emit('connection', socket)),
  )
  // Nobody new is let in from the moment the app begins to close; it is closed when the last of those inside has gone.
  let left: Promise<unknown> = Promise.resolve()
  app.addHook('preClose', async () => void (left = Promise.all(doors.map((door) => once(door.close(), 'close')))))
  app.addHook('onClose', async () => void (await left))
  await app.listen(shared)
  for (const door of doors) await once(door.listen(shared), 'listening')
  return shared.port
}

/** The port, or a free one for 0, if nobody listens there: an address that is shared would be had all the same. */
export async function freePort({ host, port }: ListenAddress): Promise<number> {
  const probe = net.createServer()
  await once(probe.listen(port, host), 'listening')
  const free = portOf(probe)
  await once(probe.close(), 'close')
  return free
}

function portOf(server: net.Server): number {
  return (server.address() as net.AddressInfo).port
}
