/**
 * What a message is known by on the other side: made of its number and a keyed hash, so that nobody
 * names one by guessing, and the same whenever it is handed over.
 */
import type { Context } from '../platform/context.js'

const hashOf = ({ secrets }: Pick<Context, 'secrets'>, what: string, text: string, length: number): string =>
  secrets.signatureOf(what, text).toString('hex').slice(0, length)

/** The Message-ID, with its angle brackets, of the e-mail made of a row of the outbox. */
export function messageIdOf(context: Pick<Context, 'secrets' | 'publicUrl'>, outboxId: number): string {
  return `<${outboxId}.${hashOf(context, 'message-id', String(outboxId), 24)}@${new URL(context.publicUrl).hostname}>`
}

/** An SMS by the number of its message; `resent`: another one where somebody had it sent again after it had failed. */
export function smsReference(context: Pick<Context, 'secrets'>, id: number, resent: number): string {
  return `m${id}r${resent}t${hashOf(context, 'sms', `${id} ${resent}`, 12)}`
}

/** The message a reference was made for; null when it was not made here. */
export function messageOfReference(
  context: Pick<Context, 'secrets'>,
  reference: string,
): { readonly id: number; readonly resent: number } | null {
  const [, id, resent] = /^m(\d{1,15})r(\d{1,4})t[0-9a-f]{12}$/.exec(reference) ?? []
  if (id === undefined || resent === undefined) return null
  return smsReference(context, Number(id), Number(resent)) === reference ? { id: Number(id), resent: Number(resent) } : null
}

/** The path of the address for delivery reports, which nobody guesses. */
export function reportPath(context: Pick<Context, 'secrets'>): string {
  return `/raport-sms/${hashOf(context, 'sms-report', 'address', 32)}`
}
