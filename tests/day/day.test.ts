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
    for (const line of met(day, 'courier')) assert.match(line, /^door walowa-5 /)
    for (const line of met(day, 'unbooked')) assert.match(line, /no-booking/)
    for (const line of met(day, 'made-up-code')) assert.match(line, /unknown/)
    assert.ok(met(day, 'drop-off').length > 0)
    const states = (habit: string): string[] =>
      day.people
        .filter((person) => person.habit === habit && day.references.has(person.number))
        .map((person) => stateOf(history, day, person.number))
    assert.deepEqual([...new Set(states('no-show'))], ['missed'])
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
