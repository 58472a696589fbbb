/**
 * Gathers what the decision needs and asks it: the visit by pass or reference, the law and the
 * office in memory, the minute.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { allow, refuse, type Decision } from '../platform/decision.js'
import { officeDay } from '../platform/clock.js'
import { longDay, wallTime } from '../platform/words.js'
import { directory, type Directory } from '../directory/index.js'
import { mayEnter, ruleBook, type EntryDecision, type RoomFacts, type RuleBook } from '../regulation/index.js'
import { findVisit, findVisitById, type Visit, type VisitState } from '../visit/index.js'
import type { Entry, Purpose } from './model.js'
import { parseScan, type Scan } from './rules.js'

export interface World {
  readonly book: RuleBook
  readonly office: Directory
}

export async function world(context: Context): Promise<World> {
  const [book, office] = await Promise.all([ruleBook(context), directory(context)])
  return { book, office }
}

/** A visit as it was named at the door; null when nothing is known under that name. */
export async function visitOfScan(client: Queryable, scan: Scan): Promise<Visit | null> {
  switch (scan.kind) {
    case 'pass':
      return findVisitById(client, scan.visitId)
    case 'reference':
      return findVisit(client, scan.reference)
    case 'surname':
    case 'too-short':
    case 'unreadable':
      return null
  }
}

export function scanOf(context: Context, typed: string): Scan {
  return parseScan(typed, context.secrets)
}

export interface Question {
  readonly buildingId: string
  readonly purpose: Purpose
  /** The visit found; `not-found` when a code was given and none was; null when the person has none. */
  readonly visit: Visit | 'not-found' | null
  /** The entry that stands for the visit, newest first; null when it was never let in. */
  readonly last: Entry | null
  readonly at: Temporal.Instant
  /** Who is inside and how many come; left out where no limit is in force, or the person is inside already. */
  readonly room?: RoomFacts | undefined
}

/** What regulation says of this person at this door at this minute. */
export function decide({ book, office }: World, { buildingId, purpose, visit, last, at, room }: Question): EntryDecision {
  const decision = mayEnter(book, office, {
    buildingId,
    purpose: purpose === 'visit' || purpose === 'drop-off' ? purpose : 'not-client',
    at,
    ...(room === undefined ? {} : { room }),
    // Whoever was seen going out comes back with the same pass: no cause for a warning.
    visit:
      visit === null || visit === 'not-found' ? visit : { ...visit, lastEntryAt: last === null || last.leftAt !== null ? null : last.at },
  })
  return withTimesToRead(decision)
}

/** The answer on which an entry rests, asked again with the facts of that minute; what cannot be told again is its code alone. */
export function replay(known: World, entry: Entry, visit: Visit | null): Decision {
  const again = decide(known, questionOfEntry(entry, visit))
  if (again.code === entry.code) return again
  return entry.overrideReason === null ? allow(entry.code) : refuse(entry.code)
}

/** What the door was asked when it let somebody in, as far as it is kept. */
export function questionOfEntry(entry: Entry, visit: Visit | null): Question {
  const back = entry.code === 'already-in' || entry.code === 'same-pass-again'
  // What became of the visit after the entry does not change the answer.
  const without = visit?.kind === 'drop-off' || visit?.kind === 'walk-in'
  const before = visit === null || (without && !back) ? null : { ...visit, state: stateBefore(entry), review: reviewAt(entry, visit) }
  return {
    buildingId: entry.buildingId,
    purpose: entry.purpose === 'drop-off' && back ? 'visit' : entry.purpose,
    visit: before ?? (entry.code === 'unknown' ? 'not-found' : null),
    // The pass had been used within the minute; when exactly does not change the answer.
    last: entry.code === 'same-pass-again' ? { ...entry, leftAt: null } : null,
    at: entry.at,
  }
}

/** The state in which the door found the visit: inside where it came back, else expected. */
function stateBefore({ code }: Entry): VisitState {
  if (code === 'already-in' || code === 'same-pass-again') return 'arrived'
  return code === 'not-confirmed' ? 'pending' : 'booked'
}

/** How the visit stood when the door let it in: since then somebody may have decided on it. */
function reviewAt({ code }: Entry, { review }: Visit): Visit['review'] {
  return code === 'come-in-kept' ? 'kept' : code === 'come-in-earlier-act' ? 'open' : review
}

/** Adds to each time of an answer how it is read: the hour on the office's wall and the day. */
function withTimesToRead(decision: EntryDecision): EntryDecision {
  const next = decision.next.map((step) => (step.values === undefined ? step : { ...step, values: readable(step.values) }))
  return 'values' in decision && decision.values !== undefined
    ? { ...decision, next, values: readable(decision.values) }
    : { ...decision, next }
}

function readable(values: Readonly<Record<string, string | number>>): Readonly<Record<string, string | number>> {
  const { at } = values
  if (typeof at !== 'string') return values
  const instant = Temporal.Instant.from(at)
  return { ...values, time: wallTime(instant), date: longDay('pl', officeDay(instant)) }
}
