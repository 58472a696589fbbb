/** Answers of clerks: times kept and taken, advice, questions, the end of a thread; each once, by one clerk. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { bookFromRequest, claimRequest, clerkTimes, countOpen, finishRequest, expireHolds, listRequests } from '../booking/index.js'
import { readOutbox } from '../messages/index.js'
import { words } from '../platform/words.js'
import { form, testApp } from '../../tests/support/app.js'
import { mailbox, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { acceptTime, answerMail, inboxComposers, inboxRoutes, type Answer } from './index.js'
import { keepUntilChoices, keptUntil } from './rules.js'
import { lastMailOf, threadOfRequest, writeMailboxes } from './store.js'
import { inboxDuties } from './duties.js'

const { context, clock, directory: office } = await testLeszno()
const { pool } = context.database
await writeMailboxes(pool, [mailbox])
const clerk = await signedIn(context, 'service-office')
const other = await signedIn(context, 'service-office')
const app = await testApp(context, inboxRoutes)
const serviceId = 'rejestracja-pojazdow'

let people = 0
/** A thread of somebody new, and its reference. */
async function thread(email = `osoba${(people += 1)}@poczta.example`, id = `<${email}>`): Promise<{ email: string; reference: string }> {
  await taken(context, { id, from: email })
  const { rows } = await pool.query<{ reference: string }>(
    'select reference from request where person_email = $1 order by id desc limit 1',
    [email],
  )
  return { email, reference: rows[0]?.reference ?? '' }
}

async function freeTimes(count: number): Promise<Temporal.Instant[]> {
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-05-28'))
  return days.flatMap(({ starts }) => starts.map(({ start }) => start)).slice(0, count)
}

async function answering(reference: string, answer: Answer, more: { own?: string; key?: string; by?: number; seen?: number } = {}) {
  const found = await threadOfRequest(pool, reference)
  const seen = more.seen ?? (await lastMailOf(pool, found?.id ?? 0))
  return answerMail(context, {
    reference,
    actor: `account:${more.by ?? clerk.accountId}`,
    key: more.key ?? randomUUID(),
    own: more.own ?? '',
    answer,
    seen,
  })
}

async function times(reference: string, count = 3): Promise<string[]> {
  const keep = keepUntilChoices(clock.now())[1] as Temporal.Instant
  const outcome = await answering(reference, { kind: 'times', serviceId, starts: await freeTimes(count), keep })
  assert.equal(outcome.code, 'done')
  return held(reference)
}

async function held(reference: string): Promise<string[]> {
  const { rows } = await pool.query<{ reference: string }>(
    `select v.reference from mail_time mt join visit v on v.id = mt.visit_id join mail m on m.id = mt.mail_id join mail_thread t on t.id = m.thread_id
     join request r on r.id = t.request_id where r.reference = $1 and v.state = 'held' order by mt.id`,
    [reference],
  )
  return rows.map((row) => row.reference)
}

async function stateOf(reference: string): Promise<unknown> {
  const { rows } = await pool.query('select state from visit where reference = $1', [reference])
  return rows[0]?.state
}

const textOf = (said: { readonly values?: Readonly<Record<string, unknown>> } | undefined): string => {
  const text = said?.values?.['text']
  return typeof text === 'string' ? text : ''
}

