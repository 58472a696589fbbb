/** SMS through both providers, their reports, and what a misbehaving provider means. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { testDatabase } from '../../tests/support/office.js'
import { ready, statesOf } from '../../tests/support/sending.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { smsapiStandIn, smseagleStandIn, type SmsStandIn } from '../../tests/support/sms-stand-ins.js'
import { noWaysOut, type SmsSettings } from '../platform/config-messages.js'
import type { Context } from '../platform/context.js'
import { deliveriesOf } from './deliveries.js'
import { messageIdOf, reportPath } from './names.js'
import { messageRoutes, messagesOfVisits, noteBounce } from './index.js'
import { sendDue } from './sender.js'

const office = await testDatabase({ poolSize: 6 })
await smallOffice(office)
const { clock } = office

/** The office with one of the two as its provider. */
function connected(provider: SmsSettings['provider'], { url, token }: SmsStandIn): Context {
  return { ...office.context, waysOut: { ...noWaysOut, sms: { provider, url, token, from: 'Urzad' } } }
}

async function sent(context: Context): Promise<Record<string, number>> {
  await office.context.database.pool.query('truncate message, message_circuit, message_resend')
  await ready(context, { way: 'sms', atOnce: true, visitId: 7 })
  await send(context)
  return statesOf(context)
}

async function send(context: Context): Promise<void> {
  for (const delivery of deliveriesOf(context)) if (delivery.way === 'sms') await sendDue(context, delivery)
}

const providers = [
  { provider: 'smsapi', standIn: smsapiStandIn, delivered: '404', failed: '405', underWay: '403' },
  { provider: 'smseagle', standIn: smseagleStandIn, delivered: 'delivered', failed: 'error', underWay: 'sent' },
] as const

