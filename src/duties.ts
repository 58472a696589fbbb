/**
 * Everything the program does by itself, by the office's clock. The start looks after these.
 */
import { expireHolds, feedbackDuties, lapsePending, lookAfterList, lotDuties, reminderDuties } from './booking/index.js'
import { entranceDuties } from './entrance/index.js'
import { deviceDuties } from './device/index.js'
import { inboxDuties } from './inbox/index.js'
import { kioskDuties } from './kiosk/index.js'
import { displayDuties } from './display/index.js'
import { officeDay } from './platform/clock.js'
import { passDuties } from './pass/index.js'
import type { Duty } from './platform/duties.js'
import { privacyDuties } from './privacy/index.js'
import { closeForgottenDesks, queueDuties } from './queue/index.js'
import { closeDay } from './visit/index.js'
import { reviewDuties } from './administration/index.js'

export const duties: readonly Duty[] = [
  {
    name: 'offer-freed-times',
    everyMinutes: 1,
    run: lookAfterList,
  },
  {
    name: 'expire-holds',
    everyMinutes: 1,
    run: async (context, now) => void (await expireHolds(context, now)),
  },
  {
    name: 'lapse-pending',
    everyMinutes: 1,
    run: async (context, now) => void (await lapsePending(context, now)),
  },
  {
    // Whatever a day left open is ended once the day is over: nobody stays in a queue or at a desk overnight.
    name: 'close-days',
    everyMinutes: 15,
    async run(context, now) {
      await closeDay(context, officeDay(now).subtract({ days: 1 }), now)
      await closeForgottenDesks(context, now)
    },
  },
  ...lotDuties,
  ...reminderDuties,
  ...feedbackDuties,
  ...queueDuties,
  ...entranceDuties,
  ...displayDuties,
  ...privacyDuties,
  ...passDuties,
  ...deviceDuties,
  ...kioskDuties,
  ...reviewDuties,
  ...inboxDuties,
]
