/**
 * Who may come in at the door, at a minute.
 *
 * The guard sees the nearest reason and what the person can do; nobody is sent away empty-handed.
 * A visit of which something is wrong (another day, another building) rests on facts, the minutes
 * before and after the start on settings, and only who may come in at all on an act.
 */
import { officeDay, officeMinute } from '../../platform/clock.js'
import { allow, refuse, setting, type Basis, type Decision, type NextStep } from '../../platform/decision.js'
import type { Directory, Service } from '../../directory/index.js'
import type { EntryRule, RuleBook } from '../model.js'
import { admissionOf, bookingChannels, isSpared, waysOn, waysToBook, type Admission } from './booking.js'
import { applying, basesOf, subjectOfService, type Subject } from './combine.js'
import { doorSteps } from './doors.js'
import { leavePapers, openingValues } from './entry-papers.js'
import { honest } from './honest.js'
import { hours, isOpenAt, serviceHours, type DayHours } from './hours.js'
import { noPlaceLeft, type RoomFacts } from './room.js'
import { screeningBasis } from './safety.js'
import { callStep, dropOffStep, momentValues, present } from './steps.js'

export const entryYes = [
  'come-in',
  'come-in-late',
  'come-in-rules-not-held',
  'come-in-earlier-act',
  'come-in-kept',
  'already-in',
  'same-pass-again',
  'drop-off',
  'walk-in',
  'not-a-client',
] as const
export type EntryYes = (typeof entryYes)[number]

export const entryNo = [
  'too-early',
  'too-late',
  'another-day',
  'wrong-building',
  'cancelled',
  'not-confirmed',
  'visit-over',
  'unknown',
  'no-booking',
  'building-closed',
  'drop-off-elsewhere',
  'admission-suspended',
  'rules-not-held',
  'presence-not-needed',
  'screened-out',
  'drop-off-closed',
  'building-full',
  'area-full',
  'line-full',
  'unknown-building',
] as const
export type EntryNo = (typeof entryNo)[number]

export type EntryDecision = Decision<EntryYes, EntryNo>

export interface EntryFacts {
  readonly buildingId: string
  readonly purpose: 'visit' | 'drop-off' | 'not-client'
  /** When the person stands at the door. */
  readonly at: Temporal.Instant
  /** The visit found; `not-found` when a code was given and none was; null when the person has none. */
  readonly visit: EntryVisit | 'not-found' | null
  /** What the person came for, where it was asked. */
  readonly serviceId?: string
  /** Who is inside and waits, and how many come; left out for one who is inside already. */
  readonly room?: RoomFacts
  /** What the guard saw, where an act has them look; it is asked with and never kept. */
  readonly screened?: 'stays-out'
  readonly known?: Temporal.Instant
}

export interface EntryVisit {
  readonly state: string
  readonly serviceId: string
  readonly buildingId: string
  readonly startsAt: Temporal.Instant
  /** It does not fit the law or the office any more: nobody has decided on it yet, or the office keeps it. */
  readonly review?: 'open' | 'kept' | null
  /** When the pass was last let in. */
  readonly lastEntryAt?: Temporal.Instant | null
}

/** The same pass within this many seconds may be two people. */
const samePassSeconds = 60

/** May this person come in here now? */
export function mayEnter(book: RuleBook, directory: Directory, facts: EntryFacts): EntryDecision {
  const decision = screenedOut(book, directory, facts) ?? judged(book, directory, facts)
  return honest(book, decision.allowed ? (noRoom(book, facts) ?? decision) : decision, facts.known)
}

/** Full: the limit that has too few places left for those who come; null while there is room, and for whoever is no client. */
function noRoom(book: RuleBook, { room, purpose, buildingId, at, known }: EntryFacts): EntryDecision | null {
  if (room === undefined || purpose === 'not-client') return null
  return noPlaceLeft(book, { buildingId, day: officeDay(at) }, room, known)
}

