/**
 * Races for freed times on real connections of several processes: each once without its guard, to
 * show that it is real, and then with it. A freed time is never free before its minute, an offer is
 * taken once or passes, and a visit that moves up has its old time until it has the new one.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standingClock } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { inLine, personInLine } from '../../../tests/support/line.js'
import { atOnce } from '../../../tests/support/processes.js'
import {
  at,
  client,
  deadlocks,
  doubles,
  living,
  misplaced,
  racing,
  rewritten,
  unguarded,
  wish,
  type Race,
} from '../../../tests/support/race.js'
import { somebody } from '../../../tests/support/visits.js'
import { acceptOffer, book, cancel, join, lookAfterList, offerKept } from '../index.js'

const times = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00'] as const
const citizen = { actor: 'citizen' } as const

async function figure({ office }: Race, text: string): Promise<number> {
  const { rows } = await office.context.database.pool.query<{ figure: number }>(`select (${text})::int as figure`)
  return rows[0]?.figure ?? -1
}

/** All desks booked at a time; the references. */
async function full(race: Race, start: Temporal.Instant): Promise<string[]> {
  const outcomes = await atOnce(4, (index) => book(client(race, index), wish('short', start)))
  return outcomes.map((outcome) => (outcome.allowed ? outcome.reference : assert.fail(outcome.code)))
}

const givesBack = (context: Context, reference: string | undefined) =>
  cancel(context, { reference: reference ?? '', ...citizen, reason: 'citizen-wish' })

/** Asks four processes in turn, so that none answers from its memory of a moment ago; true when one gave the time. */
async function asks(race: Race, start: Temporal.Instant, index: number): Promise<boolean> {
  for (let turn = 0; turn < 4; turn += 1) if ((await book(client(race, index + turn), wish('short', start))).allowed) return true
  return false
}

/** People ask for the time again and again while visits there are given back. */
async function rushDuringCancel(race: Race, start: Temporal.Instant): Promise<number> {
  const visits = await full(race, start)
  const [, got] = await Promise.all([
    atOnce(4, (index) => givesBack(client(race, index), visits[index])),
    atOnce(24, (index) => asks(race, start, index)),
  ])
  return got.filter(Boolean).length
}

test('without the guard of places people in a rush take times that are kept', async () => {
  const race = await racing(unguarded.places)
  let taken = 0
  for (const time of times) taken += await rushDuringCancel(race, at(26, time))
  assert.ok(taken > 0)
  assert.ok((await doubles(race)) > 0)
})

test('a freed time is never free before its minute, however many ask while it is given back', async () => {
  const race = await racing()
  for (const time of times) {
    assert.equal(await rushDuringCancel(race, at(26, time)), 0)
    assert.equal(await living(race, at(26, time), ['held']), 4, 'four kept times')
  }
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
  assert.equal(await deadlocks(race), 0)
})

/** Two times freed at once, by two processes, and one in line whom both fit. Returns how many offers are open. */
async function twoTimesOneEntry(race: Race, without?: (text: string) => string): Promise<number> {
  const { entry } = await inLine(race.office, at(28, '13:00'))
  const visits = await full(race, at(26, '09:00'))
  const process = (index: number): Context => (without === undefined ? client(race, index) : rewritten(client(race, index), without))
  await atOnce(4, (index) => givesBack(process(index), visits[index]))
  return figure(
    race,
    `select count(*) from waiting_offer o join waiting w on w.id = o.waiting_id where w.reference = '${entry}' and o.state = 'open'`,
  )
}

test('without their guards four times freed at once are offered to one person together', async () => {
  let most = 0
  for (let round = 0; round < 8 && most < 2; round += 1) {
    const race = await racing('drop index offer_one_per_entry')
    most = await twoTimesOneEntry(race, (text) =>
      text.replace(`where id = $1 and state = 'waiting' returning id`, 'where id = $1 returning id'),
    )
  }
  assert.ok(most > 1)
})

test('four times freed at once are offered to one person one at a time', async () => {
  for (let round = 0; round < 3; round += 1) assert.equal(await twoTimesOneEntry(await racing()), 1)
})

