/**
 * May somebody without a booked hour take a ticket for a matter now? Pure.
 *
 * First what the acts say of coming in without a booking; then what the office says of its lines: so
 * many a day, and none whose turn would come after closing. Nobody waits for an hour only to be sent
 * home when the office shuts.
 */
import { allow, refuse, setting, type Decision, type Refused } from '../platform/decision.js'
import { minuteTime } from '../platform/words.js'
import type { EntryDecision } from '../regulation/index.js'

export type TicketRefusal = Exclude<EntryDecision, { allowed: true }>['code'] | 'no-more-tickets' | 'not-before-closing' | 'nobody-handles'
export type TicketDecision = Decision<'walk-in', TicketRefusal>

export interface TicketFacts {
  /** What the law answers to one who comes in for this matter without a booking. */
  readonly entry: EntryDecision
  /** Tickets of the group given today without a booked hour, and at most given; null: no limit. */
  readonly given: number
  readonly givenMax: number | null
  /** Minutes of the office's day. */
  readonly now: number
  /** When the unit closes today. */
  readonly closes: number
  /** Desks that handle the matter and are at work. */
  readonly desks: number
  /** Minutes of work that lie before: people who wait for these desks, and the booked who are still to come. */
  readonly workBefore: number
  /** Minutes of the matter itself. */
  readonly takes: number
}

export function mayTakeTicket(facts: TicketFacts): TicketDecision {
  const { entry, given, givenMax } = facts
  const unlawful = refusedByLaw(entry)
  if (unlawful !== null) return unlawful
  if (givenMax !== null && given >= givenMax)
    return refuse('no-more-tickets', [setting('walk-ins-per-day')], entry.next, { most: givenMax })
  if (facts.desks === 0) return refuse('nobody-handles', [], entry.next)
  if (endOf(facts) > facts.closes)
    return refuse('not-before-closing', [setting('tickets-until-closing')], entry.next, { time: minuteTime(facts.closes) })
  return allow('walk-in', entry.basis, entry.next)
}

/** What the acts alone refuse: asked first, it spares the reading of everything else. */
export function refusedByLaw(entry: EntryDecision): Refused<TicketRefusal> | null {
  if (!entry.allowed) return entry
  return entry.code === 'walk-in' ? null : refuse('nobody-handles', [], entry.next)
}

/** Key of the sentence that says the refusal: the law's own words where the law refuses. */
export function ticketSentence(code: string): string {
  return own.has(code) ? `queue.refused.${code}` : `regulation.refused.${code}`
}

const own: ReadonlySet<string> = new Set(['no-more-tickets', 'not-before-closing', 'nobody-handles', 'unknown-service'])

/** The minute at which the person would be done, were all the work before shared evenly. */
export function endOf({ now, workBefore, desks, takes }: Pick<TicketFacts, 'now' | 'workBefore' | 'desks' | 'takes'>): number {
  return Math.ceil(now + workBefore / desks + takes)
}
