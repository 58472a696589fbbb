/**
 * What a clerk keeps while talking: a time, raced with the web, and a request that is answered, raced
 * with a colleague; each race once without its guard.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { atOnce } from '../../tests/support/processes.js'
import { allowed, at, client, codes, doubles, living, racing, rewritten, unguarded, type Race } from '../../tests/support/race.js'
import { signedIn } from '../../tests/support/staff.js'
import { somebody } from '../../tests/support/visits.js'
import { findVisit, type Actor } from '../visit/index.js'
import { bookForCaller, keepForCaller, keptBy, releaseKept } from './clerk-hold.js'
import { claimRequest, finishRequest, freeStarts, hold, makeRequest, releaseRequest } from './index.js'

const clerkOf = async ({ office }: Race): Promise<Actor> => `account:${(await signedIn(office.context, 'service-office')).accountId}`
const kept = (actor: Actor, start: Temporal.Instant) => ({ serviceId: 'short', start, by: { actor, channel: 'phone' } }) as const
const call = (actor: Actor, start: Temporal.Instant, change: object = {}) =>
  ({ serviceId: 'short', start, channel: 'phone', person: somebody(), actor, key: randomUUID(), ...change }) as const

test('a time kept for a caller is gone from the web at once, comes back when another is chosen, and is booked once', async () => {
  const race = await racing()
  const { context, clock } = race.office
  const clerk = await clerkOf(race)
  const isFree = async (start: Temporal.Instant): Promise<boolean> => {
    const day = Temporal.PlainDate.from('2020-05-26')
    const days = (await freeStarts(context, { serviceId: 'short', from: day, to: day, now: clock.now() })) ?? []
    return days.some(({ starts }) => starts.some((each) => each.start.equals(start)))
  }
  const [nine, ten] = [at(26, '09:00'), at(26, '10:00')]
  for (let desk = 0; desk < 3; desk += 1) assert.ok((await hold(context, { serviceId: 'short', start: nine })).allowed)
  assert.ok(await isFree(nine))
  const first = await keepForCaller(context, kept(clerk, nine))
  assert.ok(first.allowed)
  assert.deepEqual(first.heldUntil?.toString(), clock.now().add({ minutes: 5 }).toString(), "the clerk's minutes")
  assert.equal(await isFree(nine), false)
  assert.equal((await hold(context, { serviceId: 'short', start: nine })).code, 'slot-taken')

  const again = await keepForCaller(context, kept(clerk, nine))
  assert.ok(again.allowed && again.reference === first.reference, 'the same time is kept on, not a second one')
  const other = await keepForCaller(context, kept(clerk, ten))
  assert.ok(other.allowed)
  assert.ok(await isFree(nine), 'another time gives the first back')
  assert.equal((await keptBy(context, clerk)).length, 1)

  const command = call(clerk, ten, { needs: ['interpreter'] })
  const booked = await bookForCaller(context, command)
  assert.ok(booked.allowed && booked.reference === other.reference)
  const twice = await bookForCaller(context, command)
  assert.ok(twice.allowed && twice.repeated && twice.reference === booked.reference, 'sent twice, booked once')
  const visit = await findVisit(context.database.pool, booked.reference)
  assert.deepEqual(
    [visit?.state, visit?.channel, visit?.bookedBy, visit?.needs],
    ['booked', 'phone', Number(clerk.slice(8)), ['interpreter']],
  )

  assert.ok((await keepForCaller(context, kept(clerk, nine))).allowed)
  await releaseKept(context, clerk)
  assert.ok(await isFree(nine), 'the end of the call gives it back')
})

test('a kept time that ran out is booked while it is free, and else said to be gone', async () => {
  const race = await racing()
  const { context, clock } = race.office
  const clerk = await clerkOf(race)
  const ten = at(26, '10:00')
  assert.ok((await keepForCaller(context, kept(clerk, ten))).allowed)
  clock.moveTo(clock.now().add({ minutes: 6 }))
  assert.ok((await bookForCaller(context, call(clerk, ten))).allowed)
  for (let desk = 0; desk < 2; desk += 1) assert.ok((await hold(context, { serviceId: 'short', start: ten })).allowed)
  assert.ok((await keepForCaller(context, kept(clerk, ten))).allowed)
  clock.moveTo(clock.now().add({ minutes: 6 }))
  for (let desk = 0; desk < 3; desk += 1) await hold(context, { serviceId: 'short', start: ten })
  assert.equal((await bookForCaller(context, call(clerk, ten))).code, 'slot-taken')
})

/** Three times of a day, each wanted by clerks and the web at once; the most that anybody was given. */
async function run(race: Race, day: number): Promise<number> {
  const clerks = await Promise.all(Array.from({ length: 6 }, () => clerkOf(race)))
  let most = 0
  for (const time of ['09:00', '10:00', '11:00']) {
    const start = at(day, time)
    const outcomes = await atOnce(24, (index) => {
      const clerk = clerks[index]
      const context = client(race, index)
      return clerk === undefined ? hold(context, { serviceId: 'short', start }) : keepForCaller(context, kept(clerk, start))
    })
    most = Math.max(most, allowed(outcomes).length)
    assert.deepEqual(codes(outcomes), ['done', 'slot-taken'])
    const reached = await Promise.all(clerks.map((clerk, index) => bookForCaller(client(race, index), call(clerk, start))))
    most = Math.max(most, await living(race, start), allowed(reached).length)
  }
  return most
}

