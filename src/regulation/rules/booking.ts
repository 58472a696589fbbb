/**
 * How a visit may be booked, and whether this one may.
 *
 * Channels are judged when one asks; day, hours and admission at the start of the visit. Limits
 * and the horizon are the office's settings. Nothing here knows whether a desk is free.
 */
import { officeDay, officeMinute } from '../../platform/clock.js'
import { allow, refuse, setting, type Basis, type Decision, type NextStep } from '../../platform/decision.js'
import type { Directory, Service } from '../../directory/index.js'
import type { AdmissionMode, AskedChannel, BookingChannel, Kind, RuleBook } from '../model.js'
import { applying, basesOf, basisOf, minuteThatCounts, subjectOfService, winner, type Subject } from './combine.js'
import { cites, honest } from './honest.js'
import { serviceHours } from './hours.js'
import { refusedForRelease, releaseOf, releaseRefusals, type Release } from './release.js'
import { remembered } from './remember.js'
import { adviceStep, callStep, dropOffStep, emailStep, freeTimesStep, present, requestStep } from './steps.js'
import { actsNotHeld } from './unknown.js'

export const bookRefusals = [
  'unknown-service',
  'drop-off-not-booked',
  'channel-not-offered',
  'in-the-past',
  'too-soon',
  'too-far',
  ...releaseRefusals,
  'admission-suspended',
  'presence-not-needed',
  'rules-not-held',
  'day-off',
  'closed-that-day',
  'hours-unknown',
  'outside-hours',
  'limit-open',
  'limit-service-day',
] as const
export type BookRefusal = (typeof bookRefusals)[number]

/** The second: it may, and what the act in force on the day one asks says of it is not known. */
export const bookYes = ['may-book', 'may-book-rules-not-held'] as const
export type BookYes = (typeof bookYes)[number]

export interface BookFacts {
  readonly serviceId: string
  readonly channel: AskedChannel
  readonly start: Temporal.Instant
  /** When the person asks. */
  readonly now: Temporal.Instant
  /** A clerk books for the person: today is possible. */
  readonly clerk: boolean
  /** Planned minutes; by default the service's. */
  readonly durationMinutes?: number
  /** Open bookings of the same contact, this one not counted. */
  readonly openBookings?: number
  /** The contact has a visit in this matter that day already. */
  readonly sameServiceThatDay?: boolean
  /** A clerk passed the limits with a reason. */
  readonly limitExcepted?: boolean
  /** The draw for the times of that day is done. */
  readonly drawn?: boolean
  readonly known?: Temporal.Instant
}

export interface Channels {
  readonly channels: readonly BookingChannel[]
  readonly basis: readonly Basis[]
}

const orderOfChannels: readonly BookingChannel[] = ['web', 'phone', 'email', 'request']

/** How a visit in this matter may be booked by one who asks at `now`. Papers are left without booking. */
export function bookingChannels(
  book: RuleBook,
  directory: Directory,
  serviceId: string,
  now: Temporal.Instant,
  known?: Temporal.Instant,
): Channels {
  return channelsOn(book, directory, serviceId, officeDay(now), known)
}

function channelsOn(book: RuleBook, directory: Directory, serviceId: string, day: Temporal.PlainDate, known?: Temporal.Instant): Channels {
  const answer = (): Channels => channelsOf(book, directory, serviceId, day, known)
  return known === undefined ? remembered(book, directory, `channels ${serviceId} ${day}`, answer) : answer()
}

function channelsOf(book: RuleBook, directory: Directory, serviceId: string, day: Temporal.PlainDate, known?: Temporal.Instant): Channels {
  const service = directory.services.get(serviceId)
  if (service === undefined || service.dropOff) return { channels: [], basis: [] }
  const given = applying(book, 'booking-channel', subjectOfService(directory, serviceId, day), known)
  // Free times are shown on the web only where an act says so; an office can always be rung or written to.
  if (given.length === 0) return { channels: orderOfChannels.filter((each) => each !== 'web'), basis: [] }
  const channels = new Set(given.flatMap(({ provision }) => provision.parameters.channels))
  return { channels: orderOfChannels.filter((each) => channels.has(each)), basis: cites(book, 'may-book', basesOf(given), known) }
}

/** Days a person may ask for: from the next day (a clerk: today) to the horizon, a setting. */
export function bookableDays(directory: Directory, now: Temporal.Instant, clerk: boolean): BookableDays {
  return daysFrom(directory, officeDay(now), clerk)
}

export interface BookableDays {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly basis: readonly Basis[]
}

function daysFrom(directory: Directory, today: Temporal.PlainDate, clerk: boolean): BookableDays {
  return {
    from: clerk ? today : today.add({ days: 1 }),
    to: today.add({ days: directory.office.settings['booking-horizon-days'] }),
    basis: [setting('booking-horizon-days')],
  }
}

