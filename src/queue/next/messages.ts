/** "You are next": of use for a few minutes, so that it is said at once or not at all. */
import { toldOfVisit } from '../../booking/index.js'
import type { Composers, Said } from '../../messages/index.js'
import { spacedTicket } from '../tickets.js'

const usefulMinutes = 5

const line = (name: string, values: Said['values'] = {}): Said => ({ key: `queue-messages.${name}`, values })

export const queueComposers: Composers = {
  'visit-next': toldOfVisit(({ visit, office, now }) => {
    // Called meanwhile, or gone.
    if (visit.state !== 'arrived' || visit.ticket === null) return null
    const ticket = spacedTicket(visit.ticket)
    return {
      first: 'sms',
      subject: line('next.subject', { ticket }),
      lines: [line('next'), line('next.late')],
      link: null,
      short: [line('next.short', { ticket, office: office.office.name }), line('next')],
      atOnce: true,
      usefulUntil: now.add({ minutes: usefulMinutes }),
    }
  }),
}
