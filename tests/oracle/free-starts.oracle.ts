/**
 * Run once in each time zone of the server by time-zones.test.ts; `TZ` is set from outside.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { freeStarts } from '../../src/booking/index.js'
import { instantOf } from '../../src/platform/clock.js'
import { nightOffice } from './night-office.js'
import { freeStartsByProgram } from './boards.js'
import { freeStartsByOracle } from './oracle.js'
import { randomCase, windows, type Case } from './random-office.js'

const runs = Number(process.env['OKIENKO_ORACLE_RUNS'] ?? 80)
const read = (starts: { ms: number; desks: readonly number[] }[]): string[] =>
  starts.map(({ ms, desks }) => `${new Date(ms).toISOString()} ${desks.toSorted((a, b) => a - b).join(',')}`)

test('the server stands in the zone it was started in', () => {
  assert.equal(Intl.DateTimeFormat().resolvedOptions().timeZone, process.env['TZ'])
})

test('free starts of random offices are those found minute by minute', () => {
  let starts = 0
  fc.assert(
    fc.property(randomCase, (office: Case) => {
      const expected = freeStartsByOracle(office, office.first, office.last, office.nowMs)
      starts += expected.length
      assert.deepEqual(read(freeStartsByProgram(office)), read(expected))
    }),
    { numRuns: runs, seed: 2020 },
  )
  assert.ok(starts > runs, 'the random offices have free starts at all')
})

test('free starts read from the database are those found minute by minute, on every window', async () => {
  const { context, office, addVisits } = await nightOffice()
  for (const [first, last] of windows) {
    const visits = await addVisits(first, last)
    const now = instantOf(Temporal.PlainDate.from(first), 0).subtract({ hours: 5 })
    for (const [serviceId, service] of Object.entries(office.services)) {
      const days = await freeStarts(context, { serviceId, from: Temporal.PlainDate.from(first), to: Temporal.PlainDate.from(last), now })
      const found = (days ?? [])
        .flatMap((day) => day.starts)
        .map(({ start, desks }) => ({ ms: start.epochMilliseconds, desks: [...desks] }))
      assert.deepEqual(
        read(found),
        read(freeStartsByOracle({ ...office, visits, service }, first, last, now.epochMilliseconds)),
        `${serviceId} ${first}`,
      )
      assert.ok(found.length > 20, `${serviceId} has free starts from ${first} on`)
    }
  }
})
