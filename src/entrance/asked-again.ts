/**
 * What the door said, asked again under another law: what an act entered after its first day would have
 * changed. Reads only; who it was is not told.
 */
import type { Context } from '../platform/context.js'
import { directory } from '../directory/index.js'
import type { RuleBook } from '../regulation/index.js'
import { visitOf, type Visit, type VisitRow } from '../visit/index.js'
import { decide, questionOfEntry, type Question, type World } from './facts.js'
import type { Purpose } from './model.js'
import { entriesBetween } from './store.js'

/** Answers looked at, the latest; more would be a page nobody reads. */
const answersMax = 20_000

/** So many times the door said one thing and would have said another. */
export interface OtherAnswer {
  readonly said: string
  readonly would: string
  readonly count: number
}

/** Answers of the door between two moments that would have been others; the most frequent first. */
export async function otherAnswers(
  context: Context,
  books: { readonly own: RuleBook; readonly other: RuleBook },
  span: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<readonly OtherAnswer[]> {
  const office = await directory(context)
  const { pool } = context.database
  const entries = await entriesBetween(pool, span.from, span.until, answersMax)
  const { rows } = await pool.query<RefusalRow>(
    `select event.at, event.building_id as door_id, event.reason, event.details ->> 'purpose' as purpose, to_jsonb(visit.id) is not null as known, visit.*
     from event left join visit on visit.id = event.visit_id
     where event.kind = 'refused-entry' and event.at >= $1 and event.at < $2 and event.building_id is not null
     order by event.at desc limit $3`,
    [span.from, span.until, answersMax],
  )
  const questions = [...entries.map(({ entry, visit }) => questionOfEntry(entry, visit)), ...rows.map(questionOfRefusal)]
  return counted({ book: books.own, office }, { book: books.other, office }, questions)
}

type RefusalRow = VisitRow & {
  at: Temporal.Instant
  door_id: string
  reason: string
  purpose: Purpose | null
  known: boolean
}

function questionOfRefusal(row: RefusalRow): Question {
  const visit: Visit | null = row.known ? { ...visitOf(row), state: stateOf(row.reason) } : null
  return { buildingId: row.door_id, purpose: row.purpose ?? 'visit', visit, last: null, at: row.at }
}

/** The state in which a refused visit was found. */
function stateOf(reason: string): Visit['state'] {
  return reason === 'cancelled' ? 'cancelled' : reason === 'not-confirmed' ? 'pending' : reason === 'visit-over' ? 'served' : 'booked'
}

function counted(own: World, other: World, questions: readonly Question[]): OtherAnswer[] {
  const counts = new Map<string, OtherAnswer>()
  for (const question of questions) {
    const [said, would] = [decide(own, question).code, decide(other, question).code]
    if (said === would) continue
    const key = `${said} ${would}`
    counts.set(key, { said, would, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.said < b.said ? -1 : 1))
}
