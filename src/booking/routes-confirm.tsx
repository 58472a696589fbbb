/**
 * Confirming a booking on the web: by the code, on the page shown right after sending, or by the
 * link of the message, from any device. Following a link only shows a page; its button confirms.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError, type Refused } from '../platform/decision.js'
import { formId, formText } from '../platform/http/form.js'
import { parseReference } from '../platform/references.js'
import { directory, type Directory } from '../directory/index.js'
import { AnswerPage, sendPage } from '../ui/index.js'
import { type Visit } from '../visit/index.js'
import { openedReference, openVisit } from './access.js'
import { confirmPending, currentVisit, sendCodeAgain } from './confirmation.js'
import { readCode, roundsMax } from './confirmation-rules.js'
import { readConfirmation } from './confirmation-store.js'
import { isComplete } from './draft.js'
import { holdAgain } from './hold-again.js'
import { ConfirmLinkPage, ConfirmPage } from './pages/confirm.js'

type Params = { Params: { reference: string } }
type LinkParams = { Params: { link: string } }

export function confirmRoutes(app: FastifyInstance, context: Context): void {
  const path = '/wizyta/:reference/potwierdz'
  app.get<Params>(path, async (request, reply) => {
    const waiting = await enter(context, request, reply)
    if (waiting === null) return reply
    return sendConfirm(context, request, reply, waiting, { sent: formText(request.query, 'wyslano', 3) === 'tak' })
  })
  app.post<Params>(path, async (request, reply) => takeCode(context, request, reply))
  app.post<Params>(`${path}/wyslij`, async (request, reply) => {
    const waiting = await enter(context, request, reply)
    if (waiting === null) return reply
    const { reference } = waiting.visit
    const outcome = await sendCodeAgain(context, { reference, round: formId(request.body, 'ktory') ?? 0 })
    if (outcome.allowed) return reply.redirect(`/wizyta/${reference}/potwierdz${outcome.repeated ? '' : '?wyslano=tak'}`, 303)
    return outcome.code === 'code-sends'
      ? sendConfirm(context, request, reply, waiting, {}, 409)
      : reply.redirect(`/wizyta/${reference}`, 303)
  })
  app.post<Params>('/wizyta/:reference/ponownie', async (request, reply) => {
    const reference = openedReference(context, request, request.params.reference)
    if (reference === null) return reply.redirect('/wizyta', 303)
    const held = await holdAgain(context, reference)
    // Taken meanwhile, or no lapsed booking: its page says what there is.
    if (!held.allowed) return reply.redirect(`/wizyta/${reference}`, 303)
    openVisit(context, reply, held.reference)
    const again = await currentVisit(context, held.reference)
    const complete = again !== null && isComplete(again.person)
    return reply.redirect(`/rezerwacja/${held.reference}/${complete ? 'sprawdz' : 'dane'}`, 303)
  })
  linkRoutes(app, context)
}

interface Waiting {
  readonly visit: Visit
  readonly directory: Directory
}

/** The pending visit of this browser; null once another answer was sent: what is not pending is said on the visit's own page. */
async function enter(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<Waiting | null> {
  const reference = openedReference(context, request, request.params.reference)
  const visit = reference === null ? null : await currentVisit(context, reference)
  if (visit?.state === 'pending') return { visit, directory: await directory(context) }
  const known = parseReference(request.params.reference)
  reply.redirect(known === null ? '/wizyta' : `/wizyta/${known}`, 303)
  return null
}

async function sendConfirm(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  waiting: Waiting,
  said: { typed?: string; errors?: readonly FieldError[]; sent?: boolean },
  status = 200,
): Promise<FastifyReply> {
  const confirmation = await readConfirmation(context.database.pool, waiting.visit.id)
  return sendPage(reply, <ConfirmPage shell={request.shell} {...waiting} confirmation={confirmation} {...said} />, status)
}

async function takeCode(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const waiting = await enter(context, request, reply)
  if (waiting === null) return reply
  const { reference } = waiting.visit
  const typed = formText(request.body, 'kod', 30)
  const code = readCode(typed)
  if (code === null)
    return sendConfirm(context, request, reply, waiting, { typed, errors: [{ field: 'kod', message: 'booking.error.code-wrong' }] }, 422)
  const outcome = await confirmPending(context, { reference, proof: { code } })
  if (outcome.allowed) return reply.redirect(`/wizyta/${reference}`, 303)
  switch (outcome.code) {
    case 'code-wrong':
      return sendConfirm(context, request, reply, waiting, { typed, errors: [wrongCode(outcome)] }, 422)
    case 'code-tries':
    case 'code-sends':
      return sendConfirm(context, request, reply, waiting, {}, 409)
    case 'try-again':
      return sendPage(
        reply,
        <AnswerPage shell={request.shell} decision={outcome} slice="booking" back={`/wizyta/${reference}/potwierdz`} />,
        409,
      )
    default:
      return reply.redirect(`/wizyta/${reference}`, 303)
  }
}

function wrongCode({ code, values }: Refused): FieldError {
  return { field: 'kod', message: `booking.refused.${code}`, ...(values === undefined ? {} : { values }) }
}

function linkRoutes(app: FastifyInstance, context: Context): void {
  app.get<LinkParams>('/p/:link', async (request, reply) => {
    const found = await followed(context, request, reply)
    if (found === null) return reply
    return sendPage(reply, <ConfirmLinkPage shell={request.shell} {...found} link={request.params.link} />)
  })
  app.post<LinkParams>('/p/:link', async (request, reply) => {
    const found = await followed(context, request, reply)
    if (found === null) return reply
    const { reference } = found.visit
    const outcome = await confirmPending(context, { reference, proof: { token: found.token } })
    if (!outcome.allowed && outcome.code === 'try-again')
      return sendPage(
        reply,
        <AnswerPage shell={request.shell} decision={outcome} slice="booking" back={`/p/${request.params.link}`} />,
        409,
      )
    openVisit(context, reply, reference)
    return reply.redirect(`/wizyta/${reference}`, 303)
  })
}

/**
 * The pending visit of a link; null once another answer was sent. Who follows the newest link of a
 * visit that is pending no more sees the visit; an older link says that there is a newer.
 */
async function followed(
  context: Context,
  request: FastifyRequest<LinkParams>,
  reply: FastifyReply,
): Promise<(Waiting & { readonly token: string }) | null> {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
  const { link } = request.params
  const reference = parseReference(link.split('-', 1)[0] ?? '')
  const token = link.slice(link.indexOf('-') + 1)
  const visit = reference === null ? null : await currentVisit(context, reference)
  const { round } = visit === null ? { round: 0 } : await readConfirmation(context.database.pool, visit.id)
  const sent = Array.from({ length: roundsMax }, (_, index) => index + 1).find(
    (each) => each <= round && visit !== null && context.secrets.isConfirmToken(visit.reference, each, token),
  )
  if (visit === null || visit.confirmUntil === null || sent === undefined) {
    sendNo(request, reply, refuse('unknown-visit', [], ways(request)), 404)
    return null
  }
  if (sent < round) {
    sendNo(request, reply, refuse('link-older', [], ways(request)), 409)
    return null
  }
  if (visit.state === 'pending') return { visit, directory: await directory(context), token }
  openVisit(context, reply, visit.reference)
  reply.redirect(`/wizyta/${visit.reference}`, 303)
  return null
}

function ways({ shell }: FastifyRequest) {
  return [
    { kind: 'manage', href: '/wizyta' },
    { kind: 'call-office', phone: shell.officePhone },
  ]
}

function sendNo(request: FastifyRequest, reply: FastifyReply, decision: Refused, status: number): FastifyReply {
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="booking" />, status)
}
