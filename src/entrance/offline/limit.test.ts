/**
 * A limit of the building and a door without the network: what the device says when the building is full
 * by its list and by what was done since, and the conflict where two doors let in one too many. An act
 * lets in two and lets two wait.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { listOf, lookup, told, type DeviceAct, type DeviceList } from '../../../tests/support/door-device.js'
import { interrupted, rewritten } from '../../../tests/support/race.js'
import { testDatabase } from '../../../tests/support/office.js'
import { smallActs, smallOffice } from '../../../tests/support/small-office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { importActs } from '../../regulation/index.js'
import type { Visit } from '../../visit/index.js'
import { answer, enter } from '../actions.js'
import { entriesOf } from '../store.js'
import { readActs } from './forms.js'
import { guardProof } from './guard-proof.js'
import { openConflicts } from './store.js'
import { takeActs, type Taken } from './take.js'

const office = await testDatabase({ poolSize: 12 })
const { context, clock } = office
const { pool } = context.database
const buildingId = 'hall'
const at = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const limit = (id: string, reference: string, most: number, of: 'inside' | 'waiting') =>
  ({ id, reference, kind: 'building-limit', parameters: { limit: most, of } }) as const
const limits = {
  acts: [
    ...smallActs.acts,
    {
      id: 'P/2/2020',
      number: 'P/2/2020',
      title: 'w sprawie liczby osób',
      issuer: 'Prezydent',
      rank: 'ordinance' as const,
      from: '2020-05-01',
      provisions: [limit('inside', '§ 1', 2, 'inside'), limit('waiting', '§ 2', 9, 'waiting')],
    },
  ],
}
let accountId = 0
let list: DeviceList
const visits: Visit[] = []

before(async () => {
  await smallOffice(office)
  assert.deepEqual(await importActs(context.database, limits, clock.now()), [])
  accountId = (await signedIn(context, 'guard', { buildingId })).accountId
  for (const [index, serviceId] of ['short', 'short', 'short', 'two'].entries())
    visits.push(await bookedVisit(office, { serviceId, start: at('09:00').add({ minutes: index === 3 ? 60 : 0 }) }))
  clock.moveTo(at('08:50'))
  list = await listOf(context, { buildingId, accountId })
})

const visit = (nth: number): Visit => visits[nth] as Visit
/** What the device says, with the answer's words. */
const says = (acts: readonly DeviceAct[], nth: number, time = '08:55') => told(list, acts, visit(nth).reference, at(time))
async function entry(nth: number, key: string, time: string, acts: readonly DeviceAct[] = []): Promise<DeviceAct> {
  const found = await says(acts, nth, time)
  const moment = at(time).epochMilliseconds
  const guard = guardProof(context, { accountId, buildingId, day: officeDay(at(time)) })
  const { code, allowed } = found.answer
  return { key, kind: 'entered', at: moment, deviceAt: moment, guard, told: code, allowed, persons: found.persons, ...found.subject }
}
async function take(acts: readonly DeviceAct[], on: Context = context): Promise<readonly Taken[]> {
  const { byGuard, unreadable } = readActs(acts, clock.now())
  assert.deepEqual(unreadable, [])
  const command = { buildingId, accountId, sentBy: accountId, now: clock.now(), clock: null }
  return takeActs(on, { ...command, acts: [...byGuard.values()].flat() })
}

/** Acts sent by as many devices at one instant: the codes of their conflicts. */
async function race(on: Context, ...acts: readonly DeviceAct[]): Promise<string[]> {
  const answers = await Promise.all(acts.map((act) => take([act], on)))
  return answers.flatMap((each) => each.flatMap(({ conflicts }) => conflicts.map(({ code }) => code)))
}