/** Who does not pass what an act has the guard look at: told what to do instead, with a new time; null where no act has it. */
function screenedOut(book: RuleBook, directory: Directory, facts: EntryFacts): EntryDecision | null {
  if (facts.screened === undefined || facts.purpose === 'not-client') return null
  const { visit } = facts
  const service = directory.services.get(visit === null || visit === 'not-found' ? (facts.serviceId ?? '') : visit.serviceId) ?? null
  const basis = screeningBasis(book, { buildingId: facts.buildingId, anyRoom: true, day: officeDay(facts.at) }, facts.known)
  return basis.length === 0 ? null : refuse('screened-out', basis, newTime(book, directory, service, facts))
}

function judged(book: RuleBook, directory: Directory, facts: EntryFacts): EntryDecision {
  if (!directory.buildings.has(facts.buildingId)) return refuse('unknown-building')
  // Staff, deliveries, emergency services, officials, companions: § 1 ust. 5 speaks of clients only.
  if (facts.purpose === 'not-client') return allow('not-a-client')
  if (facts.purpose === 'drop-off') return leavePapers(book, directory, facts)
  if (facts.visit === 'not-found') return refuse('unknown', [], [{ kind: 'search-by-name' }, ...withoutBooking(book, directory, facts)])
  if (facts.visit === null) return noBooking(book, directory, facts)
  return withVisit(book, directory, facts, facts.visit)
}

function withVisit(book: RuleBook, directory: Directory, facts: EntryFacts, visit: EntryVisit): EntryDecision {
  const service = directory.services.get(visit.serviceId) ?? null
  const again = newTime(book, directory, service, facts)
  switch (visit.state) {
    case 'cancelled':
      return refuse('cancelled', [], again)
    case 'held':
    case 'pending':
      return refuse('not-confirmed', [], [{ kind: 'confirm' }, { kind: 'clerk-confirms', phone: directory.office.phone }, ...again])
    case 'booked':
      return booked(book, directory, facts, visit)
    case 'arrived':
    case 'called':
    case 'serving':
    case 'parked':
      return backIn(directory, facts, visit)
    default:
      return refuse('visit-over', [], again)
  }
}

/** One whose visit is open may go out and come back; the same pass at once may be somebody else's. */
function backIn(directory: Directory, facts: EntryFacts, visit: EntryVisit): EntryDecision {
  if (visit.buildingId !== facts.buildingId) return elsewhere(directory, visit)
  const last = visit.lastEntryAt ?? null
  const justNow = last !== null && facts.at.since(last).total('seconds') < samePassSeconds
  return justNow ? allow('same-pass-again', [], [{ kind: 'check-name' }]) : allow('already-in')
}

function booked(book: RuleBook, directory: Directory, facts: EntryFacts, visit: EntryVisit): EntryDecision {
  const service = directory.services.get(visit.serviceId) ?? null
  const day = officeDay(visit.startsAt)
  if (visit.buildingId !== facts.buildingId) return elsewhere(directory, visit)
  if (!day.equals(officeDay(facts.at))) {
    const past = Temporal.PlainDate.compare(day, officeDay(facts.at)) < 0
    const steps = past ? newTime(book, directory, service, facts) : [{ kind: 'come-that-day', values: momentValues(visit.startsAt) }]
    return refuse('another-day', [], steps, momentValues(visit.startsAt))
  }
  const subject = subjectOfService(directory, visit.serviceId, day)
  const admission = admissionOf(book, subject, facts.known)
  const suspended = admission.mode === 'suspended'
  const review = visit.review ?? null
  if (suspended && review === null) return refuse('admission-suspended', admission.basis, newTime(book, directory, service, facts))
  const closed = review === 'kept' ? null : closedNow(book, directory, facts, service)
  if (closed !== null) {
    const steps = newTime(book, directory, service, facts)
    // Somebody of the unit sees to those whose building is closed before their visit was decided on.
    return refuse('building-closed', closed.basis, review === 'open' ? [seenTo(directory), ...steps] : steps, openingValues(closed))
  }
  const decision = onTheDay(book, directory, facts, visit, admission)
  return decision.allowed && review !== null ? stillValid(decision, review) : decision
}

/** What was booked under an earlier act stays valid until somebody decides; what the office keeps stays so to the end. */
function stillValid(decision: EntryDecision & { allowed: true }, review: 'open' | 'kept'): EntryDecision {
  if (decision.code !== 'come-in' && decision.code !== 'come-in-rules-not-held') return decision
  return allow(review === 'kept' ? 'come-in-kept' : 'come-in-earlier-act', [setting('booked-stays')], decision.next)
}

