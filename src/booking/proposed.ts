/**
 * Times a clerk proposes in writing: held like any other, but until an hour that is stated, and booked
 * by the person whose contact it was sent to. Both run inside the transaction of whoever proposes, so
 * that several are held or none, and one is booked while the rest goes back.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { commandHash, keyOf } from '../platform/idempotency.js'
import type { Language } from '../platform/words.js'
import { bookingChannels } from '../regulation/index.js'
import { mayDo, type Actor, type Person, type Visit } from '../visit/index.js'
import { accountOf, type Outcome } from './model.js'
import { answerOf, contactsOf, doneOf, draft, limitRefusal, place } from './place.js'
import { mayBookWish, type Bookable } from './plan.js'
import { confirmVisit, within } from './store.js'

export interface ProposedTime {
  readonly start: Temporal.Instant
  /** The time goes back then, unless it was accepted. */
  readonly until: Temporal.Instant
  readonly language: Language
  readonly actor: Actor
  readonly now: Temporal.Instant
}

/** Holds a time for somebody who is written to; a refusal wrote nothing. */
export function holdProposed(
  context: Context,
  client: Queryable,
  found: Bookable,
  { start, until, language, actor, now }: ProposedTime,
): Promise<Outcome> {
  return place(context, within(client), found, {
    ...draft(found, start, now),
    channel: 'email',
    heldUntil: until,
    language,
    actor,
    bookedBy: accountOf(actor),
  })
}

/** Books a locked, held time for the person it was proposed to; the link it was sent in is the confirmation. */
export async function bookProposed(
  context: Context,
  client: Queryable,
  found: Bookable,
  { visit, person, now }: { readonly visit: Visit; readonly person: Person; readonly now: Temporal.Instant },
): Promise<Outcome> {
  const may = mayDo('confirm', visit, now, found.settings)
  if (!may.allowed) return may
  const { channels } = bookingChannels(found.book, found.directory, found.service.id, now)
  const channel = channels.includes('email') ? 'email' : (channels[0] ?? 'email')
  // The office offers it, so that today is possible, as by a clerk.
  const stands = mayBookWish(found, { channel, start: visit.startsAt, now, clerk: true })
  if (!stands.allowed) return stands
  const booked = { ...visit, state: 'booked' as const, start: visit.startsAt, end: visit.endsAt, heldUntil: null, confirmUntil: null }
  const hash = commandHash('accept-proposed', visit.reference)
  const limitOpen = found.settings['open-bookings-per-contact']
  const blocked = await confirmVisit(client, {
    visit,
    by: null,
    key: keyOf(hash),
    hash,
    answer: answerOf(booked),
    person,
    language: visit.language,
    urgent: visit.urgent,
    contacts: contactsOf(context, person),
    limitOpen,
    confirmUntil: null,
    now,
  })
  return blocked === null ? doneOf(context, booked) : limitRefusal(blocked, limitOpen)
}