/** The last mail of the office to somebody, composed. */
async function composed(email: string) {
  const { rows } = await pool.query<{ kind: string; payload: Record<string, number> }>(
    `select o.kind, o.payload from outbox o join mail m on m.id = (o.payload ->> 'mail')::bigint where m.person_email = $1 order by o.id desc limit 1`,
    [email],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('nothing was sent')
  return inboxComposers[row.kind]?.(pool, row.payload, { now: clock.now(), office })
}

const at = (text: string): Temporal.Instant => Temporal.Instant.from(`2020-05-25T${text}:00+02:00`)

test('until when a time is kept: as chosen, but not until its very start, and never too short to be answered', () => {
  assert.deepEqual(keepUntilChoices(at('07:20')).map(String).slice(0, 2), ['2020-05-25T18:00:00Z', '2020-05-26T18:00:00Z'])
  assert.equal(keepUntilChoices(at('19:30'))[0]?.toString(), '2020-05-26T18:00:00Z')
  const kept = (start: string, chosen: string, backMinutes = 60) =>
    keptUntil(at(start), at(chosen), { now: at('08:00'), backMinutes })?.toString() ?? null
  assert.equal(kept('15:00', '20:00'), at('14:00').toString())
  assert.equal(kept('15:00', '12:00'), at('12:00').toString())
  assert.equal(kept('09:30', '20:00'), null)
  assert.equal(kept('15:00', '20:00', 90), at('13:30').toString())
  assert.equal(kept('09:30', '20:00', 30), at('09:00').toString())
})

test('three times are kept and sent with a link each; taking one books it, frees the rest and ends the request', async () => {
  const { email, reference } = await thread()
  const [first, second, third] = await times(reference)
  const message = await composed(email)
  assert.deepEqual(
    [message?.link, ...(message?.more ?? [])].map((link) => (typeof link?.href === 'object' ? link.href.reference : null)),
    [first, second, third],
  )
  assert.deepEqual(message?.thread?.inReplyTo, `<${email}>`)
  assert.equal(message?.thread?.references[0], `<${email}>`)
  assert.equal((await acceptTime(context, second ?? '')).code, 'done')
  assert.deepEqual(await Promise.all([first, second, third].map((each) => stateOf(each ?? ''))), ['expired', 'booked', 'expired'])
  const { rows } = await pool.query(
    'select r.state, v.reference, v.channel, v.person_email, v.booked_by from request r join visit v on v.id = r.visit_id where r.reference = $1',
    [reference],
  )
  assert.deepEqual(rows, [{ state: 'booked', reference: second, channel: 'email', person_email: email, booked_by: clerk.accountId }])
  const again = await acceptTime(context, second ?? '')
  assert.ok(again.allowed && again.repeated, 'pressed twice it is booked once')
  assert.equal((await acceptTime(context, first ?? '')).code, 'time-other-accepted')
  assert.equal(await composed(email), null, 'a mail that would offer what is gone is not sent')
})

test('a time that ran out is taken by nobody, and goes back by itself', async () => {
  const { reference } = await thread()
  const [first] = await times(reference)
  clock.moveTo((keepUntilChoices(clock.now())[1] as Temporal.Instant).add({ seconds: 1 }))
  assert.equal((await acceptTime(context, first ?? '')).code, 'time-passed')
  await expireHolds(context, clock.now())
  assert.deepEqual(await held(reference), [])
  assert.equal((await acceptTime(context, first ?? '')).code, 'time-passed')
})

test('times proposed anew free those before; one contact has no more than three kept, over all threads', async () => {
  const { email, reference } = await thread()
  const before = await times(reference)
  const after = await times(reference, 2)
  assert.equal(after.length, 2)
  assert.equal(
    before.some((each) => after.includes(each)),
    false,
  )
  const sameBox = email.replace('@', '+drugi@')
  await taken(context, { id: '<zweite@x>', from: sameBox })
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [sameBox])
  const keep = keepUntilChoices(clock.now())[2] as Temporal.Instant
  const outcome = await answering(rows[0]?.reference ?? '', { kind: 'times', serviceId, starts: await freeTimes(2), keep })
  assert.equal(outcome.code, 'limit-proposed')
  assert.deepEqual(await held(rows[0]?.reference ?? ''), [], 'nothing is kept by a refusal')
})

test('how many times one contact may have, and how early each goes back, is what the office has set; the refusal names it', async () => {
  const set = (settings: Record<string, number>) =>
    pool
      .query(`update office set facts = jsonb_set(facts, '{settings}', (facts -> 'settings') || $1::jsonb)`, [JSON.stringify(settings)])
      .then(() => context.changes.publish('directory'))
  const keep = keepUntilChoices(clock.now())[3] as Temporal.Instant
  const { reference } = await thread()
  const starts = await freeTimes(2)
  const propose = () => answering(reference, { kind: 'times', serviceId, starts, keep })
  await set({ 'proposed-per-contact': 1 })
  const many = await propose()
  assert.deepEqual([many.code, 'basis' in many && many.basis], ['limit-proposed', [{ kind: 'setting', setting: 'proposed-per-contact' }]])
  const said = [1, 2].map((kept) => words('pl')('inbox.refused.limit-proposed', { kept, limit: 3 }))
  assert.match(said[0] ?? '', /^Na tę osobę czeka już 1 inny termin\./)
  assert.match(said[1] ?? '', /^Na tę osobę czekają już 2 inne terminy\./)
  await set({ 'proposed-per-contact': 2, 'proposed-back-minutes': 1440 })
  const first = starts[0] as Temporal.Instant
  clock.moveTo(first.subtract({ hours: 24 }))
  const soon = await answering(reference, { kind: 'times', serviceId, starts, keep: first })
  assert.deepEqual([soon.code, 'basis' in soon && soon.basis], ['time-too-soon', [{ kind: 'setting', setting: 'proposed-back-minutes' }]])
  await set({ 'proposed-back-minutes': 90 })
  assert.equal((await answering(reference, { kind: 'times', serviceId, starts: [first], keep: first })).code, 'done')
  const { rows } = await pool.query<{ until: Temporal.Instant }>(
    `select mt.until from mail_time mt join visit v on v.id = mt.visit_id where v.reference = $1`,
    [(await held(reference))[0]],
  )
  assert.equal(rows[0]?.until.toString(), first.subtract({ minutes: 90 }).toString())
  await set({ 'proposed-per-contact': 3, 'proposed-back-minutes': 60 })
})

