/**
 * Envelopes taken without the network: the minute and the number that were said are the ones that stand,
 * however often and late they are sent. Karasia 15, Tuesday 26 May 2020.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { testApp } from '../../../tests/support/app.js'
import { listOf, lookup, receipts, type DeviceList } from '../../../tests/support/door-device.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { rewritten } from '../../../tests/support/race.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { machineClock, officeDay } from '../../platform/clock.js'
import { decide, world } from '../facts.js'
import { entranceRoutes } from '../routes.js'
import { readActs } from './forms.js'
import { guardProof } from './guard-proof.js'
import { takeActs, type Taken } from './take.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-26T05:00:00Z'), poolSize: 24 })
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, entranceRoutes)
const buildingId = 'karasia-15'
const base = `/praca/wejscie/${buildingId}`
const unit = 'wydzial-komunikacji'
const at = (time: string, day = '2020-05-26'): Temporal.Instant => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
const guards: { accountId: number; headers: { cookie: string } }[] = []
let list: DeviceList

before(async () => {
  guards.push(await signedIn(context, 'guard', { buildingId }), await signedIn(context, 'guard', { buildingId }))
  list = await listOf(context, { buildingId, accountId: guards[0]?.accountId ?? 0 })
})

const number = (): string => receipts.newNumber(() => crypto.getRandomValues(new Uint8Array(1))[0] as number)

/** An envelope as a device keeps it. */
function envelope(
  time: string,
  more: Record<string, unknown> = {},
  day = '2020-05-26',
  nth = 0,
): Record<string, unknown> & { key: string } {
  const moment = at(time, day).epochMilliseconds
  const guard = guardProof(context, { accountId: guards[nth]?.accountId ?? 0, buildingId, day: officeDay(at(time, day)) })
  const said = { told: 'drop-off', allowed: true, unit, number: number() }
  return { key: randomUUID(), kind: 'papers', at: moment, deviceAt: moment, guard, ...said, ...more }
}

/** Twenty envelopes for which one number was said. */
function twenty(said: string): ReturnType<typeof envelope>[] {
  return Array.from({ length: 20 }, () => envelope('10:55', { number: said }))
}

async function send(acts: readonly unknown[], nth = 0): Promise<{ taken: Taken[]; unreadable: string[] }> {
  const payload = { deviceNow: machineClock.now().epochMilliseconds, ahead: 0, acts }
  const answer = await app.inject({ method: 'POST', url: `${base}/wpisy`, headers: guards[nth]?.headers ?? {}, payload })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

const codesOf = ({ taken }: { taken: readonly Taken[] }): string[] => taken.flatMap(({ conflicts }) => conflicts.map(({ code }) => code))
const page = async (path: string): Promise<string> => (await app.inject({ url: `${base}${path}`, headers: guards[0]?.headers ?? {} })).body

interface Filed {
  readonly receipt: string
  readonly reference: string
  readonly state: string
  readonly ticket: string | null
  readonly unit_id: string
  readonly filed_at: Temporal.Instant
}
/** What is filed under numbers, in the order they were left. */
async function filed(...numbers: readonly unknown[]): Promise<Filed[]> {
  const { rows } = await pool.query<Filed>(
    `select receipt, reference, state, ticket, unit_id, filed_at from drop_off join visit on visit.id = visit_id
     where split_part(receipt, '/', 2) = any($1) order by filed_at, visit_id`,
    [numbers],
  )
  return rows
}
const countFiled = async (): Promise<number> => (await pool.query('select 1 from drop_off')).rowCount ?? 0

test('numbers are spelled as those of visits, every character comes, and none comes twice', () => {
  const made = Array.from({ length: 5_000 }, number)
  assert.ok(made.every((each) => /^[A-HJ-NP-TV-Z2-9]{8}$/.test(each)))
  assert.equal(new Set(made.join('')).size, 31)
  assert.equal(new Set(made).size, made.length)
  // A byte that would make some letters likelier is drawn anew.
  const bytes = [255, 248, 30, 0, 61, 1, 1, 1, 1, 1]
  assert.equal(
    receipts.newNumber(() => bytes.shift() ?? 0),
    '9A9BBBBB',
  )
  assert.equal(receipts.receiptOf('K7MPQX2D', at('00:00').epochMilliseconds), '2020-05-26/K7MPQX2D')
  assert.equal(receipts.receiptOf('K7MPQX2D', at('00:00').epochMilliseconds - 1), '2020-05-25/K7MPQX2D')
})

test('the list says at every minute what the server says to whoever leaves papers, with the provision; and names the units', async () => {
  const known = await world(context)
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const now = at('00:00').add({ minutes: minute, seconds: minute % 2 === 0 ? 0 : 59 })
    const decision = decide(known, { buildingId, purpose: 'drop-off', visit: null, last: null, at: now })
    const told = list.answers[lookup.turnAt(list.documents, now.epochMilliseconds) ?? -1]
    assert.deepEqual([told?.code, told?.allowed], [decision.code, decision.allowed], now.toString())
  }
  const told = list.answers[lookup.turnAt(list.documents, at('09:00').epochMilliseconds) ?? -1]
  assert.match(told?.html ?? '', /Koperta przyjęta.*§ 1 ust\. 5/s)
  assert.ok(list.units.some(({ id, name }) => id === unit && name === 'Wydział Komunikacji'))
  const elsewhere = await listOf(context, { buildingId: 'walowa-5', accountId: guards[0]?.accountId ?? 0 })
  const there = elsewhere.answers[lookup.turnAt(elsewhere.documents, at('09:00').epochMilliseconds) ?? -1]
  assert.equal(there?.code, 'drop-off-elsewhere')
  assert.match(there?.html ?? '', /Karasia 15/)
})

