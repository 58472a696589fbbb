/**
 * The way for who cannot prove work (no script) in a rush: show first that a phone or e-mail is
 * yours, by a code sent there. That pays for one time kept at once, for half an hour.
 */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { transaction } from '../../platform/database.js'
import { newReference } from '../../platform/references.js'
import { sameContact } from '../../platform/same-contact.js'
import type { Language } from '../../platform/words.js'
import { directory } from '../../directory/index.js'
import { reaches, type Composer } from '../../messages/index.js'
import { lockContacts } from '../request-store.js'
import { postJob } from '../store.js'
import { countCheckTry, findCheck, insertCheck, sentSince } from './contact-store.js'

/** How long a code, and afterwards the right it gave, holds. */
export const contactMinutes = 30
/** Codes sent to one contact within an hour at most. */
const sentMax = 3
const cookieName = 'kontakt'

export interface Contact {
  readonly email: string | null
  readonly phone: string | null
}

/** Can anybody be sent a code here? Where not, this way is not offered. */
export function offersContactCheck(context: Context): boolean {
  return reaches(context, { email: 'a@example.pl', phone: null })
}

/** Sends a code; the reference under which it is typed, or why not: no message reaches it, or enough were sent. */
export async function sendContactCode(
  context: Context,
  contact: Contact,
  language: Language,
): Promise<{ readonly reference: string } | 'not-reached' | 'sent-enough'> {
  if (!reaches(context, contact)) return 'not-reached'
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  const hash = context.secrets.contactHash(sameContact(contact.phone ?? contact.email ?? ''))
  return transaction(context.database, async (client) => {
    await lockContacts(client, [hash])
    if ((await sentSince(client, hash, now.subtract({ hours: 1 }))) >= sentMax) return 'sent-enough' as const
    const reference = newReference()
    const eraseOn = officeDay(now).add({ days: settings['erase-after-days'] })
    const id = await insertCheck(client, { reference, contact: hash, ...contact, language, now, eraseOn })
    await postJob(client, now, 'contact-code', { check: id })
    return { reference }
  })
}

/** Judges a typed code, counted first; the contact's hash when it is right. */
export async function checkContactCode(context: Context, reference: string, code: string): Promise<Buffer | 'wrong' | 'over'> {
  const since = context.clock.now().subtract({ minutes: contactMinutes })
  const contact = await countCheckTry(context.database.pool, reference, since)
  if (contact === null) return 'over'
  return context.secrets.isConfirmCode(reference, 1, code) ? contact : 'wrong'
}

/** Gives the browser the right that its contact earned. */
export function rememberContact(context: Context, reply: FastifyReply, contact: Buffer): void {
  const said = `${contact.toString('hex')}.${context.clock.now().add({ minutes: contactMinutes }).epochMilliseconds}`
  reply.setCookie(cookieName, `${said}.${context.secrets.signatureOf('contact', said).toString('hex')}`, {
    // The address of the pages begins with their language, which may change.
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: context.publicUrl.startsWith('https://'),
    maxAge: contactMinutes * 60,
  })
}

/** The contact this browser has shown to be its own, as hexadecimal digits; null without one. */
export function shownContact(context: Context, request: FastifyRequest): string | null {
  const [hash = '', until = '', signature = ''] = (request.cookies[cookieName] ?? '').split('.')
  const own = context.secrets.signatureOf('contact', `${hash}.${until}`)
  const given = Buffer.from(signature, 'hex')
  if (given.length !== own.length || !timingSafeEqual(given, own)) return null
  return Number(until) > context.clock.now().epochMilliseconds ? hash : null
}

export const contactCode: Composer = async (database, payload, { office }) => {
  const check = await findCheck(database, Number(payload['check']))
  if (check === null || (check.email === null && check.phone === null)) return null
  return {
    to: { email: check.email, phone: check.phone },
    language: check.language,
    visitId: null,
    anybody: true,
    subject: { key: 'booking-messages.contact-code.subject' },
    lines: [
      { key: 'booking-messages.contact-code', values: { code: { secret: 'code', reference: check.reference, round: 1 } } },
      { key: 'booking-messages.contact-code.until', values: { minutes: contactMinutes } },
      { key: 'booking-messages.pending.mistake' },
    ],
    link: null,
    short: [
      {
        key: 'booking-messages.short.contact-code',
        values: { code: { secret: 'code', reference: check.reference, round: 1 }, office: office.office.name },
      },
    ],
    atOnce: true,
    usefulUntil: check.createdAt.add({ minutes: contactMinutes }),
  }
}