/** May this visit be booked through this channel? Whether a desk is free is for the database. */
export function mayBook(book: RuleBook, directory: Directory, facts: BookFacts): Decision<BookYes, BookRefusal> {
  return honest(book, judged(book, directory, facts), facts.known)
}

function judged(book: RuleBook, directory: Directory, facts: BookFacts): Decision<BookYes, BookRefusal> {
  const service = directory.services.get(facts.serviceId)
  if (service === undefined || service.closed) return refuse('unknown-service', [], [{ kind: 'services', href: '/sprawy' }])
  // Days are converted once: a zone is dearer than all the rest.
  const days = { asked: officeDay(facts.now), start: officeDay(facts.start) }
  const offered = channelsOn(book, directory, service.id, days[minuteThatCounts['booking-channel']], facts.known)
  const asked: Asked = { book, directory, service, facts, offered, days }
  return refusedAsSuch(asked) ?? refusedForDay(asked) ?? refusedForLimits(asked) ?? allowed(asked)
}

function allowed(asked: Asked): Decision<BookYes, BookRefusal> {
  const basis = givenBy(asked)
  const { book, facts } = asked
  const ruled = inBuilding.includes(facts.channel) || basis.length > 0
  const unknown = !ruled && actsNotHeld(book, dayFor('booking-channel', asked), facts.known).length > 0
  return allow(unknown ? 'may-book-rules-not-held' : 'may-book', basis)
}

/** Booked where the person stands: no act has to give these ways. */
const inBuilding: readonly AskedChannel[] = ['counter', 'door', 'kiosk']

interface Asked {
  readonly book: RuleBook
  readonly directory: Directory
  readonly service: Service
  readonly facts: BookFacts
  readonly offered: Channels
  /** When the person asks, and when the visit starts. */
  readonly days: Readonly<Record<'asked' | 'start', Temporal.PlainDate>>
}

/** The day whose law decides a matter of this kind. */
function dayFor(kind: Kind, { days }: Asked): Temporal.PlainDate {
  return days[minuteThatCounts[kind]]
}

/** Other ways to a time; worked out only when somebody needs them. */
function otherWays({ directory, service, offered }: Asked): readonly NextStep[] {
  return waysOn(directory, service, offered.channels)
}

type No = Extract<Decision<'may-book', BookRefusal>, { allowed: false }>

function refusedAsSuch(asked: Asked): No | null {
  const { book, directory, service, facts, offered } = asked
  if (service.dropOff) {
    const entry = applying(book, 'entry', subjectOfService(directory, service.id, dayFor('entry', asked)), facts.known)
    const papers = entry.filter(({ provision }) => provision.parameters.purpose === 'drop-off')
    return refuse('drop-off-not-booked', basesOf(papers), present([dropOffStep(directory)]))
  }
  const { channel } = facts
  if (inBuilding.includes(channel) || (offered.channels as readonly AskedChannel[]).includes(channel)) return null
  // The paragraphs in force give the other ways; none of them says that this one is shut.
  return refuse('channel-not-offered', [], otherWays(asked))
}

function refusedForDay(asked: Asked): No | null {
  const { directory, facts, days } = asked
  if (Temporal.Instant.compare(facts.start, facts.now) <= 0) return refuse('in-the-past', [], otherWays(asked))
  const bookable = daysFrom(directory, days.asked, facts.clerk)
  if (Temporal.PlainDate.compare(days.start, bookable.from) < 0)
    return refuse('too-soon', [setting('booking-from-next-day')], otherWays(asked))
  const release = releaseFor(asked)
  if (release !== null) {
    const { now, drawn = false } = facts
    const no = refusedForRelease(release, { now, drawn, serviceId: facts.serviceId, ways: otherWaysThanWeb(asked) })
    if (no !== null) return no
  } else if (Temporal.PlainDate.compare(days.start, bookable.to) > 0) {
    return refuse('too-far', bookable.basis, otherWays(asked), { days: directory.office.settings['booking-horizon-days'] })
  }
  return refusedForAdmission(asked) ?? refusedForHours(asked)
}

/**
 * The release that binds who asks. A citizen acts on the web whatever the visit's channel was; a
 * clerk is bound only where the provision names the clerk's channel.
 */
function releaseFor({ book, directory, facts, days }: Asked): Release | null {
  if (facts.clerk && facts.channel === 'web') return null
  return releaseOf(book, directory, facts.serviceId, days[minuteThatCounts.release], facts.clerk ? facts.channel : 'web', facts.known)
}

/** Ways for one who finds the web's times not there yet. */
function otherWaysThanWeb({ directory, service, offered }: Asked): readonly NextStep[] {
  return waysOn(
    directory,
    service,
    offered.channels.filter((each) => each !== 'web'),
  )
}

