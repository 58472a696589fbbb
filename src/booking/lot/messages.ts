/** What somebody is told whose wishes a draw could not meet: where times are left, and the list for freed ones. */
import type { Composer } from '../../messages/index.js'
import { entryById } from './store.js'

export const lotLost: Composer = async (database, payload, { office }) => {
  const entry = await entryById(database, Number(payload['entry']))
  const service = entry === null ? undefined : office.services.get(entry.serviceId)
  if (entry?.state !== 'lost' || service === undefined) return null
  const { email, phone } = entry.person
  const times = `/sprawy/${service.id}/terminy`
  return {
    to: { email, phone },
    language: entry.language,
    visitId: null,
    anybody: true,
    subject: { key: 'booking-messages.lot-lost.subject' },
    lines: [
      { key: 'booking-messages.lot-lost' },
      { key: 'booking-messages.service', values: { service: service.name } },
      { key: 'booking-messages.lot-lost.left' },
      { key: 'booking-messages.lot-lost.list' },
    ],
    link: { href: times, label: { key: 'booking-messages.link.times' } },
    more: [{ href: `/sprawy/${service.id}/lista`, label: { key: 'booking-messages.link.list' } }],
  }
}
