/**
 * The ways by which messages leave this installation: those of the settings; in a demonstration what
 * has none of its own goes to the mailbox, a page. By a way that is not there nothing may be awaited.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../platform/context.js'
import type { Language } from '../platform/words.js'
import { inLanguage } from '../ui/index.js'
import { messageWays, type Delivery, type MessageWay, type Recipient, type Secret } from './model.js'
import { waysOf, type Sends } from './rules.js'
import { mailbox } from './ways/mailbox.js'
import { smsapi } from './ways/smsapi.js'
import { smseagle } from './ways/smseagle.js'
import { smtp } from './ways/smtp.js'

type Facts = Pick<Context, 'demonstration' | 'waysOut'>

/** Opens the ways; whoever does it closes them. */
export function deliveriesOf(context: Context): readonly Delivery[] {
  return messageWays.flatMap((way) => deliveryOf(context, way) ?? [])
}

function deliveryOf(context: Context, way: MessageWay): Delivery | null {
  const { email, sms } = context.waysOut
  if (way === 'email' && email !== null) return smtp(email)
  if (way === 'sms' && sms !== null) return sms.provider === 'smsapi' ? smsapi(context, sms) : smseagle(sms)
  return context.demonstration ? mailbox(way) : null
}

/** The ways this installation sends by. */
export function sendsBy({ demonstration, waysOut }: Facts): Sends {
  return { email: demonstration || waysOut.email !== null, sms: demonstration || waysOut.sms !== null }
}

/** What goes to the mailbox of the demonstration. */
export function mailboxWays({ demonstration, waysOut }: Facts): readonly MessageWay[] {
  return demonstration ? messageWays.filter((way) => waysOut[way] === null) : []
}

/** Would a message reach this person? Where not, nobody is asked to wait for one. */
export function reaches(context: Facts, to: Recipient): boolean {
  return waysOf(to, sendsBy(context)).length > 0
}

const feedbackToken = (secrets: Context['secrets'], reference: string): string =>
  secrets.signatureOf('feedback', reference).subarray(0, 16).toString('base64url')

/** Is this the token of the link with which somebody was asked how a visit was? */
export function isFeedbackLink({ secrets }: Pick<Context, 'secrets'>, reference: string, token: string): boolean {
  const [own, given] = [Buffer.from(feedbackToken(secrets, reference)), Buffer.from(token)]
  return own.length === given.length && timingSafeEqual(own, given)
}

/** The text of a secret: a code, or a whole address of a page in the language. */
export function tell({ secrets, publicUrl }: Pick<Context, 'secrets' | 'publicUrl'>, secret: Secret, language: Language): string {
  const { reference } = secret
  const address = (path: string): string => publicUrl + inLanguage(path, language)
  switch (secret.secret) {
    case 'code':
      return secrets.confirmCode(reference, secret.round)
    case 'confirm-link':
      return address(`/p/${reference}-${secrets.confirmToken(reference, secret.round)}`)
    case 'visit-link':
      return address(`/l/${reference}-${secrets.secretOf(reference)}`)
    case 'cancel-link':
      return address(`/l/${reference}-${secrets.secretOf(reference)}/odwolaj`)
    case 'lot-link':
      return address(`/losowanie/${reference}/potwierdz/${secrets.confirmToken(reference, secret.round)}`)
    case 'feedback-link':
      return address(`/opinia/${reference}-${feedbackToken(secrets, reference)}`)
    case 'time-link':
      return address(`/t/${reference}-${secrets.confirmToken(reference, 0)}`)
    case 'line-link':
      return address(`/o/${reference}-${secrets.secretOf(reference)}`)
  }
}
