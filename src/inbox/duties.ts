/** What is personal in a thread goes with its request's contact, whoever ended the request and when. */
import type { Duty } from '../platform/duties.js'

export const inboxDuties: readonly Duty[] = [
  {
    name: 'mail-with-request',
    everyMinutes: 60,
    async run({ database }) {
      await database.pool.query(
        `with moved as (
           update mail_thread t set erase_on = r.erase_on from request r where r.id = t.request_id and r.erase_on <> t.erase_on returning t.id, t.erase_on
         ) update mail m set erase_on = moved.erase_on from moved where m.thread_id = moved.id`,
      )
    },
  },
]
