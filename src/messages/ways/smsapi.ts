/**
 * SMS by a provider over the internet, in the manner of SMSAPI.pl: https://www.smsapi.pl/docs
 * ("Pojedynczy SMS", "Raporty Callback", "Lista statusów doręczenia", "Kody błędów").
 *
 * The provider answers 200 to errors too and names them by a number. `idx` is our own name of the
 * message; with `check_idx` the provider takes one only once in a day and a night.
 */
import type { SmsSettings } from '../../platform/config-messages.js'
import type { Context } from '../../platform/context.js'
import { smsOf, smsRules } from '../content/sms.js'
import type { Delivery, Handed, ReportMeaning } from '../model.js'
import { reportPath } from '../names.js'
import { ask } from './http.js'

const parallel = 4
/** Wrong or missing number. */
const badNumber = new Set([13])
/** This `idx` was taken already. */
const taken = 53
/** The message itself: empty, too long, signs that may not stand in it, a link the provider does not let through. */
const badMessage = new Set([11, 12, 17, 94, 96])

export function smsapi(context: Pick<Context, 'secrets' | 'publicUrl'>, { url, token, from }: SmsSettings): Delivery {
  return {
    way: 'sms',
    name: 'smsapi',
    parallel,
    repeatable: false,
    async deliver(letter, office) {
      if (letter.to.phone === null) return { how: 'refused', reason: 'refused-by-recipient', fault: 'no-phone' }
      const body = new URLSearchParams({
        to: letter.to.phone.replace(/^\+/, ''),
        message: smsOf(letter, smsRules(office)),
        encoding: 'utf-8',
        format: 'json',
        idx: letter.reference,
        check_idx: '1',
        notify_url: `${context.publicUrl}${reportPath(context)}`,
        ...(from === null ? {} : { from }),
      })
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' }
      return ask(`${url}/sms.do`, { headers, body: body.toString() }, readAnswer)
    },
  }
}

function readAnswer(status: number, body: unknown): Handed {
  const { error, list } = (body ?? {}) as { error?: unknown; list?: readonly { id?: unknown }[] }
  if (status === 200 && Array.isArray(list) && typeof list[0]?.id === 'string') return { how: 'accepted', providerId: list[0].id }
  if (typeof error === 'number') {
    const fault = `SMSAPI ${error}`
    if (error === taken) return { how: 'accepted', providerId: null }
    if (badNumber.has(error)) return { how: 'refused', reason: 'refused-by-recipient', fault }
    if (badMessage.has(error)) return { how: 'refused', reason: 'not-accepted', fault }
    // Who we are, what is paid for, its own faults: of all messages.
    return { how: 'away', fault }
  }
  if (status === 401 || status === 403 || status === 429) return { how: 'away', fault: `HTTP ${status}` }
  // Something stood before the provider, or it broke off: nobody knows what it had done by then.
  return { how: 'unknown', fault: `HTTP ${status}` }
}

/** 404 delivered; 402, 405, 406, 407 and 412 mean it never will be; 403, 409, 410 and 411 are on the way. Any other says nothing: null. */
export function smsapiStatus(status: string): ReportMeaning | null {
  if (status === '404') return 'delivered'
  if (['402', '405', '406', '407', '412'].includes(status)) return 'not-delivered'
  return ['403', '409', '410', '411'].includes(status) ? 'under-way' : null
}
