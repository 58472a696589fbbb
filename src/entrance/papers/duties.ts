/** Receipts and hand-over lists are kept as long as the file plan says, and not a day longer. */
import { officeDay } from '../../platform/clock.js'
import type { Duty } from '../../platform/duties.js'
import { deleteKept } from './store.js'

export const entranceDuties: readonly Duty[] = [
  {
    name: 'delete-kept-receipts',
    everyMinutes: 60,
    async run(context, now) {
      const deleted = await deleteKept(context.database.pool, officeDay(now))
      if (deleted > 0) context.log.info({ deleted }, 'receipts kept long enough are deleted')
    },
  },
]
