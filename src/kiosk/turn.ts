/**
 * What a kiosk keeps while a person stands at it: the look of the screen and the visit, in cookies
 * that scripts do not see, that end by themselves, and that the end of the turn clears.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
// Adds cookies to requests and replies.
import '@fastify/cookie'
import type { Context } from '../platform/context.js'
import { findVisitById, type Visit } from '../visit/index.js'
import type { View } from './model.js'
import { readView, viewText } from './rules.js'

const viewCookie = 'okienko_kiosk_widok'
const visitCookie = 'okienko_kiosk_wizyta'
/** Longer than any turn; the screen itself clears far earlier. */
const turnSeconds = 600

export function viewOf(request: FastifyRequest): View {
  return readView(request.cookies[viewCookie])
}

export function keepView(context: Context, reply: FastifyReply, view: View): void {
  keep(context, reply, viewCookie, viewText(view))
}

/** The visit is named by its pass: what its owner holds anyway, and nobody else can make. */
export function keepVisit(context: Context, reply: FastifyReply, visitId: number): void {
  keep(context, reply, visitCookie, context.secrets.passToken(visitId))
}

/** The visit of the turn as it stands now, and its pass. */
export async function visitOfTurn(
  context: Context,
  request: FastifyRequest,
): Promise<{ readonly visit: Visit; readonly pass: string } | null> {
  const pass = request.cookies[visitCookie] ?? ''
  const id = context.secrets.visitOfPass(pass)
  const visit = id === null ? null : await findVisitById(context.database.pool, id)
  return visit === null ? null : { visit, pass }
}

/** True while the kiosk keeps nothing of anybody. */
export function isUntouched(request: FastifyRequest): boolean {
  return request.shell.language === 'pl' && viewText(viewOf(request)) === '' && request.cookies[visitCookie] === undefined
}

export function endTurn(reply: FastifyReply): void {
  reply.clearCookie(viewCookie, { path: '/' }).clearCookie(visitCookie, { path: '/' })
}

/** The next visit takes the place of the one before; the look stays the person's. */
export function forgetVisit(reply: FastifyReply): void {
  reply.clearCookie(visitCookie, { path: '/' })
}

function keep(context: Context, reply: FastifyReply, name: string, value: string): void {
  const secure = context.publicUrl.startsWith('https://')
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: turnSeconds })
}
