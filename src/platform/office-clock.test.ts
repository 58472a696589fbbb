import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstMorning, testDatabase } from '../../tests/support/office.js'
import { same, standingClock } from './clock.js'
import { openOfficeClock } from './office-clock.js'

const machineStart = Temporal.Instant.from('2026-11-22T12:00:00Z')

test('two processes show the same time, and both see a move', async () => {
  const { context } = await testDatabase()
  const machine = standingClock(machineStart)
  const first = await openOfficeClock(context.database.pool, context.changes, machine, firstMorning)
  const second = await openOfficeClock(context.database.pool, context.changes, machine, firstMorning)
  assert.equal(await first.moveTo(firstMorning.add({ minutes: 5 })), true)
  await new Promise((resolve) => setImmediate(resolve))
  const { rows } = await context.database.pool.query<{ office_at: Temporal.Instant }>('select office_at from office_clock')
  assert.ok(same(rows[0]?.office_at ?? null, firstMorning.add({ minutes: 5 })))
  machine.moveTo(machineStart.add({ seconds: 7 }))
  assert.equal(first.now().toString(), firstMorning.add({ minutes: 5, seconds: 7 }).toString())
  first.close()
  second.close()
})

test('the clock never goes back, whoever asks', async () => {
  const { context } = await testDatabase()
  const machine = standingClock(machineStart)
  const clock = await openOfficeClock(context.database.pool, context.changes, machine, firstMorning)
  assert.equal(await clock.moveTo(firstMorning.add({ hours: 1 })), true)
  assert.equal(await clock.moveTo(firstMorning.add({ minutes: 30 })), false)
  assert.equal(clock.now().toString(), firstMorning.add({ hours: 1 }).toString())
  clock.close()
})

test('after a night without a process the clock goes on where it stood', async () => {
  const { context } = await testDatabase()
  const machine = standingClock(machineStart)
  const evening = await openOfficeClock(context.database.pool, context.changes, machine, firstMorning)
  await evening.moveTo(firstMorning.add({ hours: 2 }))
  evening.close()
  machine.moveTo(machineStart.add({ hours: 12 }))
  const morning = await openOfficeClock(context.database.pool, context.changes, machine, firstMorning)
  assert.equal(morning.now().toString(), firstMorning.add({ hours: 2 }).toString())
  morning.close()
})
