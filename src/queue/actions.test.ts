/**
 * One desk's day on a real database: call, call again, start, finish, did not come, take it back.
 */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { officeDay, same } from '../platform/clock.js'
import { findVisit, type Visit } from '../visit/index.js'
import { testLeszno } from '../../tests/support/office.js'
import { staffDesks, waits } from '../../tests/support/waiting.js'
import {
  callNext,
  closeDesk,
  finish,
  missed,
  openDesk,
  pauseDesk,
  recall,
  resumeDesk,
  start,
  undoMissed,
  type QueueAnswer,
} from './index.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
const ids = 'dowody-osobiste'
const room = 'walowa-5/4'
const desk = `${room}/1`
const neighbour = `${room}/2`

beforeEach(async () => {
  await pool.query('delete from live_place')
  await pool.query('delete from desk_session')
  await pool.query(`update visit set state = 'left' where state in ('arrived', 'called', 'serving')`)
  await staffDesks(context, [desk, neighbour])
})

const command = (at: string = desk) => ({ desk: at, actor: 'account:1' as const, now: clock.now() })
const later = (seconds: number): void => clock.moveTo(clock.now().add({ seconds }))
const someone = (wish: { startsAt?: Temporal.Instant; persons?: number; serviceId?: string } = {}): Promise<Visit> =>
  waits(context, { serviceId: ids, arrivedAt: clock.now(), ...wish })

function reference(answer: QueueAnswer): string {
  assert.ok(answer.allowed, `done, not ${answer.code}`)
  assert.ok(answer.visit)
  return answer.visit.reference
}

async function state(of: string): Promise<string | undefined> {
  return (await findVisit(pool, of))?.state
}

async function history(visit: Visit): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string }>('select kind from event where visit_id = $1 order by id', [visit.id])
  return rows.map((row) => row.kind)
}

test('a person is called, called again after a minute, served and done; each step is in the history', async () => {
  const visit = await someone()
  const called = await callNext(context, command())
  assert.deepEqual(called, {
    allowed: true,
    code: 'called',
    visit: { reference: visit.reference, ticket: visit.ticket, state: 'called' },
    repeated: false,
  })
  const command1 = { ...command(), reference: visit.reference }
  assert.equal((await recall(context, command1)).code, 'call-again-later')
  later(60)
  assert.equal((await recall(context, { ...command1, now: clock.now() })).code, 'recalled')
  assert.equal((await start(context, { ...command1, now: clock.now() })).code, 'started')
  assert.equal((await finish(context, { ...command1, now: clock.now() })).code, 'finished')
  assert.deepEqual(await history(visit), ['called', 'recalled', 'started', 'finished'])
  assert.equal((await pool.query('select from live_place')).rowCount, 0)
})

test('with nobody waiting the desk is told so, and nothing is written', async () => {
  const answer = await callNext(context, command())
  assert.deepEqual(answer, { allowed: true, code: 'nobody-waiting', visit: null, repeated: false })
})

test('§ 1 ust. 4: a desk with a client calls nobody else', async () => {
  await someone()
  await someone()
  reference(await callNext(context, command()))
  assert.equal((await callNext(context, command())).code, 'client-at-desk')
})

test('pressed twice, every act is done once and answered alike', async () => {
  const visit = await someone()
  const key = crypto.randomUUID()
  const first = await callNext(context, { ...command(), key })
  const again = await callNext(context, { ...command(), key })
  assert.equal(reference(again), reference(first))
  assert.ok(again.allowed && again.repeated)
  assert.equal((await callNext(context, { ...command(neighbour), key })).code, 'key-reused')
  for (const act of [start, finish]) {
    const one = await act(context, { ...command(), reference: visit.reference })
    const two = await act(context, { ...command(), reference: visit.reference })
    assert.equal(reference(two), reference(one))
  }
  assert.deepEqual(await history(visit), ['called', 'started', 'finished'])
})

test('a closed desk and one on a break call nobody; a desk with a client is not closed', async () => {
  await someone()
  assert.equal((await callNext(context, command(`${room}/3`))).code, 'desk-not-open')
  await pauseDesk(context, command())
  assert.equal((await callNext(context, command())).code, 'desk-paused')
  await resumeDesk(context, command())
  const called = reference(await callNext(context, command()))
  await start(context, { ...command(), reference: called })
  assert.equal((await closeDesk(context, command())).code, 'client-at-desk')
  assert.equal((await callNext(context, command('no/such/desk'))).code, 'unknown-desk')
})

test('a colleague who opens a desk left open takes it over, but not with a client at it', async () => {
  const { rows } = await pool.query<{ id: number }>(
    `insert into account (login, name, roles, created_at) values ('colleague', 'Test', '{desk}', $1) returning id`,
    [clock.now()],
  )
  const accountId = (rows[0] as { id: number }).id
  await someone()
  const visit = reference(await callNext(context, command()))
  assert.equal((await openDesk(context, { ...command(), accountId })).code, 'client-at-desk')
  await start(context, { ...command(), reference: visit })
  await finish(context, { ...command(), reference: visit })
  assert.equal((await openDesk(context, { ...command(), accountId })).code, 'desk-opened')
})

