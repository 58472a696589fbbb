/**
 * The ways by which messages leave this installation. In a demonstration that is the mailbox, a page
 * of its own; a real office has none yet, and then nothing may wait for a message.
 */
import type { Context } from '../platform/context.js'
import type { Language } from '../platform/words.js'
import { inLanguage } from '../ui/index.js'
import type { Delivery, Recipient, Secret } from './model.js'

/** Everything arrives, whoever it is for: `/skrzynka` shows it. */
const mailbox: Delivery = {
  name: 'mailbox',
  reaches: ({ email, phone }) => email !== null || phone !== null,
  deliver: () => Promise.resolve(),
}

export function deliveriesOf({ demonstration }: Pick<Context, 'demonstration'>): readonly Delivery[] {
  return demonstration ? [mailbox] : []
}

/** Would a message reach this person? Where not, nobody is asked to wait for one. */
export function reaches(context: Pick<Context, 'demonstration'>, to: Recipient): boolean {
  return deliveriesOf(context).some((delivery) => delivery.reaches(to))
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
    case 'line-link':
      return address(`/o/${reference}-${secrets.secretOf(reference)}`)
  }
}
