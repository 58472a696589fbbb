/** How many acts somebody of the staff has still to read, told where they begin. */
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { ruleBook } from '../../regulation/index.js'
import type { Staff } from '../../staff/index.js'
import { changesAround, isToRead } from './acts.js'
import { readBy } from './store.js'

export async function actsToRead(context: Context, staff: Staff): Promise<number> {
  const [book, readers] = await Promise.all([ruleBook(context), readBy(context.database.pool)])
  const news = changesAround(book, officeDay(context.clock.now()))
  return news.filter((change) => isToRead(change) && readers.get(change.act.id)?.has(staff.accountId) !== true).length
}
