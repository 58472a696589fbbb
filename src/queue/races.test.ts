/**
 * Racing desks on real connections. No person is called by two desks and no desk has two people,
 * whatever the interleaving; with the guard taken away the same race shows the double.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testLeszno } from '../../tests/support/office.js'
import { interrupted, rewritten } from '../../tests/support/race.js'
import { staffDesks, waits } from '../../tests/support/waiting.js'
import { callNext, closeDesk, finish, start, type QueueAnswer } from './index.js'

const office = await testLeszno({ poolSize: 24 })
const { context, clock } = office
const { pool } = context.database
const room = 'walowa-5/4'
const desks = ['1', '2', '3'].map((label) => `${room}/${label}`)
await staffDesks(context, desks)

const call = (desk: string, key?: string, program = context): Promise<QueueAnswer> =>
  callNext(program, { desk, actor: 'account:1', now: clock.now(), key })
const crowd = (count: number, persons = 1): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, () => waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now(), persons })))

async function clear(): Promise<void> {
  await pool.query('delete from live_place')
  await pool.query(`update visit set state = 'left' where state in ('arrived', 'called', 'serving')`)
}

/** Desks at which more than one person is called or served now. */
async function doubles(): Promise<number> {
  const { rows } = await pool.query('select desk_id from visit where state in ($1, $2) group by desk_id having count(*) > 1', [
    'called',
    'serving',
  ])
  return rows.length
}

function references(answers: readonly QueueAnswer[]): string[] {
  return answers.flatMap((answer) => (answer.allowed && answer.visit !== null ? [answer.visit.reference] : []))
}

test('three desks calling at once get three different people, fifty times', async () => {
  for (let round = 0; round < 50; round += 1) {
    await crowd(4)
    const got = references(await Promise.all(desks.map((desk) => call(desk))))
    assert.equal(got.length, 3, 'each desk got somebody')
    assert.equal(new Set(got).size, 3, 'nobody was called twice')
    await clear()
  }
})

test('one person and three desks: one desk gets the person, the others are told that nobody waits', async () => {
  for (let round = 0; round < 30; round += 1) {
    await crowd(1)
    const answers = await Promise.all(desks.map((desk) => call(desk)))
    assert.equal(references(answers).length, 1)
    assert.deepEqual(
      answers.filter((answer) => answer.code !== 'called').map((answer) => answer.code),
      ['nobody-waiting', 'nobody-waiting'],
    )
    await clear()
  }
})

test('one desk calling eight times at once gets one client', async () => {
  for (let round = 0; round < 30; round += 1) {
    await crowd(8)
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(desks[0] as string)))
    assert.equal(references(answers).length, 1)
    assert.ok(answers.every((answer) => answer.code === 'called' || answer.code === 'client-at-desk'))
    assert.equal(await doubles(), 0)
    await clear()
  }
})

/** One desk is pressed twice: the second time just after the first press has claimed who is first in line. Who is called? */
async function pressedTwice(program = context): Promise<{ first: string | undefined; called: string[] }> {
  await clear()
  await crowd(3)
  const { rows } = await pool.query<{ reference: string }>(
    `select reference from visit where state = 'arrived' order by due_at, arrived_at, id limit 1`,
  )
  let second: Promise<QueueAnswer> = Promise.resolve({ allowed: true, code: 'nobody-waiting', visit: null, repeated: false })
  let looked = false
  const slowly = rewritten(program, (text) => text.replace('where desk_id = $3 and not paused', 'where desk_id = $3 and false'))
  const first = interrupted(slowly, 'select * from visit where building_id', async () => {
    if (looked) return
    looked = true
    second = call(desks[0] as string, crypto.randomUUID(), program)
    await answeredOrWaiting(second)
  })
  const answer = await call(desks[0] as string, crypto.randomUUID(), first)
  return { first: rows[0]?.reference, called: references([answer, await second]) }
}

test('of two presses at one desk neither calls anyone but who is first in line', async () => {
  const { first, called } = await pressedTwice()
  assert.deepEqual(called, [first])
})

test('without the desk locked the second press calls whoever is behind', async () => {
  const program = rewritten(context, (text) => text.replace(/for no key update( of s)?( skip locked)?/, 'for share$1'))
  const { first, called } = await pressedTwice(program)
  assert.equal(called.length, 1)
  assert.notEqual(called[0], first)
  await clear()
})

test('the same press sent eight times at once is one call, and all get its answer', async () => {
  for (let round = 0; round < 20; round += 1) {
    await crowd(8)
    const key = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(desks[0] as string, key)))
    assert.equal(new Set(references(answers)).size, 1)
    assert.equal(references(answers).length, 8)
    await clear()
  }
})

test('matters for two, called from every desk of a room at once: never more persons than desks, no deadlock', async () => {
  for (let round = 0; round < 40; round += 1) {
    await crowd(3, 2)
    const answers = await Promise.all(desks.map((desk) => call(desk)))
    assert.equal(references(answers).length, 1, 'three desks hold one party of two')
    assert.equal((await pool.query('select from live_place')).rowCount, 2)
    await clear()
  }
})

test('start and finish pressed six times at once are done once', async () => {
  await crowd(1)
  const [reference] = references([await call(desks[0] as string)])
  const command = { desk: desks[0] as string, actor: 'account:1' as const, now: clock.now(), reference: reference as string }
  for (const act of [start, finish]) {
    const answers = await Promise.all(Array.from({ length: 6 }, () => act(context, command)))
    assert.ok(answers.every((answer) => answer.allowed))
    assert.equal(answers.filter((answer) => answer.allowed && !answer.repeated).length, 1)
  }
  const { rows } = await pool.query<{ kind: string }>(
    'select e.kind from event e join visit v on v.id = e.visit_id where v.reference = $1 order by e.id',
    [reference],
  )
  assert.deepEqual(
    rows.map((row) => row.kind),
    ['called', 'started', 'finished'],
  )
  await clear()
})

