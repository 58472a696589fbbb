import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemsIn, readHistory, type History } from './reader.js'
import { simulateDay, type SimulatedDay } from './simulate.js'

const people = 90

/** The history without what a database numbers by itself. */
function told(history: History): string[] {
  const numbers = new Map<number, number>()
  return history.events.map((event) => {
    if (event.visit !== null && !numbers.has(event.visit)) numbers.set(event.visit, numbers.size)
    return [event.at, event.kind, event.visit === null ? '-' : numbers.get(event.visit), event.desk, event.building, event.reason].join(' ')
  })
}

function met({ people: persons, diary }: SimulatedDay, habit: string): string[] {
  return persons.filter((person) => person.habit === habit).flatMap((person) => diary.get(person.number)?.at(-1) ?? [])
}

test('a simulated day keeps the ordinance, loses nobody, and happens again with the same seed', async (t) => {
  const day = await simulateDay(2020, people)
  const history = await readHistory(day.office.context.database.pool)

  await t.test('a reader who shares no code with the program finds nothing wrong', () => {
    assert.deepEqual(
      problemsIn(
        history,
        day.people.map((person) => person.name),
      ),
      [],
    )
    assert.ok(history.visits.size > people / 2)
  })

  await t.test('everyone meets what the ordinance gives them', () => {
    const everyone = (habit: string, answer: string): void => {
      const lines = met(day, habit).filter((line) => !line.startsWith('not-booked'))
      assert.ok(lines.length > 0, `somebody of the habit ${habit} came`)
      assert.deepEqual([...new Set(lines)], [answer], habit)
    }
    everyone('courier', 'door walowa-5 not-a-client')
    everyone('companion', 'door walowa-5 not-a-client')
    everyone('unbooked', 'door walowa-5 no-booking')
    everyone('made-up-code', 'door walowa-5 unknown')
    everyone('drop-off', 'door karasia-15 drop-off')
    everyone('drop-off-elsewhere', 'door walowa-5 drop-off-elsewhere')
    everyone('late', 'door walowa-5 come-in-late')
    everyone('very-late', 'door walowa-5 too-late')
    // Whoever has one of the first times of the day is never too early: the doors were closed until then.
    const tooEarly = day.people
      .filter((person) => person.habit === 'too-early')
      .map((person) => day.diary.get(person.number) ?? [])
      .filter((diary) => diary.some((line) => Number(/^booked (\d+)$/.exec(line)?.[1]) - 40 >= 7 * 60 + 15))
    assert.ok(tooEarly.length > 0)
    for (const diary of tooEarly) assert.deepEqual(diary.slice(-2), ['door walowa-5 too-early', 'door walowa-5 come-in'])
    const states = (habit: string): string[] =>
      day.people
        .filter((person) => person.habit === habit && day.references.has(person.number))
        .map((person) => stateOf(history, day, person.number))
    assert.deepEqual([...new Set(states('no-show'))], ['missed'])
    assert.deepEqual([...new Set(states('very-late'))], ['missed'])
    for (const habit of ['late', 'too-early']) assert.deepEqual([...new Set(states(habit))], ['served'], habit)
    assert.deepEqual([...new Set(states('cancels'))], ['cancelled'])
    assert.ok(
      states('punctual').every((state) => state === 'served'),
      states('punctual').join(),
    )
    assert.ok(
      states('does-not-answer').every((state) => state === 'missed'),
      states('does-not-answer').join(),
    )
    assert.ok(
      states('wrong-building').every((state) => state === 'served'),
      states('wrong-building').join(),
    )
  })

  await t.test('people booked on the web, by phone and by a request a clerk answered', () => {
    const ways = ['web', 'phone', 'request'].map((channel) =>
      day.people.some((person) => person.channel === channel && stateOf(history, day, person.number) === 'served'),
    )
    assert.deepEqual(
      ways,
      [true, true, true],
      JSON.stringify(day.people.filter((p) => p.channel === 'web').map((p) => day.diary.get(p.number)?.slice(-2))),
    )
    const first = [...history.visits.keys()].map((visit) => history.events.find((event) => event.visit === visit)?.kind)
    assert.ok(first.includes('held') && first.includes('booked'), 'a hold goes before a booking on the web alone')
  })

  await t.test('the same seed gives the same day', async () => {
    const again = await simulateDay(2020, people)
    assert.deepEqual(told(await readHistory(again.office.context.database.pool)), told(history))
  })

  await t.test('the reader sees a doctored history', () => {
    const called = history.events.find((event) => event.kind === 'called')
    assert.ok(called)
    const without = (kind: string): History => ({ ...history, events: history.events.filter((event) => event.kind !== kind) })
    assert.ok(problemsIn(without('finished'), []).length > 0)
    assert.ok(problemsIn(without('desk-opened'), []).length > 0)
    assert.ok(problemsIn({ ...history, lateMinutes: 5 }, []).some((problem) => problem.includes('minutes late')))
    assert.ok(problemsIn({ ...history, earlyMinutes: 1 }, []).some((problem) => problem.includes('minutes early')))
    assert.ok(problemsIn({ ...history, lateMinutes: 60 }, []).some((problem) => problem.includes('was called too-late')))
    const other = history.events.find((event) => event.kind === 'called' && event.visit !== called.visit)
    assert.ok(other)
    const twice = history.events.flatMap((event) => (event === called ? [called, { ...other, desk: called.desk }] : [event]))
    assert.ok(problemsIn({ ...history, events: twice }, []).some((problem) => problem.includes('while visit')))
  })
})

function stateOf(history: History, day: SimulatedDay, person: number): string {
  const visit = [...history.visits.values()].find((each) => each.reference === day.references.get(person))
  return visit?.state ?? 'none'
}
