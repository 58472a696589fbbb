/**
 * An office that updates: what the version of migration 0011 wrote (office-of-before.sql) is brought
 * to the present schema, and the program of today does with those rows all it does with its own.
 * How an update is tried with the programs themselves: docs/operations.md.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { composers } from '../../src/composers.js'
import { createApp } from '../../src/app.js'
import { duties } from '../../src/duties.js'
import { bringUpToDate } from '../../src/open.js'
import {
  book,
  bookFromRequest,
  cancel,
  confirmHold,
  confirmPending,
  finishRequest,
  joinForVisit,
  move,
  sendCodeAgain,
} from '../../src/booking/index.js'
import { enter, leave } from '../../src/entrance/index.js'
import { readOutbox } from '../../src/messages/index.js'
import { machineClock, officeDay } from '../../src/platform/clock.js'
import { runDueDuties } from '../../src/platform/duties.js'
import { kyselyOf, migrateTo } from '../../src/platform/migrations.js'
import { projectFile } from '../../src/platform/paths.js'
import { callNext, finish, start } from '../../src/queue/index.js'
import { importActs } from '../../src/regulation/index.js'
import { signIn } from '../../src/staff/index.js'
import { findVisit } from '../../src/visit/index.js'
import { directory } from '../../src/directory/index.js'
import { codeOf } from '../support/confirming.js'
import { testDatabase } from '../support/office.js'
import { smallActs, smallFile } from '../support/small-office.js'
import { visitor } from '../support/visitor.js'

/** The visits of office-of-before.sql by what they are there for; each is named so. */
const visits = {
  served: 'X2L5K4LG',
  serving: '2BNK4D76',
  missed: '7ZJNSZTX',
  called: 'DMPXAAYE',
  arrived: 'DJD2WVH4',
  parked: 'AVX32E9K',
  left: 'HAH84AM4',
  booked: '52M6C5T9',
  two: 'SBE75VJF',
  moving: 'ZZYPTGH7',
  today: '3B4G54E3',
  never: 'FY9W228Z',
  pending: 'QPA5SA62',
  cancelled: 'SQJH6WKS',
  redirected: 'ZW2TM93H',
  expired: '5WVVCJD6',
  held: 'WT7EE7RA',
} as const
const requests = { open: 'BSF62AG3', second: 'KBX6PM9Z' }
/** What that version printed as a code on the pass of `today`, and gave a program to sign in with. */
const passCode = 'MIdEArqX1o2BCQ9zTJ6AUw'
const programToken = 'okt_LseNSHh7GMib6kvzJsDcIx6XTInZr2AT9y3lF7Xm5h0'
const clerk = 'account:2'
const guard = 3
const desk = { desk: 'hall/1/2', actor: 'account:4' } as const

const monday = (time: string): Temporal.Instant => at('2020-05-25', time)
const at = (day: string, time: string): Temporal.Instant => Temporal.Instant.from(`${day}T${time}:00+02:00`)

let counted: readonly unknown[]
const office = await testDatabase({
  at: monday('07:50'),
  async fill(database) {
    await kyselyOf(database)
      .connection()
      .execute((only) => migrateTo(only, '0011_pass__lookup_failure__create'))
    await database.pool.query(await readFile(projectFile('tests/lifecycle/office-of-before.sql'), 'utf8'))
    counted = await countRows((text) => database.pool.query(text))
    const ran = await bringUpToDate(database)
    assert.ok(ran[0]?.startsWith('0012_') && ran.length > 7, 'the rest of the migrations ran')
  },
})
const { context, clock } = office
const { pool } = context.database
let app: FastifyInstance
before(async () => {
  app = await createApp(context)
})
after(() => app.close())

