/**
 * Addresses that reach a visit from outside: its secret link, exchanged at once for the cookie of the
 * visit, and the address in its QR code, which shows nothing of it to anybody.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { parseReference } from '../platform/references.js'
import { openVisit, whenText } from '../booking/index.js'
import { directory } from '../directory/index.js'
import { doorsOf, hasRole } from '../staff/index.js'
import { AnswerPage, sendPage } from '../ui/index.js'
import { findVisitById, isCurrentPass, verifyPass } from '../visit/index.js'
import { CodePage } from './pages/code-page.js'

export function linkRoutes(app: FastifyInstance, context: Context): void {
  // The link itself, and the same with what its owner wants at once: the page that asks, never the act.
  for (const [address, wish] of [
    ['/l/:link', ''],
    ['/l/:link/zmien', '/zmien'],
    ['/l/:link/odwolaj', '/odwolaj'],
  ] as const) {
    app.get<{ Params: { link: string } }>(address, async (request, reply) => {
      quiet(reply)
      const [typed = '', secret = ''] = splitOnce(request.params.link)
      const reference = parseReference(typed)
      if (reference === null || !context.secrets.isSecretOf(reference, secret)) return sendUnknown(request, reply)
      openVisit(context, reply, reference)
      return reply.redirect(`/wizyta/${reference}${wish}`, 303)
    })
  }
  app.get<{ Params: { token: string } }>('/q/:token', async (request, reply) =>
    sendCode(context, request, reply, request.params.token, null),
  )
  app.get<{ Params: { pass: string } }>('/Q/:pass', async (request, reply) => {
    const reading = verifyPass(request.params.pass, context.secrets.passKeys, context.clock.now())
    if (!('pass' in reading)) return sendUnknown(request, quiet(reply))
    const { pass } = reading
    const id = context.secrets.visitOfPass(pass.token)
    const visit = id === null ? null : await findVisitById(context.database.pool, id)
    const outdated = isCurrentPass(pass, visit) ? null : whenText(request.shell.language, pass.startsAt)
    return sendCode(context, request, reply, pass.token, outdated)
  })
}

/** `outdated`: the time the pass was for, when it no longer holds. It is said in the code itself, to whoever reads it. */
async function sendCode(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  outdated: string | null,
): Promise<FastifyReply> {
  if (context.secrets.visitOfPass(token) === null) return sendUnknown(request, quiet(reply))
  const { staff } = request
  const guards = staff !== null && hasRole(staff, ['guard', 'service-office', 'administrator'])
  const door = guards ? { token, buildings: doorsOf(staff, await directory(context)) } : null
  return sendPage(quiet(reply), <CodePage shell={request.shell} door={door} outdated={outdated} />)
}

/** An address that opens or names a visit is told to no other page, kept nowhere and found by no search. */
function quiet(reply: FastifyReply): FastifyReply {
  return reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
}

function splitOnce(link: string): readonly string[] {
  const at = link.indexOf('-')
  return at < 0 ? [link] : [link.slice(0, at), link.slice(at + 1)]
}

export function sendUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const decision = refuse(
    'unknown-visit',
    [],
    [
      { kind: 'manage', href: '/wizyta' },
      { kind: 'call-office', phone: request.shell.officePhone },
    ],
  )
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="booking" />, 404)
}
