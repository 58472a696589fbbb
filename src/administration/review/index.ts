/** What other parts use of the review list. */
import type { Context } from '../../platform/context.js'
import type { Duty } from '../../platform/duties.js'
import type { Translate } from '../../platform/words.js'
import type { OwedCall } from '../../booking/index.js'
import { directory } from '../../directory/index.js'
import { hasRole, type Staff } from '../../staff/index.js'
import { ringers } from './model.js'
import { callAt } from './pages/calls.js'
import { matterOf, sayingOf } from './pages/parts.js'
import { mattersRung } from './rules.js'
import { attemptsOf, itemsToCall } from './store.js'
import { reviewVisits as look } from './sweep.js'

/** The look after a change that is saved already: should it fail, the change stands and the duty looks again. */
export async function reviewVisits(
  context: Context,
  now: Temporal.Instant,
): Promise<{ readonly opened: number; readonly settled: number }> {
  try {
    return await look(context, now)
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string }
    context.log.error({ fault: name, code }, 'visits could not be reviewed after a change')
    return { opened: 0, settled: 0 }
  }
}

export const reviewDuties: readonly Duty[] = [
  { name: 'review-visits', everyMinutes: 5, run: async (context, now) => void (await look(context, now)) },
]

/** The calls this person may make about what was decided, for the one list of requests; they are made and noted on their own page. */
export async function callsOwed(context: Context, t: Translate, staff: Staff): Promise<readonly OwedCall[]> {
  if (!hasRole(staff, ringers)) return []
  const { pool } = context.database
  const office = await directory(context)
  const items = await itemsToCall(pool, mattersRung(staff, office))
  const attempts = await attemptsOf(
    pool,
    items.map(({ id }) => id),
  )
  return items.map((item) => ({
    href: `/praca/przeglad/telefony#${callAt(item.id)}`,
    owedFrom: item.settledAt ?? item.openedAt,
    matter: matterOf(office, item),
    unitId: office.services.get(item.visit.serviceId)?.unitId ?? '',
    name: item.visit.person.name,
    say: sayingOf(t, item),
    attempts: attempts.filter(({ itemId }) => itemId === item.id).length,
  }))
}
