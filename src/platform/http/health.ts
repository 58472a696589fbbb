/**
 * For those who keep the program running: is it alive, is it ready, how is it doing.
 * Metrics carry route patterns and codes only.
 */
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { z } from 'zod'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from '../context.js'
import './api-document.js'

const readyWithinMs = 1_000

export function healthRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }))
  routes.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const ready = await Promise.race([
      context.database.pool.query('select 1').then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(resolve, readyWithinMs, false).unref()),
    ])
    return reply.code(ready ? 200 : 503).send({ ready })
  })
  routes.get(
    '/api/v1/now',
    {
      config: { api: { access: 'anyone', headers: { 200: { 'Cache-Control': 'no-store' } } } },
      schema: { response: { 200: z.object({ now: z.iso.datetime() }) }, summary: "The time on the office's clock" },
    },
    async (_request, reply) => {
      reply.header('Cache-Control', 'no-store')
      return { now: context.clock.now().toString() }
    },
  )
}

/** Counts and times requests, and serves the figures at /metrics in the Prometheus text format. */
export function metricsRoutes(app: FastifyInstance): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'okienko_http_seconds',
    help: 'Time to answer, by route pattern and status class',
    labelNames: ['route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'okienko_refusals_total',
    help: 'Refusals of the API by status',
    labelNames: ['status'],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    if (!request.routeOptions.config.unobserved) {
      const status = `${Math.floor(reply.statusCode / 100)}xx`
      duration.observe({ route: request.routeOptions.url ?? '(none)', status }, reply.elapsedTime / 1000)
      if (reply.statusCode === 409) refusals.inc({ status: '409' })
    }
    done()
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
