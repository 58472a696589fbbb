/** What a reminder says: when to come, where, what to bring, and how to cancel. */
import { bringIn, bothText } from '../../directory/index.js'
import type { Composers } from '../../messages/index.js'
import { pageWords } from '../../platform/words.js'
import { cancelLink, line, placeLines, shortLink, shortly, shortPlace, subject, told, visitLines, visitLink } from '../message-parts.js'

export const reminderComposers: Composers = {
  // Cancelled, moved or come in meanwhile: there is nothing to remind of.
  'visit-reminder': told((known, _, payload) => {
    const { visit, service, office } = known
    if (visit.state !== 'booked' || !visit.startsAt.equals(String(payload['start']))) return null
    const t = pageWords(visit.language)
    const services = [service, ...visit.moreServiceIds.flatMap((id) => office.services.get(id) ?? [])]
    const bring = [...new Set(services.flatMap((each) => bringIn(t, each).map(bothText)))]
    return {
      // Shortly before, whoever left a number has it at hand and may not look at mails.
      ...(payload['kind'] === 'hours' ? { first: 'sms' as const } : {}),
      subject: subject('reminder', known),
      lines: [
        line('reminder'),
        ...visitLines(known),
        ...placeLines(known),
        ...(bring.length === 0 ? [] : [line('reminder.bring', { list: bring.join('; ') })]),
        line('reminder.cancel'),
      ],
      link: visitLink(known, 'link.visit'),
      more: [cancelLink(known)],
      short: [shortly(known, 'reminder'), shortPlace(known), shortLink(known, 'cancel')],
      usefulUntil: visit.startsAt,
    }
  }),
}
