/** The reader of the outbox: nothing lost, nothing doubled, whoever reads and whoever is killed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Context } from '../platform/context.js'
import { processes } from '../../tests/support/processes.js'
import { testDatabase, type TestOffice } from '../../tests/support/office.js'
import { rewritten, until } from '../../tests/support/race.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { signedIn } from '../../tests/support/staff.js'
import { header, mailServer } from '../../tests/support/smtp.js'
import { noWaysOut } from '../platform/config-messages.js'
import { resend, unreachedMessages } from './unreached/store.js'
import { beginComposing, uncountComposing } from './store.js'
import { countUnreached, messagesOfVisits, reaches, startReader, readOutbox, type Composers, type Delivery, type Message } from './index.js'

const office = await testDatabase()
const { context, clock } = office
const { pool } = context.database
await smallOffice(office)

const message = (change: Partial<Message> = {}): Message => ({
  to: { email: 'osoba@example.pl', phone: null },
  language: 'uk',
  subject: { key: 'booking-messages.booked.subject', values: { when: 'завтра' } },
  lines: [{ key: 'booking-messages.code', values: { code: { secret: 'code', reference: 'K7MPQX2D', round: 1 } } }],
  link: { href: { secret: 'visit-link', reference: 'K7MPQX2D' }, label: { key: 'booking-messages.link.visit' } },
  visitId: 7,
  ...change,
})
const composers: Composers = { told: async () => message(), silent: async () => null }

async function post(count: number, kind = 'told', on: Context = context): Promise<void> {
  await on.database.pool.query(
    `insert into outbox (at, kind, payload) select $1, $2, jsonb_build_object('visit', n) from generate_series(1, $3::int) as n`,
    [clock.now(), kind, count],
  )
}

async function states(on: Context = context): Promise<Record<string, number>> {
  const { rows } = await on.database.pool.query<{ state: string; count: number }>(
    'select state, count(*)::int as count from message group by state',
  )
  return Object.fromEntries(rows.map((row) => [row.state, row.count]))
}

const left = async (on: Context = context): Promise<number> =>
  (await on.database.pool.query<{ count: number }>('select count(*)::int as count from outbox')).rows[0]?.count ?? -1

async function cleared(): Promise<void> {
  await pool.query('truncate message, message_resend, outbox')
}

test('a row becomes one message in the language of its person; what opens something is not in it', async () => {
  await cleared()
  await post(1)
  await post(1, 'silent')
  await post(1, 'of-nobody')
  assert.equal(await readOutbox(context, composers), 2)
  assert.equal(await readOutbox(context, composers), 0)
  assert.deepEqual(await states(), { sent: 1, dropped: 1 })
  assert.equal(await left(), 1, 'a row nobody composes stays until it is erased')
  const { rows } = await pool.query<{ text: string }>('select m::text as text from message m')
  const everything = rows.map((row) => row.text).join(' ')
  assert.match(everything, /Візит заброньовано: завтра/)
  assert.ok(!everything.includes(context.secrets.confirmCode('K7MPQX2D', 1)))
  assert.ok(!everything.includes(context.secrets.secretOf('K7MPQX2D')))
})

test('what was typed names no secret', async () => {
  await cleared()
  await post(1)
  const sly = { key: 'booking-messages.service', values: { service: '⟦0⟧ ⟦1⟧' } }
  const letters: string[] = []
  await readOutbox(context, { told: async () => message({ lines: [...message().lines, sly] }) }, [recording(letters)])
  const code = context.secrets.confirmCode('K7MPQX2D', 1)
  assert.equal(letters.join('\n').split(code).length, 2, 'the code stands once')
})

const delivering = (deliver: Delivery['deliver']): Delivery => ({ way: 'email', name: 'test', parallel: 2, repeatable: true, deliver })

/** A delivery that keeps what it is given. */
function recording(letters: string[]): Delivery {
  return delivering(async (letter) => {
    letters.push(letter.lines.join('\n'))
    return { how: 'accepted', providerId: null }
  })
}

