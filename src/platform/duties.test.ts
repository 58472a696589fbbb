import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import { runDueDuties, type Duty } from './duties.js'

test('a duty runs once when its time has passed, however many processes look', async () => {
  const { context, clock } = await testDatabase()
  let runs = 0
  const duty: Duty = { name: 'count', everyMinutes: 10, run: async () => void runs++ }
  await Promise.all([runDueDuties(context, [duty]), runDueDuties(context, [duty]), runDueDuties(context, [duty])])
  assert.equal(runs, 1)
  clock.moveTo(clock.now().add({ minutes: 9 }))
  await runDueDuties(context, [duty])
  assert.equal(runs, 1)
  clock.moveTo(clock.now().add({ hours: 24 }))
  await Promise.all([runDueDuties(context, [duty]), runDueDuties(context, [duty])])
  assert.equal(runs, 2)
})

test('a duty that fails does not stop the next', async () => {
  const { context } = await testDatabase()
  let ran = false
  const bad: Duty = { name: 'bad', everyMinutes: 1, run: async () => Promise.reject(new Error('no')) }
  const good: Duty = { name: 'good', everyMinutes: 1, run: async () => void (ran = true) }
  await runDueDuties(context, [bad, good])
  assert.equal(ran, true)
})
