/**
 * Hints that something changed, from any process to every page that watches.
 *
 * A hint is a topic such as `queue:walowa-5`; whoever hears it fetches the whole state again, so a
 * lost or doubled hint does no harm. Hints are gathered and sent outside the transaction that
 * caused them, at most every 50 ms: NOTIFY inside a booking cut its rate to a third.
 */
import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Queryable } from './database.js'

export interface Changes {
  /** Tells every process, this one at once, that a topic changed. */
  publish(topic: string): void
  /** Calls `listener` on each hint for the topic; returns how to stop. */
  subscribe(topic: string, listener: () => void): () => void
  /** True while hints of other processes arrive. */
  connected(): boolean
  close(): Promise<void>
}

const channel = 'okienko_changes'

/** A hint sent with the transaction of a rare change, such as an import, by a process that may listen to nothing. */
export async function notifyChange(client: Queryable, topics: readonly string[]): Promise<void> {
  await client.query('select pg_notify($1, $2)', [channel, JSON.stringify({ from: 'once', topics })])
}

const gatherMs = 50
const listenersMax = 10_000

/** Opens the one listening connection of this process; it comes back by itself after an outage. */
export async function openChanges(connection: pg.ClientConfig, sender: Queryable): Promise<Changes> {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(listenersMax)
  const self = crypto.randomUUID()
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<void> = Promise.resolve()
  let closed = false
  let listening: pg.Client | null = null

  const listen = async (): Promise<void> => {
    const client = new pg.Client(connection)
    client.on('error', () => reconnect(client))
    client.on('end', () => reconnect(client))
    client.on('notification', ({ payload }) => {
      const { from, topics } = JSON.parse(payload ?? '{}') as { from: string; topics: string[] }
      if (from !== self) for (const topic of topics) emitter.emit(topic)
    })
    await client.connect()
    await client.query(`listen ${channel}`)
    listening = client
    // Hints may have been missed while away: everyone looks again.
    for (const topic of emitter.eventNames()) emitter.emit(topic)
  }
  const reconnect = (client: pg.Client): void => {
    if (closed || (listening !== client && listening !== null)) return
    listening = null
    setTimeout(() => {
      if (!closed && listening === null) void listen().catch(() => reconnect(client))
    }, 1_000).unref()
  }
  const flush = (): void => {
    timer = null
    const topics = [...waiting]
    waiting.clear()
    sending = sending
      .then(() => sender.query('select pg_notify($1, $2)', [channel, JSON.stringify({ from: self, topics })]))
      .then(
        () => undefined,
        // The database is away; those who watch fetch again when the connection returns.
        () => undefined,
      )
  }
  await listen()

  return {
    publish(topic) {
      emitter.emit(topic)
      waiting.add(topic)
      timer ??= setTimeout(flush, gatherMs)
    },
    subscribe(topic, listener) {
      emitter.on(topic, listener)
      return () => emitter.off(topic, listener)
    },
    connected: () => listening !== null,
    async close() {
      closed = true
      if (timer !== null) {
        clearTimeout(timer)
        flush()
      }
      await sending
      await listening?.end().catch(() => undefined)
    },
  }
}
