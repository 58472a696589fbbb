/**
 * An answer of a clerk that did not arrive comes back to the office: the mail says so, and where the
 * person still has nothing else, the request waits again, since when it waited before. Sent again and
 * accepted, it is taken for an answer again. The request is locked first, as by whoever answers it.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { transaction, type Queryable } from '../platform/database.js'
import { directory } from '../directory/index.js'
import { lockRequest, type RequestRow } from '../booking/index.js'
import { recordEvent } from '../visit/index.js'
import { eraseDay, waitsAgain } from './rules.js'
import { reopenRequest, writeAnswered, writeWaiting } from './store.js'
import { answersArrived, lostAnswers, writeArrived, writeUndelivered, type FoundAnswer } from './undelivered-store.js'

/** Looked for at once. */
const foundAtOnce = 50

/** Notes what has become of answers since it was last looked. */
export async function noteUndelivered(context: Context, now: Temporal.Instant): Promise<void> {
  const { pool } = context.database
  const { settings } = (await directory(context)).office
  // What ended on its last day is still seen on the next.
  const erased = officeDay(now).subtract({ days: 1 })
  await each(
    context,
    () => lostAnswers(pool, erased, foundAtOnce),
    async (client, request, mailId) => {
      const answer = await writeUndelivered(client, mailId, now)
      if (answer === null || !waitsAgain(request, answer)) return
      const opened = await reopenRequest(client, request.id, { eraseOn: eraseDay(settings, now), at: answer.owedSince })
      if (opened)
        await recordEvent(client, {
          at: now,
          kind: 'request-reopened',
          actor: 'system',
          channel: 'email',
          reason: 'undelivered',
          details: { request: request.id, mail: mailId },
        })
      await writeWaiting(client, answer.threadId, answer.owedSince)
    },
  )
  const since = now.subtract({ hours: 24 * (settings['erase-after-days'] + 1) })
  await each(
    context,
    () => answersArrived(pool, since, foundAtOnce),
    async (client, request, mailId) => {
      const answer = await writeArrived(client, mailId)
      if (answer !== null && answer.isLast && request.state === 'open') await writeAnswered(client, answer.threadId, now)
    },
  )
}

/** Each found in a transaction of its own: whoever waits for one request holds up no other. */
async function each(
  context: Context,
  find: () => Promise<readonly FoundAnswer[]>,
  note: (client: Queryable, request: RequestRow, mailId: number) => Promise<void>,
): Promise<void> {
  for (let some = foundAtOnce; some === foundAtOnce;) {
    const found = await find()
    for (const { mailId, request: reference } of found)
      await transaction(context.database, async (client) => {
        const request = await lockRequest(client, reference)
        if (request !== null) await note(client, request, mailId)
      })
    some = found.length
  }
}
