/**
 * Limits on how often somebody asks: by visit, and very loosely by address. A library or a block of
 * flats is one address with many people behind it, so that this ceiling is far above what sixty
 * people at once do; what is scarce is guarded elsewhere. Addresses of private networks are the
 * office's own or a proxy's, behind which everybody is: they have no ceiling.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from './platform/decision.js'
import { limiter, type Rate } from './platform/http/limiter.js'
import { sendRefusal } from './platform/problem.js'
import { AnswerPage, sendPage } from './ui/index.js'

const usual = {
  /** Requests of one address: a page with its parts is ten, a booking with its pages fifty. */
  perAddress: { burst: 4_000, perMinute: 4_000 },
  /** Forms about one visit. */
  perVisit: { burst: 60, perMinute: 30 },
}

/** Installed after the staff hook: whoever is signed in is known by name and not counted. */
export function installLimits(app: FastifyInstance, rates: { readonly perAddress: Rate; readonly perVisit: Rate } = usual): void {
  const addresses = limiter(rates.perAddress)
  const visits = limiter(rates.perVisit)
  app.addHook('preValidation', (request, reply, done) => {
    if (request.staff !== null || request.url.startsWith('/assets/')) return done()
    const now = performance.now()
    const { reference } = request.params as { reference?: string }
    const byVisit = reference === undefined || request.method === 'GET' ? 0 : visits(reference, now)
    const wait = byVisit > 0 ? byVisit : isPrivate(request.ip) ? 0 : addresses(request.ip, now)
    if (wait > 0) void sendTooMany(request, reply, wait)
    else done()
  })
}

function sendTooMany(request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply {
  const decision = refuse('too-many', [], [{ kind: 'try-again' }, { kind: 'contact', href: '/kontakt' }], { seconds })
  reply.header('Retry-After', String(seconds)).header('Cache-Control', 'no-store')
  if (request.url.startsWith('/api/')) return sendRefusal(reply, 'platform', decision, 429)
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="platform" />, 429)
}

/** Loopback, RFC 1918, link-local and unique local addresses, also as IPv6 writes IPv4. */
export function isPrivate(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '')
  return (
    /^(?:127|10)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(plain) ||
    plain === '::1' ||
    /^(?:f[cd]|fe[89ab])[\da-f]{0,2}:/i.test(plain)
  )
}
