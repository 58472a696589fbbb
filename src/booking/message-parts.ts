/**
 * What messages of visits are put together of: the visit as it is, its lines, links and short form,
 * its entry for a calendar, and whether a message is wanted at once.
 */
import { officeDay } from '../platform/clock.js'
import { setting, type Basis } from '../platform/decision.js'
import type { Queryable } from '../platform/database.js'
import { spacedReference } from '../platform/references.js'
import { shortWhen, pageWords, words } from '../platform/words.js'
import { fullUnitName, type Directory, type Service } from '../directory/index.js'
import {
  calendarUid,
  type CalendarEntry,
  type Composer,
  type ComposerFacts,
  type Message,
  type MessageLink,
  type Payload,
  type Recipient,
  type Said,
  type SigningUnit,
} from '../messages/index.js'
import { basisText } from '../ui/index.js'
import { calendarSequence, visitOf, type Visit, type VisitRow } from '../visit/index.js'
import { mattersText } from './pages/names.js'
import { whenText, whereText } from './pages/parts.js'

export interface Known {
  readonly visit: Visit
  readonly service: Service
  readonly office: Directory
  readonly now: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/** What a composer of a visit says; whom, in which language and about which visit is the same for all. */
export type Content = Omit<Message, 'to' | 'language' | 'visitId' | 'anybody' | 'eraseOn' | 'unit'> & { readonly to?: Recipient }

/** A composer of a visit: told when the visit is in one of the states, else there is nothing to say. */
export function told(say: (known: Known, database: Queryable, payload: Payload) => Promise<Content | null> | Content | null): Composer {
  return async (database, payload, facts) => {
    const known = await know(database, payload, facts)
    const content = known === null ? null : await say(known, database, payload)
    if (known === null || content === null) return null
    const { visit, office, service, eraseOn } = known
    const { email, phone } = visit.person
    const anybody = await isAnybodys(database, visit)
    const unit = signingUnit(office, service)
    return { to: { email, phone }, language: visit.language, visitId: visit.id, anybody, eraseOn, unit, ...content }
  }
}

/** Booked on the web in the name of a contact that nobody has shown to be theirs: whoever typed it may be anybody. */
export async function isAnybodys(database: Queryable, { id, channel }: Pick<Visit, 'id' | 'channel'>): Promise<boolean> {
  if (channel !== 'web') return false
  const { rows } = await database.query<{ shown: boolean }>(`select ${shownToBeTheirs('$1')} as shown`, [id])
  return rows[0]?.shown !== true
}

/** SQL: the contact of a visit of the web was shown to be its owner's. */
export function shownToBeTheirs(visitId: string): string {
  return `(exists (select from event where visit_id = ${visitId} and kind = 'confirmed')
    or exists (select from lot_entry where visit_id = ${visitId} and confirmed_at is not null))`
}

async function know(database: Queryable, payload: Payload, { office, now }: ComposerFacts): Promise<Known | null> {
  const { rows } = await database.query<VisitRow>('select * from visit where id = $1', [payload['visit']])
  const [row] = rows
  const service = office.services.get(row?.service_id ?? '')
  return row === undefined || service === undefined ? null : { visit: visitOf(row), service, office, now, eraseOn: row.erase_on }
}

/** The unit that settles a matter signs, with the number people ring. */
export function signingUnit(office: Directory, { unitId }: Service): SigningUnit {
  return { name: fullUnitName(words('pl'), office, unitId).own, phone: office.units.get(unitId)?.phones[0] ?? null }
}

export const line = (name: string, values?: Said['values']): Said => ({
  key: `booking-messages.${name}`,
  ...(values === undefined ? {} : { values }),
})
export const when = ({ visit }: Known): string => whenText(visit.language, visit.startsAt)
export const subject = (name: string, known: Known): Said => line(`${name}.subject`, { when: when(known) })

/** What is the same in all: the number, the matter, when. */
export function visitLines(known: Known): readonly Said[] {
  const { visit, office } = known
  return [
    line('reference', { reference: spacedReference(visit.reference) }),
    line('service', { service: mattersText(pageWords(visit.language), office, visit) }),
    ...(visit.persons > 1 ? [line('persons', { persons: visit.persons })] : []),
    line('when', { when: when(known) }),
  ]
}

/** Where, and how early one may come in. */
export function placeLines({ visit, service, office }: Known): readonly Said[] {
  return [
    line('where', { where: whereText(pageWords(visit.language), office, service, visit.roomId, visit.buildingId) }),
    line('door', { minutes: office.office.settings['entry-early-minutes'] }),
  ]
}

export function basis({ visit }: Known, name: string): Said {
  return { key: 'decision.basis', values: { list: basisText(pageWords(visit.language), setting(name)) } }
}

/** Why the office did it of its own accord, and what that rests on; nothing where the person asked for it. */
export function because({ visit }: Known, payload: Payload, what: 'moved' | 'cancelled'): Said[] {
  const { because: code, basis: cited } = payload
  if (typeof code !== 'string') return []
  const t = pageWords(visit.language)
  const list = (JSON.parse(String(cited ?? '[]')) as Basis[]).map((each) => basisText(t, each)).join('; ')
  const key = `booking-messages.because.${code}`
  return [
    line(`${what}.by-office`),
    { key: t.has(key) ? key : 'booking-messages.because.other' },
    ...(list === '' ? [] : [{ key: 'decision.basis', values: { list } }]),
  ]
}

export function cancelLink({ visit }: Known): MessageLink {
  return { href: { secret: 'cancel-link', reference: visit.reference }, label: line('link.cancel') }
}

export function visitLink({ visit }: Known, label: string): MessageLink {
  return { href: { secret: 'visit-link', reference: visit.reference }, label: line(label) }
}

/** The first sentence of an SMS: what, of which visit, when. */
export function shortly({ visit, office }: Known, name: string, values: Said['values'] = {}): Said {
  const { reference, language, startsAt } = visit
  return line(`short.${name}`, { office: office.office.name, reference, when: shortWhen(language, startsAt), ...values })
}

export function shortPlace({ visit, service, office }: Known): Said {
  return line('short.where', { where: whereText(pageWords(visit.language), office, service, visit.roomId, visit.buildingId) })
}

export function shortLink({ visit }: Known, name: 'cancel' | 'visit'): Said {
  return line(`short.${name}`, { link: { secret: `${name}-link`, reference: visit.reference } })
}

/** Today or tomorrow: whoever does not read it now may come in vain. */
export function isSoon(now: Temporal.Instant, start: Temporal.Instant): boolean {
  return Temporal.PlainDate.compare(officeDay(start), officeDay(now).add({ days: 1 })) <= 0
}

/** The visit for a calendar; the file of its pass page is the same entry. */
export async function calendarOf(known: Known, database: Queryable, method: CalendarEntry['method']): Promise<CalendarEntry> {
  const { visit, service, office } = known
  const t = pageWords(visit.language)
  return {
    method,
    uid: calendarUid(office.office, visit.reference),
    sequence: await calendarSequence(database, visit.id),
    startsAt: visit.startsAt.toString(),
    endsAt: visit.endsAt.toString(),
    title: line('calendar.title', { service: mattersText(t, office, visit) }),
    place: { key: 'messages.text', values: { text: whereText(t, office, service, visit.roomId, visit.buildingId) } },
  }
}
