/**
 * The life of the program: settings → database → schema → context → web server, and back again.
 *
 * Whatever was opened is closed in the opposite order, also when a later step fails. On Ctrl-C and
 * SIGTERM requests that have begun are answered, connections that only listen are ended, and the
 * embedded server stops last.
 */
import net from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.js'
import { composers } from './composers.js'
import { duties } from './duties.js'
import type { Config } from './platform/config.js'
import { startReader } from './messages/index.js'
import { freePort, listenWide } from './platform/http/listen.js'
import { startDuties } from './platform/duties.js'
import { readMailboxes, startInbox } from './inbox/index.js'
import { openContext } from './open.js'
import { reasonOf, SetupError, setupWords } from './platform/setup-error.js'
import { openServer } from './platform/server.js'
import { prepareOffice } from './office-start.js'

/** A request that takes longer than this is cut off when the program stops. */
const finishWithinMs = 5_000
const sweepEveryMs = 50

export async function startCommand(config: Config): Promise<void> {
  const stop = stopSignal()
  const closers: (() => Promise<void>)[] = []
  const mailboxes = readMailboxes(config.mailboxesFile)
  try {
    const address = await freeAddress(config)
    const server = await openServer(config, { use: 'alone', onRestart: () => console.error(setupWords('server-back')) })
    closers.push(() => server.stop())
    const opened = await openContext(config, server, config.publicUrl ?? address.url)
    closers.push(() => opened.close())
    const lines = await prepareOffice(opened.context)
    closers.push(startDuties(opened.context, duties))
    closers.push(startReader(opened.context, composers))
    closers.push(startInbox(opened.context, mailboxes))
    const app = await createApp(opened.context, { mediaFolder: config.mediaFolder })
    closers.push(() => closeApp(app))
    await listen(app, address)
    console.log(
      [
        setupWords('started', { url: opened.context.publicUrl }),
        setupWords('started-database', { where: server.description }),
        ...lines,
      ].join('\n'),
    )
    const signal = await stop
    if (signal === 'SIGINT') console.log(setupWords('stopping'))
  } finally {
    for (const close of closers.toReversed()) await close()
  }
  console.log(setupWords('stopped'))
  process.exit(process.exitCode ?? 0)
}

/** Resolves at the first signal to stop; later ones change nothing, the stop is under way. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
  })
}

interface Address {
  readonly host: string
  readonly port: number
  readonly url: string
}

/** Finds out before anything is started whether the address can be had; port 0 becomes a free one. */
async function freeAddress(config: Config): Promise<Address> {
  try {
    const port = await freePort(config)
    return { host: config.host, port, url: `http://${nameOf(config.host)}:${port}` }
  } catch (error) {
    throw addressError(error, config)
  }
}

async function listen(app: FastifyInstance, address: Address): Promise<void> {
  try {
    await listenWide(app, address)
  } catch (error) {
    throw addressError(error, address)
  }
}

function addressError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  switch (reasonOf(error)) {
    case 'EADDRINUSE':
      return new SetupError('port-used', { host, port: String(port) })
    case 'EACCES':
      return new SetupError('port-forbidden', { host, port: String(port) })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return new SetupError('host', { value: host })
    default:
      return error
  }
}

/** How a browser on this machine names the host the program listens on. */
function nameOf(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host)) return 'localhost'
  return net.isIPv6(host) ? `[${host}]` : host
}

async function closeApp(app: FastifyInstance): Promise<void> {
  // A connection whose last request was answered after the stop began is kept alive for nobody.
  const sweep = setInterval(() => app.server.closeIdleConnections(), sweepEveryMs)
  const cutOff = setTimeout(() => app.server.closeAllConnections(), finishWithinMs)
  await app.close()
  clearInterval(sweep)
  clearTimeout(cutOff)
}
