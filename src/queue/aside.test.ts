/**
 * What a desk does with people besides calling them in turn, on a real database: nobody loses their
 * minute, every act is done once, and no desk ever has two.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { staffDesks, waits } from '../../tests/support/waiting.js'
import { instantOf, officeDay } from '../platform/clock.js'
import { findVisit, type Visit } from '../visit/index.js'
import {
  callNext,
  closeDesk,
  comeBack,
  finish,
  handOver,
  nextMatter,
  openDesk,
  park,
  pauseDesk,
  pick,
  prioritise,
  recall,
  start,
  transfer,
  wentHome,
} from './index.js'
import { readOverflow, writeOverflow } from './desk-store.js'
import { setOverflow } from './sessions.js'

const office = await testLeszno({ poolSize: 12 })
const { context, clock, directory } = office
const { pool } = context.database
const ids = 'dowody-osobiste'
const vehicles = 'rejestracja-pojazdow'
const [desk, neighbour] = ['walowa-5/4/1', 'walowa-5/4/2'] as const
const vehicleDesk = directory.desksOf(vehicles)[0]?.slug ?? ''
clock.moveTo(instantOf(officeDay(clock.now()), 9 * 60))

beforeEach(async () => {
  await pool.query('delete from live_place')
  await pool.query('delete from desk_session')
  await pool.query('delete from desk_overflow')
  await pool.query(`update visit set state = 'left' where state in ('arrived', 'called', 'serving', 'parked')`)
  await staffDesks(context, [desk, neighbour, vehicleDesk])
})

const at = (slug: string = desk) => ({ desk: slug, actor: 'account:1' as const, now: clock.now() })
const later = (seconds: number): void => clock.moveTo(clock.now().add({ seconds }))
const someone = (wish: Partial<Parameters<typeof waits>[1]> = {}): Promise<Visit> =>
  waits(context, { serviceId: ids, arrivedAt: clock.now(), ...wish })
const now = async (visit: Visit): Promise<Visit> => (await findVisit(pool, visit.reference)) as Visit
const nextAt = async (slug: string): Promise<string | null> => {
  const answer = await callNext(context, at(slug))
  return answer.allowed ? (answer.visit?.reference ?? null) : answer.code
}

test('a parked person waits apart with their minute, the desk is free, and they are called back there', async () => {
  const first = await someone()
  later(60)
  const second = await someone()
  await callNext(context, at())
  await start(context, { ...at(), reference: first.reference })
  later(120)
  const parked = await park(context, { ...at(), reference: first.reference, reason: 'form' })
  assert.equal(parked.code, 'parked')
  assert.equal((await park(context, { ...at(), reference: first.reference, reason: 'form' })).allowed, true)
  assert.equal(await nextAt(desk), second.reference, 'who waits apart is not called in turn')
  assert.equal((await pick(context, { ...at(), reference: first.reference, reason: 'agreed', mayPick: false })).code, 'client-at-desk')
  await start(context, { ...at(), reference: second.reference })
  await finish(context, { ...at(), reference: second.reference, outcome: 'settled' })
  const back = await pick(context, { ...at(), reference: first.reference, reason: 'continues-here', mayPick: false })
  assert.equal(back.code, 'called')
  const visit = await now(first)
  assert.deepEqual([visit.state, visit.dueAt?.toString()], ['called', first.dueAt?.toString()])
})

test('whoever comes back to the line is due when they were, before those who came since', async () => {
  const first = await someone()
  await callNext(context, at())
  await park(context, { ...at(), reference: first.reference, reason: 'payment' })
  later(60)
  await someone()
  assert.equal((await comeBack(context, { ...at(), reference: first.reference })).code, 'returned')
  assert.equal(await nextAt(neighbour), first.reference)
})

test('a person sent to a desk is called there alone; one sent to another matter at its desks, with the same number and minute', async () => {
  const one = await someone()
  await callNext(context, at())
  assert.equal((await transfer(context, { ...at(), reference: one.reference, to: { desk: neighbour } })).code, 'transferred')
  assert.equal(await nextAt(desk), null)
  assert.equal(await nextAt(neighbour), one.reference)
  await start(context, { ...at(neighbour), reference: one.reference })
  const sent = await transfer(context, { ...at(neighbour), reference: one.reference, to: { serviceId: vehicles } })
  assert.equal(sent.code, 'transferred')
  const visit = await now(one)
  assert.deepEqual(
    [visit.serviceId, visit.doneServiceIds, visit.ticket, visit.dueAt?.toString()],
    [vehicles, [ids], one.ticket, one.dueAt?.toString()],
  )
  assert.equal(await nextAt(neighbour), null)
  assert.equal(await nextAt(vehicleDesk), one.reference)
  assert.equal(
    (await transfer(context, { ...at(vehicleDesk), reference: one.reference, to: { desk: 'karasia-15/biuro-obslugi/1' } })).code,
    'nobody-there',
  )
})

test('a priority makes a person due earlier once, whatever the reasons', async () => {
  const first = await someone()
  const second = await someone()
  await prioritise(context, { ...at(), reference: second.reference, reason: 'small-child' })
  await prioritise(context, { ...at(), reference: second.reference, reason: 'hard-to-wait' })
  const visit = await now(second)
  assert.equal(second.dueAt?.since(visit.dueAt as Temporal.Instant).total('minutes'), 15)
  assert.deepEqual([visit.dueWhy, visit.priority], ['priority', 'hard-to-wait'])
  assert.equal(await nextAt(desk), second.reference)
  assert.equal(await nextAt(neighbour), first.reference)
  const { rows } = await pool.query(`select reason from event where visit_id = $1 and kind = 'prioritised' order by id`, [second.id])
  assert.deepEqual(
    rows.map((row: { reason: string }) => row.reason),
    ['small-child', 'hard-to-wait'],
  )
})

test('out of turn needs the right, and is written with its reason', async () => {
  await someone()
  const last = await someone()
  const command = { ...at(), reference: last.reference, reason: 'agreed' as const }
  assert.equal((await pick(context, { ...command, mayPick: false })).code, 'no-right-to-pick')
  assert.equal((await pick(context, { ...command, mayPick: true })).code, 'called')
  const { rows } = await pool.query(`select reason, details ->> 'why' as why from event where visit_id = $1 and kind = 'called'`, [last.id])
  assert.deepEqual(rows, [{ reason: 'agreed', why: 'picked' }])
})

test('two desks that pick the same person at once: one gets them', async () => {
  for (let round = 0; round < 20; round += 1) {
    const person = await someone()
    const answers = await Promise.all(
      [desk, neighbour].map((slug) => pick(context, { ...at(slug), reference: person.reference, reason: 'agreed', mayPick: true })),
    )
    assert.equal(answers.filter(({ allowed }) => allowed).length, 1)
    assert.equal((await pool.query('select from live_place')).rowCount, 1)
    await pool.query('delete from live_place')
    await wentHome(context, { ...at(), reference: person.reference })
    await pool.query(`update visit set state = 'left' where state = 'called'`)
  }
})

test('several matters are settled one after another, each with what came of it', async () => {
  const person = await someone()
  await pool.query('update visit set more_service_ids = $2 where id = $1', [person.id, ['wydanie-praw-jazdy']])
  await pool.query('insert into desk_service select id, $2 from desk where slug = $1 on conflict do nothing', [desk, 'wydanie-praw-jazdy'])
  await pool.query('update visit set state = $2, desk_id = (select id from desk where slug = $3), serving_at = $4 where id = $1', [
    person.id,
    'serving',
    desk,
    clock.now(),
  ])
  const command = { ...at(), reference: person.reference, outcome: 'accepted' as const }
  const key = randomUUID()
  assert.equal((await nextMatter(context, { ...command, key })).code, 'matter-done')
  assert.equal((await nextMatter(context, { ...command, key })).allowed, true)
  const visit = await now(person)
  assert.deepEqual([visit.serviceId, visit.moreServiceIds, visit.doneServiceIds], ['wydanie-praw-jazdy', [], [ids]])
  assert.equal((await nextMatter(context, command)).code, 'no-further-matter')
})

test('a person is called three times at most', async () => {
  const person = await someone()
  await callNext(context, at())
  for (const code of ['recalled', 'recalled', 'called-enough']) {
    later(60)
    assert.equal((await recall(context, { ...at(), reference: person.reference })).code, code)
  }
})

test('a desk that closes loses nobody: who was called, waits apart or was sent there waits for any desk, due as before', async () => {
  const [called, sent, apart] = [await someone(), await someone(), await someone()]
  await callNext(context, at())
  await transfer(context, { ...at(neighbour), reference: sent.reference, to: { desk } })
  await callNext(context, at(neighbour))
  await park(context, { ...at(neighbour), reference: apart.reference, reason: 'copies' })
  assert.equal((await closeDesk(context, at())).code, 'desk-closed')
  assert.equal((await closeDesk(context, at(neighbour))).code, 'desk-closed')
  for (const each of [called, sent, apart]) {
    const visit = await now(each)
    assert.deepEqual([visit.state, visit.deskId, visit.forDeskId, visit.dueAt?.toString()], ['arrived', null, null, each.dueAt?.toString()])
  }
  assert.equal((await pool.query('select from live_place')).rowCount, 0)
})

test('the database keeps a desk open while somebody is at it, also when the program forgets to look', async () => {
  await someone()
  await callNext(context, at())
  await assert.rejects(pool.query('delete from desk_session'), /live_place_at_staffed_desk/)
})

test('a clerk who leaves hands the desk over with whoever is at it', async () => {
  const person = await someone()
  await callNext(context, at())
  await start(context, { ...at(), reference: person.reference })
  const { rows } = await pool.query<{ id: number }>(
    `insert into account (login, name, roles, created_at) values ('zmiana', 'Zmiana', '{desk}', $1) returning id`,
    [clock.now()],
  )
  const accountId = rows[0]?.id ?? 0
  const colleague = { ...at(), actor: `account:${accountId}` as const, accountId }
  assert.equal((await openDesk(context, colleague)).code, 'client-at-desk')
  assert.equal((await handOver(context, { ...at(), offered: true })).code, 'desk-offered')
  assert.equal((await openDesk(context, colleague)).code, 'desk-opened')
  assert.equal((await finish(context, { ...at(), reference: person.reference, holder: accountId })).code, 'finished')
})

test('a break says until when; a desk takes of another group those who have waited long enough', async () => {
  const until = clock.now().add({ minutes: 15 })
  await pauseDesk(context, { ...at(), until })
  const { rows } = await pool.query<{ paused_until: Temporal.Instant }>('select paused_until from desk_session where paused')
  assert.equal(rows[0]?.paused_until.toString(), until.toString())
  const vehicle = await someone({ serviceId: vehicles })
  await writeOverflow(pool, directory.desks.get(neighbour)?.id ?? 0, [{ letter: 'A', afterMinutes: 20, from: 0, until: 1440 }])
  assert.equal(await nextAt(neighbour), null)
  later(20 * 60)
  assert.equal(await nextAt(neighbour), vehicle.reference)
})

test('a shift says whose overflow its desk takes: from opening to closing, unless the live room has said something else', async () => {
  const deskId = directory.desks.get(neighbour)?.id ?? 0
  const shift = `[{"letter": "A", "afterMinutes": 20}]`
  await pool.query('update shift set overflow = $2, starts_minute = 480, ends_minute = 720 where desk_id = $1', [deskId, shift])
  const { accountId } = await signedIn(context, 'desk')
  const taken = () => readOverflow(pool, deskId)
  await closeDesk(context, at(neighbour))
  await openDesk(context, { ...at(neighbour), accountId })
  assert.deepEqual(await taken(), [{ letter: 'A', afterMinutes: 20, from: 480, until: 720 }])
  await setOverflow(context, { ...at(neighbour), overflow: [] })
  await openDesk(context, { ...at(neighbour), accountId })
  assert.deepEqual(await taken(), [], 'a desk that is open keeps what was said of it')
  await closeDesk(context, at(neighbour))
  await setOverflow(context, { ...at(neighbour), overflow: [{ letter: 'A', afterMinutes: 5, from: 0, until: 1_440 }] })
  await openDesk(context, { ...at(neighbour), accountId })
  assert.equal((await taken())[0]?.afterMinutes, 5)
  await closeDesk(context, at(neighbour))
  assert.deepEqual(await taken(), [])
})
