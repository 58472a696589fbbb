/**
 * Who may see and change a visit on the web: whoever holds its secret, in a cookie of its own. The
 * secret never stands in an address but for the link that is exchanged at once for this cookie.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { parseReference } from '../platform/references.js'

/** How long a browser keeps the cookie: past the longest horizon a visit can be booked ahead. */
const cookieSeconds = 90 * 24 * 3600

/** Gives the browser the right to a visit. */
export function openVisit(context: Context, reply: FastifyReply, reference: string): void {
  reply.setCookie(cookieName(reference), context.secrets.secretOf(reference), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: context.publicUrl.startsWith('https://'),
    maxAge: cookieSeconds,
  })
}

/** Remembers that this browser came by the link of a message: whoever uses it reads what is sent to the contact. */
export function rememberLink(context: Context, reply: FastifyReply, reference: string): void {
  reply.setCookie(`o_${reference}`, linkMark(context, reference), {
    // The address of its pages begins with their language, which may change.
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: context.publicUrl.startsWith('https://'),
    maxAge: cookieSeconds,
  })
}

/** Did this very browser come by the link? A program that opens links at the mailbox is another one. */
export function cameByLink(context: Context, request: FastifyRequest, reference: string): boolean {
  return request.cookies[`o_${reference}`] === linkMark(context, reference)
}

function linkMark(context: Context, reference: string): string {
  return context.secrets.signatureOf('link', reference).toString('base64url')
}

/** The reference in the address when this browser may open it, else null: unknown and foreign look the same. */
export function openedReference(context: Context, request: FastifyRequest, typed: string): string | null {
  const reference = parseReference(typed)
  if (reference === null) return null
  const secret = request.cookies[cookieName(reference)]
  return secret !== undefined && context.secrets.isSecretOf(reference, secret) ? reference : null
}

/** Every visit this browser may open, a few at most: cookies beyond are not looked at. */
export function openedReferences(context: Context, request: FastifyRequest): readonly string[] {
  return Object.keys(request.cookies)
    .filter((name) => name.startsWith('w_'))
    .slice(0, cookiesMax)
    .map((name) => openedReference(context, request, name.slice(2)))
    .filter((each) => each !== null)
}

const cookiesMax = 20

function cookieName(reference: string): string {
  return `w_${reference}`
}
