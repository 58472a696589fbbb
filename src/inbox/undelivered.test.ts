/** Answers that did not arrive: what comes back to the office, what is only noted, and what is left alone. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bookingRoutes, clerkTimes, expireHolds, finishRequest } from '../booking/index.js'
import { messageRoutes, readOutbox, type Delivery } from '../messages/index.js'
import { transaction } from '../platform/database.js'
import { projectFile } from '../platform/paths.js'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage } from '../../tests/support/html.js'
import { mailbox, reportOf, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { atOnce, processes } from '../../tests/support/processes.js'
import { signedIn } from '../../tests/support/staff.js'
import { acceptTime, answerMail, inboxComposers, inboxRoutes, mailFacts, type Answer } from './index.js'
import { inboxDuties } from './duties.js'
import { keepUntilChoices } from './rules.js'
import { toMessages } from './start.js'
import { lastMailOf, threadOfRequest, writeMailboxes } from './store.js'
import { noteUndelivered } from './undelivered.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
await writeMailboxes(pool, [mailbox])
const clerk = await signedIn(context, 'service-office')
const actor = `account:${clerk.accountId}` as const
const serviceId = 'rejestracja-pojazdow'
const note = (): Promise<void> => noteUndelivered(context, clock.now())
const silence = async (now: Temporal.Instant): Promise<void> => inboxDuties.find(({ name }) => name === 'mail-silence')?.run(context, now)

let people = 0

/** A thread of somebody new, written an hour before now. */
async function thread(): Promise<{ email: string; reference: string; cameAt: string }> {
  const email = `cofka${(people += 1)}@poczta.example`
  await taken(context, { id: `<${email}>`, from: email })
  const cameAt = clock.now().toString()
  clock.moveTo(clock.now().add({ hours: 1 }))
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [email])
  return { email, reference: rows[0]?.reference ?? '', cameAt }
}

async function answer(reference: string, given: Answer = { kind: 'question' }): Promise<void> {
  const seen = await lastMailOf(pool, (await threadOfRequest(pool, reference))?.id ?? 0)
  const outcome = await answerMail(context, { reference, actor, key: randomUUID(), own: 'Który samochód?', answer: given, seen })
  assert.equal(outcome.code, 'done')
}

/** Everything in the outbox leaves: accepted, or refused as a wrong address. */
async function leave(how: 'accepted' | 'refused' = 'accepted'): Promise<void> {
  const delivery: Delivery = {
    way: 'email',
    name: 'test',
    parallel: 1,
    repeatable: true,
    deliver: ({ messageId }) =>
      Promise.resolve(how === 'accepted' ? { how, providerId: messageId } : { how, reason: 'refused-by-recipient', fault: 'EENVELOPE' }),
  }
  await readOutbox(context, inboxComposers, [delivery])
}

/** The administrator has a message sent again. */
async function sendAgain(id: number): Promise<void> {
  const { headers } = await signedIn(context, 'administrator')
  const app = await testApp(context, messageRoutes)
  const sent = form({ wiadomosc: String(id) })
  await app.inject({ method: 'POST', url: '/praca/wiadomosci', payload: sent.payload, headers: { ...sent.headers, ...headers } })
}

async function comesBack(email: string, action: 'failed' | 'delayed' = 'failed', status = '5.1.1'): Promise<void> {
  const { rows } = await pool.query<{ message_id: string }>(
    `select message_id from mail where person_email = $1 and kind = 'answer' order by id desc limit 1`,
    [email],
  )
  assert.equal(await taken(context, reportOf(rows[0]?.message_id ?? '', action, status), toMessages), 'set-aside')
}

