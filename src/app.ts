/**
 * The only file that mounts slices on addresses, in the order a visitor meets them.
 */
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import swagger from '@fastify/swagger'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { administrationRoutes, callsOwed, noticesFor } from './administration/index.js'
import { bookingRoutes, searchUnits } from './booking/index.js'
import { answerRoutes, clockRoutes, writeRoutes, writingPage } from './demonstration/index.js'
import { directory, directoryRoutes } from './directory/index.js'
import { sendErrorPage } from './error-page.js'
import { isMovable } from './platform/clock.js'
import { usualMediaFolder } from './platform/config.js'
import type { Context } from './platform/context.js'
import { answerUnreadable, readableAddress } from './platform/http/address.js'
import { apiDocument } from './platform/http/api-document.js'
import { installEdge } from './platform/http/edge.js'
import { inboxRoutes, mailFacts } from './inbox/index.js'
import { messageRoutes, templateRoutes } from './messages/index.js'
import { installLimits } from './limits.js'
import { passRoutes } from './pass/index.js'
import { healthRoutes, metricsRoutes } from './platform/http/health.js'
import { securityHeaders } from './platform/http/security-headers.js'
import { bookingChannels, hours, regulationRoutes, ruleBook } from './regulation/index.js'
import { deviceRoutes } from './device/index.js'
import { displayRoutes } from './display/index.js'
import { entranceRoutes } from './entrance/index.js'
import { kioskRoutes } from './kiosk/index.js'
import { staffHook, staffRoutes } from './staff/index.js'
import { queueRoutes } from './queue/index.js'
import { registerShell, uiRoutes } from './ui/index.js'

/** Largest body anyone may send: a form of a few hundred characters, with room. */
const bodyBytesMax = 64 * 1024
/** Longest a request may take to arrive whole. */
const requestMs = 30_000

/** A program that says it sends JSON and sends nothing sends no body: acts without one are asked so. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}

/** The whole program as one function of requests; it listens only when told to. */
export async function createApp(context: Context, { mediaFolder = usualMediaFolder } = {}): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytesMax,
    // Longer than any address can be: an id nobody has is unknown, however long.
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: true },
    rewriteUrl: readableAddress,
    clientErrorHandler: answerUnreadable,
    requestTimeout: requestMs,
    // Node looks for requests that take too long twice a minute only, so that one lasted a minute and a half (measured).
    http: { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: 1_000 },
    // Half-open keep-alive connections do not hold up a stop.
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  securityHeaders(app, {
    // What the policy below says too, for browsers that do not read it.
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: context.publicUrl.startsWith('https://'),
  })
  await app.register(formbody)
  acceptEmptyJson(app)
  await app.register(cookie)
  const { transform, finish } = apiDocument()
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Okienko', version: '1.0.0', license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } } },
    transform,
  })
  installEdge(app, sendErrorPage)
  metricsRoutes(app)
  staffHook(app, context)
  registerShell(app, context, {
    office: async () => (await directory(context)).office,
    staff: (request) => request.staff,
  })

  installLimits(app)

  let described: object | undefined
  await app.register(async (mounted) => {
    healthRoutes(mounted, context)
    mounted.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => (described ??= finish(app.swagger())))
    uiRoutes(mounted, context)
    directoryRoutes(mounted, context, {
      law: () => ruleBook(context),
      mediaFolder,
      hoursOn: async (unitId, day) => hours(await ruleBook(context), await directory(context), unitId, day),
      unitsFor: async (typed) => searchUnits(await directory(context), typed),
      channelsOf: async (service, at) => bookingChannels(await ruleBook(context), await directory(context), service.id, at).channels,
    })
    regulationRoutes(mounted, context)
    messageRoutes(mounted, context)
    templateRoutes(mounted, context)
    bookingRoutes(mounted, context, {
      ...mailFacts(context),
      calls: (t, staff) => callsOwed(context, t, staff),
    })
    inboxRoutes(mounted, context)
    passRoutes(mounted, context)
    staffRoutes(mounted, context, { notices: (t, staff) => noticesFor(context, t, staff), writing: writingPage(context) })
    deviceRoutes(mounted, context)
    queueRoutes(mounted, context)
    entranceRoutes(mounted, context)
    kioskRoutes(mounted, context)
    displayRoutes(mounted, context)
    administrationRoutes(mounted, context)
    if (context.demonstration) answerRoutes(mounted, context)
    writeRoutes(mounted, context)
    if (context.demonstration && isMovable(context.clock)) clockRoutes(mounted, context, context.clock)
  })
  return app
}
