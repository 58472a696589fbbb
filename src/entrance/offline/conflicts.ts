/**
 * What of an entry without the network does not fit what is known now. Pure. Every cause is named, not
 * only the first: whoever looks at it decides what it means.
 */
import { officeDay, same } from '../../platform/clock.js'
import type { Decision } from '../../platform/decision.js'
import type { RoomLeft } from '../../regulation/index.js'
import type { Visit } from '../../visit/index.js'
import type { Entry } from '../model.js'
import { isInside } from '../rules.js'
import { clockMinutes, type Conflict } from './model.js'
import type { Act } from './take.js'

/** Answers given to whoever came in before: no first entry. */
const again: ReadonlySet<string> = new Set(['already-in', 'same-pass-again'])

export interface ConflictFacts {
  readonly act: Act
  readonly visit: Visit | null
  /** The newest entry of the visit that stands. */
  readonly last: Entry | null
  /** What the door says now of that minute. */
  readonly decision: Decision
  /** The limit that leaves too few places now, if one does. */
  readonly full: Pick<RoomLeft, 'limit' | 'now'> | undefined
  readonly buildingId: string
  readonly now: Temporal.Instant
  /** How a time is read. */
  readonly time: (at: Temporal.Instant) => string
}

export function conflictsFor(facts: ConflictFacts): readonly Conflict[] {
  const { act, visit, buildingId, now } = facts
  const named = act.subject.visitId !== null || act.subject.token !== null || act.subject.reference !== null
  const found: Conflict[] = []
  if (visit === null && named) found.push({ code: 'unknown-visit', details: {} })
  if (visit !== null) found.push(...ofVisit(facts, visit))
  if (facts.full !== undefined && act.allowed)
    found.push({ code: 'over-limit', details: { limit: facts.full.limit, inside: facts.full.now + (visit?.persons ?? 1) } })
  if (!officeDay(act.at).equals(officeDay(now))) found.push({ code: 'another-day', details: { day: officeDay(act.at).toString() } })
  const told = found.length > 0 || !named || visit === null || isInside(visit.state) || visit.buildingId !== buildingId
  if (!told && act.allowed !== facts.decision.allowed)
    found.push({ code: 'answer-differs', details: { told: act.told ?? '', code: facts.decision.code } })
  return found
}

function ofVisit({ act, last, buildingId, time }: ConflictFacts, visit: Visit): readonly Conflict[] {
  const found: Conflict[] = []
  const first = !again.has(act.told ?? '')
  const { starts } = act.subject
  if (visit.buildingId !== buildingId) found.push({ code: 'another-building', details: {} })
  if (starts !== null && !same(starts, visit.startsAt))
    found.push({ code: 'moved', details: { time: time(visit.startsAt), day: visit.day.toString() } })
  // The guard knew what was known when the list was made, and let in all the same: no conflict.
  if (visit.state === 'cancelled' && act.told !== 'cancelled') found.push({ code: 'cancelled', details: {} })
  else if (!isOpen(visit) && act.told !== visitOver && act.told !== 'cancelled')
    found.push({ code: 'over', details: { state: visit.state } })
  if (first && last !== null) found.push({ code: 'entered-twice', details: { time: time(last.at) } })
  return found
}

const visitOver = 'visit-over'

function isOpen({ state }: Visit): boolean {
  return state === 'booked' || state === 'pending' || state === 'held' || isInside(state)
}

/** What of an envelope does not fit: it was left all the same, at the minute that was said. */
export function conflictsOfPapers({
  act,
  decision,
  unitId,
  given,
  now,
}: Pick<ConflictFacts, 'act' | 'decision' | 'now'> & {
  /** The unit it was filed for. */
  readonly unitId: string
  /** The number it has instead of the one that was said, which another envelope has. */
  readonly given: string | null
}): readonly Conflict[] {
  const found: Conflict[] = []
  if (given !== null) found.push({ code: 'number-taken', details: { said: act.receipt ?? '', given } })
  if (act.unitId !== null && act.unitId !== unitId) found.push({ code: 'unknown-unit', details: {} })
  if (!officeDay(act.at).equals(officeDay(now))) found.push({ code: 'another-day', details: { day: officeDay(act.at).toString() } })
  if (!decision.allowed) found.push({ code: 'answer-differs', details: { told: act.told ?? '', code: decision.code } })
  return found
}

/** What is wrong with a device's clock: by how many minutes it went ahead of ours at the last list, and now. */
export function clockConflict(then: number, now: number): Conflict | null {
  if (Math.abs(now - then) >= clockMinutes) return { code: 'clock-jumped', details: { minutes: Math.round(Math.abs(now - then)) } }
  return Math.abs(now) >= clockMinutes ? { code: 'clock-wrong', details: { minutes: Math.round(Math.abs(now)) } } : null
}