/** How a thread stands: its request, since when it waits, and which of its answers are noted, the oldest first. */
async function stands(reference: string): Promise<{ state: string; reason: string | null; waits: string | null; noted: boolean[] }> {
  const { rows } = await pool.query<{
    state: string
    reason: string | null
    waits: Temporal.Instant | null
    owed: boolean
    noted: boolean[]
  }>(
    `select r.state, r.reason, t.waits_since as waits, r.answered_at is null as owed,
       array(select m.undelivered_at is not null from mail m where m.thread_id = t.id and kind = 'answer' order by id) as noted
     from request r join mail_thread t on t.request_id = r.id where r.reference = $1`,
    [reference],
  )
  const { state, reason, waits, owed, noted } = rows[0] ?? assert.fail('no thread')
  assert.equal(waits !== null, owed, 'the thread and its request say the same')
  return { state, reason, waits: waits?.toString() ?? null, noted }
}

async function reopened(reference: string): Promise<unknown[]> {
  const { rows } = await pool.query<{ actor: string; reason: string }>(
    `select actor, e.reason from event e join request r on r.id = (e.details ->> 'request')::bigint
     where e.kind = 'request-reopened' and r.reference = $1`,
    [reference],
  )
  return rows.map((row) => [row.actor, row.reason])
}

async function someTimes(count: number): Promise<Temporal.Instant[]> {
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-06-03'))
  return days.flatMap((day) => day.starts[people % 20]?.start ?? []).slice(0, count)
}

test('an answer that comes back is noted, and the request waits again since its mail', async () => {
  const { email, reference, cameAt } = await thread()
  await answer(reference)
  await leave()
  await note()
  assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: null, noted: [false] })
  await comesBack(email)
  await note()
  const back = { state: 'open', reason: null, waits: cameAt, noted: [true] }
  assert.deepEqual(await stands(reference), back)
  await note()
  assert.deepEqual(await stands(reference), back)
  assert.deepEqual(await reopened(reference), [], 'it was open all the time')
})

test('a request ended by the very answer that did not arrive is opened again, once, by however many processes', async () => {
  const ends = [
    { kind: 'advice', serviceId },
    { kind: 'closed', reason: 'not-our-matter' },
  ] as const
  const clients = await processes(office, 3, 2)
  for (const end of ends) {
    const { reference, cameAt } = await thread()
    await answer(reference, end)
    await leave('refused')
    await atOnce(3, (index) => noteUndelivered(clients[index] ?? context, clock.now()))
    assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: cameAt, noted: [true] })
    assert.deepEqual(await reopened(reference), [['system', 'undelivered']])
  }
})

test('a report that an answer is only late is nothing; one that gave up is, with a status of 4 too, and after it was delivered', async () => {
  const { email, reference, cameAt } = await thread()
  await answer(reference)
  await leave()
  await comesBack(email, 'delayed', '4.4.7')
  await note()
  assert.deepEqual((await stands(reference)).noted, [false])
  await pool.query(`update message set state = 'delivered' where email = $1`, [email])
  await comesBack(email, 'failed', '4.4.7')
  await note()
  assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: cameAt, noted: [true] })
})

test('what was answered anew, written since, booked, or ended for another reason is only noted', async () => {
  const anew = await thread()
  await answer(anew.reference)
  await leave()
  await comesBack(anew.email)
  await answer(anew.reference)
  await leave()
  await note()
  assert.deepEqual(await stands(anew.reference), { state: 'open', reason: null, waits: null, noted: [true, false] })

  const wrote = await thread()
  await answer(wrote.reference)
  await leave('refused')
  await taken(context, { id: '<doch@x>', from: wrote.email, answers: `<${wrote.email}>` })
  const since = clock.now().toString()
  await note()
  assert.deepEqual(await stands(wrote.reference), { state: 'open', reason: null, waits: since, noted: [true] })

  const rung = await thread()
  await answer(rung.reference)
  await leave('refused')
  const settled = await finishRequest(context, { reference: rung.reference, actor, end: 'settled', reason: 'by-phone' })
  assert.equal(settled.code, 'done')
  await note()
  assert.deepEqual(await stands(rung.reference), { state: 'settled', reason: 'by-phone', waits: null, noted: [true] })
})

