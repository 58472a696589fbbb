/**
 * SMS by a gateway in the office's own network, in the manner of SMSEagle: its API v2,
 * https://www.smseagle.eu/docs/apiv2/ ("Messages", POST /messages/sms).
 * The gateway queues the message on its modem; what became of it is told by its callback.
 */
import type { SmsSettings } from '../../platform/config-messages.js'
import { smsOf, smsRules } from '../content/sms.js'
import type { Delivery, Handed, ReportMeaning } from '../model.js'
import { ask } from './http.js'

/** A modem sends one at a time; more would only wait at the gateway. */
const parallel = 2

export function smseagle({ url, token }: SmsSettings): Delivery {
  return {
    way: 'sms',
    name: 'smseagle',
    parallel,
    repeatable: false,
    async deliver(letter, office) {
      if (letter.to.phone === null) return { how: 'refused', reason: 'refused-by-recipient', fault: 'no-phone' }
      const text = smsOf(letter, smsRules(office))
      const body = JSON.stringify({
        to: [letter.to.phone],
        text,
        // "standard" is the GSM alphabet, which has neither Polish letters nor Cyrillic.
        encoding: /^[\n\r\x20-\x7e]*$/.test(text) ? 'standard' : 'unicode',
        oid: letter.reference,
      })
      const headers = { 'access-token': token, 'content-type': 'application/json', accept: 'application/json' }
      return ask(`${url}/api/v2/messages/sms`, { headers, body }, readAnswer)
    },
  }
}

/** One entry for each number: `{ status: 'queued', message: 'OK', number, id }`. */
function readAnswer(status: number, body: unknown): Handed | null {
  const [entry] = (Array.isArray(body) ? body : []) as readonly { status?: unknown; id?: unknown }[]
  if (status >= 200 && status < 300 && entry !== undefined) {
    if (entry.status === 'queued') return { how: 'accepted', providerId: isName(entry.id) ? String(entry.id) : null }
    return { how: 'refused', reason: 'refused-by-recipient', fault: 'SMSEAGLE entry' }
  }
  return null
}

const isName = (id: unknown): id is string | number => typeof id === 'string' || typeof id === 'number'

/** Words of its callback about a message it sent; any other says nothing: null. */
export function smseagleStatus(status: string): ReportMeaning | null {
  if (/^(delivered|deliveryok)$/i.test(status)) return 'delivered'
  if (/^(error|failed|undelivered|notdelivered|deliveryfailed|sendingerror)$/i.test(status)) return 'not-delivered'
  return /^(sent|sending|sendingok|sendingoknoreport|queued|pending|deliverypending)$/i.test(status) ? 'under-way' : null
}
