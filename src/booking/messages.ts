/**
 * What is said to the owner of a visit: that it waits to be confirmed, is booked, moved, cancelled,
 * or lapsed. Composed from the visit as it is when the message is made; when that is no longer so,
 * nothing is said. Nothing of what a person needs, or has, is in a message.
 */
import type { Queryable } from '../platform/database.js'
import { wallTime } from '../platform/words.js'
import type { Composers, MessageLink, Payload, Said } from '../messages/index.js'
import { readConfirmation } from './confirmation-store.js'
import { contactCode } from './fair/contact.js'
import {
  basis,
  because,
  calendarOf,
  cancelLink,
  isAnybodys,
  isSoon,
  line,
  placeLines,
  shortLink,
  shortly,
  shortPlace,
  subject,
  told,
  visitLines,
  visitLink,
  type Content,
  type Known,
} from './message-parts.js'
import { lotCode, lotLost } from './lot/messages.js'

function again({ visit }: Known): MessageLink {
  return { href: `/sprawy/${visit.serviceId}`, label: line('link.again') }
}

async function pending(known: Known, database: Queryable): Promise<Content | null> {
  const { visit } = known
  if (visit.state !== 'pending' || visit.confirmUntil === null) return null
  const { reference } = visit
  const { round } = await readConfirmation(database, visit.id)
  const code = { secret: 'code', reference, round } as const
  const time = wallTime(visit.confirmUntil)
  return {
    subject: subject('pending', known),
    lines: [
      line('code', { code }),
      line('pending.until', { time }),
      ...visitLines(known),
      line('pending.mistake'),
      basis(known, 'confirm-minutes'),
    ],
    link: { href: { secret: 'confirm-link', reference, round }, label: line('link.confirm') },
    more: [cancelLink(known)],
    short: [shortly(known, 'pending', { code, time })],
    atOnce: true,
    usefulUntil: visit.confirmUntil,
  }
}

/** The visit stands: which number, what, when, where, how early, and the ways to it. */
async function standing(known: Known, database: Queryable, name: 'booked' | 'moved', reason: readonly Said[] = []): Promise<Content> {
  const { visit } = known
  return {
    subject: subject(name, known),
    lines: [...reason, ...visitLines(known), ...placeLines(known)],
    link: visitLink(known, 'link.visit'),
    more: [{ href: `/sprawy/${visit.serviceId}`, label: line('link.bring') }, cancelLink(known)],
    short: [shortly(known, name), ...reason.slice(1), shortPlace(known), shortLink(known, reason.length > 0 ? 'visit' : 'cancel')],
    usefulUntil: visit.startsAt,
    calendar: await calendarOf(known, database, 'request'),
  }
}

/** A change is wanted at once by whoever asked for it, and where the old or the new time is near; then by both ways. */
async function moved(known: Known, database: Queryable, payload: Payload): Promise<Content> {
  const reason = because(known, payload, 'moved')
  const { rows } = await database.query<{ from: string }>(
    `select details ->> 'from' as from from event where visit_id = $1 and kind = 'moved' order by id desc limit 1`,
    [known.visit.id],
  )
  const from = rows[0]?.from
  const soon = isSoon(known.now, known.visit.startsAt) || (from !== undefined && isSoon(known.now, Temporal.Instant.from(from)))
  return { ...(await standing(known, database, 'moved', reason)), both: soon, atOnce: soon || reason.length === 0 }
}

async function cancelled(known: Known, database: Queryable, payload: Payload): Promise<Content | null> {
  const { visit, now } = known
  if (visit.state !== 'cancelled') return null
  const why = because(known, payload, 'cancelled')
  const soon = isSoon(now, visit.startsAt)
  // What was never confirmed stands in no calendar.
  const stood = visit.confirmUntil === null || !(await isAnybodys(database, visit))
  return {
    subject: subject('cancelled', known),
    lines: [...(why.length > 0 ? why : [line('cancelled')]), ...visitLines(known)],
    link: again(known),
    short: [shortly(known, 'cancelled'), ...why.slice(1)],
    both: soon,
    atOnce: soon || why.length === 0,
    ...(stood ? { calendar: await calendarOf(known, database, 'cancel') } : {}),
  }
}

export const bookingComposers: Composers = {
  // A message asked for again is made by its own row; one overtaken by it says nothing.
  'visit-pending': told(async (known, database, payload) => {
    const { round } = await readConfirmation(database, known.visit.id)
    return (payload['round'] ?? 1) === round ? pending(known, database) : null
  }),
  // What a draw gave: to be confirmed as any booking of the web, or booked at once.
  'lot-won': told(async (known, database) => {
    const { state } = known.visit
    const content =
      state === 'pending' ? await pending(known, database) : state === 'booked' ? await standing(known, database, 'booked') : null
    if (content === null) return null
    const short = [...(content.short ?? []), line('short.lot-won')]
    return { ...content, subject: subject('lot-won', known), lines: [line('lot-won'), ...content.lines], short }
  }),
  'lot-code': lotCode,
  'lot-lost': lotLost,
  'contact-code': contactCode,
  // Whoever books waits for it; with a number a clerk was told, it is the only way the reference gets into their hands.
  'visit-booked': told(async (known, database) =>
    known.visit.state === 'booked'
      ? { ...(await standing(known, database, 'booked')), atOnce: true, both: known.visit.channel === 'phone' }
      : null,
  ),
  'visit-moved': told(async (known, database, payload) => {
    const { state } = known.visit
    if (state === 'booked') return moved(known, database, payload)
    const content = state === 'pending' ? await pending(known, database) : null
    return content && { ...content, lines: [...because(known, payload, 'moved'), ...content.lines] }
  }),
  'visit-cancelled': told(cancelled),
  'visit-lapsed': told((known) =>
    known.visit.state === 'expired'
      ? {
          subject: subject('lapsed', known),
          lines: [line('lapsed'), ...visitLines(known), line('lapsed.again'), basis(known, 'confirm-minutes')],
          link: visitLink(known, 'link.lapsed'),
          more: [again(known)],
          short: [shortly(known, 'lapsed'), shortLink(known, 'visit')],
          usefulUntil: known.visit.startsAt,
        }
      : null,
  ),
}
