/** What waits for a person of the staff, told where they begin. */
import type { Context } from '../platform/context.js'
import type { Translate } from '../platform/words.js'
import { openCountFor, undeliveredFor } from '../booking/index.js'
import { directory } from '../directory/index.js'
import { countUnreached } from '../messages/index.js'
import { hasRole, type Notice, type Staff } from '../staff/index.js'
import { contactsToConfirm } from './contacts/routes.js'
import { actsToRead } from './publication/unread.js'
import { callsOwed } from './review/index.js'
import { reviewers } from './review/model.js'
import { mattersOf } from './review/rules.js'
import { countItems } from './review/store.js'

/** Only what waits: nothing is said of what is done. */
export async function noticesFor(context: Context, t: Translate, staff: Staff): Promise<readonly Notice[]> {
  const said = (key: string, href: string, values: Record<string, number>): Notice[] =>
    values['count'] === 0 ? [] : [{ href, text: t(`administration-contacts-staff.notice.${key}`, values) }]
  const contacts = said('contacts', '/praca/kontakty', { count: await contactsToConfirm(context, staff) })
  const requests = await requestsWaiting(context, t, staff)
  const unread = await actsToRead(context, staff)
  const acts =
    unread === 0 ? [] : [{ href: '/praca/co-sie-zmienia', text: t('administration-publication-staff.notice.read', { count: unread }) }]
  const unreached = hasRole(staff, ['administrator']) ? await countUnreached(context.database.pool) : 0
  const messages = unreached === 0 ? [] : [{ href: '/praca/wiadomosci', text: t('messages-staff.notice', { count: unreached }) }]
  const toRing = await undeliveredFor(context, staff, await directory(context))
  const undelivered = toRing === 0 ? [] : [{ href: '/praca/niedoreczone', text: t('booking-undelivered-staff.notice', { count: toRing }) }]
  if (!hasRole(staff, reviewers)) {
    const calls = said('calls', '/praca/przeglad/telefony', { count: (await callsOwed(context, t, staff)).length })
    return [...requests, ...calls, ...undelivered, ...messages, ...contacts, ...acts]
  }
  const count = await countItems(context.database.pool, mattersOf(staff, await directory(context)), context.clock.now())
  return [
    ...requests,
    ...said('review', '/praca/przeglad', { count: count.open, late: count.late }),
    ...said('calls', '/praca/przeglad/telefony', { count: count.toCall }),
    ...undelivered,
    ...messages,
    ...contacts,
    ...acts,
  ]
}

/** Forms, calls and mails nobody answered in time, and calls that are due, for who runs the unit or the service office. */
async function requestsWaiting(context: Context, t: Translate, staff: Staff): Promise<readonly Notice[]> {
  if (!hasRole(staff, ['head', 'service-office', 'administrator'])) return []
  const { overdue, ring } = await openCountFor(context, staff)
  return [
    ...(overdue === 0 ? [] : [{ href: '/praca/prosby', text: t('booking-requests-staff.notice.overdue', { count: overdue }) }]),
    ...(ring === 0 ? [] : [{ href: '/praca/prosby?kanal=ring', text: t('booking-requests-staff.notice.ring', { count: ring }) }]),
  ]
}
