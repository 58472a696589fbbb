/**
 * The rules are asked where their answers count: free times, the desk that calls, the door, who comes
 * along, and the pages that say what to bring and what applies.
 */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freeStarts } from '../../src/booking/index.js'
import { entranceRoutes } from '../../src/entrance/index.js'
import { enter } from '../../src/entrance/actions.js'
import { addCompanion } from '../../src/entrance/companions.js'
import { passRoutes } from '../../src/pass/index.js'
import { callNext, openDesk } from '../../src/queue/index.js'
import { importActs, regulationRoutes, type ActsDocument } from '../../src/regulation/index.js'
import type { Visit } from '../../src/visit/index.js'
import { testApp } from '../support/app.js'
import { assertValidPage, textOf } from '../support/html.js'
import { testDatabase } from '../support/office.js'
import { smallActs, smallOffice } from '../support/small-office.js'
import { signedIn } from '../support/staff.js'
import { bookedVisit } from '../support/visits.js'

const office = await testDatabase()
const { context, clock } = office
const { pool } = context.database
const buildingId = 'hall'
const day = '2020-05-26'
const at = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
let accountId = 0

type ProvisionEntry = ActsDocument['acts'][number]['provisions'][number]

before(async () => {
  await smallOffice(office)
  accountId = (await signedIn(context, 'guard', { buildingId })).accountId
})

/** The small office's act, and one besides with these rules. */
async function rules(...provisions: readonly ProvisionEntry[]): Promise<void> {
  clock.moveTo(clock.now().add({ seconds: 1 }))
  const act = {
    id: 'P/2/2020',
    number: 'P/2/2020',
    title: 'w sprawie zasad',
    issuer: 'Burmistrz',
    rank: 'ordinance',
    from: '2020-05-01',
  } as const
  assert.deepEqual(await importActs(context.database, { acts: [...smallActs.acts, { ...act, provisions }] }, clock.now()), [])
  context.changes.publish('regulation')
}

async function desksFreeAt(time: string): Promise<number> {
  const date = Temporal.PlainDate.from(day)
  const days = await freeStarts(context, { serviceId: 'short', from: date, to: date, now: clock.now() })
  return days?.[0]?.starts.find(({ start }) => start.equals(at(time)))?.desks.length ?? 0
}

/** What the desk is answered that opens and calls, and by which paragraphs. */
async function call(desk: string): Promise<string> {
  const actor = `account:${accountId}` as const
  assert.ok((await openDesk(context, { desk, accountId, actor, now: clock.now() })).allowed)
  const answer = await callNext(context, { desk, actor, now: clock.now() })
  return `${answer.code} ${answer.allowed ? '' : answer.basis.map((each) => (each.kind === 'provision' ? each.reference : '')).join()}`
}

const events = async (): Promise<unknown> => (await pool.query('select count(*) from event')).rows
const come = (visit: Visit) => enter(context, { buildingId, code: visit.reference, accountId, now: visit.startsAt })

test('one client in a room: one desk of each room has times, and no other calls', async () => {
  assert.equal(await desksFreeAt('08:00'), 4)
  await rules({ id: 'room', reference: '§ 1', kind: 'building-limit', parameters: { of: 'inside', per: 'room', limit: 1 } })
  assert.equal(await desksFreeAt('08:00'), 2)
  assert.deepEqual([await call('hall/1/1'), await call('hall/1/2')], ['nobody-waiting ', 'desk-over-limit § 1'])
})

test('hours of one matter are hours of its times', async () => {
  await rules({
    id: 'hours',
    reference: '§ 2',
    kind: 'hours',
    parameters: { intervals: [{ from: '09:00', to: '12:00' }], breaks: [{ from: '10:00', to: '10:30' }] },
    scope: { service: ['short'] },
  })
  assert.deepEqual(await Promise.all(['08:00', '09:00', '10:00', '10:30', '12:00'].map(desksFreeAt)), [0, 4, 0, 4, 0])
})

test('a part of the building with a door of its own has its own count, for a companion too', async () => {
  await rules({
    id: 'area',
    reference: '§ 3',
    kind: 'building-limit',
    parameters: { of: 'inside', per: 'area', limit: 2, entrance: 'od podwórza' },
    scope: { room: ['hall/1'] },
  })
  const visits: Visit[] = []
  while (visits.length < 4) visits.push(await bookedVisit(office, { serviceId: 'short', start: at('11:00') }))
  const here = visits.filter(({ roomId }) => roomId === 'hall/1')
  const [elsewhere] = visits.filter(({ roomId }) => roomId === 'hall/2')
  const [first, second, third] = here
  assert.ok(first && second && third && elsewhere)
  const entered = await come(first)
  assert.ok(entered.entry)
  assert.ok((await come(second)).entry)
  const full = await come(third)
  assert.deepEqual([full.entry, full.decision.code], [null, 'area-full'])
  assert.ok((await come(elsewhere)).entry)
  const bring = {
    entryId: entered.entry.id,
    buildingId,
    purpose: 'companion',
    notCounted: false,
    atDesk: false,
    accountId,
    now: at('11:00'),
  } as const
  const companion = await addCompanion(context, bring)
  assert.equal('allowed' in companion && companion.code, 'area-full')
})

