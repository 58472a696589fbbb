/** What is personal in a thread goes with its request's contact, whoever ended the request and when; an answer that did not arrive comes back; a thread whose person is silent ends. */
import { transaction } from '../platform/database.js'
import type { Duty } from '../platform/duties.js'
import { directory } from '../directory/index.js'
import { recordEvent } from '../visit/index.js'
import { closeSilent } from './store.js'
import { noteUndelivered } from './undelivered.js'

/** Closed in one transaction: few, so that nobody waits for a request. */
const closedAtOnce = 50

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
  {
    name: 'mail-undelivered',
    everyMinutes: 1,
    run: noteUndelivered,
  },
  {
    name: 'mail-silence',
    everyMinutes: 60,
    async run(context, now) {
      const { settings } = (await directory(context)).office
      const before = now.subtract({ hours: settings['mail-silence-days'] * 24 })
      for (let closed = closedAtOnce; closed === closedAtOnce;)
        closed = await transaction(context.database, async (client) => {
          const ids = await closeSilent(client, before, now, closedAtOnce)
          for (const request of ids)
            await recordEvent(client, {
              at: now,
              kind: 'request-closed',
              actor: 'system',
              channel: 'email',
              reason: 'silent',
              details: { request },
            })
          return ids.length
        })
    },
  },
]