test('a state other than the one seen is not acted upon', async () => {
  const visit = await someone()
  await callNext(context, command())
  const stale = await start(context, { ...command(), reference: visit.reference, version: visit.version })
  assert.equal(stale.code, 'state-changed')
  assert.equal((await start(context, { ...command(), reference: visit.reference, version: visit.version + 1 })).code, 'started')
})

test('what another desk called is refused with the desk’s name', async () => {
  const visit = await someone()
  await callNext(context, command())
  const other = await start(context, { ...command(neighbour), reference: visit.reference })
  assert.ok(!other.allowed)
  assert.equal(other.code, 'at-another-desk')
  assert.deepEqual(other.values, { ticket: visit.ticket, desk: '1' })
  assert.equal((await start(context, { ...command(), reference: 'NNNNNNNN' })).code, 'unknown-visit')
})

async function missedAt(visit: Visit): Promise<void> {
  reference(await callNext(context, command()))
  later(60)
  reference(await recall(context, { ...command(), reference: visit.reference }))
  later(60)
  reference(await missed(context, { ...command(), reference: visit.reference }))
}

test('who did not come is back at the desk when that is taken back in time', async () => {
  const visit = await someone()
  await missedAt(visit)
  assert.equal(await state(visit.reference), 'missed')
  later(30)
  await undoMissed(context, { ...command(), reference: visit.reference })
  assert.equal(await state(visit.reference), 'called')
  assert.equal((await callNext(context, command())).code, 'client-at-desk')
})

test('when the desk has called someone else meanwhile, the person waits again, first in line', async () => {
  const visit = await someone()
  later(1)
  const next = await someone()
  await missedAt(visit)
  assert.equal(reference(await callNext(context, command())), next.reference)
  const back = await undoMissed(context, { ...command(), reference: visit.reference })
  assert.ok(back.allowed && back.visit?.state === 'arrived')
  assert.equal(reference(await callNext(context, command(neighbour))), visit.reference)
})

test('after sixty seconds it cannot be taken back', async () => {
  const visit = await someone()
  await missedAt(visit)
  later(61)
  assert.equal((await undoMissed(context, { ...command(), reference: visit.reference })).code, 'undo-too-late')
})

test('the planned time is freed when the visit ends and taken again when that is undone', async () => {
  const visit = await someone({ startsAt: clock.now() })
  const { rows } = await pool.query<{ id: number }>('select id from desk where slug = $1', [desk])
  const ends = visit.endsAt
  await pool.query('insert into place (visit_id, desk_id, during) values ($1, $2, tstzrange($3, $4))', [
    visit.id,
    rows[0]?.id,
    visit.startsAt,
    ends,
  ])
  const planned = async (): Promise<number> =>
    (await pool.query('select from place where visit_id = $1 and active', [visit.id])).rowCount ?? 0
  await missedAt(visit)
  assert.equal(await planned(), 0)
  await undoMissed(context, { ...command(), reference: visit.reference })
  assert.equal(await planned(), 1)
})

test('a matter for two takes a second staffed free desk of the room, or waits', async () => {
  const couple = await someone({ persons: 2 })
  reference(
    await (async () => {
      await someone()
      await pauseDesk(context, command())
      return callNext(context, command(neighbour))
    })(),
  )
  await resumeDesk(context, command())
  const refused = await callNext(context, command())
  assert.equal(refused.code, 'needs-more-desks')
  await staffDesks(context, [`${room}/3`])
  assert.equal(reference(await callNext(context, command())), couple.reference)
  const { rows } = await pool.query<{ caller: boolean }>('select caller from live_place where visit_id = $1 order by caller', [couple.id])
  assert.deepEqual(
    rows.map((row) => row.caller),
    [false, true],
  )
  await someone()
  assert.equal((await callNext(context, command(`${room}/3`))).code, 'client-at-desk', 'the second person sits there')
  await start(context, { ...command(), reference: couple.reference })
  await finish(context, { ...command(), reference: couple.reference })
  assert.equal((await callNext(context, command(`${room}/3`))).code, 'called')
})

test('yesterday’s people are not called today', async () => {
  const yesterday = clock.now().subtract({ hours: 24 })
  await waits(context, { serviceId: ids, arrivedAt: yesterday })
  assert.ok(!same(officeDay(yesterday), officeDay(clock.now())))
  assert.equal((await callNext(context, command())).code, 'nobody-waiting')
})

test('those who watch the building and the desk hear of it after the commit', async () => {
  await someone()
  const heard: string[] = []
  const stop = [`queue:walowa-5`, `desk:${desk}`].map((topic) => context.changes.subscribe(topic, () => heard.push(topic)))
  await callNext(context, command())
  for (const each of stop) each()
  assert.deepEqual(heard, ['queue:walowa-5', `desk:${desk}`])
})
