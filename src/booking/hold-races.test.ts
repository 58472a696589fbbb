/**
 * Races around the end of a hold: the clock moves while bookers are under way, and whoever held the
 * time confirms at that very moment. Its time is one person's in the end, never nobody's and never two's.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Context } from '../platform/context.js'
import { atOnce } from '../../tests/support/processes.js'
import {
  allowed,
  at,
  client,
  codes,
  deadlocks,
  doubles,
  living,
  misplaced,
  racing,
  rewritten,
  unguarded,
  until,
  wish,
  type Race,
} from '../../tests/support/race.js'
import { somebody } from '../../tests/support/visits.js'
import { book, confirmHold, hold, type Outcome } from './index.js'

const starts = [8, 9, 10, 11, 12, 13].map((hour) => at(26, `${String(hour).padStart(2, '0')}:00`))
const holdMinutes = 10

/** All four desks held from now, each by a process of its own. */
async function holdAll(race: Race, start: Temporal.Instant): Promise<string[]> {
  const held = await atOnce(12, (index) => hold(client(race, index), { serviceId: 'short', start }))
  const references = held.flatMap((outcome) => (outcome.allowed ? [outcome.reference] : []))
  assert.equal(references.length, 4)
  return references
}

const confirm = (context: Context, reference: string | undefined): Promise<Outcome> =>
  confirmHold(context, { reference: reference ?? '', person: somebody(), key: randomUUID() })

/** Bookers who ask again and again until nobody could get the time any more; `refused` hears of each refusal. */
async function askUntilFull(race: Race, start: Temporal.Instant, count: number, refused = (): void => undefined): Promise<number> {
  let full = false
  const outcomes = await atOnce(count, (index) =>
    until(
      async () => {
        const outcome = await book(client(race, index), wish('short', start))
        if (!outcome.allowed) refused()
        full ||= (await living(race, start, ['booked'])) >= 4
        return outcome
      },
      (outcome) => outcome.allowed || full,
    ),
  )
  assert.deepEqual(
    codes(outcomes).filter((code) => code !== 'done' && code !== 'slot-taken'),
    [],
  )
  return allowed(outcomes).length
}

test('holds that run out during a race give their times to exactly as many', async () => {
  const race = await racing()
  const { clock } = race.office
  for (const start of starts) {
    const [first, second, third] = await holdAll(race, start)
    const confirming: Promise<Outcome>[] = [confirm(client(race, 0), first)]
    let refusals = 0
    const booked = await askUntilFull(race, start, 24, () => {
      refusals += 1
      // All have asked once and been refused; while they ask again the holds run out, and owners come a moment before and after.
      if (refusals !== 24) return
      confirming.push(confirm(client(race, 1), second))
      clock.moveTo(clock.now().add({ minutes: holdMinutes }))
      confirming.push(confirm(client(race, 2), third))
    })
    const confirmed = await Promise.all(confirming)
    assert.equal(confirmed[0]?.code, 'done', 'in good time')
    assert.ok(['done', 'hold-expired'].includes(confirmed[1]?.code ?? ''), 'with the clock')
    assert.equal(confirmed[2]?.code, 'hold-expired', 'too late')
    assert.equal(booked + allowed(confirmed).length, 4)
    assert.equal(await living(race, start), 4)
  }
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
  assert.equal(await deadlocks(race), 0)
})

/** Owners confirm in the last millisecond, and while they do the hold runs out for everybody who asks. */
async function confirmAtTheEnd(race: Race, start: Temporal.Instant, clients = race.clients): Promise<number> {
  const { clock } = race.office
  const held = await holdAll(race, start)
  const end = clock.now().add({ minutes: holdMinutes })
  clock.moveTo(end.subtract({ milliseconds: 1 }))
  const confirming = held.map((reference, index) => confirm(client({ clients }, index), reference))
  clock.moveTo(end)
  const booked = await askUntilFull(race, start, 12)
  const confirmed = await Promise.all(confirming)
  assert.deepEqual(
    codes(confirmed).filter((code) => code !== 'done' && code !== 'hold-expired'),
    [],
  )
  return booked + allowed(confirmed).length
}

test('a hold confirmed at its last moment while others want its time is kept by one of them', async () => {
  const race = await racing()
  for (const start of starts) {
    assert.equal(await confirmAtTheEnd(race, start), 4)
    assert.equal(await living(race, start), 4)
  }
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
})

test('without the lock of the visit its owner confirms a time that was given to another', async () => {
  const race = await racing()
  const clients = race.clients.map((each) =>
    rewritten(each, (text) => text.replace('where reference = $1 for update', 'where reference = $1')),
  )
  let lost = 0
  for (let round = 0; round < 10 && lost === 0; round += 1)
    for (const day of [26, 27]) {
      await confirmAtTheEnd(
        race,
        (starts[round % 6] as Temporal.Instant).add({ hours: 24 * (day - 26), minutes: round < 6 ? 0 : 30 }),
        clients,
      )
      lost += await misplaced(race)
    }
  assert.ok(lost > 0)
})

test('holds that run out without the guard of places give their times to more than there are desks', async () => {
  const race = await racing(unguarded.places)
  let most = 0
  for (const start of starts) {
    assert.equal(allowed(await atOnce(4, () => hold(client(race, 0), { serviceId: 'short', start }))).length, 4)
    race.office.clock.moveTo(race.office.clock.now().add({ minutes: holdMinutes }))
    await atOnce(40, (index) => book(client(race, index), wish('short', start)))
    most = Math.max(most, await living(race, start, ['booked']))
  }
  assert.ok(most > 4)
})
