/**
 * What guards did without the network, taken by the real actions: once, at its own minute, and every
 * conflict kept. Wałowa 5, Tuesday 26 May 2020.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { form, testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { cancel, move } from '../../booking/index.js'
import { machineClock, officeDay } from '../../platform/clock.js'
import { findVisit, type Visit } from '../../visit/index.js'
import { enter } from '../actions.js'
import { entranceRoutes } from '../routes.js'
import { entriesOf } from '../store.js'
import { guardProof } from './guard-proof.js'
import { openConflicts } from './store.js'
import type { Taken } from './take.js'

const office = await testLeszno({
  at: Temporal.Instant.from('2020-05-25T05:30:00Z'),
  change: (file) => file.services.forEach((service: { stepMinutes: number }) => (service.stepMinutes = 5)),
})
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, entranceRoutes)
const buildingId = 'walowa-5'
const base = `/praca/wejscie/${buildingId}`
const at = (time: string, day = '2020-05-26'): Temporal.Instant => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
const guards: { accountId: number; headers: { cookie: string } }[] = []

before(async () => {
  guards.push(await signedIn(context, 'guard', { buildingId }), await signedIn(context, 'guard', { buildingId }))
})

const visitAt = (time: string, serviceId = 'dowody-osobiste'): Promise<Visit> => bookedVisit(office, { serviceId, start: at(time) })
const proof = (nth = 0): string => guardProof(context, { accountId: guards[nth]?.accountId ?? 0, buildingId, day: officeDay(clock.now()) })

function entered(visit: Visit, time: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const moment = at(time).epochMilliseconds
  const known = { visit: visit.id, starts: visit.startsAt.epochMilliseconds }
  return {
    key: randomUUID(),
    kind: 'entered',
    at: moment,
    deviceAt: moment,
    guard: proof(),
    told: 'come-in',
    allowed: true,
    ...known,
    ...more,
  }
}

async function send(
  acts: readonly unknown[],
  { nth = 0, ahead = 0, clockNow = 0 } = {},
): Promise<{ taken: Taken[]; unreadable: string[] }> {
  const payload = { deviceNow: machineClock.now().epochMilliseconds + clockNow, ahead, acts }
  const answer = await app.inject({ method: 'POST', url: `${base}/wpisy`, headers: guards[nth]?.headers ?? {}, payload })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

const codesOf = ({ taken }: { taken: readonly Taken[] }): string[] => taken.flatMap(({ conflicts }) => conflicts.map(({ code }) => code))
const stateOf = async ({ reference }: Visit): Promise<Visit> => (await findVisit(pool, reference)) as Visit

test('an entry without the network is an arrival at its own minute, with a ticket; sent again it is the same', async () => {
  const visit = await visitAt('09:00')
  clock.moveTo(at('09:40'))
  const act = entered(visit, '08:55')
  const first = await send([act])
  assert.deepEqual(codesOf(first), [])
  const arrived = await stateOf(visit)
  assert.equal(arrived.state, 'arrived')
  assert.equal(arrived.arrivedAt?.toString(), at('08:55').toString())
  assert.equal(first.taken[0]?.ticket?.replace(' ', ''), arrived.ticket)
  const again = await send([act], { nth: 1 })
  assert.deepEqual({ ...again.taken[0], fresh: true }, first.taken[0])
  const entries = await entriesOf(pool, visit.id)
  assert.equal(entries.length, 1)
  const { rows } = await pool.query(`select at, actor, details from event where visit_id = $1 and kind = 'entered'`, [visit.id])
  assert.equal(rows.length, 1)
  assert.equal(rows[0].at.toString(), at('08:55').toString())
  assert.equal(rows[0].actor, `account:${guards[0]?.accountId}`)
  assert.deepEqual([rows[0].details.offline, rows[0].details.received], [act['key'], at('09:40').toString()])
})

test('sent twenty times at one instant it is one entry', async () => {
  const visit = await visitAt('10:00')
  clock.moveTo(at('10:05'))
  const act = entered(visit, '09:58')
  const answers = await Promise.all(Array.from({ length: 20 }, (_, nth) => send([act], { nth: nth % 2 })))
  assert.equal(answers.filter(({ taken }) => taken[0]?.fresh).length, 1)
  assert.equal((await entriesOf(pool, visit.id)).length, 1)
})

test('it is the key that makes it one: the same entry under twenty keys is twenty, and nineteen conflicts', async () => {
  const visit = await visitAt('10:15')
  clock.moveTo(at('10:16'))
  const answers = await Promise.all(Array.from({ length: 20 }, () => send([entered(visit, '10:10')])))
  assert.equal((await entriesOf(pool, visit.id)).length, 20)
  assert.deepEqual(
    answers.flatMap(codesOf),
    Array.from({ length: 19 }, () => 'entered-twice'),
  )
})

test('cancelled, over, moved and unknown are kept as conflicts, and the person is inside all the same', async () => {
  const [cancelled, moved, over] = [await visitAt('10:30'), await visitAt('10:30'), await visitAt('10:30')]
  await cancel(context, { reference: cancelled.reference, actor: 'citizen', reason: 'illness' })
  assert.ok(
    (await move(context, { reference: moved.reference, start: at('12:00', '2020-05-27'), actor: 'citizen', key: randomUUID() })).allowed,
  )
  await pool.query(`update visit set state = 'missed', ended_at = $2 where id = $1`, [over.id, at('10:41')])
  clock.moveTo(at('10:45'))
  const token = context.secrets.passToken(999_999)
  const nobody = entered(over, '10:25', { visit: undefined, token, told: 'signed' })
  const sent = await send([entered(cancelled, '10:20'), entered(moved, '10:21'), entered(over, '10:22'), nobody])
  assert.deepEqual(codesOf(sent), ['cancelled', 'moved', 'over', 'unknown-visit'])
  for (const visit of [cancelled, moved, over]) assert.equal((await entriesOf(pool, visit.id)).length, 1)
  assert.equal((await stateOf(cancelled)).state, 'cancelled')
  assert.equal((await stateOf(moved)).state, 'booked', 'a visit of another day gets no ticket today')
  assert.ok((await openConflicts(pool, buildingId)).length >= 4)
})

test('two guards offline at two doors with one pass: both entries are kept, and one conflict', async () => {
  const visit = await visitAt('11:00')
  clock.moveTo(at('11:10'))
  const [one, other] = [entered(visit, '10:50'), entered(visit, '10:52', { guard: proof(1) })]
  const answers = await Promise.all([send([one]), send([other], { nth: 1 })])
  assert.equal((await entriesOf(pool, visit.id)).length, 2)
  const conflicts = answers.flatMap(({ taken }) => taken.flatMap((each) => each.conflicts))
  assert.deepEqual(
    conflicts.map(({ code }) => code),
    ['entered-twice'],
  )
  const { rows } = await pool.query(`select count(*)::int as count from event where visit_id = $1 and kind = 'entered'`, [visit.id])
  assert.equal(rows[0].count, 1, 'one arrival, one ticket')
})

test('let in with the network at another door meanwhile is the same conflict; the device’s own second scan is none', async () => {
  const visit = await visitAt('11:30')
  clock.moveTo(at('11:20'))
  await enter(context, { buildingId, code: visit.reference, accountId: guards[1]?.accountId ?? 0, now: clock.now() })
  clock.moveTo(at('11:40'))
  const sent = await send([entered(visit, '11:22'), entered(visit, '11:35', { told: 'already-in' })])
  assert.deepEqual(codesOf(sent), ['entered-twice'])
  assert.match(JSON.stringify(sent.taken[0]?.conflicts[0]?.details), /11:20/)
})

test('a wrong clock is said with the first act, one that was moved meanwhile too; nobody comes in later than now', async () => {
  const visit = await visitAt('12:00')
  clock.moveTo(at('11:58'))
  const minutes = 60_000
  const sent = await send([entered(visit, '12:30')], { ahead: 10 * minutes, clockNow: 10 * minutes })
  assert.deepEqual(codesOf(sent), ['clock-wrong'])
  assert.equal(sent.taken[0]?.conflicts[0]?.details['minutes'], 10)
  assert.equal((await stateOf(visit)).arrivedAt?.toString(), at('11:58').toString())
  const out = { key: randomUUID(), kind: 'admitted', at: at('11:50').epochMilliseconds, deviceAt: 0, guard: proof(), purpose: 'delivery' }
  assert.deepEqual(codesOf(await send([out], { clockNow: 10 * minutes })), ['clock-jumped'])
  assert.deepEqual(codesOf(await send([{ ...out, key: randomUUID() }], { clockNow: minutes })), [])
})

test('refused, gone out, taken back, no client and a count put right are what they are with the network', async () => {
  const visit = await visitAt('13:00')
  clock.moveTo(at('13:20'))
  const moment = (time: string): object => ({ at: at(time).epochMilliseconds, deviceAt: at(time).epochMilliseconds, guard: proof() })
  const come = entered(visit, '12:50')
  const delivery = { key: randomUUID(), kind: 'admitted', purpose: 'delivery', ...moment('12:51') }
  const sent = await send([
    come,
    delivery,
    { key: randomUUID(), kind: 'refused', told: 'not-listed', reference: 'ZZZZ9999', ...moment('12:52') },
    { key: randomUUID(), kind: 'left', of: delivery.key, ...moment('12:55') },
    { key: randomUUID(), kind: 'undone', of: come['key'], ...moment('12:56') },
    { key: randomUUID(), kind: 'counted', inside: 40, reason: 'counted', ...moment('12:57') },
    { key: randomUUID(), kind: 'left', of: randomUUID(), ...moment('12:58') },
  ])
  assert.deepEqual(codesOf(sent), ['unknown-entry'])
  assert.equal((await stateOf(visit)).state, 'booked', 'an entry taken back is none')
  const { rows } = await pool.query<{ kind: string }>(`select kind from event where details ->> 'received' = $1 order by at`, [
    at('13:20').toString(),
  ])
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['entered', 'admitted', 'refused-entry', 'went-out', 'entry-undone', 'count-corrected'],
  )
})

test('against the answer only with a reason; what cannot be read is named and holds up nothing', async () => {
  const visit = await visitAt('15:00')
  clock.moveTo(at('13:30'))
  const against = { told: 'too-early', allowed: false }
  const [without, withReason] = [entered(visit, '13:21', against), entered(visit, '13:22', { ...against, override: 'weather' })]
  const forged = entered(visit, '13:22', { guard: proof().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) })
  const odd = { key: 'no key', kind: 'burnt', at: -1 }
  const old = entered(visit, '13:22', { at: at('13:22', '2020-05-01').epochMilliseconds })
  const sent = await send([without, withReason, forged, odd, old, null, 7])
  assert.deepEqual(
    sent.taken.map(({ key }) => key),
    [withReason['key']],
  )
  assert.deepEqual(new Set(sent.unreadable), new Set([without['key'], forged['key'], 'no key', old['key']]))
  const [entry] = await entriesOf(pool, visit.id)
  assert.deepEqual([entry?.code, entry?.overrideReason], ['too-early', 'weather'])
  for (const payload of ['[]', '{"acts":1}', '{}', 'x']) {
    const headers = { ...guards[0]?.headers, 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: `${base}/wpisy`, headers, payload })
    assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${payload}: ${answer.statusCode}`)
  }
  assert.equal(
    (await app.inject({ method: 'POST', url: `${base}/wpisy`, payload: {} })).statusCode,
    303,
    'without signing in nothing is taken',
  )
  assert.equal((await app.inject(`${base}/lista`)).statusCode, 303)
})

test('a conflict is shown at the door until somebody says it was seen; the page is valid and in plain words', async () => {
  const listed = await openConflicts(pool, buildingId)
  assert.ok(listed.length > 0)
  const { headers } = guards[1] as (typeof guards)[number]
  const door = await app.inject({ url: base, headers })
  assert.match(textOf(door.body), new RegExp(`Do wyjaśnienia: ${listed.length} wpis`))
  const page = await app.inject({ url: `${base}/niezgodnosci`, headers })
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Tę samą przepustkę wpuszczono już o/)
  const seen = form({ ktora: String(listed[0]?.id) })
  const answer = await app.inject({
    method: 'POST',
    url: `${base}/niezgodnosci`,
    headers: { ...headers, ...seen.headers },
    payload: seen.payload,
  })
  assert.equal(answer.statusCode, 303)
  assert.equal((await openConflicts(pool, buildingId)).length, listed.length - 1)
  const { rows } = await pool.query('select seen_by from offline_conflict where id = $1', [listed[0]?.id])
  assert.equal(rows[0].seen_by, guards[1]?.accountId)
})

test('the page that is kept is the same for every guard and names nobody', async () => {
  const [one, other] = await Promise.all(guards.map(({ headers }) => app.inject({ url: `${base}/bez-sieci`, headers })))
  assert.equal(one?.body, other?.body)
  await assertValidPage(one?.body ?? '')
  assert.ok(!one?.body.includes('Test guard'))
  const { headers } = guards[0] as (typeof guards)[number]
  for (const url of [base, `${base}/bez-sieci`])
    assert.match(String((await app.inject({ url, headers })).headers['permissions-policy']), /camera=\(self\)/)
})
