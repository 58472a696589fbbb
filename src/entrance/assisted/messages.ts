/** Letters of the door, composed for whoever left an e-mail there. */
import { phoneForReading } from '../../platform/words.js'
import type { Composers } from '../../messages/index.js'
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
}
