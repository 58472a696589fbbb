/**
 * The list of a day and the device that reads it: at every minute the device says what the server would
 * say, and the list names nobody. Wałowa 5, Tuesday 26 May 2020.
 */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testLeszno } from '../../../tests/support/office.js'
import { listOf, lookup, reading, told, type DeviceList } from '../../../tests/support/door-device.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { cancel, move } from '../../booking/index.js'
import { officeDay } from '../../platform/clock.js'
import { findVisit, signedPassText, type Visit } from '../../visit/index.js'
import { answer, enter } from '../actions.js'
import { decide, world } from '../facts.js'

const office = await testLeszno({
  at: Temporal.Instant.from('2020-05-25T05:30:00Z'),
  change: (file) => file.services.forEach((service: { stepMinutes: number }) => (service.stepMinutes = 5)),
})
const { context, clock } = office
const { pool } = context.database
const here = 'walowa-5'
const at = (time: string, day = '2020-05-26'): Temporal.Instant => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Warsaw]`).toInstant()
const passOf = (visit: Visit): string => signedPassText(context, visit, office.directory.office.settings)
let accountId = 0
let list: DeviceList
const made: Record<string, Visit> = {}

before(async () => {
  accountId = (await signedIn(context, 'guard', { buildingId: here })).accountId
  const times = ['07:30', '09:00', '10:00', '11:05', '12:00', '15:00']
  for (const [index, time] of times.entries())
    made[time] = await bookedVisit(office, {
      serviceId: index % 2 === 0 ? 'rejestracja-pojazdow' : 'dowody-osobiste',
      start: at(time),
      person: { name: `Zofia Nienazwana-${index}`, email: `list${index}@example.pl`, phone: null },
    })
  made['cancelled'] = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: at('10:00') })
  await cancel(context, { reference: made['cancelled'].reference, actor: 'citizen', reason: 'illness' })
  made['pending'] = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: at('13:00') })
  await pool.query(`update visit set state = 'pending', confirm_until = starts_at where id = $1`, [made['pending'].id])
  made['missed'] = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: at('08:00') })
  await pool.query(`update visit set state = 'missed', ended_at = starts_at where id = $1`, [made['missed'].id])
  made['elsewhere'] = await bookedVisit(office, {
    serviceId: 'nabycie-zbycie-pojazdu',
    start: at('14:00'),
    buildingId: 'karasia-15',
  }).catch(() => made['07:30'] as Visit)
  made['tomorrow'] = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: at('10:00', '2020-05-27') })
  clock.moveTo(at('07:00'))
  list = await listOf(context, { buildingId: here, accountId })
})

test('at every minute of the day, and in between, the device says what the server decides', async () => {
  const known = await world(context)
  const midnight = at('00:00')
  let asked = 0
  for (const name of ['07:30', '09:00', '11:05', '15:00', 'cancelled', 'pending', 'missed']) {
    const visit = (await findVisit(pool, made[name]?.reference ?? '')) as Visit
    const listed = list.visits.find((each) => each.visit === visit.id)
    assert.ok(listed, name)
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      const now = midnight.add({ minutes: minute, seconds: minute % 3 === 0 ? 0 : (minute * 7) % 60 })
      const decision = decide(known, { buildingId: here, purpose: 'visit', visit, last: null, at: now })
      const found = lookup.lookUp(list, [], { kind: 'visit', visit: listed }, now.epochMilliseconds)
      assert.equal(found.answer.code, decision.code, `${name} at ${now.toString()}`)
      assert.equal(found.answer.allowed, decision.allowed)
      asked += 1
    }
  }
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const now = midnight.add({ minutes: minute })
    const decision = decide(known, { buildingId: here, purpose: 'visit', visit: null, last: null, at: now })
    assert.equal(lookup.lookUp(list, [], { kind: 'unbooked' }, now.epochMilliseconds).answer.code, decision.code, now.toString())
  }
  assert.ok(asked > 10_000)
})

test('a pass, its address, its token and a typed number find the same visit; the words and the basis stand in the answer', async () => {
  const visit = made['09:00'] as Visit
  const token = context.secrets.passToken(visit.id)
  const typed = `${visit.reference.slice(0, 4).toLowerCase()} ${visit.reference.slice(4)}`
  for (const text of [passOf(visit), passOf(visit).toLowerCase(), `http://okienko.test/q/${token}`, token, visit.reference, typed]) {
    const found = await told(list, [], text, at('08:50'))
    assert.equal(found.answer.code, 'come-in', text)
    assert.equal(found.visit?.visit, visit.id)
  }
  const early = await told(list, [], visit.reference, at('08:00'))
  assert.equal(early.answer.shape, 'wait')
  assert.match(early.answer.html, /Za wcześnie \(od 8:45\)/)
  assert.match(early.answer.html, /Podstawa: ustawienie urzędu/)
  const come = await told(list, [], visit.reference, at('08:50'))
  assert.match(come.answer.html, /§ 1/)
  assert.doesNotMatch(come.answer.html, /<a [^>]*href="\//, 'no link that needs the network')
})

