/** The administrator's page of what did not arrive, and sending again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../tests/support/app.js'
import { assertValidPage } from '../../../tests/support/html.js'
import { testDatabase } from '../../../tests/support/office.js'
import { ready, statesOf, unreachedMessages } from '../../../tests/support/sending.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { smsapiStandIn } from '../../../tests/support/sms-stand-ins.js'
import { signedIn } from '../../../tests/support/staff.js'
import { standingClock } from '../../platform/clock.js'
import { noWaysOut } from '../../platform/config-messages.js'
import { countUnreached, messageRoutes, noteBounce, readOutbox, type Delivery } from '../index.js'
import { sendDue } from '../sender.js'
import { smsapi } from '../ways/smsapi.js'

const office = await testDatabase({ poolSize: 6 })
await smallOffice(office)
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, messageRoutes)
const path = '/praca/wiadomosci'

async function press(fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) {
  const payload = new URLSearchParams(fields).toString()
  return app.inject({ method: 'POST', url: path, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, payload })
}

test('what did not arrive is counted by kind, with no address on the page; one or a whole kind is sent again, and by whom is kept', async () => {
  const { headers, accountId } = await signedIn(context, 'administrator')
  const empty = await app.inject({ url: path, headers })
  assert.match(empty.body, /Wszystkie wiadomości wyszły/)
  await unreachedMessages(context)
  const { body } = await app.inject({ url: path, headers })
  assert.match(body, /ECONNREFUSED/)
  assert.match(body, /Nie wiadomo, czy bramka przyjęła/)
  const { rows } = await pool.query<{ id: number; email: string | null; phone: string | null }>('select id, email, phone from message')
  for (const { email, phone } of rows) assert.ok(!body.includes(email ?? phone ?? '?'))
  assert.equal(await countUnreached(pool), 6)

  const one = rows.find(({ email }) => email !== null)
  assert.equal((await press({ wiadomosc: String(one?.id) }, headers)).headers.location, `${path}?ponownie=1`)
  assert.equal((await press({ wiadomosc: String(one?.id) }, headers)).headers.location, `${path}?ponownie=0`, 'not twice')
  assert.equal((await press({ rodzaj: 'sms.uncertain' }, headers)).headers.location, `${path}?ponownie=3`)
  assert.deepEqual(await statesOf(context, 'sms'), { queued: 3 })
  const kept = await pool.query('select account_id, count(*)::int as count from message_resend group by account_id')
  assert.deepEqual(kept.rows, [{ account_id: accountId, count: 4 }])
  for (const wrong of [
    {},
    { wiadomosc: 'x' },
    { wiadomosc: '-1' },
    { rodzaj: 'sms' },
    { rodzaj: "sms.' or 1=1" },
    { rodzaj: 'fax.bounced' },
  ]) {
    const answer = await press(wrong, headers)
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, /Proszę wybrać wiadomość/)
  }
})

test('what could not be composed is on the page, and its button puts it back into the outbox', async () => {
  const { headers } = await signedIn(context, 'administrator')
  await pool.query('truncate message, message_circuit, message_resend, outbox')
  await pool.query(
    `insert into message (outbox_id, at, kind, visit_id, language, content, state, reason, due_at, handed_at, erase_on)
     values (901, $1, 'visit-moved', 7, 'pl', '{"payload": {"visit": 7}}', 'failed', 'not-composed', $1, $1, $1::timestamptz::date + 14)`,
    [clock.now()],
  )
  const { body } = await app.inject({ url: path, headers })
  await assertValidPage(body)
  assert.match(body, /Błąd programu przy układaniu treści/)
  assert.match(body, /value="nieulozone\.not-composed"/)
  assert.equal((await press({ rodzaj: 'nieulozone.not-composed' }, headers)).headers.location, `${path}?ponownie=1`)
  assert.deepEqual((await pool.query('select id, kind, payload from outbox')).rows, [
    { id: 901, kind: 'visit-moved', payload: { visit: 7 } },
  ])
  assert.deepEqual(await statesOf(context), { 'dropped nothing-to-say': 1 })
  for (let tries = 0; tries < 4; tries += 1) {
    await readOutbox(context, { 'visit-moved': () => Promise.reject(new Error('a fault of the program')) })
    clock.moveTo(clock.now().add({ hours: 1 }))
  }
  const again = { 'dropped nothing-to-say': 1, 'failed not-composed': 1 }
  assert.deepEqual(await statesOf(context), again, 'in vain again, it is on the page again')
})

test('nobody but the administrator sees it or sends again', async () => {
  for (const role of ['head', 'secretary', 'service-office', 'desk', 'guard'] as const) {
    const { headers } = await signedIn(context, role)
    for (const answer of [await app.inject({ url: path, headers }), await press({ rodzaj: 'email.bounced' }, headers)])
      assert.equal(answer.headers.location, '/praca?brak-uprawnien=1')
  }
  assert.match(String((await app.inject(path)).headers.location), /^\/praca\/logowanie/)
})

test('what was delivered is not sent again, by hand or from the hands of the dead; what turns out to be while it waits leaves no more', async () => {
  await pool.query('truncate message, message_circuit, message_resend')
  const { headers } = await signedIn(context, 'administrator')
  const machine = Temporal.Instant.from('2020-05-25T05:20:00Z')
  const handed: number[] = []
  const way: Delivery = {
    way: 'email',
    name: 'test',
    parallel: 1,
    repeatable: true,
    deliver: ({ id, messageId }) => Promise.resolve({ how: 'accepted', providerId: handed.push(id) > 0 ? messageId : null }),
  }
  const arrives = async (): Promise<void> => {
    const { rows } = await pool.query<{ provider_id: string }>('select provider_id from message')
    await noteBounce(pool, { messageId: rows[0]?.provider_id ?? '', status: '2.0.0', now: clock.now() })
  }
  await ready(context)
  // Whoever had it died after the other side had accepted it.
  await pool.query(`update message set state = 'sending', sending_until = $1`, [machine.subtract({ minutes: 1 })])
  await arrives()
  await sendDue(context, way, { machine: standingClock(machine) })
  const { rows } = await pool.query<{ id: number }>('select id from message')
  assert.equal((await press({ wiadomosc: String(rows[0]?.id) }, headers)).headers.location, `${path}?ponownie=0`)
  await sendDue(context, way)
  assert.deepEqual([handed, await statesOf(context)], [[], { delivered: 1 }])

  await pool.query(`update message set state = 'failed', reason = 'gave-up'`)
  assert.equal((await press({ wiadomosc: String(rows[0]?.id) }, headers)).headers.location, `${path}?ponownie=1`)
  await arrives()
  await sendDue(context, way)
  assert.deepEqual([handed, await statesOf(context)], [[], { delivered: 1 }])
})

test('an uncertain SMS sent again is known again by a provider that has it; a failed one goes anew', async () => {
  await pool.query('truncate message, message_circuit, message_resend')
  const gateway = await smsapiStandIn()
  const sms = { provider: 'smsapi', url: gateway.url, token: gateway.token, from: null } as const
  const way = smsapi({ ...context, waysOut: { ...noWaysOut, sms } } as typeof context, sms)
  const { headers } = await signedIn(context, 'administrator')
  gateway.mood = 'drops-after'
  await ready(context, { way: 'sms', atOnce: true })
  await sendDue(context, way)
  gateway.mood = 'kind'
  await press({ rodzaj: 'sms.uncertain' }, headers)
  clock.moveTo(clock.now().add({ minutes: 1 }))
  await sendDue(context, way)
  assert.deepEqual([gateway.taken.length, await statesOf(context)], [1, { sent: 1 }], 'it had it all the time')
  await pool.query(`update message set state = 'failed', reason = 'not-delivered'`)
  await press({ rodzaj: 'sms.not-delivered' }, headers)
  await sendDue(context, way)
  assert.deepEqual([gateway.taken.length, await statesOf(context)], [2, { sent: 1 }])
})
