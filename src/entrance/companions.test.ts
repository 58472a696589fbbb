/**
 * Who comes with a client: counted, or not where an act in force says so; at the desk a counted
 * companion takes one more. June 2020, when the regulation of 29 May names whom it does not count,
 * and 26 May, when only the ordinance held.
 */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { callNext, openDesk, park } from '../queue/index.js'
import type { Refused } from '../platform/decision.js'
import { findVisit, type Visit } from '../visit/index.js'
import { enter, leave, undoEntry } from './actions.js'
import { addCompanion, type CompanionCommand } from './companions.js'
import type { Entry } from './model.js'
import { countedNow } from './occupancy/room.js'
import { entranceRoutes } from './routes.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const { pool } = context.database
const buildingId = 'walowa-5'
const at = (time: string, day: string): Temporal.Instant => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
let accountId = 0
before(async () => {
  accountId = (await signedIn(context, 'guard', { buildingId })).accountId
})

async function inside(day: string, time: string, serviceId = 'rejestracja-pojazdow'): Promise<{ visit: Visit; entry: Entry }> {
  if (Temporal.Instant.compare(clock.now(), at('07:30', day)) < 0) clock.moveTo(at('07:30', day))
  const visit = await bookedVisit(office, { serviceId, start: at(time, day) })
  clock.moveTo(at(time, day))
  const { entry } = await enter(context, { buildingId, code: visit.reference, accountId, now: clock.now() })
  assert.ok(entry)
  return { visit, entry }
}
const bring = async (entry: Entry, change: Partial<CompanionCommand> = {}): Promise<Entry | Refused> =>
  addCompanion(context, {
    entryId: entry.id,
    buildingId,
    purpose: 'companion',
    notCounted: false,
    atDesk: false,
    accountId,
    now: clock.now(),
    ...change,
  })
const counted = async (visit: Visit): Promise<number | undefined> => (await findVisit(pool, visit.reference))?.counted
const made = (result: Entry | Refused): Entry => {
  assert.ok(!('allowed' in result), 'allowed' in result ? result.code : '')
  return result
}

test('the ordinance alone counts everybody, whatever the guard says; the regulation of 29 May does not count those it names', async () => {
  const may = await inside('2020-05-26', '10:00')
  assert.equal(made(await bring(may.entry, { notCounted: true })).counted, true)
  assert.equal((await countedNow(pool, buildingId, clock.now())).inside, 2)
  const june = await inside('2020-06-02', '10:00')
  assert.equal(made(await bring(june.entry, { notCounted: true })).counted, false)
  assert.equal(made(await bring(june.entry)).counted, true)
  assert.equal((await countedNow(pool, buildingId, clock.now())).inside, 2)
  // Why somebody is not counted may be an illness: it stands nowhere.
  const { rows } = await pool.query(`select details::text || coalesce(reason, '') as said from event where visit_id = $1`, [june.visit.id])
  assert.ok(rows.every(({ said }) => !/disability|certificate|child|cannot/.test(String(said))))
})

test('a counted companion at the desk takes one more desk of the room, as a booked second person does; taken back it takes none', async () => {
  const { visit, entry } = await inside('2020-06-02', '11:00')
  assert.equal(await counted(visit), 1)
  const beside = made(await bring(entry, { atDesk: true }))
  assert.deepEqual([beside.atDesk, await counted(visit)], [true, 2])
  // Not counted, a companion goes along and takes no desk.
  assert.equal(made(await bring(entry, { atDesk: true, notCounted: true })).atDesk, false)
  assert.equal(await counted(visit), 2)
  await undoEntry(context, { entryId: beside.id, buildingId, accountId, now: clock.now() })
  await undoEntry(context, { entryId: beside.id, buildingId, accountId, now: clock.now() })
  assert.equal(await counted(visit), 1)
})