for (const { provider, standIn, ...status } of providers) {
  test(`${provider}: accepted is sent; what it will never take fails; where it may have taken it, that is uncertain`, async () => {
    const gateway = await standIn()
    const context = connected(provider, gateway)
    assert.deepEqual(await sent(context), { sent: 1 })
    assert.equal(gateway.taken[0]?.text, 'Wizyta w srode.', 'as the settings of the office have it')
    gateway.mood = 'bad-number'
    assert.deepEqual(await sent(context), { 'failed refused-by-recipient': 1 })
    gateway.mood = 'no-credit'
    assert.deepEqual(await sent(context), { queued: 1 }, 'money will come')
    gateway.mood = 'fails'
    assert.deepEqual(await sent(context), { 'uncertain uncertain': 1 })
    gateway.mood = 'drops-after'
    const before = gateway.taken.length
    assert.deepEqual(await sent(context), { 'uncertain uncertain': 1 })
    gateway.mood = 'kind'
    clock.moveTo(clock.now().add({ minutes: 5 }))
    await send(context)
    assert.equal(gateway.taken.length, before + 1, 'not again')
    const stranger = { ...context, waysOut: { ...noWaysOut, sms: { ...(context.waysOut.sms as SmsSettings), token: 'inny' } } }
    assert.deepEqual(await sent(stranger), { queued: 1 }, 'a wrong token is nobody’s fault but ours')
    const lost = connected(provider, { ...gateway, url: `${gateway.url}/dawniej` })
    assert.deepEqual(await sent(lost), { queued: 1 }, 'where nobody takes messages none was taken')
    const before301 = gateway.taken.length
    const moved = createServer((_, answer) => void answer.writeHead(301, { location: gateway.url }).end()).listen(0, '127.0.0.1')
    await once(moved, 'listening')
    assert.deepEqual(await sent(connected(provider, { ...gateway, url: `http://127.0.0.1:${(moved.address() as AddressInfo).port}` })), {
      queued: 1,
    })
    moved.close()
    assert.equal(gateway.taken.length, before301)
    await gateway.close()
    assert.deepEqual(await sent(context), { queued: 1 })
  })

  test(`${provider}: reports are taken, twice or before the answer or unknown; none is an error`, async () => {
    const gateway = await standIn()
    const context = connected(provider, gateway)
    const app = await testApp(context, messageRoutes)
    const path = reportPath(context)
    const report = async (fields: Readonly<Record<string, string>>, url = path): Promise<number> => {
      const payload = new URLSearchParams(fields).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answers = [await app.inject({ method: 'POST', url, headers, payload }), await app.inject(`${url}?${payload}`)]
      for (const answer of answers) if (answer.statusCode === 200) assert.equal(answer.body, 'OK')
      return Math.max(...answers.map(({ statusCode }) => statusCode))
    }
    const name = provider === 'smsapi' ? 'idx' : 'oid'
    const id = provider === 'smsapi' ? 'MsgId' : 'msgid'

    assert.deepEqual(await sent(context), { sent: 1 })
    const first = gateway.taken.at(-1) as (typeof gateway.taken)[number]
    if (provider === 'smsapi') assert.equal(first.notifyUrl, `${context.publicUrl}${path}`)
    assert.equal(await report({ [id]: first.id, status: status.underWay }), 200)
    assert.deepEqual(await statesOf(context), { sent: 1 })
    assert.equal(await report({ [id]: first.id, status: status.delivered }), 200)
    assert.deepEqual(await statesOf(context), { delivered: 1 })
    assert.equal(await report({ [name]: first.name, status: status.failed }), 200)
    assert.deepEqual(await statesOf(context), { delivered: 1 }, 'what was delivered stays so')

    assert.deepEqual(await sent(context), { sent: 1 })
    await report({ [name]: gateway.taken.at(-1)?.name ?? '', status: status.failed })
    assert.deepEqual(await statesOf(context), { 'failed not-delivered': 1 })
    const [told] = await messagesOfVisits(context.database.pool, [7])
    assert.deepEqual([told?.way, told?.state, told?.reason], ['sms', 'failed', 'not-delivered'])

    gateway.mood = 'reports-first'
    gateway.report = async (sms) => void (await report({ [name]: sms.name, status: status.delivered }))
    assert.deepEqual(await sent(context), { delivered: 1 }, 'the answer does not say less than the report')
    gateway.mood = 'drops-after'
    assert.deepEqual(await sent(context), { 'uncertain uncertain': 1 })
    for (const unknown of ['', '401', '408', 'received', '???']) await report({ [name]: gateway.taken.at(-1)?.name ?? '', status: unknown })
    assert.deepEqual(await statesOf(context), { 'uncertain uncertain': 1 }, 'what says nothing of it changes nothing')
    await report({ [name]: gateway.taken.at(-1)?.name ?? '', status: status.underWay })
    assert.deepEqual(await statesOf(context), { sent: 1 }, 'whoever reports on it has it')

    const odd = [{}, { status: '404' }, { [id]: "1' or 1=1", status: '404' }, { [name]: 'm1r0t000000000000', status: status.failed }]
    for (const fields of [...odd, { [name]: 'x'.repeat(9_000), status: ','.repeat(9_000) }, { [name]: '\0', status: '\0' }])
      assert.equal(await report(fields), 200)
    assert.deepEqual(await statesOf(context), { sent: 1 })
    assert.equal(await report({ [id]: first.id, status: status.failed }, `/raport-sms/${'0'.repeat(32)}`), 404)
  })
}

