/**
 * Settings of how messages leave, from the environment. Passwords and tokens may lie in files of
 * their own; none is ever repeated in a sentence.
 */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { reasonOf, SetupError } from './setup-error.js'

export interface MailSettings {
  readonly host: string
  readonly port: number
  /** `implicit` from the first byte, `required` by STARTTLS, `none` in the clear. */
  readonly tls: 'implicit' | 'required' | 'none'
  /** Certificates of those who may vouch for the server, as PEM; null: those Node.js knows. */
  readonly ca: string | null
  readonly user: string | null
  readonly password: string | null
  /** Messages handed over side by side. */
  readonly connections: number
  /** The address messages come from. */
  readonly from: string
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null
}

export interface SmsSettings {
  readonly provider: 'smsapi' | 'smseagle'
  /** Where its API is, without a slash at the end. */
  readonly url: string
  readonly token: string
  /** The name the message comes from, where the provider has one registered. */
  readonly from: string | null
}

/** How messages leave this installation; null: not by this way. */
export interface WaysOut {
  readonly email: MailSettings | null
  readonly sms: SmsSettings | null
}

export const noWaysOut: WaysOut = { email: null, sms: null }

type Value = (name: string) => string | null

export function readWaysOut(value: Value): WaysOut {
  return { email: readMail(value), sms: readSms(value) }
}

const mailAddress = /^[^\s<>()[\]\\,;:"@]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i

function readMail(value: Value): MailSettings | null {
  const said = value('OKIENKO_SMTP')
  if (said === null) return null
  const url = URL.parse(said)
  // The value is not repeated: somebody may have put a password into it.
  if (
    url === null ||
    !/^smtps?:$/.test(url.protocol) ||
    url.hostname === '' ||
    url.password !== '' ||
    /[^/]/.test(url.pathname + url.search)
  )
    throw new SetupError('smtp')
  const from = value('OKIENKO_MAIL_FROM')
  if (from === null || !mailAddress.test(from)) throw new SetupError('mail-from', { value: from ?? '' })
  const implicit = url.protocol === 'smtps:'
  const user = url.username === '' ? null : decodeURIComponent(url.username)
  const password = readSecret(value, 'OKIENKO_SMTP_PASSWORD')
  if ((user === null) !== (password === null)) throw new SetupError('smtp-password')
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    tls: readTls(value, implicit),
    ca: readFile(value, 'OKIENKO_SMTP_CA'),
    user,
    password,
    connections: readConnections(value('OKIENKO_SMTP_CONNECTIONS') ?? '5'),
    from,
    dkim: readDkim(value, from),
  }
}

function readTls(value: Value, implicit: boolean): MailSettings['tls'] {
  const said = value('OKIENKO_SMTP_TLS') ?? 'required'
  if ((said !== 'required' && said !== 'none') || (implicit && said === 'none')) throw new SetupError('smtp-tls', { value: said })
  return implicit ? 'implicit' : said
}

function readConnections(said: string): number {
  if (!/^([1-9]|[1-4]\d|50)$/.test(said)) throw new SetupError('smtp-connections', { value: said })
  return Number(said)
}

function readDkim(value: Value, from: string): MailSettings['dkim'] {
  const selector = value('OKIENKO_DKIM_SELECTOR')
  const privateKey = readFile(value, 'OKIENKO_DKIM_KEY')
  if (selector === null && privateKey === null) return null
  if (selector === null || privateKey === null || !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(selector)) throw new SetupError('dkim')
  try {
    if (createPrivateKey(privateKey).asymmetricKeyType !== 'rsa') throw new SetupError('dkim')
  } catch {
    throw new SetupError('dkim')
  }
  return { domain: from.slice(from.indexOf('@') + 1), selector, privateKey }
}

function readSms(value: Value): SmsSettings | null {
  const provider = value('OKIENKO_SMS')
  if (provider === null) return null
  if (provider !== 'smsapi' && provider !== 'smseagle') throw new SetupError('sms', { value: provider })
  const said = value('OKIENKO_SMS_URL') ?? (provider === 'smsapi' ? 'https://api.smsapi.pl' : '')
  const url = URL.parse(said)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new SetupError('sms-url', { value: said })
  const token = readSecret(value, 'OKIENKO_SMS_TOKEN')
  if (token === null || !/^[\x21-\x7e]+$/.test(token)) throw new SetupError('sms-token')
  const from = value('OKIENKO_SMS_FROM')
  if (from !== null && !/^[a-z0-9 .-]{1,11}$/i.test(from)) throw new SetupError('sms-from', { value: from })
  return { provider, url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), token, from }
}

/** What `NAME` says, or what stands in the file that `NAME_FILE` names; both is an error. */
function readSecret(value: Value, name: string): string | null {
  const said = value(name)
  const file = readFile(value, `${name}_FILE`)
  if (said !== null && file !== null) throw new SetupError('secret-twice', { name })
  return said ?? (file?.trim() || null)
}

function readFile(value: Value, name: string): string | null {
  const file = value(name)
  if (file === null) return null
  try {
    return readFileSync(path.resolve(file), 'utf8')
  } catch (error) {
    throw new SetupError('setting-file', { name, file, reason: reasonOf(error) })
  }
}