test('the code that locks is not alone: the index refuses the second offer', async () => {
  const race = await racing()
  assert.equal(
    await twoTimesOneEntry(race, (text) => text.replace(`where id = $1 and state = 'waiting' returning id`, 'where id = $1 returning id')),
    1,
  )
})

/** One kept time looked at by four processes at once, and four in line. Returns to how many it is offered. */
async function oneTimeFourInLine(without: string): Promise<number> {
  const race = await racing(without)
  const [gone] = await full(race, at(26, '09:00'))
  await givesBack(client(race, 0), gone)
  for (let person = 0; person < 4; person += 1) await personInLine(race.office.context)
  const kept = await figure(race, `select id from visit where kind = 'kept'`)
  await atOnce(4, (index) => offerKept(client(race, index), [kept]))
  return figure(race, `select count(*) from waiting_offer where kept_id = ${kept} and state = 'open'`)
}

test('without its guard one kept time is offered to several people', async () => {
  let most = 0
  for (let round = 0; round < 10 && most < 2; round += 1) most = Math.max(most, await oneTimeFourInLine('drop index offer_one_per_kept'))
  assert.ok(most > 1)
})

test('one kept time is offered to one of those in line, however many look at it', async () => {
  for (let round = 0; round < 3; round += 1) assert.equal(await oneTimeFourInLine(''), 1)
})

interface Offered {
  readonly entry: string
  readonly visit: string
  readonly until: Temporal.Instant
}

/** One in line with a visit on the 29th, offered a time of the 26th. */
async function offered(race: Race, time: string): Promise<Offered> {
  const { entry, visit } = await inLine(race.office, at(29, time))
  const [gone] = await full(race, at(26, time))
  await givesBack(client(race, 0), gone)
  const { rows } = await race.office.context.database.pool.query<{ until: Temporal.Instant }>(
    `select until from waiting_offer where state = 'open'`,
  )
  return { entry, visit: visit.reference, until: rows[0]?.until ?? assert.fail('nothing was offered') }
}

const unlocked = (text: string): string => text.replace(/ for update$/, '')

/** Entries of which one process says that the offer was taken, and another that it passed. */
const contradictions = `select count(*) from event a join event b on a.details ->> 'offer' = b.details ->> 'offer'
  where a.kind = 'offer-accepted' and b.kind in ('offer-passed', 'offer-gone')`
const acceptedTwice = `select count(*) from (select from event where kind = 'offer-accepted' group by details ->> 'offer' having count(*) > 1) as twice`

/** Accepts in the last moment while the duty of another process, a moment later, passes the offer on. */
async function acceptAtTheEnd(race: Race, time: string, without?: (text: string) => string): Promise<void> {
  const { entry, visit, until } = await offered(race, time)
  const process = (index: number): Context => (without === undefined ? client(race, index) : rewritten(client(race, index), without))
  await atOnce(4, async (index) => {
    if (index === 3) return lookAfterList(process(3), until)
    const context = { ...process(index), clock: standingClock(until.subtract({ milliseconds: 1 })) }
    return acceptOffer(context, { reference: entry, ...citizen })
  })
  if (without !== undefined) return
  const start = await figure(race, `select extract(day from starts_at) from visit where reference = '${visit}'`)
  const state = await figure(race, `select count(*) from waiting where reference = '${entry}' and state = 'accepted'`)
  assert.ok((start === 26 && state === 1) || (start === 29 && state === 0), 'moved and accepted, or neither')
}

test('without locks an offer is taken more than once, or taken and passed on', async () => {
  let wrong = 0
  for (let round = 0; round < 6 && wrong === 0; round += 1) {
    const race = await racing()
    for (const time of times) await acceptAtTheEnd(race, time, unlocked).catch(() => undefined)
    wrong = (await figure(race, contradictions)) + (await figure(race, acceptedTwice))
  }
  assert.ok(wrong > 0)
})

test('an offer accepted in its last moment is taken once or has passed, never both', async () => {
  const race = await racing()
  for (const time of times) await acceptAtTheEnd(race, time)
  assert.equal(await figure(race, contradictions), 0)
  assert.equal(await figure(race, acceptedTwice), 0)
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
  assert.equal(await deadlocks(race), 0)
})

