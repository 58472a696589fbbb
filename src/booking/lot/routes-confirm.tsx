/**
 * Confirming an entry of a draw: by the code, on the page shown right after sending, or by the link of
 * the message, from any device. Following a link only shows a page; its button confirms.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { refuse, type FieldError, type Refused } from '../../platform/decision.js'
import { formId, formText } from '../../platform/http/form.js'
import { parseReference } from '../../platform/references.js'
import { directory, type Service } from '../../directory/index.js'
import { AnswerPage, sendPage } from '../../ui/index.js'
import { openedReference, openVisit } from '../access.js'
import { readCode } from '../confirmation-rules.js'
import { confirmEntry, sendEntryCode } from './confirm.js'
import { findEntry, type Entry } from './entry-store.js'
import { ConfirmEntryLinkPage, ConfirmEntryPage } from './pages/confirm.js'
import { sendUnknownEntry } from './routes.js'
import { drawById, type Draw } from './store.js'

type Params = { Params: { reference: string } }
type LinkParams = { Params: { reference: string; token: string } }

export function lotConfirmRoutes(app: FastifyInstance, context: Context): void {
  const path = '/losowanie/:reference/potwierdz'
  app.get<Params>(path, async (request, reply) => {
    const waiting = await enter(context, request, reply)
    return waiting === null ? reply : sendConfirm(request, reply, waiting, { sent: formText(request.query, 'wyslano', 3) === 'tak' })
  })
  app.post<Params>(path, async (request, reply) => takeCode(context, request, reply))
  app.post<Params>(`${path}/wyslij`, async (request, reply) => {
    const waiting = await enter(context, request, reply)
    if (waiting === null) return reply
    const { reference } = waiting.entry
    const outcome = await sendEntryCode(context, { reference, round: formId(request.body, 'ktory') ?? 0 })
    if (!outcome.allowed) return sendRefused(request, reply, outcome, reference)
    return reply.redirect(`/losowanie/${reference}/potwierdz${outcome.repeated ? '' : '?wyslano=tak'}`, 303)
  })
  app.get<LinkParams>(`${path}/:token`, async (request, reply) => {
    const { token } = request.params
    const waiting = await followed(context, request, reply)
    return waiting === null ? reply : sendPage(reply, <ConfirmEntryLinkPage shell={request.shell} {...waiting} token={token} />)
  })
  app.post<LinkParams>(`${path}/:token`, async (request, reply) => {
    const { token } = request.params
    const waiting = await followed(context, request, reply)
    if (waiting === null) return reply
    const { reference } = waiting.entry
    const outcome = await confirmEntry(context, { reference, proof: { token } })
    if (!outcome.allowed) return sendRefused(request, reply, outcome, reference)
    openVisit(context, reply, reference)
    return reply.redirect(`/losowanie/${reference}`, 303)
  })
}

interface Waiting {
  readonly entry: Entry
  readonly draw: Draw
  readonly service: Service | null
}

async function find(context: Context, reference: string): Promise<Waiting | null> {
  const { pool } = context.database
  const entry = await findEntry(pool, reference)
  const draw = entry === null ? null : await drawById(pool, entry.drawId)
  if (entry === null || draw === null) return null
  return { entry, draw, service: (await directory(context)).services.get(entry.serviceId) ?? null }
}

/** The entry of this browser while it waits to be confirmed; null once another answer was sent. */
async function enter(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<Waiting | null> {
  const reference = openedReference(context, request, request.params.reference)
  const found = reference === null ? null : await find(context, reference)
  if (found?.entry.state === 'pending') return found
  if (found === null) sendUnknownEntry(request, reply)
  else reply.redirect(`/losowanie/${found.entry.reference}`, 303)
  return null
}

/** The entry of a link that is valid and not used yet; null once another answer was sent. */
async function followed(context: Context, request: FastifyRequest<LinkParams>, reply: FastifyReply): Promise<Waiting | null> {
  reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
  const reference = parseReference(request.params.reference)
  const found = reference === null ? null : await find(context, reference)
  if (found === null || !isSent(context, found.entry, request.params.token)) {
    sendUnknownEntry(request, reply)
    return null
  }
  const { entry } = found
  if (entry.state === 'pending' && context.secrets.isConfirmToken(entry.reference, entry.round, request.params.token)) return found
  if (entry.state === 'pending') {
    sendPage(reply, <AnswerPage shell={request.shell} decision={refuse('link-older')} slice="booking" />, 409)
    return null
  }
  openVisit(context, reply, entry.reference)
  reply.redirect(`/losowanie/${entry.reference}`, 303)
  return null
}

/** Was the link in one of the messages of the entry? */
function isSent({ secrets }: Context, { reference, round }: Entry, token: string): boolean {
  return Array.from({ length: round }, (_, index) => index + 1).some((each) => secrets.isConfirmToken(reference, each, token))
}

type Said = { readonly typed?: string; readonly errors?: readonly FieldError[]; readonly sent?: boolean }

function sendConfirm(request: FastifyRequest, reply: FastifyReply, waiting: Waiting, said: Said, status = 200): FastifyReply {
  return sendPage(reply, <ConfirmEntryPage shell={request.shell} {...waiting} {...said} />, status)
}

async function takeCode(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const waiting = await enter(context, request, reply)
  if (waiting === null) return reply
  const { reference } = waiting.entry
  const typed = formText(request.body, 'kod', 30)
  const code = readCode(typed)
  if (code === null)
    return sendConfirm(request, reply, waiting, { typed, errors: [{ field: 'kod', message: 'booking.error.code-wrong' }] }, 422)
  const outcome = await confirmEntry(context, { reference, proof: { code } })
  if (outcome.allowed) return reply.redirect(`/losowanie/${reference}`, 303)
  if (outcome.code === 'code-wrong') {
    const { values = {} } = outcome
    // What is left of the tries stands in the row.
    const now = (await find(context, reference)) ?? waiting
    return sendConfirm(request, reply, now, { typed, errors: [{ field: 'kod', message: 'booking.refused.code-wrong', values }] }, 422)
  }
  return sendRefused(request, reply, outcome, reference)
}

function sendRefused(request: FastifyRequest, reply: FastifyReply, outcome: Refused, reference: string): FastifyReply {
  const { code, next } = outcome
  if (code === 'code-tries' || code === 'entry-ended') return reply.redirect(`/losowanie/${reference}`, 303)
  const decision = { ...outcome, next: next.length > 0 ? next : [{ kind: 'call-office', phone: request.shell.officePhone }] }
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="booking" back={`/losowanie/${reference}`} />, 409)
}