for (const { provider, standIn } of providers)
  test(`${provider}: what proves that nothing was accepted is tried again or refused; what does not is uncertain`, async () => {
    const gateway = await standIn()
    const context = connected(provider, gateway)
    const outcome = async (says: SmsStandIn['says']): Promise<string> => {
      gateway.says = says
      return Object.keys(await sent(context)).join()
    }
    const [again, never, unsure] = ['queued', 'failed not-accepted', 'uncertain uncertain']
    for (const status of [301, 401, 402, 403, 404, 405, 408, 410, 421, 425, 429, 501])
      assert.equal(await outcome({ status }), again, `${status}`)
    for (const status of [400, 413, 415, 422]) assert.equal(await outcome({ status }), never, `${status}`)
    for (const status of [200, 409, 418, 500, 502, 503, 504, 520]) assert.equal(await outcome({ status }), unsure, `${status}`)
    assert.equal(await outcome({ status: 503, retryAfter: '120' }), again, 'the server says when')
    if (provider === 'smsapi') {
      for (const error of [101, 103, 105]) assert.equal(await outcome({ status: 200, body: { error } }), again, `SMSAPI ${error}`)
      for (const error of [11, 12]) assert.equal(await outcome({ status: 200, body: { error } }), never, `SMSAPI ${error}`)
      for (const error of [8, 201, 999]) assert.equal(await outcome({ status: 200, body: { error } }), unsure, `SMSAPI ${error}`)
    }
    assert.equal(gateway.taken.length, 0)
  })

const listening = async (server: ReturnType<typeof createNetServer>): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

test('a conversation that never began is tried again, one that broke off is not', async () => {
  const settings = { provider: 'smsapi', token: 'x', from: null } as const
  const outcome = async (url: string): Promise<string> =>
    Object.keys(await sent({ ...office.context, waysOut: { ...noWaysOut, sms: { ...settings, url } } })).join()
  const hangsUp = createNetServer((socket) => void socket.once('data', () => socket.destroy()))
  const port = await listening(hangsUp)
  assert.equal(await outcome(`http://127.0.0.1:${port}`), 'uncertain uncertain', 'it heard the question')
  assert.equal(await outcome(`https://127.0.0.1:${port}`), 'uncertain uncertain', 'broken off in the handshake says too little')
  hangsUp.close()
  assert.equal(await outcome(`http://127.0.0.1:${port}`), 'queued', 'nobody listens')
  assert.equal(await outcome('http://nie-ma.invalid'), 'queued', 'no such name')
  const plain = createNetServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  assert.equal(await outcome(`https://127.0.0.1:${await listening(plain)}`), 'queued', 'it speaks no TLS')
  plain.close()
})

test('a bounce is noted on the e-mail it is about; a late one, a foreign one and one that says it arrived are too', async () => {
  const { context } = office
  const { pool } = context.database
  await pool.query('truncate message, message_circuit, message_resend')
  await ready(context, { visitId: 8 })
  await pool.query(`update message set state = 'sent', handed_at = at`)
  const { rows } = await pool.query<{ outbox_id: number }>('select outbox_id from message')
  const messageId = messageIdOf(context, rows[0]?.outbox_id ?? 0)
  const now = clock.now()
  assert.equal(await noteBounce(pool, { messageId, status: '4.4.1', now }), true)
  assert.deepEqual(await statesOf(context), { sent: 1 }, 'late is not lost')
  assert.equal(await noteBounce(pool, { messageId: messageId.replace('.', '.0'), status: '5.1.1', now }), false)
  assert.equal(await noteBounce(pool, { messageId, status: '5.1.1', now }), true)
  assert.equal(await noteBounce(pool, { messageId, status: '5.1.1', now }), true)
  assert.deepEqual(await statesOf(context), { 'failed bounced': 1 })
  const [told] = await messagesOfVisits(pool, [8])
  assert.deepEqual([told?.kind, told?.way, told?.reason], ['test', 'email', 'bounced'])
  await pool.query(`update message set state = 'queued', reason = null`)
  await noteBounce(pool, { messageId, status: '2.0.0', now })
  assert.deepEqual(await statesOf(context), { delivered: 1 })
  await noteBounce(pool, { messageId, status: '4.4.1', now })
  assert.deepEqual(await statesOf(context), { delivered: 1 }, 'late is not lost')
  await noteBounce(pool, { messageId, status: '5.1.1', now })
  assert.deepEqual(await statesOf(context), { 'failed bounced': 1 }, 'whom it was handed on to could not deliver it')
})
