/** What somebody is told of an entry: the code that confirms it, and where times are left when it won none. */
import { setting } from '../../platform/decision.js'
import type { Composer } from '../../messages/index.js'
import { wallTime, pageWords } from '../../platform/words.js'
import { basisText } from '../../ui/index.js'
import { bothText, fullName } from '../../directory/index.js'
import { entryById } from './entry-store.js'
import { heldAt } from './rules.js'
import { drawById } from './store.js'

/** A message asked for again is made by its own row; one overtaken by it says nothing. */
export const lotCode: Composer = async (database, payload, { office }) => {
  const entry = await entryById(database, Number(payload['entry']))
  const service = entry === null ? undefined : office.services.get(entry.serviceId)
  const draw = entry === null ? null : await drawById(database, entry.drawId)
  if (entry?.state !== 'pending' || entry.round !== payload['round'] || service === undefined || draw === null) return null
  const { reference, round } = entry
  const { email, phone } = entry.person
  return {
    to: { email, phone },
    language: entry.language,
    visitId: null,
    anybody: true,
    subject: { key: 'booking-messages.lot-code.subject' },
    lines: [
      { key: 'booking-messages.lot-code', values: { code: { secret: 'code', reference, round } } },
      { key: 'booking-messages.lot-code.until', values: { time: wallTime(heldAt(draw)) } },
      { key: 'booking-messages.service', values: { service: bothText(fullName(pageWords(entry.language), service)) } },
      { key: 'booking-messages.pending.mistake' },
      { key: 'decision.basis', values: { list: basisText(pageWords(entry.language), setting('lot-confirm-minutes')) } },
    ],
    link: { href: { secret: 'lot-link', reference, round }, label: { key: 'booking-messages.link.lot' } },
    short: [
      {
        key: 'booking-messages.short.lot-code',
        values: { code: { secret: 'code', reference, round }, time: wallTime(heldAt(draw)), office: office.office.name },
      },
    ],
    atOnce: true,
    usefulUntil: heldAt(draw),
  }
}

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
    anybody: entry.confirmedAt === null,
    subject: { key: 'booking-messages.lot-lost.subject' },
    lines: [
      { key: `booking-messages.lot-lost${entry.reason === 'not-confirmed' ? '.not-confirmed' : ''}` },
      { key: 'booking-messages.service', values: { service: bothText(fullName(pageWords(entry.language), service)) } },
      { key: 'booking-messages.lot-lost.left' },
      { key: 'booking-messages.lot-lost.list' },
    ],
    link: { href: times, label: { key: 'booking-messages.link.times' } },
    short: [{ key: 'booking-messages.short.lot-lost', values: { office: office.office.name } }],
    more: [{ href: `/sprawy/${service.id}/lista`, label: { key: 'booking-messages.link.list' } }],
  }
}
