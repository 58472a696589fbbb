/**
 * § 4 speaks of Mondays alone: on the next day no unit's hours may rest on a paragraph of the ordinance.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { hours } from '../index.js'

const book = lesznoRules()
const office = lesznoDirectory()
const units = [...office.units.keys()]
const citing = (on: string): string[] =>
  units.filter((unit) => hours(book, office, unit, Temporal.PlainDate.from(on)).basis.some((basis) => basis.kind !== 'setting'))

test('on Tuesday the hours of no unit cite a paragraph', () => {
  assert.ok(units.length > 2)
  assert.deepEqual(citing('2020-05-26'), [])
})

test('on Monday those of every unit do', () => assert.deepEqual(citing('2020-05-25'), units))
