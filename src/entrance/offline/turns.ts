/**
 * The answers of a whole day about one visit, worked out beforehand by the decision the door asks with
 * a network. Pure. Nothing is decided anew: the decision is asked at every minute at which it can
 * change, and a moment after those of the visit. A test asks it at every minute of the day and finds the same.
 */
import { instantOf } from '../../platform/clock.js'
import { hours } from '../../regulation/index.js'
import type { EntryDecision } from '../../regulation/index.js'
import type { Visit } from '../../visit/index.js'
import { decide, type Question, type World } from '../facts.js'

export interface DecidedTurn {
  /** Milliseconds since 1970. */
  readonly from: number
  readonly decision: EntryDecision
  /** The decision as text: two that say the same have the same. */
  readonly text: string
}

/**
 * Edges of everybody's hours that day: only there an answer changes, besides those of the visit itself.
 * Hours are judged by the minute on the wall, so that what holds at an edge holds to the end of its minute.
 */
export function edgesOf({ book, office }: World, day: Temporal.PlainDate): readonly number[] {
  const minutes = [...office.units.keys()].flatMap((id) => hours(book, office, id, day).intervals.flatMap(({ from, to }) => [from, to]))
  return [...new Set(minutes)].map((minute) => instantOf(day, Math.min(minute, 24 * 60 - 1)).epochMilliseconds)
}

/** From the first minute of the day on; turns that say the same are one. */
export function turnsOf(
  known: World,
  { question, day, edges }: { question: Omit<Question, 'at' | 'room'>; day: Temporal.PlainDate; edges: readonly number[] },
): readonly DecidedTurn[] {
  const { visit } = question
  const own = visit === null || visit === 'not-found' ? [] : edgesOfVisit(known, visit)
  const begin = instantOf(day, 0).epochMilliseconds
  const moments = new Set([begin, ...[...edges, ...own.flatMap((edge) => [edge, edge + 1])].filter((moment) => moment > begin)])
  const turns: DecidedTurn[] = []
  let before = ''
  for (const from of [...moments].toSorted((a, b) => a - b)) {
    const decision = decide(known, { ...question, at: Temporal.Instant.fromEpochMilliseconds(from) })
    const text = JSON.stringify(decision)
    if (text !== before) turns.push({ from, decision, text })
    before = text
  }
  return turns
}

function edgesOfVisit({ office }: World, { startsAt }: Pick<Visit, 'startsAt'>): number[] {
  const settings = office.office.settings
  const start = startsAt.epochMilliseconds
  return [start - settings['entry-early-minutes'] * 60_000, start, start + settings['late-minutes'] * 60_000]
}