test('what no list knows: a pass booked since, changed, of another day, of another building, and text', async () => {
  const since = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: at('09:30') })
  const say = async (text: string, now = at('09:20')): Promise<string> => (await told(list, [], text, now)).answer.code
  assert.equal(await say(passOf(since)), 'signed')
  assert.equal(await say(passOf(since), at('09:00')), 'too-early')
  assert.equal(await say(passOf(since), at('09:41')), 'too-late')
  // One number in about twelve has letters alone, and may be a surname as well.
  assert.equal(await say(since.reference), /\d/.test(since.reference) ? 'not-listed' : 'surname')
  assert.equal(await say(context.secrets.passToken(since.id)), 'not-listed', 'a token alone proves nothing')
  assert.equal(await say(passOf(made['tomorrow'] as Visit)), 'another-day')
  const text = passOf(since)
  const changed = text.slice(0, -60) + (text.at(-60) === 'A' ? 'B' : 'A') + text.slice(-59)
  assert.equal(await say(changed), 'changed')
  const elsewhere = signedPassText(context, { ...since, buildingId: 'karasia-15' }, office.directory.office.settings)
  const wrong = await told(list, [], elsewhere, at('09:20'))
  assert.equal(wrong.answer.code, 'wrong-building')
  assert.match(wrong.answer.html, /Karasia 15/)
  assert.equal(await say('Kowalska'), 'surname')
  assert.equal(await say('???'), 'unreadable')
})

test('the same pass: at once it is one scan, within a minute a warning, later already inside; gone out and taken back', async () => {
  const { reference } = made['09:00'] as Visit
  const first = await told(list, [], reference, at('08:50'))
  const entered = { key: 'a', kind: 'entered', at: at('08:50').epochMilliseconds, told: 'come-in', persons: 1, ...first.subject }
  const say = async (seconds: number, ...acts: object[]): Promise<string> =>
    (await told(list, [entered, ...acts] as Record<string, unknown>[], reference, at('08:50').add({ seconds }))).answer.code
  assert.ok((await told(list, [entered], reference, at('08:50').add({ seconds: 5 }))).again)
  assert.equal(await say(5), 'come-in')
  assert.equal(await say(30), 'same-pass-again')
  assert.equal(await say(61), 'already-in')
  assert.equal(await say(30, { key: 'b', kind: 'left', of: 'a' }), 'already-in')
  assert.equal(await say(30, { key: 'b', kind: 'undone', of: 'a' }), 'come-in')
  // The server says the same to whoever it knows inside.
  await enter(context, { buildingId: here, code: reference, accountId, now: at('08:50') })
  const fresh = await listOf(context, { buildingId: here, accountId })
  for (const seconds of [30, 59, 61, 600]) {
    const now = at('08:50').add({ seconds })
    const asked = await answer(context, { buildingId: here, purpose: 'visit', code: reference, at: now })
    assert.equal((await told(fresh, [], reference, now)).answer.code, asked.decision.code, `${seconds} s`)
  }
})

test('the list names nobody: no name, contact or number, and no key but that of its own hashes', async () => {
  const { rows } = await pool.query<{ reference: string; person_name: string | null; person_email: string | null }>(
    'select reference, person_name, person_email from visit where building_id = $1',
    [here],
  )
  const text = JSON.stringify(list)
  assert.ok(rows.length > 5)
  const secrets = rows.flatMap((row) => [row.reference, row.person_name, row.person_name?.split(' ')[1], row.person_email])
  for (const secret of secrets.filter((each) => typeof each === 'string')) assert.ok(!text.includes(secret), secret)
  for (const visit of Object.values(made)) assert.ok(!text.includes(context.secrets.passToken(visit.id)))
  assert.equal(list.until, at('00:00', '2020-05-27').epochMilliseconds)
  assert.ok(list.visits.every(({ starts }) => officeDay(Temporal.Instant.fromEpochMilliseconds(starts)).toString() === '2020-05-26'))
})

test('a visit moved to another hour is answered by its new hour, with the old pass too', async () => {
  const visit = made['12:00'] as Visit
  const old = passOf(visit)
  assert.ok(
    (
      await move(context, {
        reference: visit.reference,
        start: at('14:00'),
        actor: `account:${accountId}`,
        channel: 'phone',
        key: crypto.randomUUID(),
      })
    ).allowed,
  )
  const fresh = await listOf(context, { buildingId: here, accountId })
  assert.equal((await told(fresh, [], old, at('11:55'))).answer.code, 'too-early')
  assert.equal((await told(fresh, [], old, at('13:50'))).answer.code, 'come-in')
})

const dayNumber = (text: string): number => Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from(text)).days

test('the office’s minute is found on the days the clocks change', () => {
  for (const date of ['2020-03-29', '2020-10-25', '2020-05-26', '2020-12-31'])
    for (const minute of [0, 60, 200, 600, 1439]) {
      const wanted = Temporal.PlainDate.from(date).toZonedDateTime({
        timeZone: 'Europe/Warsaw',
        plainTime: Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }),
      })
      assert.equal(reading.officeInstant(dayNumber(date), minute), wanted.epochMilliseconds, `${date} ${minute}`)
    }
})