test('the minute and the number that were said are filed; nobody is inside and no desk calls', async () => {
  clock.moveTo(at('09:40'))
  const act = envelope('09:05')
  const sent = await send([act])
  assert.deepEqual(codesOf(sent), [])
  const [row] = await filed(act['number'])
  assert.equal(row?.receipt, `2020-05-26/${String(act['number'])}`)
  assert.deepEqual([row.filed_at.toString(), row.unit_id, row.state, row.ticket], [at('09:05').toString(), unit, 'left', null])
  const { rows } = await pool.query(
    `select event.at, event.kind, actor, reason, details from event join visit on visit.id = visit_id where reference = $1 order by event.id`,
    [row.reference],
  )
  assert.deepEqual(
    rows.map(({ kind, actor, reason }) => [kind, actor, reason]),
    [['receipt-given', `account:${guards[0]?.accountId}`, null]],
  )
  assert.equal(rows[0].at.toString(), at('09:05').toString())
  assert.deepEqual(
    [rows[0].details.receipt, rows[0].details.offline, rows[0].details.received],
    [row.receipt, act.key, at('09:40').toString()],
  )
  const receipt = await page(`/potwierdzenie/${row.reference}`)
  await assertValidPage(receipt)
  assert.match(textOf(receipt), new RegExp(`${row.receipt}.*godz\\. 9:05.*Dla: Wydział Komunikacji`))
  assert.match(textOf(await page('/koperty?dzien=2020-05-26')), new RegExp(`Wydział Komunikacji.*${row.receipt} 9:05`))
  const door = textOf(await page(''))
  assert.match(door, /W środku: 0 osób/)
  assert.match(door, /9:05 Koperta/)
  await assertValidPage(await page(`?wpis=${(await pool.query('select max(id) as id from entry')).rows[0].id}`))
})

test('an answer that was lost and a double send change nothing; it is the key that makes it one', async () => {
  clock.moveTo(at('10:00'))
  const act = envelope('09:50')
  const stood = await countFiled()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, nth) => send([act], nth % 2)))
  assert.equal(answers.filter(({ taken }) => taken[0]?.fresh).length, 1)
  clock.moveTo(at('10:20'))
  assert.deepEqual((await send([act])).taken, [{ key: act.key, fresh: false, ticket: null, conflicts: [] }])
  assert.equal(await countFiled(), stood + 1)
  assert.equal((await filed(act['number']))[0]?.filed_at.toString(), at('09:50').toString())
  // Without it the same envelope is as many as were sent.
  await Promise.all(Array.from({ length: 20 }, () => send([{ ...act, key: randomUUID() }])))
  assert.equal(await countFiled(), stood + 21)
})

test('two devices at one minute: each number stands for its own envelope', async () => {
  clock.moveTo(at('10:30'))
  const [one, other] = [envelope('10:25', { unit: undefined }), envelope('10:25', {}, '2020-05-26', 1)]
  const answers = await Promise.all([send([one]), send([other], 1)])
  assert.deepEqual(answers.flatMap(codesOf), [])
  const rows = await filed(one['number'], other['number'])
  assert.deepEqual(new Set(rows.map(({ unit_id: id }) => id)), new Set(['biuro-obslugi', unit]))
})

