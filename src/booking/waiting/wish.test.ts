/** Waiting for a time with several matters or persons: only the whole is offered, at one desk, in one piece, in the same order. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openProgram } from '../../../tests/support/program.js'
import { givesBack, inLine, keptTimes, later, personInLine, sendMessages, standing } from '../../../tests/support/line.js'
import { testDatabase, testLeszno, type TestOffice } from '../../../tests/support/office.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { visitor } from '../../../tests/support/visitor.js'
import { bookedVisit, somebody } from '../../../tests/support/visits.js'
import { findVisit } from '../../visit/index.js'
import { acceptOffer, wishOf } from '../index.js'
import { mattersBeside, type Wish } from '../wish.js'
import type { FreedTime, Waiter } from './model.js'
import { fairOrder, fitOf, fitting, type MattersAt } from './rules.js'

const at = (day: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${day}T${time}:00+02:00`)
const day = (date: number): Temporal.PlainDate => Temporal.PlainDate.from({ year: 2020, month: 5, day: date })
const minutesOf = ({ startsAt, endsAt }: { startsAt: Temporal.Instant; endsAt: Temporal.Instant }): number =>
  startsAt.until(endsAt).total('minutes')

async function office(): Promise<TestOffice> {
  const opened = await testDatabase({ at: at(25, '10:00'), poolSize: 4 })
  await smallOffice(opened)
  return opened
}

test('of any freed time only the whole of a wish is offered: all its minutes in one piece, at a desk that handles all its matters', async () => {
  const { directory } = await testLeszno()
  const alone = [...directory.services.values()].flatMap(({ id, closed, dropOff }) =>
    closed || dropOff ? [] : (wishOf(directory, { serviceId: id }) ?? []),
  )
  const wishes = alone.flatMap((wish): Wish[] =>
    [[], mattersBeside(directory, wish).slice(0, 2)].flatMap((more) =>
      [1, 3].flatMap((persons) =>
        [false, true].flatMap(
          (moreTime) =>
            wishOf(directory, { serviceId: wish.service.id, moreServiceIds: more.map(({ id }) => id), persons, moreTime }) ?? [],
        ),
      ),
    ),
  )
  assert.ok(wishes.some(({ more, persons }) => more.length === 2 && persons === 3))
  const matters: MattersAt = new Map(
    wishes.map((wish) => [
      wish.key,
      { offering: wish.desks.map(({ id }) => id), minutes: wish.durationMinutes, counted: wish.service.persons },
    ]),
  )
  const waiter = fc
    .record({ id: fc.integer({ min: 1, max: 1_000_000 }), wish: fc.constantFrom(...wishes), joined: fc.nat(30), passed: fc.nat(2) })
    .map(({ id, wish, joined, passed }) => ({
      wish,
      waiter: {
        id,
        matter: wish.key,
        joinedAt: at(25, '09:00').subtract({ minutes: joined }),
        passed,
        from: day(26),
        to: null,
        part: 'any',
        visit: null,
      } satisfies Waiter,
    }))
  const line = fc.uniqueArray(waiter, { selector: (each) => each.waiter.id, minLength: 5, maxLength: 30 })
  const desks = [...directory.desks.values()]
  const freed = fc
    .record({ desk: fc.constantFrom(...desks), beside: fc.constantFrom(...desks), minutes: fc.integer({ min: 1, max: 48 }) })
    .map(({ desk, beside, minutes }): FreedTime => ({
      start: at(27, '09:00'),
      end: at(27, '09:00').add({ minutes: minutes * 5 }),
      desks: [...new Set([desk.id, beside.id])].toSorted((a, b) => a - b),
    }))
  let several = 0
  fc.assert(
    fc.property(line, freed, (all, time) => {
      const waiters = all.map((each) => each.waiter)
      const wishBy = new Map<Waiter, Wish>(all.map((each) => [each.waiter, each.wish]))
      const fits = fitting(waiters, time, matters, at(25, '10:00'))
      for (const { waiter: each, start, end, desks: given } of fits) {
        const wish = wishBy.get(each) ?? assert.fail('offered to somebody in line')
        const needed = [wish.service, ...wish.more]
        const sum = needed.reduce((minutes, service) => minutes + service.durationMinutes, 0) * wish.persons
        assert.equal(start.until(end).total('minutes'), sum + (wish.moreTime ? directory.office.settings['more-time-minutes'] : 0))
        assert.ok(Temporal.Instant.compare(end, time.end) <= 0, 'in one piece')
        assert.ok(
          given.some((id) => needed.every((service) => directory.desksOf(service.id).some((desk) => desk.id === id))),
          'one desk handles all',
        )
        if (wish.more.length > 0) several += 1
      }
      // Whoever does not fit keeps the place; among those who do the order is the line's.
      const order = fairOrder(waiters)
      assert.deepEqual(
        fits.map((fit) => fit.waiter.id),
        order.filter((each) => fitOf(each, time, matters, at(25, '10:00')) !== null).map(({ id }) => id),
      )
    }),
    { numRuns: 600 },
  )
  assert.ok(several > 50, `the property was about wishes of several matters: ${several}`)
})

test('a family keeps its place while shorter times go to others, and is offered the first that holds them all', async () => {
  const one = await office()
  const family = await inLine(one, at(28, '09:00'), 'short', { persons: 3 })
  const alone = await inLine(one, at(29, '09:00'))
  await givesBack(one.context, await bookedVisit(one, { serviceId: 'long', start: at(26, '08:00') }))
  assert.equal((await standing(one, family.entry)).offered, null, 'forty minutes do not hold three times fifteen')
  assert.equal((await standing(one, alone.entry)).offered, '26 08:00')
  await givesBack(one.context, await bookedVisit(one, { serviceId: 'long', start: at(27, '08:00'), moreTime: true }))
  assert.deepEqual(await standing(one, family.entry), { state: 'offered', passed: 0, offered: '27 08:00' })
  const outcome = await acceptOffer(one.context, { reference: family.entry, actor: 'citizen' })
  assert.ok(outcome.allowed, outcome.code)
  const moved = (await findVisit(one.context.database.pool, family.visit.reference)) ?? assert.fail()
  assert.deepEqual([moved.startsAt.toString(), minutesOf(moved), moved.persons], [at(27, '08:00').toString(), 45, 3])
  const [, rest] = (await keptTimes(one)).filter(({ state }) => state === 'held').slice(-2)
  assert.equal(rest?.starts, '27 08:45', 'what they did not need is kept for the next')
})

test('who has no visit waits for several matters, and is booked for all of them with the time they take', async () => {
  const one = await office()
  const wished = { moreServiceIds: ['long'], moreTime: true }
  const entry = await personInLine(one.context, undefined, somebody('Anna Kilkuspraw'), { wished })
  await givesBack(one.context, await bookedVisit(one, { serviceId: 'long', start: at(26, '09:00'), moreTime: true }))
  assert.equal((await standing(one, entry)).offered, null, 'fifty-five minutes do not hold seventy')
  await givesBack(one.context, await bookedVisit(one, { serviceId: 'short', start: at(26, '11:00'), ...wished }))
  assert.equal((await standing(one, entry)).offered, '26 11:00')
  const outcome = await acceptOffer(one.context, { reference: entry, actor: 'citizen' })
  assert.ok(outcome.allowed, outcome.code)
  const visit = (await findVisit(one.context.database.pool, outcome.visit ?? '')) ?? assert.fail()
  assert.deepEqual([visit.serviceId, visit.moreServiceIds, visit.needs, minutesOf(visit)], ['short', ['long'], ['more-time'], 15 + 40 + 15])
})

test('from the page of times of a family into the line, by every page and message with what it is for', async () => {
  const one = await office()
  const app = await openProgram(one.context)
  const person = visitor(app)
  const times = await person.open('/sprawy/short/terminy?osoby=2&sprawa=long')
  assert.match(times.html, /href="\/sprawy\/short\/lista\?osoby=2&amp;sprawa=long"/)
  const form = await person.open('/sprawy/short/lista?osoby=2&sprawa=long')
  assert.match(form.text, /W tej samej wizycie: Sprawa długa Wizyta dla 2 osób potrwa 110 minut/)
  const filled = { od: '2020-05-26', do: '2020-05-29', pora: 'any', name: 'Zofia Rodzinna', phone: '', email: 'zofia@example.pl' }
  const wrong = await person.send({ ...filled, od: '' }, '/sprawy/short/lista?osoby=2&sprawa=long')
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /action="\/sprawy\/short\/lista\?osoby=2&amp;sprawa=long"/)
  const joined = await person.send(filled, '/sprawy/short/lista?osoby=2&sprawa=long')
  assert.match(joined.text, /Sprawa długa Liczba osób 2/)
  const entry = /\/lista\/([A-Z2-9]{8})/.exec(joined.path)?.[1] ?? assert.fail(joined.path)
  assert.equal((await person.open('/sprawy/short/lista?osoby=9')).status, 422, 'more persons than a visit takes')
  await givesBack(one.context, await bookedVisit(one, { serviceId: 'short', start: at(26, '09:00'), moreServiceIds: ['long'], persons: 2 }))
  const offered = await person.open(`/lista/${entry}`)
  assert.match(offered.text, /Sprawa długa Liczba osób 2 Nowy termin wtorek 26 maja 2020, 9:00/)
  await sendMessages(one.context)
  const { rows } = await one.context.database.pool.query<{ text: string }>(
    `select content::text as text from message where email = 'zofia@example.pl' order by id`,
  )
  assert.equal(rows.length, 2)
  for (const { text } of rows) assert.match(text, /; Sprawa długa/)
  await later(one, 60)
  await app.close()
})