/** Runs with nothing that keeps a second person from a desk: the name stays, so that the same statements run; what it guards is gone. */
async function withoutGuardOfDesks(run: () => Promise<void>): Promise<void> {
  await pool.query(
    'alter table live_place drop constraint live_one_per_desk, add constraint live_one_per_desk primary key (desk_id, visit_id)',
  )
  await run()
  await pool.query('alter table live_place drop constraint live_one_per_desk, add constraint live_one_per_desk primary key (desk_id)')
}

test('without the guard the race is real: a desk gets several clients', async () => {
  let seen = 0
  await withoutGuardOfDesks(async () => {
    for (let round = 0; round < 30 && seen === 0; round += 1) {
      await crowd(8)
      await Promise.all(Array.from({ length: 8 }, () => call(desks[0] as string)))
      seen = await doubles()
      await clear()
    }
  })
  assert.equal(seen, 1)
})

test('without the guard matters for two bring more persons into a room than it has desks', async () => {
  let most = 0
  await withoutGuardOfDesks(async () => {
    for (let round = 0; round < 30 && most <= desks.length; round += 1) {
      await crowd(3, 2)
      // Nor does a desk wait for a pair that another looks at.
      const program = rewritten(context, (text) => text.replaceAll('counted > 1', 'counted > 99'))
      await Promise.all(desks.map((desk) => call(desk, undefined, program)))
      most = Math.max(most, (await pool.query('select from live_place')).rowCount ?? 0)
      await clear()
    }
  })
  assert.ok(most > desks.length)
})

test('without the guards of a person two desks call the same one', async () => {
  await pool.query('drop index live_one_caller')
  const program = rewritten(context, (text) => text.replace(' for update skip locked', ''))
  let most = 0
  for (let round = 0; round < 30 && most < 2; round += 1) {
    await crowd(1)
    const got = references(await Promise.all(desks.map((desk) => call(desk, undefined, program))))
    most = Math.max(most, got.length)
    if (got.length > 1) assert.equal(new Set(got).size, 1)
    await clear()
  }
  await pool.query('create unique index live_one_caller on live_place (visit_id) where caller')
  assert.ok(most >= 2)
})

/** Says "not yet" in a moment. */
const soon = (): Promise<boolean> => new Promise((resolve) => setTimeout(resolve, 5, false))

/** Until the press is answered, or waits for a lock. */
async function answeredOrWaiting(calling: Promise<unknown>): Promise<void> {
  const held = `select from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`
  const waiting = async (): Promise<boolean> => ((await pool.query(held)).rowCount ?? 0) > 0
  const answered = calling.then(() => true)
  while (!(await Promise.race([answered, soon()])) && !(await waiting()));
}

/** A pair is due before a single person, and another desk looks at it: whom does a desk call that presses at that moment? Counted persons. */
async function callBesidePair(program = context): Promise<number> {
  await clear()
  await staffDesks(context, desks)
  await crowd(1, 2)
  clock.moveTo(clock.now().add({ seconds: 1 }))
  await crowd(1)
  const other = await pool.connect()
  try {
    await other.query('begin')
    await other.query(`select from visit where state = 'arrived' and counted = 2 for update`)
    const calling = call(desks[0] as string, undefined, program)
    await answeredOrWaiting(calling)
    await other.query('rollback')
    const [reference] = references([await calling])
    const { rows } = await pool.query<{ counted: number }>('select counted from visit where reference = $1', [reference])
    return rows[0]?.counted ?? 0
  } finally {
    other.release()
  }
}

test('a pair that another desk looks at is waited for, and nobody is called before it', async () => {
  assert.equal(await callBesidePair(), 2)
})

test('without that the single person behind is called, and a pair may wait for ever', async () => {
  assert.equal(await callBesidePair(rewritten(context, (text) => text.replaceAll('counted > 1', 'counted > 99'))), 1)
  await clear()
})

/** A pair is called while the clerk of the second desk closes it, just after it was seen to be free. */
async function pairWhileClosing(): Promise<{ answer: QueueAnswer; atClosedDesks: number }> {
  await clear()
  await staffDesks(context, desks)
  await crowd(1, 2)
  // Free desks are counted, and looked at once more to be taken: that is the moment.
  let looks = 0
  const closing = interrupted(context, 'select s.desk_id, not s.paused', async () => {
    looks += 1
    if (looks < 2) return
    for (const desk of desks.slice(1)) await closeDesk(context, { desk, actor: 'system', now: clock.now() })
  })
  const answer = await callNext(closing, { desk: desks[0] as string, actor: 'account:1', now: clock.now() })
  const { rowCount } = await pool.query('select from live_place where desk_id not in (select desk_id from desk_session)')
  return { answer, atClosedDesks: rowCount ?? 0 }
}

test('persons at desks are never more than desks at work: a desk that closes meanwhile takes nobody', async () => {
  const { answer, atClosedDesks } = await pairWhileClosing()
  assert.deepEqual([answer.code, atClosedDesks], ['try-again', 0])
  assert.equal((await pool.query('select from live_place')).rowCount, 0)
})

test('without that guard of the database a second person sits at a closed desk', async () => {
  await pool.query('alter table live_place drop constraint live_place_at_staffed_desk')
  try {
    assert.equal((await pairWhileClosing()).atClosedDesks, 1)
  } finally {
    await clear()
    await pool.query(
      'alter table live_place add constraint live_place_at_staffed_desk foreign key (desk_id) references desk_session (desk_id)',
    )
  }
})
