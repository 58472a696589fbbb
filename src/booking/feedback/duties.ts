/** Whoever was served is asked once how it was, a while later. */
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import type { Duty } from '../../platform/duties.js'
import { newReference } from '../../platform/references.js'
import { directory } from '../../directory/index.js'
import { linkDays } from './model.js'
import { forgetInvitations, invite, toAsk } from './store.js'

/** Visits that ended longer ago are not asked of any more, such as after the setting was switched on. */
const askedWithinHours = 24
const atOnceMax = 200

export const feedbackDuties: readonly Duty[] = [{ name: 'ask-feedback', everyMinutes: 5, run: askFeedback }]

export async function askFeedback(context: Context, now: Temporal.Instant): Promise<void> {
  const { pool } = context.database
  const today = officeDay(now)
  await forgetInvitations(pool, today.subtract({ days: linkDays }))
  const office = await directory(context)
  const minutes = office.office.settings['feedback-minutes']
  if (minutes === 0) return
  const until = now.subtract({ minutes })
  const after = until.subtract({ hours: askedWithinHours })
  const days = [today, today.subtract({ days: 1 }), today.subtract({ days: 2 })]
  for (;;) {
    const served = await toAsk(pool, days, after, until, atOnceMax)
    const invitations = served.flatMap((each) => {
      const unitId = office.services.get(each.serviceId)?.unitId
      return unitId === undefined ? [] : [{ ...each, unitId, reference: newReference() }]
    })
    await invite(pool, invitations, now)
    // A matter that is of no unit any more is left out, and would be found again and again.
    if (served.length < atOnceMax || invitations.length === 0) return
  }
}
