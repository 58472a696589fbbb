/**
 * A real SMTP server on loopback that keeps what it accepted, with TLS and a password where asked,
 * and that misbehaves on demand.
 */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { after } from 'node:test'
import { SMTPServer } from 'smtp-server'
import type { MailSettings } from '../../src/platform/config-messages.js'

export interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  /** The connection was encrypted. */
  readonly secure: boolean
}

/** What the server does with the next messages. */
export type Mood =
  | 'kind'
  /** Refuses the recipient, for now or for ever; refuses what is said. */
  | 'recipient-later'
  | 'recipient-never'
  | 'content-never'
  /** Never answers after the message. */
  | 'hangs'
  /** Breaks the connection after it took the message, without saying so; or before it took it. */
  | 'drops-after'
  | 'drops-before'

export interface MailServer {
  readonly settings: MailSettings
  readonly received: Received[]
  mood: Mood
  /** Called when a message is whole, before the server says that it has it. */
  beforeAnswer: (received: Received) => Promise<void> | void
  /** Resolves once nobody is connected: what was on its way has come or never will. */
  quiet(): Promise<void>
  close(): Promise<void>
}

export interface MailServerOptions {
  readonly key?: string
  readonly cert?: string
  readonly tls?: MailSettings['tls']
  readonly password?: string
  readonly port?: number
  readonly connections?: number
}

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

/** Starts it; closed when the test file ends, or before. */
export async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const made = await openMailServer(options)
  after(() => made.close())
  return made
}

/** Starts it for whoever closes it. */
export async function openMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { key, cert, tls = 'none', password, connections = 5 } = options
  const received: Received[] = []
  const sockets = new Set<Socket>()
  const server = new SMTPServer({
    secure: tls === 'implicit',
    ...(key === undefined || cert === undefined ? {} : { key, cert }),
    hideSTARTTLS: tls !== 'required',
    authOptional: password === undefined,
    allowInsecureAuth: false,
    disableReverseLookup: true,
    size: 10_000_000,
    onAuth({ username, password: given }, _session, done) {
      if (username === 'okienko' && given === password) done(null, { user: username })
      else done(refusal(535, 'no such user'))
    },
    onRcptTo(_address, _session, done) {
      if (made.mood === 'recipient-later') return done(refusal(451, 'greylisted'))
      return made.mood === 'recipient-never' ? done(refusal(550, 'no such mailbox')) : done()
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => void finish())
      const finish = async (): Promise<void> => {
        const { mailFrom, rcptTo } = session.envelope
        const message = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
          secure: session.secure,
        }
        if (made.mood === 'hangs') return
        if (made.mood === 'content-never') return done(refusal(554, 'spam'))
        const drop = (): void => {
          for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy()
        }
        if (made.mood === 'drops-before') return drop()
        await made.beforeAnswer(message)
        received.push(message)
        if (made.mood === 'drops-after') return drop()
        done(null)
      }
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  let closed = false
  const made: MailServer = {
    received,
    mood: 'kind',
    beforeAnswer: () => undefined,
    settings: {
      host: '127.0.0.1',
      port,
      tls,
      ca: cert ?? null,
      user: password === undefined ? null : 'okienko',
      password: password ?? null,
      connections,
      from: 'wizyty@okienko.test',
      dkim: null,
    },
    quiet: () => until(() => sockets.size === 0),
    async close() {
      if (closed) return
      closed = true
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return made
}

/** Waits for what becomes so by itself. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** A header of a raw message, unfolded; null where there is none. */
export function header({ raw }: Pick<Received, 'raw'>, name: string): string | null {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? null
}