test('accepted eight times at once by one person, the visit moves once and everyone hears the same', async () => {
  const race = await racing()
  const { entry, visit } = await offered(race, '09:00')
  const outcomes = await atOnce(8, (index) => acceptOffer(client(race, index), { reference: entry, ...citizen }))
  assert.ok(
    outcomes.every((outcome) => outcome.allowed && outcome.visit === visit),
    outcomes.map(({ code }) => code).join(),
  )
  assert.equal(outcomes.filter((outcome) => outcome.allowed && !outcome.repeated).length, 1)
  assert.equal(await figure(race, `select count(*) from event where kind = 'moved'`), 1)
  assert.equal(await figure(race, acceptedTwice), 0)
})

test('a visit cancelled while its offer is accepted is cancelled once, wherever it stood, and no time is lost', async () => {
  const race = await racing()
  for (const time of times) {
    const { entry, visit } = await offered(race, time)
    const [, cancelled] = await Promise.all([
      acceptOffer(client(race, 1), { reference: entry, ...citizen }),
      givesBack(client(race, 2), visit),
    ])
    assert.ok(cancelled.allowed, cancelled.code)
    assert.equal(
      await figure(race, `select count(*) from place p join visit v on v.id = p.visit_id where v.reference = '${visit}' and p.active`),
      0,
    )
    // The time of the 29th is free after a while in any case, the one of the 26th too: both are kept.
    assert.equal(await living(race, at(29, time), ['held']), 1)
    assert.equal(await living(race, at(26, time), ['held', 'booked']), 4)
  }
  assert.equal(await figure(race, contradictions), 0)
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
  assert.equal(await deadlocks(race), 0)
})

/** Others ask for both times while a visit moves up from one to the other. Returns how many got one. */
async function rushDuringAccept(race: Race, time: string): Promise<number> {
  const { entry } = await offered(race, time)
  await atOnce(3, (index) => book(client(race, index), wish('short', at(29, time))))
  const [accepted, got] = await Promise.all([
    acceptOffer(client(race, 0), { reference: entry, ...citizen }),
    atOnce(24, (index) => asks(race, at(index % 2 === 0 ? 26 : 29, time), index)),
  ])
  assert.ok(accepted.allowed, accepted.code)
  return got.filter(Boolean).length
}

test('without the guard of places others get a time of a visit that is moving up', async () => {
  const race = await racing(unguarded.places)
  let taken = 0
  for (const time of times) taken += await rushDuringAccept(race, time).catch(() => 0)
  assert.ok(taken > 0)
  assert.ok((await doubles(race)) > 0)
})

test('while a visit moves up neither its old nor its new time is free for a moment, and it has one of them', async () => {
  const race = await racing()
  for (const time of times) {
    assert.equal(await rushDuringAccept(race, time), 0)
    assert.equal(await living(race, at(29, time)), 4, 'three booked and the old time, kept')
    assert.equal(await living(race, at(26, time)), 4)
  }
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
  assert.equal(await deadlocks(race), 0)
})

/** One person asks twelve times at once to stand in line for one matter. Returns how many entries there are. */
async function joinsAtOnce(race: Race): Promise<number> {
  const person = somebody()
  const day = Temporal.PlainDate.from('2020-05-26')
  await atOnce(12, (index) =>
    join(client(race, index), {
      serviceId: 'short',
      from: day,
      to: day.add({ days: 5 }),
      part: 'any',
      person,
      language: 'pl',
      ...citizen,
      key: crypto.randomUUID(),
    }),
  )
  return figure(race, `select count(*) from waiting where state = 'waiting'`)
}

test('without its guard one contact stands in line more than once for a matter', async () => {
  const race = await racing(
    `alter table waiting_contact drop constraint waiting_one_per_contact;
     alter table waiting_contact add constraint waiting_one_per_contact unique (waiting_id, contact)`,
  )
  assert.ok((await joinsAtOnce(race)) > 1)
})

test('one contact stands in line once for a matter, however often it asks at once', async () => {
  assert.equal(await joinsAtOnce(await racing()), 1)
})
