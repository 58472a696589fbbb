/**
 * What the end of a question to an SMS provider proves of the message, in one table. `away`: it was not
 * accepted and may be sent again without becoming two; `refused`: it was not, and never will be; `unknown`:
 * it may have been accepted, and an SMS is not sent again by itself.
 *
 * Sources: RFC 9110 (HTTP) for statuses; the errors of Node's sockets, resolver and TLS for the rest. What a provider
 * says in its own words comes before: smsapi.ts and smseagle.ts, each with its source.
 */
import type { Handed } from '../model.js'

type Proves = 'away' | 'refused' | 'unknown'

interface Row {
  readonly statuses: readonly number[]
  readonly proves: Proves
}

/** The first row that has the status counts; one that stands in none may have been accepted. */
const table: readonly Row[] = [
  // §15.4: the address has moved, and redirects are not followed: nobody there takes messages. §15.5.5, .6, .11: nor here.
  { statuses: [300, 301, 302, 303, 304, 307, 308, 404, 405, 410], proves: 'away' },
  // §15.5.2–4, .8: who we are, or what is paid for: asked before anything is done.
  { statuses: [401, 402, 403, 407], proves: 'away' },
  // §15.5.9: the question did not come whole. §15.5.20, RFC 8470 and 6585 §4: not here, not yet, not so many.
  { statuses: [408, 421, 425, 429], proves: 'away' },
  // §15.6.2, .6: the server cannot do this at all.
  { statuses: [501, 505], proves: 'away' },
  // §15.5.1, .12–.16, .18, .21, RFC 6585 §5: what is asked is wrong, and will be the next time.
  { statuses: [400, 406, 411, 413, 414, 415, 416, 417, 422, 426, 428, 431], proves: 'refused' },
  // §15.5.10: it does not fit what the server has, which may be this very message. §15.6.1, .3, .5: it broke off, or what stands
  // before it did not hear the end.
  { statuses: [409, 500, 502, 504], proves: 'unknown' },
]

/** §15.6.4: refused for a while where the server says for how long; without it a proxy may say so of a question that broke off behind it. */
const unavailable = 503

/** What a status alone means; `retryAfter` is the header, where there is one. */
export function meaningOfStatus(status: number, retryAfter: string | null): Exclude<Handed, { how: 'accepted' | 'later' }> {
  const fault = `HTTP ${status}`
  const row: Proves =
    status === unavailable
      ? retryAfter === null
        ? 'unknown'
        : 'away'
      : (table.find(({ statuses }) => statuses.includes(status))?.proves ?? 'unknown')
  return row === 'refused' ? { how: row, reason: 'not-accepted', fault } : { how: row, fault }
}

/** Nothing was said: no name, no way there, nobody who listens, no connection in time. */
const unopened = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

interface Fault {
  readonly code?: string
  readonly syscall?: string
  /** Of a name with several addresses: one each. */
  readonly errors?: readonly Fault[]
}

/** Did the conversation end before anything was said? Anything else may have broken off after. */
export function isUnsaid({ code = '', syscall, errors = [] }: Fault): boolean {
  if (unopened.has(code) || syscall === 'connect' || isUntrusted(code)) return true
  return errors.length > 0 && errors.every(isUnsaid)
}

/** Is it the code of a handshake of TLS that failed: nobody vouches for the other side, or it speaks otherwise? */
export function isUntrusted(code: string): boolean {
  return /CERT|ISSUER|SELF_SIGNED|SIGNATURE|HANDSHAKE|WRONG_VERSION|UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS|PACKET_LENGTH/.test(
    code,
  )
}