function refusedForAdmission(asked: Asked): No | null {
  const { book, directory, service, facts } = asked
  const day = dayFor('admission', asked)
  const answer = (): Admission => admissionOf(book, subjectOfService(directory, service.id, day), facts.known)
  const admission = facts.known === undefined ? remembered(book, directory, `admission ${service.id} ${day}`, answer) : answer()
  const spared = isSpared(admission, service)
  if (admission.mode !== 'suspended' && admission.mode !== 'unknown' && !spared) return null
  const remote = present([callStep(directory, service.unitId), adviceStep(service)])
  if (admission.mode === 'unknown') return refuse('rules-not-held', [], remote, { act: admission.acts })
  return refuse(admission.mode === 'suspended' ? 'admission-suspended' : 'presence-not-needed', admission.basis, remote)
}

function refusedForHours(asked: Asked): No | null {
  const { book, directory, service, facts } = asked
  const open = serviceHours(book, directory, service, dayFor('hours', asked), facts.known)
  switch (open.code) {
    case 'day-off':
      return refuse('day-off', open.basis, otherWays(asked), { name: open.name ?? '' })
    case 'closed':
      return refuse('closed-that-day', open.basis, otherWays(asked))
    case 'unknown':
      return refuse('hours-unknown', [], present([callStep(directory, service.unitId), adviceStep(service)]))
    case 'open': {
      const from = officeMinute(facts.start)
      const to = from + (facts.durationMinutes ?? service.durationMinutes)
      return open.intervals.some((each) => each.from <= from && to <= each.to)
        ? null
        : refuse('outside-hours', open.basis, otherWays(asked))
    }
  }
}

function refusedForLimits({ directory, service, facts }: Asked): No | null {
  if (facts.limitExcepted === true) return null
  const next = present([callStep(directory, service.unitId), adviceStep(service)])
  const limit = directory.office.settings['open-bookings-per-contact']
  if ((facts.openBookings ?? 0) >= limit) return refuse('limit-open', [setting('open-bookings-per-contact')], next, { limit })
  return facts.sameServiceThatDay === true ? refuse('limit-service-day', [setting('one-per-service-and-day')], next) : null
}

/** Where a person turns whose way of booking is not open: what is open, in a useful order. */
export function waysToBook(directory: Directory, service: Service, channels: readonly BookingChannel[]): readonly NextStep[] {
  return present([
    channels.includes('web') ? freeTimesStep(service) : null,
    channels.includes('phone') ? callStep(directory, service.unitId) : null,
    channels.includes('request') ? requestStep(service) : null,
    channels.includes('email') ? emailStep(directory, service.unitId) : null,
  ])
}

/** Where a person turns who was refused: the same, and whether the matter can be settled without a visit. */
export function waysOn(directory: Directory, service: Service, channels: readonly BookingChannel[]): readonly NextStep[] {
  return present([...waysToBook(directory, service, channels), adviceStep(service)])
}

export type Admission =
  | { readonly mode: AdmissionMode; readonly matters?: 'need-presence'; readonly basis: readonly Basis[] }
  /** An act in force rules it whose text is not held. */
  | { readonly mode: 'unknown'; readonly basis: readonly []; readonly acts: string }
  /** No act says anything: people may simply come. */
  | { readonly mode: 'unruled'; readonly basis: readonly [] }

/** How direct service is given on a day; judged at the start of the visit. */
export function admissionOf(book: RuleBook, subject: Subject, known?: Temporal.Instant): Admission {
  const best = winner(applying(book, 'admission', subject, known), subject)
  if (best !== null) return { ...best.provision.parameters, basis: [basisOf(best)] }
  const acts = actsNotHeld(book, subject.day, known)
  return acts.length > 0 ? { mode: 'unknown', basis: [], acts: acts.map((act) => act.number).join(', ') } : { mode: 'unruled', basis: [] }
}

/** Service is given for matters that need the person only, and the law is known to ask for nobody in this one. */
export function isSpared(admission: Admission, service: Pick<Service, 'presence'>): boolean {
  return 'matters' in admission && admission.matters === 'need-presence' && service.presence.value === 'no'
}

/** The provisions that give the channel; a clerk at the counter or the door needs none. */
function givenBy(asked: Asked): readonly Basis[] {
  const { book, directory, service, facts } = asked
  const { channel, known } = facts
  const day = dayFor('booking-channel', asked)
  const answer = (): readonly Basis[] => {
    const given = applying(book, 'booking-channel', subjectOfService(directory, service.id, day), known)
    return basesOf(given.filter(({ provision }) => (provision.parameters.channels as readonly string[]).includes(channel)))
  }
  return known === undefined ? remembered(book, directory, `given ${channel} ${service.id} ${day}`, answer) : answer()
}
