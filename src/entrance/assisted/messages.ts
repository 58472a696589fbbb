/** Letters of the door, composed for whoever left an e-mail there. */
import { officeDay } from '../../platform/clock.js'
import { longDay, phoneForReading, wallTime } from '../../platform/words.js'
import type { Composers } from '../../messages/index.js'
import { findPapers } from '../papers/store.js'
import { findLetter } from './store.js'

const line = (name: string, values?: Readonly<Record<string, string | number>>) => ({
  key: `entrance-messages.${name}`,
  ...(values === undefined ? {} : { values }),
})

export const entranceComposers: Composers = {
  'door-remote-way': async (database, payload, { office }) => {
    const letter = await findLetter(database, Number(payload['letter']))
    const service = office.services.get(letter?.service_id ?? '')
    if (letter?.email == null || service === undefined) return null
    return {
      to: { email: letter.email, phone: null },
      language: 'pl',
      visitId: null,
      eraseOn: letter.erase_on,
      subject: line('remote-way.subject'),
      lines: [line('matter', { matter: service.name }), line('remote-way'), line('call', { phone: phoneForReading(office.office.phone) })],
      link: { href: `/sprawy/${service.id}`, label: line('remote-way.link') },
    }
  },
  // Taken back meanwhile: nothing was left, and nothing is said.
  'door-receipt': async (database, payload, { office }) => {
    const letter = await findLetter(database, Number(payload['letter']))
    const papers = letter?.visit_id == null ? null : await findPapers(database, letter.visit_id)
    if (letter?.email == null || papers === null) return null
    return {
      to: { email: letter.email, phone: null },
      language: 'pl',
      visitId: papers.visitId,
      eraseOn: letter.erase_on,
      subject: line('receipt.subject', { receipt: papers.receipt }),
      lines: [
        line('receipt.left', { day: longDay('pl', officeDay(papers.filedAt)), time: wallTime(papers.filedAt) }),
        line('receipt.for', { unit: office.units.get(papers.unitId)?.name ?? papers.unitId }),
        line('receipt.filed'),
        line('call', { phone: phoneForReading(office.office.phone) }),
      ],
      link: null,
    }
  },
}
