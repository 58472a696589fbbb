/**
 * What is said to the owner of a visit: that it waits to be confirmed, is booked, moved, cancelled,
 * or lapsed. Composed from the visit as it is when the message is made; when that is no longer so,
 * nothing is said. Nothing of what a person needs, or has, is in a message.
 */
import { setting, type Basis } from '../platform/decision.js'
import type { Queryable } from '../platform/database.js'
import { spacedReference } from '../platform/references.js'
import { wallTime, words } from '../platform/words.js'
import type { Directory, Service } from '../directory/index.js'
import type { Composer, ComposerFacts, Composers, Message, MessageLink, Payload, Said } from '../messages/index.js'
import { basisText } from '../ui/index.js'
import { visitOf, type Visit, type VisitRow } from '../visit/index.js'
import { readConfirmation } from './confirmation-store.js'
import { contactCode } from './fair/contact.js'
import { mattersText } from './pages/names.js'
import { whenText, whereText } from './pages/parts.js'
import { lotCode, lotLost } from './lot/messages.js'

interface Known {
  readonly visit: Visit
  readonly service: Service
  readonly office: Directory
  readonly eraseOn: Temporal.PlainDate
}

type Content = Pick<Message, 'subject' | 'lines' | 'link' | 'more'>

/** A composer of a visit: told when the visit is in one of the states, else there is nothing to say. */
function told(say: (known: Known, database: Queryable, payload: Payload) => Promise<Content | null> | Content | null): Composer {
  return async (database, payload, facts) => {
    const known = await know(database, payload, facts)
    const content = known === null ? null : await say(known, database, payload)
    if (known === null || content === null) return null
    const { visit, eraseOn } = known
    const { email, phone } = visit.person
    const anybody = await isAnybodys(database, visit)
    return { to: { email, phone }, language: visit.language, visitId: visit.id, anybody, eraseOn, ...content }
  }
}

/** Booked on the web in the name of a contact that nobody has shown to be theirs: whoever typed it may be anybody. */
export async function isAnybodys(database: Queryable, { id, channel }: Pick<Visit, 'id' | 'channel'>): Promise<boolean> {
  if (channel !== 'web') return false
  const { rows } = await database.query(
    `select from event where visit_id = $1 and kind = 'confirmed' union all select from lot_entry where visit_id = $1 and confirmed_at is not null limit 1`,
    [id],
  )
  return rows.length === 0
}

async function know(database: Queryable, payload: Payload, { office }: ComposerFacts): Promise<Known | null> {
  const { rows } = await database.query<VisitRow>('select * from visit where id = $1', [payload['visit']])
  const [row] = rows
  const service = office.services.get(row?.service_id ?? '')
  return row === undefined || service === undefined ? null : { visit: visitOf(row), service, office, eraseOn: row.erase_on }
}

const line = (name: string, values?: Said['values']): Said => ({
  key: `booking-messages.${name}`,
  ...(values === undefined ? {} : { values }),
})
const when = ({ visit }: Known): string => whenText(visit.language, visit.startsAt)
const subject = (name: string, known: Known): Said => line(`${name}.subject`, { when: when(known) })

/** What is the same in all: the number, the matter, when. */
function visitLines(known: Known): readonly Said[] {
  const { visit, office } = known
  return [
    line('reference', { reference: spacedReference(visit.reference) }),
    line('service', { service: mattersText(words(visit.language), office, visit) }),
    ...(visit.persons > 1 ? [line('persons', { persons: visit.persons })] : []),
    line('when', { when: when(known) }),
  ]
}

function basis({ visit }: Known, name: string): Said {
  return { key: 'decision.basis', values: { list: basisText(words(visit.language), setting(name)) } }
}

/** Why the office did it of its own accord, and what that rests on; nothing where the person asked for it. */
function because({ visit }: Known, payload: Payload, what: 'moved' | 'cancelled'): Said[] {
  const { because: code, basis: cited } = payload
  if (typeof code !== 'string') return []
  const t = words(visit.language)
  const list = (JSON.parse(String(cited ?? '[]')) as Basis[]).map((each) => basisText(t, each)).join('; ')
  const key = `booking-messages.because.${code}`
  return [
    line(`${what}.by-office`),
    { key: t.has(key) ? key : 'booking-messages.because.other' },
    ...(list === '' ? [] : [{ key: 'decision.basis', values: { list } }]),
  ]
}

function cancelLink({ visit }: Known): MessageLink {
  return { href: { secret: 'cancel-link', reference: visit.reference }, label: line('link.cancel') }
}

function visitLink({ visit }: Known, label: string): MessageLink {
  return { href: { secret: 'visit-link', reference: visit.reference }, label: line(label) }
}

function again({ visit }: Known): MessageLink {
  return { href: `/sprawy/${visit.serviceId}`, label: line('link.again') }
}

async function pending(known: Known, database: Queryable): Promise<Content | null> {
  const { visit } = known
  if (visit.state !== 'pending' || visit.confirmUntil === null) return null
  const { reference } = visit
  const { round } = await readConfirmation(database, visit.id)
  return {
    subject: subject('pending', known),
    lines: [
      line('code', { code: { secret: 'code', reference, round } }),
      line('pending.until', { time: wallTime(visit.confirmUntil) }),
      ...visitLines(known),
      line('pending.mistake'),
      basis(known, 'confirm-minutes'),
    ],
    link: { href: { secret: 'confirm-link', reference, round }, label: line('link.confirm') },
    more: [cancelLink(known)],
  }
}

/** The visit stands: which number, what, when, where, how early, and the ways to it. */
function standing(known: Known, name: 'booked' | 'moved'): Content {
  const { visit, service, office } = known
  const t = words(visit.language)
  return {
    subject: subject(name, known),
    lines: [
      ...visitLines(known),
      line('where', { where: whereText(t, office, service, visit.roomId, visit.buildingId) }),
      line('door', { minutes: office.office.settings['entry-early-minutes'] }),
    ],
    link: visitLink(known, 'link.visit'),
    more: [{ href: `/sprawy/${visit.serviceId}`, label: line('link.bring') }, cancelLink(known)],
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
    const content =
      known.visit.state === 'pending' ? await pending(known, database) : known.visit.state === 'booked' ? standing(known, 'booked') : null
    return content && { ...content, subject: subject('lot-won', known), lines: [line('lot-won'), ...content.lines] }
  }),
  'lot-code': lotCode,
  'lot-lost': lotLost,
  'contact-code': contactCode,
  'visit-booked': told((known) => (known.visit.state === 'booked' ? standing(known, 'booked') : null)),
  'visit-moved': told(async (known, database, payload) => {
    const content =
      known.visit.state === 'pending' ? await pending(known, database) : known.visit.state === 'booked' ? standing(known, 'moved') : null
    return content && { ...content, lines: [...because(known, payload, 'moved'), ...content.lines] }
  }),
  'visit-cancelled': told((known, _, payload) => {
    if (known.visit.state !== 'cancelled') return null
    const why = because(known, payload, 'cancelled')
    const lines = [...(why.length > 0 ? why : [line('cancelled')]), ...visitLines(known)]
    return { subject: subject('cancelled', known), lines, link: again(known) }
  }),
  'visit-lapsed': told((known) =>
    known.visit.state === 'expired'
      ? {
          subject: subject('lapsed', known),
          lines: [line('lapsed'), ...visitLines(known), line('lapsed.again'), basis(known, 'confirm-minutes')],
          link: visitLink(known, 'link.lapsed'),
          more: [again(known)],
        }
      : null,
  ),
}