test('times that ran out before their mail left have reached nobody; one that was taken ends the request', async () => {
  const keep = keepUntilChoices(clock.now())[0] as Temporal.Instant
  const taker = await thread()
  await answer(taker.reference, { kind: 'times', serviceId, starts: await someTimes(2), keep })
  const { rows } = await pool.query<{ reference: string }>(`select reference from visit where state = 'held' order by id desc limit 1`)
  assert.equal((await acceptTime(context, rows[0]?.reference ?? '')).code, 'done')
  const late = await thread()
  await answer(late.reference, { kind: 'times', serviceId, starts: await someTimes(1), keep })
  clock.moveTo(keep.add({ minutes: 1 }))
  await expireHolds(context, clock.now())
  await leave()
  await note()
  const states = await pool.query(
    `select o.state, o.reason from message o join mail m on m.outbox_id = o.outbox_id where m.answer = 'times' order by m.id`,
  )
  const dropped = { state: 'dropped', reason: 'nothing-to-say' }
  assert.deepEqual(states.rows, [dropped, dropped])
  assert.deepEqual(await stands(taker.reference), { state: 'booked', reason: null, waits: null, noted: [true] })
  assert.deepEqual(await stands(late.reference), { state: 'open', reason: null, waits: late.cameAt, noted: [true] })
})

test('nobody is silent whom no answer reached: what waits to leave or failed is not closed, and what was is opened again', async () => {
  const { email, reference, cameAt } = await thread()
  await answer(reference)
  const later = clock.now().add({ hours: 24 * 14 })
  await silence(later)
  assert.equal((await stands(reference)).state, 'open', 'it has not left')
  await leave('refused')
  await silence(later)
  assert.equal((await stands(reference)).state, 'open', 'it failed, which nobody has noted')
  await pool.query(`update message set state = 'sent', reason = null where email = $1`, [email])
  await silence(later)
  assert.deepEqual(await stands(reference), { state: 'closed', reason: 'silent', waits: null, noted: [false] })
  await comesBack(email)
  await note()
  assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: cameAt, noted: [true] })
  assert.deepEqual(await reopened(reference), [['system', 'undelivered']])
})

test('an answer that somebody had sent again and that was accepted is one; it may come back again', async () => {
  const { email, reference, cameAt } = await thread()
  await answer(reference)
  await leave('refused')
  await note()
  const { rows } = await pool.query<{ id: number }>('select id from message where email = $1 order by id desc limit 1', [email])
  await sendAgain(rows[0]?.id ?? 0)
  await note()
  assert.equal((await stands(reference)).waits, cameAt, 'nothing is known yet')
  await leave()
  await note()
  assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: null, noted: [false] })
  await comesBack(email)
  await note()
  assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: cameAt, noted: [true] })
})

test('an answer that could not be composed comes back, and one put back into the outbox leaves under its own name', async () => {
  const { email, reference, cameAt } = await thread()
  await answer(reference)
  const faulty = { 'mail-out': () => Promise.reject(new Error('a fault of the program')) }
  for (let tries = 0; tries < 4; tries += 1) {
    await readOutbox(context, faulty)
    clock.moveTo(clock.now().add({ hours: 1 }))
  }
  await note()
  assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: cameAt, noted: [true] })
  const { rows } = await pool.query<{ id: number; message_id: string }>(
    `select o.id, m.message_id from message o join mail m on m.outbox_id = o.outbox_id where m.person_email = $1 and m.kind = 'answer' and o.reason = 'not-composed'`,
    [email],
  )
  await sendAgain(rows[0]?.id ?? 0)
  await leave()
  await note()
  const { rows: left } = await pool.query('select provider_id, state from message where email = $1 order by id desc limit 1', [email])
  assert.deepEqual(left, [{ provider_id: rows[0]?.message_id, state: 'sent' }])
  assert.deepEqual(await stands(reference), { state: 'open', reason: null, waits: null, noted: [false] })
})