test('of three times of which one is taken none is kept', async () => {
  const { reference } = await thread()
  const starts = await freeTimes(1)
  const odd = (starts[0] as Temporal.Instant).add({ hours: 2, seconds: 30 })
  const keep = keepUntilChoices(clock.now())[2] as Temporal.Instant
  const outcome = await answering(reference, { kind: 'times', serviceId, starts: [...starts, odd], keep })
  assert.equal(outcome.allowed, false)
  assert.deepEqual(await held(reference), [])
  assert.equal(
    (
      await pool.query(
        `select from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id where r.reference = $1 and answer = 'times'`,
        [reference],
      )
    ).rowCount,
    0,
  )
})

test('advice settles, a question waits for the citizen and comes back with the answer, a reason closes; each is an event', async () => {
  const one = await thread()
  assert.equal((await answering(one.reference, { kind: 'advice', serviceId }, { own: 'Własne zdanie urzędnika.' })).code, 'done')
  const message = await composed(one.email)
  const lines = message?.lines.map(textOf).join('\n') ?? ''
  assert.match(lines, /Własne zdanie urzędnika/)
  assert.match(textOf(message?.subject), /^Re: Rejestracja samochodu \[/)
  const two = await thread()
  assert.equal((await answering(two.reference, { kind: 'question' }, { own: 'Który samochód?' })).code, 'done')
  const waits = async (): Promise<unknown> =>
    (
      await pool.query('select waits_since from mail_thread t join request r on r.id = t.request_id where r.reference = $1', [
        two.reference,
      ])
    ).rows[0]?.waits_since
  assert.equal(await waits(), null)
  await taken(context, { id: '<antwort@x>', from: two.email, answers: `<${two.email}>` })
  assert.notEqual(await waits(), null)
  const three = await thread()
  assert.equal((await answering(three.reference, { kind: 'closed', reason: 'not-our-matter' })).code, 'done')
  const { rows } = await pool.query(`select reference, state, reason from request where reference = any($1) order by id`, [
    [one.reference, two.reference, three.reference],
  ])
  assert.deepEqual(
    rows.map(({ state, reason }) => [state, reason]),
    [
      ['settled', 'by-email'],
      ['open', null],
      ['closed', 'not-our-matter'],
    ],
  )
  const { rows: events } = await pool.query(
    `select distinct reason, actor from event where kind = 'request-answered' and reason <> 'times' order by reason`,
  )
  assert.deepEqual(
    events.map(({ reason }) => reason),
    ['advice', 'closed', 'question'],
  )
})

test('what a colleague keeps nobody else answers; a form sent twice answers once', async () => {
  const { email, reference } = await thread()
  await claimRequest(context, { reference, actor: `account:${other.accountId}` })
  assert.equal((await answering(reference, { kind: 'question' }, { own: 'x' })).code, 'request-claimed')
  const key = randomUUID()
  const seen = await lastMailOf(pool, (await threadOfRequest(pool, reference))?.id ?? 0)
  const twice = [1, 2].map(() => answering(reference, { kind: 'question' }, { own: 'x', key, by: other.accountId, seen }))
  assert.deepEqual(
    (await Promise.all(twice)).map(({ code }) => code),
    ['done', 'done'],
  )
  assert.equal((await pool.query(`select from mail where answer = 'question' and person_email = $1`, [email])).rowCount, 1)
})

test('the pages: the list, a thread that is kept and answered, the link of a time and its one button', async () => {
  const { reference } = await thread()
  const page = async (url: string, cookies: string = clerk.headers.cookie): Promise<string> => {
    const answer = await app.inject({ url, headers: { cookie: cookies } })
    assert.equal(answer.statusCode, 200, url)
    return answer.body
  }
  const post = (url: string, fields: Record<string, string | string[]>, cookies: string = clerk.headers.cookie) => {
    const sent = form(fields)
    return app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, cookie: cookies } })
  }
  assert.match(await page('/praca/poczta'), new RegExp(`/praca/poczta/${reference}`))
  assert.match(await page(`/praca/poczta/${reference}`), /Odpowiadam/)
  assert.equal((await post(`/praca/poczta/${reference}/odpowiadam`, {})).statusCode, 303)
  assert.equal((await post(`/praca/poczta/${reference}/odpowiadam`, {}, other.headers.cookie)).statusCode, 409)
  const own = await page(`/praca/poczta/${reference}`)
  const widziano = /name="widziano" value="(\d+)"/.exec(own)?.[1] ?? ''
  const keep = /name="keep"[^>]*value="([^"]+)"/.exec(own)?.[1] ?? ''
  const fields = { co: 'times', widziano, sprawa: serviceId, dla: serviceId, keep }
  const later = await post(`/praca/poczta/${reference}/odpowiedz`, { ...fields, pokaz: '2020-05-29' })
  assert.equal(later.statusCode, 200)
  const start = /name="start"[^>]*value="(2020-[^"]+)"/.exec(later.body)?.[1] ?? ''
  const wrong = await post(`/praca/poczta/${reference}/odpowiedz`, { ...fields, start: '' })
  assert.equal(wrong.statusCode, 422)
  const sent = await post(`/praca/poczta/${reference}/odpowiedz`, { ...fields, start: [start, ''] })
  assert.equal(sent.statusCode, 303, sent.body)
  const [time] = await held(reference)
  assert.equal((await app.inject({ url: `/propozycja/${time}` })).statusCode, 404, 'without the link nothing opens')
  assert.equal((await app.inject({ url: `/t/${time}-AAAAAAAAAAAAAAAAAAAAAA` })).statusCode, 404)
  const link = await app.inject({ url: `/t/${time}-${context.secrets.confirmToken(time ?? '', 0)}` })
  assert.equal(link.headers['location'], `/propozycja/${time}`)
  const cookie = String(link.headers['set-cookie']).split(';')[0] ?? ''
  assert.match(await page(`/propozycja/${time}`, cookie), /Umów wizytę w tym terminie/)
  assert.equal(await stateOf(time ?? ''), 'held', 'opening books nothing')
  const accepted = await post(`/propozycja/${time}`, {}, cookie)
  assert.equal(accepted.headers['location'], `/wizyta/${time}`)
  assert.equal(await stateOf(time ?? ''), 'booked')
  assert.equal((await app.inject({ url: `/propozycja/${time}`, headers: { cookie } })).headers['location'], `/wizyta/${time}`)
  await page('/praca/poczta/odlozone')
  const stranger = await signedIn(context, 'desk', { unitId: 'usc' })
  assert.equal((await app.inject({ url: `/praca/poczta/${reference}`, headers: stranger.headers })).statusCode, 404, "another unit's")
})

