/** Proofs used once, the few holds without one, limits by browser, contact, visit and address. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createApp } from '../src/app.js'
import fc from 'fast-check'
import { form, testApp } from './support/app.js'
import { textOf } from './support/html.js'
import { testDatabase, type TestOffice } from './support/office.js'
import { atOnce, processes } from './support/processes.js'
import { solution } from './support/proof.js'
import { smallOffice } from './support/small-office.js'
import { bookedVisit, somebody } from './support/visits.js'
import { visitor } from './support/visitor.js'
import { installLimits, isPrivate } from '../src/limits.js'
import { limiter } from '../src/platform/http/limiter.js'
import type { Context } from '../src/platform/context.js'
import { transaction } from '../src/platform/database.js'
import { findVisit } from '../src/visit/index.js'
import { keepDraft } from '../src/booking/draft.js'
import { directory } from '../src/directory/index.js'
import { bookingComposers, confirmHold, releaseHold } from '../src/booking/index.js'
import { checkContactCode, sendContactCode } from '../src/booking/fair/contact.js'
import { bookFairly, holdFairly, newChallenge, quotaWithoutProof } from '../src/booking/fair/gate.js'
import { bookingRoutes } from '../src/booking/routes.js'
import { contactWait } from '../src/booking/fair/limits.js'
import { claimPlace } from '../src/booking/fair/store.js'

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-26T${time}:00+02:00`)
const proof = async (context: Context): Promise<string> => solution(await newChallenge(context))
async function opened(): Promise<TestOffice> {
  const office = await testDatabase()
  await smallOffice(office)
  return office
}
const times = ['08:00', '08:15', '08:30', '08:45', '09:00', '09:15', '09:30', '09:45', '10:00', '10:15'] as const

test('one proof pays for one hold: again for the same time it is the same hold, for another it is worth nothing', async () => {
  const { context } = await opened()
  const sent = await proof(context)
  const first = await holdFairly(context, { serviceId: 'short', start: at('08:00') }, sent)
  const again = await holdFairly(context, { serviceId: 'short', start: at('08:00') }, sent)
  assert.ok(first.allowed && again.allowed)
  assert.equal(again.reference, first.reference)
  const { rows: free } = await context.database.pool.query('select from unproven_hold')
  assert.equal(free.length, 0)
  const other = await holdFairly(context, { serviceId: 'short', start: at('09:00') }, sent)
  assert.ok(other.allowed, 'while it is calm there is room without proof')
  const { rows } = await context.database.pool.query('select from unproven_hold')
  assert.equal(rows.length, 1, 'and it took such a place')
})

test('one proof sent sixteen times at once by four processes for sixteen times: one hold by it', async () => {
  const office = await opened()
  const clients = await processes(office, 4, 4)
  const sent = await proof(office.context)
  await office.context.database.pool.query("insert into unproven_hold select 'short', o, null, 'infinity' from generate_series(1, 6) o")
  const outcomes = await atOnce(16, (index) =>
    holdFairly(clients[index % 4] as Context, { serviceId: 'short', start: at(times[index % 10] as string) }, sent),
  )
  const { rows } = await office.context.database.pool.query("select from visit where state = 'held'")
  assert.equal(rows.length, 1)
  assert.deepEqual(new Set(outcomes.filter(({ allowed }) => !allowed).map(({ code }) => code)), new Set(['proof-needed']))
})

test('without proof a matter keeps six times at once; one that ends makes room', async () => {
  const { context } = await opened()
  const held: string[] = []
  for (const time of times.slice(0, 6)) {
    const outcome = await holdFairly(context, { serviceId: 'short', start: at(time) }, '')
    assert.ok(outcome.allowed)
    held.push(outcome.reference)
  }
  const seventh = await holdFairly(context, { serviceId: 'short', start: at('10:00') }, '')
  assert.ok(!seventh.allowed)
  assert.deepEqual([seventh.code, seventh.basis], ['proof-needed', [{ kind: 'setting', setting: 'holds-without-proof' }]])
  assert.ok(seventh.next.some(({ kind }) => kind === 'call'))
  assert.ok((await holdFairly(context, { serviceId: 'long', start: at('14:00') }, '')).allowed, 'another matter has its own')
  assert.ok(
    (await holdFairly(context, { serviceId: 'short', start: at('10:00') }, await proof(context))).allowed,
    'with proof there is no such limit',
  )
  await releaseHold(context, { reference: held[0] as string })
  assert.ok((await holdFairly(context, { serviceId: 'short', start: at('10:15') }, '')).allowed)
  await confirmHold(context, { reference: held[1] as string, person: somebody(), key: randomUUID() })
  assert.ok((await holdFairly(context, { serviceId: 'short', start: at('10:30') }, '')).allowed)
  assert.equal((await holdFairly(context, { serviceId: 'short', start: at('10:45') }, '')).code, 'proof-needed')
})

const wanted = (office: TestOffice) => {
  const now = office.clock.now()
  return { serviceId: 'short', quota: 6, now, until: now.add({ minutes: 30 }) }
}

test('without their guard more places are had than there are', async () => {
  const office = await opened()
  await office.context.database.pool.query(
    'alter table unproven_hold drop constraint unproven_hold_once; alter table unproven_hold add column own bigint generated always as identity; alter table unproven_hold add constraint unproven_hold_once primary key (service_id, ordinal, own)',
  )
  const clients = await processes(office, 4, 4)
  // All ask before the first has written.
  const asked = Promise.withResolvers<void>()
  let waiting = 16
  const places = await atOnce(16, (index) =>
    transaction((clients[index % 4] as Context).database, async (client) => {
      const place = await claimPlace(client, wanted(office))
      if (--waiting === 0) asked.resolve()
      await asked.promise
      return place
    }),
  )
  assert.equal(places.filter((place) => place !== null).length, 16)
})

test('eighty places asked for at once by four processes: six are had', async () => {
  const office = await opened()
  const clients = await processes(office, 4, 4)
  const places = await atOnce(80, (index) => claimPlace((clients[index % 4] as Context).database.pool, wanted(office)))
  assert.deepEqual(
    places.filter((place) => place !== null).toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6],
  )
})

test('in a rush a third of the places without proof is left', () => {
  assert.equal(quotaWithoutProof({ 'holds-without-proof': 6 }, true), 6)
  assert.equal(quotaWithoutProof({ 'holds-without-proof': 6 }, false), 2)
})

test('the API asks the same of who is not signed in', async () => {
  const { context } = await opened()
  const person = somebody
  const command = (start: string, key: string = randomUUID()) =>
    ({ serviceId: 'short', start: at(start), channel: 'web', person: person(), actor: 'citizen', key }) as const
  const sent = await proof(context)
  const first = command('08:00')
  assert.ok((await bookFairly(context, first, sent)).allowed)
  const again = await bookFairly(context, first, sent)
  assert.ok(again.allowed && again.repeated, 'the same command with the same proof')
  const { rows } = await context.database.pool.query('select from unproven_hold where until > $1', [context.clock.now()])
  assert.equal(rows.length, 0)
  for (const time of times.slice(1, 7)) assert.ok((await bookFairly(context, command(time), sent)).allowed)
  assert.equal((await bookFairly(context, command('10:00'), sent)).code, 'proof-needed', 'spent, and the places are taken')
  assert.ok((await bookFairly(context, command('10:00'), await proof(context))).allowed)
})

test('without script in a rush: a code to a phone or e-mail, and then one time at once', async () => {
  const office = await opened()
  const { pool } = office.context.database
  await pool.query("insert into unproven_hold select 'short', o, null, 'infinity' from generate_series(1, 6) o")
  const app = await createApp(office.context)
  const anna = visitor(app)
  const take = async (time: string) => {
    await anna.open('/sprawy/short/terminy')
    return anna.send({ start: at(time).toString() }, '/sprawy/short/terminy')
  }
  const refused = await take('08:00')
  assert.equal(refused.status, 409)
  assert.match(refused.html, /href="\/sprawy\/short\/kontakt"/)
  await anna.open('/sprawy/short/kontakt')
  assert.equal((await anna.send({ contact: 'nie' }, '/sprawy/short/kontakt')).status, 422)
  const asked = await anna.send({ contact: 'Anna@Example.pl' }, '/sprawy/short/kontakt')
  assert.match(asked.path, /^\/sprawy\/short\/kontakt\/[A-Z0-9]{8}$/)
  assert.match(asked.text, /Kod wysłaliśmy tu: a•••@example\.pl/)
  assert.doesNotMatch(asked.html, /anna@/)
  assert.doesNotMatch((await visitor(app).open(asked.path)).text, /•••/, 'only the browser that asked is told')
  const { rows } = await pool.query<{ payload: Record<string, number> }>("select payload from outbox where kind = 'contact-code'")
  const facts = { origin: 'https://urzad.example', now: office.clock.now(), office: await directory(office.context) }
  const message = await bookingComposers['contact-code']?.(pool, rows[0]?.payload ?? {}, facts)
  assert.equal(message?.to.email, 'anna@example.pl')
  const reference = asked.path.slice(-8)
  const right = office.context.secrets.confirmCode(reference, 1)
  assert.equal((await anna.send({ kod: right === '111111' ? '222222' : '111111' })).status, 422)
  assert.equal((await anna.send({ kod: right })).path, '/sprawy/short/terminy')
  const held = await take('08:00')
  assert.match(held.path, /dane$/)
  // Another time for the same contact while that one is kept, by another browser with the same right.
  const second = visitor(app)
  await second.open('/sprawy/short/terminy')
  ;(second.cookies as Map<string, string>).set('kontakt', anna.cookies.get('kontakt') ?? '')
  assert.equal((await second.send({ start: at('09:00').toString() }, '/sprawy/short/terminy')).status, 409)
  const forged = visitor(app)
  await forged.open('/sprawy/short/terminy')
  ;(forged.cookies as Map<string, string>).set('kontakt', `${'ab'.repeat(16)}.9999999999999.${'00'.repeat(32)}`)
  assert.equal((await forged.send({ start: at('09:00').toString() }, '/sprawy/short/terminy')).status, 409)
  await app.close()
})

test('a code is tried five times and sent three times an hour', async () => {
  const { context } = await opened()
  const contact = { email: 'anna@example.pl', phone: null }
  const sent = await sendContactCode(context, contact, 'pl')
  assert.ok(typeof sent === 'object')
  const right = context.secrets.confirmCode(sent.reference, 1)
  const wrong = right === '111111' ? '222222' : '111111'
  for (let tries = 0; tries < 5; tries += 1) assert.equal(await checkContactCode(context, sent.reference, wrong), 'wrong')
  assert.equal(await checkContactCode(context, sent.reference, right), 'over')
  assert.ok(typeof (await sendContactCode(context, contact, 'pl')) === 'object')
  assert.ok(typeof (await sendContactCode(context, contact, 'pl')) === 'object')
  assert.equal(await sendContactCode(context, contact, 'pl'), 'sent-enough')
  assert.equal(
    await sendContactCode({ ...context, demonstration: false }, contact, 'pl'),
    'not-reached',
    'where no message leaves, no code is promised',
  )
})

test('a browser keeps two times at once, of different matters; for one matter the new replaces the old', async () => {
  const office = await opened()
  const app = await createApp(office.context)
  const anna = visitor(app)
  const take = async (service: string, time: string) => {
    await anna.open(`/sprawy/${service}/terminy`)
    return anna.send({ start: at(time).toString() }, `/sprawy/${service}/terminy`)
  }
  assert.match((await take('short', '08:00')).path, /dane$/)
  assert.match((await take('short', '08:15')).path, /dane$/)
  assert.match((await take('long', '09:00')).path, /dane$/)
  const third = await take('two', '10:00')
  assert.equal(third.status, 409)
  assert.match(third.text, /W tej przeglądarce czekają już 2 terminy/)
  assert.equal([...third.html.matchAll(/href="\/rezerwacja\/[A-Z0-9]{8}\/dane"/g)].length, 2)
  await app.close()
})

test('the page of times holds no challenge, and the challenge is never kept', async () => {
  const office = await opened()
  const app = await createApp({ ...office.context, demonstration: false })
  const page = await app.inject('/sprawy/short/terminy')
  assert.match(String(page.headers['cache-control']), /public/)
  assert.match(page.payload, /data-proof="\/api\/v1\/proof"/)
  assert.ok(!page.payload.includes('expires='))
  const challenge = await app.inject('/api/v1/proof')
  assert.equal(challenge.headers['cache-control'], 'no-store')
  assert.ok(solution(challenge.json()).length > 100)
  await app.close()
})

test('a visit keeps the name it was booked in: no page, draft or command gives it another', async () => {
  const office = await opened()
  const { context } = office
  const visit = await bookedVisit(office, { serviceId: 'short', start: at('08:00') })
  const other = { name: 'Ktoś Inny', email: 'inny@example.pl', phone: null }
  assert.equal(await keepDraft(context, { reference: visit.reference, person: other, urgent: false, needs: [], onBehalf: false }), false)
  assert.ok(!(await confirmHold(context, { reference: visit.reference, person: other, key: randomUUID() })).allowed)
  const app = await createApp(context)
  const cookie = `w_${visit.reference}=${context.secrets.secretOf(visit.reference)}`
  const sent = form({
    name: other.name,
    email: other.email,
    phone: '',
    start: at('09:00').toString(),
    klucz: randomUUID(),
    key: randomUUID(),
  })
  const headers = { ...sent.headers, cookie }
  for (const url of [`/rezerwacja/${visit.reference}/dane`, `/rezerwacja/${visit.reference}/sprawdz`, `/wizyta/${visit.reference}/zmien`])
    await app.inject({ method: 'POST', url, headers, payload: sent.payload })
  const moved = await app.inject({
    method: 'POST',
    url: `/api/v1/visits/${visit.reference}/move`,
    headers: { authorization: `Bearer ${context.secrets.secretOf(visit.reference)}` },
    payload: { start: at('09:30').toString(), person: other, name: other.name },
  })
  assert.equal(moved.statusCode, 200, 'the time may change')
  assert.deepEqual((await findVisit(context.database.pool, visit.reference))?.person, visit.person)
  await app.close()
})

test('a contact may be tried thirty times at once, then waits some seconds', async () => {
  const { context } = await opened()
  const person = { phone: '+48601000001', email: null }
  const waits = Array.from({ length: 31 }, () => contactWait(context, person))
  assert.deepEqual(new Set(waits.slice(0, 30)), new Set([0]))
  assert.ok((waits[30] ?? 0) > 0 && (waits[30] ?? 0) <= 10)
  assert.equal(contactWait(context, { phone: null, email: 'ktos@example.pl' }), 0)
})

test('sixty people in a library book at once from one address, and a program that asks without end is told when again', async () => {
  const office = await opened()
  const app = await createApp({ ...office.context, demonstration: false })
  const from = (remoteAddress: string) => (url: string, payload?: object) =>
    app.inject({ method: payload ? 'POST' : 'GET', url, remoteAddress, ...(payload ? { payload } : {}) })
  const library = from('203.0.113.7')
  const people = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const statuses: number[] = []
      // A booking with its pages, twice looked at, and the tasks for it.
      for (let page = 0; page < 8; page += 1) statuses.push((await library('/sprawy/short/terminy')).statusCode)
      statuses.push((await library('/api/v1/proof')).statusCode)
      const body = {
        service: 'short',
        start: at('08:00')
          .add({ minutes: 15 * (index % 28) })
          .toString(),
        channel: 'web',
      }
      const sent = { ...body, person: somebody(), proof: await proof(office.context) }
      statuses.push((await library('/api/v1/visits', sent)).statusCode)
      return statuses
    }),
  )
  assert.ok(people.flat().every((status) => status !== 429))
  await app.close()
})

test('an address that asks without end is told so in a sentence, with the second it may ask again; others go on', async () => {
  const office = await opened()
  const rates = { perAddress: { burst: 20, perMinute: 6 }, perVisit: { burst: 60, perMinute: 30 } }
  const app = await testApp(office.context, (mounted) => installLimits(mounted, rates), bookingRoutes)
  const ask = (remoteAddress: string, url = '/sprawy') => app.inject({ url, remoteAddress })
  for (let index = 0; index < 20; index += 1) assert.equal((await ask('198.51.100.9')).statusCode, 200)
  const refused = await ask('198.51.100.9')
  assert.equal(refused.statusCode, 429)
  const seconds = Number(refused.headers['retry-after'])
  assert.ok(seconds >= 1 && seconds <= 10)
  assert.match(textOf(refused.payload), /Następne przyjmiemy za \d+ sekund/)
  const api = await ask('198.51.100.9', '/api/v1/proof')
  assert.deepEqual([api.statusCode, api.json().code], [429, 'too-many'])
  assert.equal((await ask('203.0.113.7')).statusCode, 200)
  for (let index = 0; index < 40; index += 1) assert.equal((await ask('127.0.0.1')).statusCode, 200, 'a proxy of the office has no ceiling')
})

test('a bucket fills evenly, never above its burst, and who waits as long as told may ask', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.nat(5_000), { maxLength: 200 }),
      (burst, perMinute, pauses) => {
        const limit = limiter({ burst, perMinute })
        let now = 0
        let asked = 0
        for (const pause of pauses) {
          now += pause
          const wait = limit('a', now)
          if (wait === 0) asked += 1
          else assert.equal(limit('a', (now += wait * 1_000)), 0, 'after the wait')
          if (wait !== 0) asked += 1
        }
        assert.ok(asked <= burst + (now * perMinute) / 60_000 + 1)
        assert.equal(limit('b', now), 0, 'another key has its own')
      },
    ),
  )
})

test('networks of the office and proxies have no ceiling', () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '172.16.0.1',
    '172.31.255.1',
    '::1',
    '::ffff:10.0.0.1',
    'fd00::1',
    'fe80::1',
  ])
    assert.ok(isPrivate(address), address)
  for (const address of ['203.0.113.7', '172.32.0.1', '11.0.0.1', '2001:db8::1', '::ffff:8.8.8.8']) assert.ok(!isPrivate(address), address)
})

test('forms about one visit have a limit of their own, with a sentence and when again', async () => {
  const office = await opened()
  const app = await createApp(office.context)
  const visit = await bookedVisit(office, { serviceId: 'short', start: at('08:00') })
  const url = `/rezerwacja/${visit.reference}/sprawdz`
  const sent = form({ x: 'y' })
  let status = 0
  for (let index = 0; index < 61; index += 1) status = (await app.inject({ method: 'POST', url, ...sent })).statusCode
  assert.equal(status, 429)
  await app.close()
})
