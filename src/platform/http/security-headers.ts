/**
 * Headers of every answer that tell a browser what it may do with it, as helmet words them. They hang
 * on nothing of a request, so that helmet is asked once and not for each.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'

/** Gives them to every answer. */
export function securityHeaders(app: FastifyInstance, options: Readonly<HelmetOptions>): void {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  }
  let fault: unknown
  helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, (error) => (fault = error))
  if (fault !== undefined) throw fault
  // Helmet has no word for it. A page that needs one of them says so itself.
  headers['permissions-policy'] = 'camera=(), microphone=(), geolocation=()'
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}
