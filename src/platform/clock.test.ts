/** The office's day and minute, remembered by the hour, are those of the zone: at every change of the clocks and before 1920. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { officeDay, officeMinute, officeZone } from './clock.js'

function asTheZone(at: Temporal.Instant): void {
  const wall = at.toZonedDateTimeISO(officeZone)
  assert.equal(officeDay(at).toString(), wall.toPlainDate().toString(), at.toString())
  assert.equal(officeMinute(at), wall.hour * 60 + wall.minute, at.toString())
}

test('around every change of the clocks since 1900, to the millisecond', () => {
  let at = Temporal.Instant.from('1900-01-01T00:00:00Z').toZonedDateTimeISO(officeZone)
  let changes = 0
  for (let next = at.getTimeZoneTransition('next'); next !== null && next.year < 2100; next = at.getTimeZoneTransition('next')) {
    for (const milliseconds of [-3_600_001, -3_600_000, -1, 0, 1, 59_999, 3_599_999, 3_600_000, 7_200_000])
      asTheZone(next.toInstant().add({ milliseconds }))
    at = next
    changes += 1
  }
  assert.ok(changes > 100)
})

test('at any instant', () => {
  const [from, to] = ['1900-01-01T00:00:00Z', '2199-12-31T00:00:00Z'].map((each) => Temporal.Instant.from(each).epochMilliseconds)
  fc.assert(
    fc.property(fc.integer({ min: from ?? 0, max: to ?? 0 }), (milliseconds) =>
      asTheZone(Temporal.Instant.fromEpochMilliseconds(milliseconds)),
    ),
  )
})
