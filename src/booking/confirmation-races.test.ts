/**
 * Races for a booking that waits to be confirmed, between processes: its code and its link at once,
 * its owner and the duty that ends it, and many wrong codes. Each guard is shown by its absence.
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
  doubles,
  interrupted,
  living,
  misplaced,
  racing,
  rewritten,
  until,
  wish,
  type Race,
} from '../../tests/support/race.js'
import { somebody } from '../../tests/support/visits.js'
import { book, confirmHold, confirmPending, hold, lapsePending, type Outcome } from './index.js'

const confirming = (): Promise<Race> => racing('', 4, 4, { 'confirm-minutes': 60 })
const starts = [8, 9, 10, 11, 12, 13].map((hour) => at(26, `${String(hour).padStart(2, '0')}:00`))

/** Bookings that wait, one for each desk. */
async function pending(race: Race, start: Temporal.Instant): Promise<string[]> {
  return Promise.all(
    Array.from({ length: 4 }, async () => {
      const held = await until(
        () => hold(client(race, 0), { serviceId: 'short', start }),
        (outcome) => outcome.allowed,
      )
      assert.ok(held.allowed, held.code)
      const booked = await confirmHold(client(race, 0), { reference: held.reference, person: somebody(), key: randomUUID() })
      assert.ok(booked.allowed && booked.state === 'pending')
      return held.reference
    }),
  )
}

async function count({ office }: Race, text: string, reference: string): Promise<number> {
  const { rows } = await office.context.database.pool.query<{ count: number }>(
    `select count(*)::int as count from ${text} = (select id from visit where reference = $1)`,
    [reference],
  )
  return rows[0]?.count ?? -1
}

const byCode = (context: Context, reference: string): Promise<Outcome> =>
  confirmPending(context, { reference, proof: { code: context.secrets.confirmCode(reference, 1) } })
const byLink = (context: Context, reference: string): Promise<Outcome> =>
  confirmPending(context, { reference, proof: { token: context.secrets.confirmToken(reference, 1) } })

/** Code, link and a clerk at once, again and again; how many events and messages each visit got. */
async function confirmAtOnce(race: Race, clients = race.clients): Promise<{ most: number; outcomes: Outcome[] }> {
  let most = 0
  const outcomes: Outcome[] = []
  for (const start of starts)
    for (const reference of await pending(race, start)) {
      const made = await atOnce(8, (index) => (index % 2 === 0 ? byCode : byLink)(client({ clients }, index), reference))
      outcomes.push(...made)
      most = Math.max(
        most,
        await count(race, `event where kind = 'confirmed' and visit_id`, reference),
        await count(race, `outbox where kind = 'visit-booked' and (payload->>'visit')::bigint`, reference),
      )
    }
  return { most, outcomes }
}

test('code and link at once confirm once: one event, one message, and everybody hears yes', async () => {
  const race = await confirming()
  const { most, outcomes } = await confirmAtOnce(race)
  assert.equal(most, 1)
  assert.deepEqual(codes(outcomes), ['done'])
  assert.equal(outcomes.filter((outcome) => outcome.allowed && !outcome.repeated).length, starts.length * 4)
})

/** Statements sent without the lock of the visit, and without looking at its state when they write. */
const unlocked = (race: Race): Context[] =>
  race.clients.map((each) =>
    rewritten(each, (text) =>
      text
        .replace('where reference = $1 for update', 'where reference = $1')
        .replace(`where id = $1 and state = 'pending'`, 'where id = $1')
        .replace('for update skip locked', ''),
    ),
  )

test('without the guards of the visit code and link confirm it twice', async () => {
  const race = await confirming()
  assert.ok((await confirmAtOnce(race, unlocked(race))).most > 1)
})

/** Owners confirm in the last millisecond while the duty ends what nobody confirmed and others want the time. */
async function confirmAgainstLapse(race: Race, start: Temporal.Instant, clients = race.clients): Promise<Outcome[]> {
  const { clock } = race.office
  const references = await pending(race, start)
  const end = clock.now().add({ minutes: 60 })
  clock.moveTo(end.subtract({ milliseconds: 1 }))
  const owners = references.map((reference, index) => byCode(client({ clients }, index), reference))
  clock.moveTo(end)
  const others = atOnce(8, async (index) => {
    await lapsePending(client({ clients }, index), end)
    return book(client(race, index), wish('short', start))
  })
  return [...(await Promise.all(owners)), ...(await others)]
}

test('an owner and the duty at the last moment: a time is confirmed or free, never both', async () => {
  const race = await confirming()
  for (const start of starts) {
    const outcomes = await confirmAgainstLapse(race, start)
    const confirmed = outcomes.slice(0, 4)
    assert.deepEqual(
      codes(confirmed).filter((code) => code !== 'done' && code !== 'confirm-expired'),
      [],
    )
    assert.equal(await living(race, start, ['pending']), 0)
    assert.equal(await living(race, start, ['booked']), allowed(outcomes).length)
  }
  assert.equal(await doubles(race), 0)
  assert.equal(await misplaced(race), 0)
})

test('the duty comes between an owner’s reading and writing: it waits its turn; without the guards the time given back is confirmed', async () => {
  const race = await confirming()
  const { clock } = race.office
  for (const [clients, lost] of [
    [race.clients, 0],
    [unlocked(race), 1],
  ] as const) {
    const [reference = ''] = await pending(race, starts[lost] as Temporal.Instant)
    const end = clock.now().add({ minutes: 60 })
    const owner = interrupted(clients[0] as Context, 'select * from visit where reference', () =>
      lapsePending(race.clients[1] as Context, end),
    )
    assert.equal((await byCode(owner, reference)).code, 'done')
    assert.equal(await misplaced(race), lost)
    clock.moveTo(end)
  }
})

/** A code that is none of the first. */
const guess = (context: Context, reference: string): Promise<Outcome> =>
  confirmPending(context, { reference, proof: { code: context.secrets.confirmCode(reference, 3) } })
const judged = (outcomes: readonly Outcome[]): number => outcomes.filter(({ code }) => code === 'code-wrong').length

test('of forty wrong codes at once five are judged, whatever the parallelism, also without the lock of the visit', async () => {
  const race = await confirming()
  const [one = '', two = '', three = ''] = await pending(race, starts[0] as Temporal.Instant)
  for (const [reference, clients] of [
    [one, race.clients],
    [two, race.clients.map((each) => rewritten(each, (text) => text.replace('where reference = $1 for update', 'where reference = $1')))],
  ] as const) {
    const outcomes = await atOnce(40, (index) => guess(client({ clients }, index), reference))
    assert.equal(judged(outcomes), 5)
    assert.equal((await byCode(client(race, 0), reference)).code, 'code-tries')
  }
  // Without the words that count no further, the schema refuses the sixth.
  const uncounted = race.clients.map((each) => rewritten(each, (text) => text.replace('where confirmation.tries < $2', 'where $2 > 0')))
  const guesses = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => guess(client({ clients: uncounted }, index), three)))
  assert.ok(judged(guesses.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))) <= 5)
  assert.ok(
    guesses.some((each) => each.status === 'rejected' && (each.reason as { constraint?: string }).constraint === 'confirmation_tries'),
  )
})
