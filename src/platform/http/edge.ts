/**
 * The edge: what every request meets before and after a slice answers it.
 *
 * Forms are protected by `Sec-Fetch-Site` and `Origin`, not by tokens, so that public pages can be
 * cached. Input errors never become a 5xx; a fault is answered with an incident number and logged
 * without the message of the driver, which may quote what a person typed. Addresses are logged as
 * route patterns only: references and links are secrets of their owners.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isLockFailure, isOutage } from '../database.js'
import { stepsAfter, type Problem } from '../problem.js'
import { isUnreadable } from './address.js'
import { words, type Language } from '../words.js'

/** Draws the page for an error; the design system gives it. */
export type ErrorPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  error: { status: number; code: string; incident: string | null },
) => FastifyReply

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A page that would tell something of whoever opens it: its answers are neither logged nor counted. */
    unobserved?: boolean
  }
}

export function installEdge(app: FastifyInstance, errorPage: ErrorPage): void {
  // What every request meets and nothing waits for is called back: a promise for each would be a tenth of a short answer.
  app.addHook('onRequest', (request, reply, done) => {
    if (isSafeMethod(request.method) || !isForeign(request)) done()
    else void answer(request, reply, { status: 403, code: 'foreign-origin', incident: null })
  })
  app.addHook('onResponse', (request, reply, done) => {
    if (!request.routeOptions.config.unobserved) {
      request.log.info(
        {
          method: request.method,
          route: request.routeOptions.url ?? '(none)',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
        },
        'answered',
      )
    }
    done()
  })
  app.setNotFoundHandler((request, reply) => {
    if (isUnreadable(request.url)) return answer(request, reply, { status: 400, code: 'bad-request', incident: null })
    const allowed = otherMethods(app, request)
    if (allowed.length === 0) return answer(request, reply, { status: 404, code: 'not-found', incident: null })
    return answer(request, reply.header('Allow', allowed.join(', ')), { status: 405, code: 'method-not-allowed', incident: null })
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) return sendSchemaErrors(request, reply, error)
    const status = error.statusCode ?? 500
    if (status >= 400 && status < 500) return answer(request, reply, { status, code: clientCode(status), incident: null })
    if (isOutage(error)) {
      request.log.warn({ route: request.routeOptions.url }, 'the database is away')
      return answer(request, reply.header('Retry-After', '5'), { status: 503, code: 'outage', incident: null })
    }
    if (isLockFailure(error)) {
      request.log.warn({ route: request.routeOptions.url }, 'a lock was not had in time')
      return answer(request, reply.header('Retry-After', '1'), { status: 503, code: 'busy', incident: null })
    }
    if (status === 503) return answer(request, reply.header('Retry-After', '2'), { status, code: 'busy', incident: null })
    request.log.error({ route: request.routeOptions.url, fault: describeFault(error) }, 'fault')
    return answer(request, reply, { status: 500, code: 'fault', incident: request.id })
  })

  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    error: { status: number; code: string; incident: string | null },
  ): FastifyReply {
    return isApi(request) ? sendProblem(request, reply, error) : errorPage(request, reply, error)
  }
}

/** What else an address can be asked, where it cannot be asked this. */
function otherMethods(app: FastifyInstance, { url, method }: FastifyRequest): string[] {
  const path = url.split('?', 1)[0] as string
  const answers = (asked: string): boolean => app.findRoute({ method: asked, url: path }) !== null
  // A route that answered "not found" itself is one; what it does not know is not there.
  return answers(method) ? [] : ['GET', 'HEAD', 'POST', 'DELETE'].filter(answers)
}

function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/** True when a browser says the request comes from a page of somebody else's. Programs send neither header. */
function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none'
  const origin = request.headers.origin
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== request.host
}

function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/')
}

function clientCode(status: number): string {
  switch (status) {
    case 404:
      return 'not-found'
    case 413:
      return 'too-large'
    case 415:
      return 'unsupported-type'
    case 429:
      return 'too-many'
    default:
      return 'bad-request'
  }
}

function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: { status: number; code: string; incident: string | null },
): FastifyReply {
  const translate = words(languageOf(request))
  const problem: Problem = {
    type: `urn:okienko:${error.code}`,
    title: translate(`platform.problem.${error.code}`, { incident: error.incident ?? '' }),
    status: error.status,
    code: error.code,
    basis: [],
    next: stepsAfter(error.code),
  }
  return reply.code(error.status).type('application/problem+json').send(problem)
}

/** What a schema found wrong, field by field: 422, or 400 for a header or an address that cannot be read. */
function sendSchemaErrors(request: FastifyRequest, reply: FastifyReply, error: FastifyError): FastifyReply {
  const translate = words(languageOf(request))
  const errors = (error.validation ?? []).map((each) => {
    const field = each.instancePath.replaceAll('/', '.').replace(/^\./, '') || '(all)'
    return { field, code: each.keyword ?? 'invalid', detail: translate('platform.problem.field', { field }) }
  })
  const problem: Problem = {
    type: 'urn:okienko:invalid-input',
    title: translate('platform.problem.invalid-input'),
    status: 422,
    code: 'invalid-input',
    basis: [],
    next: stepsAfter('invalid-input'),
    errors,
  }
  return reply.code(422).type('application/problem+json').send(problem)
}

function languageOf(request: FastifyRequest): Language {
  return request.headers['accept-language']?.startsWith('en') ? 'en' : 'pl'
}

/** What may be logged of a fault: kind, code and stack frames, never the message. */
function describeFault(error: Error): Record<string, unknown> {
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, code, constraint, table, frames: frames.slice(0, 8) }
}