/** How many rows each table of that version has, and what the history says. */
async function countRows(query: (text: string) => Promise<{ rows: unknown[] }>): Promise<readonly unknown[]> {
  const tables = [
    'visit',
    'place',
    'visit_limit',
    'live_place',
    'event',
    'request',
    'entry',
    'account',
    'shift',
    'provision',
    'desk_session',
  ]
  const counts = tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')
  const { rows } = await query(`select ${counts}, (select md5(string_agg(e::text, '|' order by id)) from event e) as history`)
  return rows
}

async function versionsOfActs(): Promise<unknown> {
  return (await pool.query('select count(*) from act')).rows
}

async function stateOf(name: keyof typeof visits): Promise<string | undefined> {
  return (await findVisit(pool, visits[name]))?.state
}

test('nothing is lost, and the office has its old settings and every new one', async () => {
  assert.deepEqual(await countRows((text) => pool.query(text)), counted)
  const { settings } = (await directory(context)).office
  assert.deepEqual(Object.keys(settings).toSorted(), Object.keys(smallFile.settings).toSorted())
  assert.ok(Object.values(settings).every((value) => Number.isInteger(value)))
  assert.equal(settings['hold-minutes'], 10)
  // Known as they stand: the acts entered once more make no new version.
  const known = await versionsOfActs()
  assert.deepEqual(await importActs(context.database, smallActs, clock.now()), [])
  assert.deepEqual(await versionsOfActs(), known)
})

test('each visit opens by the link it was given, and the code that was printed opens its own', async () => {
  for (const [name, reference] of Object.entries(visits)) {
    const seen = await visitor(app, 'pl', { validate: false }).open(`/l/${reference}-${context.secrets.secretOf(reference)}`)
    const path = name === 'held' ? `/rezerwacja/${reference}/dane` : `/wizyta/${reference}`
    assert.deepEqual([seen.status, seen.path.startsWith(path)], [200, true], name)
  }
  assert.equal((await app.inject(`/q/${passCode}`)).statusCode, 200)
  assert.equal(context.secrets.visitOfPass(passCode), (await findVisit(pool, visits.today))?.id)
})

test('the staff sign in with the password and the token they had', async () => {
  const signed = await signIn(context, { login: 'obsluga', password: 'hasło sprzed aktualizacji' }, machineClock.now())
  assert.ok('token' in signed)
  const asked = await app.inject({ url: `/api/v1/visits/${visits.two}`, headers: { authorization: `Bearer ${programToken}` } })
  assert.equal(asked.statusCode, 200)
})

test('a booking sent once more across the update gives the visit it made', async () => {
  const again = await book(context, {
    serviceId: 'short',
    start: at('2020-05-26', '09:00'),
    channel: 'web',
    person: { name: 'booked', email: 'booked@example.pl', phone: '+48601100200' },
    actor: 'citizen',
    urgent: true,
    language: 'uk',
    key: '6a4a7c0e-0000-4000-8000-000000000001',
  })
  assert.ok(again.allowed && again.repeated)
  assert.equal(again.reference, visits.booked)
})

test('visits of before are moved, cancelled, confirmed and put in line', async () => {
  const moved = await move(context, { reference: visits.moving, start: at('2020-05-27', '11:30'), actor: 'citizen', channel: 'web' })
  assert.ok(moved.allowed, moved.code)
  const cancelled = await cancel(context, { reference: visits.two, actor: 'citizen', reason: 'citizen-wish', channel: 'web' })
  assert.ok(cancelled.allowed, cancelled.code)
  const inLine = await joinForVisit(context, { reference: visits.booked, from: officeDay(clock.now()), part: 'any', actor: 'citizen' })
  assert.ok(inLine.allowed, inLine.code)

  const held = await confirmHold(context, {
    reference: visits.held,
    person: { name: 'held', email: 'held@example.pl', phone: null },
    key: randomUUID(),
  })
  assert.ok(held.allowed, held.code)
  assert.equal(await stateOf('held'), 'pending')
  const sent = await sendCodeAgain(context, { reference: visits.pending, round: 1 })
  assert.ok(sent.allowed, sent.code)
  for (const reference of [visits.held, visits.pending]) {
    const confirmed = await confirmPending(context, { reference, proof: { code: await codeOf(context, reference) } })
    assert.ok(confirmed.allowed, confirmed.code)
  }
  assert.deepEqual([await stateOf('held'), await stateOf('pending')], ['booked', 'booked'])
})

