/**
 * Who is called next, and what a desk may do with whom.
 *
 * Who is due earliest comes first. A booked person is due at the booked start; whoever has no booked
 * hour, or came later than the office allows, is due once the group's target wait has passed since
 * coming in; papers are left at once. A priority makes a person due earlier, a transfer changes
 * nothing. As that minute never moves back, nobody is passed over for ever; a party that needs
 * several desks is in the end waited for: see `holdsBack`. Pure: the moment and the policy are
 * arguments. No other file knows the order; the statement that claims a person repeats it as
 * `order by due_at, arrived_at, id`, and a test holds the two together.
 */
import { officeDay, officeMinute, officeZone } from '../platform/clock.js'
import { allow, refuse, setting, type Refused } from '../platform/decision.js'
import { isOn, type Shift } from '../calendar/index.js'
import type { Desk, Directory } from '../directory/index.js'
import { mayDo, type DueWhy, type Visit, type VisitPriority, type VisitSettings, type VisitState } from '../visit/index.js'
import type {
  CallingDesk,
  CallScope,
  DeskAction,
  DeskDecision,
  DeskOverflow,
  DeskNow,
  LawOfCalling,
  QueueRefusal,
  Waiting,
} from './model.js'

/** Office settings the order rests on. */
export interface QueuePolicy {
  /** A booked person who comes later than this after the booked start waits as one without an hour. */
  readonly 'late-minutes': number
  readonly 'priority-minutes': number
}

/** From here on a party that needs several desks is waited for instead of passed over. */
export const partyWaitMinutesMax = 15

/** A second press of "call again" within this time is the same press. */
export const samePressSeconds = 5

export type Choice =
  | { readonly kind: 'call'; readonly next: Waiting }
  /** Someone waits, but for more free desks in the room than there are. */
  | { readonly kind: 'more-desks'; readonly first: Waiting }
  | { readonly kind: 'nobody' }

/** Whom the desk calls next, and why it is this person's turn. */
export function chooseNext(waiting: readonly Waiting[], desk: CallingDesk, now: Temporal.Instant): Choice {
  let passedOver: Waiting | null = null
  for (const person of inOrder(waiting)) {
    if (!mayCallThis(desk, person)) continue
    const turn = turnOf(person, desk, now)
    if (turn === 'call') return { kind: 'call', next: person }
    passedOver ??= person
    if (turn === 'wait') break
  }
  return passedOver === null ? { kind: 'nobody' } : { kind: 'more-desks', first: passedOver }
}

/** A visit that waits, as the order sees it. */
export function waitingOf(visit: Visit): Waiting {
  return {
    ...visit,
    ticket: visit.ticket ?? '',
    arrivedAt: visit.arrivedAt ?? visit.startsAt,
    dueAt: visit.dueAt ?? visit.startsAt,
    dueWhy: visit.dueWhy ?? 'by-arrival',
  }
}

/** Whom a desk may call. */
export function scopeOf(
  { id, serviceIds }: Pick<Desk, 'id' | 'serviceIds'>,
  rules: readonly DeskOverflow[],
  { queueGroups }: Pick<Directory, 'queueGroups'>,
  now: Temporal.Instant,
): CallScope {
  const minute = officeMinute(now)
  const overflow = rules
    .filter(({ from, until }) => from <= minute && minute < until)
    .map(({ letter, afterMinutes }) => ({
      serviceIds: queueGroups.get(letter)?.serviceIds ?? [],
      cameBefore: now.subtract({ minutes: afterMinutes }),
    }))
  return { deskId: id, serviceIds, overflow }
}

/** Whose overflow a desk takes on a day by its shifts, each as long as the shift; said twice of one letter, the wider holds. */
export function overflowOf(shifts: readonly Shift[], deskId: number, now: Temporal.Instant): DeskOverflow[] {
  const day = officeDay(now)
  const today = shifts.filter((shift) => shift.deskId === deskId && isOn(shift, day))
  const all = today.flatMap(({ overflow, startsMinute, endsMinute }) =>
    overflow.map((each) => ({ ...each, from: startsMinute ?? 0, until: endsMinute ?? 1_440 })),
  )
  return [...Map.groupBy(all, ({ letter }) => letter).values()].map((same) => ({
    letter: same[0]?.letter ?? '',
    afterMinutes: Math.min(...same.map(({ afterMinutes }) => afterMinutes)),
    from: Math.min(...same.map(({ from }) => from)),
    until: Math.max(...same.map(({ until }) => until)),
  }))
}

/** Was the person sent to this desk, or does it handle every matter of the visit, as its own or as overflow? */
export function mayCallThis(desk: CallScope, person: Waiting): boolean {
  if (person.forDeskId !== null) return person.forDeskId === desk.deskId
  const all = [person.serviceId, ...person.moreServiceIds]
  return all.every((id) => handles(desk, id, person.arrivedAt))
}

function handles({ serviceIds, overflow }: CallScope, serviceId: string, cameAt: Temporal.Instant): boolean {
  if (serviceIds.includes(serviceId)) return true
  return overflow.some((group) => group.serviceIds.includes(serviceId) && Temporal.Instant.compare(cameAt, group.cameBefore) <= 0)
}

/** What becomes of the person who is due first: called now; passed over for want of free desks; or waited for, with nobody called before. */
export function turnOf(
  person: Waiting,
  desk: Pick<CallingDesk, 'freeDesks' | 'staffedDesks'>,
  now: Temporal.Instant,
): 'call' | 'pass' | 'wait' {
  if (desksToTake(person, desk) <= desk.freeDesks) return 'call'
  return holdsBack(person, desk, now) ? 'wait' : 'pass'
}