test('a number is given once: without the index twenty have it; with it one, the others a new one each and a conflict', async () => {
  clock.moveTo(at('11:00'))
  const { rows } = await pool.query<{ made: string }>(`select pg_get_indexdef('visit_receipt_once'::regclass) as made`)
  await pool.query('drop index visit_receipt_once')
  const unguarded = rewritten(context, (text) => text.replace('on conflict (receipt) where receipt is not null do nothing', ''))
  const accountId = guards[0]?.accountId ?? 0
  const twice = number()
  const command = { buildingId, accountId, sentBy: accountId, now: clock.now(), clock: null }
  const sent = twenty(twice).map((act) => [...readActs([act], clock.now()).byGuard.values()].flat())
  await Promise.all(sent.map((each) => takeActs(unguarded, { ...command, acts: each })))
  assert.equal((await filed(twice)).length, 20)
  await pool.query(`update visit set receipt = receipt || '-' || id where split_part(receipt, '/', 2) = $1`, [twice])
  await pool.query(rows[0]?.made ?? '')

  const once = number()
  const answers = await Promise.all(twenty(once).map((act, nth) => send([act], nth % 2)))
  assert.equal((await filed(once)).length, 1)
  const conflicts = answers.flatMap(({ taken }) => taken.flatMap((each) => each.conflicts))
  assert.deepEqual(
    conflicts.map(({ code }) => code),
    Array.from({ length: 19 }, () => 'number-taken'),
  )
  const given = conflicts.map(({ details }) => String(details['given']))
  assert.equal(new Set(given).size, 19)
  assert.ok(given.every((each) => /^2020-05-26\/\d{3}$/.test(each)))
  assert.match(textOf(await page('/niezgodnosci')), new RegExp(`Numer 2020-05-26/${once} ma już inna koperta.*numer 2020-05-26/\\d{3}`))
})

test('another law now, another day, and a unit nobody knows are conflicts, and the envelope is filed all the same', async () => {
  clock.moveTo(at('15:45'))
  const [closed, odd] = [envelope('15:40'), envelope('12:00', { unit: 'wydzial-ktorego-nie-ma' })]
  assert.deepEqual(codesOf(await send([closed, odd])), ['answer-differs', 'unknown-unit'])
  assert.deepEqual(
    (await filed(closed['number'], odd['number'])).map((row) => [row.unit_id, row.filed_at.toString()]),
    [
      ['biuro-obslugi', at('12:00').toString()],
      [unit, at('15:40').toString()],
    ],
  )
  const evening = envelope('15:20')
  clock.moveTo(at('08:00', '2020-05-27'))
  assert.deepEqual(codesOf(await send([evening])), ['another-day'])
  const [row] = await filed(evening['number'])
  assert.equal(row?.filed_at.toString(), at('15:20').toString())
  assert.match(textOf(await page('/koperty?dzien=2020-05-26')), new RegExp(row?.receipt ?? 'none'))
  const conflicts = await page('/niezgodnosci')
  await assertValidPage(conflicts)
  assert.match(textOf(conflicts), /Proszę przekazać ją wydziałowi/)
  assert.match(textOf(conflicts), /Koperta jest na liście biura obsługi/)
})

test('taken back on its day nothing was left; later the receipt stands', async () => {
  clock.moveTo(at('09:00', '2020-05-27'))
  const act = envelope('08:50', {}, '2020-05-27')
  const back = { ...envelope('08:52', {}, '2020-05-27'), kind: 'undone', of: act.key, number: undefined, unit: undefined }
  assert.deepEqual(codesOf(await send([act, back])), [])
  assert.deepEqual(await filed(act['number']), [])
  const { rows } = await pool.query(`select state from visit where receipt like $1`, [`%/${String(act['number'])}`])
  assert.deepEqual(rows, [{ state: 'cancelled' }])
  const kept = envelope('08:55', {}, '2020-05-27')
  await send([kept])
  clock.moveTo(at('09:00', '2020-05-28'))
  await send([{ ...back, key: randomUUID(), of: kept.key, at: at('08:59', '2020-05-28').epochMilliseconds }])
  assert.equal((await filed(kept['number'])).length, 1)
})

test('an envelope without a number, or with one that is none, is no envelope', async () => {
  clock.moveTo(at('10:00', '2020-05-28'))
  const stood = await countFiled()
  const day = '2020-05-28'
  const wrong = [{ number: undefined }, { number: '00000001' }, { number: 'K7MPQX2' }, { told: undefined }, { unit: '' }].map((more) =>
    envelope('09:59', more, day),
  )
  const sent = await send(wrong)
  assert.deepEqual([sent.taken, new Set(sent.unreadable)], [[], new Set(wrong.map(({ key }) => key))])
  assert.equal(await countFiled(), stood)
})
