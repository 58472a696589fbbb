/** A server that goes away and comes back under the same address, for pages that go on without it. */
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../src/app.js'
import type { Context } from '../../src/platform/context.js'

export interface GoingServer {
  readonly address: string
  /** It goes, with every connection to it. */
  readonly goesAway: () => Promise<void>
  readonly comesBack: () => Promise<void>
}

/** Starts the whole program on a free port; closed when the test file ends. */
export async function goingServer(context: Context): Promise<GoingServer> {
  let app: FastifyInstance = await createApp(context)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const port = Number(new URL(address).port)
  after(() => app.close())
  return {
    address,
    goesAway: async () => {
      const closing = app.close()
      app.server.closeAllConnections()
      await closing
    },
    comesBack: async () => {
      app = await createApp(context)
      await app.listen({ port, host: '127.0.0.1' })
    },
  }
}
