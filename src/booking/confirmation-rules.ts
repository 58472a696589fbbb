/**
 * Whether a booking waits to be confirmed, and how a typed code is read. Pure, but for the question
 * whether a message would reach the person, which is the installation's.
 *
 * Why at all: whoever types another's e-mail, or a wrong one, would keep a time nobody comes to.
 */
import type { Context } from '../platform/context.js'
import type { OfficeSettings } from '../directory/index.js'
import { reaches } from '../messages/index.js'
import type { Person, VisitChannel } from '../visit/index.js'

/** Codes sent for one visit at most, and tries of each; the schema holds both (`confirmation_round`, `confirmation_tries`). */
export const roundsMax = 3
export const triesMax = 5

export interface Booking {
  readonly channel: VisitChannel
  /** A clerk books, and speaks with the person. */
  readonly clerk: boolean
  /** A message would reach the person in this installation. */
  readonly reached: boolean
}

/** Is a confirmation asked? Only of somebody on the web whom a message reaches: nobody waits for one that never comes. */
export function isConfirmationAsked({ channel, clerk, reached }: Booking, settings: Pick<OfficeSettings, 'confirm-minutes'>): boolean {
  return channel === 'web' && !clerk && reached && settings['confirm-minutes'] > 0
}

/** Until when the booking waits to be confirmed; null when it is booked at once. */
export function confirmUntil(
  context: Pick<Context, 'demonstration' | 'waysOut'>,
  booking: { readonly channel: VisitChannel; readonly clerk: boolean; readonly person: Person; readonly now: Temporal.Instant },
  settings: Pick<OfficeSettings, 'confirm-minutes'>,
): Temporal.Instant | null {
  const { person, now, ...facts } = booking
  return isConfirmationAsked({ ...facts, reached: reaches(context, person) }, settings)
    ? now.add({ minutes: settings['confirm-minutes'] })
    : null
}

/** The six digits of a typed code, however they were spaced; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const digits = typed.replaceAll(/[\s\-–.]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
