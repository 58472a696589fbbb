/** A booking that waits to be confirmed: by code, by link, by a clerk, or by nobody. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { same } from '../platform/clock.js'
import { findVisit, plannedDesks, type Visit } from '../visit/index.js'
import { testDatabase } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { somebody } from '../../tests/support/visits.js'
import { readCode, isConfirmationAsked } from './confirmation-rules.js'
import { holdAgain, isFreeAgain } from './hold-again.js'
import { findKeptAfter } from './confirmation-store.js'
import { book, cancel, confirmHold, confirmPending, hold, join, lapsePending, lookAfterList, move, sendCodeAgain } from './index.js'
import type { Context } from '../platform/context.js'
import { interrupted, rewritten } from '../../tests/support/race.js'

const office = await testDatabase()
const { context, clock } = office
const { pool } = context.database
await smallOffice(office, { 'confirm-minutes': 60 })
const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-26T${time}:00+02:00`)
const visitOf = async (reference: string): Promise<Visit> => (await findVisit(pool, reference)) ?? assert.fail(reference)
const codeOf = (reference: string, round = 1): string => context.secrets.confirmCode(reference, round)
/** Another code than the right one. */
const wrongCode = (reference: string, round = 1): string => String((Number(codeOf(reference, round)) + 1) % 1_000_000).padStart(6, '0')

async function pending(time: string, person = somebody()): Promise<string> {
  const held = await hold(context, { serviceId: 'short', start: at(time) })
  assert.ok(held.allowed)
  const outcome = await confirmHold(context, { reference: held.reference, person, key: randomUUID() })
  assert.ok(outcome.allowed)
  return outcome.reference
}

async function history(reference: string): Promise<string[]> {
  const { rows } = await pool.query<{ said: string }>(
    `select concat_ws(' ', kind, actor, reason) as said from event where visit_id = (select id from visit where reference = $1) order by id`,
    [reference],
  )
  return rows.map((row) => row.said)
}

test('a confirmation is asked on the web of whom a message reaches, and of nobody else', () => {
  const web = { channel: 'web', clerk: false, reached: true } as const
  const settings = { 'confirm-minutes': 60 }
  assert.equal(isConfirmationAsked(web, settings), true)
  for (const [booking, minutes] of [
    [{ ...web, channel: 'phone' }, 60],
    [{ ...web, channel: 'request' }, 60],
    [{ ...web, clerk: true }, 60],
    [{ ...web, reached: false }, 60],
    [web, 0],
  ] as const)
    assert.equal(isConfirmationAsked(booking, { 'confirm-minutes': minutes }), false)
})

test('a code is read however it was spaced', () => {
  assert.deepEqual(['123456', ' 123 456 ', '12-34-56', '12345', '1234567', 'abcdef', '', '１２３４５６'].map(readCode), [
    '123456',
    '123456',
    '123456',
    null,
    null,
    null,
    null,
    null,
  ])
})

test('a real office without a way to send messages asks nobody to wait for one', async () => {
  const real = { ...context, demonstration: false }
  const held = await hold(real, { serviceId: 'short', start: at('07:30') })
  assert.ok(held.allowed)
  const outcome = await confirmHold(real, { reference: held.reference, person: somebody(), key: randomUUID() })
  assert.ok(outcome.allowed)
  assert.equal(outcome.state, 'booked')
})

test('a booking waits an hour, keeps its place and its limit, and is booked by its code; the same command has one answer', async () => {
  const person = somebody()
  const held = await hold(context, { serviceId: 'short', start: at('08:00') })
  assert.ok(held.allowed)
  const command = { reference: held.reference, person, key: randomUUID() }
  const first = await confirmHold(context, command)
  assert.ok(first.allowed)
  assert.equal(first.state, 'pending')
  assert.ok(same(first.confirmUntil, clock.now().add({ minutes: 60 })))
  const { id } = await visitOf(held.reference)
  assert.equal((await plannedDesks(pool, id)).length, 1)
  const other = await hold(context, { serviceId: 'short', start: at('08:30') })
  assert.equal(
    (await confirmHold(context, { reference: other.allowed ? other.reference : '', person, key: randomUUID() })).code,
    'limit-service-day',
  )

  const done = await confirmPending(context, { reference: held.reference, proof: { code: codeOf(held.reference) } })
  assert.ok(done.allowed)
  assert.equal(done.state, 'booked')
  assert.equal((await visitOf(held.reference)).state, 'booked')
  const again = await confirmHold(context, command)
  assert.ok(again.allowed && again.repeated)
  assert.deepEqual([again.state, String(again.confirmUntil)], ['pending', String(first.confirmUntil)], 'what was answered first')
  const twice = await confirmPending(context, { reference: held.reference, proof: { code: '000000' } })
  assert.ok(twice.allowed && twice.repeated)
  assert.deepEqual(await history(held.reference), ['held citizen', 'pending citizen', 'confirmed citizen code'])
})

