/** Letters that are heard as one another are found; others are free to stand side by side. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confusedWith } from './letters.js'

test('letters of one sound are confused, both ways, and others are not', () => {
  assert.deepEqual(confusedWith('B', 'ABCDE'), ['D'])
  assert.deepEqual(confusedWith('D', ['B', 'B', 'T', 'Z']), ['B', 'T'])
  const letters = [...'ABCDEFGHJKLMNPQRSTVWXYZ']
  for (const one of letters)
    for (const other of letters) assert.equal(confusedWith(one, [other]).length, confusedWith(other, [one]).length, one + other)
  assert.deepEqual(confusedWith('M', letters), ['N'])
  // As many lines as one building can have.
  assert.ok([...'ABCEFGJLMQRVXYZ'].every((letter) => confusedWith(letter, 'ABCEFGJLMQRVXYZ').length === 0))
})
