import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findVisit } from '../visit/index.js'
import { testApp } from '../../tests/support/app.js'
import { testLeszno } from '../../tests/support/office.js'
import { visitor, type Seen } from '../../tests/support/visitor.js'
import { book, bookingRoutes, freeStarts, hold, move, wishedOf, wishOf, type Wished } from './index.js'
import { readView, readWish, wishQuery } from './wish-form.js'
import { mattersBeside, otherBuildings } from './wish.js'

const office = await testLeszno()
const { context, clock, directory } = office
const { pool } = context.database
const app = await testApp(context, bookingRoutes)

const at = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}:00+02:00`)
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const vehicles = 'rejestracja-pojazdow'
const caller = { name: 'Anna Próbna', email: null, phone: null }
const byPhone = { channel: 'phone', person: caller, actor: 'system' } as const

async function starts(wished: Wished, on: string): Promise<string[]> {
  const days = await freeStarts(context, { ...wished, from: day(on), to: day(on), now: clock.now() })
  return (days ?? []).flatMap((each) => each.starts.map(({ start }) => start.toString()))
}

test('a wish adds up its matters, its persons and the time a person needs', () => {
  const alone = wishOf(directory, { serviceId: vehicles })
  assert.ok(alone !== null && alone.plain)
  assert.equal(alone, wishOf(directory, { serviceId: vehicles }), 'the usual wish is made once')
  const [beside] = mattersBeside(directory, alone)
  assert.ok(beside !== undefined)
  const both = wishOf(directory, { serviceId: vehicles, moreServiceIds: [beside.id], persons: 2, moreTime: true })
  assert.ok(both !== null && !both.plain)
  const longer = directory.office.settings['more-time-minutes']
  assert.equal(both.durationMinutes, 2 * (alone.durationMinutes + beside.durationMinutes) + longer)
  assert.ok(both.desks.length > 0 && both.desks.every((desk) => [vehicles, beside.id].every((id) => desk.serviceIds.includes(id))))
  assert.equal(wishOf(directory, { serviceId: vehicles, moreServiceIds: ['nothing'] }), null)
  assert.equal(wishOf(directory, { serviceId: vehicles, moreServiceIds: ['skladanie-dokumentow'] }), null)
  assert.equal(wishOf(directory, { serviceId: vehicles, moreServiceIds: [vehicles] })?.durationMinutes, alone.durationMinutes)
})

test('an address says a wish and gives it back; what is too much, unknown or apart is an error with its field', () => {
  const plainWish = wishOf(directory, { serviceId: vehicles })
  assert.ok(plainWish !== null)
  const [beside] = mattersBeside(directory, plainWish)
  const query = { osoby: '2', sprawa: [beside?.id], dluzej: 'tak', pora: 'rano', widok: 'miesiac' }
  const read = readWish(directory, vehicles, query)
  assert.ok('wish' in read)
  const address = wishQuery(read.wish, readView(query))
  assert.equal(address, `?osoby=2&sprawa=${beside?.id}&dluzej=tak&pora=rano&widok=miesiac`)
  assert.equal(wishQuery(plainWish), '')
  const fields = (wrong: unknown): string[] => {
    const found = readWish(directory, vehicles, wrong)
    return 'errors' in found ? found.errors.map((error) => error.field) : []
  }
  for (const persons of ['0', '5', 'dwie', '99999', '-1', '1.5']) assert.deepEqual(fields({ osoby: persons }), ['osoby'], persons)
  assert.deepEqual(fields({ sprawa: ['a', 'b', 'c'] }), ['sprawa'])
  assert.deepEqual(fields({ sprawa: 'nic' }), ['sprawa'])
  assert.deepEqual(fields({ sprawa: 'dowody-osobiste' }), ['sprawa'], 'another room')
  assert.deepEqual(fields({ budynek: 'nigdzie' }), [], 'an unknown building is the usual one')
})

test('a longer visit starts only where all of it is free at one desk, and takes all of it', async () => {
  const wished = { serviceId: vehicles, persons: 3 }
  const wish = wishOf(directory, wished)
  assert.ok(wish !== null)
  const before = await starts(wished, '2020-06-03')
  const single = await starts({ serviceId: vehicles }, '2020-06-03')
  assert.ok(before.length > 0 && before.length < single.length)
  const start = Temporal.Instant.from(before[0] as string)
  for (let nth = 0; nth < wish.desks.length; nth += 1) {
    const booked = await book(context, { ...wished, start, ...byPhone, key: crypto.randomUUID() })
    assert.equal(booked.code, 'done')
    const visit = booked.allowed ? await findVisit(pool, booked.reference) : null
    assert.equal(visit?.persons, 3)
    assert.equal(visit?.startsAt.until(visit.endsAt).total('minutes'), wish.durationMinutes)
  }
  const full = await book(context, { ...wished, start, ...byPhone, key: crypto.randomUUID() })
  assert.equal(full.code, 'slot-taken')
  const inside = start.add({ minutes: wish.durationMinutes / 3 })
  assert.ok(!(await starts({ serviceId: vehicles }, '2020-06-03')).includes(inside.toString()), 'a start within it is gone too')
})

test('sixteen race for the last desk of a long visit and of a short one in the middle of it: never two at a desk', async () => {
  const wished = { serviceId: vehicles, persons: 2 }
  const wish = wishOf(directory, wished)
  assert.ok(wish !== null)
  const start = at('2020-06-04T08:00')
  const middle = start.add({ minutes: wish.durationMinutes / 2 })
  const outcomes = await Promise.all(
    Array.from({ length: 16 }, async (_, nth) =>
      nth % 2 === 0 ? hold(context, { ...wished, start }) : hold(context, { serviceId: vehicles, start: middle }),
    ),
  )
  const { rows } = await pool.query<{ desk: number; count: number }>(
    `select p.desk_id as desk, count(*)::int as count from place p where p.active and p.during && tstzrange($1, $2) group by 1`,
    [middle, middle.add({ minutes: 1 })],
  )
  assert.ok(rows.every(({ count }) => count === 1))
  assert.equal(outcomes.filter(({ allowed }) => allowed).length, rows.length)
  assert.equal(rows.length, wish.desks.length, 'every desk is given')
})

test('a visit of several matters and persons moves with all it is for', async () => {
  const plainWish = wishOf(directory, { serviceId: vehicles })
  const [beside] = plainWish === null ? [] : mattersBeside(directory, plainWish)
  assert.ok(beside !== undefined)
  const wished = { serviceId: vehicles, moreServiceIds: [beside.id], persons: 2, moreTime: true }
  const wish = wishOf(directory, wished)
  const booked = await book(context, {
    ...wished,
    start: at('2020-06-05T08:00'),
    ...byPhone,
    onBehalf: true,
    needs: ['wheelchair'],
    key: crypto.randomUUID(),
  })
  assert.ok(booked.allowed && wish !== null)
  const visit = await findVisit(pool, booked.reference)
  assert.ok(visit !== null)
  assert.deepEqual(visit.needs, ['wheelchair', 'more-time'])
  assert.ok(visit.onBehalf)
  assert.deepEqual(wishOf(directory, wishedOf(directory, visit))?.durationMinutes, wish.durationMinutes)
  const moved = await move(context, { reference: visit.reference, start: at('2020-06-05T10:00'), actor: 'system', channel: 'phone' })
  assert.equal(moved.code, 'done')
  const later = await findVisit(pool, booked.reference)
  assert.equal(later?.startsAt.until(later.endsAt).total('minutes'), wish.durationMinutes)
  const late = await move(context, { reference: visit.reference, start: at('2020-06-05T15:15'), actor: 'system', channel: 'phone' })
  assert.equal(late.code, 'outside-hours', 'the whole visit does not end in time')
})

test('a matter handled in two buildings is offered where asked, and only there', () => {
  const desk = [...directory.desks.values()].find((each) => each.serviceIds.includes(vehicles))
  assert.ok(desk !== undefined)
  const other = { ...desk, id: 999, slug: 'karasia-15/1/9', buildingId: 'karasia-15', roomId: 'karasia-15/1' }
  const two = { ...directory, desksOf: (id: string) => (id === vehicles ? [...directory.desksOf(id), other] : directory.desksOf(id)) }
  const here = wishOf(two, { serviceId: vehicles })
  assert.ok(here !== null)
  assert.deepEqual(otherBuildings(two, here), ['karasia-15'])
  assert.ok(here.desks.every((each) => each.buildingId === here.buildingId))
  const there = wishOf(two, { serviceId: vehicles, buildingId: 'karasia-15' })
  assert.deepEqual(
    there?.desks.map(({ id }) => id),
    [999],
  )
  assert.equal(there?.plain, false)
})

function offered(seen: Seen): string[] {
  return [...new Set([...seen.html.matchAll(/name="start"[^>]*value="([^"]+)"/g)].map((match) => match[1] as string))]
}

test('several persons with needs are booked on the pages without script, and nothing of the needs stands in an address', async () => {
  const citizen = visitor(app)
  const form = await citizen.open(`/sprawy/${vehicles}/wizyta`)
  assert.equal(form.status, 200)
  const wrong = await citizen.open(`/sprawy/${vehicles}/terminy?osoby=9`)
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /<title>Błąd: /)
  const path = `/sprawy/${vehicles}/terminy?osoby=2&dluzej=tak`
  const times = await citizen.open(path)
  assert.match(times.text, /2 osób potrwa/)
  const details = await citizen.send({ start: offered(times)[0] as string }, path)
  assert.match(details.path, /\/dane$/)
  const check = await citizen.send({
    name: 'Łucja Próbna',
    phone: '601 777 001',
    needs: ['interpreter', 'wheelchair'],
    behalf: 'tak',
    urgent: 'tak',
  })
  assert.match(check.path, /\/sprawdz$/)
  assert.match(check.text, /Tłumacz języka migowego, Nie mogę wejść po schodach, Więcej czasu/)
  assert.match(check.text, /pełnomocnictwo/)
  assert.match(check.text, /Tłumacza zamawiamy 3 dni robocze wcześniej/)
  const visit = await findVisit(pool, /\/rezerwacja\/([A-Z2-9]{8})/.exec(check.path)?.[1] ?? '')
  assert.equal(visit?.persons, 2)
  assert.deepEqual(visit?.needs, ['interpreter', 'wheelchair', 'more-time'])
})

test('a part of the day, one day and the calendar are views of the same times; an empty view says so', async () => {
  const citizen = visitor(app)
  const whole = offered(await citizen.open(`/sprawy/${vehicles}/terminy`))
  const morning = offered(await citizen.open(`/sprawy/${vehicles}/terminy?pora=rano`))
  const afternoon = offered(await citizen.open(`/sprawy/${vehicles}/terminy?pora=popoludniu`))
  assert.deepEqual([...morning, ...afternoon].toSorted(), whole.toSorted())
  assert.ok(morning.length > 0 && afternoon.length > 0)
  const one = offered(await citizen.open(`/sprawy/${vehicles}/terminy?dzien=2020-06-02`))
  assert.ok(one.length > 0 && one.every((start) => start.startsWith('2020-06-02')))
  const month = await citizen.open(`/sprawy/${vehicles}/terminy?widok=miesiac`)
  assert.match(month.html, /<table[^>]*okienko-month/)
  assert.match(month.html, /href="\/sprawy\/rejestracja-pojazdow\/terminy\?dzien=2020-06-02"/)
  const none = await citizen.open(`/sprawy/${vehicles}/terminy?dzien=2020-05-31`)
  assert.match(none.text, /O tej porze nie ma wolnych terminów/)
  for (const odd of ['dzien=x', 'dzien=9999-99-99', 'pora=noc', 'widok=rok', 'osoby=2&osoby=3', 'sprawa=&sprawa=', 'budynek=%00'])
    assert.ok((await citizen.open(`/sprawy/${vehicles}/terminy?${odd}`)).status < 500, odd)
})
