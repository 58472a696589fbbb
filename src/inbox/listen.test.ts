/** Intake from a real IMAP server: told of new mails, and whatever dies, each mail is in once and its sender told once. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { testImap, type TestImap } from '../../tests/support/imap.js'
import type { ChildWork } from '../../tests/support/mails/intake-child.js'
import { seeded } from '../../tests/support/mails/generate.js'
import { mailOf } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { processes } from '../../tests/support/processes.js'
import type { Context } from '../platform/context.js'
import { startInbox } from './start.js'
import { writeMailboxes } from './store.js'

const office = await testLeszno()
const { context } = office
const { pool } = context.database
const quick = { waitMs: { first: 20, most: 200 } }

/** Asks until it is so; a slow machine has time, a fast one waits for nothing. */
async function until<Answer>(ask: () => Promise<Answer>, isSo: (answer: Answer) => boolean): Promise<void> {
  for (const from = performance.now(); !isSo(await ask()); await new Promise((resolve) => setTimeout(resolve, 25)))
    assert.ok(performance.now() - from < 60_000, 'it never came to be so')
}

const ids = async (): Promise<string[]> =>
  (await pool.query<{ message_id: string }>(`select message_id from mail where direction = 'in' order by id`)).rows.map(
    (row) => row.message_id,
  )
const told = async (): Promise<number> => (await pool.query(`select from mail where answer = 'received'`)).rowCount ?? 0
const nobodyWaits = async (imap: TestImap): Promise<boolean> => (await imap.unseen()).length === 0

/** Empty tables and a folder of its own for each test. */
async function fresh(): Promise<TestImap> {
  await pool.query('truncate mail_time, mail, mail_thread, mail_box, mail_acknowledged, outbox restart identity cascade')
  await pool.query('delete from request')
  return testImap()
}

async function listening(imap: TestImap, contexts: readonly Context[], work: () => Promise<void>): Promise<void> {
  const stops = contexts.map((each) => startInbox(each, [imap.mailbox], quick))
  try {
    await work()
  } finally {
    await Promise.all(stops.map((stop) => stop()))
  }
}

const here = async (count: number): Promise<void> => {
  await until(ids, (found) => found.length >= count)
  assert.equal((await ids()).length, count)
}

test('mails that lie there and mails that come are taken in, in order, and then marked as seen', async () => {
  const imap = await fresh()
  await imap.deliver(mailOf({ id: '<1@x>', from: 'a@poczta.example' }))
  await imap.deliver(mailOf({ id: '<2@x>', from: 'b@poczta.example', text: 'Żółć' }))
  await listening(imap, [context], async () => {
    await here(2)
    await imap.deliver(mailOf({ id: '<3@x>', from: 'c@poczta.example' }))
    await here(3)
    await until(() => nobodyWaits(imap), Boolean)
  })
  assert.deepEqual(await ids(), ['<1@x>', '<2@x>', '<3@x>'])
  assert.deepEqual(await imap.unseen(), [])
  const { rows } = await pool.query<{ body: string }>(`select body from mail where message_id = '<2@x>'`)
  assert.equal(rows[0]?.body, 'Żółć')
})

test('a mail server that goes away is connected to again, and what came meanwhile is taken in', async () => {
  const imap = await fresh()
  await listening(imap, [context], async () => {
    await imap.deliver(mailOf({ id: '<1@x>' }))
    await here(1)
    await imap.away()
    await imap.deliver(mailOf({ id: '<2@x>' }))
    await until(
      () => Promise.resolve(imap.refused()),
      (refused) => refused >= 2,
    )
    assert.ok(imap.refused() >= 2, 'it is tried again and again')
    assert.equal((await ids()).length, 1)
    await imap.back()
    await here(2)
  })
})

test('a server that numbers anew gives nothing twice and loses nothing', async () => {
  const imap = await fresh()
  const mails = ['<1@x>', '<2@x>'].map((id) => mailOf({ id }))
  for (const raw of mails) await imap.deliver(raw)
  await listening(imap, [context], () => here(2))
  await pool.query('update mail_box set uidvalidity = uidvalidity + 1000, uid = 70')
  await imap.deliver(mailOf({ id: '<3@x>' }))
  await listening(imap, [context], () => here(3))
  assert.deepEqual(await ids(), ['<1@x>', '<2@x>', '<3@x>'])
})

test('of several processes one listens; when it ends another goes on, and no mail is in twice', async () => {
  const imap = await fresh()
  const [one, other] = await processes(office, 2, 4)
  if (one === undefined || other === undefined) throw new Error('two processes were asked for')
  const stopOne = startInbox(one, [imap.mailbox], quick)
  await imap.deliver(mailOf({ id: '<1@x>' }))
  await here(1)
  await listening(imap, [other], async () => {
    await stopOne()
    await imap.deliver(mailOf({ id: '<2@x>' }))
    await here(2)
  })
  assert.deepEqual(await ids(), ['<1@x>', '<2@x>'])
})

test('two that listen at once, without the lock, take each mail in once and tell its sender once', async () => {
  const imap = await fresh()
  await writeMailboxes(pool, [imap.mailbox])
  const { listen } = await import('./listen.js')
  const stop = new AbortController()
  const both = (await processes(office, 2, 4)).map((each) => listen(each, imap.mailbox, stop.signal, quick))
  await Promise.all(Array.from({ length: 8 }, (_, nth) => imap.deliver(mailOf({ id: `<${nth}@x>`, from: `o${nth}@poczta.example` }))))
  await here(8)
  await until(() => nobodyWaits(imap), Boolean)
  stop.abort()
  await Promise.all(both)
  assert.equal(await told(), 8)
})

const points = ['after-fetch', 'after-insert', 'before-commit', 'after-commit', 'after-mark'] as const
const child = fileURLToPath(new URL('../../tests/support/mails/intake-child.js', import.meta.url))

/** Runs a process that dies at the point; true when it did. */
async function die(imap: TestImap, point: string, nth: number): Promise<void> {
  const work: ChildWork = { connection: office.connection, mailbox: imap.mailbox, at: office.clock.now().toString(), point, nth }
  const running = spawn(process.execPath, [child, JSON.stringify(work)], { stdio: 'ignore' })
  const [, signal] = (await once(running, 'exit')) as [number | null, string | null]
  assert.equal(signal, 'SIGKILL', `it did not come to ${point} for the ${nth}. time`)
}

test('a process that dies at any point of its work loses no mail, keeps none twice and tells each sender once', async () => {
  const random = seeded(26)
  const imap = await fresh()
  await writeMailboxes(pool, [imap.mailbox])
  let sent = 0
  for (const point of points) {
    const three = [1, 2, 3].map((nth) => mailOf({ id: `<kill${sent + nth}@x>`, from: `o${sent + nth}@poczta.example` }))
    await Promise.all(three.map((raw) => imap.deliver(raw)))
    sent += three.length
    await die(imap, point, point === 'after-mark' ? 1 : 1 + Math.floor(random() * 3))
  }
  await listening(imap, [context], async () => {
    await here(sent)
    await until(() => nobodyWaits(imap), Boolean)
  })
  assert.deepEqual(
    await ids(),
    Array.from({ length: sent }, (_, nth) => `<kill${nth + 1}@x>`),
  )
  assert.equal(await told(), sent)
  assert.equal((await pool.query(`select from outbox where kind = 'mail-out'`)).rowCount, sent)
  assert.equal((await pool.query('select from request')).rowCount, sent)
})