test('the device says that the building is full as the server does: with the limit, its provision and the places left', async () => {
  const first = await entry(0, 'a', '08:51')
  assert.equal(lookup.placesLeft(list, [], 0), 2)
  assert.equal((await says([first], 1)).answer.code, 'come-in')
  const both = [first, await entry(1, 'b', '08:52', [first])]
  const full = await says(both, 2)
  assert.deepEqual([full.answer.code, full.answer.allowed, full.answer.shape], ['building-full', false, 'wait'])
  assert.match(full.answer.html, /§ 1/)
  // Whoever is inside is not asked to wait; somebody who goes out, and an entry taken back, each give a place.
  assert.equal((await says(both, 0, '08:56')).answer.code, 'already-in')
  for (const gone of [
    { key: 'c', kind: 'left', of: 'a', persons: 1 },
    { key: 'd', kind: 'undone', of: 'b' },
  ])
    assert.equal((await says([...both, gone], 2)).answer.code, 'come-in', gone.kind)
  // Two persons need two places.
  assert.equal((await says([first], 3, '09:50')).answer.code, 'building-full')
  assert.equal((await says([], 3, '09:50')).answer.code, 'come-in')
})

test('a list made while the building is full says so at once, in the words of the server', async () => {
  for (const nth of [0, 1]) assert.ok((await enter(context, { buildingId, code: visit(nth).reference, accountId, now: at('08:50') })).entry)
  const fullList = await listOf(context, { buildingId, accountId })
  const asked = await answer(context, { buildingId, purpose: 'visit', code: visit(2).reference, at: at('08:55') })
  const device = await told(fullList, [], visit(2).reference, at('08:55'))
  assert.deepEqual([device.answer.code, asked.decision.code], ['building-full', 'building-full'])
  const drawn = list.answers.find(({ code, html }) => code === 'building-full' && html === device.answer.html)
  assert.ok(drawn, 'the same words as an earlier list has for none left')
  assert.equal((await told(fullList, [], visit(0).reference, at('08:56'))).answer.code, 'already-in')
})

test('let in at another door meanwhile: who came in without the network is inside, and over the limit is a conflict', async () => {
  clock.moveTo(at('09:02'))
  // By its old list the device had a place.
  const third = await entry(2, randomUUID(), '08:58')
  assert.equal(third['told'], 'come-in')
  const [taken] = await take([third])
  assert.deepEqual(taken?.conflicts, [{ code: 'over-limit', details: { limit: 2, inside: 3 } }])
  assert.equal((await entriesOf(pool, visit(2).id)).length, 1)
  assert.deepEqual(
    (await openConflicts(pool, buildingId)).map(({ code }) => code),
    ['over-limit'],
  )
})

test('whoever was let in against the answer was known to be one too many: a reason, and no conflict', async () => {
  clock.moveTo(at('10:00'))
  const against = { ...(await entry(3, randomUUID(), '09:50')), told: 'building-full', allowed: false, override: 'needs-assistance' }
  const [taken] = await take([against])
  assert.deepEqual(
    taken?.conflicts.filter(({ code }) => code === 'over-limit'),
    [],
  )
  const [kept] = await entriesOf(pool, visit(3).id)
  assert.deepEqual([kept?.code, kept?.overrideReason], ['building-full', 'needs-assistance'])
})

test('two doors at one instant with one place: without the lock neither is a conflict; with it both persons are inside, and one is', async () => {
  const coming: Visit[] = []
  for (const _ of [1, 2, 3, 4])
    coming.push(await bookedVisit(office, { serviceId: 'short', start: at('11:00').add({ minutes: coming.length < 2 ? 0 : 30 }) }))
  visits.push(...coming)
  const onePlace = async (): Promise<void> => {
    await pool.query('update entry set left_at = at where left_at is null and visit_id is distinct from $1', [visit(0).id])
    list = await listOf(context, { buildingId, accountId })
  }
  await onePlace()
  clock.moveTo(at('11:05'))
  // Without it each counts before the other has written.
  const counted = Promise.withResolvers<void>()
  let ready = 0
  const unlocked = rewritten(context, (text) => (text.startsWith('insert into occupancy') ? 'select $1::text, $2::date' : text))
  const open = interrupted(unlocked, 'select correction from occupancy', () => {
    if (++ready === 2) counted.resolve()
    return counted.promise
  })
  assert.deepEqual(await race(open, await entry(4, randomUUID(), '10:55'), await entry(5, randomUUID(), '10:56')), [], 'the race is real')
  await onePlace()
  clock.moveTo(at('11:35'))
  assert.deepEqual(await race(context, await entry(6, randomUUID(), '11:25'), await entry(7, randomUUID(), '11:26')), ['over-limit'])
  for (const nth of [6, 7]) assert.equal((await entriesOf(pool, visit(nth).id)).length, 1)
})