test('the thread says below each mail what became of it, and both lists which answer did not arrive and what to do', async () => {
  const { email, reference } = await thread()
  await answer(reference)
  const app = await testApp(context, (mounted) => {
    inboxRoutes(mounted, context)
    bookingRoutes(mounted, context, { ...mailFacts(context), calls: async () => [] })
  })
  const page = async (url: string): Promise<string> => {
    const { statusCode, body } = await app.inject({ url, headers: clerk.headers })
    assert.equal(statusCode, 200, url)
    await assertValidPage(body)
    return body
  }
  const row = async (url: string): Promise<string> => (await page(url)).split('<tr').find((each) => each.includes(reference)) ?? ''
  const own = `/praca/poczta/${reference}`
  assert.match(await page(own), /Wiadomość zaraz wyjdzie/)
  await leave()
  assert.match(await page(own), /wysłano<\/strong>/)
  assert.match(await row('/praca/poczta'), /czekamy na odpowiedź tej osoby(?!.*nie dotarła)/s)
  await comesBack(email)
  await note()
  assert.match(await page(own), /nie doręczono.*Wróciła jako niedoręczona.*czy w swoim e-mailu podała telefon albo inny adres/s)
  assert.match(await row('/praca/poczta'), /odpowiedź nie dotarła/)
  assert.match(await row('/praca/prosby?kanal=email'), /odpowiedź nie dotarła.*poszukać w e-mailu/s)
  await pool.query(`update request set person_phone = '+48655298100' where reference = $1`, [reference])
  assert.match(await page(own), /Proszę zadzwonić:.*href="tel:\+48655298100"/s)
  assert.match(await row('/praca/prosby?kanal=email'), /zadzwonić:.*href="tel:\+48655298100"/s)
})

test('a thread is erased whole: an answer is kept no longer than it, and what is opened again is kept with all its mails', async () => {
  const { email, reference } = await thread()
  const days = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ on: Temporal.PlainDate }>(
      `select erase_on as on from request where reference = $1
       union all select t.erase_on from mail_thread t join request r on r.id = t.request_id where r.reference = $1
       union all select m.erase_on from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id
         where r.reference = $1 and m.kind <> 'automatic'`,
      [reference],
    )
    return rows.map(({ on }) => on.toString())
  }
  const [first = ''] = await days()
  clock.moveTo(clock.now().add({ hours: 24 * 3 }))
  await answer(reference, { kind: 'advice', serviceId })
  assert.deepEqual(await days(), [first, first, first, first])
  await leave()
  await comesBack(email)
  await note()
  const last = Temporal.PlainDate.from(first).add({ days: 3 }).toString()
  assert.deepEqual(await days(), [last, last, last, last])
})

test('what is erased stays as it ended', async () => {
  const { email, reference } = await thread()
  await answer(reference, { kind: 'advice', serviceId })
  await leave()
  await comesBack(email)
  await pool.query('update request set person_email = null, person_name = null where reference = $1', [reference])
  await note()
  assert.deepEqual(await stands(reference), { state: 'settled', reason: 'by-email', waits: null, noted: [true] })
})

test('answers from before are led to their messages by their own names', async () => {
  const led = async (): Promise<unknown[]> => (await pool.query('select id, outbox_id from mail order by id')).rows
  const before = await led()
  await pool.query('update mail set outbox_id = null')
  const [update] = /^update mail set outbox_id.*;$/m.exec(readFileSync(projectFile('migrations/0054_inbox__came_back.sql'), 'utf8')) ?? []
  await pool.query(update ?? '')
  assert.deepEqual(await led(), before)
})