test('with their client companions go out and are taken back', async () => {
  const { visit, entry } = await inside('2020-06-02', '12:00')
  const earlier = (await countedNow(pool, buildingId, clock.now())).inside
  made(await bring(entry, { atDesk: true, purpose: 'interpreter' }))
  assert.equal((await countedNow(pool, buildingId, clock.now())).inside, earlier + 1)
  await undoEntry(context, { entryId: entry.id, buildingId, accountId, now: clock.now() })
  assert.deepEqual([(await countedNow(pool, buildingId, clock.now())).inside, await counted(visit)], [earlier - 1, 1])
  const again = await enter(context, { buildingId, code: visit.reference, accountId, now: clock.now().add({ seconds: 70 }) })
  assert.ok(again.entry)
  made(await bring(again.entry, { atDesk: true }))
  await leave(context, { entryId: again.entry.id, buildingId, accountId, now: clock.now() })
  assert.deepEqual([(await countedNow(pool, buildingId, clock.now())).inside, await counted(visit)], [earlier - 1, 1])
  const gone = await bring(again.entry)
  assert.equal('allowed' in gone && gone.code, 'entry-unknown')
})

test('where the room has one desk the companion waits outside it, by the paragraph that says one client per desk', async () => {
  const { desks, services } = office.directory
  const alone = (roomId: string): boolean => office.directory.desksIn(roomId).length === 1
  const service = [...services.values()].find(({ id, persons, buildingId: there }) => {
    const own = [...desks.values()].filter((desk) => !desk.closed && desk.serviceIds.includes(id))
    return there === buildingId && persons === 1 && own.length > 0 && own.every((desk) => alone(desk.roomId))
  })
  assert.ok(service, 'a matter of rooms with one desk')
  const { visit, entry } = await inside('2020-06-02', '13:00', service.id)
  const no = await bring(entry, { atDesk: true })
  assert.ok('allowed' in no)
  assert.deepEqual([no.code, no.next.map(({ kind }) => kind), no.basis.length > 0], ['companion-no-desk', ['companion-waits'], true])
  assert.equal(made(await bring(entry)).counted, true)
  assert.equal(await counted(visit), 1)
})

test('on the guard’s page, pressed twice as one', async () => {
  const { entry } = await inside('2020-06-02', '14:00')
  const app = await testApp(context, entranceRoutes)
  const guard = await signedIn(context, 'guard', { buildingId })
  const base = `/praca/wejscie/${buildingId}`
  const page = await app.inject({ url: `${base}?wpis=${entry.id}`, headers: guard.headers })
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Kto przyszedł razem.*Nie wlicza się: .*13 lat.*Podstawa: .*§ 14/)
  const sent = form({ wpis: String(entry.id), cel: 'companion', niewliczana: 'tak', klucz: crypto.randomUUID() })
  const press = async () =>
    app.inject({ method: 'POST', url: `${base}/razem`, payload: sent.payload, headers: { ...sent.headers, ...guard.headers } })
  const [first, second] = await Promise.all([press(), press()])
  assert.deepEqual(
    [first.headers.location, second.headers.location],
    Array.from({ length: 2 }, () => `${base}?wpis=${entry.id}&info=companion`),
  )
  assert.match(
    textOf((await app.inject({ url: first.headers.location as string, headers: guard.headers })).body),
    /Zapisano: Osoba towarzysząca \(nie wlicza się\)\./,
  )
})

test('where one desk of the room is staffed the client is called alone, the companion waits outside, and goes without being counted twice', async () => {
  const { visit, entry } = await inside('2020-06-03', '11:00')
  const beside = made(await bring(entry, { atDesk: true }))
  const desk = office.directory.desksOf(visit.serviceId)[0]
  assert.ok(desk)
  const command = { desk: desk.slug, actor: `account:${accountId}` as const, now: clock.now() }
  await openDesk(context, { ...command, accountId })
  const called = await callNext(context, command)
  assert.deepEqual([called.allowed, called.code], [true, 'called'])
  const now = await findVisit(pool, visit.reference)
  assert.deepEqual([now?.counted, now?.accompanied, now?.companionsOutside], [1, 0, 1])
  const { rows } = await pool.query(`select details ->> 'outside' as outside from event where visit_id = $1 and kind = 'called'`, [
    visit.id,
  ])
  assert.deepEqual(rows, [{ outside: '1' }])
  await park(context, { ...command, reference: visit.reference, reason: 'form' })
  await undoEntry(context, { entryId: beside.id, buildingId, accountId, now: clock.now() })
  const later = await findVisit(pool, visit.reference)
  assert.deepEqual([later?.counted, later?.accompanied, later?.companionsOutside], [1, 0, 0])
})
