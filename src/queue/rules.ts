/**
 * Who is called next, and what a desk may do with whom.
 *
 * A desk calls only people whose matter it offers; whoever is due earliest comes first. A booked
 * person is due at the booked start; one who came later than the office allows, a walk-in and
 * someone leaving documents are due when they came. Nobody is passed over for ever: see
 * `holdsBack`. Pure: the moment and the policy are arguments. No other file knows the order.
 */
import { officeZone } from '../platform/clock.js'
import { allow, refuse, setting, type Refused } from '../platform/decision.js'
import { mayDo, type Visit, type VisitSettings, type VisitState } from '../visit/index.js'
import type { CallingDesk, DeskAction, DeskDecision, DeskNow, LawOfCalling, QueueRefusal, Waiting } from './model.js'

/** Office settings the order rests on. */
export interface QueuePolicy {
  /** A booked person who comes later than this after the booked start waits in order of arrival. */
  readonly 'late-minutes': number
}

/** From here on a party that needs several desks is waited for instead of passed over. */
export const partyWaitMinutesMax = 15

/** A second press of "call again" within this time is the same press. */
export const samePressSeconds = 5

export type WhyNext = 'booked-due' | 'came-late' | 'by-arrival'

export type Choice =
  | { readonly kind: 'call'; readonly next: Waiting; readonly why: WhyNext }
  /** Someone waits, but for more free desks in the room than there are. */
  | { readonly kind: 'more-desks'; readonly first: Waiting }
  | { readonly kind: 'nobody' }

/** Whom the desk calls next, and why it is this person's turn. */
export function chooseNext(waiting: readonly Waiting[], desk: CallingDesk, policy: QueuePolicy, now: Temporal.Instant): Choice {
  let passedOver: Waiting | null = null
  for (const person of inOrder(waiting, policy)) {
    if (!handles(desk, person)) continue
    if (desksNeeded(person) <= desk.freeDesks) return { kind: 'call', next: person, why: whyDue(person, policy) }
    passedOver ??= person
    if (holdsBack(person, desk, policy, now)) break
  }
  return passedOver === null ? { kind: 'nobody' } : { kind: 'more-desks', first: passedOver }
}

/** Does the desk handle every matter of the visit? */
export function handles({ serviceIds }: Pick<CallingDesk, 'serviceIds'>, person: Waiting): boolean {
  return serviceIds.includes(person.serviceId) && person.moreServiceIds.every((id) => serviceIds.includes(id))
}

/** Everyone who waits, in the order in which they are called. */
export function inOrder(waiting: readonly Waiting[], policy: QueuePolicy): Waiting[] {
  return waiting.toSorted(
    (a, b) =>
      Temporal.Instant.compare(dueAt(a, policy), dueAt(b, policy)) || Temporal.Instant.compare(a.arrivedAt, b.arrivedAt) || a.id - b.id,
  )
}

/** The moment from which a person counts as waiting for a turn. */
export function dueAt(person: Waiting, policy: QueuePolicy): Temporal.Instant {
  return whyDue(person, policy) === 'booked-due' ? person.startsAt : person.arrivedAt
}

export function whyDue(person: Waiting, policy: QueuePolicy): WhyNext {
  if (person.kind !== 'booked') return 'by-arrival'
  const lateFrom = person.startsAt.add({ minutes: policy['late-minutes'] })
  return Temporal.Instant.compare(person.arrivedAt, lateFrom) <= 0 ? 'booked-due' : 'came-late'
}

/** Desks of the room a visit takes: one for each person counted, one in any case. */
export function desksNeeded(person: { readonly counted: number }): number {
  return Math.max(1, person.counted)
}

/**
 * A party that needs two desks would wait for ever if single people always took the first free
 * one. After a quarter of an hour the room waits for it, if it has the desks at all.
 */
function holdsBack(person: Waiting, desk: CallingDesk, policy: QueuePolicy, now: Temporal.Instant): boolean {
  const since = dueAt(person, policy).add({ minutes: partyWaitMinutesMax })
  return desksNeeded(person) <= desk.staffedDesks && Temporal.Instant.compare(since, now) <= 0
}

/** May the desk call anyone? What the law says of a client at the desk is its answer; here stands what the desk adds. */
export function mayCallAnyone(desk: DeskNow, law: LawOfCalling): DeskDecision {
  if (!desk.open) return refuse('desk-not-open', [], [{ kind: 'open-desk' }])
  const answer = desk.occupied ? law.occupied : law.free
  if (!answer.allowed)
    return refuse(answer.code === 'desk-busy' ? 'client-at-desk' : 'unknown-desk', answer.basis, [{ kind: 'finish-first' }])
  if (desk.paused) return refuse('desk-paused', [], [{ kind: 'resume-desk' }])
  return allow('yes')
}

/** Why a person may not act at a desk: a colleague has it. Null when nobody has, or nobody in person asks. */
export function heldByAnother(session: { readonly accountId: number } | null, holder: number | undefined): Refused<QueueRefusal> | null {
  if (session === null || holder === undefined || session.accountId === holder) return null
  return refuse('desk-of-another', [], [{ kind: 'take-over' }])
}

/**
 * May this desk do this with the visit? The state and the minute are judged by the visit's own
 * rules; here stands what the desk adds: whose visit it is, that an earlier press did it already
 * (`repeated`), and that the office calls twice before it says that someone did not come.
 */
export function mayDoAtDesk(
  action: DeskAction,
  visit: Visit,
  deskId: number,
  settings: VisitSettings,
  now: Temporal.Instant,
): DeskDecision {
  if (visit.state === 'arrived') return action === 'undo-miss' ? allow('repeated') : refuse('not-called')
  if (visit.deskId !== null && visit.deskId !== deskId) return refuse('at-another-desk')
  if (visit.deskId === deskId && doneBefore(action, visit, now)) return allow('repeated')
  if (action === 'finish' && visit.state === 'called') return refuse('not-started', [], [{ kind: 'start-first' }])
  const decision = mayDo(action, visit, now, settings)
  if (!decision.allowed) return decision
  return action === 'miss' ? mayMiss(visit, settings, now) : allow('yes')
}

/** Called twice, a minute apart, and a minute to come after the second call too. */
function mayMiss(visit: Visit, settings: VisitSettings, now: Temporal.Instant): DeskDecision {
  const basis = [setting('call-again-after-seconds')]
  if (visit.calledCount < 2) return refuse('call-again-first', basis, [{ kind: 'call-again' }])
  const from = visit.calledAt?.add({ seconds: settings['call-again-after-seconds'] })
  if (from === undefined || Temporal.Instant.compare(now, from) >= 0) return allow('yes')
  const time = from.toZonedDateTimeISO(officeZone).toPlainTime().toString({ smallestUnit: 'second' })
  return refuse('miss-later', basis, [], { at: from.toString(), time })
}

/** The state in which each act leaves a visit: found already there, it was done by an earlier press. */
const stateAfter: Readonly<Record<DeskAction, VisitState>> = {
  recall: 'called',
  start: 'serving',
  finish: 'served',
  miss: 'missed',
  'undo-miss': 'called',
}

function doneBefore(action: DeskAction, visit: Visit, now: Temporal.Instant): boolean {
  if (visit.state !== stateAfter[action]) return false
  if (action !== 'recall') return true
  if (visit.calledAt === null || visit.calledCount < 2) return false
  return Temporal.Instant.compare(now, visit.calledAt.add({ seconds: samePressSeconds })) <= 0
}