test('who is at a desk is served, who waits is called, and a new visit finds its place among the old', async () => {
  const first = { desk: 'hall/1/1', actor: desk.actor }
  for (const answer of [
    await finish(context, { ...desk, reference: visits.serving, now: clock.now() }),
    await start(context, { ...first, reference: visits.called, now: clock.now() }),
    await finish(context, { ...first, reference: visits.called, now: clock.now() }),
  ])
    assert.ok(answer.allowed, answer.code)
  const called = await callNext(context, { ...desk, now: clock.now() })
  assert.ok(called.allowed && called.visit?.reference === visits.arrived, called.code)
  const wish = { serviceId: 'short', start: at('2020-05-26', '09:00'), channel: 'phone', actor: clerk } as const
  const outcomes = []
  for (const number of [1, 2, 3, 4, 5])
    outcomes.push(
      await book(context, { ...wish, person: { name: 'new', email: `new${number}@example.pl`, phone: null }, key: randomUUID() }),
    )
  assert.deepEqual(
    outcomes.map(({ code }) => code),
    ['done', 'done', 'done', 'slot-taken', 'slot-taken'],
    'the visit of before keeps its desk, three are left',
  )
})

test('requests of before are booked and closed', async () => {
  const booked = await bookFromRequest(context, {
    reference: requests.open,
    start: at('2020-05-28', '08:00'),
    actor: clerk,
    key: randomUUID(),
  })
  assert.ok(booked.allowed, booked.code)
  const closed = await finishRequest(context, { reference: requests.second, end: 'closed', reason: 'withdrawn', actor: clerk })
  assert.ok(closed.allowed, closed.code)
})

test('the messages of before are read and made', async () => {
  await readOutbox(context, composers)
  const { rows } = await pool.query<{ left: number; made: number }>(
    `select (select count(*) from outbox where kind = any($2)) as left, (select count(*) from message where visit_id = (select id from visit where reference = $1)) as made`,
    [visits.booked, Object.keys(composers)],
  )
  assert.equal(rows[0]?.left, 0)
  assert.ok((rows[0]?.made ?? 0) > 0)
})

test('the door lets in by the printed code; the end of the day and the day of erasure leave nobody behind', async () => {
  clock.moveTo(monday('11:50'))
  const { entry } = await enter(context, { buildingId: 'hall', code: passCode, accountId: guard, now: clock.now() })
  assert.ok(entry !== null)
  const out = await leave(context, { entryId: entry.id, buildingId: 'hall', accountId: guard, now: clock.now() })
  assert.ok('leftAt' in out)
  clock.moveTo(at('2020-05-26', '00:20'))
  await runDueDuties(context, duties)
  assert.deepEqual([await stateOf('never'), await stateOf('parked'), await stateOf('today')], ['missed', 'left', 'left'])

  clock.moveTo(at('2020-07-01', '04:00'))
  for (const _ of [1, 2]) await runDueDuties(context, duties)
  const { rows } = await pool.query<{ named: number; open: number; limits: number }>(
    `select (select count(*) from visit where coalesce(person_name, person_email, person_phone) is not null)
        + (select count(*) from request where coalesce(person_name, person_email, person_phone) is not null)
        + (select count(*) from message where coalesce(email, phone, content::text) is not null) as named,
      (select count(*) from visit where state in ('held', 'pending', 'booked', 'arrived', 'called', 'serving', 'parked')) as open,
      (select count(*) from visit_limit) as limits`,
  )
  assert.deepEqual(rows, [{ named: 0, open: 0, limits: 0 }])
})
