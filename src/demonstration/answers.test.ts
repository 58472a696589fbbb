/** The gallery of answers is whole: every code has an example that a rule gives, or is one only a change in the database gives. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoDirectory, lesznoRules } from '../../tests/support/rules.js'
import { words } from '../platform/words.js'
import { refusalKeys } from '../ui/index.js'
import { examples, keyOf, onlyWhenDone } from './answers.js'

const given = examples(lesznoRules(), lesznoDirectory())
const produced = new Set(given.map(keyOf))
const slices = ['regulation', 'booking', 'inbox', 'queue-staff', 'entrance']
const keys = refusalKeys().filter((key) => slices.includes(key.split('.refused.')[0] ?? ''))

test('each code of the law, a booking, a desk and a door has an example, or is named as one without', () => {
  assert.ok(keys.some((key) => key.startsWith('queue-staff.')))
  assert.deepEqual(
    keys.filter((key) => !produced.has(key) && !onlyWhenDone.includes(key)),
    [],
  )
})

test('a code named as one without an example has none, and is a code', () => {
  assert.deepEqual(
    onlyWhenDone.filter((key) => produced.has(key) || !keys.includes(key)),
    [],
  )
})

test('each example is a code with its own sentence', () => {
  assert.deepEqual(
    [...produced].filter((key) => !keys.includes(key)),
    [],
  )
  for (const { slice, decision } of given) {
    const sentence = words('pl')(`${slice}.refused.${decision.code}`, decision.values)
    assert.ok(!/[{}]/.test(sentence), sentence)
  }
})

const basisOf = (key: string) =>
  given.find((each) => keyOf(each) === key)?.decision.basis.map((each) => (each.kind === 'setting' ? each.setting : each.reference))

test('an example shows the real basis: the paragraph where an act says it, a setting where the office does', () => {
  assert.deepEqual(basisOf('regulation.refused.no-booking'), ['§ 1 ust. 5'])
  assert.deepEqual(basisOf('regulation.refused.too-late'), ['late-minutes'])
  assert.deepEqual(basisOf('regulation.refused.by-lot'), ['§ 2'])
})
