/**
 * The calendar files of one visit through its life, read by ical.js into a calendar that keeps to
 * RFC 5546: one entry for a UID, the higher SEQUENCE wins, then the later DTSTAMP; CANCEL removes.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import ICAL from 'ical.js'
import { cancel, move } from '../booking/index.js'
import { testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { passRoutes, remindMinutes } from './index.js'

const office = await testLeszno()
const { context, clock } = office
const app = await testApp(context, passRoutes)
const at = (text: string): Temporal.Instant => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Warsaw').toInstant()

interface Entry {
  readonly sequence: number
  readonly stamp: number
  readonly start: number
  readonly end: number
}

/** What a person's calendar holds after it was given files. */
class OwnCalendar {
  readonly entries = new Map<string, Entry>()
  readonly #seen = new Map<string, Entry>()

  take(file: string): InstanceType<typeof ICAL.Component> {
    const calendar = new ICAL.Component(ICAL.parse(file))
    const event = calendar.getFirstSubcomponent('vevent')
    assert.ok(event)
    const { uid, sequence, startDate, endDate } = new ICAL.Event(event)
    const stamp = event.getFirstPropertyValue('dtstamp') as InstanceType<typeof ICAL.Time>
    const entry = { sequence, stamp: stamp.toUnixTime(), start: startDate.toUnixTime(), end: endDate.toUnixTime() }
    const before = this.#seen.get(uid)
    if (before && (before.sequence > sequence || (before.sequence === sequence && before.stamp >= entry.stamp))) return calendar
    this.#seen.set(uid, entry)
    if (calendar.getFirstPropertyValue('method') === 'CANCEL') this.entries.delete(uid)
    else this.entries.set(uid, entry)
    return calendar
  }

  starts(): number[] {
    return [...this.entries.values()].map(({ start }) => start)
  }
}

async function fileOf(reference: string): Promise<string> {
  const headers = { cookie: `w_${reference}=${context.secrets.secretOf(reference)}` }
  const answer = await app.inject({ url: `/wizyta/${reference}/kalendarz.ics`, headers })
  assert.equal(answer.statusCode, 200)
  assert.match(String(answer.headers['content-type']), /^text\/calendar/)
  return answer.body
}

const seconds = (instant: Temporal.Instant): number => instant.epochMilliseconds / 1000

test('the file of a moved visit replaces the entry, that of a cancelled one removes it, and an old file changes nothing', async () => {
  const [first, second, third] = [at('2020-05-26T09:00'), at('2020-05-27T12:00'), at('2020-05-28T10:00')]
  const { reference } = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start: first })
  const files = [await fileOf(reference)]
  for (const start of [second, third]) {
    const outcome = await move(context, { reference, start, actor: 'citizen', key: crypto.randomUUID() })
    assert.ok(outcome.allowed)
    files.push(await fileOf(reference))
  }
  const own = new OwnCalendar()
  for (const [nth, start] of [first, second, third].entries()) {
    own.take(files[nth] ?? '')
    assert.deepEqual(own.starts(), [seconds(start)], 'one entry, at its newest time')
  }
  own.take(files[0] ?? '')
  assert.deepEqual(own.starts(), [seconds(third)], 'an old file found again moves nothing back')
  assert.ok((await cancel(context, { reference, actor: 'citizen', reason: 'citizen-wish', key: crypto.randomUUID() })).allowed)
  const gone = own.take(await fileOf(reference))
  assert.equal(own.entries.size, 0)
  assert.equal(gone.getFirstSubcomponent('vevent')?.getFirstPropertyValue('status'), 'CANCELLED')
  own.take(files[2] ?? '')
  assert.equal(own.entries.size, 0, 'nor does it come back')
  assert.deepEqual(
    [...files, await fileOf(reference)].map((file) => /SEQUENCE:(\d+)/.exec(file)?.[1]),
    ['0', '1', '2', '3'],
  )
})

test('what is no change of the visit’s time leaves the sequence: a file taken inside is the same entry', async () => {
  const { id, reference } = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start: at('2020-05-26T11:00') })
  const before = await fileOf(reference)
  await context.database.pool.query(`update visit set version = version + 3 where id = $1`, [id])
  assert.equal(await fileOf(reference), before)
})

test('the entry says where, when in the office’s zone, whom to ask, and reminds; never a name or a secret', async () => {
  const start = at('2020-05-26T12:00')
  const visit = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start })
  const file = await fileOf(visit.reference)
  const calendar = new OwnCalendar().take(file)
  const event = calendar.getFirstSubcomponent('vevent')
  assert.ok(event)
  const value = (name: string): string => String(event.getFirstPropertyValue(name))
  assert.equal(calendar.getFirstPropertyValue('method'), 'PUBLISH')
  assert.equal(value('status'), 'CONFIRMED')
  assert.equal(value('summary'), 'Wizyta w urzędzie: Zawiadomienie o nabyciu albo zbyciu pojazdu')
  assert.match(value('location'), /^ul\. Wałowa 5, Leszno/)
  assert.match(value('description'), /65 529 81 00/)
  assert.equal(value('organizer'), 'mailto:um@leszno.pl')
  assert.equal(value('url'), `http://okienko.test/wizyta/${visit.reference}`)
  assert.equal(value('dtstamp'), '2020-05-25T05:20:00Z')
  const alarm = event.getFirstSubcomponent('valarm')
  const trigger = alarm?.getFirstPropertyValue('trigger') as InstanceType<typeof ICAL.Duration>
  assert.equal(trigger.toSeconds(), -remindMinutes * 60)
  assert.equal(event.getFirstProperty('dtstart')?.getFirstParameter('tzid'), 'Europe/Warsaw')
  assert.equal(value('dtstart'), '2020-05-26T12:00:00')
  for (const secret of [visit.person.name, visit.person.email, context.secrets.secretOf(visit.reference)])
    assert.ok(!file.includes(String(secret)))
  for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
})

test('an entry of a visit for several matters names them all', async () => {
  const start = at('2020-05-26T13:00')
  const { reference } = await bookedVisit(office, {
    serviceId: 'nabycie-zbycie-pojazdu',
    moreServiceIds: ['rejestracja-pojazdow'],
    start,
  })
  const event = new OwnCalendar().take(await fileOf(reference)).getFirstSubcomponent('vevent')
  assert.match(String(event?.getFirstPropertyValue('summary')), /: Zawiadomienie o nabyciu albo zbyciu pojazdu; Rejestracja pojazd/)
})

// Last in the file: the clock never goes back.
test('the zone in the file gives the same instant in summer and in winter, whatever zone the reader is in', async () => {
  clock.moveTo(at('2020-10-20T08:00'))
  for (const start of [at('2020-10-23T09:00'), at('2020-10-26T09:00')]) {
    const { reference } = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start })
    const own = new OwnCalendar()
    own.take(await fileOf(reference))
    assert.deepEqual(own.starts(), [seconds(start)])
  }
})
