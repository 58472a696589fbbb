/** Plays and reads the weeks of seeds. */
import type { EstimateError } from '../../src/queue/estimate/store.js'
import { problemsIn, readHistory, type History, type Told } from './reader/index.js'
import { playWeek } from './week/play.js'

export interface ReadWeek {
  readonly seed: number
  /** What the reader found wrong. */
  readonly problems: readonly string[]
  readonly events: number
  /** How often each thing happened. */
  readonly counts: ReadonlyMap<string, number>
  readonly estimates: EstimateError | null
}

/** "1-20" as numbers; one number is itself. */
export function seedsOf(range: string): number[] {
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? []
  if (from === '' || Number(to) < Number(from)) throw new Error(`seeds are said as 1-1000, not ${range}`)
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index)
}

/** The history of a seed's week, and what people were told. */
export async function playedHistory(
  host: string,
  seed: number,
): Promise<{ history: History; told: Told; week: Omit<ReadWeek, 'problems'> }> {
  const { office, ledger, people, estimates } = await playWeek(host, seed)
  try {
    const history = await readHistory(office.contexts[0].database.pool)
    const outside = history.events.filter(({ details }) => details['outside'] !== undefined)
    if (outside.length > 0) ledger.counts.set('companions outside', outside.length)
    const told = { ...ledger, names: people.map(({ name }) => name) }
    return { history, told, week: { seed, events: history.events.length, counts: ledger.counts, estimates } }
  } finally {
    await office.close()
  }
}

export async function readWeek(host: string, seed: number): Promise<ReadWeek> {
  try {
    const { history, told, week } = await playedHistory(host, seed)
    return { ...week, problems: problemsIn(history, told) }
  } catch (error) {
    return { seed, problems: [`broke: ${(error as Error).stack}`], events: 0, counts: new Map(), estimates: null }
  }
}

/** What happened in all of them, in lines to read. */
export function sumOf(weeks: readonly ReadWeek[]): string {
  const counts = new Map<string, number>()
  for (const week of weeks) for (const [what, count] of week.counts) counts.set(what, (counts.get(what) ?? 0) + count)
  const events = weeks.reduce((sum, week) => sum + week.events, 0)
  const said = weeks.flatMap(({ estimates }) => estimates ?? [])
  const all = said.reduce((sum, { count }) => sum + count, 0)
  const mean = (of: (each: EstimateError) => number): number =>
    said.reduce((sum, each) => sum + of(each) * each.count, 0) / Math.max(1, all)
  return [
    `${events} events; ${[...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, count]) => `${what} ${count}`)
      .join(', ')}`,
    `estimates: ${all} said, ${Math.round(100 * mean(({ inside }) => inside))} % of waits inside, error ${mean(({ errorMinutes }) => errorMinutes).toFixed(1)} of ${mean(({ waitMinutes }) => waitMinutes).toFixed(1)} minutes`,
  ].join('\n')
}
