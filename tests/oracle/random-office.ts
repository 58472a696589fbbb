/**
 * Random offices for the oracle, biased towards what goes wrong: the night on which the clock
 * changes, visits that span it or midnight, shifts and hours that begin in the hour that is skipped.
 */
import fc from 'fast-check'
import type { OracleOffice, OracleTime } from './oracle.js'

/** Both changes of the clock in three years, and two turns of the year. */
export const windows = [
  ['2020-03-28', '2020-03-30'],
  ['2020-10-24', '2020-10-26'],
  ['2021-03-27', '2021-03-29'],
  ['2021-10-30', '2021-11-01'],
  ['2022-03-26', '2022-03-28'],
  ['2019-12-26', '2020-01-04'],
  ['2020-12-26', '2021-01-04'],
] as const

export type Case = OracleOffice & { readonly first: string; readonly last: string; readonly nowMs: number }

const units = ['one', 'two'] as const
const rooms = ['room-a', 'room-b'] as const
const desks = [1, 2, 3, 4] as const

/** A minute on the wall: often at or near the change of the clock, midnight or the usual hours. */
const wall = fc.oneof(
  fc.constantFrom(0, 60, 90, 119, 120, 121, 150, 179, 180, 181, 210, 450, 930, 1439, 1440),
  fc.integer({ min: 0, max: 1440 }),
)
const span = fc.tuple(wall, wall).filter(([from, to]) => from < to)
const someDesks = fc.subarray([...desks], { minLength: 1 })
const week = [0, 1, 2, 3, 4, 5, 6]

const anyCase = fc.constantFrom(...windows).chain(([first, last]) => {
  const begin = Date.parse(`${first}T00:00:00Z`) - 3 * 3_600_000
  const minutes = (Date.parse(`${last}T00:00:00Z`) - begin) / 60_000 + 1_440
  const change = nightOf(first, last)
  const at = fc.oneof(
    fc.integer({ min: 0, max: minutes }),
    ...(change === null ? [] : [fc.integer({ min: -120, max: 120 }).map((offset) => (change - begin) / 60_000 + offset)]),
  )
  const time = (longest: number) =>
    fc
      .record({
        desk: fc.constantFrom(...desks),
        minute: at,
        length: fc.integer({ min: 1, max: longest }),
        seconds: fc.constantFrom(0, 0, 0, 30),
      })
      .map(({ desk, minute, length, seconds }): OracleTime => ({
        desk,
        fromMs: begin + minute * 60_000 + seconds * 1_000,
        toMs: begin + (minute + length) * 60_000 + seconds * 1_000,
      }))
  return fc.record({
    first: fc.constant(first),
    last: fc.constant(last),
    nowMs: fc.oneof({ weight: 3, arbitrary: fc.constant(begin) }, { weight: 1, arbitrary: at.map((minute) => begin + minute * 60_000) }),
    desks: fc.tuple(
      ...desks.map((desk) => fc.record({ desk: fc.constant(desk), room: fc.constantFrom(...rooms), unit: fc.constantFrom(...units) })),
    ),
    hours: fc
      .array(fc.record({ unit: fc.constantFrom(...units), days: fc.subarray(week, { minLength: 3 }), span }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((lines) => lines.flatMap(({ unit, days, span: [from, to] }) => days.map((weekday) => ({ unit, weekday, from, to })))),
    shifts: fc
      .array(
        fc.record({
          desks: someDesks,
          weekdays: fc.subarray(week, { minLength: 4 }),
          span: fc.oneof(fc.constant([0, 1440] as [number, number]), span),
          days: fc.constantFrom([first, last], ['2000-01-01', '2099-01-01'], ['2000-01-01', first]),
        }),
        { minLength: 1, maxLength: 5 },
      )
      .map((lines) =>
        lines.flatMap(({ desks: of, weekdays, span: [from, to], days: [begins, ends] }) =>
          of.map((desk) => ({ desk, weekdays, first: begins as string, last: ends as string, from, to })),
        ),
      ),
    absences: fc.array(time(600), { maxLength: 3 }),
    visits: fc.array(time(120), { maxLength: 25 }),
    service: fc.record({
      unit: fc.constantFrom(...units),
      offeredAt: someDesks,
      step: fc.constantFrom(5, 7, 10, 15, 20, 30, 45),
      length: fc.constantFrom(1, 5, 15, 20, 25, 30, 40, 60, 95),
      places: fc.constantFrom(1, 1, 1, 2, 3),
    }),
  })
})

/** The instant of the change on the last Sunday of March or October, both at 1:00 in UTC; null at the turn of the year. */
function nightOf(first: string, last: string): number | null {
  for (let ms = Date.parse(`${first}T01:00:00Z`); ms <= Date.parse(`${last}T01:00:00Z`); ms += 86_400_000) {
    const day = new Date(ms)
    if (day.getUTCDay() === 0 && day.getUTCDate() > 24 && [2, 9].includes(day.getUTCMonth())) return ms
  }
  return null
}

export const randomCase: fc.Arbitrary<Case> = anyCase
