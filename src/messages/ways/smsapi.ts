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
/** Its numbers, after https://www.smsapi.pl/statusy-wiadomosci ("Kody błędów"). */
const numbers = {
  /** Wrong or missing number, a landline, or one that asked for no SMS. */
  badNumber: [13],
  /** The message itself: empty, too long, signs that may not stand in it, a link the provider does not let through. */
  badMessage: [11, 12, 17, 94, 96],
  /** This `idx` was taken already. */
  taken: [53],
  /** Faults of its own: nobody knows what it had done by then. */
  broken: [8, 201, 999],
} as const satisfies Record<string, readonly number[]>
const isOneOf = (kind: keyof typeof numbers, error: number): boolean => numbers[kind].some((each) => each === error)

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

function readAnswer(status: number, body: unknown): Handed | null {
  const { error, list } = (body ?? {}) as { error?: unknown; list?: readonly { id?: unknown }[] }
  if (status === 200 && Array.isArray(list) && typeof list[0]?.id === 'string') return { how: 'accepted', providerId: list[0].id }
  if (typeof error === 'number') {
    const fault = `SMSAPI ${error}`
    if (isOneOf('taken', error)) return { how: 'accepted', providerId: null }
    if (isOneOf('badNumber', error)) return { how: 'refused', reason: 'refused-by-recipient', fault }
    if (isOneOf('badMessage', error)) return { how: 'refused', reason: 'not-accepted', fault }
    if (isOneOf('broken', error)) return { how: 'unknown', fault }
    // Who we are, what is paid for, how we ask: of all messages, and asked before one is taken.
    return { how: 'away', fault }
  }
  return null
}

/** 404 delivered; 402, 405, 406, 407 and 412 mean it never will be; 403, 409, 410 and 411 are on the way. Any other says nothing: null. */
export function smsapiStatus(status: string): ReportMeaning | null {
  if (status === '404') return 'delivered'
  if (['402', '405', '406', '407', '412'].includes(status)) return 'not-delivered'
  return ['403', '409', '410', '411'].includes(status) ? 'under-way' : null
}