test('a booking of a program on the web waits too; a clerk’s does not', async () => {
  const wish = { serviceId: 'short', start: at('09:00'), person: somebody(), key: randomUUID() }
  const web = await book(context, { ...wish, channel: 'web', actor: 'citizen' })
  assert.ok(web.allowed)
  assert.equal(web.state, 'pending')
  const again = await book(context, { ...wish, channel: 'web', actor: 'citizen' })
  assert.deepEqual(again, { ...web, repeated: true })
  const clerk = await book(context, { ...wish, person: somebody(), key: randomUUID(), channel: 'phone', actor: 'system' })
  assert.ok(clerk.allowed)
  assert.equal(clerk.state, 'booked')
  const many = await Promise.all(
    Array.from({ length: 3 }, () =>
      book(context, { serviceId: 'short', start: at('09:30'), person: somebody(), key: randomUUID(), channel: 'web', actor: 'citizen' }),
    ),
  )
  for (const outcome of many) assert.ok(outcome.allowed && outcome.state === 'pending' && outcome.confirmUntil !== null)
})

test('five wrong codes, then a new one must be sent; three are sent, then the office confirms', async () => {
  const reference = await pending('10:00')
  const type = (code: string) => confirmPending(context, { reference, proof: { code } })
  for (const round of [1, 2, 3]) {
    for (let left = 4; left >= 0; left -= 1) {
      const wrong = await type(wrongCode(reference, round))
      assert.ok(!wrong.allowed)
      assert.deepEqual([wrong.code, wrong.values?.['left']], ['code-wrong', left])
    }
    assert.equal((await type(codeOf(reference, round))).code, round < 3 ? 'code-tries' : 'code-sends', 'not even the right one')
    const sent = await sendCodeAgain(context, { reference, round })
    assert.equal(sent.code, round < 3 ? 'done' : 'code-sends')
    const twice = await sendCodeAgain(context, { reference, round })
    if (round < 3) assert.ok(twice.allowed && twice.repeated, 'sent twice, it sends once')
  }
  assert.equal((await visitOf(reference)).state, 'pending')
  const clerk = await confirmPending(context, { reference, proof: { clerk: 'account:7' } })
  assert.ok(clerk.allowed)
  assert.equal((await history(reference)).at(-1), 'confirmed account:7 by-clerk')
})

test('a code and a link sent before are worth nothing once another is sent', async () => {
  const reference = await pending('10:30')
  const { secrets } = context
  await sendCodeAgain(context, { reference, round: 1 })
  assert.notEqual(codeOf(reference, 1), codeOf(reference, 2))
  assert.equal((await confirmPending(context, { reference, proof: { code: codeOf(reference, 1) } })).code, 'code-wrong')
  assert.equal((await confirmPending(context, { reference, proof: { token: secrets.confirmToken(reference, 1) } })).code, 'unknown-visit')
  assert.ok((await confirmPending(context, { reference, proof: { token: secrets.confirmToken(reference, 2) } })).allowed)
  assert.deepEqual((await history(reference)).slice(-2), ['code-sent citizen', 'confirmed citizen link'])
})

test('a link used again after the visit was cancelled changes nothing', async () => {
  const reference = await pending('11:00')
  const token = context.secrets.confirmToken(reference, 1)
  assert.ok((await confirmPending(context, { reference, proof: { token } })).allowed)
  assert.ok((await cancel(context, { reference, actor: 'citizen', reason: 'citizen-wish' })).allowed)
  const events = await history(reference)
  assert.equal((await confirmPending(context, { reference, proof: { token } })).code, 'already-cancelled')
  assert.deepEqual(await history(reference), events)
  assert.equal((await visitOf(reference)).state, 'cancelled')
})

test('a pending visit may be moved and cancelled; its code stays right', async () => {
  const reference = await pending('11:30')
  assert.ok((await move(context, { reference, start: at('12:00'), actor: 'citizen' })).allowed)
  assert.equal((await visitOf(reference)).state, 'pending')
  assert.ok((await confirmPending(context, { reference, proof: { code: codeOf(reference) } })).allowed)
  const other = await pending('12:30')
  assert.ok((await cancel(context, { reference: other, actor: 'citizen', reason: 'citizen-wish' })).allowed)
  assert.equal((await confirmPending(context, { reference: other, proof: { code: codeOf(other) } })).code, 'already-cancelled')
})