/** Everyone who waits, in the order in which they are called. */
export function inOrder(waiting: readonly Waiting[]): Waiting[] {
  return waiting.toSorted(
    (a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt) || Temporal.Instant.compare(a.arrivedAt, b.arrivedAt) || a.id - b.id,
  )
}

/** Who comes in, and when. */
export interface Arrival {
  readonly kind: Visit['kind']
  readonly startsAt: Temporal.Instant
  readonly arrivedAt: Temporal.Instant
  readonly priority: VisitPriority | null
}

/** The minute from which a person is due, and what makes it that minute. */
export interface Due {
  readonly at: Temporal.Instant
  readonly why: DueWhy
}

/** When a person is due who comes in; the target is that of the group, in minutes. */
export function dueOf({ kind, startsAt, arrivedAt, priority }: Arrival, targetWaitMinutes: number, policy: QueuePolicy): Due {
  const lateFrom = startsAt.add({ minutes: policy['late-minutes'] })
  const onTime = kind === 'booked' && Temporal.Instant.compare(arrivedAt, lateFrom) <= 0
  const at = onTime ? startsAt : arrivedAt.add({ minutes: kind === 'drop-off' ? 0 : targetWaitMinutes })
  if (priority !== null) return { at: at.subtract({ minutes: policy['priority-minutes'] }), why: 'priority' }
  return { at, why: onTime ? 'booked-due' : kind === 'booked' ? 'came-late' : 'by-arrival' }
}

/** The same for a visit whose person comes in now, by the group of its matter. */
export function dueOnArrival(
  { office, services, queueGroups }: Pick<Directory, 'office' | 'services' | 'queueGroups'>,
  visit: Pick<Visit, 'kind' | 'startsAt' | 'priority' | 'serviceId'>,
  arrivedAt: Temporal.Instant,
): Due {
  const group = queueGroups.get(services.get(visit.serviceId)?.letter ?? '')
  return dueOf({ ...visit, arrivedAt }, group?.targetWaitMinutes ?? office.settings['target-wait-minutes'], office.settings)
}

/**
 * Companions who wait outside the room when the party is called: as many as there are more persons
 * than staffed desks, and never anyone the matter itself needs. Else a party would wait until closing
 * for a desk at which nobody works.
 */
export function companionsOutside(
  person: { readonly counted: number; readonly accompanied: number },
  { staffedDesks }: Pick<CallingDesk, 'staffedDesks'>,
): number {
  return Math.min(person.accompanied, Math.max(0, desksNeeded(person) - staffedDesks))
}

/** Desks the visit takes when it is called now. */
export function desksToTake(person: Parameters<typeof companionsOutside>[0], desk: Pick<CallingDesk, 'staffedDesks'>): number {
  return desksNeeded(person) - companionsOutside(person, desk)
}

/** Desks of the room a visit takes: one for each person counted, one in any case. */
export function desksNeeded(person: { readonly counted: number }): number {
  return Math.max(1, person.counted)
}

/**
 * A party that needs two desks would wait for ever if single people always took the first free
 * one. After a quarter of an hour the room waits for it, if it has the desks at all.
 */
function holdsBack(person: Waiting, desk: Pick<CallingDesk, 'staffedDesks'>, now: Temporal.Instant): boolean {
  const since = person.dueAt.add({ minutes: partyWaitMinutesMax })
  return desksToTake(person, desk) <= desk.staffedDesks && Temporal.Instant.compare(since, now) <= 0
}

/** May the desk call anyone? What the law says of a client at the desk is its answer; here stands what the desk adds. */
export function mayCallAnyone(desk: DeskNow, law: LawOfCalling): DeskDecision {
  if (!desk.open) return refuse('desk-not-open', [], [{ kind: 'open-desk' }])
  const answer = desk.occupied ? law.occupied : law.free
  if (!answer.allowed && answer.code === 'desk-over-limit') return refuse('desk-over-limit', answer.basis, [], answer.values)
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
  const waits = visit.state === 'arrived' || visit.state === 'parked'
  if (waits && !ofThoseWhoWait.has(action)) return action === 'undo-miss' ? allow('repeated') : refuse('not-called')
  // Whoever waits apart is at no desk, though one will call them back.
  if (visit.deskId !== null && visit.deskId !== deskId && !waits) return refuse('at-another-desk')
  if ((visit.deskId === deskId || waits) && doneBefore(action, visit, now)) return allow('repeated')
  if (action === 'finish' && visit.state === 'called') return refuse('not-started', [], [{ kind: 'start-first' }])
  if (action === 'next-matter' && visit.moreServiceIds.length === 0) return refuse('no-further-matter', [], [{ kind: 'finish-first' }])
  const decision = mayDo(action === 'pick' ? 'call' : action, visit, now, settings)
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

/** What is done with people who are at no desk. */
const ofThoseWhoWait: ReadonlySet<DeskAction> = new Set(['return', 'transfer', 'prioritise', 'pick', 'leave', 'park'])

/** The state in which each act leaves a visit: found already there, it was done by an earlier press. Null where that says nothing. */
const stateAfter: Readonly<Record<DeskAction, VisitState | null>> = {
  recall: 'called',
  start: 'serving',
  finish: 'served',
  miss: 'missed',
  'undo-miss': 'called',
  park: 'parked',
  return: 'arrived',
  pick: 'called',
  leave: 'left',
  transfer: null,
  prioritise: null,
  'next-matter': null,
}

function doneBefore(action: DeskAction, visit: Visit, now: Temporal.Instant): boolean {
  if (visit.state !== stateAfter[action]) return false
  if (action !== 'recall') return true
  if (visit.calledAt === null || visit.calledCount < 2) return false
  return Temporal.Instant.compare(now, visit.calledAt.add({ seconds: samePressSeconds })) <= 0
}