test('the duty looks at what failed of late, however long the history is', async () => {
  await pool.query(
    `insert into message (outbox_id, at, kind, language, way, state, reason, due_at, handed_at, erase_on)
     select 5000000 + n, $1, 'mail-out', 'pl', 'email', case n % 20 when 0 then 'failed' else 'sent' end, case n % 20 when 0 then 'bounced' end,
       $1, $1, '2020-01-15' from generate_series(1, 20000) as n`,
    ['2020-01-01T10:00:00Z'],
  )
  await pool.query(
    `insert into mail (outbox_id, mailbox, thread_id, direction, kind, answer, at, undelivered_at, erase_on)
     select 5000000 + n, $1, (select max(id) from mail_thread), 'out', 'answer', 'question', $2, case n % 20 when 0 then $2::timestamptz end, '2020-01-15'
     from generate_series(1, 20000) as n`,
    [mailbox.id, '2020-01-01T10:00:00Z'],
  )
  await pool.query('analyze message, mail, mail_thread, request')
  const asked: [string, unknown[]][] = []
  const listening = new Proxy(pool, {
    get: (of, name) =>
      name === 'query'
        ? (text: string, values: unknown[]) => {
            asked.push([text, values])
            return of.query(text, values)
          }
        : Reflect.get(of, name, of),
  })
  await noteUndelivered({ ...context, database: { ...context.database, pool: listening } }, clock.now())
  const looks = asked.filter(([text]) => text.includes('undelivered_at'))
  assert.equal(looks.length, 2)
  for (const [text, values] of looks) {
    const lines = await planOf(text, values)
    assert.doesNotMatch(lines, /Seq Scan on (mail|message)\b/, lines)
    assert.match(lines, /Index.* (message_mail_ended|mail_undelivered)/)
  }
  // However many the planner expects: it does not walk all mails in the order they are asked for.
  const [lost] = looks
  assert.doesNotMatch(await planOf(lost?.[0] ?? '', lost?.[1] ?? [], 'set local enable_sort = off'), /mail_pkey/)
})

async function planOf(text: string, values: unknown[], setting = 'set local enable_sort = on'): Promise<string> {
  return transaction(context.database, async (client) => {
    await client.query(setting)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}

test('whom an answer did not reach is answered at another address, put right by whoever answers; nobody else’s is changed', async () => {
  const app = await testApp(context, inboxRoutes, bookingRoutes)
  const { email, reference } = await thread()
  const url = `/praca/poczta/${reference}/adres`
  const post = async (typed: string, who = clerk) => {
    const { payload, headers } = form({ email: typed })
    return app.inject({ method: 'POST', url, payload, headers: { ...headers, cookie: who.headers.cookie } })
  }
  const now = async () => (await pool.query('select person_email as email from request where reference = $1', [reference])).rows
  const other = `inny.${email}`
  await answer(reference)
  await leave()
  const arrived = await post(other)
  assert.equal(arrived.statusCode, 409)
  assert.match(arrived.payload, /Ostatnia odpowiedź do tej osoby dotarła/)
  await comesBack(email)
  await note()
  const shown = await app.inject({ url: `/praca/poczta/${reference}`, headers: clerk.headers })
  assert.ok(shown.payload.includes(`href="${url}"`))
  await assertValidPage((await app.inject({ url, headers: clerk.headers })).payload)
  const wrong = await post('nie adres')
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.payload, /value="nie adres"/)
  await assertValidPage(wrong.payload)
  const stranger = await signedIn(context, 'desk', { unitId: 'wydzial-architektury' })
  assert.equal((await post(other, stranger)).statusCode, 404)
  assert.deepEqual(await now(), [{ email }])
  const right = await post(` ${other.toUpperCase()} `)
  assert.equal(right.headers.location, `/praca/poczta/${reference}?co=address`)
  assert.deepEqual(await now(), [{ email: other }])
  const after = await app.inject({ url: `/praca/poczta/${reference}?co=address`, headers: clerk.headers })
  await assertValidPage(after.payload)
  assert.match(after.payload, /Adres jest poprawiony/)
  await answer(reference)
  const { rows } = await pool.query('select person_email as email from mail where kind = $1 order by id desc limit 1', ['answer'])
  assert.deepEqual(rows, [{ email: other }])
  await taken(context, {
    id: `<z-innego-${reference}@x>`,
    from: other,
    subject: `Re: [${reference.slice(0, 4)} ${reference.slice(4)}]`,
  })
  const { rows: mails } = await pool.query(
    `select from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id where r.reference = $1 and m.person_email = $2 and direction = 'in'`,
    [reference, other],
  )
  assert.equal(mails.length, 1, 'their answer from there belongs to the thread')
  const events = await pool.query("select actor, details from event where kind = 'contact-corrected'")
  assert.equal(events.rows.length, 1)
  assert.ok(!JSON.stringify(events.rows).includes('@'))
})