/** Several readers of one outbox; the letters they handed over. */
async function readTogether(clients: readonly Context[]): Promise<number> {
  const letters: string[] = []
  await Promise.allSettled(clients.map((each) => readOutbox(each, composers, [recording(letters)])))
  for (const each of clients) await readOutbox(each, composers, [recording(letters)])
  return letters.length
}

async function other(): Promise<{ office: TestOffice; clients: readonly Context[] }> {
  const another = await testDatabase()
  await smallOffice(another)
  return { office: another, clients: await processes(another, 4, 3) }
}

test('four readers at once make one message of each row, and hand each over once', async () => {
  const { office: another, clients } = await other()
  await post(300, 'told', another.context)
  assert.equal(await readTogether(clients), 300)
  assert.deepEqual(await states(another.context), { sent: 300 })
  assert.equal(await left(another.context), 0)
})

test('a row at which another reader looks for a moment is composed all the same', async () => {
  await cleared()
  await post(3)
  const looker = await pool.connect()
  const beginning = async (text: string, values: unknown[]) => {
    const begun = await pool.query(text, values)
    // Whoever was about to begin the same rows has each under its lock until it sees that somebody did.
    if (text.includes('with fresh') && begun.rowCount === 3) await looker.query('begin; select from outbox for update')
    return begun
  }
  const beside = { query: beginning, connect: () => pool.connect() } as unknown as typeof pool
  const reading = readOutbox({ ...context, database: { ...context.database, pool: beside } }, composers)
  const waits = async (): Promise<boolean> =>
    (await looker.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount === 1
  let read = false
  void reading.finally(() => (read = true))
  await until(
    async () => read || (await waits()),
    (there) => there,
  )
  await looker.query('rollback')
  looker.release()
  await reading
  assert.deepEqual([await states(), await left()], [{ sent: 3 }, 0])
})

test('what was begun and stopped is not counted, what another reader has begun since is', async () => {
  await cleared()
  await post(1)
  const now = clock.now()
  const begin = () => beginComposing(pool, { kinds: ['told'], most: 20, now, until: now })
  const tries = async () => (await pool.query('select tries, try_at from outbox')).rows
  const [first, second] = [await begin(), await begin()]
  await uncountComposing(pool, first, now)
  assert.deepEqual(await tries(), [{ tries: 2, try_at: now }])
  await uncountComposing(pool, second, now)
  assert.deepEqual(await tries(), [{ tries: 1, try_at: now }])
  await uncountComposing(pool, first, now)
  assert.deepEqual(await tries(), [{ tries: 0, try_at: null }])
})

/** Processes that read the outbox without claiming what they read. */
const unclaimed = (clients: readonly Context[]): Context[] =>
  clients.map((each) =>
    rewritten(each, (text) => (text.includes('from outbox') ? text.replaceAll(/for update( skip locked)?/g, '') : text)),
  )

test('without the claim the unique key still keeps one row from becoming two messages; without both there are doubles', async () => {
  const guarded = await other()
  await post(200, 'told', guarded.office.context)
  await readTogether(unclaimed(guarded.clients))
  assert.deepEqual(await states(guarded.office.context), { sent: 200 })
  const bare = await other()
  await bare.office.context.database.pool.query('alter table message drop constraint message_outbox_once')
  const open = unclaimed(bare.clients).map((each) =>
    rewritten(each, (text) => text.replace('on conflict on constraint message_outbox_once do nothing', '')),
  )
  // Whether two readers meet in one round is chance; that they never do in many is not.
  let posted = 0
  let sent = 0
  for (let round = 0; round < 20 && sent === posted; round++) {
    await post(200, 'told', bare.office.context)
    posted += 200
    await readTogether(open)
    sent = (await states(bare.office.context))['sent'] ?? 0
  }
  assert.ok(sent > posted, `${sent} messages of ${posted} rows`)
})

/** Rows for one mailbox, however it is spelled, that nobody has shown to be theirs. */
const bomb: Composers = {
  told: async (_, payload) => message({ to: { email: `ala+${payload['visit']}@example.pl`, phone: null }, anybody: true }),
}

async function bombed(clients: readonly Context[]): Promise<number> {
  await Promise.allSettled(clients.map((each) => readOutbox(each, bomb)))
  for (const each of clients) await readOutbox(each, bomb).catch(() => undefined)
  return (await states(clients[0]))['sent'] ?? 0
}

test('a contact nobody has shown to be theirs has twenty messages a day, whoever asks and however many read', async () => {
  const { office: another, clients } = await other()
  await post(120, 'told', another.context)
  assert.equal(await bombed(clients), 20)
  assert.deepEqual(await states(another.context), { sent: 20, dropped: 100 })
  // Whose contact it is hears all there is, and tomorrow is another day.
  await post(3, 'told', another.context)
  await readOutbox(another.context, { told: async () => message({ to: { email: 'ala@example.pl', phone: null } }) })
  assert.equal((await states(another.context))['sent'], 23)
  another.clock.moveTo(another.clock.now().add({ hours: 24 }))
  await post(1, 'told', another.context)
  await readOutbox(another.context, bomb)
  assert.equal((await states(another.context))['sent'], 24)
})

test('where the e-mail had enough, an SMS is sent to the phone', async () => {
  const { office: another } = await other()
  await post(25, 'told', another.context)
  await readOutbox(another.context, {
    told: async (_, payload) =>
      message({ to: { email: 'ala@example.pl', phone: `+4860000${1000 + Number(payload['visit'])}` }, anybody: true }),
  })
  const { rows } = await another.context.database.pool.query(
    'select way, state, reason, count(*)::int as count, count(coalesce(email, phone))::int as named from message group by way, state, reason order by way, state',
  )
  assert.deepEqual(rows, [
    { way: 'email', state: 'dropped', reason: 'too-many', count: 5, named: 0 },
    { way: 'email', state: 'sent', reason: null, count: 20, named: 20 },
    { way: 'sms', state: 'sent', reason: null, count: 5, named: 5 },
  ])
})

/** Readers that count on, whatever was sent. */
const uncounted = (clients: readonly Context[]): Context[] =>
  clients.map((each) => rewritten(each, (text) => text.replace('where message_count.sent < $3', 'where $3 > 0')))

test('without the condition the schema refuses the twenty-first; without both a mailbox is flooded', async () => {
  const held = await other()
  await post(60, 'told', held.office.context)
  assert.equal(await bombed(uncounted(held.clients)), 20)
  const bare = await other()
  await bare.office.context.database.pool.query('alter table message_count drop constraint message_count_most')
  await post(60, 'told', bare.office.context)
  assert.equal(await bombed(uncounted(bare.clients)), 60)
})

test('a reader killed between the claim and the write loses nothing and doubles nothing', async () => {
  await cleared()
  await post(30)
  let killed = 0
  const dying: Composers = {
    told: async (client) => {
      if (killed < 3) {
        killed += 1
        await client.query('select pg_terminate_backend(pg_backend_pid())')
      }
      return message()
    },
  }
  for (let reads = 0; reads < 5; reads += 1) await readOutbox(context, dying).catch(() => undefined)
  assert.equal(killed, 3)
  assert.deepEqual(await states(), { sent: 30 })
  assert.equal(await left(), 0)
})

test('a fault of one composer holds up nobody else', async () => {
  await cleared()
  await post(1, 'broken')
  await post(2)
  await readOutbox(context, { ...composers, broken: async (client) => (await client.query('select 1/0'), null) })
  assert.deepEqual([await states(), await left()], [{ sent: 2 }, 1], 'it stays to be tried again')
})

test('what cannot be composed is tried again; given up, it is listed with its visit and can be made again', async () => {
  await cleared()
  await post(1, 'broken')
  let whole = false
  const mending: Composers = { broken: async (client) => (whole ? message() : (await client.query('select 1/0'), null)) }
  await readOutbox(context, mending)
  await readOutbox(context, mending)
  assert.deepEqual([await states(), await left()], [{}, 1], 'not again at once')
  for (let round = 0; round < 3; round += 1) {
    clock.moveTo(clock.now().add({ minutes: 10 }))
    await readOutbox(context, mending)
  }
  assert.deepEqual([await states(), await left()], [{ failed: 1 }, 0])
  const [given] = await unreachedMessages(pool, 5)
  assert.deepEqual([given?.way, given?.reason, await countUnreached(pool)], [null, 'not-composed', 1])
  assert.equal((await messagesOfVisits(pool, [1]))[0]?.reason, 'not-composed')
  whole = true
  const { accountId } = await signedIn(context, 'administrator')
  const again = { accountId, now: clock.now(), most: 10 }
  assert.equal(await resend(pool, { way: null, reason: 'not-composed' }, again), 1)
  assert.equal(await resend(pool, { way: null, reason: 'not-composed' }, again), 0, 'not twice')
  await readOutbox(context, mending)
  assert.deepEqual([await states(), await countUnreached(pool)], [{ dropped: 1, sent: 1 }, 0])
})

test('nothing is read where nothing can be delivered', async () => {
  await cleared()
  await post(1)
  assert.equal(await readOutbox({ ...context, demonstration: false }, composers), 0)
  assert.deepEqual([await left(), await states()], [1, {}])
})

test('a real office with a mail server sends through it; whom no way reaches is told so nowhere', async () => {
  await cleared()
  const server = await mailServer()
  const real: Context = { ...context, demonstration: false, waysOut: { ...noWaysOut, email: server.settings } }
  assert.equal(reaches(real, { email: 'ala@example.pl', phone: null }), true)
  assert.equal(reaches(real, { email: null, phone: '+48600000001' }), false)
  await post(1)
  await post(1, 'phone-only')
  await readOutbox(real, { ...composers, 'phone-only': async () => message({ to: { email: null, phone: '+48600000001' } }) })
  assert.deepEqual(await states(), { dropped: 1, sent: 1 })
  const [mail] = server.received
  assert.ok(mail?.raw.includes(context.secrets.confirmCode('K7MPQX2D', 1)), 'the code is told to its person')
  const { rows } = await pool.query<{ provider_id: string | null }>('select provider_id from message where provider_id is not null')
  assert.deepEqual(rows, [{ provider_id: mail === undefined ? null : header(mail, 'Message-ID') }])
})

test('both ways are two messages; one too late for the morning is dropped with its reason', async () => {
  await cleared()
  await post(1)
  const to = { email: 'ala@example.pl', phone: '+48600000001' }
  await readOutbox(context, { told: async () => message({ to, both: true }) })
  clock.moveTo(Temporal.Instant.from('2020-06-01T22:00:00+02:00'))
  await post(1)
  const usefulUntil = Temporal.Instant.from('2020-06-02T06:30:00+02:00')
  await readOutbox(context, { told: async () => message({ to, both: true, usefulUntil }) })
  const { rows } = await pool.query('select way, state, reason, coalesce(email, phone) as contact from message order by id')
  assert.deepEqual(rows, [
    { way: 'email', state: 'sent', reason: null, contact: to.email },
    { way: 'sms', state: 'sent', reason: null, contact: to.phone },
    { way: 'email', state: 'sent', reason: null, contact: to.email },
    { way: 'sms', state: 'dropped', reason: 'too-late', contact: null },
  ])
})

test('a message is handed over within two seconds of its commit', async () => {
  await cleared()
  const stop = startReader(context, composers)
  await post(1)
  const from = performance.now()
  while ((await states())['sent'] !== 1 && performance.now() - from < 5_000) await new Promise((resolve) => setTimeout(resolve, 20))
  await stop()
  assert.ok(performance.now() - from < 2_000)
})
