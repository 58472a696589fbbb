/** What the whole program does when a clerk goes home, and with a body that was said and not sent. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../src/app.js'
import { openDesk } from '../src/queue/index.js'
import { testLeszno } from './support/office.js'
import { signedIn } from './support/staff.js'
import { waits } from './support/waiting.js'

const { context, clock } = await testLeszno()
const app = await createApp(context)
after(() => app.close())
const slug = 'walowa-5/4/1'
const next = `/api/v1/desks/${encodeURIComponent(slug)}/next`

async function atDesk(): Promise<{ headers: { cookie: string } }> {
  const clerk = await signedIn(context, 'desk', { unitId: 'wydzial-spraw-obywatelskich' })
  await openDesk(context, { desk: slug, accountId: clerk.accountId, actor: `account:${clerk.accountId}`, now: clock.now() })
  return clerk
}

const openDesks = async (): Promise<number> => (await context.database.pool.query('select 1 from desk_session')).rows.length

test('signing out closes the desk, so that nobody is counted who is not there', async () => {
  const { headers } = await atDesk()
  const out = await app.inject({ method: 'POST', url: '/praca/wyloguj', headers })
  assert.equal(out.headers.location, '/praca/logowanie?stanowisko=closed')
  assert.equal(out.headers['clear-site-data'], '"cache"')
  assert.match((await app.inject(out.headers.location)).body, /Stanowisko zostało zamknięte/)
  assert.equal(await openDesks(), 0)
})

test('an act with the type of JSON and no body is the act; with somebody served at the desk, signing out leaves it open', async () => {
  const { headers } = await atDesk()
  await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })
  const called = await app.inject({ method: 'POST', url: next, headers: { ...headers, 'content-type': 'application/json' }, payload: '' })
  assert.equal(called.statusCode, 200, called.body)
  const broken = await app.inject({ method: 'POST', url: next, headers: { ...headers, 'content-type': 'application/json' }, payload: '{' })
  assert.equal(broken.statusCode, 400)
  // Whoever was only called waits for another desk then; whoever is being served is not left alone.
  const { reference } = called.json<{ visit: { reference: string } }>().visit
  const started = await app.inject({ method: 'POST', url: `/api/v1/visits/${reference}/start`, headers, payload: { desk: slug } })
  assert.equal(started.statusCode, 200, started.body)
  const out = await app.inject({ method: 'POST', url: '/praca/wyloguj', headers })
  assert.equal(out.headers.location, '/praca/logowanie?stanowisko=client-at-desk')
  assert.equal(await openDesks(), 1)
})

test('pages of the staff are Polish whatever language is asked for, and what is not there keeps their frame', async () => {
  const { headers } = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
  const { cookie } = headers
  const menu = await app.inject({ url: '/praca?lang=uk', headers: { cookie } })
  assert.match(menu.body, /<html lang="pl"/)
  for (const page of ['/praca/obsluga', '/praca/prosby', '/praca/stanowisko']) assert.match(menu.body, new RegExp(`href="${page}"`))
  const missing = await app.inject({ url: '/praca/nie-ma', headers: { cookie } })
  assert.equal(missing.statusCode, 404)
  assert.match(missing.body, /okienko-staff-page/)
  assert.match((await app.inject({ url: '/uk/zasady', headers: { cookie } })).body, /href="\/praca"/, 'a way back from the citizens’ pages')
})