test('what is personal of a thread goes with its request', async () => {
  const { reference } = await thread()
  await pool.query(`update request set erase_on = '2020-07-01' where reference = $1`, [reference])
  await inboxDuties[0]?.run(context, clock.now())
  const { rows } = await pool.query(
    'select distinct m.erase_on::text as day from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id where r.reference = $1',
    [reference],
  )
  assert.deepEqual(rows, [{ day: '2020-07-01' }])
})

test('a thread that was answered is no task, ends when the person is silent, and is owed an answer from when the person writes again', async () => {
  const { email, reference } = await thread()
  const [silence] = inboxDuties.filter(({ name }) => name === 'mail-silence')
  const state = async (): Promise<unknown> =>
    (await pool.query('select state, reason from request where reference = $1', [reference])).rows[0]
  const listed = async (): Promise<boolean> =>
    (await listRequests(pool, { unitIds: null, filter: 'email', now: clock.now() })).some((each) => each.reference === reference)
  assert.equal(await listed(), true)
  const count = async (): Promise<number> => (await countOpen(pool, { unitIds: null, now: clock.now(), answerHours: 24 })).byChannel.email
  const before = await count()
  await answering(reference, { kind: 'question' }, { own: 'Kiedy?' })
  await readOutbox(context, inboxComposers)
  assert.equal(await listed(), false)
  assert.equal(await count(), before - 1)
  const later = clock.now().add({ hours: 24 * 14 - 1 })
  await silence?.run(context, later)
  assert.deepEqual(await state(), { state: 'open', reason: null })
  await silence?.run(context, later.add({ hours: 1 }))
  assert.deepEqual(await state(), { state: 'closed', reason: 'silent' })
  clock.moveTo(later.add({ hours: 30 }))
  await taken(context, { id: '<doch@x>', from: email, answers: `<${email}>` })
  const [row] = (await listRequests(pool, { unitIds: null, filter: 'email', now: clock.now() })).filter(
    (each) => each.reference === reference,
  )
  assert.equal(row?.owed_from.toString(), clock.now().toString())
})

test('times are kept for nobody once the request has ended in another way', async () => {
  const actor = `account:${clerk.accountId}` as const
  const closed = await thread()
  await times(closed.reference, 2)
  assert.equal((await finishRequest(context, { reference: closed.reference, actor, end: 'closed', reason: 'withdrawn' })).code, 'done')
  assert.deepEqual(await held(closed.reference), [])
  const booked = await thread()
  await times(booked.reference, 2)
  const start = (await freeTimes(1))[0] as Temporal.Instant
  const done = await bookFromRequest(context, { reference: booked.reference, actor, serviceId, start, key: randomUUID() })
  assert.equal(done.allowed, true, done.code)
  assert.deepEqual(await held(booked.reference), [])
})
