/**
 * The page of a proposed time. The link of the mail is exchanged at once for a cookie of its own, so
 * that no address that opens anything stays in a browser; only the button books.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse, type Decision } from '../platform/decision.js'
import { parseReference } from '../platform/references.js'
import { openVisit } from '../booking/index.js'
import { directory } from '../directory/index.js'
import { AnswerPage, sendPage } from '../ui/index.js'
import { findVisit } from '../visit/index.js'
import { acceptTime, nextOf, refusedTime } from './accept.js'
import { sliceOfAnswer, TimePage } from './pages/time.js'
import { timeOfVisit, timesOfMail } from './times-store.js'

/** The longest a time is kept, with a few days to come back to its answer. */
const cookieSeconds = 14 * 24 * 3600
type ByReference = { Params: { reference: string } }

export function timeRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { link: string } }>('/t/:link', (request, reply) => {
    reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    const [typed = '', ...rest] = request.params.link.split('-')
    const reference = parseReference(typed)
    // Round 0 of the tokens that confirm: no message about a visit has it.
    if (reference === null || !context.secrets.isConfirmToken(reference, 0, rest.join('-')))
      return sendAnswer(request, reply, unknown(request), 404)
    reply.setCookie(`t_${reference}`, markOf(context, reference), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: context.publicUrl.startsWith('https://'),
      maxAge: cookieSeconds,
    })
    return reply.redirect(`/propozycja/${reference}`, 303)
  })
  app.get<ByReference>('/propozycja/:reference', async (request, reply) => {
    const shown = await proposed(context, request)
    if (shown === null) return sendAnswer(request, reply, unknown(request), 404)
    const { time, times, visit, office, now } = shown
    const no = refusedTime(time, times, now, nextOf(time))
    if (no === 'repeated') return toVisit(context, reply, time.reference)
    const service = office.services.get(time.serviceId)
    if (no !== null || service === undefined) return sendAnswer(request, reply, no ?? unknown(request), 409)
    const others = times.filter((each) => each.reference !== time.reference && refusedTime(each, times, now, []) === null).length
    return sendPage(
      reply,
      <TimePage shell={request.shell} office={office} service={service} visit={visit} until={time.until} others={others} />,
    )
  })
  app.post<ByReference>('/propozycja/:reference', async (request, reply) => {
    const shown = await proposed(context, request)
    if (shown === null) return sendAnswer(request, reply, unknown(request), 404)
    const outcome = await acceptTime(context, shown.time.reference)
    return outcome.allowed ? toVisit(context, reply, outcome.reference) : sendAnswer(request, reply, outcome, 409)
  })
}

/** What this browser was given the link of. */
async function proposed(context: Context, request: FastifyRequest<ByReference>) {
  const reference = parseReference(request.params.reference)
  if (reference === null || request.cookies[`t_${reference}`] !== markOf(context, reference)) return null
  const { pool } = context.database
  const known = await timeOfVisit(pool, reference)
  const visit = known === null ? null : await findVisit(pool, reference)
  if (known === null || visit === null) return null
  const [times, office] = await Promise.all([timesOfMail(pool, known.time.mailId), directory(context)])
  return { time: known.time, times, visit, office, now: context.clock.now() }
}

/** It is a booked visit now: this browser may open it like any of its own. */
function toVisit(context: Context, reply: FastifyReply, reference: string): FastifyReply {
  openVisit(context, reply, reference)
  return reply.redirect(`/wizyta/${reference}`, 303)
}

function markOf(context: Context, reference: string): string {
  return context.secrets.signatureOf('proposed', reference).toString('base64url')
}

function unknown(request: FastifyRequest): Decision {
  return refuse(
    'unknown-time',
    [],
    [
      { kind: 'services', href: '/sprawy' },
      { kind: 'call-office', phone: request.shell.officePhone },
    ],
  )
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, decision: Decision, status: number): FastifyReply {
  const { shell } = request
  const called = { kind: 'call-office', phone: shell.officePhone }
  const shown =
    decision.allowed || decision.next.some(({ kind }) => kind === 'call-office')
      ? decision
      : { ...decision, next: [...decision.next, called] }
  return sendPage(reply, <AnswerPage shell={shell} decision={shown} slice={sliceOfAnswer(shell, decision)} />, status)
}
