/**
 * What the simulated week knows: its processes, what is to happen at which minute, who was told
 * what, and a network that now and then loses an answer or sends a press twice.
 */
import type { Context } from '../../../src/platform/context.js'
import { instantOf } from '../../../src/platform/clock.js'
import type { Device } from '../../../src/device/index.js'
import { closes, monday, type WeekOffice } from './office.js'
import type { AtDesk } from './people.js'

/** What people were told, against which the history is read. Nothing here is the program's. */
export interface Ledger {
  /** References of visits booked, tickets taken and papers left, as each person has them. */
  readonly visits: { readonly reference: string; readonly how: 'booked' | 'ticket' | 'papers' }[]
  readonly letIn: { readonly reference: string; readonly at: number }[]
  readonly sentAway: { readonly reference: string | null; readonly building: string; readonly code: string; readonly at: number }[]
  readonly figures: Figures[]
  /** Who was spoken of by some command at a moment, whether or not it changed anything. */
  readonly spokenOf: { readonly reference: string; readonly at: number }[]
  /** Two answers to one command that say two things. */
  readonly disagreements: string[]
  /** How often each thing happened, for whoever wants to know that it did. */
  readonly counts: Map<string, number>
}

/** What the program's own views said of a building at a moment at which nothing else happened. */
export interface Figures {
  readonly at: number
  readonly building: string
  /** Counted persons inside as the door has them, and those who wait. */
  readonly inside: number
  readonly waiting: number
  /** The open data. */
  readonly lines: readonly { readonly letter: string; readonly waiting: number; readonly desks: number; readonly current: string | null }[]
  /** The live room. */
  readonly room: readonly { readonly letter: string; readonly waiting: number }[]
  readonly atDesks: readonly { readonly desk: string; readonly ticket: string | null; readonly state: string | null }[]
}

export interface Week {
  readonly office: WeekOffice
  readonly ledger: Ledger
  readonly luck: () => number
  /** What happens at a minute of a day. */
  readonly plans: Map<string, (() => Promise<void>)[]>
  /** References of those who wait in a building, as far as the answers told. */
  readonly waiting: ReadonlyMap<string, Set<string>>
  /** What each will do at the desk, by reference. */
  readonly atDesk: Map<string, AtDesk>
  /** Visits that have a further matter still to come. */
  readonly twoMatters: Set<string>
  /** Numbers of the accounts. */
  readonly guards: Readonly<Record<string, readonly number[]>>
  readonly clerk: number
  readonly kiosks: Readonly<Record<string, Device>>
  /** Desks at which somebody works, by slug, with the account. */
  readonly desks: Map<string, number>
}

export function newLedger(): Ledger {
  return { visits: [], letIn: [], sentAway: [], figures: [], spokenOf: [], disagreements: [], counts: new Map() }
}

export function count(week: Pick<Week, 'ledger'>, what: string): void {
  week.ledger.counts.set(what, (week.ledger.counts.get(what) ?? 0) + 1)
}

/** A command about somebody holds their row for a moment: whoever calls then passes by. */
export function speaksOf(week: Pick<Week, 'ledger' | 'office'>, reference: string): void {
  week.ledger.spokenOf.push({ reference, at: seconds(week.office.clock.now()) })
}

export const seconds = (at: Temporal.Instant): number => Math.floor(at.epochMilliseconds / 1_000)
export const instant = (day: number, minute: number): Temporal.Instant => instantOf(monday.add({ days: day }), minute)

/** From here on nobody new does anything: those who wait are served. */
export const lastPlanned = closes + 30

/** Puts something on the calendar of the week; what is already over happens in the next minute. */
export function later(week: Week, day: number, minute: number, act: () => Promise<void>, until = lastPlanned): void {
  const now = week.office.clock.now()
  let at = Math.max(minute, 7 * 60 + 40)
  while (Temporal.Instant.compare(instant(day, at), now) <= 0) at += 1
  if (at > until) return
  const key = `${day} ${at}`
  week.plans.set(key, [...(week.plans.get(key) ?? []), act])
}

/**
 * Sends a command the way networks do: mostly once, now and then again because the answer was lost,
 * or twice at one moment, each time by another process. The command carries its key. `told` is what
 * was done, null where nothing was: a refusal is not kept, so only what was done must be told alike.
 */
export async function sent<Answer>(
  week: Week,
  luck: () => number,
  name: string,
  command: (context: Context) => Promise<Answer>,
  told: (answer: Answer) => string | null,
): Promise<Answer> {
  const [one, other] = luck() < 0.5 ? week.office.contexts : (week.office.contexts.toReversed() as [Context, Context])
  const draw = luck()
  if (draw >= 0.24) return command(one)
  const lost = draw < 0.12
  const [a, b] = lost ? [await command(one), await command(other)] : await Promise.all([command(one), command(other)])
  count(week, lost ? 'answers lost' : 'double presses')
  const [first, second] = [told(a), told(b)]
  if (first !== null && first !== second && (second !== null || lost)) week.ledger.disagreements.push(`${name}: ${first}, then ${second}`)
  return first === null ? b : a
}

/** One of the two processes. */
export function process(week: Week, luck: () => number): Context {
  return week.office.contexts[luck() < 0.5 ? 0 : 1]
}

export function note(week: Week, building: string, reference: string, waits: boolean): void {
  if (waits) week.waiting.get(building)?.add(reference)
  else week.waiting.get(building)?.delete(reference)
}