test('not confirmed in time it lapses: its limit is free at once, its time is kept, and its owner alone has it again with what was typed', async () => {
  const person = somebody('Łucja Próbna')
  const references = [await pending('13:00', person)]
  for (let desk = 1; desk < 4; desk += 1) references.push(await pending('13:00'))
  assert.equal((await hold(context, { serviceId: 'short', start: at('13:00') })).code, 'slot-taken')
  const [reference = ''] = references
  clock.moveTo(clock.now().add({ minutes: 60 }))
  const late = await confirmPending(context, { reference, proof: { code: codeOf(reference) } })
  assert.ok(!late.allowed)
  assert.deepEqual([late.code, late.basis], ['confirm-expired', [{ kind: 'setting', setting: 'confirm-minutes' }]])
  assert.ok((await lapsePending(context, clock.now())) >= 4)
  const visit = await visitOf(reference)
  assert.equal(visit.state, 'expired')
  assert.deepEqual(await plannedDesks(pool, visit.id), [])
  assert.equal((await history(reference)).at(-1), 'expired system not-confirmed')
  const { rows } = await pool.query(`select from outbox where kind = 'visit-lapsed' and (payload->>'visit')::bigint = $1`, [visit.id])
  assert.equal(rows.length, 1)
  assert.equal(await lapsePending(context, clock.now()), 0)
  assert.equal((await confirmPending(context, { reference, proof: { code: codeOf(reference) } })).code, 'confirm-expired')

  assert.equal((await hold(context, { serviceId: 'short', start: at('13:00') })).code, 'slot-taken', 'four times are kept')
  assert.ok(await isFreeAgain(context, visit))
  const again = await holdAgain(context, reference)
  assert.ok(again.allowed)
  const held = await visitOf(again.reference)
  assert.deepEqual([held.state, held.person.name, String(held.startsAt)], ['held', person.name, String(at('13:00'))])
  // Three more desks are free: what lapsed pays for one hold, however often it is asked.
  const more = await Promise.all(Array.from({ length: 6 }, () => holdAgain(context, reference)))
  assert.ok(more.every((each) => each.allowed && each.repeated && each.reference === again.reference))
  assert.ok((await confirmHold(context, { reference: again.reference, person, key: randomUUID() })).allowed, 'the limit is free')
  assert.equal((await holdAgain(context, again.reference)).code, 'unknown-visit', 'only of what lapsed')
  // At a minute nobody can foresee the times are everybody's.
  clock.moveTo(clock.now().add({ minutes: 21 }))
  for (let desk = 1; desk < 4; desk += 1) assert.ok((await hold(context, { serviceId: 'short', start: at('13:00') })).allowed)
  assert.equal((await holdAgain(context, references[1] ?? '')).code, 'slot-taken')
})

test('a time had again and let lapse again is not its owner’s any more: it waits as any kept time', async () => {
  const person = somebody()
  const first = await pending('07:45', person)
  clock.moveTo(clock.now().add({ minutes: 60 }))
  await lapsePending(context, clock.now())
  const again = await holdAgain(context, first)
  assert.ok(again.allowed)
  assert.ok((await confirmHold(context, { reference: again.reference, person, key: randomUUID() })).allowed)
  clock.moveTo(clock.now().add({ minutes: 60 }))
  await lapsePending(context, clock.now())
  const { rows } = await pool.query("select from visit where kind = 'kept' and state = 'held' and starts_at = $1", [at('07:45')])
  assert.equal(rows.length, 1)
  assert.equal((await findKeptAfter(pool, await visitOf(again.reference), clock.now())) === null, false)
  const later = await holdAgain(context, again.reference)
  assert.ok(later.allowed, 'another desk is free, and it is everybody’s')
  assert.equal(
    (await pool.query("select from visit where kind = 'kept' and state = 'held' and starts_at = $1", [at('07:45')])).rows.length,
    1,
  )
})

test('whoever stands in line is asked before the owner of a booking that lapsed, also when both come at once', async () => {
  const lapsedWithLine = async (time: string, from: Context): Promise<{ code: string; offers: number }> => {
    const reference = await pending(time)
    clock.moveTo(clock.now().add({ minutes: 60 }))
    await lapsePending(context, clock.now())
    await join(context, {
      serviceId: 'short',
      from: at(time).toZonedDateTimeISO('Europe/Warsaw').toPlainDate(),
      to: at(time).toZonedDateTimeISO('Europe/Warsaw').toPlainDate(),
      part: 'any',
      person: somebody(),
      language: 'pl',
      actor: 'citizen',
      key: randomUUID(),
    })
    const { code } = await holdAgain(from, reference)
    const { rows } = await pool.query("select from waiting_offer where state = 'open' and starts_at = $1", [at(time)])
    return { code, offers: rows.length }
  }
  const offering = () => lookAfterList(context, clock.now())
  assert.deepEqual(await lapsedWithLine('09:15', interrupted(context, 'select * from visit where id = $1 and kind', offering)), {
    code: 'done',
    offers: 0,
  })
  const unlocked = rewritten(context, (text) => text.replace('held_until > $2 for update', 'held_until > $2'))
  assert.deepEqual(
    await lapsedWithLine('09:45', interrupted(unlocked, 'select * from visit where id = $1 and kind', offering)),
    { code: 'done', offers: 1 },
    'without the lock both are told yes',
  )
})

test('a clerk may confirm while the place is kept, also late; nobody once it is not', async () => {
  const reference = await pending('14:00')
  clock.moveTo(clock.now().add({ minutes: 61 }))
  assert.equal(
    (await confirmPending(context, { reference, proof: { token: context.secrets.confirmToken(reference, 1) } })).code,
    'confirm-expired',
  )
  assert.ok((await confirmPending(context, { reference, proof: { clerk: 'account:7' } })).allowed)
  const other = await pending('14:30')
  clock.moveTo(clock.now().add({ minutes: 61 }))
  await lapsePending(context, clock.now())
  assert.equal((await confirmPending(context, { reference: other, proof: { clerk: 'account:7' } })).code, 'confirm-expired')
})
