/**
 * Weeks of a small office, by twenty seeds, judged by a reader of the events that shares no code with
 * the program. A thousand seeds: `npm run test:long`.
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { projectRoot } from '../../src/platform/paths.js'
import { damages } from './damages.js'
import { problemsIn } from './reader/index.js'
import { playedHistory, readWeek, sumOf, type ReadWeek } from './run.js'

const host = process.env['OKIENKO_TEST_SERVER'] ?? assert.fail('run tests with npm test: it starts the database server')
const seeds = 20
/** Weeks played at one time. */
const atOnce = 3
/** Weeks kept to be damaged: not every week has everything that can go wrong. */
const kept = await Promise.all([1, 2, 3, 4].map((seed) => playedHistory(host, seed)))

test('twenty weeks keep what must hold, and everything a week has happened in them', async (t) => {
  const weeks: ReadWeek[] = kept.map(({ week, history, told }) => ({ ...week, problems: problemsIn(history, told) }))
  let next = kept.length + 1
  const work = async (): Promise<void> => {
    while (next <= seeds) weeks.push(await readWeek(host, next++))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  t.diagnostic(sumOf(weeks))
  assert.equal(weeks.length, seeds)
  for (const { seed, problems } of weeks.toSorted((a, b) => a.seed - b.seed)) assert.deepEqual(problems, [], `seed ${seed}`)
  const happened = (what: string): number => weeks.reduce((sum, { counts }) => sum + (counts.get(what) ?? 0), 0)
  assert.deepEqual(
    mustHappen.filter((what) => happened(what) === 0),
    [],
  )
})

const mustHappen = `
  answers lost, double presses, two guards, kept starts, late start started, counts put right, entries taken back
  book done, book slot-taken, move done, cancel done, ticket walk-in, ticket no-booking, ticket not-before-closing
  door come-in, door come-in-late, door too-early, door too-late, door wrong-building, door no-booking, door building-full
  time at the door done, papers drop-off, papers drop-off-elsewhere, companions, companions outside, couriers, went out, back already-in
  pause desk-paused, resume desk-resumed, take over desk-opened, close desk-closed, close client-at-desk, call called, call client-at-desk
  call needs-more-desks, pick called, recall recalled, missed missed, undo missed-undone, park parked, return returned
  call back called, transfer transferred, prioritise prioritised, went home left, next matter matter-done, finish finished`
  .trim()
  .split(/,\s+|\n\s*/)

test('a reader sees each way in which a history can be wrong', async (t) => {
  for (const { name, does, says } of damages)
    await t.test(name, () => {
      const [damaged] = kept.flatMap((read) => does(read) ?? [])
      assert.ok(damaged, 'one of the weeks has what is damaged')
      const { history, told } = damaged
      const problems = problemsIn(history, told)
      assert.ok(
        problems.some((problem) => says.test(problem)),
        `${String(says)} in ${JSON.stringify(problems.slice(0, 5))}`,
      )
    })
})

test('the reader imports nothing of the program', () => {
  const folder = path.join(projectRoot, 'tests/day/reader')
  const files = globSync('*.ts', { cwd: folder })
  assert.ok(files.length > 4)
  const imported = files.flatMap((file) => [
    ...readFileSync(path.join(folder, file), 'utf8').matchAll(/from '([^']+)'|import\('([^']+)'\)/g),
  ])
  assert.deepEqual(
    imported.map(([, from, dynamic]) => from ?? dynamic ?? '').filter((from) => !/^\.\/[a-z]+\.js$/.test(from)),
    [],
  )
})
