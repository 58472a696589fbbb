/**
 * Who makes a message of which row of the outbox. The start reads the outbox with these; rows of
 * other kinds are nobody's.
 */
import { bookingComposers, feedbackComposers, reminderComposers, waitingComposers } from './booking/index.js'
import { entranceComposers } from './entrance/index.js'
import { inboxComposers } from './inbox/index.js'
import { queueComposers } from './queue/index.js'
import type { Composers } from './messages/index.js'

export const composers: Composers = {
  ...bookingComposers,
  ...reminderComposers,
  ...feedbackComposers,
  ...queueComposers,
  ...waitingComposers,
  ...inboxComposers,
  ...entranceComposers,
}