function seenTo(directory: Directory): NextStep {
  return { kind: 'seen-to', phone: directory.office.phone }
}

function onTheDay(book: RuleBook, directory: Directory, facts: EntryFacts, visit: EntryVisit, admission: Admission): EntryDecision {
  const settings = directory.office.settings
  const opens = visit.startsAt.subtract({ minutes: settings['entry-early-minutes'] })
  const lateUntil = visit.startsAt.add({ minutes: settings['late-minutes'] })
  if (Temporal.Instant.compare(facts.at, opens) < 0) {
    return refuse(
      'too-early',
      [setting('entry-early-minutes')],
      [{ kind: 'come-back-at', values: momentValues(opens) }],
      momentValues(opens),
    )
  }
  const subject = subjectOfService(directory, visit.serviceId, officeDay(visit.startsAt))
  const entry = entryFor(book, subject, 'visit', facts.known)
  const door = doorSteps(book, subject, facts.known)
  // What the day's act says is not known: the booked are let in, and told that it is not.
  if (entry.length === 0 && admission.mode === 'unknown') return allow('come-in-rules-not-held', [], [callStep(directory, null)])
  if (Temporal.Instant.compare(facts.at, visit.startsAt) <= 0) return allow('come-in', entry, door)
  if (Temporal.Instant.compare(facts.at, lateUntil) <= 0) {
    return allow('come-in-late', [...entry, setting('late-minutes')], [...door, { kind: 'wait-for-desk' }])
  }
  if (onlyBooked(book, subject, facts.known) === null) return allow('walk-in', [setting('late-minutes')])
  const service = directory.services.get(visit.serviceId) ?? null
  return refuse('too-late', [setting('late-minutes')], newTime(book, directory, service, facts), { minutes: settings['late-minutes'] })
}

function elsewhere(directory: Directory, visit: EntryVisit): EntryDecision {
  const address = directory.buildings.get(visit.buildingId)?.address ?? visit.buildingId
  return refuse('wrong-building', [], [{ kind: 'go-to', values: { address } }], { address })
}

function noBooking(book: RuleBook, directory: Directory, facts: EntryFacts): EntryDecision {
  const day = officeDay(facts.at)
  const service = facts.serviceId === undefined ? undefined : directory.services.get(facts.serviceId)
  const subject = service === undefined ? { buildingId: facts.buildingId, day } : subjectOfService(directory, service.id, day)
  const next = withoutBooking(book, directory, facts)
  const admission = admissionOf(book, subject, facts.known)
  if (admission.mode === 'suspended') return refuse('admission-suspended', admission.basis, next)
  if (admission.mode === 'unknown') return refuse('rules-not-held', [], next, { act: admission.acts })
  const closed = service === undefined ? closedNow(book, directory, facts, null) : unitClosed(book, directory, service, facts)
  if (closed !== null) return refuse('building-closed', closed.basis, next, openingValues(closed))
  if (service !== undefined && isSpared(admission, service)) return refuse('presence-not-needed', admission.basis, next)
  const only = onlyBooked(book, subject, facts.known)
  if (only !== null) return refuse('no-booking', only, next)
  const opened = entryFor(book, subject, 'walk-in', facts.known)
  if (opened.length > 0) return allow('walk-in', opened, doorSteps(book, subject, facts.known))
  return allow('walk-in', walkInBasis(admission), [
    ...advisedWays(book, directory, service, admission, facts),
    ...doorSteps(book, subject, facts.known),
  ])
}

/** Only what says that one may come without a booking is named for it. */
function walkInBasis({ mode, basis }: Admission): readonly Basis[] {
  return mode === 'booking-optional' || mode === 'booking-advised' ? basis : []
}

/** Where booking is advised, one who came without is told how to book the next time. */
function advisedWays(
  book: RuleBook,
  directory: Directory,
  service: Service | undefined,
  { mode }: Admission,
  { at, known }: EntryFacts,
): readonly NextStep[] {
  if (mode !== 'booking-advised') return []
  return service === undefined
    ? [callStep(directory, null)]
    : waysToBook(directory, service, bookingChannels(book, directory, service.id, at, known).channels)
}

