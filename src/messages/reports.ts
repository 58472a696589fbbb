/**
 * What becomes of messages after the other side accepted them: delivery reports of SMS providers,
 * bounces of e-mail. They come twice, late, in any order and for messages nobody here knows; each is
 * taken once and harms nothing.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { formText } from '../platform/http/form.js'
import { messageOfReference, reportPath } from './names.js'
import { noteBounced, noteReport } from './report-store.js'
import { smsapiStatus } from './ways/smsapi.js'
import { smseagleStatus } from './ways/smseagle.js'

/** Reports in one question at most; SMSAPI puts several into one, with commas. */
const atOnceMax = 50

interface Report {
  /** By what the provider knows the message, and what we call it; one of them is enough. */
  readonly providerId: string
  readonly reference: string
  readonly status: string
}

/** The address providers are given for their reports; nothing there tells whether a message is known. */
export function reportRoutes(app: FastifyInstance, context: Context): void {
  const { sms } = context.waysOut
  if (sms === null) return
  const meaning = sms.provider === 'smsapi' ? smsapiStatus : smseagleStatus
  const path = reportPath(context)
  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    for (const report of reportsOf(typeof request.body === 'object' && request.body !== null ? request.body : request.query)) {
      const what = meaning(report.status)
      if (what === null) continue
      const known = messageOfReference(context, report.reference)
      await noteReport(context.database.pool, { known, providerId: report.providerId, what, now: context.clock.now() })
    }
    // Anything else, and SMSAPI asks again for a day.
    return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('OK')
  }
  const hidden = { schema: { hide: true } } as const
  app.get(path, hidden, take)
  app.post(path, hidden, take)
}

/** SMSAPI: `MsgId`, `idx`, `status`, each with commas where several come at once. SMSEagle: `msgid`, `oid`, `status`. */
function reportsOf(fields: unknown): readonly Report[] {
  const field = (...names: readonly string[]): readonly string[] => {
    const said = names.map((name) => textOf(fields, name)).find((text) => text !== '') ?? ''
    return said.split(',', atOnceMax).map((each) => each.trim())
  }
  const [ids, references, statuses] = [field('MsgId', 'msgid', 'message_id', 'id'), field('idx', 'oid'), field('status')]
  return statuses.map((status, index) => ({ providerId: ids[index] ?? '', reference: references[index] ?? '', status }))
}

/** JSON says numbers as numbers. */
function textOf(fields: unknown, name: string): string {
  const value = (fields as Readonly<Record<string, unknown>> | null)?.[name]
  return typeof value === 'number' ? String(value) : formText(fields, name, 4_000)
}

export interface Bounce {
  /** The Message-ID of the e-mail it is about, with its angle brackets. */
  readonly messageId: string
  /** The enhanced status of the notice (RFC 3463), as 5.1.1. */
  readonly status: string
  readonly now: Temporal.Instant
}

/**
 * Notes what a notice about an e-mail says (RFC 3464): a 5 means that it will not arrive, a 2 that it
 * did; a 4 is only late. Returns whether it was about a message of ours that is still kept.
 */
export async function noteBounce(client: Queryable, { messageId, status, now }: Bounce): Promise<boolean> {
  const what = status.startsWith('5.') ? 'not-delivered' : status.startsWith('2.') ? 'delivered' : 'under-way'
  return noteBounced(client, { messageId, what, now })
}
