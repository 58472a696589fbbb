/**
 * How many are inside, under an act that lets in four clients and lets two wait: counts, the last
 * place with many guards at one instant, putting the count right, the list for an evacuation.
 */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { form, testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testDatabase } from '../../../tests/support/office.js'
import { smallActs, smallOffice } from '../../../tests/support/small-office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { transaction } from '../../platform/database.js'
import { importActs, roomLeft, ruleBook } from '../../regulation/index.js'
import { endVisit, lockVisit, type Visit } from '../../visit/index.js'
import { answer, enter, leave, undoEntry } from '../actions.js'
import { notClient } from '../admissions.js'
import { world } from '../facts.js'
import { entranceRoutes } from '../routes.js'
import { insertEntry } from '../store.js'
import { correctCount } from './actions.js'
import { countedNow, occupancy } from './room.js'

const office = await testDatabase({ poolSize: 20 })
const { context, clock } = office
const { pool } = context.database
const buildingId = 'hall'
const at = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const limits = (inside: number, waiting: number) => ({
  acts: [
    ...smallActs.acts,
    {
      id: 'P/2/2020',
      number: 'P/2/2020',
      title: 'w sprawie liczby osób',
      issuer: 'Prezydent',
      rank: 'ordinance' as const,
      from: '2020-05-01',
      provisions: [
        { id: 'inside', reference: '§ 1', kind: 'building-limit' as const, parameters: { limit: inside, of: 'inside' as const } },
        { id: 'wider', reference: '§ 3', kind: 'building-limit' as const, parameters: { limit: inside + 5, of: 'inside' as const } },
        { id: 'waiting', reference: '§ 2', kind: 'building-limit' as const, parameters: { limit: waiting, of: 'waiting' as const } },
      ],
    },
  ],
})
let accountId = 0

before(async () => {
  await smallOffice(office)
  accountId = (await signedIn(context, 'guard', { buildingId })).accountId
})

async function rules(inside: number, waiting: number): Promise<void> {
  clock.moveTo(clock.now().add({ seconds: 1 }))
  assert.deepEqual(await importActs(context.database, limits(inside, waiting), clock.now()), [])
  context.changes.publish('regulation')
}

/** An empty building, and visits at the door in time: four at the hour, the next a quarter later. */
async function atTheDoor(hour: string, ...services: readonly string[]): Promise<readonly Visit[]> {
  await pool.query('update entry set left_at = at where left_at is null')
  await pool.query('update occupancy set correction = 0')
  const visits: Visit[] = []
  for (const [index, serviceId] of services.entries())
    visits.push(await bookedVisit(office, { serviceId, start: at(hour).add({ minutes: 15 * Math.floor(index / 4) }) }))
  return visits
}
const come = (visit: Visit) => enter(context, { buildingId, code: visit.reference, accountId, now: visit.startsAt })

test('the strictest limit holds and is cited; a full building says how many may come, and the guard may still let in with a reason', async () => {
  await rules(2, 9)
  const [first, second, third] = await atTheDoor('08:00', 'short', 'short', 'short')
  assert.ok(first && second && third)
  assert.ok((await come(first)).entry)
  assert.ok((await come(second)).entry)
  const full = await come(third)
  assert.equal(full.entry, null)
  assert.deepEqual(
    [full.decision.code, full.decision.basis.map((each) => (each.kind === 'provision' ? each.reference : '')), full.decision.next],
    ['building-full', ['§ 1'], [{ kind: 'wait-outside', values: { places: 0 } }]],
  )
  assert.equal(
    (await answer(context, { buildingId, purpose: 'visit', code: third.reference, at: third.startsAt })).decision.code,
    'building-full',
  )
  // Who is inside is not asked to wait outside; staff and couriers are nobody's line.
  assert.equal(
    (await answer(context, { buildingId, purpose: 'visit', code: first.reference, at: first.startsAt.add({ minutes: 2 }) })).decision.code,
    'already-in',
  )
  assert.ok((await notClient(context, { buildingId, accountId, now: third.startsAt, purpose: 'delivery' })).entry)
  const forced = await enter(context, { buildingId, code: third.reference, accountId, now: third.startsAt, override: 'needs-assistance' })
  assert.deepEqual([forced.entry?.code, forced.entry?.overrideReason], ['building-full', 'needs-assistance'])
})

test('a visit that ends, somebody who goes out and an entry taken back each give a place', async () => {
  await rules(1, 9)
  const [first, second, third, fourth] = await atTheDoor('09:00', 'short', 'short', 'short', 'short')
  assert.ok(first && second && third && fourth)
  await come(first)
  assert.equal((await come(second)).decision.code, 'building-full')
  await transaction(context.database, async (client) => {
    const locked = await lockVisit(client, first.reference)
    assert.ok(locked)
    await endVisit(client, locked, { state: 'served', at: first.startsAt, actor: 'system' })
  })
  const entered = await come(second)
  assert.ok(entered.entry)
  assert.equal((await come(third)).decision.code, 'building-full')
  await leave(context, { entryId: entered.entry.id, buildingId, accountId, now: second.startsAt })
  const next = await come(third)
  assert.ok(next.entry)
  await undoEntry(context, { entryId: next.entry.id, buildingId, accountId, now: third.startsAt })
  assert.ok((await come(fourth)).entry)
})

