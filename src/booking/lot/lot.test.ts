/**
 * A release by lot, from the evening before to the times that are left: what the web, a clerk and an entry
 * may do when. Nobody confirms here; confirm.test.ts has an office that asks it.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '../../../tests/support/office.js'
import { smallOfficeByLot } from '../../../tests/support/release.js'
import { somebody } from '../../../tests/support/visits.js'
import { directory } from '../../directory/index.js'
import { words } from '../../platform/words.js'
import { findVisit } from '../../visit/index.js'
import { book, bookingComposers, enterLot, hold, offeredDays, settleDraws, withdrawFromLot } from '../index.js'
import { draw, type Wish } from './rules.js'
import { findEntry } from './entry-store.js'
import { drawById, publicOrder } from './store.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-06-04T18:00:00+02:00') })
await smallOfficeByLot(office)
const { context, clock } = office
const { pool } = context.database
const tuesday = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-06-09T${time}:00+02:00`)
const at = (time: string): void => clock.moveTo(Temporal.Instant.from(`2020-06-05T${time}+02:00`))
const day = Temporal.PlainDate.from('2020-06-09')
const enter = (wishes: readonly Wish[], person = somebody(), key: string = randomUUID()) =>
  enterLot(context, { serviceId: 'short', wishes, person, key })
const held = (time: string) => hold(context, { serviceId: 'short', start: tuesday(time) })
const offered = async () =>
  (await offeredDays(context, { serviceId: 'short', from: day, to: day, now: clock.now() }, { channel: 'web', clerk: false }))?.[0]

const references: string[] = []

test('before the release nothing of the week is to be had on the web, and it says when it will be', async () => {
  const outcome = await held('09:00')
  assert.equal(outcome.code, 'not-yet-released')
  assert.ok(!outcome.allowed)
  assert.deepEqual(outcome.values, { at: '2020-06-05T05:00:00Z', date: '05.06.2020', time: '7:00' })
  assert.equal((await offered())?.code, 'not-yet-released')
  assert.equal((await enter([{ any: true }])).code, 'lot-not-open')
  const other = await hold(context, { serviceId: 'long', start: tuesday('14:00') })
  assert.equal(other.code, 'done', 'a matter outside the scope goes by the setting')
})

test('a clerk is not bound: the act is for the web', async () => {
  const outcome = await book(context, {
    serviceId: 'short',
    start: tuesday('15:00'),
    channel: 'phone',
    person: somebody(),
    actor: 'system',
    key: randomUUID(),
  })
  assert.equal(outcome.code, 'done')
})

test('in the time of the draw a wish is an entry and no hold; sent twice it is one, and one contact has one', async () => {
  at('07:00:00')
  assert.equal((await held('09:00')).code, 'by-lot')
  assert.equal((await offered())?.code, 'by-lot')
  const [key, person] = [randomUUID(), somebody()]
  const first = await enter([{ start: tuesday('09:00').toString() }], person, key)
  const again = await enter([{ start: tuesday('09:00').toString() }], person, key)
  assert.ok(first.allowed && again.allowed)
  assert.equal(again.reference, first.reference)
  references.push(first.reference)
  assert.equal((await enter([{ any: true }], person)).code, 'lot-entered')
  assert.equal((await enter([{ any: true }], { ...somebody(), phone: null, email: person.email })).code, 'lot-entered')
  assert.equal((await enter([], somebody())).code, 'lot-wishes-missing')
  const { rows } = await pool.query("select from visit where state = 'held' and service_id = 'short'")
  assert.equal(rows.length, 0)
})

test('a phone that is in the draw keeps an entry with a new e-mail out, and leaves no trace of it', async () => {
  const phone = '+48601000001'
  const first = await enter([{ any: true }], { name: 'A', email: null as never, phone: phone as never })
  assert.ok(first.allowed)
  const both = await enter([{ any: true }], { name: 'B', email: 'nowy@example.pl', phone: phone as never })
  assert.equal(both.code, 'lot-entered')
  const alone = await enter([{ any: true }], { name: 'B', email: 'nowy@example.pl', phone: null })
  assert.ok(alone.allowed, 'the e-mail is free')
  assert.equal((await withdrawFromLot(context, first.reference)).code, 'withdrawn')
  assert.equal((await withdrawFromLot(context, first.reference)).code, 'entry-ended')
  const after = await enter([{ any: true }], { name: 'A', email: null as never, phone: phone as never })
  assert.ok(after.allowed, 'who left may enter again')
  for (const email of ['nowy+2@example.pl', 'nowy+a+b@ｅxample.pl'])
    assert.equal(
      (await enter([{ any: true }], { name: 'C', email, phone: null })).code,
      'lot-entered',
      'one mailbox, however it is spelled',
    )
  references.push(alone.reference, after.reference)
})

test('six want one time of four desks: the four first in the order have it, by the ordinary guard', async () => {
  at('07:01:00')
  const wish = [{ start: tuesday('10:00').toString() }] as const
  const wanted: string[] = []
  for (let person = 0; person < 6; person += 1) {
    const entered = await enter(wish)
    assert.ok(entered.allowed)
    wanted.push(entered.reference)
  }
  at('07:02:00')
  assert.equal((await held('09:00')).code, 'lot-being-drawn', 'nobody is before those who entered')
  assert.equal((await enter([{ any: true }])).code, 'lot-not-open')
  assert.equal(await settleDraws(context, clock.now()), 1)
  assert.equal(await settleDraws(context, clock.now()), 0)
  const entry = await findEntry(pool, wanted[0] as string)
  const done = await drawById(pool, entry?.drawId ?? 0)
  assert.ok(done?.settledAt)
  const order = await publicOrder(pool, done.id)
  assert.deepEqual(
    order.map(({ reference }) => reference),
    draw(done.seed, [...references, ...wanted]),
    'the published seed gives the published order',
  )
  const winners = order.filter(({ reference }) => wanted.includes(reference)).slice(0, 4)
  assert.deepEqual(
    order.filter(({ reference, state }) => wanted.includes(reference) && state === 'won').map(({ reference }) => reference),
    winners.map(({ reference }) => reference),
  )
  for (const { reference } of winners) {
    const { rows } = await pool.query<{ reference: string }>(
      'select v.reference from lot_entry e join visit v on v.id = e.visit_id where e.reference = $1',
      [reference],
    )
    const visit = await findVisit(pool, rows[0]?.reference ?? '')
    assert.equal(visit?.startsAt.toString(), tuesday('10:00').toString())
    assert.equal(visit?.channel, 'web')
  }
  const jobs = await pool.query<{ kind: string; count: number }>(
    "select kind, count(*) as count from outbox where kind like 'lot-%' group by kind order by kind",
  )
  assert.deepEqual(
    jobs.rows.map(({ kind, count }) => [kind, count]),
    [
      ['lot-lost', 2],
      ['lot-won', 7],
    ],
  )
  assert.equal((await pool.query('select from lot_contact')).rows.length, 0, 'whose contacts they were is forgotten')
})

test('winners are told their time, and losers where times are left', async () => {
  const facts = { origin: 'https://urzad.example', now: clock.now(), office: await directory(context) }
  const { rows } = await pool.query<{ kind: string; payload: Record<string, number> }>(
    "select kind, payload from outbox where kind like 'lot-%' order by id",
  )
  for (const { kind, payload } of rows) {
    const message = await bookingComposers[kind]?.(pool, payload, facts)
    assert.ok(message, kind)
    for (const language of ['pl', 'en', 'uk'] as const)
      for (const { key } of [message.subject, ...message.lines]) assert.ok(words(language).has(key), key)
    if (kind === 'lot-won') assert.ok(message.lines.some(({ key }) => key === 'booking-messages.when'))
    else
      assert.deepEqual(
        message.more?.map(({ href }) => href),
        ['/sprawy/short/lista'],
      )
  }
})

test('what the draw left goes to who comes first', async () => {
  assert.equal((await held('10:00')).code, 'slot-taken')
  assert.equal((await held('11:00')).code, 'done')
  assert.equal((await offered())?.code, 'free')
})

test('a draw nobody entered is done by itself', async () => {
  clock.moveTo(Temporal.Instant.from('2020-06-12T07:05:00+02:00'))
  const outcome = await hold(context, { serviceId: 'short', start: Temporal.Instant.from('2020-06-16T09:00:00+02:00') })
  assert.equal(outcome.code, 'done')
})
