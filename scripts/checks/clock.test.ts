import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile, projectRoot } from '../../src/platform/paths.js'

/** Ways to ask the machine or the database for the time of day; `performance.now()` measures a span and is no such thing. */
const askers =
  /(?<![.\w])now\(\)(?!:)|\bcurrent_timestamp\b|\bcurrent_date\b|\blocaltimestamp\b|\bclock_timestamp\b|\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b/

/** Where the machine's clock is the matter itself. */
const allowed = ['src/platform/clock.ts', 'src/ui/browser/live.ts', 'src/ui/browser/clock.ts', 'src/ui/browser/door-kept.ts']

test('nothing but the one clock asks the machine or the database what time it is', () => {
  const found = globSync(['src/**/*.{ts,tsx}', 'migrations/*.sql'], { cwd: projectRoot })
    .filter((file) => !file.includes('.test.') && !allowed.includes(file))
    .flatMap((file) =>
      readFileSync(projectFile(file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          askers.test(line) && !/^\s*(\*|\/\/|\/\*\*)/.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    )
  assert.deepEqual(found, [])
})

test('the search finds what it is for', () => {
  for (const bad of ['select now()', 'where at < current_timestamp', 'Date.now()', 'new Date()', 'Temporal.Now.instant()'])
    assert.match(bad, askers)
  for (const good of ['context.clock.now()', 'now(): Temporal.Instant', 'performance.now()', 'new Date(at)'])
    assert.doesNotMatch(good, askers)
})