test('clerks and the web want the last times at once: each is given once', async () => {
  const race = await racing()
  assert.equal(await run(race, 26), 4)
  assert.equal(await doubles(race), 0)
  const open = await racing(unguarded.places)
  let most = 0
  for (const day of [26, 27, 28, 29]) if ((most = Math.max(most, await run(open, day))) > 4) break
  assert.ok(most > 4, 'without its guard the race is real')
})

test('of clerks who open one request at once one keeps it; only that one ends it, until it is given back or runs out', async () => {
  const race = await racing()
  const { context, clock } = race.office
  const clerks = await Promise.all(Array.from({ length: 8 }, () => clerkOf(race)))
  const make = async (): Promise<string> => {
    const made = await makeRequest(context, { serviceId: 'short', times: [], person: somebody(), key: randomUUID() })
    assert.ok(made.allowed)
    return made.reference
  }
  const claimAll = (reference: string, changed: (process: typeof context) => typeof context = (process) => process) =>
    atOnce(8, (index) => claimRequest(changed(client(race, index)), { reference, actor: clerks[index] as Actor }))
  const reference = await make()
  const outcomes = await claimAll(reference)
  const owner = clerks[outcomes.findIndex(({ allowed: is }) => is)] as Actor
  assert.equal(outcomes.filter(({ allowed: is }) => is).length, 1)
  const other = clerks.find((each) => each !== owner) as Actor
  const refused = await claimRequest(context, { reference, actor: other })
  assert.ok(!refused.allowed && refused.code === 'request-claimed' && refused.values?.['who'] === 'Test service-office')
  const end = (actor: Actor) => finishRequest(context, { reference, actor, end: 'settled', reason: 'by-phone' })
  assert.equal((await end(other)).code, 'request-claimed')
  clock.moveTo(clock.now().add({ minutes: 14 }))
  assert.ok((await claimRequest(context, { reference, actor: owner })).allowed, 'its owner keeps it on')
  clock.moveTo(clock.now().add({ minutes: 14 }))
  assert.equal((await end(other)).code, 'request-claimed')
  await releaseRequest(context, { reference, actor: other })
  assert.equal((await end(other)).code, 'request-claimed', "nobody gives back a colleague's")
  clock.moveTo(clock.now().add({ minutes: 1 }))
  assert.ok((await end(other)).allowed, 'after a quarter it is anybody’s')
  assert.equal((await claimRequest(context, { reference, actor: owner })).code, 'request-ended')

  const unguardedClaim = await claimAll(await make(), (process) =>
    rewritten(process, (text) =>
      text.replace('and (claimed_by is null or claimed_by = $2 or claimed_until <= $4)', 'and $4::timestamptz is not null'),
    ),
  )
  assert.ok(unguardedClaim.filter(({ allowed: is }) => is).length > 1, 'without its guard several keep it')
})
