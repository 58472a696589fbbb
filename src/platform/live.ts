/**
 * Event streams for pages that keep themselves up to date.
 *
 * An event is a hint without content: whoever hears it fetches the whole state again. A heartbeat
 * every 15 seconds says that the stream lives, and is a hint too: waiting times age though nothing happened. It falls silent while hints of other processes do
 * not arrive, so that a page never takes an old number for a new one. Used with browser/live.ts.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from './context.js'

/** Streams open at a time in one process; each is a socket and some 14 kB. The next is asked to poll. */
export const streamsMax = 4_000
export const heartbeatMs = 15_000
/** How soon a browser tries again, with a chance added so that a restart is not a stampede. */
const retryMs = 1_500
const retrySpreadMs = 1_500

interface Stream {
  beat(): void
  end(): void
}

const open = new WeakMap<Context, Set<Stream>>()
const kept = new WeakSet<object>()

/** Each slice that serves streams calls it: they beat together, and end before the server closes. */
export function keepStreams(app: FastifyInstance, context: Context): void {
  if (kept.has(app.server)) return
  kept.add(app.server)
  const streams = streamsOf(context)
  const timer = setInterval(() => {
    if (!context.changes.connected()) return
    for (const stream of streams) stream.beat()
  }, heartbeatMs)
  timer.unref()
  app.addHook('preClose', async () => {
    clearInterval(timer)
    for (const stream of streams) stream.end()
  })
}

/** Answers with a stream of hints on the topics, until the browser goes or the server closes. */
export function openStream(request: FastifyRequest, reply: FastifyReply, context: Context, topics: readonly string[]): FastifyReply {
  const streams = streamsOf(context)
  if (streams.size >= streamsMax) return reply.code(503).header('Retry-After', '10').send()
  const response = reply.raw
  reply.hijack()
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // A proxy that gathers events would hold a call back: nginx is told not to.
    'X-Accel-Buffering': 'no',
    'X-Content-Type-Options': 'nosniff',
  })
  const write = (text: string): void => {
    // A browser that does not read is cut off rather than remembered for: it comes back and looks.
    if (response.writableLength > 64 * 1024) response.destroy()
    else response.write(text)
  }
  write(`retry: ${retryMs + Math.floor(context.random() * retrySpreadMs)}\n\n`)
  const stops = topics.map((topic) => context.changes.subscribe(topic, () => write(`data: ${topic}\n\n`)))
  const stream: Stream = { beat: () => write('event: beat\ndata:\n\n'), end: () => response.end() }
  streams.add(stream)
  request.raw.socket.setTimeout(0)
  request.raw.socket.setNoDelay(true)
  response.on('close', () => {
    streams.delete(stream)
    for (const stop of stops) stop()
  })
  return reply
}

/** Streams open now in this process. */
export function streamsOpen(context: Context): number {
  return streamsOf(context).size
}

function streamsOf(context: Context): Set<Stream> {
  let streams = open.get(context)
  if (streams === undefined) {
    streams = new Set()
    open.set(context, streams)
  }
  return streams
}
