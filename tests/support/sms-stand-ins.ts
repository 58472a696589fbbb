/**
 * The two SMS providers on loopback, after what is publicly known of them (docs/decisions/0026-sending.md): they
 * keep what they accepted, answer as ours is told to expect, and misbehave on demand.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { promisify } from 'node:util'
import { until } from './smtp.js'

export interface TakenSms {
  readonly id: string
  readonly to: string
  readonly text: string
  /** Our own name of it: `idx` or `oid`. */
  readonly name: string
  readonly notifyUrl: string | null
}

export type SmsMood =
  | 'kind'
  /** Answers 500 without taking it; takes it and breaks the connection. */
  | 'fails'
  | 'drops-after'
  /** A number it cannot send to; no money left; a wrong token, whatever it is. */
  | 'bad-number'
  | 'no-credit'
  /** Reports before it answers. */
  | 'reports-first'

export interface SmsStandIn {
  readonly url: string
  readonly token: string
  readonly taken: TakenSms[]
  mood: SmsMood
  /** Answers this instead, without taking anything. */
  says: { readonly status: number; readonly retryAfter?: string; readonly body?: unknown } | null
  /** Sends a report first where the mood says so. */
  report: (sms: TakenSms) => Promise<void>
  /** Resolves once nobody is connected and every question is answered. */
  quiet(): Promise<void>
  close(): Promise<void>
}

type Answer = (request: IncomingMessage, body: string, standIn: SmsStandIn) => Promise<{ status: number; body: unknown } | null>

async function standIn(answer: Answer): Promise<SmsStandIn> {
  let asked = 0
  const server: Server = createServer((request, response) => {
    asked += 1
    void serve(request, response)
      .catch(() => undefined)
      .finally(() => {
        asked -= 1
      })
  })
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    if (made.says !== null) {
      const { status, retryAfter, body } = made.says
      return void response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end(JSON.stringify(body ?? {}))
    }
    if (made.mood === 'fails') return void response.writeHead(500).end('<h1>Internal Server Error</h1>')
    const said = await answer(request, Buffer.concat(parts).toString('utf8'), made)
    if (said === null) return void request.socket.destroy()
    response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const made: SmsStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'tajny-token',
    taken: [],
    mood: 'kind',
    says: null,
    report: () => Promise.resolve(),
    quiet: () => until(async () => asked === 0 && (await promisify(server.getConnections.bind(server))()) === 0),
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  after(() => made.close())
  return made
}

/** Takes a message and says so, by the mood. */
async function take(made: SmsStandIn, sms: TakenSms): Promise<boolean> {
  made.taken.push(sms)
  if (made.mood === 'reports-first') await made.report(sms)
  return made.mood !== 'drops-after'
}

const error = (code: number, message: string) => ({ status: 200, body: { error: code, message } })

/** SMSAPI.pl: errors are answered with 200 and a number; one `idx` is taken once. */
export function smsapiStandIn(): Promise<SmsStandIn> {
  return standIn(async (request, body, made) => {
    if (request.method !== 'POST' || request.url !== '/sms.do') return { status: 404, body: {} }
    if (request.headers.authorization !== `Bearer ${made.token}`) return error(101, 'Authorization failed')
    const form = new URLSearchParams(body)
    const [to = '', text = '', name = ''] = ['to', 'message', 'idx'].map((field) => form.get(field) ?? '')
    if (form.get('format') !== 'json' || form.get('encoding') !== 'utf-8') return { status: 200, body: 'ERROR:11' }
    if (text === '') return error(11, 'Message too long or there is no message')
    if (made.mood === 'bad-number' || !/^48\d{9}$/.test(to)) return error(13, 'No correct phonenumbers')
    if (made.mood === 'no-credit') return error(103, 'Insufficient credits on Your account')
    if (form.get('check_idx') === '1' && made.taken.some((each) => each.name === name)) return error(53, 'Wrong idx: not unique')
    const id = `5E0${made.taken.length}F`
    const sms = { id, to, text, name, notifyUrl: form.get('notify_url') }
    if (!(await take(made, sms))) return null
    const entry = { id, points: 0.16, number: to, date_sent: 0, submitted_number: to, status: 'QUEUE', error: null, idx: name, parts: 1 }
    return { status: 200, body: { count: 1, list: [entry] } }
  })
}

/** SMSEagle, API v2: an entry for each number. */
export function smseagleStandIn(): Promise<SmsStandIn> {
  return standIn(async (request, body, made) => {
    if (request.method !== 'POST' || request.url !== '/api/v2/messages/sms') return { status: 404, body: { message: 'Not found' } }
    if (request.headers['access-token'] !== made.token) return { status: 401, body: { message: 'Invalid access token' } }
    const asked = JSON.parse(body) as { to?: string[]; text?: string; oid?: string; encoding?: string }
    const [to] = asked.to ?? []
    if (to === undefined || !asked.text || (asked.oid ?? '').length > 36) return { status: 400, body: { message: 'Wrong parameters' } }
    if (made.mood === 'bad-number' || !/^\+48\d{9}$/.test(to))
      return { status: 200, body: [{ status: 'error', message: 'Invalid phone number', number: to, id: null }] }
    if (made.mood === 'no-credit') return { status: 403, body: { message: 'Forbidden' } }
    const id = 300 + made.taken.length
    if (!(await take(made, { id: String(id), to, text: asked.text, name: asked.oid ?? '', notifyUrl: null }))) return null
    return { status: 200, body: [{ status: 'queued', message: 'OK', number: to, id }] }
  })
}
