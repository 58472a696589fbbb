/** Entries of a draw over the API: the same answers as on the pages, opened by a secret. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createApp } from '../src/app.js'
import { testDatabase } from './support/office.js'
import { smallOfficeByLot } from './support/release.js'
import { settleDraws } from '../src/booking/index.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-06-05T07:00:10+02:00') })
await smallOfficeByLot(office, 60)
const { context, clock } = office
const app = await createApp(context)

interface Answer {
  readonly status: number
  readonly location: string
  readonly body: any
}

type Asked = { readonly secret?: string; readonly key?: string; readonly payload?: object }

async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, { secret, key, payload }: Asked = {}): Promise<Answer> {
  const headers = {
    ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  }
  const response = await app.inject({ method, url: `/api/v1/lot-entries${path}`, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: response.statusCode, location: String(response.headers.location), body: response.json() }
}

let phones = 601_000_100
const entry = (wishes: readonly object[] = [{ any: true }]): object => ({
  service: 'short',
  wishes,
  person: { name: 'Anna Losowa', phone: `+48 ${(phones += 1)}` },
})
const enter = (payload = entry(), key: string = randomUUID()): Promise<Answer> => ask('POST', '', { payload, key })

test('an entry is made once, waits for its code, and takes part when it was typed', async () => {
  const [payload, key] = [entry([{ day: '2020-06-09' }, { any: true }]), randomUUID()]
  const made = await enter(payload, key)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { reference, secret } = made.body
  assert.equal(made.location, `/api/v1/lot-entries/${reference}`)
  assert.deepEqual([made.body.state, made.body.wishes], ['pending', [{ day: '2020-06-09' }, { any: true }]])
  assert.match(made.body.confirmUntil, /^2020-06-05T07:/)
  assert.equal((await enter(payload, key)).body.reference, reference, 'sent twice it is one')
  assert.equal((await enter({ ...payload, wishes: [{ any: true }] }, key)).body.code, 'key-reused')
  const path = `/${reference}`
  const wrong = String((Number(context.secrets.confirmCode(reference, 1)) + 1) % 1_000_000).padStart(6, '0')
  assert.equal((await ask('POST', `${path}/confirm`, { secret, payload: { code: 'abc' } })).status, 422)
  const refused = await ask('POST', `${path}/confirm`, { secret, payload: { code: wrong } })
  assert.deepEqual([refused.status, refused.body.code], [409, 'code-wrong'])
  assert.equal((await ask('POST', `${path}/send-code`, { secret, payload: { round: 1 } })).status, 200)
  const right = { code: context.secrets.confirmCode(reference, 2) }
  assert.equal((await ask('POST', `${path}/confirm`, { secret, payload: right })).body.state, 'waiting')
  const again = await enter({ ...payload, wishes: [{ any: true }] })
  assert.deepEqual([again.status, again.body.code], [409, 'lot-entered'], 'one contact takes part once')
})

test('only its secret opens it, and unknown is answered like not one’s own', async () => {
  const { reference, secret } = (await enter()).body
  const other = (await enter()).body.secret as string
  assert.equal((await ask('GET', `/${reference}`)).status, 401)
  for (const [path, with_] of [
    [reference, other],
    ['AAAAAAAA', secret],
  ] as const)
    assert.deepEqual((await ask('GET', `/${path}`, { secret: with_ })).body.code, 'unknown-entry')
  const seen = await ask('GET', `/${reference}`, { secret })
  assert.deepEqual([seen.status, seen.body.secret], [200, undefined])
  assert.equal((await ask('DELETE', `/${reference}`, { secret })).body.state, 'withdrawn')
  assert.equal((await ask('DELETE', `/${reference}`, { secret })).status, 200, 'asked twice it is taken back as asked')
})

test('wrong input is named by its field', async () => {
  const fields = async (payload: object): Promise<string[]> =>
    ((await enter(payload)).body.errors as { field: string }[]).map(({ field }) => field)
  assert.deepEqual(await fields(entry([])), ['wishes'])
  assert.deepEqual(await fields(entry([{ day: '2031-01-01' }])), ['wishes'])
  assert.deepEqual(await fields({ ...entry(), person: { name: '', phone: '12' } }), ['person.name', 'person.phone'])
  assert.equal((await enter({ ...entry(), service: 'nothing' })).status, 404)
  assert.equal((await ask('POST', '', { payload: entry() })).status, 400, 'without a key')
})

test('a draw that was held gives the visit and takes nothing back', async () => {
  const { reference, secret } = (await enter()).body
  await ask('POST', `/${reference}/confirm`, { secret, payload: { code: context.secrets.confirmCode(reference, 1) } })
  clock.moveTo(Temporal.Instant.from('2020-06-05T08:30:00+02:00'))
  await settleDraws(context, clock.now())
  const { body } = await ask('GET', `/${reference}`, { secret })
  assert.equal(body.state, 'won')
  assert.ok(body.rank > 0)
  const visit = await app.inject({
    url: `/api/v1/visits/${body.visit.reference}`,
    headers: { authorization: `Bearer ${body.visit.secret}` },
  })
  assert.equal(visit.json<{ state: string }>().state, 'booked')
  assert.deepEqual((await ask('DELETE', `/${reference}`, { secret })).body.code, 'entry-ended')
  assert.deepEqual((await enter()).body.code, 'lot-not-open')
})