/** What the one without a booking can do: book, ring, ask, settle it from afar, leave the papers. */
function withoutBooking(book: RuleBook, directory: Directory, facts: EntryFacts): readonly NextStep[] {
  const service = facts.serviceId === undefined ? undefined : directory.services.get(facts.serviceId)
  const steps: readonly (NextStep | null)[] =
    service === undefined
      ? [
          { kind: 'web', href: '/sprawy' },
          callStep(directory, null),
          { kind: 'request', href: '/sprawy' },
          { kind: 'advice', href: '/sprawy' },
        ]
      : waysOn(directory, service, bookingChannels(book, directory, service.id, facts.at, facts.known).channels)
  // What the law wants done in person is not settled by leaving papers either.
  return present([...steps, service?.presence.value === 'yes' ? null : dropOffNow(book, directory, facts)])
}

/** Leaving the papers at the service office, while it is open: nobody is sent to a closed door. */
function dropOffNow(book: RuleBook, directory: Directory, facts: EntryFacts): NextStep | null {
  const service = [...directory.services.values()].find((each) => each.dropOff && !each.closed)
  if (service === undefined) return null
  return isOpenAt(hours(book, directory, service.unitId, officeDay(facts.at), facts.known), officeMinute(facts.at))
    ? dropOffStep(directory)
    : null
}

/** A new time for a visit that cannot be had: free times where the web shows them, else the number. */
function newTime(book: RuleBook, directory: Directory, service: Service | null, facts: EntryFacts): readonly NextStep[] {
  if (service === null) return [callStep(directory, null)]
  return waysOn(directory, service, bookingChannels(book, directory, service.id, facts.at, facts.known).channels)
}

/** Provisions that let this purpose in, the booked or those leaving papers. */
function entryFor(book: RuleBook, subject: Subject, purpose: EntryRule['purpose'], known?: Temporal.Instant): readonly Basis[] {
  return basesOf(applying(book, 'entry', subject, known).filter(({ provision }) => provision.parameters.purpose === purpose))
}

/**
 * What says that clients come in only with a booking: a rule of who may enter, else the rule that
 * direct service is given to the booked; null while nothing says so, or a rule opens to all.
 */
function onlyBooked(book: RuleBook, subject: Subject, known?: Temporal.Instant): readonly Basis[] | null {
  if (entryFor(book, subject, 'walk-in', known).length > 0) return null
  const entry = applying(book, 'entry', subject, known).filter(
    ({ provision }) => provision.parameters.only && provision.parameters.purpose === 'visit',
  )
  if (entry.length > 0) return basesOf(entry)
  const admission = admissionOf(book, subject, known)
  return admission.mode === 'booking-only' ? admission.basis : null
}

/** The day's hours when the building (or the unit that is visited) is shut for today, or by now; else null. */
function closedNow(book: RuleBook, directory: Directory, facts: EntryFacts, service: Service | null): DayHours | null {
  const day = officeDay(facts.at)
  const days =
    service === null
      ? [...directory.units.values()]
          .filter((unit) => unit.buildingId === facts.buildingId)
          .map((unit) => hours(book, directory, unit.id, day, facts.known))
      : [serviceHours(book, directory, service, day, facts.known)]
  const all = days.filter((each) => each.code !== 'unknown')
  // A building of which no hours are known is not said to be closed.
  if (all.length === 0) return null
  const minute = officeMinute(facts.at)
  // A booked person waits inside before the first minute; one without a booking comes while it is open.
  const open = all.some((each) => (service === null ? isOpenAt(each, minute) : each.intervals.some(({ to }) => minute < to)))
  return open ? null : (all.toSorted((a, b) => lastMinute(b) - lastMinute(a))[0] as DayHours)
}

/** The day's hours of the matter when it is shut at that minute: one without a booking comes while it is open. */
function unitClosed(book: RuleBook, directory: Directory, service: Service, { at, known }: EntryFacts): DayHours | null {
  const open = serviceHours(book, directory, service, officeDay(at), known)
  return open.code === 'unknown' || isOpenAt(open, officeMinute(at)) ? null : open
}

function lastMinute(day: DayHours): number {
  return day.intervals.at(-1)?.to ?? -1
}
