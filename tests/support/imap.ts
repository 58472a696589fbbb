/**
 * A mail server for tests: hoodiecrow-imap in this process, or the one OKIENKO_TEST_IMAP names
 * (imap://user:password@127.0.0.1:143 without TLS, as Dovecot on the same machine). Each test has a folder
 * of its own; mails are put in and looked at by IMAP, so that both servers are asked alike.
 */
import { once } from 'node:events'
import net from 'node:net'
import { after } from 'node:test'
import { Worker } from 'node:worker_threads'
import { ImapFlow } from 'imapflow'
import type { Mailbox } from '../../src/inbox/mailboxes.js'
import { mailbox } from './mails/office.js'

export interface TestImap {
  readonly mailbox: Mailbox
  deliver(raw: Buffer): Promise<void>
  /** Numbers of mails nobody has seen. */
  unseen(): Promise<number[]>
  /** Ends every connection and refuses new ones until it is back. */
  away(): Promise<void>
  back(): Promise<void>
  /** Connections refused while away. */
  refused(): number
}

let folders = 0

export async function testImap(): Promise<TestImap> {
  const server = await serverOf()
  // In front of the server: what is cut here is cut as a network is.
  const gate = await gateTo(server.host, server.port)
  const folder = `okienko-${process.pid}-${(folders += 1)}`
  const box: Mailbox = { ...mailbox, imap: { ...mailbox.imap, ...server, port: gate.port, folder } }
  const straight = async <Result>(work: (client: ImapFlow) => Promise<Result>, open = true): Promise<Result> => {
    const client = new ImapFlow({
      host: server.host,
      port: server.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: server.user, pass: server.password },
      logger: false,
    })
    client.on('error', () => undefined)
    await client.connect()
    try {
      if (open) await client.mailboxOpen(folder)
      return await work(client)
    } finally {
      await client.logout().catch(() => undefined)
    }
  }
  await straight((client) => client.mailboxCreate(folder), false)
  // One connection for all mails: to connect takes longer than all the rest.
  let kept: Promise<void> = Promise.resolve()
  let waiting: Buffer[] = []
  const deliver = (raw: Buffer): Promise<void> => {
    waiting.push(raw)
    kept = kept.then(() => {
      const mails = waiting
      waiting = []
      return mails.length === 0
        ? undefined
        : straight(async (client) => {
            for (const each of mails) await client.append(folder, each)
          }, false)
    })
    return kept
  }
  after(async () => {
    await straight((client) => client.mailboxDelete(folder), false).catch(() => undefined)
    await gate.close()
    await server.close()
  })
  return {
    mailbox: box,
    deliver,
    unseen: () => straight(async (client) => (await client.search({ seen: false }, { uid: true })) || []),
    away: gate.shut,
    back: gate.open,
    refused: gate.refused,
  }
}

interface Served {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  close(): Promise<void>
}

async function serverOf(): Promise<Served> {
  const given = process.env['OKIENKO_TEST_IMAP']
  if (given !== undefined && given !== '') {
    const url = new URL(given)
    return {
      host: url.hostname,
      port: Number(url.port || 143),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      close: () => Promise.resolve(),
    }
  }
  const server = new Worker(new URL('./imap-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  return { host: '127.0.0.1', port, user: 'ala', password: 'kot', close: async () => void (await server.terminate()) }
}

async function gateTo(host: string, port: number) {
  const sockets = new Set<net.Socket>()
  let isOpen = true
  let refused = 0
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    if (!isOpen) {
      refused += 1
      socket.destroy()
      return
    }
    const behind = net.connect(port, host)
    behind.on('error', () => socket.destroy())
    for (const each of [socket, behind]) {
      sockets.add(each)
      each.on('close', () => {
        sockets.delete(each)
        socket.destroy()
        behind.destroy()
      })
    }
    socket.pipe(behind)
    behind.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as net.AddressInfo).port,
    refused: () => refused,
    shut: () => {
      isOpen = false
      cut()
      return Promise.resolve()
    },
    open: () => {
      isOpen = true
      return Promise.resolve()
    },
    close: () => {
      cut()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
