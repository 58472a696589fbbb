/**
 * Event streams for pages that keep themselves up to date.
 *
 * An event is a hint without content: whoever hears it fetches the whole state again. A heartbeat
 * every 15 seconds says that the stream lives, and is a hint too: waiting times age though nothing
 * happened. It falls silent while hints of other processes do not arrive, so that a page never takes
 * an old number for a new one. Used with browser/live.ts.
 *
 * Thousands of screens hang on one process: an event is put into its frame once and written to each
 * socket as it is, and the beats of all are spread over their 15 seconds, so that the looks that
 * follow are too.
 */
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from './context.js'

/** Streams open at a time in one process; each is a socket and some 14 kB. The next is asked to poll. */
export const streamsMax = 8_000
export const heartbeatMs = 15_000
/** Parts of that time, in each of which a part of the streams beats. */
const beatParts = 30
/** How soon a browser tries again, with a chance added so that a restart is not a stampede. */
const retryMs = 1_500
const retrySpreadMs = 1_500

interface Stream {
  readonly response: ServerResponse
  /** In which part of the 15 seconds it beats. */
  readonly part: number
}

interface Streams {
  readonly all: Set<Stream>
  /** Those who listen, by topic; the first of a topic makes the process listen, the last stops it. */
  readonly topics: Map<string, { readonly listeners: Set<Stream>; readonly stop: () => void }>
  opened: number
}

/**
 * Told back by the screen that looks (`okienko-hint`): whoever keeps what it asks for makes it anew once
 * for each that it has not met. A screen may hear of a change from one process and look at another,
 * which has not heard of it yet, or whose neighbour died before it could tell.
 */
export const hintHeader = 'okienko-hint'
const self = randomBytes(6).toString('hex')
let hints = 0

const open = new WeakMap<Context, Streams>()
const kept = new WeakSet<object>()

/** Each slice that serves streams calls it: they beat together, and end before the server closes. */
export function keepStreams(app: FastifyInstance, context: Context): void {
  if (kept.has(app.server)) return
  kept.add(app.server)
  const streams = streamsOf(context)
  let part = 0
  const timer = setInterval(() => {
    part = (part + 1) % beatParts
    if (!context.changes.connected()) return
    const beat = frame(beatText())
    for (const stream of streams.all) if (stream.part === part) send(stream, beat)
  }, heartbeatMs / beatParts)
  timer.unref()
  app.addHook('preClose', async () => {
    clearInterval(timer)
    for (const stream of streams.all) stream.response.end()
  })
}

/** Answers with a stream of hints on the topics, until the browser goes or the server closes. */
export function openStream(request: FastifyRequest, reply: FastifyReply, context: Context, topics: readonly string[]): FastifyReply {
  const streams = streamsOf(context)
  if (streams.all.size >= streamsMax) return reply.code(503).header('Retry-After', '10').send()
  const response = reply.raw
  reply.hijack()
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // A proxy that gathers events would hold a call back: nginx is told not to.
    'X-Accel-Buffering': 'no',
    'X-Content-Type-Options': 'nosniff',
  })
  response.write(`retry: ${retryMs + Math.floor(context.random() * retrySpreadMs)}\n\n${beatText()}`)
  const stream: Stream = { response, part: streams.opened % beatParts }
  streams.opened += 1
  streams.all.add(stream)
  for (const topic of topics) join(streams, context, topic, stream)
  request.raw.socket.setTimeout(0)
  request.raw.socket.setNoDelay(true)
  response.on('close', () => {
    streams.all.delete(stream)
    for (const topic of topics) leave(streams, topic, stream)
  })
  return reply
}

/** Streams open now in this process. */
export function streamsOpen(context: Context): number {
  return streamsOf(context).all.size
}

function join(streams: Streams, context: Context, topic: string, stream: Stream): void {
  let entry = streams.topics.get(topic)
  if (entry === undefined) {
    const listeners = new Set<Stream>()
    const stop = context.changes.subscribe(topic, () => {
      hints += 1
      const hint = frame(`id: ${self}-${hints}\ndata: ${topic}\n\n`)
      for (const each of listeners) send(each, hint)
    })
    entry = { listeners, stop }
    streams.topics.set(topic, entry)
  }
  entry.listeners.add(stream)
}

function leave(streams: Streams, topic: string, stream: Stream): void {
  const entry = streams.topics.get(topic)
  if (entry === undefined || !entry.listeners.delete(stream) || entry.listeners.size > 0) return
  entry.stop()
  streams.topics.delete(topic)
}

/** An event as it goes over the wire: a chunk of its own (RFC 9112 § 7.1), made once for all. */
function frame(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)
}

/** The same for all that beat within a second. */
function beatText(): string {
  return `id: ${self}-s${Math.trunc(performance.now() / 1_000)}\nevent: beat\ndata:\n\n`
}

/** A browser that does not read is cut off rather than remembered for: it comes back and looks. */
function send({ response }: Stream, framed: Buffer): void {
  const { socket } = response
  if (socket === null || response.writableEnded) return
  if (socket.writableLength > 64 * 1024) response.destroy()
  else socket.write(framed)
}

function streamsOf(context: Context): Streams {
  let streams = open.get(context)
  if (streams === undefined) {
    streams = { all: new Set(), topics: new Map(), opened: 0 }
    open.set(context, streams)
  }
  return streams
}
