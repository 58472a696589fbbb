/**
 * Conditions acts hang on, such as a state of epidemic: when they began and ended is recorded by the Secretary,
 * and the rules that hang on them follow at once. A condition is never deleted, only ended: answers rested on it.
 */
import type { Context } from '../../platform/context.js'
import { transaction, type Queryable } from '../../platform/database.js'
import { officeDay } from '../../platform/clock.js'
import { recordOfficeChange, type Thing } from '../../directory/index.js'
import { enterActs, lockActs, readBook, ruleBook, type Condition } from '../../regulation/index.js'
import type { Staff } from '../../staff/index.js'
import type { CalendarPart } from '../calendar/parts.js'
import { reviewVisits } from '../review/index.js'
import { slugOf } from './rules.js'

export interface ConditionFacts {
  readonly title: string
  readonly from?: string
  readonly until?: string
  readonly source?: string
}

/** A condition as the acts file has it. */
export function conditionThing({ title, from, until, source }: Condition): ConditionFacts {
  return {
    title,
    ...(from === null ? {} : { from: from.toString() }),
    ...(until === null ? {} : { until: until.toString() }),
    ...(source === null ? {} : { source }),
  }
}

/**
 * Writes a condition: a new one, or another version of the one there is. `conflict` when somebody changed it since it
 * was shown, `same` when nothing would change.
 * @param seen the condition as it was shown, as JSON; null for a new one
 */
export async function saveCondition(
  context: Context,
  staff: Staff,
  change: { readonly id: string | null; readonly seen: string | null; readonly facts: ConditionFacts },
): Promise<'saved' | 'conflict' | 'same'> {
  const now = context.clock.now()
  const outcome = await transaction(context.database, async (client) => {
    await lockActs(client)
    const { conditions } = await readBook(client)
    const id = change.id ?? freeId(change.facts.title, new Set(conditions.map((each) => each.id)))
    const held = conditions.find((each) => each.id === id)
    const before = held === undefined ? null : conditionThing(held)
    if (change.id !== null && JSON.stringify(before) !== change.seen) return 'conflict'
    if (JSON.stringify(before) === JSON.stringify(change.facts)) return 'same'
    await write(client, id, change.facts, now)
    const after: Thing = { ...change.facts }
    await recordOfficeChange(client, {
      at: now,
      accountId: staff.accountId,
      part: 'condition',
      subject: id,
      before: before && { ...before },
      after,
    })
    return 'saved'
  })
  if (outcome === 'saved') {
    context.changes.publish('regulation')
    await reviewVisits(context, now)
  }
  return outcome
}

async function write(client: Queryable, id: string, facts: ConditionFacts, at: Temporal.Instant): Promise<void> {
  const wrong = await enterActs(client, { conditions: [{ id, ...facts }], acts: [] }, at)
  if (wrong.length > 0) throw new Error(`a condition does not fit its schema: ${wrong.map(({ field }) => field).join(', ')}`)
}

/** "stan-epidemii", with a number where that is taken. */
function freeId(title: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(title) || 'warunek'
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? slug : `${slug}-${number}`
    if (!taken.has(id)) return id
  }
}

/** As the history takes a change of one back: what was added is ended the day before. */
export const conditionPart: CalendarPart = {
  part: 'condition',
  async read(client, subject, lock) {
    if (lock) await lockActs(client)
    const held = (await readBook(client)).conditions.find((each) => each.id === subject)
    return held === undefined ? null : { ...conditionThing(held) }
  },
  async write(client, subject, thing, at) {
    const held = thing ?? (await conditionPart.read(client, subject, false))
    const facts = held as unknown as ConditionFacts
    const yesterday = officeDay(at).subtract({ days: 1 }).toString()
    const { from: _from, ...ended } = { ...facts, until: yesterday }
    await write(client, subject, thing === null ? ended : facts, at)
  },
  path: () => '/praca/akty/warunki',
}

/** What hangs on each condition: acts by number, rules by paragraph. */
export async function hangingOn(context: Context): Promise<ReadonlyMap<string, readonly string[]>> {
  const { acts, provisions } = await ruleBook(context)
  const numbers = new Map(acts.map(({ id, number }) => [id, number]))
  const said = [
    ...acts.flatMap(({ conditionId, number }) => (conditionId === null ? [] : [[conditionId, number] as const])),
    ...provisions.flatMap(({ conditionId, actId, reference }) =>
      conditionId === null ? [] : [[conditionId, `${numbers.get(actId) ?? actId} ${reference}`] as const],
    ),
  ]
  return new Map([...Map.groupBy(said, ([id]) => id)].map(([id, some]) => [id, [...new Set(some.map(([, text]) => text))]]))
}
