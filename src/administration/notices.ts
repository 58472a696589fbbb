/** What waits for a person of the staff, told where they begin. */
import type { Context } from '../platform/context.js'
import type { Translate } from '../platform/words.js'
import { directory } from '../directory/index.js'
import { countUnreached } from '../messages/index.js'
import { hasRole, type Notice, type Staff } from '../staff/index.js'
import { contactsToConfirm } from './contacts/routes.js'
import { actsToRead } from './publication/unread.js'
import { reviewers } from './review/model.js'
import { mattersOf } from './review/rules.js'
import { countItems } from './review/store.js'

/** Only what waits: nothing is said of what is done. */
export async function noticesFor(context: Context, t: Translate, staff: Staff): Promise<readonly Notice[]> {
  const said = (key: string, href: string, values: Record<string, number>): Notice[] =>
    values['count'] === 0 ? [] : [{ href, text: t(`administration-contacts-staff.notice.${key}`, values) }]
  const contacts = said('contacts', '/praca/kontakty', { count: await contactsToConfirm(context, staff) })
  const unread = await actsToRead(context, staff)
  const acts =
    unread === 0 ? [] : [{ href: '/praca/co-sie-zmienia', text: t('administration-publication-staff.notice.read', { count: unread }) }]
  const unreached = hasRole(staff, ['administrator']) ? await countUnreached(context.database.pool) : 0
  const messages = unreached === 0 ? [] : [{ href: '/praca/wiadomosci', text: t('messages-staff.notice', { count: unreached }) }]
  if (!hasRole(staff, reviewers)) return [...messages, ...contacts, ...acts]
  const count = await countItems(context.database.pool, mattersOf(staff, await directory(context)), context.clock.now())
  return [
    ...said('review', '/praca/przeglad', { count: count.open, late: count.late }),
    ...said('calls', '/praca/przeglad/telefony', { count: count.toCall }),
    ...messages,
    ...contacts,
    ...acts,
  ]
}