test('where only those who are needed may come along, an interpreter may', async () => {
  await rules({ id: 'companions', reference: '§ 4', kind: 'companions', parameters: { who: 'needed' } })
  const { entry } = await come(await bookedVisit(office, { serviceId: 'short', start: at('12:00') }))
  assert.ok(entry)
  const bring = { entryId: entry.id, buildingId, notCounted: false, atDesk: false, accountId, now: at('12:00') }
  const no = await addCompanion(context, { ...bring, purpose: 'companion' })
  assert.equal('allowed' in no && no.code, 'companion-stays-out')
  assert.ok(!('allowed' in (await addCompanion(context, { ...bring, purpose: 'interpreter' }))))
})

test('the pass, the guard’s page and what applies today say what is worn, kept and looked at; nothing is written down', async () => {
  await rules(
    { id: 'distance', reference: '§ 5', kind: 'safety', parameters: { obligation: 'distance', metres: 1.5 } },
    { id: 'gloves', reference: '§ 6', kind: 'safety', parameters: { obligation: 'gloves' }, scope: { room: ['hall/2'] } },
    { id: 'face', reference: '§ 7', kind: 'safety', parameters: { obligation: 'mask', or: ['visor'], advised: true } },
    { id: 'child', reference: '§ 7', kind: 'safety-exemption', parameters: { obligation: 'mask', who: 'child', underYears: 5 } },
    { id: 'look', reference: '§ 8', kind: 'screening', parameters: { what: 'temperature', above: 37.5 } },
    {
      id: 'door',
      reference: '§ 10',
      kind: 'entry',
      parameters: { purpose: 'visit', only: false, entrance: 'od podwórza', proof: 'name-and-matter' },
      scope: { service: ['short'] },
    },
    { id: 'first', reference: '§ 9', kind: 'priority', parameters: { who: 'pregnant' } },
  )
  const app = await testApp(context, entranceRoutes, passRoutes, regulationRoutes)
  const visit = await bookedVisit(office, { serviceId: 'short', start: at('13:00') })
  assert.equal(visit.roomId, 'hall/1')
  const opened = await app.inject({ url: `/l/${visit.reference}-${context.secrets.secretOf(visit.reference)}` })
  const cookie = [opened.headers['set-cookie']]
    .flat()
    .map((each) => String(each).split(';')[0])
    .join('; ')
  const pass = textOf((await app.inject({ url: `/wizyta/${visit.reference}`, headers: { cookie } })).body)
  assert.match(pass, /Odległość co najmniej 1,5 m od innych osób/)
  assert.match(pass, /Zalecane: maseczka lub przyłbica \(Nie dotyczy: dziecko, które nie ukończyło 5 lat\.\)/)
  assert.match(pass, /Przy wejściu podaje się nazwisko i sprawę\. Wejście: od podwórza\..*§ 10/)
  assert.doesNotMatch(pass, /Rękawiczki/, 'gloves are worn in another room')

  const guard = await signedIn(context, 'guard', { buildingId })
  const earlier = await events()
  const door = await app.inject({ url: `/praca/wejscie/${buildingId}`, headers: guard.headers })
  await assertValidPage(door.body)
  assert.match(textOf(door.body), /Rękawiczki ochronne \(tylko w pokojach: 2\)/)
  assert.match(
    textOf(door.body),
    /Nie wchodzi osoba, która ma więcej niż 37,5 °C\. Niczego z tego nie zapisujemy\..*§ 8.*Kto nie wchodzi, usłyszy: Proszę dziś nie wchodzić/,
  )
  assert.deepEqual(await events(), earlier)

  const page = await app.inject({ url: `/zasady?dzien=${day}` })
  await assertValidPage(page.body)
  const applies = textOf(page.body).toLowerCase()
  for (const sentence of [
    'zaleca się: maseczka lub przyłbica',
    'poza kolejnością obsługujemy: kobiety w ciąży.',
    'odległość co najmniej 1,5 m',
  ])
    assert.ok(applies.includes(sentence), sentence)
})