test('a party needs as many places as it has persons; who waits fills the line, who is called leaves it', async () => {
  await rules(4, 2)
  const [party, single] = await atTheDoor('10:00', 'two', 'short')
  assert.ok(party && single)
  assert.ok((await come(party)).entry)
  assert.deepEqual(await countedNow(pool, buildingId, party.startsAt), { inside: 2, waiting: 2 })
  const line = await come(single)
  assert.deepEqual(
    [line.decision.code, line.decision.basis.map((each) => (each.kind === 'provision' ? each.reference : ''))],
    ['line-full', ['§ 2']],
  )
  await pool.query(`update visit set state = 'called' where id = $1`, [party.id])
  assert.ok((await come(single)).entry)
  const another = await bookedVisit(office, { serviceId: 'two', start: at('10:30') })
  const noRoom = await come(another)
  assert.equal(noRoom.decision.code, 'building-full')
  assert.deepEqual(noRoom.decision.next, [{ kind: 'wait-outside', values: { places: 1 } }])
})

test('two guards at one instant: counted without the lock both see the last place; with it only one gives it', async () => {
  await rules(1, 9)
  const many = await atTheDoor('11:00', ...Array.from({ length: 8 }, () => 'short'))
  const now = at('11:05')
  const { book } = await world(context)
  // Without the guard: each counts before the other has written.
  const ready = Promise.withResolvers<void>()
  let counted = 0
  const unguarded = (): Promise<number> =>
    transaction(context.database, async (client) => {
      const room = await countedNow(client, buildingId, now)
      const left = roomLeft(book, { buildingId, day: Temporal.PlainDate.from('2020-05-26') }, room)[0]?.left ?? 0
      if (++counted === 2) ready.resolve()
      await ready.promise
      if (left < 1) return 0
      await insertEntry(client, { at: now, buildingId, visitId: null, purpose: 'visit', accountId, code: 'walk-in', overrideReason: null })
      return 1
    })
  assert.deepEqual(await Promise.all([unguarded(), unguarded()]), [1, 1], 'the race is real')
  assert.equal((await countedNow(pool, buildingId, now)).inside, 2)
  await pool.query('update entry set left_at = at where left_at is null')
  // With it: eight at once, one place.
  const answers = await Promise.all(many.map((visit) => enter(context, { buildingId, code: visit.reference, accountId, now })))
  assert.deepEqual(
    [answers.filter(({ entry }) => entry !== null).length, answers.filter(({ decision }) => decision.code === 'building-full').length],
    [1, answers.length - 1],
    answers.map(({ decision }) => decision.code).join(' '),
  )
  assert.equal((await countedNow(pool, buildingId, now)).inside, 1)
})

test('who counted puts the number right with a reason; both ways it decides who comes next; a new day begins anew', async () => {
  await rules(2, 9)
  const [first, second, third] = await atTheDoor('12:00', 'short', 'short', 'short')
  assert.ok(first && second && third)
  await come(first)
  const now = first.startsAt
  assert.equal(await correctCount(context, { buildingId, inside: 2, reason: 'came-in-unseen', accountId, now }), 1)
  assert.equal((await come(second)).decision.code, 'building-full')
  await correctCount(context, { buildingId, inside: 0, reason: 'went-out-unseen', accountId, now })
  await correctCount(context, { buildingId, inside: 0, reason: 'went-out-unseen', accountId, now })
  assert.ok((await come(second)).entry)
  assert.ok((await come(third)).entry)
  const { rows } = await pool.query(`select reason, details from event where kind = 'count-corrected' order by id`)
  assert.deepEqual(rows, [
    { reason: 'came-in-unseen', details: { from: 1, to: 2 } },
    { reason: 'went-out-unseen', details: { from: 2, to: 0 } },
  ])
  assert.equal(
    (await occupancy(pool, { book: await ruleBook(context), office: (await world(context)).office }, buildingId, now.add({ hours: 24 })))
      .correction,
    0,
  )
})

test('on the pages: how many may come, the correction with its errors, and the list for an evacuation without names for a guard', async () => {
  await rules(4, 9)
  const app = await testApp(context, entranceRoutes)
  const guard = await signedIn(context, 'guard', { buildingId })
  const administrator = await signedIn(context, 'administrator')
  const [first] = await atTheDoor('13:00', 'short')
  assert.ok(first)
  clock.moveTo(first.startsAt)
  await come(first)
  const base = `/praca/wejscie/${buildingId}`
  const page = await app.inject({ url: base, headers: guard.headers })
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Klienci w budynku: 1 z 4\. Mogą wejść 3 osoby\. Podstawa: § 1/)
  const send = async (fields: Record<string, string>) => {
    const sent = form(fields)
    return app.inject({ method: 'POST', url: `${base}/licznik`, payload: sent.payload, headers: { ...sent.headers, ...guard.headers } })
  }
  for (const ile of ['', '-1', 'x', '99999']) {
    const wrong = await send({ ile, dlaczego: 'counted' })
    assert.equal(wrong.statusCode, 422, ile)
    await assertValidPage(wrong.body)
  }
  assert.equal((await send({ ile: '3', dlaczego: 'because' })).statusCode, 422)
  assert.equal((await send({ ile: '3', dlaczego: 'counted' })).headers.location, `${base}?info=count-corrected`)
  assert.match(textOf((await app.inject({ url: base, headers: guard.headers })).body), /3 z 4\. Może wejść 1 osoba.*Poprawka licznika: 2/)
  const list = await app.inject({ url: `${base}/ewakuacja`, headers: guard.headers })
  await assertValidPage(list.body)
  assert.match(textOf(list.body), /Razem: 3 osoby.*poprawka licznika: 2.*Poczekalnia 1.*Wizyta A 0/)
  assert.ok(!list.body.includes(first.person.name ?? '?'))
  const named = await app.inject({ url: `${base}/ewakuacja`, headers: administrator.headers })
  await assertValidPage(named.body)
  assert.ok(named.body.includes(first.person.name ?? '?'))
})
