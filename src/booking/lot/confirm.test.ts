/** Entries of a draw that wait for their code: what takes part, until when, and whom an address typed by a stranger hinders. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '../../../tests/support/office.js'
import { smallOfficeByLot } from '../../../tests/support/release.js'
import { somebody } from '../../../tests/support/visits.js'
import { directory } from '../../directory/index.js'
import { words } from '../../platform/words.js'
import { findVisitById, type Person } from '../../visit/index.js'
import { bookingComposers, confirmEntry, enterLot, hold, sendEntryCode, settleDraws, withdrawFromLot, type EnterCommand } from '../index.js'
import { isAnybodys } from '../message-parts.js'
import { findEntry, type Entry } from './entry-store.js'
import { countEntries, drawById, publicOrder } from './store.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-06-05T07:00:10+02:00') })
await smallOfficeByLot(office, 60)
const { context, clock } = office
const { pool } = context.database
const at = (time: string): void => clock.moveTo(Temporal.Instant.from(`2020-06-05T${time}+02:00`))
const command = (person: Person = somebody()): EnterCommand => ({ serviceId: 'short', wishes: [{ any: true }], person, key: randomUUID() })

async function entered(person: Person = somebody()): Promise<string> {
  const outcome = await enterLot(context, command(person))
  assert.ok(outcome.allowed, outcome.code)
  return outcome.reference
}
const code = (reference: string, round = 1): string => context.secrets.confirmCode(reference, round)
const type = (reference: string, typed = code(reference)) => confirmEntry(context, { reference, proof: { code: typed } })
const wrong = (reference: string): string => String((Number(code(reference)) + 1) % 1_000_000).padStart(6, '0')
const entry = async (reference: string): Promise<Entry> => (await findEntry(pool, reference)) ?? assert.fail(reference)
const stateOf = async (reference: string): Promise<string> => (await entry(reference)).state

const confirmed: string[] = []
let never = ''

test('an entry waits to be confirmed until the draw, which waits half an hour for it; sent twice it is one', async () => {
  const wish = command()
  const first = await enterLot(context, wish)
  assert.ok(first.allowed)
  assert.equal(String(first.confirmUntil), '2020-06-05T05:32:00Z')
  assert.deepEqual(await enterLot(context, wish), first)
  assert.equal(await stateOf(first.reference), 'pending')
  assert.equal(await countEntries(pool, (await entry(first.reference)).drawId), 0, 'it does not take part')
  assert.deepEqual(await type(first.reference), { allowed: true, code: 'confirmed', repeated: false })
  assert.deepEqual(await type(first.reference, wrong(first.reference)), { allowed: true, code: 'confirmed', repeated: true })
  assert.equal(await stateOf(first.reference), 'waiting')
  confirmed.push(first.reference)
  assert.equal((await enterLot(context, command(wish.person))).code, 'lot-entered')
})

test('the message has the code and a link to a button, in the person’s language; one overtaken says nothing', async () => {
  const reference = await entered()
  const { id } = await entry(reference)
  const facts = { now: clock.now(), office: await directory(context) }
  const compose = (round: number) => bookingComposers['lot-code']?.(pool, { entry: id, round }, facts)
  const message = await compose(1)
  assert.ok(message?.anybody === true, 'few to who has not asked')
  for (const language of ['pl', 'en', 'uk'] as const)
    for (const { key } of [message.subject, ...message.lines, message.link?.label ?? assert.fail()])
      assert.ok(words(language).has(key), key)
  assert.deepEqual(message.link?.href, { secret: 'lot-link', reference, round: 1 })
  const rows = await pool.query(`select payload from outbox where kind = 'lot-code' and (payload->>'entry')::bigint = $1`, [id])
  assert.deepEqual(rows.rows, [{ payload: { entry: id, round: 1 } }])
  const again = await sendEntryCode(context, { reference, round: 1 })
  assert.ok(again.allowed && !again.repeated)
  const twice = await sendEntryCode(context, { reference, round: 1 })
  assert.ok(twice.allowed && twice.repeated, 'sent twice, it sends once')
  assert.equal(await compose(1), null)
  const token = context.secrets.confirmToken(reference, 1)
  assert.equal((await confirmEntry(context, { reference, proof: { token } })).code, 'unknown-entry')
  assert.ok((await confirmEntry(context, { reference, proof: { token: context.secrets.confirmToken(reference, 2) } })).allowed)
  confirmed.push(reference)
})

test('five wrong codes, then a new one must be sent; three are sent', async () => {
  never = await entered()
  for (const round of [1, 2, 3]) {
    for (let left = 4; left >= 0; left -= 1) {
      const outcome = await type(never, String((Number(code(never, round)) + 1) % 1_000_000).padStart(6, '0'))
      assert.ok(!outcome.allowed)
      assert.deepEqual([outcome.code, outcome.values?.['left']], ['code-wrong', left])
    }
    assert.equal((await type(never, code(never, round))).code, round < 3 ? 'code-tries' : 'codes-spent', 'not even the right one')
    assert.equal((await sendEntryCode(context, { reference: never, round })).code, round < 3 ? 'sent' : 'codes-spent')
  }
  assert.equal((await confirmEntry(context, { reference: 'AAAAAAAA', proof: { code: '123456' } })).code, 'unknown-entry')
})

test('who types another’s address keeps nobody out: the entry whose code is typed takes part, the others end', async () => {
  const person = somebody('Anna')
  const strange = await entered({ ...person, name: 'Obcy' })
  const own = await entered(person)
  assert.ok((await type(own)).allowed)
  confirmed.push(own)
  assert.equal(await stateOf(strange), 'withdrawn')
  assert.equal((await type(strange)).code, 'entry-ended')
  // Another spelling of one mailbox: the database knows it is one contact.
  const [plus, plain] = [
    await entered({ ...somebody(), email: 'ola+1@example.pl' }),
    await entered({ ...somebody(), email: 'ola@example.pl' }),
  ]
  assert.ok((await type(plus)).allowed)
  confirmed.push(plus)
  assert.equal((await type(plain)).code, 'lot-entered')
  assert.equal((await withdrawFromLot(context, plain)).code, 'withdrawn')
})

test('a contact the browser showed a short time ago takes part at once; another’s does not help', async () => {
  const person = somebody()
  const shownContact = context.secrets.contactHash(person.email ?? '').toString('hex')
  const other = await enterLot(context, { ...command(), shownContact })
  assert.ok(other.allowed && other.confirmUntil !== null)
  await withdrawFromLot(context, other.reference)
  const own = await enterLot(context, { ...command(person), shownContact })
  assert.ok(own.allowed && own.confirmUntil === null)
  assert.equal(await stateOf(own.reference), 'waiting')
  confirmed.push(own.reference)
})

test('no entry is taken any more, but one may still be confirmed until the draw is held; the times wait', async () => {
  const late = await entered()
  at('07:02:00')
  assert.equal((await enterLot(context, command())).code, 'lot-not-open')
  assert.equal(await settleDraws(context, clock.now()), 0, 'two are not confirmed')
  at('07:20:00')
  assert.ok((await type(late)).allowed)
  confirmed.push(late)
  at('07:31:59')
  assert.equal(await settleDraws(context, clock.now()), 0)
  const start = Temporal.Instant.from('2020-06-09T09:00:00+02:00')
  assert.equal((await hold(context, { serviceId: 'short', start })).code, 'lot-being-drawn')
})

test('what nobody confirmed is not drawn, and its person is told so; winners have their visit at once', async () => {
  at('07:32:00')
  assert.equal(await settleDraws(context, clock.now()), 1)
  const lost = await entry(never)
  assert.deepEqual([lost.state, lost.reason, lost.rank], ['lost', 'not-confirmed', null])
  assert.equal((await type(never, code(never, 3))).code, 'entry-ended')
  const order = await publicOrder(pool, lost.drawId)
  assert.deepEqual(order.map(({ reference }) => reference).toSorted(), confirmed.toSorted())
  const facts = { now: clock.now(), office: await directory(context) }
  const { rows } = await pool.query<{ payload: { entry: number } }>("select payload from outbox where kind = 'lot-lost'")
  assert.deepEqual(rows, [{ payload: { entry: lost.id } }])
  const message = await bookingComposers['lot-lost']?.(pool, { entry: lost.id }, facts)
  assert.equal(message?.lines[0]?.key, 'booking-messages.lot-lost.not-confirmed')
  for (const reference of confirmed) {
    const { visitId } = await entry(reference)
    const visit = (await findVisitById(pool, visitId ?? 0)) ?? assert.fail(reference)
    assert.equal(visit.state, 'booked')
    assert.equal(await isAnybodys(pool, visit), false)
  }
})

test('the draw is held as soon as everybody has confirmed', async () => {
  clock.moveTo(Temporal.Instant.from('2020-06-12T07:01:00+02:00'))
  const reference = await entered()
  const gone = await entered()
  assert.ok((await type(reference)).allowed)
  clock.moveTo(Temporal.Instant.from('2020-06-12T07:02:00+02:00'))
  assert.equal(await settleDraws(context, clock.now()), 0)
  assert.equal((await withdrawFromLot(context, gone)).code, 'withdrawn')
  assert.equal(await settleDraws(context, clock.now()), 1)
  assert.equal(String((await drawById(pool, (await entry(reference)).drawId))?.orderedAt), '2020-06-12T05:02:00Z')
})

test('where no message leaves the office, nobody is asked for a code that never comes', async () => {
  clock.moveTo(Temporal.Instant.from('2020-06-19T07:01:00+02:00'))
  const outcome = await enterLot({ ...context, demonstration: false }, command())
  assert.ok(outcome.allowed && outcome.confirmUntil === null)
  assert.equal(await stateOf(outcome.reference), 'waiting')
  assert.equal((await drawById(pool, (await entry(outcome.reference)).drawId))?.confirmUntil, null)
})
