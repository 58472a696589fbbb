/**
 * What the guard does for somebody who is not let in: a time on the spot, a call-back, the remote way
 * by e-mail. Each is the booking's own action, by the channel `door`; the guard decides nothing else.
 */
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { book, confirmPending, makeRequest, move, readPerson, wishedOf, type Outcome, type RequestOutcome } from '../../booking/index.js'
import type { FieldError } from '../../platform/decision.js'
import { readInstant } from '../../platform/typed-time.js'
import { directory } from '../../directory/index.js'
import type { Person, Visit } from '../../visit/index.js'
import { actorOf } from '../actions.js'
import { readTimeValue, wayToTime } from './rules.js'
import { insertLetter } from './store.js'

export interface AssistCommand {
  readonly accountId: number
  readonly key: string
  /** The visit that was refused; null for somebody without one. */
  readonly visit: Visit | null
  readonly serviceId: string
  readonly typed: { readonly time: string; readonly name: string; readonly phone: string; readonly email: string }
}

export type Assisted<Result> = { readonly errors: readonly FieldError[] } | Result

/** Gives the time: a planned visit moves there, for anybody else one is booked. */
export async function giveTime(context: Context, command: AssistCommand): Promise<Assisted<Outcome>> {
  const { visit, key, typed } = command
  const office = await directory(context)
  const now = context.clock.now()
  const value = readTimeValue(typed.time)
  const start = value === null ? null : readInstant(value.start)
  const missing = start === null ? [{ field: 'termin', message: 'booking.error.start-missing' }] : []
  const actor = actorOf(command.accountId)
  if (visit !== null && wayToTime(visit, now, office.office.settings) === 'move') {
    if (start === null) return { errors: missing }
    // Whoever stands at the door and takes a time wants the visit: nothing is left to lapse.
    const confirmed =
      visit.state === 'pending' ? await confirmPending(context, { reference: visit.reference, proof: { clerk: actor } }) : null
    if (confirmed?.allowed === false) return confirmed
    return move(context, { reference: visit.reference, start, actor, channel: 'door', key })
  }
  const read = personOf(visit, typed, 'contact-optional')
  if (start === null || value === null || 'errors' in read) return { errors: [...missing, ...('errors' in read ? read.errors : [])] }
  const wished = visit === null ? { serviceId: command.serviceId } : wishedOf(office, visit)
  return book(context, {
    ...wished,
    buildingId: value.buildingId,
    start,
    channel: 'door',
    person: read.person,
    actor,
    key,
    ...(visit === null ? {} : { needs: visit.needs, onBehalf: visit.onBehalf, language: visit.language }),
  })
}

/** Puts a call-back into the list of the unit that handles the matter. */
export async function askCallBack(context: Context, command: AssistCommand): Promise<Assisted<RequestOutcome>> {
  const read = personOf(command.visit, command.typed, 'contact-needed')
  if ('errors' in read) return read
  return makeRequest(context, {
    serviceId: command.visit?.serviceId ?? command.serviceId,
    times: [{ part: 'any' }],
    person: read.person,
    key: command.key,
    by: { actor: actorOf(command.accountId), channel: 'door' },
    callBack: { wish: read.person.phone === null ? 'email' : 'call', ringAt: null },
    ...(command.visit === null ? {} : { language: command.visit.language }),
  })
}

/** Sends to an e-mail that was just given: the way to settle the matter without a visit, or the receipt of the papers of a visit. */
export async function sendLetter(
  context: Context,
  letter: { readonly accountId: number; readonly serviceId: string; readonly email: string; readonly papers: Visit | null },
): Promise<void> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  await insertLetter(context.database.pool, {
    kind: letter.papers === null ? 'remote-way' : 'receipt',
    serviceId: letter.serviceId,
    visitId: letter.papers?.id ?? null,
    email: letter.email,
    accountId: letter.accountId,
    now,
    eraseOn: officeDay(now).add({ days: settings['erase-after-days'] }),
  })
}

/** Whoever the visit was booked for, as long as nobody else is named. */
function personOf(
  visit: Visit | null,
  typed: AssistCommand['typed'],
  rule: 'contact-needed' | 'contact-optional',
): { readonly person: Person } | { readonly errors: readonly FieldError[] } {
  const { name, phone, email } = typed
  if (visit === null || visit.person.name === null || name.trim() !== '') return readPerson(typed, rule)
  return readPerson(
    {
      name: visit.person.name,
      phone: phone.trim() === '' ? visit.person.phone : phone,
      email: email.trim() === '' ? visit.person.email : email,
    },
    rule,
  )
}
